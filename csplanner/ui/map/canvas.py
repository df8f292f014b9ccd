"""The map under the mouse: zoom, pan, choosing, and the gestures that change it."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from csplanner.domain.map_layout import HIGH, MORE, WIDE
from csplanner.domain.map_model import LineKind
from csplanner.ui.map.board import snapped
from csplanner.ui.map.drags import Banding, Drag, Drawing, Moving, Panning
from csplanner.ui.map.keys import MapKeys
from csplanner.ui.map.line_rules import meant_line
from csplanner.ui.map.over_item import HANDLE, handles
from csplanner.ui.map.zooming import ZoomView

CARD_MIME = "application/x-csplanner-card"
"""What cards dragged in from the list beside the map are called; their keys, one a line."""
_WHEEL_STEP, _NOTCH = 1.2, 120.0


class Canvas(ZoomView):
    """Shows a scene; its signals say what was asked for, and nothing is changed here.

    `placed(dict)`: cards stand elsewhere now; `refused(key, words)`: why something cannot be.
    """

    opened = Signal(str)
    line_opened = Signal(str)
    report_asked = Signal(str, str)
    reports_asked = Signal(tuple, str)
    line_asked = Signal(str, str, object)
    placed = Signal(dict)
    dropped = Signal(tuple, tuple)
    menu_asked = Signal(str, QPoint)
    refused = Signal(str, str)
    more_asked = Signal()
    """Fold those of us without a line away, or show them again."""
    told = Signal(str)
    """What the gesture in hand would do, empty when it is over."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tool: LineKind | None = None
        self.drag: Drag | None = None
        self.pointer = QPoint()
        """Where the drag in hand has come to."""
        self._ready: tuple[str, QPoint] | None = None
        self._space = False
        self.keys = MapKeys(self)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setProperty("ownFocus", True)

    # Gestures

    def begin(self, drag: Drag) -> None:
        """Start a gesture, with everything where it belongs."""
        self.map_scene.lifted = isinstance(drag, Moving)
        self.drag = drag
        self.viewport().setCursor(drag.cursor)

    def give_up(self) -> bool:
        """End the gesture in hand with nothing done; say whether there was one."""
        if self.drag is None:
            return False
        drag, self.drag = self.drag, None
        self.map_scene.lifted = False
        drag.give_up()
        self.viewport().unsetCursor()
        return True

    def ask_report(self, keys: Sequence[str], above: str) -> None:
        """Ask for cards to report to another one, all of them in one step."""
        if len(keys) == 1:
            self.report_asked.emit(keys[0], above)
        elif keys:
            self.reports_asked.emit(tuple(keys), above)

    def ask_line(self, start: str, end: str, kind: LineKind) -> None:
        """Ask for a line between two cards, the right way round, or say why there is none."""
        if MORE in (start, end):
            return
        meant, why = meant_line(self.map_scene, start, end, kind)
        if meant is None:
            self.refused.emit(end, why)
        elif meant[2] is LineKind.REPORTS:
            self.report_asked.emit(meant[0], meant[1])
        else:
            self.line_asked.emit(*meant)

    def tell_aim(self, keys: Sequence[str], target: str) -> None:
        """Say what letting go would do."""
        scene = self.map_scene
        if not target or not keys:
            self.told.emit("")
        elif target in scene.ours:
            words = self.tr("Contact between {0} and {1}")
            self.told.emit(words.format(scene.name_of(target), scene.name_of(keys[0])))
        elif any(target in scene.board.all_below(key) for key in keys):
            words = self.tr("{0} is below {1}: they cannot report to each other")
            self.told.emit(words.format(scene.name_of(target), scene.name_of(keys[0])))
        elif len(keys) == 1:
            words = self.tr("{0} reports to {1}")
            self.told.emit(words.format(scene.name_of(keys[0]), scene.name_of(target)))
        else:
            words = self.tr("{0} people report to {1}")
            self.told.emit(words.format(len(keys), scene.name_of(target)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.drag is not None:
            return
        self.keys.leave()
        self.map_scene.glide.stop()
        at, button = event.position().toPoint(), event.button()
        if button == Qt.MouseButton.MiddleButton or (
            button == Qt.MouseButton.LeftButton and self._space
        ):
            self.begin(Panning(self, at))
        elif button == Qt.MouseButton.LeftButton:
            self._press(at, event.modifiers())
        elif button == Qt.MouseButton.RightButton:
            key = self.map_scene.board.at(self.mapToScene(at))
            if key and key not in self.map_scene.selected:
                self.map_scene.choose([key], current=key)

    def _press(self, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        scene, spot = self.map_scene, self.mapToScene(at)
        key = scene.board.at(spot)
        from_key = self._line_start(spot, key, modifiers)
        if from_key:
            self.begin(Drawing(self, at, from_key, self.tool or LineKind.INFLUENCES))
            return
        adding = bool(modifiers & (_CTRL | _SHIFT))
        if key == MORE:
            scene.choose([], current=MORE)
            self.more_asked.emit()
            return
        if key:
            self._press_card(key, at, adding=adding)
            return
        line = scene.lines_item.at(spot, 5 / self.zoom)
        if not adding:
            scene.choose([], line=line)
        self.begin(Banding(self, at, adding=adding))

    def _press_card(self, key: str, at: QPoint, *, adding: bool) -> None:
        scene = self.map_scene
        if adding:
            scene.choose(scene.selected ^ {key}, current=key)
        elif key not in scene.selected or scene.line:
            scene.choose([key], current=key)
        else:
            scene.choose(scene.selected, current=key)
        if scene.editable and key in scene.cards and key in scene.selected:
            self._ready = (key, at)

    def _line_start(self, spot: QPointF, key: str, modifiers: Qt.KeyboardModifier) -> str:
        """Return the card from which a press draws a line, empty when it does something else."""
        scene = self.map_scene
        if not scene.editable or key == MORE:
            return ""
        hovered = scene.hovered
        if hovered in scene.board.boxes and hovered != MORE:
            reach = (HANDLE + 3) / min(1.0, self.zoom)
            if any(
                (spot - each).manhattanLength() <= reach for each in handles(scene.box(hovered))
            ):
                return hovered
        draws = self.tool is not None or modifiers & Qt.KeyboardModifier.AltModifier
        return key if key and (draws or key in scene.ours) and not modifiers & _CTRL else ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._ready is not None and event.buttons() & Qt.MouseButton.LeftButton:
            key, start = self._ready
            if (at - start).manhattanLength() >= QApplication.startDragDistance():
                self._ready = None
                self.begin(Moving(self, start, self.map_scene.selected, key))
        if self.drag is not None:
            self.pointer = at
            self.drag.move(at, event.modifiers())
        elif not event.buttons():
            self._hover(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        ready, self._ready = self._ready, None
        if self.drag is not None:
            drag, self.drag = self.drag, None
            self.map_scene.lifted = False
            self.viewport().unsetCursor()
            drag.finish(event.position().toPoint())
        elif ready is not None and not event.modifiers() & (_CTRL | _SHIFT):
            self.map_scene.choose([ready[0]], current=ready[0])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        spot = self.mapToScene(event.position().toPoint())
        key = self.map_scene.board.at(spot)
        line = "" if key else self.map_scene.lines_item.at(spot, 5 / self.zoom)
        if key and key != MORE:
            self.opened.emit(key)
        elif line:
            self.line_opened.emit(line)

    def _hover(self, at: QPoint) -> None:
        scene, spot = self.map_scene, self.mapToScene(at)
        key = scene.board.at(spot)
        if not key and scene.hovered in scene.board.boxes:
            # The handles stand half outside their card.
            reach = HANDLE + 3
            if scene.box(scene.hovered).adjusted(-reach, -reach, reach, reach).contains(spot):
                key = scene.hovered
        line = "" if key else scene.lines_item.at(spot, 5 / self.zoom)
        scene.hover(key, line)
        hand = Qt.CursorShape.PointingHandCursor if key or line else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(Qt.CursorShape.CrossCursor if self.tool and key else hand)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.map_scene.hover("")

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.used = True
        turn, pixels = event.angleDelta(), event.pixelDelta()
        if event.modifiers() & _CTRL:
            around = event.position().toPoint()
            self.zoom_to(self.zoom * _WHEEL_STEP ** (turn.y() / _NOTCH), around)
        else:
            by = pixels if not pixels.isNull() else turn * 0.5
            sideways = bool(event.modifiers() & _SHIFT) and not by.x()
            self.pan(QPoint(-by.y(), 0) if sideways else -by)
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Zoom by pinching where the system tells of it; say the whole of a card on hover."""
        if isinstance(event, QHelpEvent):
            spot = self.mapToScene(event.pos())
            words = self.map_scene.words_at(spot, 5 / self.zoom)
            QToolTip.showText(event.globalPos(), f"<qt>{escape(words)}</qt>" if words else "", self)
            return True
        pinch = Qt.NativeGestureType.ZoomNativeGesture
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == pinch:
            self.zoom_to(self.zoom * (1 + event.value()), event.position().toPoint())
            return True
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        scene, at = self.map_scene, event.pos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.keys.ask_menu()
        else:
            spot = self.mapToScene(at)
            key = scene.board.at(spot) or scene.lines_item.at(spot, 5 / self.zoom)
            if key and key not in scene.board.boxes:
                scene.choose([], line=key)
            self.menu_asked.emit(key, event.globalPos())
        event.accept()

    # Cards dragged in from the list beside the map

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.map_scene.editable and event.mimeData().hasFormat(CARD_MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(CARD_MIME):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        spot = self.mapToScene(event.position().toPoint())
        keys = bytes(event.mimeData().data(CARD_MIME).data()).decode().split("\n")
        self.dropped.emit(tuple(keys), snapped(spot - QPointF(WIDE / 2, HIGH / 2)))
        event.acceptProposedAction()

    # Keys

    def event(self, event: QEvent) -> bool:
        """Keep from the window the shortcuts that the map has for itself."""
        asks = event.type() == QEvent.Type.ShortcutOverride
        if asks and isinstance(event, QKeyEvent) and self.keys.wants(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = True
        if not self.keys.press(event):
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
        self.keys.release(event)
        super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.map_scene.has_keys = event.reason() != Qt.FocusReason.MouseFocusReason
        scene = self.map_scene
        if not scene.current and scene.board.boxes and scene.has_keys:
            scene.choose([], current=scene.board.first())
        scene.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._space = False
        self.map_scene.has_keys = False
        self.keys.leave()
        self.map_scene.update()


_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
