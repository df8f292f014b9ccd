"""What to look at before a review goes out, and the button that writes it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csplanner.paint.fonts import MEDIUM
from csplanner.ui.qbr.rows import Check
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.chips import Chip
from csplanner.ui.widgets.fields import IconLabel
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Hairline, Inspector
from csplanner.ui.widgets.progress import ProgressLine

_ICONS = {
    "stop": ("circle-alert", "risk-ink"), "look": ("triangle-alert", "watch-ink"),
    "note": ("circle-dashed", "text2"), "fine": ("circle-check", "good-ink"),
}  # fmt: skip


class QbrPanel(Inspector):
    """Shows Checks. `asked(verb)`: what a check offers; `looked(slide)`: show that slide.

    `export_asked` is emitted by the button at the foot.
    """

    asked = Signal(str)
    looked = Signal(int)
    export_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setMinimumWidth(288)
        self.set_title(self.tr("Before you export"))
        self._written: tuple[Path, ...] = ()
        self.export_button = Button(
            self.tr("Export deck and brief…"), kind="primary", icon="presentation"
        )
        self.export_button.clicked.connect(self.export_asked)
        self.open_button = Button(self.tr("Open folder"), icon="folder-open")
        self.open_button.clicked.connect(self._open_folder)
        self.open_button.hide()
        foot = QVBoxLayout()
        foot.setSpacing(6)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.export_button)
        buttons.addStretch(1)
        self.progress = ProgressLine(cancellable=False)
        self._note = PlainLabel("", px=12, colour="text3")
        self._note.setWordWrap(True)
        foot.addWidget(self.progress)
        foot.addLayout(buttons)
        foot.addWidget(self._note)
        foot.addWidget(self.open_button)
        holder = QWidget()
        holder.setLayout(foot)
        foot.setContentsMargins(0, 0, 0, 0)
        self.add_action(holder)
        self._body: QWidget | None = None
        self.say_nothing_written()

    def show_checks(self, found: Sequence[Check], note: str) -> None:
        """Show these checks under a chip that counts them."""
        if self._body is not None:
            self._body.hide()
            self._body.deleteLater()
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        if note:
            column.addWidget(Chip(note, kind="watch"), 0, Qt.AlignmentFlag.AlignLeft)
        for check in found:
            column.addWidget(Hairline())
            column.addWidget(self._row(check))
        self.add_widget(self._body)

    def say_nothing_written(self) -> None:
        """Say where the files will go."""
        self._written = ()
        self.open_button.hide()
        self._note.setText(
            self.tr("A PowerPoint deck for them and a PDF brief for you. Nothing is sent anywhere.")
        )

    def begin(self, words: str) -> None:
        """Show that the files are being written."""
        self.export_button.setEnabled(False)
        self.progress.begin(words)

    def end(self, files: Sequence[Path] = (), note: str = "") -> None:
        """Say what was written, or why nothing was."""
        self.export_button.setEnabled(True)
        self.progress.end()
        self._written = tuple(files)
        self.open_button.setVisible(bool(files))
        self._note.setText(note)

    @property
    def note(self) -> str:
        """The sentence under the button."""
        return self._note.text()

    def _row(self, check: Check) -> QWidget:
        row = QWidget()
        icon, ink = _ICONS[check.state]
        title = PlainLabel(check.title, weight=MEDIUM)
        detail = PlainLabel(check.detail, px=12, colour="text2")
        for label in (title, detail):
            label.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(title)
        words.addWidget(detail)
        verbs = QHBoxLayout()
        verbs.setContentsMargins(-8, 0, 0, 0)
        verbs.setSpacing(2)
        if check.verb:
            verbs.addWidget(self._link(check.verb_words, lambda: self.asked.emit(check.verb)))
        if check.slide >= 0:
            shown = self.tr("Show slide {0}").format(check.slide + 1)
            verbs.addWidget(self._link(shown, lambda: self.looked.emit(check.slide)))
        verbs.addStretch(1)
        if check.verb or check.slide >= 0:
            words.addLayout(verbs)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(IconLabel(icon, colour=ink), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        row.setAccessibleName(f"{check.title}. {check.detail}")
        return row

    def _link(self, words: str, run: Callable[[], None]) -> Button:
        button = Button(words, kind="link", small=True)
        button.clicked.connect(lambda: run())
        return button

    def _open_folder(self) -> None:
        if self._written:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written[0].parent)))
