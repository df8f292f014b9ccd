"""A line drawn by keyboard: arrows choose the other end, Enter draws it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from csplanner.domain.map_foot import MORE
from csplanner.domain.map_model import LineKind
from csplanner.language import Spoken, noted, tr
from csplanner.ui.map.line_rules import meant_line
from csplanner.ui.map.scene import Pending

if TYPE_CHECKING:
    from csplanner.ui.map.canvas import Canvas

Key = Qt.Key
ARROWS = {
    Key.Key_Left: QPointF(-1, 0), Key.Key_Right: QPointF(1, 0),
    Key.Key_Up: QPointF(0, -1), Key.Key_Down: QPointF(0, 1),
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
        LineKind.RIVAL: noted("{0} is in contact with {1}"),
    }
)
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_ENTER = (Key.Key_Return, Key.Key_Enter)


class Aiming:
    """Begins at a card and shows at once what Enter would do."""

    def __init__(self, canvas: "Canvas", start: str, kind: LineKind) -> None:
        self._canvas = canvas
        self._start = self._end = start
        self._kind = kind
        self._show()

    def press(self, key: Key, held: Qt.KeyboardModifier) -> tuple[bool, bool]:
        """Do what a key means; return whether it means anything, and whether the line is over."""
        if key == Key.Key_Escape:
            self.leave()
            return True, True
        if key == Key.Key_Backspace and self._kind is LineKind.REPORTS:
            self.leave()
            self._canvas.report_asked.emit(self._start, "")
            return True, True
        if key in _ENTER:
            if self._end == self._start:
                return True, False
            self.leave()
            self._canvas.ask_line(self._start, self._end, self._kind)
            return True, True
        return self._change(key, held), False

    def leave(self) -> None:
        """Take away what was shown."""
        self._canvas.map_scene.settle()
        self._canvas.told.emit("")

    def _change(self, key: Key, held: Qt.KeyboardModifier) -> bool:
        """Choose another end, or another kind of line."""
        if key in ARROWS and not held & _HELD:
            board = self._canvas.map_scene.board
            found = board.step(self._end, ARROWS[key])
            self._end = found if found and found != MORE else self._end
            self._canvas.show_key(self._end)
        elif key in KINDS and not held:
            self._kind = KINDS[key]
        else:
            return False
        self._show()
        return True

    def _show(self) -> None:
        scene, has_end = self._canvas.map_scene, self._end != self._start
        tip = scene.box(self._end).center()
        scene.pending = Pending(self._start, tip, self._end) if has_end else None
        scene.target = self._end if has_end else ""
        scene.update()
        if not has_end:
            said = SAYINGS[self._kind].format(scene.name_of(self._start), "…")
            self._canvas.told.emit(f"{said}. {_how(self._kind)}")
            return
        # What Enter would draw: with one of ours at an end it is contact, whatever was begun.
        meant, why = meant_line(scene, self._start, self._end, self._kind)
        if meant is None:
            self._canvas.told.emit(why)
            return
        start, end, kind = meant
        said = SAYINGS[kind].format(scene.name_of(start), scene.name_of(end))
        self._canvas.told.emit(f"{said}. {_how(self._kind)}")


def _how(kind: LineKind) -> str:
    if kind is LineKind.REPORTS:
        return tr("Arrows choose, Enter sets it, Backspace for nobody, Esc leaves it.")
    return tr("Arrows choose, Enter draws it, Esc leaves it.")
