#!/usr/bin/env python3
r"""Set the desk up on a fresh machine, then run it or test it.

    python3 installer/bootstrap.py run            # Windows: py installer\bootstrap.py run
    python3 installer/bootstrap.py test

This file itself keeps to syntax that any Python 3 can read, so that an old one is told what is wrong
instead of showing a SyntaxError.
"""

import sys
from pathlib import Path

OLDEST = (3, 11)


def main():  # noqa: ANN201 - see above
    """Return the exit status of the command named on the command line."""
    if sys.version_info < OLDEST:
        here = sys.version.split()[0]
        sys.stderr.write("Liveshop Desk needs Python 3.11 or newer; this is {}.\n".format(here))  # noqa: UP032
        sys.stderr.write("直播台需要 Python 3.11 或更新的版本；现在是 {}。\n".format(here))  # noqa: UP032
        return 1
    root = Path(__file__).resolve().parent.parent
    sys.path[0] = str(root)  # so that our modules come as installer.*, whatever the current folder is
    from installer import commands

    return commands.main(root, sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
