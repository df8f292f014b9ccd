"""Shows a note: Markdown without HTML, nothing fetched; a link opens once its target was shown."""

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QContextMenuEvent, QDesktopServices, QGuiApplication, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from csplanner.language import tr
from csplanner.paint.fonts import font
from csplanner.ui import veil
from csplanner.ui.widgets.dialogs import choices

_OPENED = frozenset({"http", "https", "mailto"})
_MARGIN = 16

_LONGEST = 40_000
_MOST_SIGNS = 2_000
_SIGNS = "|*_<[`>"


def is_plain_enough(text: str) -> bool:
    """Whether a text is laid out as Markdown at once: a great table would hold the window for a
    minute, so that it is shown as it was written.
    """
    return len(text) <= _LONGEST and sum(text.count(sign) for sign in _SIGNS) <= _MOST_SIGNS


class NoteReader(QTextBrowser):
    """A note to read; `menu_asked` carries the words chosen and where a menu opens."""

    menu_asked = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("The note as it reads"))
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.anchorClicked.connect(self.ask_to_open)
        self._text = ""

    def show_text(self, text: str) -> None:
        """Show a text in Markdown, or in plain words, which read the same."""
        self._text = text
        document = self.document()
        document.setDefaultFont(font(13))
        features = QTextDocument.MarkdownFeature
        if is_plain_enough(text):
            document.setMarkdown(
                veil.note(text), features.MarkdownNoHTML | features.MarkdownDialectGitHub
            )
        else:
            document.setPlainText(veil.note(text))
        document.setDocumentMargin(_MARGIN)

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        """Nothing: whatever a note names, a picture or a style, is not fetched."""
        return None

    def ask_to_open(self, link: QUrl) -> None:
        """Show where a link leads before it is opened; of strange kinds it is only told."""
        target = link.toDisplayString()
        can_open = link.scheme().casefold() in _OPENED
        verbs = [("keep", tr("Stay here")), ("copy", tr("Copy the address"))]
        verbs += [("open", tr("Open it"))] if can_open else []
        sentence = (
            tr("It opens outside csplanner, which itself never goes online.")
            if can_open
            else tr("Links of this kind are not opened.")
        )
        dialog = choices(
            self.window(), tr("Where this link leads"), sentence=sentence, verbs=verbs,
            details=target,
        )  # fmt: skip
        self.asked = dialog
        dialog.finished.connect(lambda: self._go(dialog.choice, link))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _go(self, choice: str, link: QUrl) -> None:
        if choice == "copy":
            QGuiApplication.clipboard().setText(link.toString())
        elif choice == "open":
            QDesktopServices.openUrl(link)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._text:
            self.show_text(self._text)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(self.textCursor().selectedText(), event.globalPos())
