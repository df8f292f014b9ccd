"""The ring around whatever has the keyboard, drawn by the style outside the widget."""

from collections.abc import Iterator

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
from shiboken6 import isValid

from csplanner.ui.look import theme_of

FIELDS = (QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QTextEdit)
_OWN_RING = "ownFocus"
# Rows that touch each other keep the ring within themselves.
_TIGHT = "tightFocus"
_FOLLOWED = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide, QEvent.Type.Show)


class FocusRing(QObject):
    """Keeps one ring around the focused widget of the application; mouse clicks show none."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._target: QWidget | None = None
        self._frame: _Frame | None = None
        self._watched: list[QWidget] = []
        app.focusChanged.connect(self._move)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the focused widget as it, or what holds it, moves, grows or hides."""
        if event.type() in _FOLLOWED:
            self._place()
        return False

    def _move(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._release()
        if new is None or not _wants_ring(new):
            return
        self._target = new
        self._frame = _Frame(_ground(new))
        self._watched = list(_up_to(new, self._frame.ground))
        for widget in self._watched:
            widget.installEventFilter(self)
        self._place()

    def _release(self) -> None:
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        if self._frame is not None and isValid(self._frame):
            self._frame.hide()
            self._frame.deleteLater()
        self._target, self._frame, self._watched = None, None, []

    def _place(self) -> None:
        target, frame = self._target, self._frame
        if target is None or frame is None or not isValid(target) or not isValid(frame):
            return
        margin = _margin(target)
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
        with QPainter(self) as painter:
            option = QStyleOption()
            option.initFrom(self)
            self.style().drawControl(QStyle.ControlElement.CE_FocusFrame, option, painter, self)


def _wants_ring(widget: QWidget) -> bool:
    """Say whether a ring belongs outside: lists and scenes show the focus on their own item."""
    unreachable = widget.focusPolicy() == Qt.FocusPolicy.NoFocus
    if unreachable or widget.property(_OWN_RING) or widget.parentWidget() is None:
        return False
    if isinstance(widget, QAbstractScrollArea) and not isinstance(widget, FIELDS):
        return False
    clicked = QApplication.mouseButtons() != Qt.MouseButton.NoButton
    return isinstance(widget, FIELDS) or not clicked


def _margin(widget: QWidget) -> int:
    """Return how far the ring reaches out: close around a field, 2 px away from others."""
    more = theme_of(widget).size("focus") - 2
    if widget.property(_TIGHT):
        return 1
    return more + (2 if isinstance(widget, FIELDS) else 4)


def _ground(widget: QWidget) -> QWidget:
    """Return the nearest ancestor with room for the ring that lays out no child it is given."""
    reach = _margin(widget)
    parent = widget.parentWidget()
    assert parent is not None
    while not parent.isWindow():
        above = parent.parentWidget()
        corner = widget.mapTo(parent, widget.rect().topLeft())
        ring = QRect(corner, widget.size()).adjusted(-reach, -reach, reach, reach)
        fits = parent.rect().contains(ring) and not isinstance(parent, QSplitter | QStackedWidget)
        if above is None or fits or isinstance(above.parentWidget(), QAbstractScrollArea):
            break
        parent = above
    return parent


def _up_to(widget: QWidget, ground: QWidget) -> Iterator[QWidget]:
    """Yield the widget and what holds it, below `ground`."""
    step: QWidget | None = widget
    while step is not None and step is not ground:
        yield step
        step = step.parentWidget()
