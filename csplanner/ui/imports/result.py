"""The last step: what came in, what it changed, and the way back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csplanner.paint.fonts import SEMIBOLD
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.fields import IconLabel
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import PADDING, Ground


class ResultStep(Ground):
    """What was applied; `undo_asked` takes it back, `more_asked` brings in further files."""

    undo_asked = Signal()
    more_asked = Signal()
    today_asked = Signal()

    def __init__(self, news: QWidget, parent: QWidget | None = None) -> None:
        """`news` is the panel of what the snapshot changed."""
        super().__init__("surface", parent)
        self.news = news
        self.title = PlainLabel("", px=15, weight=SEMIBOLD)
        self.note = PlainLabel("", px=12, colour="text2")
        self.undo = Button(self.tr("Undo import…"), icon="undo-2")
        self.more = Button(self.tr("Import more"), icon="file-input")
        self.today = Button(self.tr("Go to Today"), kind="primary")
        for label in (self.title, self.note):
            label.setWordWrap(True)
        head = Ground("window", lines="b")
        row = QHBoxLayout(head)
        row.setContentsMargins(PADDING, 12, PADDING, 13)
        row.setSpacing(10)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.note)
        row.addWidget(IconLabel("circle-check", colour="good-ink", px=20))
        row.addLayout(words, 1)
        for part in (self.undo, self.more, self.today):
            row.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(news, 1)
        self.undo.clicked.connect(self.undo_asked)
        self.more.clicked.connect(self.more_asked)
        self.today.clicked.connect(self.today_asked)
        self.setFocusProxy(self.today)

    def show_result(self, title: str, note: str, *, can_undo: bool) -> None:
        """Say what came in; `can_undo` offers the way back."""
        self.title.setText(title)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.undo.setVisible(can_undo)
