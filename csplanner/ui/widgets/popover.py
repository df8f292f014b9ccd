"""Raised panels inside the window: popovers and the toast, with the one shadow."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from csplanner.paint.shadow import DROP, REACH, draw_panel
from csplanner.ui.look import theme_of
from csplanner.ui.motion import slide_in
from csplanner.ui.widgets.buttons import Button, IconButton
from csplanner.ui.widgets.chips import Chip
from csplanner.ui.widgets.fields import IconLabel
from csplanner.ui.widgets.labels import PlainLabel

TOAST_MS = 6000
_MARGIN = REACH + DROP
_EDGE = 16
_FOOT = 40
KEPT_CLEAR = "keptClear"
"""The object name of a bar at the foot of a page that no toast may cover."""
"""As high as the verbs at the foot of a page, which a toast must not cover."""


class Raised(QFrame):
    """A panel with a border and the shadow painted around it; fill the layout `body`."""

    def __init__(self, window: QWidget, *, radius: int = 8) -> None:
        super().__init__(window)
        self.ground = window
        self._radius = radius
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(_MARGIN + 12, _MARGIN + 12, _MARGIN + 12, _MARGIN + 12)
        self.body.setSpacing(8)

    def _fit(self) -> None:
        """Take the size the content asks for now; a hidden panel has not heard of changes."""
        self.body.activate()
        self.adjustSize()

    def panel_rect(self) -> QRectF:
        """Return the panel without its shadow."""
        return QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            draw_panel(painter, self.panel_rect(), theme=theme_of(self), radius=self._radius)


class Popover(Raised):
    """A panel at a point of the window; Escape or a click elsewhere closes it."""

    closed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._before: QWidget | None = None
        self.hide()

    def open_at(self, point: QPoint) -> None:
        """Open with the panel's corner at `point` of the window, moved to stay inside."""
        window = self.ground
        self._before = window.window().focusWidget()
        self._fit()
        room = window.rect().adjusted(8, 8, -8, -8)
        panel = self.panel_rect().size().toSize()
        left = max(room.left(), min(point.x(), room.right() - panel.width()))
        top = max(room.top(), min(point.y(), room.bottom() - panel.height()))
        self.move(left - _MARGIN, top - _MARGIN)
        self.show()
        self.raise_()
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        self.focusNextChild()

    def close_popover(self) -> None:
        """Close, and give the keyboard back."""
        if not self.isVisible():
            return
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        self.hide()
        if self._before is not None and isValid(self._before):
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close on a press outside the panel."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            corner = self.mapFromGlobal(event.globalPosition().toPoint())
            if not self.panel_rect().contains(corner) and isinstance(watched, QWidget):
                inside = watched.window() is self.window()
                if inside:
                    self.close_popover()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_popover()
            return
        super().keyPressEvent(event)


class Toast(Raised):
    """What was just done, with Undo: bottom right, 6 seconds, longer while hovered or focused."""

    undo = Signal()

    def __init__(
        self, window: QWidget, beside: QWidget | None = None, *, clear_of: QWidget | None = None
    ) -> None:
        """Stand in the corner of `beside`, a part of the window, or of the window itself; above
        what stands at its foot, and left of `clear_of` where that lies over it.
        """
        super().__init__(window)
        self._beside = beside or window
        self._clear_of = clear_of
        self.body.setContentsMargins(_MARGIN + 14, _MARGIN + 5, _MARGIN + 8, _MARGIN + 5)
        self._icon = IconLabel("check", colour="good-ink")
        self._text = PlainLabel("")
        self._undo = Button(self.tr("Undo"), kind="quiet")
        self._keys = Chip("Ctrl Z", kind="key")
        close = self._close = IconButton("x", self.tr("Close"))
        self._before: QWidget | None = None
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in (self._icon, self._text, self._undo, self._keys, close):
            row.addWidget(part)
        self.body.addLayout(row)
        self._undo.clicked.connect(self._take_back)
        close.clicked.connect(self.hide)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TOAST_MS)
        self._timer.timeout.connect(self._end)
        self._beside.installEventFilter(self)
        if clear_of is not None:
            clear_of.installEventFilter(self)
        self.hide()

    def say(self, text: str, *, undo: bool = True, failed: bool = False) -> None:
        """Show one line; `undo` offers to take it back, `failed` shows a warning instead."""
        self._icon.show_icon(
            "triangle-alert" if failed else "check", "watch-ink" if failed else "good-ink"
        )
        self._text.setText(text)
        self.setAccessibleName(text)
        self._undo.setVisible(undo)
        self._keys.setVisible(undo)
        for bar in self._bars():
            bar.installEventFilter(self)
        self._place()
        came = not self.isVisible()
        self.show()
        self.raise_()
        if came:
            slide_in(self, QPoint(0, _EDGE))
        self._timer.start()

    def take_keyboard(self, reason: Qt.FocusReason) -> None:
        """Give the keyboard to Undo, or to Close; Escape gives it back and closes."""
        self._before = self.window().focusWidget()
        (self._undo if self._undo.isVisible() else self._close).setFocus(reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
            return
        self.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the keyboard back to what had it before the toast."""
        super().hideEvent(event)
        before, self._before = self._before, None
        if before is not None and isValid(before):
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def text(self) -> str:
        """The line shown."""
        return self._text.text()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner as the window grows, and above a bar that comes."""
        kind = event.type()
        if watched is self._clear_of:
            # What it must leave free may come only after it: the inspector of a page read late.
            moved = kind in (
                QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Resize, QEvent.Type.Move,
            )  # fmt: skip
        elif watched is self._beside:
            moved = kind == QEvent.Type.Resize
        else:
            moved = kind in (QEvent.Type.Show, QEvent.Type.Hide)
        # The parts of a window that is destroyed hide too, when there is no ground to stand on.
        if moved and isValid(self.ground) and self.isVisible():
            self._place()
        return False

    def _bars(self) -> list[QWidget]:
        """What stands at the foot of pages and must stay in sight."""
        return self._beside.findChildren(QWidget, KEPT_CLEAR)

    def _place(self) -> None:
        self._fit()
        corner = self._beside.mapTo(self.ground, self._beside.rect().bottomRight())
        shift = _MARGIN - _EDGE
        over = self._clear_of
        if over is not None and over.isVisible():
            corner.setX(min(corner.x(), over.mapTo(self.ground, over.rect().topLeft()).x()))
        foot = _FOOT + max((bar.height() for bar in self._bars() if bar.isVisible()), default=0)
        self.move(corner.x() - self.width() + shift, corner.y() - self.height() + shift - foot)

    def _end(self) -> None:
        focused = self.window().focusWidget()
        if self.underMouse() or (focused is not None and self.isAncestorOf(focused)):
            self._timer.start()
        else:
            self.hide()

    def _take_back(self) -> None:
        self.hide()
        self.undo.emit()
