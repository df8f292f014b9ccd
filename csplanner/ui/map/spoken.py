"""The cards and lines of a map as children that a screen reader can walk over."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QColor, QWindow
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import isValid

from csplanner.domain.map_routes import Route
from csplanner.paint.map_lines import line_spoken
from csplanner.ui import veil
from csplanner.ui.map.canvas import Canvas
from csplanner.ui.map.scene import MapScene


class MapSpoken(QAccessibleWidget):
    """What assistive technology is told of the canvas; Qt keeps it as long as the canvas lives.

    Cards come first, those of ours and what folds them after them, then the lines that are drawn.
    """

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas, QAccessible.Role.List)
        self._canvas = canvas
        self._items: dict[str, _Item] = {}
        QAccessible.registerAccessibleInterface(self)
        # Kept with the canvas, which Qt asks about as long as it is there.
        canvas.destroyed.connect(partial(_let_go, self, self._items))

    @property
    def canvas(self) -> Canvas:
        """The canvas it tells of."""
        return self._canvas

    @property
    def scene(self) -> MapScene:
        """What the canvas shows."""
        return self._canvas.map_scene

    def keys(self) -> list[str]:
        """The keys of all children in their order."""
        return [*self.scene.board.boxes, *(line.key for line in self.scene.lines())]

    def shows(self, key: str) -> bool:
        """Whether a card or line is shown now."""
        return key in self.scene.board.boxes or self.scene.line_of(key) is not None

    def follow(self) -> None:
        """Let go of who is no longer shown, and say that the children are others."""
        gone = self._items.keys() - set(self.keys())
        for key in gone:
            _delete(self._items.pop(key))
        if QAccessible.isActive():
            reorder = QAccessibleEvent(self._canvas, QAccessible.Event.ObjectReorder)
            QAccessible.updateAccessibility(reorder)

    def item(self, key: str) -> "QAccessibleInterface":
        """The child of a card or line that is shown."""
        if key not in self._items:
            self._items[key] = _Item(self, key)
        return self._items[key]

    def childCount(self) -> int:
        return len(self.keys())

    def child(self, index: int) -> QAccessibleInterface | None:
        keys = self.keys()
        return self.item(keys[index]) if 0 <= index < len(keys) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        key = child.key if isinstance(child, _Item) else ""
        keys = self.keys()
        return keys.index(key) if key in keys else -1

    def focusChild(self) -> QAccessibleInterface | None:
        key = self.scene.line or self.scene.current
        return self.item(key) if self.shows(key) else None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:
        spot = self._canvas.viewport().mapFromGlobal(QPoint(x, y))
        key = self.scene.board.at(self._canvas.mapToScene(spot))
        return self.item(key) if key else None

    def words(self, key: str) -> str:
        """Name of a card or line, with all that is said of it; empty for who is not shown."""
        scene = self.scene
        if key in scene.board.boxes:
            return scene.words_of(key)
        line = scene.line_of(key)
        return line_spoken(line, scene.seen, hidden=veil.is_on()) if line is not None else ""

    def place(self, key: str) -> QRect:
        """Where a card or line is on the screen; empty for who is not shown."""
        scene, canvas = self.scene, self._canvas
        way = scene.line_way(key)
        if key in scene.board.boxes:
            box = scene.box(key)
        elif way is not None:
            box = _around(way)
        else:
            return QRect()
        seen = canvas.mapFromScene(box).boundingRect()
        return QRect(canvas.viewport().mapToGlobal(seen.topLeft()), seen.size())


class _Item(QAccessibleInterface):
    """One card or line: its words, where it is, and whether it is chosen."""

    def __init__(self, of: MapSpoken, key: str) -> None:
        super().__init__()
        self.key, self._of = key, of

    def isValid(self) -> bool:
        return self._of.shows(self.key)

    def object(self) -> QObject | None:
        return None

    def window(self) -> QWindow | None:
        return self._of.window()

    def relations(
        self, _match: QAccessible.RelationFlag = QAccessible.RelationFlag.AllRelations
    ) -> list[tuple[QAccessibleInterface, QAccessible.RelationFlag]]:
        return []

    def parent(self) -> QAccessibleInterface:
        return self._of

    def child(self, _index: int) -> QAccessibleInterface | None:
        return None

    def childAt(self, _x: int, _y: int) -> QAccessibleInterface | None:
        return None

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        return -1

    def text(self, kind: QAccessible.Text) -> str:
        return self._of.words(self.key) if kind == QAccessible.Text.Name else ""

    def setText(self, kind: QAccessible.Text, words: str) -> None:
        """Names are not changed from outside."""

    def rect(self) -> QRect:
        return self._of.place(self.key)

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        scene, state = self._of.scene, QAccessible.State()
        focused = self.key == (scene.line or scene.current)
        state.selectable = state.focusable = 1
        state.selected = int(self.key in scene.selected or self.key == scene.line)
        state.focused = int(focused and self._of.canvas.hasFocus())
        seen = self._of.canvas.viewport().rect()
        here = self._of.canvas.viewport().mapFromGlobal(self.rect().topLeft())
        state.offscreen = int(not seen.intersects(QRect(here, self.rect().size())))
        return state

    def foregroundColor(self) -> QColor:
        return QColor()

    def backgroundColor(self) -> QColor:
        return QColor()


def _let_go(_of: MapSpoken, items: dict[str, _Item]) -> None:
    """Nobody is told of the cards of a canvas that is gone."""
    for item in items.values():
        _delete(item)
    items.clear()


def _delete(item: _Item) -> None:
    if isValid(item):
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(item))


def _around(way: Route) -> QRectF:
    return _bounds(QPointF(x, y) for x, y in way.points)


def _bounds(spots: Iterable[QPointF]) -> QRectF:
    found = list(spots)
    xs, ys = [s.x() for s in found], [s.y() for s in found]
    return QRectF(QPointF(min(xs), min(ys)), QPointF(max(xs), max(ys)))
