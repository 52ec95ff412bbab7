"""Bring the machine to where main.py or the tests can run; do nothing where nothing is left to do."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace

from installer import catalogues, debian, stamp, words
from installer.alone import alone
from installer.layout import Layout, SetupError
from installer.stamp import Stamp
from installer.words import say, text

MODULES = ("liveshop_desk", "ui")


def prepare(layout: Layout, kind: str, window: bool = True) -> None:
    """Set up for ``kind`` (run or test). Without a ``window`` missing system packages are no reason to stop."""
    if not _is_ready(layout, stamp.read(layout), kind):
        with alone(layout.lock("run")):
            found = stamp.read(layout)  # again: another start may just have done it all
            if not _is_ready(layout, found, kind):
                system = _prepare_system(layout, found, window)
                done = _prepare_environment(layout, found, kind)
                compile_modules(layout)
                stamp.write(layout, replace(done, system=system))
    catalogues.compile_stale(layout)


def _is_ready(layout: Layout, found: Stamp, kind: str) -> bool:
    return found.covers(stamp.wanted(layout), kind) and layout.python.exists()


def _prepare_system(layout: Layout, found: Stamp, window: bool) -> str:
    """Install missing system packages; return what to note in the stamp, empty where some are still missing."""
    if layout.system != "linux" or found.system == debian.state(layout.system):
        return debian.state(layout.system)
    if not debian.is_debian():
        say(words.NO_APT)
        return debian.state(layout.system)
    needs = [*debian.WINDOW]
    if importlib.util.find_spec("ensurepip") is None:
        needs.append(debian.venv_package())
    packages, nice = (debian.missing(wish, debian.installed(wish)) for wish in (needs, debian.NICE))
    refusal = install_packages(packages, nice) if packages or nice else None
    if refusal is None:
        return debian.state(layout.system)
    if window or debian.venv_package() in packages:
        raise SetupError(refusal)
    print(refusal, file=sys.stderr)
    return ""


def install_packages(packages: Sequence[str], nice: Sequence[str]) -> str | None:
    """Have apt install ``packages``, and ``nice`` where it can; return why ``packages`` could not be, else None."""
    authority, wish = debian.authority(), [*packages, *nice]
    if authority is None:
        return text(words.PACKAGES_REFUSED, line=_line_to_type(wish, root=False)) if packages else None
    say(words.PACKAGES, packages=" ".join(wish))
    if debian.install(wish, authority) or not packages or (nice and debian.install(packages, authority)):
        return None
    return text(words.PACKAGES_FAILED, line=_line_to_type(packages, root=authority == []))


def _line_to_type(packages: Sequence[str], root: bool) -> str:
    sudo = shutil.which("sudo") is not None
    return debian.line_to_type(packages, sudo=sudo, root=root, interrupted=debian.was_interrupted())


def _prepare_environment(layout: Layout, found: Stamp, kind: str) -> Stamp:
    """Make the environment and install the lock of ``kind`` where that is not yet so; return the new stamp."""
    target = stamp.wanted(layout)
    whole = layout.python.exists() and found.python == target.python
    if whole and found.installed(target, kind):
        return found
    # From here until the end there is no stamp: interrupted, the next start begins with a new environment.
    layout.stamp.unlink(missing_ok=True)
    if not whole:
        _make_environment(layout)
    say(words.LIBRARIES)
    if subprocess.run(pip_command(layout, kind), stdout=sys.stderr, check=False).returncode:
        raise SetupError(text(words.LIBRARIES_FAILED))
    return stamp.after_install(found, target, kind)


def _make_environment(layout: Layout) -> None:
    say(words.ENVIRONMENT, folder=layout.environment)
    # Started from inside the very environment that is to be replaced, the base interpreter must do it.
    python = str(getattr(sys, "_base_executable", None) or sys.executable)
    command = [python, "-m", "venv", "--clear", str(layout.environment)]
    if subprocess.run(command, stdout=sys.stderr, check=False).returncode:
        raise SetupError(text(words.ENVIRONMENT_FAILED, folder=layout.environment, python=python))


def compile_modules(layout: Layout) -> None:
    """Compile the desk's own modules, as pip does the libraries': the first start is as fast as every other.

    With the environment's interpreter, whose compiled form it is. Where the folder cannot be written, or a module is
    missing, nothing is said: Python does without, and says itself what is wrong. In one process: more of them are no
    faster for so few modules, and need a /dev/shm this user may write in.
    """
    command = [str(layout.python), "-m", "compileall", "-qq", *MODULES]
    subprocess.run(command, cwd=layout.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def pip_command(layout: Layout, kind: str) -> list[str]:
    """Return the command that installs the lock of ``kind``: every file by its hash, nothing built here."""
    pip = [str(layout.python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    return [*pip, "--only-binary", ":all:", "--require-hashes", "-r", str(layout.lock(kind))]
