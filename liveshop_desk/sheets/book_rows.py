"""The rows of a sheet as the file has them. Written as text: five times as fast as cell objects, and with results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

from liveshop_desk.sheets.book import Cell, Formula, Sheet, letter
from liveshop_desk.sheets.book_looks import QUOTED
from liveshop_desk.sheets.safe import as_text_cell, is_risky


def rows_xml(sheet: Sheet, style_of: Callable[[str], int]) -> str:
    """Return ``<sheetData>…</sheetData>``; ``style_of`` gives a look's style number."""
    letters = [letter(place) for place in range(1, max((len(row) for row in sheet.rows), default=0) + 1)]
    body = "".join(
        f'<row r="{number}"{_height(sheet, number)}>{_row(row, number, letters, style_of)}</row>'
        for number, row in enumerate(sheet.rows, 1)
    )
    return f"<sheetData>{body}</sheetData>"


def _height(sheet: Sheet, number: int) -> str:
    points = sheet.heights.get(number)
    return f' ht="{points}" customHeight="1"' if points else ""


def _row(row: Sequence[Cell | None], number: int, letters: Sequence[str], style_of: Callable[[str], int]) -> str:
    return "".join(
        _cell(cell, f"{column}{number}", style_of) for cell, column in zip(row, letters, strict=False) if cell
    )


def _cell(cell: Cell, place: str, style_of: Callable[[str], int]) -> str:
    """Write one cell. A text that begins like a formula stays a text, also when it is edited in Excel."""
    value = cell.value
    if isinstance(value, str):
        text = as_text_cell(value)
        style = style_of(cell.look + QUOTED if is_risky(text) else cell.look)
        return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
    style = style_of(cell.look)
    if value is None:
        return f'<c r="{place}" s="{style}"/>'
    if isinstance(value, Formula):
        return _formula(value, f'r="{place}" s="{style}"')
    return f'<c r="{place}" s="{style}"><v>{value!r}</v></c>'


def _formula(formula: Formula, attributes: str) -> str:
    """Write a formula with its result; a blank result is an empty text, as the formula gives it."""
    body = f"<f>{escape(formula.text[1:])}</f>"
    if isinstance(formula.result, int | float):
        return f"<c {attributes}>{body}<v>{formula.result!r}</v></c>"
    return f'<c {attributes} t="str">{body}<v>{escape(as_text_cell(formula.result or ""))}</v></c>'
