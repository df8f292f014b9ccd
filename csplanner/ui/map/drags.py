"""What the mouse does while a button is down: pan, choose with a band, move, reparent, draw."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtWidgets import QApplication

from csplanner.domain.map_model import LineKind
from csplanner.ui.map.board import SNAP, bounds_of, snapped
from csplanner.ui.map.scene import Pending

if TYPE_CHECKING:
    from csplanner.ui.map.canvas import Canvas


_HANGING = QPointF(12, 12)
"""From the pointer to the corner of a card that hangs over another one."""


class Drag:
    """One gesture, from the press of a button to its release; Escape gives it up."""

    cursor = Qt.CursorShape.ArrowCursor

    def __init__(self, canvas: "Canvas", start: QPoint) -> None:
        self.canvas, self.scene = canvas, canvas.map_scene
        self.start = start
        self.origin = canvas.mapToScene(start)

    def move(self, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """Follow the pointer, in the viewport's coordinates."""

    def finish(self, at: QPoint) -> None:
        """Do what was meant when the button is let go."""

    def give_up(self) -> None:
        """Leave everything as it was."""
        self.scene.settle()


class Panning(Drag):
    """Moves the map under the window."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, canvas: "Canvas", start: QPoint) -> None:
        super().__init__(canvas, start)
        self._last = start

    def move(self, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """Let the map follow the pointer."""
        del modifiers
        self.canvas.used = True
        self.canvas.pan(self._last - at)
        self._last = at


class Banding(Drag):
    """Chooses whatever a rubber band touches, besides what was chosen when `adding`."""

    def __init__(self, canvas: "Canvas", start: QPoint, *, adding: bool) -> None:
        super().__init__(canvas, start)
        self._kept = canvas.map_scene.selected if adding else frozenset[str]()

    def move(self, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """Draw the band and choose what it touches."""
        del modifiers
        self.scene.band = QRectF(self.origin, self.canvas.mapToScene(at)).normalized()
        touched = self.scene.board.within(self.scene.band)
        self.scene.choose([*self._kept, *(key for key in touched if key not in self._kept)])
        self.scene.update()

    def finish(self, at: QPoint) -> None:
        """Let the band go; what it touched stays chosen."""
        del at
        self.scene.band = QRectF()
        self.scene.update()


class Moving(Drag):
    """Moves cards: dropped on another card they report to it, dropped on the ground they stay."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, canvas: "Canvas", start: QPoint, keys: Iterable[str], held: str) -> None:
        super().__init__(canvas, start)
        scene = self.scene
        self.held = held
        self.keys = [key for key in keys if key in scene.cards]
        self._own = frozenset(self.keys)
        self._before = dict(scene.offsets)
        self._outer = bounds_of(scene.box(key) for key in self.keys)
        self._home = scene.box(held).topLeft()
        scene.held = self._own

    def move(self, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """Let the cards follow the pointer; Shift keeps them from being drawn into line."""
        scene = self.scene
        spot = self.canvas.mapToScene(at)
        shift = spot - self.origin
        scene.target = self._target(spot)
        guides: list[QRectF] = []
        if scene.target:
            # Beside the pointer, so that the name of who is aimed at can be read.
            shift = spot + _HANGING / self.canvas.zoom - self._home
        else:
            shift = _snapped_shift(self._outer.topLeft(), shift)
            if not modifiers & Qt.KeyboardModifier.ShiftModifier:
                more, guides = scene.board.aligned(self._outer.translated(shift), self._own)
                shift += more
        moved = {key: self._before.get(key, QPointF()) + shift for key in self.keys}
        scene.move(self._before | moved, guides)
        self.canvas.tell_aim(self.keys, scene.target)

    def finish(self, at: QPoint) -> None:
        """Ask for the new manager of each, or say where the cards stand now."""
        scene = self.scene
        self.canvas.tell_aim((), "")
        target = self._target(self.canvas.mapToScene(at))
        if target in scene.ours:
            scene.settle()
            self.canvas.ask_line(target, self.held, LineKind.TIE)
            return
        if target:
            scene.settle()
            # Who reports to somebody else of those dragged goes on doing so.
            topmost = [key for key in self.keys if scene.cards[key].above not in self._own]
            self.canvas.ask_report(topmost, target)
            return
        places = {
            key: snapped(scene.box(key).topLeft()) for key in self.keys if key in scene.offsets
        }
        moved = {key: spot for key, spot in places.items() if spot != scene.places.at[key]}
        scene.guides, scene.target, scene.held = [], "", frozenset()
        scene.update()
        if moved:
            self.canvas.placed.emit(moved)
        else:
            scene.settle()

    def give_up(self) -> None:
        """Let the cards go home."""
        self.canvas.tell_aim((), "")
        super().give_up()

    def _target(self, spot: QPointF) -> str:
        """The card under the pointer, which is none of those that are moved."""
        key = self.scene.board.at(spot, self._own)
        one_of_us = key in self.scene.ours and len(self.keys) == 1
        return key if key in self.scene.cards or one_of_us else ""


class Drawing(Drag):
    """Draws a line from a card to whatever the pointer is let go over."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, canvas: "Canvas", start: QPoint, key: str, kind: LineKind) -> None:
        super().__init__(canvas, start)
        self.key, self.kind = key, kind
        self.scene.pending = Pending(key, self.origin)

    def move(self, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """Let the tip of the line follow the pointer."""
        del modifiers
        spot = self.canvas.mapToScene(at)
        scene = self.scene
        scene.target = scene.board.at(spot, (self.key,))
        scene.pending = Pending(self.key, spot, scene.target)
        scene.update()

    def finish(self, at: QPoint) -> None:
        """Ask for the line."""
        target = self.scene.board.at(self.canvas.mapToScene(at), (self.key,))
        self.scene.settle()
        if (at - self.start).manhattanLength() < QApplication.startDragDistance():
            self.scene.choose([self.key], current=self.key)
        elif target:
            self.canvas.ask_line(self.key, target, self.kind)


def _snapped_shift(corner: QPointF, shift: QPointF) -> QPointF:
    """The nearest shift that brings a corner to the grid."""
    moved = corner + shift
    return QPointF(round(moved.x() / SNAP) * SNAP, round(moved.y() / SNAP) * SNAP) - corner
