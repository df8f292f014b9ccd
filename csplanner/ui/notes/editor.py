"""Writes a note: plain text alone, with a menu that makes a task or a promise of chosen words."""

from PySide6.QtCore import QMimeData, QPoint, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QTextEdit, QWidget

from csplanner.domain.note import LONGEST_NOTE
from csplanner.language import tr
from csplanner.paint.fonts import font
from csplanner.ui.widgets.format import number

_LONGEST = 200


class NoteEditor(QTextEdit):
    """What is pasted or dropped becomes plain text; `menu_asked` as the reader's."""

    menu_asked = Signal(str, object)
    refused = Signal(str)
    """Why what was pasted is not taken."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFont(font(13))
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setPlaceholderText(tr("What you want to remember. It is kept as you type."))
        self.setAccessibleName(tr("The note"))
        self.document().setDocumentMargin(16)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take plain text, unless the note would hold more than a note does."""
        length = self.document().characterCount() + len(source.text())
        if length > LONGEST_NOTE:
            sentence = tr("A note holds {0} characters. Paste less, or write several notes.")
            self.refused.emit(sentence.format(number(LONGEST_NOTE)))
            return
        super().insertFromMimeData(source)

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
