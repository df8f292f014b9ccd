"""Dialogs that ask and tell: buttons are verbs, the safe one has the keyboard, text is plain."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from csplanner.paint.fonts import SEMIBOLD
from csplanner.ui.look import colour_of
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.labels import PlainLabel

_WIDTH = 380
_MOST, _BESIDE = 900, 80


class Dialog(QDialog):
    """A dialog with a title, a sentence, a `body` layout for more and verbs at its foot."""

    def __init__(self, title: str, sentence: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(_WIDTH)
        self.choice = ""
        heading = PlainLabel(title, px=15, weight=SEMIBOLD)
        heading.setWordWrap(True)
        words = PlainLabel(sentence, colour="text2")
        words.setWordWrap(True)
        words.setVisible(bool(sentence))
        self.setAccessibleDescription(sentence)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        self.foot.addStretch(1)
        QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), self, self._help)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(heading)
        column.addWidget(words)
        column.addLayout(self.body)
        column.addSpacing(8)
        column.addLayout(self.foot)

    def add_verb(self, verb: str, *, kind: str = "secondary", key: str = "") -> Button:
        """Add a button that closes the dialog with `choice` set to `key`; return it."""
        button = Button(verb, self, kind=kind)
        button.clicked.connect(lambda: self._close_with(key or verb))
        self.foot.addWidget(button)
        return button

    def showEvent(self, event: QShowEvent) -> None:
        """Be as wide as what cannot be narrower, within the window it stands over."""
        over = self.parentWidget()
        most = max(_WIDTH, over.width() - _BESIDE if over is not None else _MOST)
        column = self.layout()
        wanted = column.totalMinimumSize().width() if column is not None else 0
        self.setMinimumWidth(max(self.minimumWidth(), min(wanted, most)))
        super().showEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), colour_of(self, "raised"))

    def _help(self) -> None:
        """Show the page about what is asked; the window's own key does not reach a dialog."""
        from csplanner.ui.help.commands import help_on

        help_on(self)

    def _close_with(self, key: str) -> None:
        self.choice = key
        self.accept()


def confirmation(
    parent: QWidget | None, title: str, *, sentence: str, verb: str, keep: str
) -> Dialog:
    """Return the dialog of `ask`, unopened; its `choice` is `do` or `keep`."""
    dialog = Dialog(title, sentence, parent)
    safe = dialog.add_verb(keep, key="keep")
    dialog.add_verb(verb, kind="primary", key="do")
    safe.setDefault(True)
    safe.setFocus(Qt.FocusReason.TabFocusReason)
    return dialog


def ask(parent: QWidget | None, title: str, *, sentence: str, verb: str, keep: str) -> bool:
    """Ask before what undo cannot bring back; return whether `verb` was chosen.

    `keep` is the safe verb, has the keyboard, and is what Escape means.
    """
    dialog = confirmation(parent, title, sentence=sentence, verb=verb, keep=keep)
    dialog.exec()
    chosen = dialog.choice == "do"
    dialog.deleteLater()
    return chosen


def message(parent: QWidget | None, title: str, *, sentence: str, details: str = "") -> Dialog:
    """Return an unopened dialog that tells one thing, with optional details to copy."""
    return choices(parent, title, sentence=sentence, verbs=(("close", "Close"),), details=details)


def choices(
    parent: QWidget | None,
    title: str,
    *,
    sentence: str,
    verbs: Sequence[tuple[str, str]],
    details: str = "",
) -> Dialog:
    """Return an unopened dialog offering `verbs` as (key, words); the first has the keyboard."""
    dialog = Dialog(title, sentence, parent)
    if details:
        box = QPlainTextEdit(details, dialog)
        box.setReadOnly(True)
        box.setAccessibleName(dialog.tr("Details"))
        box.setFixedHeight(140)
        dialog.body.addWidget(box)
    buttons = [dialog.add_verb(words, key=key) for key, words in verbs]
    if buttons:
        buttons[0].setDefault(True)
        buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
    return dialog
