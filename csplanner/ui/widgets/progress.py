"""A thin bar for work that takes longer than 300 ms, with a way to stop it."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.labels import PlainLabel

QUIET_MS = 300


class ProgressLine(QWidget):
    """Shows nothing for the first 300 ms; then a 3 px bar, what is done, and Cancel."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None, *, cancellable: bool = True) -> None:
        super().__init__(parent)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(3)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._text = PlainLabel("", px=12, colour="text2")
        self._cancel = Button(self.tr("Cancel"), kind="quiet", small=True)
        self._cancel.setVisible(cancellable)
        self._cancel.clicked.connect(self.cancelled)
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 8, 4)
        row.addWidget(self._text, 1)
        row.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._bar)
        column.addLayout(row)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QUIET_MS)
        self._timer.timeout.connect(self.show)
        self.hide()

    def begin(self, text: str) -> None:
        """Start, and show the bar when the work lasts."""
        self.step(0, 0, text)
        self._timer.start()

    def step(self, done: int, total: int, text: str = "") -> None:
        """Show how far the work is; a `total` of 0 means nobody knows."""
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        if text:
            self._text.setText(text)
            self._bar.setAccessibleDescription(text)

    def end(self) -> None:
        """Hide the bar: the work is done or stopped."""
        self._timer.stop()
        self.hide()
