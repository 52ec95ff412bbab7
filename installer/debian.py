"""The Debian packages the desk needs beside Python: Qt's shared libraries, a Chinese font, venv.

Qt's list is what ldd finds missing on a bare Debian 12 for the Qt modules the desk imports and for the
platform plugins xcb and wayland of PySide6-Essentials 6.11.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

# "a|b": either will do (newer releases renamed it), the first is asked of apt.
WINDOW = (
    # QtCore, QtGui, QtWidgets, QtNetwork, QtDBus
    "libbrotli1",
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libfreetype6",
    "libgl1",
    "libglib2.0-0|libglib2.0-0t64",
    "libgssapi-krb5-2",
    "libx11-6",
    "libxkbcommon0",
    # The platform plugin xcb and its OpenGL integrations
    "libx11-xcb1",
    "libxcb1",
    "libxcb-cursor0",
    "libxcb-glx0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-shm0",
    "libxcb-sync1",
    "libxcb-util1",
    "libxcb-xfixes0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    # The platform plugin wayland
    "libwayland-client0",
    "libwayland-cursor0",
    "libwayland-egl1",
    # Chinese text
    "fonts-noto-cjk",
)

# Installed with the others where that can be, and no reason to stop: without it each 🔥 in a script is an empty box.
NICE = ("fonts-noto-color-emoji",)

# Tests that want one of these skip without it and say so; .ci/run installs them.
TEST_EXTRAS = ("xvfb", "xdotool", "libreoffice-calc")

_STATUS = Path("/var/lib/dpkg/status")
_UPDATES = Path("/var/lib/dpkg/updates")
_INSTALL = ("install", "-y", "--no-install-recommends")
_TIDY = ("dpkg", "--configure", "-a")
_TIDY_PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"  # dpkg refuses to work without sbin


def state(system: str) -> str:
    """Return a text that changes when the list above does, or when any package came or went (one stat)."""
    if system != "linux":
        return system
    try:
        changed = _STATUS.stat().st_mtime_ns
    except OSError:
        return "no dpkg"
    return f"{hashlib.sha256(' '.join(WINDOW + NICE).encode()).hexdigest()[:16]} {changed}"


def is_debian() -> bool:
    """Say whether this system keeps its packages with dpkg and apt."""
    return _STATUS.exists() and shutil.which("apt-get") is not None


def was_interrupted(updates: Path = _UPDATES) -> bool:
    """Say whether a dpkg was killed at its work: apt, which goes by the same sign, then installs nothing at all."""
    try:
        return any(entry.name.isdigit() for entry in updates.iterdir())
    except OSError:
        return False


def venv_package() -> str:
    """Return the package that lets this Debian Python make environments; it has no ensurepip without."""
    return f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"


def missing(needs: Sequence[str], installed: set[str]) -> list[str]:
    """Return what to ask of apt: the first name of each need that no installed package meets."""
    return [need.split("|")[0] for need in needs if installed.isdisjoint(need.split("|"))]


def installed(needs: Sequence[str]) -> set[str]:
    """Return which of the packages named in ``needs`` are installed."""
    names = [name for need in needs for name in need.split("|")]
    form = "${Package} ${db:Status-Status}\n"
    # It exits with 1 where it does not know a name, which is no error here.
    query = subprocess.run(["dpkg-query", "-W", "-f", form, *names], capture_output=True, text=True, check=False)
    return {line.split()[0] for line in query.stdout.splitlines() if line.endswith(" installed")}


def is_root() -> bool:
    """Say whether we may do everything."""
    return os.geteuid() == 0


def authority() -> list[str] | None:
    """Return what to put before apt-get: nothing for root, sudo where it asks no password, else None."""
    if is_root():
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n"]
    return None


def install_commands(packages: Sequence[str], authority: Sequence[str], interrupted: bool = False) -> list[list[str]]:
    """Return the commands that install ``packages`` without a question, the one that counts last."""
    quiet = [*authority, "env", "DEBIAN_FRONTEND=noninteractive"]
    # Another apt may be at work (a fresh machine updates itself): wait for it rather than fail.
    apt = [*quiet, "apt-get", "-o", "DPkg::Lock::Timeout=300"]
    tidy = [*quiet, _TIDY_PATH, *_TIDY, "--force-confdef", "--force-confold"]
    return [*([tidy] if interrupted else []), [*apt, "update"], [*apt, *_INSTALL, *packages]]


def install(packages: Sequence[str], authority: Sequence[str]) -> bool:
    """Install ``packages``; say whether that worked. What apt prints goes to stderr."""
    *before, install = install_commands(packages, authority, was_interrupted())
    for command in before:
        # One unreachable source fails the update; what we want may still be in the others.
        subprocess.run(command, stdout=sys.stderr, check=False)
    return subprocess.run(install, stdout=sys.stderr, check=False).returncode == 0


def line_to_type(packages: Sequence[str], sudo: bool, root: bool = False, interrupted: bool = False) -> str:
    """Return the one line that installs ``packages``, to be typed by somebody who may."""
    install = f"apt-get {' '.join(_INSTALL)} {' '.join(packages)}"
    steps = [*([" ".join(_TIDY)] if interrupted else []), "apt-get update", install]
    if root:
        return " && ".join(steps)
    if sudo:
        return " && ".join(f"sudo {step}" for step in steps)
    # "-": with root's own PATH; dpkg refuses to work with a user's.
    return f'su - -c "{" && ".join(steps)}"'
