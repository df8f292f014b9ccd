"""The 2 px ring around whatever has the keyboard, drawn by the style outside the widget."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSplitter,
    QStackedWidget,
    QStyle,
    QStyleOption,
    QTextEdit,
    QWidget,
)

FIELDS = (QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QTextEdit)
_OWN_RING = "ownFocus"
_FOLLOWED = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide, QEvent.Type.Show)


class FocusRing(QObject):
    """Keeps one ring around the focused widget of the application; mouse clicks show none."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._target: QWidget | None = None
        self._frame: _Frame | None = None
        app.focusChanged.connect(self._move)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the focused widget as it moves, grows or hides."""
        if event.type() in _FOLLOWED and watched is self._target:
            self._place()
        return False

    def _move(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._release()
        if new is None or not _wants_ring(new):
            return
        self._target = new
        new.installEventFilter(self)
        new.destroyed.connect(self._forget)
        self._frame = _Frame(_ground(new))
        self._frame.destroyed.connect(self._forget)
        self._place()

    def _release(self) -> None:
        target, frame = self._target, self._frame
        self._forget()
        if target is not None:
            target.removeEventFilter(self)
            target.destroyed.disconnect(self._forget)
        if frame is not None:
            frame.destroyed.disconnect(self._forget)
            frame.hide()
            frame.deleteLater()

    def _forget(self) -> None:
        self._target = None
        self._frame = None

    def _place(self) -> None:
        if self._target is None or self._frame is None:
            return
        target, frame = self._target, self._frame
        margin = 2 if isinstance(target, FIELDS) else 4
        corner = target.mapTo(frame.ground, target.rect().topLeft())
        frame.field = isinstance(target, FIELDS)
        frame.setGeometry(QRect(corner, target.size()).adjusted(-margin, -margin, margin, margin))
        frame.raise_()
        frame.setVisible(target.isVisible())


class _Frame(QWidget):
    """A see-through widget the size of the ring."""

    def __init__(self, ground: QWidget) -> None:
        super().__init__(ground)
        self.ground = ground
        self.field = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawControl(QStyle.ControlElement.CE_FocusFrame, option, painter, self)
        painter.end()


def _wants_ring(widget: QWidget) -> bool:
    """Say whether a ring belongs outside: lists and scenes show the focus on their own item."""
    unreachable = widget.focusPolicy() == Qt.FocusPolicy.NoFocus
    if unreachable or widget.property(_OWN_RING) or widget.parentWidget() is None:
        return False
    if isinstance(widget, QAbstractScrollArea) and not isinstance(widget, FIELDS):
        return False
    clicked = QApplication.mouseButtons() != Qt.MouseButton.NoButton
    return isinstance(widget, FIELDS) or not clicked


def _ground(widget: QWidget) -> QWidget:
    """Return the nearest ancestor that does not lay out whatever child it is given."""
    parent = widget.parentWidget()
    while isinstance(parent, QSplitter | QStackedWidget) and parent.parentWidget() is not None:
        parent = parent.parentWidget()
    assert parent is not None
    return parent
