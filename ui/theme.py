"""Colours, sizes and the style sheet, in one place (LOOK.md)."""

from __future__ import annotations

from dataclasses import dataclass, fields

from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette

from liveshop_desk.paths import resource

FAMILIES = ("Noto Sans CJK SC", "Microsoft YaHei UI", "PingFang SC", "Noto Sans SC", "DejaVu Sans")
ROW = 36  # px, a row of any table
GAP = 8  # px, the grid


@dataclass(frozen=True, slots=True)
class Theme:
    """The tokens. Red is on air only, amber next/late/low, green good, blue chosen or editable."""

    name: str
    window: str
    panel: str
    raised: str
    line: str
    text: str
    dim: str
    faint: str
    on_air: str
    next: str
    good: str
    chosen: str
    on_air_row: str
    edit: str
    tag: str
    violet: str  # the five after the tag are for lines of the chart beside blue and green
    teal: str
    rose: str
    sand: str
    slate: str
    hint: str  # small words that must be read: the faint grey, as light or dark as 4.5:1 asks for on every ground

    def color(self, token: str) -> QColor:
        """Return a token as a colour."""
        return QColor(getattr(self, token))


DARK = Theme(
    "dark", "#0F1216", "#161B21", "#1F262E", "#2A333D", "#E8EDF2", "#A3AFBB", "#6C7884",
    "#FF4D4F", "#F5A524", "#2FBF71", "#4C9AFF", "#34191D", "#12233A", "#2A333D",
    "#B58CFF", "#3FC6D4", "#FF8FC7", "#D6B97A", "#9FB4C9", "#84919E",
)  # fmt: skip
LIGHT = Theme(
    "light", "#F3F5F8", "#FFFFFF", "#EEF1F5", "#D5DCE4", "#161B21", "#4B5865", "#6C7884",
    "#C92A2A", "#965700", "#117434", "#1561CE", "#FDECEC", "#E8F1FE", "#E4E9EF",
    "#7646D9", "#0B7280", "#BE2C7F", "#7A5C12", "#51677F", "#5D6974",
)  # fmt: skip


def choose(name: str) -> Theme:
    """Return the theme the settings name; ``system`` follows the desktop."""
    if name == "system":
        from PySide6.QtCore import Qt  # here: Qt's enumerations take 20 ms, too long before the first paint

        dark = QGuiApplication.styleHints().colorScheme() != Qt.ColorScheme.Light
        return DARK if dark else LIGHT
    return LIGHT if name == "light" else DARK


def font(size: int = 14, *, bold: bool = False) -> QFont:
    """Return the interface font at ``size`` px."""
    made = QFont()
    made.setFamilies(list(FAMILIES))
    made.setPixelSize(size)
    made.setBold(bold)
    return made


def palette(theme: Theme) -> QPalette:
    """Return the Qt palette of a theme, for what style sheets do not reach."""
    made = QPalette()
    roles = QPalette.ColorRole
    pairs = {
        roles.Window: theme.window, roles.WindowText: theme.text, roles.Base: theme.panel, roles.Text: theme.text,
        roles.AlternateBase: theme.raised, roles.Button: theme.raised, roles.ButtonText: theme.text,
        roles.Highlight: theme.chosen, roles.HighlightedText: "#FFFFFF", roles.PlaceholderText: theme.hint,
        roles.ToolTipBase: theme.raised, roles.ToolTipText: theme.text, roles.Link: theme.chosen,
        roles.Mid: theme.line, roles.Dark: theme.window, roles.Light: theme.raised,
    }  # fmt: skip
    for role, color in pairs.items():
        made.setColor(role, QColor(color))
    return made


def style_sheet(theme: Theme) -> str:
    """Return the window's style sheet with the theme's tokens filled in."""
    sheet = _SHEET
    for name in ("check", "down"):
        sheet = sheet.replace(f"@{name};", resource("icons", f"{name}.png").as_posix())
    for spec in fields(theme):
        sheet = sheet.replace(f"@{spec.name};", f"{getattr(theme, spec.name)};")
    return sheet


# Widgets say what they are by the dynamic property "kind"; nothing else is styled by hand.
_SHEET = """
QWidget { color: @text; }
QMainWindow, QDialog, QWidget[kind="room"] { background: @window; }
QFrame[kind="panel"] { background: @panel; border: 1px solid @line; border-radius: 8px; }
QFrame[kind="bar"] { background: @panel; border: none; border-bottom: 1px solid @line; }
QFrame[kind="rail"] { background: @panel; border: none; border-right: 1px solid @line; }
QFrame[kind="header"] { background: transparent; border: none; border-bottom: 1px solid @line; }
QFrame[kind="footer"] { background: transparent; border: none; border-top: 1px solid @line; }
QFrame[kind="tile"] { background: @raised; border: none; border-radius: 6px; }
QFrame[kind="tile"][tone="listening"] { border: 1px solid @chosen; }
QListWidget[kind="subjects"] { border: none; border-left: 2px solid transparent; outline: none; }
QListWidget[kind="subjects"]:focus { border-left: 2px solid @chosen; }
QListWidget[kind="subjects"]::item { padding: 7px 10px; border-radius: 6px; color: @dim; }
QListWidget[kind="subjects"]::item:selected { background: @tag; color: @text; }
QFrame[kind="strip"] { background: @raised; border: none; border-bottom: 1px solid @line; }
QFrame[kind="notice"] { background: @raised; border: 1px solid @faint; border-radius: 8px; }
QFrame[kind="notice"][tone="error"] { border-left: 4px solid @on_air; }
QFrame[kind="notice"][tone="ask"] { border-left: 4px solid @next; }
QFrame[kind="notice"][tone="info"] { border-left: 4px solid @good; }
QFrame[kind="popover"] { background: @raised; border: 1px solid @line; border-radius: 8px; }
QLabel { background: transparent; border: none; }
QLabel[tone="dim"] { color: @dim; }
QLabel[tone="faint"], QLabel[tone="hint"] { color: @hint; }
QLabel[tone="on_air"] { color: @on_air; }
QLabel[tone="next"] { color: @next; }
QLabel[tone="good"] { color: @good; }
QLabel[tone="chosen"] { color: @chosen; }
QLabel[tone="violet"] { color: @violet; }
QLabel[tone="teal"] { color: @teal; }
QLabel[tone="rose"] { color: @rose; }
QLabel[tone="sand"] { color: @sand; }
QLabel[tone="slate"] { color: @slate; }
QLabel[kind="pill"] { border: 1px solid @line; border-radius: 11px; padding: 2px 10px; color: @dim; }
QLabel[kind="pill"][tone="next"] { border-color: @next; color: @next; }
QLabel[kind="pill"][tone="on_air"] { border-color: @on_air; color: @on_air; }
QLabel[kind="pill"][tone="good"] { border-color: @good; color: @good; }
QLabel[kind="on_air"] { background: @on_air; color: #FFFFFF; border-radius: 6px; padding: 4px 12px; }
QPushButton, QToolButton { background: @raised; border: 1px solid @line; border-radius: 6px;
    padding: 4px 12px; min-height: 22px; outline: none; }
QPushButton:hover, QToolButton:hover { border-color: @faint; }
QPushButton:pressed, QToolButton:pressed { background: @line; }
QPushButton:focus, QToolButton:focus { border-color: @chosen; }
QPushButton:disabled, QToolButton:disabled { color: @faint; }
QPushButton:checked, QToolButton:checked { border-color: @chosen; color: @chosen; }
QPushButton:checked:focus, QToolButton:checked:focus { border-color: @text; }
QPushButton[kind="on_air"] { background: @on_air; border-color: @on_air; color: #FFFFFF; font-weight: bold; }
QPushButton[kind="on_air"]:disabled { background: @raised; border-color: @line; color: @faint; }
QPushButton[kind="on_air"]:focus { border-color: @text; }
QPushButton[kind="chosen"] { background: @chosen; border-color: @chosen; color: #FFFFFF; font-weight: bold; }
QPushButton[kind="chosen"]:focus { border-color: @text; }
QPushButton[kind="chosen"]:disabled { background: @raised; border-color: @line; color: @faint; }
QPushButton[kind="small"] { padding: 4px 0; }
QPushButton[kind="fold"] { background: transparent; border-color: transparent; color: @dim; padding: 4px 0; }
QPushButton[kind="fold"]:hover { color: @text; }
QPushButton[kind="fold"]:focus, QPushButton[kind="quiet"]:focus { border-color: @chosen; }
QPushButton[kind="chip"] { background: transparent; border-radius: 13px; padding: 2px 10px; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent; color: @dim; }
QPushButton[kind="quiet"]:hover { color: @text; }
QPushButton[kind="quiet"]:disabled { color: @faint; }
QToolButton[kind="rail"] { background: transparent; border: none; border-left: 3px solid transparent;
    border-radius: 6px; color: @dim; padding: 0; min-height: 44px; min-width: 50px; }
QToolButton[kind="rail"]:checked { background: @raised; border-left: 3px solid @on_air; color: @text; }
QToolButton[kind="rail"]:hover { color: @text; }
QToolButton[kind="rail"]:focus { border: 1px solid @chosen; border-left: 3px solid @chosen; }
QToolButton[kind="rail"]:checked:focus { border-left: 3px solid @on_air; }
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QComboBox, QDateTimeEdit {
    background: @window; border: 1px solid @line; border-radius: 6px; padding: 4px 8px; color: @text;
    selection-background-color: @chosen; selection-color: #FFFFFF; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QComboBox:focus, QDateTimeEdit:focus {
    border-color: @chosen; }
QSpinBox > QLineEdit { background: transparent; border: none; padding: 0 8px; }
QPlainTextEdit[kind="script"] { background: transparent; border: none; padding: 8px 12px; }
QLineEdit > QToolButton { background: transparent; border: none; padding: 0; margin: 0; min-height: 0; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url("@down;"); width: 10px; height: 6px; }
QLineEdit[kind="cell"] { background: @edit; border: 1px solid @chosen; border-radius: 4px; padding: 2px 6px; }
QLineEdit[tone="error"] { border-color: @on_air; }
QComboBox QAbstractItemView { background: @raised; border: 1px solid @line; selection-background-color: @chosen; }
QTableView, QTreeView, QListView { background: transparent; border: none; gridline-color: @line; outline: none;
    selection-background-color: @raised; selection-color: @text; }
QTableWidget::item { padding: 0 5px; }
QTableWidget { border-left: 2px solid transparent; }
QTableWidget:focus { border-left: 2px solid @chosen; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: transparent; color: @hint; border: none; border-bottom: 1px solid @line;
    padding: 0 8px; height: 30px; font-size: 12px; font-weight: normal; }
QTableCornerButton::section { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @line; border-radius: 4px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: @faint; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
    background: none; border: none; width: 0; height: 0; }
QMenu { background: @raised; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: @chosen; color: #FFFFFF; }
QMenu::item:disabled { color: @faint; }
QToolTip { background: @raised; color: @text; border: 1px solid @line; padding: 4px 8px; }
QProgressBar { background: @line; border: none; border-radius: 3px; max-height: 6px; text-align: center; }
QProgressBar::chunk { background: @chosen; border-radius: 3px; }
QSplitter::handle { background: transparent; }
QCheckBox { spacing: 8px; }
QCheckBox::indicator, QTableView::indicator { width: 14px; height: 14px; border: 1px solid @faint;
    border-radius: 3px; background: @window; }
QCheckBox::indicator:checked, QTableView::indicator:checked { background: @chosen; border-color: @chosen;
    image: url("@check;"); }
QCheckBox::indicator:focus { border-color: @chosen; }
QCheckBox::indicator:checked:focus { border-color: @text; }
QSpinBox::up-button, QSpinBox::down-button { border: none; width: 18px; background: transparent; }
"""
