"""Typing into a cell of the Book: an editor over the cell, and what is wrong below it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from csplanner.language import tr
from csplanner.ui import veil
from csplanner.ui.book.cell_note import CellNote
from csplanner.ui.book.cell_values import FIELDS, FIXED, Reading
from csplanner.ui.book.columns import COLUMNS, Col
from csplanner.ui.style_drawing import INVALID

if TYPE_CHECKING:
    from csplanner.ui.book.table import BookTable

_NARROWEST = 150
_NOTE_MS = 5000
_VEILED = frozenset({Col.ARR, Col.SENTIMENT, Col.STEP})
"""Cells of which an editor would show what the veil hides."""
_KEEPS = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class CellEditor(QLineEdit):
    """The line one types into; `done(way)` ends it: down, right, left, stay or back."""

    done = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = _WAYS.get(event.key())
        if way is None:
            super().keyPressEvent(event)
            return
        self.done.emit(way)

    def event(self, event: QEvent) -> bool:
        """Take Tab for ourselves: it goes to the next cell."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        ):
            self.keyPressEvent(event)
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _KEEPS:
            self.done.emit("stay")


_WAYS: dict[int, str] = {
    Qt.Key.Key_Return: "down", Qt.Key.Key_Enter: "down", Qt.Key.Key_Tab: "right",
    Qt.Key.Key_Backtab: "left", Qt.Key.Key_Escape: "back",
}  # fmt: skip
Take = Callable[[int, int, str], tuple[str, bool]]


class CellEditing(QObject):
    """Opens the editor over the current cell and passes on what was typed.

    `take(row_id, column, text)` keeps the text: it returns an empty sentence, or what is wrong and
    whether that asks for a reason to be typed beside it. Nothing typed is lost: where it cannot be
    kept the editor stays.
    """

    def __init__(self, table: "BookTable") -> None:
        super().__init__(table)
        self._table = table
        self.take: Take | None = None
        self.reading: Callable[[], Reading] | None = None
        self.barred: Callable[[], str] = lambda: ""
        self._editor: CellEditor | None = None
        self._note: CellNote | None = None
        self._row_id, self._column = -1, -1
        self._start = self._before_reason = ""
        self._ending = False
        self._given_back: list[tuple[int, int, str, str]] = []
        self._fading = QTimer(self)
        self._fading.setSingleShot(True)
        self._fading.setInterval(_NOTE_MS)
        self._fading.timeout.connect(self._fade)

    @property
    def is_open(self) -> bool:
        """Whether somebody types into a cell."""
        return self._editor is not None

    @property
    def note(self) -> str:
        """What stands below the cell."""
        return self._note.text if self._note is not None else ""

    # Beginning

    def begin(self, typed: str | None = None) -> None:
        """Type into the current cell: over what is there with `typed`, else changing it."""
        table = self._table
        row = table.accounts.account_at(table.line)
        if row is None or self.reading is None or not self.finish():
            return
        column = table.column
        barred = self.barred() if column in FIELDS else tr(FIXED[column])
        if not barred and column in _VEILED and veil.is_on():
            barred = tr("This is hidden now. Show it again (Ctrl+Shift+H), then change it.")
        if barred:
            self.say(barred)
            return
        text = FIELDS[column].text(row.line, self.reading())
        self._open(row.id, column, text if typed is None else typed, is_whole=typed is None)
        self._start = text

    def reopen(self, row_id: int, column: int, text: str, sentence: str) -> None:
        """Give back what was typed and could not be kept, with the sentence that says why: at once,
        or after what is being typed now.
        """
        if self.is_open:
            self._given_back.append((row_id, column, text, sentence))
            return
        if self._table.accounts.line_of(row_id) < 0:
            return
        self._table.go_to(self._table.accounts.line_of(row_id), column)
        self._open(row_id, column, text, is_whole=False)
        self._complain(sentence)

    def say(self, sentence: str) -> None:
        """Say something at the current cell for a while."""
        index = self._table.currentIndex()
        if index.isValid():
            self._noted().say(sentence, self._table.visualRect(index), wrong=False)
            self._fading.start()

    def _open(self, row_id: int, column: int, text: str, *, is_whole: bool) -> None:
        table = self._table
        self._row_id, self._column, self._before_reason = row_id, column, ""
        index = table.accounts.index(table.accounts.line_of(row_id), column)
        table.scrollTo(index)
        editor = self._editor = CellEditor(text, table.viewport())
        title = tr(COLUMNS[column].title)
        name = str(index.siblingAtColumn(Col.ACCOUNT).data() or "")
        editor.setAccessibleName(tr("{0} of {1}").format(title, name))
        if is_whole:
            editor.selectAll()
        editor.done.connect(self._done)
        self._hide_note()
        self.place()
        editor.show()
        editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self) -> None:
        """Stand over the cell wherever it has gone."""
        if self._note is not None and not self.is_open:
            self._hide_note()
        rect = self._cell()
        if self._editor is None or rect is None:
            return
        area = self._table.viewport().rect()
        wide = min(max(rect.width(), _NARROWEST), area.width())
        left = min(max(rect.left(), 0), area.width() - wide)
        self._editor.setGeometry(left, rect.top(), wide, rect.height() - 1)
        if self._note is not None and not self._note.isHidden():
            self._note.place(self._editor.geometry())

    def _cell(self) -> QRect | None:
        model = self._table.accounts
        line = model.line_of(self._row_id) if self._row_id >= 0 else -1
        return self._table.visualRect(model.index(line, self._column)) if line >= 0 else None

    # Ending

    def finish(self) -> bool:
        """Keep what is typed, if anything; False when it cannot be kept and the editor stays."""
        if self._editor is not None:
            self._done("stay")
            if self._editor is not None:
                self._editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return self._editor is None

    def _done(self, way: str) -> None:
        if self._editor is None or self._ending:
            return
        if way == "back":
            self._go_back()
            return
        self._ending = True
        kept = self._keep(self._editor.text())
        self._ending = False
        if kept:
            self._close()
            if way == "down":
                self._table.step(lines=1)
            elif way in ("left", "right"):
                self._table.step(places=1 if way == "right" else -1)

    def _reopen_next(self) -> None:
        if self._given_back and not self.is_open:
            self.reopen(*self._given_back.pop(0))

    def _keep(self, text: str) -> bool:
        """Pass on what was typed; say what is wrong with it and return False where it is."""
        if self._before_reason:
            if not text.strip():
                return False
            text = f"{self._before_reason}, {text.strip()}"
        elif text.strip() == self._start.strip():
            return True
        assert self.take is not None
        sentence, asks = self.take(self._row_id, self._column, text)
        if sentence and asks:
            self._ask_reason(text, sentence)
        elif sentence:
            self._complain(sentence)
        return not sentence

    def _ask_reason(self, text: str, sentence: str) -> None:
        assert self._editor is not None
        self._before_reason = text.strip().rstrip(",:;")
        self._editor.clear()
        self._editor.setPlaceholderText(tr("Reason"))
        self._editor.setAccessibleDescription(sentence)
        self._noted().say(sentence, self._editor.geometry(), wrong=False)

    def _complain(self, sentence: str) -> None:
        if self._editor is not None:
            self._editor.setAccessibleDescription(sentence)
            self._editor.setProperty(INVALID, True)
            self._editor.update()
            self._noted().say(sentence, self._editor.geometry(), wrong=True)

    def _go_back(self) -> None:
        """From the reason to the tier typed before; from there to the cell as it was."""
        if self._editor is not None and self._before_reason:
            self._editor.setPlaceholderText("")
            self._editor.setText(self._before_reason)
            self._editor.selectAll()
            self._before_reason = ""
            self._hide_note()
            return
        self._close()

    def _close(self) -> None:
        editor, self._editor = self._editor, None
        self._row_id, self._start, self._before_reason = -1, "", ""
        self._hide_note()
        if editor is not None:
            had_focus = editor.hasFocus()
            editor.hide()
            editor.setParent(None)
            editor.deleteLater()
            if had_focus:
                self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._given_back:
            # Unless the next cell is typed into by then.
            QTimer.singleShot(0, self, self._reopen_next)

    def _noted(self) -> CellNote:
        self._fading.stop()
        if self._note is None:
            self._note = CellNote(self._table.viewport())
        return self._note

    def _hide_note(self) -> None:
        self._fading.stop()
        if self._note is not None:
            self._note.hide()

    def _fade(self) -> None:
        if not self.is_open:
            self._hide_note()
