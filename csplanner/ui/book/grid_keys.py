"""What keys mean in the Book's grid: choosing cells, typing into them, and the verbs of a line."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from csplanner.ui.book.cell_values import FIELDS
from csplanner.ui.book.columns import Col

if TYPE_CHECKING:
    from csplanner.ui.book.table import BookTable

Key = Qt.Key
_MOVES = frozenset({
    Key.Key_Up, Key.Key_Down, Key.Key_Left, Key.Key_Right, Key.Key_PageUp, Key.Key_PageDown,
    Key.Key_Home, Key.Key_End,
})  # fmt: skip
_ENTER = (Key.Key_Return, Key.Key_Enter)
_NONE = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier
_ASKS: dict[tuple[int, Qt.KeyboardModifier], str] = {
    (Key.Key_C, _CTRL): "copy",
    (Key.Key_C, _CTRL | _SHIFT): "copy_heads",
    (Key.Key_Insert, _CTRL): "copy",
    (Key.Key_V, _CTRL): "paste",
    (Key.Key_Insert, _SHIFT): "paste",
    (Key.Key_D, _CTRL): "fill",
    (Key.Key_Delete, _NONE): "clear",
    (Key.Key_Backspace, _NONE): "clear",
    (Key.Key_Menu, _NONE): "row_menu",
    (Key.Key_F10, _SHIFT): "row_menu",
    (Key.Key_Down, _ALT): "column_menu",
    (Key.Key_Left, _ALT | _SHIFT): "left",
    (Key.Key_Right, _ALT | _SHIFT): "right",
}
_CHOOSES = frozenset({
    (Key.Key_A, _CTRL), (Key.Key_A, _CTRL | _SHIFT), (Key.Key_Space, _CTRL),
    (Key.Key_Space, _SHIFT), (Key.Key_F2, _NONE),
})  # fmt: skip
NOT_TYPED_OVER = frozenset({Col.CHECK, Col.ACCOUNT})
"""Letters stay commands there (G then M): an account is renamed with F2."""


class GridKeys:
    """Takes the keys of a table; `press` says whether a key meant something."""

    def __init__(self, table: "BookTable") -> None:
        self._table = table

    def takes(self, event: QKeyEvent) -> bool:
        """Whether a key belongs to the grid although a command has it too."""
        mods = _plain(event)
        ours = (event.key(), mods) in _ASKS or (event.key(), mods) in _CHOOSES
        return ours or self._is_typed(event)

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key means; letters that mean nothing here are left to commands."""
        table, key, mods = self._table, event.key(), _plain(event)
        asked = _ASKS.get((key, mods))
        if asked is not None:
            table.asked.emit(asked)
        elif mods == _SHIFT and key in _MOVES:
            table.extend(event)
        elif mods == _SHIFT and key == Key.Key_Space:
            table.choose_row()
        elif self._press_known(key, mods):
            return True
        elif self._is_typed(event):
            table.editing.begin(event.text())
        elif event.text().isprintable() and event.text() and key not in _MOVES:
            event.ignore()
        else:
            table.move_current(event)
        return True

    def _press_known(self, key: int, mods: Qt.KeyboardModifier) -> bool:
        if mods in (_CTRL, _CTRL | _SHIFT):
            return self._press_ctrl(key, mods)
        if key == Key.Key_Escape:
            return self._escape()
        return self._table.line >= 0 and mods == _NONE and self._press_plain(key)

    def _press_ctrl(self, key: int, mods: Qt.KeyboardModifier) -> bool:
        table = self._table
        if key == Key.Key_A and mods == _CTRL:
            table.choose_all()
        elif key == Key.Key_A:
            table.tick_chosen()
        elif key == Key.Key_Space and mods == _CTRL:
            table.choose_column()
        elif key in _MOVES and mods & _SHIFT:
            self._extend_far(key)
        else:
            return False
        return True

    def _extend_far(self, key: int) -> None:
        """Choose as far as the table goes that way."""
        table, model = self._table, self._table.accounts
        line, column = table.line, table.column
        if key in (Key.Key_Up, Key.Key_Home):
            line = 0
        elif key in (Key.Key_Down, Key.Key_End):
            line = model.rowCount() - 1
        elif key == Key.Key_Left:
            column = int(Col.ACCOUNT)
        else:
            column = table.last_column()
        table.choose_to(model.index(line, column))

    def _escape(self) -> bool:
        table = self._table
        if table.chosen.is_many:
            table.forget_many()
        elif table.accounts.ticks:
            table.clear_ticks()
        else:
            return False
        return True

    def _press_plain(self, key: int) -> bool:
        table, line = self._table, self._table.line
        if table.accounts.is_heading(line):
            return self._press_heading(key, line)
        if key in _ENTER:
            table.opened.emit(line)
        elif key == Key.Key_Space and table.column == Col.CHECK:
            table.toggle(line)
        elif key == Key.Key_Space:
            table.peeked.emit(line)
        elif key == Key.Key_F2:
            table.editing.begin()
        else:
            return False
        return True

    def _press_heading(self, key: int, line: int) -> bool:
        table = self._table
        is_open = getattr(table.accounts.at(line), "is_open", False)
        if key in (*_ENTER, Key.Key_Space):
            table.folded.emit(line)
        elif key in (Key.Key_Left, Key.Key_Right):
            if is_open == (key == Key.Key_Left):
                table.folded.emit(line)
        else:
            return False
        return True

    def _is_typed(self, event: QKeyEvent) -> bool:
        """Whether a key begins to type over the current cell."""
        table, text = self._table, event.text()
        if (
            not text
            or not text.isprintable()
            or text.isspace()
            or event.modifiers() & (_CTRL | _ALT)
        ):
            return False
        if table.line < 0 or table.accounts.is_heading(table.line):
            return False
        return table.column in FIELDS and table.column not in NOT_TYPED_OVER


def _plain(event: QKeyEvent) -> Qt.KeyboardModifier:
    return event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
