"""The map by keyboard: each gesture of the mouse has a key."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from csplanner.domain.map_foot import MORE
from csplanner.domain.map_model import LineKind
from csplanner.ui.map.aiming import ARROWS, KINDS, Aiming
from csplanner.ui.map.board import SNAP, Spot, bounds_of, lined_up, snapped, spread

if TYPE_CHECKING:
    from csplanner.ui.commands import CommandRegistry
    from csplanner.ui.map.canvas import Canvas

Key = Qt.Key
_SIDES = {
    Key.Key_Left: "left", Key.Key_Right: "right", Key.Key_Up: "top", Key.Key_Down: "bottom",
}  # fmt: skip
_SETTLE_MS = 700
"""Steps within so many milliseconds are one move."""
_FAR = 5
"""How many steps of the grid Shift takes at once."""
_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_SHIFT, _NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
_ENTER = (Key.Key_Return, Key.Key_Enter)


class MapKeys(QObject):
    """Answers the keys of a canvas. Its signals ask for what the canvas itself cannot do."""

    park_asked = Signal(tuple)
    remove_asked = Signal(tuple)
    unplace_asked = Signal(tuple)
    vacancy_asked = Signal(str)
    table_asked = Signal()
    paste_asked = Signal()
    stepped = Signal()
    """The card or line that keys act on is another one: say so."""

    def __init__(self, canvas: "Canvas") -> None:
        super().__init__(canvas)
        self.letters = True
        """Whether single letters do anything."""
        self._canvas = canvas
        self._aiming: Aiming | None = None
        self._moved = QTimer(self)
        self._moved.setSingleShot(True)
        self._moved.setInterval(_SETTLE_MS)
        self._moved.timeout.connect(self._place)

    def wants(self, event: QKeyEvent) -> bool:
        """Say whether a key is the map's even where the window has it as a shortcut."""
        key, held = Key(event.key()), _held(event)
        scene = self._canvas.map_scene
        if self._aiming is not None:
            return not held & _CTRL
        if key in ARROWS:
            moves = bool(scene.selected) and bool(held & _ALT) and scene.editable
            return held in (_NONE, _SHIFT, _CTRL | _SHIFT) or moves
        if key == Key.Key_Escape:
            return self._canvas.drag is not None or bool(scene.selected) or bool(scene.line)
        if key in (Key.Key_Delete, Key.Key_Space, *_ENTER):
            return not held & ~_CTRL
        return key in (Key.Key_A, Key.Key_V) and held == _CTRL

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key means; say whether it means anything here."""
        key, held = Key(event.key()), _held(event)
        self._canvas.map_scene.has_keys = True
        if self._aiming is not None:
            known, over = self._aiming.press(key, held)
            if over:
                self._aiming = None
            if known:
                return True
        if key in ARROWS:
            return self._arrow(key, held)
        if held & _CTRL:
            return self._with_ctrl(key, held)
        return self._plain(key, held) or self._letter(key, held)

    def release(self, event: QKeyEvent) -> None:
        """Let a move by steps be over once Alt is let go."""
        if event.key() == Key.Key_Alt and self._moved.isActive():
            self._place()

    def end(self) -> None:
        """Leave a line that is being drawn."""
        if self._aiming is not None:
            self._aiming.leave()
            self._aiming = None

    def leave(self) -> None:
        """Finish what is half done: the keyboard goes elsewhere."""
        self.end()
        if self._moved.isActive():
            self._place()

    def begin_line(self, kind: LineKind, start: str = "") -> None:
        """Draw a line by keyboard from a card, the current one unless another is named."""
        scene = self._canvas.map_scene
        start = start or scene.current
        if start == MORE or not self._may_change(start) or start not in scene.board.boxes:
            return
        self._aiming = Aiming(self._canvas, start, kind)

    def ask_menu(self) -> None:
        """Ask for the menu of what keys act on, below it."""
        canvas, scene = self._canvas, self._canvas.map_scene
        spot = canvas.viewport().rect().center()
        if scene.line:
            stroke = scene.line_way(scene.line)
            spot = canvas.mapFromScene(QPointF(*stroke.label_at)) if stroke else spot
        elif scene.current in scene.board.boxes:
            spot = canvas.mapFromScene(scene.box(scene.current).bottomLeft())
        key = scene.line or (scene.current if scene.current != MORE else "")
        canvas.menu_asked.emit(key, canvas.viewport().mapToGlobal(spot + QPoint(8, 4)))

    # Arrows

    def _arrow(self, key: Key, held: Qt.KeyboardModifier) -> bool:
        if held == _CTRL:
            return False
        if held & _ALT:
            return self._shift(ARROWS[key], far=bool(held & _SHIFT))
        if held == _CTRL | _SHIFT:
            return self.line_up(_SIDES[key])
        scene = self._canvas.map_scene
        found = scene.board.step(scene.current, ARROWS[key])
        if not found:
            return True
        if held == _SHIFT:
            scene.choose([*scene.selected, found], current=found)
        else:
            scene.choose([found], current=found)
        self._canvas.show_key(found)
        self.stepped.emit()
        return True

    def _shift(self, way: QPointF, *, far: bool) -> bool:
        """Move the selected cards by a step; the move is told once the steps are over."""
        scene = self._canvas.map_scene
        keys = [key for key in scene.selected if key in scene.cards]
        if not keys:
            return False
        if not self._may_change(scene.current):
            return True
        by = way * SNAP * (_FAR if far else 1)
        scene.glide.stop()
        offsets = dict(scene.offsets)
        scene.held = frozenset(keys)
        for key in keys:
            offsets[key] = offsets.get(key, QPointF()) + by
        scene.move(offsets)
        self._canvas.show_key(scene.current)
        self._moved.start()
        return True

    def _place(self) -> None:
        self._moved.stop()
        scene = self._canvas.map_scene
        scene.held = frozenset()
        places = {key: snapped(scene.box(key).topLeft()) for key in scene.offsets}
        moved = {key: spot for key, spot in places.items() if spot != scene.places.at[key]}
        if moved:
            self._canvas.placed.emit(moved)

    def line_up(self, side: str) -> bool:
        """Let the selected cards share an edge: `left`, `right`, `top` or `bottom`."""
        return self._arrange(lambda boxes: lined_up(boxes, side))

    def spread(self) -> bool:
        """Let the selected cards stand equally far apart, along the way they mostly lie."""

        def along(boxes: Mapping[str, QRectF]) -> Mapping[str, Spot]:
            whole = bounds_of(boxes.values())
            return spread(boxes, level=whole.width() > whole.height())

        return self._arrange(along)

    def _arrange(self, how: Callable[[Mapping[str, QRectF]], Mapping[str, Spot]]) -> bool:
        scene = self._canvas.map_scene
        boxes = {key: scene.box(key) for key in scene.selected if key in scene.cards}
        if len(boxes) > 1 and self._may_change(scene.current):
            moved = how(boxes)
            if moved:
                self._canvas.placed.emit(dict(moved))
        return True

    # Other keys

    def _with_ctrl(self, key: Key, held: Qt.KeyboardModifier) -> bool:
        scene = self._canvas.map_scene
        if key == Key.Key_A and held == _CTRL:
            scene.choose(scene.cards, current=scene.current or scene.board.first())
        elif key == Key.Key_V and held == _CTRL:
            if self._may_change(scene.current):
                self.paste_asked.emit()
        elif key == Key.Key_Space and scene.current:
            scene.choose(scene.selected ^ {scene.current}, current=scene.current)
            self.stepped.emit()
        elif key in _ZOOM:
            self._canvas.used = True
            self._canvas.zoom_step(_ZOOM[key])
        elif key == Key.Key_0:
            self._canvas.used = True
            self._canvas.zoom_to(1.0)
        else:
            return False
        return True

    def _plain(self, key: Key, held: Qt.KeyboardModifier) -> bool:
        canvas, scene = self._canvas, self._canvas.map_scene
        if key == Key.Key_Escape:
            return self._escape()
        if key in _ENTER or key == Key.Key_F2:
            self._open()
        elif key == Key.Key_Delete and (scene.line or scene.selected):
            if self._may_change(scene.current):
                chosen = (scene.line,) if scene.line else tuple(sorted(scene.selected))
                self.remove_asked.emit(chosen)
        elif key in _ZOOM:
            canvas.used = True
            canvas.zoom_step(_ZOOM[key])
        elif key == Key.Key_Menu or (key == Key.Key_F10 and held == _SHIFT):
            self.ask_menu()
        elif key in _PAGES:
            across, down = _PAGES[key]
            canvas.used = True
            port = canvas.viewport().size() * 0.8
            canvas.pan(QPoint(across * port.width(), down * port.height()))
        else:
            return key == Key.Key_Space
        return True

    def _open(self) -> None:
        canvas, scene = self._canvas, self._canvas.map_scene
        if scene.line:
            canvas.line_opened.emit(scene.line)
        elif scene.current == MORE:
            canvas.more_asked.emit()
        elif scene.current:
            canvas.opened.emit(scene.current)

    def _escape(self) -> bool:
        scene = self._canvas.map_scene
        if self._canvas.give_up():
            return True
        if scene.selected or scene.line:
            scene.choose([], current=scene.current)
            return True
        return False

    def _letter(self, key: Key, held: Qt.KeyboardModifier) -> bool:
        if not self._letters_act() or held & ~_SHIFT:
            return False
        canvas, scene = self._canvas, self._canvas.map_scene
        if key in KINDS:
            self.begin_line(KINDS[key])
        elif key == Key.Key_E:
            self._next_line(-1 if held & _SHIFT else 1)
        elif key == Key.Key_F:
            canvas.used = False
            canvas.fit()
        elif key == Key.Key_S:
            self.spread()
        elif key == Key.Key_T:
            self.table_asked.emit()
        elif key == Key.Key_V:
            if self._may_change(scene.current):
                self.vacancy_asked.emit(scene.current if scene.current in scene.cards else "")
        else:
            return self._for_cards(key)
        return True

    def _letters_act(self) -> bool:
        """Say whether single letters do anything, here and in the window's settings."""
        registry: CommandRegistry | None = getattr(self._canvas.window(), "commands", None)
        return self.letters and (registry is None or registry.letters)

    def _for_cards(self, key: Key) -> bool:
        """Park the selected cards, or leave it to the layout where they stand."""
        scene = self._canvas.map_scene
        asked = {Key.Key_P: self.park_asked, Key.Key_U: self.unplace_asked}.get(key)
        chosen = tuple(sorted(each for each in scene.selected if each in scene.cards))
        if asked is None or not chosen:
            return False
        if self._may_change(scene.current):
            asked.emit(chosen)
        return True

    def _next_line(self, by: int) -> None:
        """Go through the lines at the current card."""
        scene = self._canvas.map_scene
        lines = [line.key for line in scene.lines_at(scene.current)]
        if not lines:
            return
        place = lines.index(scene.line) + by if scene.line in lines else 0 if by > 0 else -1
        scene.choose([], current=scene.current, line=lines[place % len(lines)])
        self.stepped.emit()

    def _may_change(self, key: str) -> bool:
        canvas = self._canvas
        if not canvas.map_scene.editable:
            canvas.refused.emit(key, canvas.map_scene.barred)
        return canvas.map_scene.editable


_ZOOM = {Key.Key_Plus: 1, Key.Key_Equal: 1, Key.Key_Minus: -1}
_PAGES = {
    Key.Key_PageUp: (0, -1), Key.Key_PageDown: (0, 1), Key.Key_Home: (-1, 0), Key.Key_End: (1, 0),
}  # fmt: skip


def _held(event: QKeyEvent) -> Qt.KeyboardModifier:
    return event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
