"""The dialog for a fault of the program: what happened, what is safe, what to do, where it was."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from csplanner.language import tr
from csplanner.paint.fonts import MEDIUM
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.dialogs import Dialog
from csplanner.ui.widgets.labels import PlainLabel

_WIDTH, _HEIGHT = 480, 140


class FaultDialog(Dialog):
    """Tells of a fault in plain words; `details` are folded away, and can be copied."""

    def __init__(self, places: str, parent: QWidget | None) -> None:
        """`places` say where it went wrong, without a word of the book."""
        super().__init__(
            tr("csplanner made a mistake"),
            tr("This is a fault of the program, not of you or your book."),
            parent,
        )
        self.setMinimumWidth(_WIDTH)
        for head, words in (
            (
                self.tr("Is my book safe?"),
                self.tr("Yes. What was saved is safe; what you just did may not have happened."),
            ),
            (
                self.tr("What to do"),
                self.tr(
                    "Look whether your last change is there, then go on. If it happens again, "
                    "close the window and open the book anew."
                ),
            ),
        ):
            self._tell(head, words)
        self.details = QPlainTextEdit(places, self)
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName(self.tr("Details"))
        self.details.setFixedHeight(_HEIGHT)
        self.details.hide()
        self.body.addWidget(self.details)
        self.note = PlainLabel(
            self.tr("The details hold nothing of your book. They are in the log as well."),
            px=12, colour="text2",
        )  # fmt: skip
        self.note.setWordWrap(True)
        self.note.hide()
        self.body.addWidget(self.note)
        self.fold = self._button(self.tr("Show details"), self._toggle)
        self._button(self.tr("Copy details"), self._copy)
        go_on = self.add_verb(self.tr("Go on"), kind="primary", key="close")
        go_on.setDefault(True)
        go_on.setFocus(Qt.FocusReason.TabFocusReason)

    def _tell(self, head: str, words: str) -> None:
        heading = PlainLabel(head, weight=MEDIUM)
        text = PlainLabel(words, colour="text2")
        for label in (heading, text):
            label.setWordWrap(True)
            self.body.addWidget(label)

    def _button(self, words: str, run: object) -> Button:
        button = Button(words, self)
        button.clicked.connect(run)
        self.foot.insertWidget(self.foot.count() - 1, button)
        return button

    def _toggle(self) -> None:
        """Unfold or fold the details."""
        shown = self.details.isHidden()
        self.details.setVisible(shown)
        self.note.setVisible(shown)
        self.fold.set_text(self.tr("Hide details") if shown else self.tr("Show details"))
        self.adjustSize()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())
