"""Our own chapter file beside a recording, where OBS cannot write chapters into it.

Plain text, one line a take: ``HH:MM:SS.mmm title`` (time within the recording), as video sites and ffmpeg scripts
take it. What OBS says is its path only counts where a recording of that name really lies on this machine.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path, PurePosixPath, PureWindowsPath

ENDING = ".chapters.txt"
CONTAINERS = frozenset({".mkv", ".mp4", ".mov", ".flv", ".ts", ".m3u8", ".avi", ".webm", ".m4v", ".mpg"})
LONGEST_TITLE = 200


class ChapterFile:
    """The chapters of one recording after another. ``spare`` takes them while the recording cannot be found here.

    Every line is on disk before ``add`` returns: OBS may die with the recording.
    """

    def __init__(self, spare: Path) -> None:
        self._spare = spare
        self._recording = ""
        self._stamp = ""
        self._path: Path | None = None

    def begin(self, recording: str, stamp: str) -> None:
        """Start with another recording: its path as OBS says it, empty where it did not; ``stamp`` names the spare."""
        self._recording, self._stamp, self._path = recording, stamp, None

    def add(self, milliseconds: int, title: str) -> Path:
        """Write one chapter and return its file. Raises OSError where no folder takes it."""
        line = f"{time_text(milliseconds)} {plain(title)}\n"
        path = self._settled() or self._spare / self._spare_name()
        try:
            _append(path, line)
        except OSError:
            if path.parent == self._spare:
                raise
            path = self._spare / path.name  # a recording disk that is full or write-protected
            _append(path, line)
        self._path = path
        return path

    def end(self, recording: str) -> Path | None:
        """Close the file and return where it is, ``None`` where there were no chapters."""
        self._recording = recording or self._recording
        written = self._path is not None
        path, self._path = self._settled(), None
        return path if written else None

    def _settled(self) -> Path | None:
        """Return where the chapters are; those in the spare folder move beside their recording as soon as it is there.

        OBS tells of a recording a moment before its file is there, and without its path where we came later.
        """
        path, wanted = self._path, beside(self._recording)
        if wanted is None or path == wanted:
            return path
        if path is not None:
            with suppress(OSError):
                _append(wanted, path.read_text("utf-8"))
                path.unlink()
                return wanted
            return path
        return wanted

    def _spare_name(self) -> str:
        return _bare_name(self._recording) or f"recording {self._stamp}{ENDING}"


def beside(recording: str) -> Path | None:
    """Return the chapter file of a recording that lies on this machine, else ``None`` (OBS is on another)."""
    path = Path(recording)
    try:
        here = bool(recording) and path.is_absolute() and path.suffix.lower() in CONTAINERS and path.is_file()
    except (OSError, ValueError):
        return None
    return path.with_name(path.stem + ENDING) if here else None


def time_text(milliseconds: int) -> str:
    """Write a place in a recording: 01:02:03.456."""
    seconds, rest = divmod(max(0, milliseconds), 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{rest:03d}"


def plain(title: str) -> str:
    """Return a title as one line without control characters."""
    joined = " ".join("".join(sign if sign.isprintable() else " " for sign in title).split())
    return joined[:LONGEST_TITLE]


def _bare_name(recording: str) -> str:
    """Return a chapter file's name for a recording on another machine, whatever its system's separators."""
    name = PureWindowsPath(PurePosixPath(recording).name).name
    stem = plain(PurePosixPath(name).stem)
    return f"{stem}{ENDING}" if stem.strip(". ") else ""


def _append(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as out:
        out.write(text)
