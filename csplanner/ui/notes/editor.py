"""Writes a note: plain text alone, with a menu that makes a task or a promise of chosen words."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QTextEdit, QWidget

from csplanner.language import tr
from csplanner.paint.fonts import font

_LONGEST = 200


class NoteEditor(QTextEdit):
    """What is pasted or dropped becomes plain text; `menu_asked` as the reader's."""

    menu_asked = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFont(font(13))
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setPlaceholderText(tr("What you want to remember. It is kept as you type."))
        self.setAccessibleName(tr("The note"))
        self.document().setDocumentMargin(16)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(self.textCursor().selectedText(), event.globalPos())


def words_chosen(text: str) -> str:
    """The words chosen in a note as one line that is not too long: a task's title."""
    words = " ".join(text.replace("\u2029", " ").split()).strip(" -*#>")
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"


def line_under(editor: QTextEdit) -> str:
    """The words chosen, or the line the cursor stands in where none are."""
    cursor = editor.textCursor()
    return words_chosen(cursor.selectedText() or cursor.block().text())


def spot_of(editor: QTextEdit) -> QPoint:
    """Where a menu opened by key stands."""
    return editor.viewport().mapToGlobal(editor.cursorRect().bottomLeft())
