"""A thin bar for work that takes longer than 300 ms: with a way to stop it, or alone."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from csplanner.ui.look import colour_of
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.labels import PlainLabel

QUIET_MS = 300
_BAR = 3


class ProgressLine(QWidget):
    """Shows nothing for the first 300 ms; then a 3 px bar, what is done, and Cancel."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None, *, cancellable: bool = True) -> None:
        super().__init__(parent)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(_BAR)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._text = PlainLabel("", px=12, colour="text2")
        self._cancel = Button(self.tr("Cancel"), self, kind="quiet", small=True)
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
        self._timer = _quiet_timer(self)
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


class WaitBar(QWidget):
    """A 3 px bar along the top of its parent while an answer is awaited for over 300 ms."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.tr("Reading the book"))
        self._timer = _quiet_timer(self)
        self._timer.timeout.connect(self._appear)
        parent.installEventFilter(self)
        self.hide()

    def begin(self) -> None:
        """Show the bar when the answer lasts."""
        if not self._timer.isActive() and self.isHidden():
            self._timer.start()

    def end(self) -> None:
        """Hide the bar: the answer is there."""
        self._timer.stop()
        self.hide()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), colour_of(self, "accent"))

    def _appear(self) -> None:
        self._place()
        self.raise_()
        self.show()

    def _place(self) -> None:
        over = self.parentWidget()
        if over is not None:
            self.setGeometry(QRect(0, 0, over.width(), _BAR))


def _quiet_timer(parent: QObject) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(QUIET_MS)
    return timer
