"""Where things lie: resources beside the code (or inside a frozen build), the user's folders by platformdirs."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from pathlib import Path

APP = "liveshop-desk"


def root() -> Path:
    """Return the folder that holds ``resources``: the project, or a frozen program's bundle."""
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(bundle) if bundle else Path(__file__).resolve().parent.parent


def resource(*parts: str) -> Path:
    """Return the path of a file that ships with the program."""
    return root().joinpath("resources", *parts)


def home() -> Path:
    """Return the user's folder for shop files; ``LIVESHOP_HOME`` overrules it (tests, portable use)."""
    overruled = os.environ.get("LIVESHOP_HOME")
    if overruled:
        return Path(overruled)
    import platformdirs

    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def config_file() -> Path:
    """Return where the settings of this machine are kept."""
    if os.environ.get("LIVESHOP_HOME"):
        return home() / "settings.json"
    if sys.platform == "linux":  # as platformdirs says, without its 5 ms: the settings are read before the first paint
        return Path(os.environ.get("XDG_CONFIG_HOME", "").strip() or Path.home() / ".config") / APP / "settings.json"
    import platformdirs

    return Path(platformdirs.user_config_dir(APP, appauthor=False)) / "settings.json"


def default_shop() -> Path:
    """Return the shop file that opens when none is named."""
    return home() / "shop.liveshop"


def backup_folder(shop: Path) -> Path:
    """Return the folder of a shop file's backups, beside it."""
    return shop.with_name(shop.name + ".backups")


def free_export(shop: Path, stem: str, ending: str) -> Path:
    """Return a path in the shop's export folder that is not taken: the name made safe, a number where it must be."""
    safe = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", stem).strip()[:80].strip()
    folder = shop.parent / "exports"
    path, number = folder / f"{safe}{ending}", 2
    while path.exists():
        path, number = folder / f"{safe} ({number}){ending}", number + 1
    return path


def partial_export(path: Path) -> Path:
    """Return where this process writes an export until it is whole: beside it, under a name nobody opens."""
    return path.with_name(f".{path.name}.{os.getpid()}.part")


def remove_partials(path: Path) -> None:
    """Remove what processes that were ended left of an export half-written; what cannot go stays."""
    with suppress(OSError):
        for file in path.parent.iterdir():
            if file.name.startswith(f".{path.name}.") and file.name.endswith(".part"):
                with suppress(OSError):
                    file.unlink()


def log_folder() -> Path:
    """Return the folder of the program's logs."""
    if os.environ.get("LIVESHOP_HOME"):
        return home() / "logs"
    import platformdirs

    return Path(platformdirs.user_log_dir(APP, appauthor=False))
