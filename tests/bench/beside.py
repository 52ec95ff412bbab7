"""The prompter's frames while the owner's workbook is written beside it, as the window does it: in another process."""

from __future__ import annotations

from tests.bench import prompter


def run(seconds: float = 10.0) -> dict[str, float]:
    """Return export_prompter_p99_ms and its neighbours: frame intervals at 1920×1080 while exports run one by one."""
    found = prompter.run(seconds, prompter.Case(export=True))
    return {f"export_prompter_{key}": float(found[key]) for key in ("fps", "p50_ms", "p99_ms", "max_ms")}
