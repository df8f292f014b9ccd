"""The map by keyboard: each gesture of the mouse has a key."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from csplanner.domain.map_model import LineKind
from csplanner.language import Spoken, noted
from csplanner.ui.map.board import SNAP, lined_up, snapped
from csplanner.ui.map.scene import Pending

if TYPE_CHECKING:
    from csplanner.ui.map.canvas import Canvas

Key = Qt.Key
_ARROWS = {
    Key.Key_Left: QPointF(-1, 0), Key.Key_Right: QPointF(1, 0),
    Key.Key_Up: QPointF(0, -1), Key.Key_Down: QPointF(0, 1),
}  # fmt: skip
_SIDES = {
    Key.Key_Left: "left", Key.Key_Right: "right", Key.Key_Up: "top", Key.Key_Down: "bottom",
}  # fmt: skip
KINDS = {
    Key.Key_R: LineKind.REPORTS, Key.Key_L: LineKind.INFLUENCES, Key.Key_D: LineKind.DOUBTS,
    Key.Key_K: LineKind.TIE, Key.Key_X: LineKind.PAIRED,
}  # fmt: skip
"""The key that begins a line of each kind, or changes to it while one is drawn."""
SAYINGS = Spoken(
    {
        LineKind.REPORTS: noted("{0} reports to {1}"),
        LineKind.INFLUENCES: noted("{0} influences {1}"),
        LineKind.DOUBTS: noted("{0} doubts {1}"),
        LineKind.TIE: noted("{0} knows {1}"),
        LineKind.PAIRED: noted("{0} is planned for {1}"),
    }
)
_SETTLE_MS = 700
"""Steps within so many milliseconds are one move."""
_FAR = 5
"""How many steps of the grid Shift takes at once."""
_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_SHIFT, _NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
_ENTER = (Key.Key_Return, Key.Key_Enter)


@dataclass(slots=True)
class _Aim:
    """A line that is drawn by keyboard: from a card to the one the arrows have come to."""

    start: str
    end: str
    kind: LineKind


class MapKeys(QObject):
    """Answers the keys of a canvas. Its signals ask for what the canvas itself cannot do."""

    park_asked = Signal(tuple)
    remove_asked = Signal(tuple)
    unplace_asked = Signal(tuple)
    vacancy_asked = Signal(str)
    table_asked = Signal()
    stepped = Signal()
    """The card or line that keys act on is another one: say so."""

    def __init__(self, canvas: "Canvas") -> None:
        super().__init__(canvas)
        self.letters = True
        """Whether single letters do anything."""
        self._canvas = canvas
        self._aim: _Aim | None = None
        self._moved = QTimer(self)
        self._moved.setSingleShot(True)
        self._moved.setInterval(_SETTLE_MS)
        self._moved.timeout.connect(self._place)

    def wants(self, event: QKeyEvent) -> bool:
        """Say whether a key is the map's even where the window has it as a shortcut."""
        key, held = Key(event.key()), _held(event)
        scene = self._canvas.map_scene
        if self._aim is not None:
            return not held & _CTRL
        if key in _ARROWS:
            moves = bool(scene.selected) and bool(held & _ALT) and scene.editable
            return held in (_NONE, _SHIFT, _CTRL | _SHIFT) or moves
        if key == Key.Key_Escape:
            busy = self._canvas.drag is not None or bool(scene.selected) or bool(scene.line)
            return busy
        if key in (Key.Key_Delete, Key.Key_Space, *_ENTER):
            return not held & ~_CTRL
        return key == Key.Key_A and held == _CTRL

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key means; say whether it means anything here."""
        key, held = Key(event.key()), _held(event)
        self._canvas.map_scene.has_keys = True
        if self._aim is not None and self._press_aiming(key, held):
            return True
        if key in _ARROWS:
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
        if self._aim is not None:
            self._aim = None
            self._canvas.map_scene.settle()
            self._canvas.told.emit("")

    def leave(self) -> None:
        """Finish what is half done: the keyboard goes elsewhere."""
        self.end()
        if self._moved.isActive():
            self._place()

    def begin_line(self, kind: LineKind, start: str = "") -> None:
        """Draw a line by keyboard from a card, the current one unless another is named."""
        scene = self._canvas.map_scene
        start = start or scene.current
        if not self._may_change(start) or start not in scene.board.boxes:
            return
        self._aim = _Aim(start, start, kind)
        self._show_aim()

    def ask_menu(self) -> None:
        """Ask for the menu of what keys act on, below it."""
        canvas, scene = self._canvas, self._canvas.map_scene
        spot = canvas.viewport().rect().center()
        if scene.line:
            stroke = scene.line_way(scene.line)
            spot = canvas.mapFromScene(QPointF(*stroke.label_at)) if stroke else spot
        elif scene.current in scene.board.boxes:
            spot = canvas.mapFromScene(scene.box(scene.current).bottomLeft())
        key = scene.line or scene.current
        canvas.menu_asked.emit(key, canvas.viewport().mapToGlobal(spot + QPoint(8, 4)))

    # Arrows

    def _arrow(self, key: Key, held: Qt.KeyboardModifier) -> bool:
        if held == _CTRL:
            return False
        if held & _ALT:
            return self._shift(_ARROWS[key], far=bool(held & _SHIFT))
        if held == _CTRL | _SHIFT:
            return self._line_up(_SIDES[key])
        scene = self._canvas.map_scene
        found = scene.board.step(scene.current, _ARROWS[key])
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
        offsets = dict(scene.offsets)
        for key in keys:
            offsets[key] = offsets.get(key, QPointF()) + by
        scene.move(offsets)
        self._canvas.show_key(scene.current)
        self._moved.start()
        return True

    def _place(self) -> None:
        self._moved.stop()
        scene = self._canvas.map_scene
        places = {key: snapped(scene.box(key).topLeft()) for key in scene.offsets}
        moved = {key: spot for key, spot in places.items() if spot != scene.places.at[key]}
        if moved:
            self._canvas.placed.emit(moved)

    def _line_up(self, side: str) -> bool:
        scene = self._canvas.map_scene
        boxes = {key: scene.box(key) for key in scene.selected if key in scene.cards}
        if len(boxes) > 1 and self._may_change(scene.current):
            moved = lined_up(boxes, side)
            if moved:
                self._canvas.placed.emit(moved)
        return True

    # Other keys

    def _with_ctrl(self, key: Key, held: Qt.KeyboardModifier) -> bool:
        scene = self._canvas.map_scene
        if key == Key.Key_A and held == _CTRL:
            scene.choose(scene.cards, current=scene.current or scene.board.first())
        elif key == Key.Key_Space and scene.current:
            scene.choose(scene.selected ^ {scene.current}, current=scene.current)
            self.stepped.emit()
        elif key in (Key.Key_Plus, Key.Key_Equal):
            self._canvas.zoom_step(1)
        elif key == Key.Key_Minus:
            self._canvas.zoom_step(-1)
        elif key == Key.Key_0:
            self._canvas.zoom_to(1.0)
        else:
            return False
        return True

    def _plain(self, key: Key, held: Qt.KeyboardModifier) -> bool:
        canvas, scene = self._canvas, self._canvas.map_scene
        if key == Key.Key_Escape:
            return self._escape()
        if key in _ENTER or key == Key.Key_F2:
            if scene.line:
                canvas.line_opened.emit(scene.line)
            elif scene.current:
                canvas.opened.emit(scene.current)
        elif key == Key.Key_Delete and (scene.line or scene.selected):
            if self._may_change(scene.current):
                chosen = (scene.line,) if scene.line else tuple(sorted(scene.selected))
                self.remove_asked.emit(chosen)
        elif key in (Key.Key_Plus, Key.Key_Equal):
            canvas.zoom_step(1)
        elif key == Key.Key_Minus:
            canvas.zoom_step(-1)
        elif key == Key.Key_Menu or (key == Key.Key_F10 and held == _SHIFT):
            self.ask_menu()
        elif key in _PAGES:
            across, down = _PAGES[key]
            port = canvas.viewport().size() * 0.8
            canvas.pan(QPoint(across * port.width(), down * port.height()))
        elif key == Key.Key_Space:
            return True
        else:
            return False
        return True

    def _escape(self) -> bool:
        scene = self._canvas.map_scene
        if self._canvas.give_up():
            return True
        if scene.selected or scene.line:
            scene.choose([], current=scene.current)
            return True
        return False

    def _letter(self, key: Key, held: Qt.KeyboardModifier) -> bool:
        if not self.letters or held & ~_SHIFT:
            return False
        canvas, scene = self._canvas, self._canvas.map_scene
        chosen = tuple(sorted(key for key in scene.selected if key in scene.cards))
        if key in KINDS:
            self.begin_line(KINDS[key])
        elif key == Key.Key_E:
            self._next_line(-1 if held & _SHIFT else 1)
        elif key == Key.Key_F:
            canvas.fit()
        elif key == Key.Key_T:
            self.table_asked.emit()
        elif key == Key.Key_P and chosen:
            if self._may_change(scene.current):
                self.park_asked.emit(chosen)
        elif key == Key.Key_U and chosen:
            if self._may_change(scene.current):
                self.unplace_asked.emit(chosen)
        elif key == Key.Key_V:
            if self._may_change(scene.current):
                self.vacancy_asked.emit(scene.current if scene.current in scene.cards else "")
        else:
            return False
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

    # A line by keyboard

    def _press_aiming(self, key: Key, held: Qt.KeyboardModifier) -> bool:
        aim, scene = self._aim, self._canvas.map_scene
        assert aim is not None
        if key == Key.Key_Escape:
            self.end()
        elif key in _ARROWS and not held & (_CTRL | _ALT):
            found = scene.board.step(aim.end, _ARROWS[key])
            aim.end = found or aim.end
            self._canvas.show_key(aim.end)
            self._show_aim()
        elif key in KINDS and not held:
            aim.kind = KINDS[key]
            self._show_aim()
        elif key == Key.Key_Backspace and aim.kind is LineKind.REPORTS:
            self.end()
            self._canvas.report_asked.emit(aim.start, "")
        elif key in _ENTER:
            self._finish_aim(aim)
        else:
            return False
        return True

    def _finish_aim(self, aim: _Aim) -> None:
        if aim.end == aim.start:
            return
        self.end()
        self._canvas.ask_line(aim.start, aim.end, aim.kind)

    def _show_aim(self) -> None:
        aim, scene = self._aim, self._canvas.map_scene
        assert aim is not None
        has_end = aim.end != aim.start
        tip = scene.box(aim.end).center()
        scene.pending = Pending(aim.start, tip, aim.end) if has_end else None
        scene.target = aim.end if has_end else ""
        scene.update()
        start, end = scene.name_of(aim.start), scene.name_of(aim.end) if has_end else "…"
        self._canvas.told.emit(f"{SAYINGS[aim.kind].format(start, end)}. {self._how(aim.kind)}")

    def _how(self, kind: LineKind) -> str:
        if kind is LineKind.REPORTS:
            return self.tr("Arrows choose, Enter sets it, Backspace for nobody, Esc leaves it.")
        return self.tr("Arrows choose, Enter draws it, Esc leaves it.")

    def _may_change(self, key: str) -> bool:
        canvas = self._canvas
        if not canvas.map_scene.editable:
            canvas.refused.emit(key, canvas.map_scene.barred)
        return canvas.map_scene.editable


_PAGES = {
    Key.Key_PageUp: (0, -1), Key.Key_PageDown: (0, 1), Key.Key_Home: (-1, 0), Key.Key_End: (1, 0),
}  # fmt: skip


def _held(event: QKeyEvent) -> Qt.KeyboardModifier:
    return event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
