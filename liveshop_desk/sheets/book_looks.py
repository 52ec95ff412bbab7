"""How cells look: number formats, fonts, fills. A look's name is ``kind`` or ``kind.role``.

Kinds say what a value is (money, count, percent …), roles where it stands (body, total, head …).
"""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.cell import Cell
from openpyxl.formatting.rule import CellIsRule, Rule  # pyright: ignore[reportUnknownVariableType]
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

FACE = "Microsoft YaHei"  # where it is missing, the system's own Chinese face takes its place
NAVY, INK, GREY, RULE, TOTAL, AMBER = "1F3A5F", "161B21", "6C7884", "DDE3EA", "EEF3FA", "FFF1D6"
GOOD, BAD = "15803D", "D9302F"
QUOTED = "'"  # the look of a text that begins like a formula

FORMATS = {
    "text": "General",
    "wrap": "General",
    "id": "@",
    "money": '"¥"#,##0.00',
    "count": "#,##0",
    "level": "#,##0",
    "number": "#,##0.00",
    "percent": "0.0%",
    "moved": "+#,##0;-#,##0;0",
    "change": "▲ 0.0%;▼ 0.0%;0.0%",
    # Near 100 % without being it: rounded, a goal would be reached, or nothing would be left.
    "percent_near": "0.0000%",
    "change_near": "▲ 0.0000%;▼ 0.0000%;0.0000%",
    "length": "[h]:mm:ss",
    "short": "[m]:ss",
    "time": "hh:mm",
    "second": "hh:mm:ss",
    "moment": "yyyy-mm-dd hh:mm",
}
WIDTHS = {
    "text": 10, "wrap": 16, "id": 14, "money": 14, "count": 10, "level": 10, "number": 10, "percent": 10, "moved": 10,
    "change": 11, "length": 10, "short": 9, "time": 9, "second": 10, "moment": 18,
}  # fmt: skip
_LEFT = frozenset({"text", "wrap", "id"})
_SMALL = 10
_RULE = Border(bottom=Side("thin", color=RULE))
_TOTAL = Border(top=Side("medium", color=NAVY))
_SECTION = Border(bottom=Side("medium", color=NAVY))


@dataclass(frozen=True, slots=True)
class _Role:
    """What a place does to a look."""

    font: Font
    fill: str = ""
    border: Border | None = None


_ROLES = {
    "": _Role(Font(FACE, _SMALL, color=INK), border=_RULE),
    "bare": _Role(Font(FACE, _SMALL, color=INK)),
    "dim": _Role(Font(FACE, _SMALL, color=GREY)),
    "bold": _Role(Font(FACE, _SMALL, bold=True, color=INK), border=_RULE),
    "total": _Role(Font(FACE, _SMALL, bold=True, color=INK), TOTAL, _TOTAL),
    "head": _Role(Font(FACE, _SMALL, bold=True, color="FFFFFF"), NAVY),
    "title": _Role(Font(FACE, 16, bold=True, color=NAVY)),
    "mark": _Role(Font(FACE, 16, bold=True, color="A86200"), AMBER),
    "warn": _Role(Font(FACE, _SMALL, bold=True, color="A86200")),
    "section": _Role(Font(FACE, 12, bold=True, color=NAVY), border=_SECTION),
}


class Looks:
    """The looks of one workbook: each becomes one style of the file, made once, however many cells use it."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._ids: dict[str, int] = {}

    def id(self, look: str) -> int:
        """Return the number of the style of ``look``."""
        found = self._ids.get(look)
        if found is None:
            found = self._ids[look] = self._made(look)
        return found

    def _made(self, look: str) -> int:
        name = look.removesuffix(QUOTED)
        kind, _dot, role_name = name.partition(".")
        role = _ROLES[role_name]
        cell = Cell(self._sheet, 1, 1)
        cell.font = role.font
        cell.number_format = FORMATS[kind]
        cell.alignment = _alignment(kind, role_name)
        if role.fill:
            cell.fill = PatternFill("solid", fgColor=role.fill)
        if role.border:
            cell.border = role.border
        if look != name:
            cell.quotePrefix = True
        return cell.style_id


def change_rules(*, rise_is_good: bool) -> list[Rule]:
    """Return what colours a change as it stands: green for the better, red for the worse."""
    rise, fall = (GOOD, BAD) if rise_is_good else (BAD, GOOD)
    return [
        CellIsRule(operator="greaterThan", formula=["0"], font=Font(color=rise)),
        CellIsRule(operator="lessThan", formula=["0"], font=Font(color=fall)),
    ]


def _alignment(kind: str, role: str) -> Alignment:
    side = "left" if kind in _LEFT else "right"
    indent = 1 if side == "left" and role in ("", "head", "bold", "total") else 0  # off the number beside it
    return Alignment(horizontal=side, vertical="center", indent=indent, wrap_text=kind == "wrap" or role == "head")
