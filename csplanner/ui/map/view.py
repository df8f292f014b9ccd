"""The canvas of a relationship map with all that floats over it; the page does what it asks."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtWidgets import QWidget

from csplanner.domain.map_layout import Places, with_row
from csplanner.domain.map_layout import places as laid_out
from csplanner.domain.map_model import Lens, LineKind, RelationMap
from csplanner.paint.map_legend import Entry, entries
from csplanner.paint.map_look import CardLook, Change
from csplanner.ui import veil
from csplanner.ui.map.accessible import announce
from csplanner.ui.map.over_map import EDGE, OverMap

_BESIDE = QPoint(14, -44)
"""From the pointer to what a drag would do, in words."""
_EXPLAINED = 200
"""What stands on so many cards the legend explains."""
_LEAST_TO_READ = 0.4
"""Below this zoom names are too small: a larger map begins at its top, large enough to read."""
_TO_READ = 0.8


class MapView(OverMap):
    """Shows a map and asks for what is to be done: nothing of the book is changed here.

    `placed(dict)`: corners by key. `report_asked(child, above)`: an empty `above` is nobody;
    `reports_asked(children, above)` for several at once.
    `line_asked(start, end, kind)`, `dropped(keys, corner)`: parked cards let go over
    the map.
    `remove_asked(keys)`: of cards, or of one line. `unplace_asked(keys)`: none means all.
    """

    selected = Signal(tuple)
    opened = Signal(str)
    line_opened = Signal(str)
    line_selected = Signal(str)
    report_asked = Signal(str, str)
    reports_asked = Signal(tuple, str)
    line_asked = Signal(str, str, object)
    placed = Signal(dict)
    park_asked = Signal(tuple)
    remove_asked = Signal(tuple)
    unplace_asked = Signal(tuple)
    vacancy_asked = Signal(str)
    person_asked = Signal()
    dropped = Signal(tuple, tuple)
    menu_asked = Signal(str, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas.setAccessibleName(self.tr("Relationship map"))
        self._map: tuple[str, str] | None = None
        self._given: Places | None = None
        self._everybody = False
        """Whether those of us without a line are shown."""
        self._changes: Mapping[str, Change] | None = None
        self._connect()

    def _connect(self) -> None:
        canvas, keys = self.canvas, self.canvas.keys
        for mine, theirs in (
            (self.opened, canvas.opened), (self.line_opened, canvas.line_opened),
            (self.report_asked, canvas.report_asked), (self.reports_asked, canvas.reports_asked),
            (self.line_asked, canvas.line_asked),
            (self.menu_asked, canvas.menu_asked), (self.dropped, canvas.dropped),
            (self.park_asked, keys.park_asked), (self.remove_asked, keys.remove_asked),
            (self.unplace_asked, keys.unplace_asked), (self.vacancy_asked, keys.vacancy_asked),
        ):  # fmt: skip
            theirs.connect(mine)
        canvas.placed.connect(self.placed)
        canvas.refused.connect(self.say)
        canvas.told.connect(self._tell_aim)
        canvas.more_asked.connect(self.show_more)
        canvas.zoomed.connect(self._zoomed)
        canvas.moved.connect(self.show_part)
        canvas.resized.connect(self._resized)
        keys.stepped.connect(self._tell)
        keys.table_asked.connect(self.show_table)
        self.scene.selection_changed.connect(self._selection_changed)
        self.tools.tool_chosen.connect(self._use)
        self.tools.asked.connect(self._asked)
        self.zoom.step_asked.connect(self.zoom_by)
        self.zoom.whole_asked.connect(self.zoom_whole)
        self.zoom.fit_asked.connect(self.fit)
        self.minimap.wanted.connect(self._look_at)
        self.table.chosen.connect(self._chosen_in_table)
        self.table.opened.connect(self._opened_in_table)
        self.table.closed.connect(self.show_picture)
        self.table.cells.forwarded.connect(keys.press)

    # What it shows

    def show_map(
        self,
        shown: RelationMap,
        lens: Lens,
        *,
        places: Places | None = None,
        changes: Mapping[str, Change] | None = None,
    ) -> None:
        """Show a map through a lens; another account or map is brought into sight as a whole.

        `places` are worked out where they are not given. `changes` marks cards with what became
        of them since.
        """
        this = (shown.account_id, shown.map_id)
        before = self.scene.standing() if this == self._map and self.isVisible() else {}
        self._everybody = self._everybody and this == self._map
        self._given, self._changes = places or laid_out(shown), changes
        stood = self.scene.places if this == self._map else None
        self.scene.show_map(shown, lens, self._row(shown, stood), changes)
        self.scene.glide_from(before)
        self.canvas.make_room()
        looks = [self.scene.look_of(card.key) for card in shown.placed()[:_EXPLAINED]]
        self.legend.show_entries(self._explained(looks))
        self.minimap.forget()
        self.said.hide()
        self.lay_over()
        new, self._map = this != self._map, this
        if new or not (self.canvas.used or self.canvas.shows_all()):
            self._begin()
        if self.table.isVisible():
            self.table.refresh()
        self.spoken.follow()
        self._tell()

    def _explained(self, looks: Sequence[CardLook]) -> tuple[Entry, ...]:
        scene = self.scene
        more = scene.lens is Lens.REPORTING and scene.has_more()
        quiet = scene.has_quiet()
        return entries(scene.kinds(), looks, hidden=veil.is_on(), quiet=quiet, more=more)

    def _row(self, shown: RelationMap, before: Places | None) -> Places:
        given = self._given or laid_out(shown)
        return with_row(shown, given, everybody=self._everybody, before=before)

    def show_more(self) -> None:
        """Show those of us without a line too, or fold them away again."""
        shown = self.scene.shown
        if shown is None:
            return
        self._everybody = not self._everybody
        current = self.scene.current
        self.scene.show_map(
            shown, self.scene.lens, self._row(shown, self.scene.places), self._changes
        )
        self.canvas.make_room()
        if current in self.scene.board.boxes:
            self.scene.choose(self.scene.selected, current=current)
            self.canvas.show_key(current)
        self.minimap.forget()
        self.spoken.follow()
        self.show_part()
        self._tell()

    def set_us(self, us: str, csm: str) -> None:
        """Say what our company is called, and your name, for the row at the foot."""
        self.scene.us, self.scene.csm = us, csm
        if self.scene.shown is not None:
            self.scene.forget_looks()

    def set_editable(self, editable: bool, why: str = "") -> None:
        """Let the map be changed, or say why it cannot be."""
        self.scene.barred = "" if editable else why or self.tr("This map cannot be changed here.")
        self.tools.set_editable(editable=editable)
        if not editable:
            self._use(None)
        self.scene.update()

    def select(self, keys: Iterable[str]) -> None:
        """Select cards and bring the first into sight, without telling anybody."""
        wanted = tuple(keys)
        if not self.scene.board.boxes.keys() >= set(self.scene.places.folded) & set(wanted):
            self.show_more()
        blocked = self.scene.blockSignals(True)
        self.scene.choose(wanted, line="" if wanted else self.scene.line)
        self.scene.blockSignals(blocked)
        if wanted:
            self.canvas.show_key(wanted[0])
        self._tell()

    def say(self, key: str, words: str) -> None:
        """Say at a card why something cannot be; everything goes back to its place."""
        self.scene.settle()
        self._said_key = key
        self.said.show_words(words)
        self.put_said()
        self._said_for.start()
        announce(self.canvas, words)

    def let_go(self) -> None:
        """Put cards back that were moved and could not be kept there."""
        self.scene.settle()

    def fit(self) -> None:
        """Bring all of the map into sight."""
        self.canvas.used = False
        self.canvas.fit()

    def zoom_by(self, by: int) -> None:
        """Draw the map one step larger (1) or smaller (−1)."""
        self.canvas.used = True
        self.canvas.zoom_step(by)

    def zoom_whole(self) -> None:
        """Draw the map at 100 %."""
        self.canvas.used = True
        self.canvas.zoom_to(1.0)

    def line_up(self, side: str) -> None:
        """Let the selected cards share an edge: `left`, `right`, `top` or `bottom`."""
        self.canvas.keys.line_up(side)

    def spread(self) -> None:
        """Let the selected cards stand equally far apart."""
        self.canvas.keys.spread()

    def begin_line(self, kind: LineKind, start: str = "") -> None:
        """Draw a line by keyboard, from a card or from the current one."""
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self.canvas.keys.begin_line(kind, start)

    def show_table(self) -> None:
        """Show every card and line as rows instead of the picture."""
        self.table.refresh()
        self.table.show()
        self.table.raise_()
        self.table.cells.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_picture(self) -> None:
        """Show the picture again."""
        self.table.hide()
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    # Inside

    def _begin(self) -> None:
        """Bring a map that is new here into sight: whole, or its top where that is too small."""
        self.place_over()
        self.canvas.fit()
        if self.canvas.zoom < _LEAST_TO_READ and self.scene.board.boxes:
            self.canvas.zoom_to(_TO_READ)
            top = self.scene.board.boxes[self.scene.board.first()]
            room = self.canvas.viewport().height() / self.canvas.zoom
            self.canvas.centre_on(QPointF(top.center().x(), top.top() + room / 2 - 2 * EDGE))
        self.canvas.used = False

    def _resized(self) -> None:
        """Follow the size; a map nobody has moved about yet is brought into sight again."""
        self.lay_over()
        if self._map is not None and not self.canvas.used:
            self._begin()

    def _selection_changed(self) -> None:
        self.said.hide()
        self.selected.emit(
            tuple(key for key in self.scene.board.boxes if key in self.scene.selected)
        )
        if self.scene.line:
            self.line_selected.emit(self.scene.line)
        self._tell()

    def _tell(self) -> None:
        """Tell a screen reader what keys act on, and how large the map is."""
        announce(self.canvas, self.scene.spoken(), aloud=self.canvas.hasFocus())

    def _tell_aim(self, words: str) -> None:
        self.aim.show_words(words)
        key = self.scene.target or self.scene.current
        self.put(self.aim, key if self.canvas.drag is None else "", self.canvas.pointer + _BESIDE)
        if words:
            announce(self.canvas, words)

    def _look_at(self, spot: QPointF) -> None:
        self.canvas.used = True
        seen, whole = self.canvas.seen_part(), self.scene.bounds()
        x = _within(spot.x(), whole.left(), whole.right(), seen.width())
        self.canvas.centre_on(
            QPointF(x, _within(spot.y(), whole.top(), whole.bottom(), seen.height()))
        )

    def _use(self, tool: LineKind | None) -> None:
        self.canvas.tool = tool
        self.tools.show_tool(tool)

    def _asked(self, what: str) -> None:
        if what == "person":
            self.person_asked.emit()
        elif what == "vacancy":
            current = self.scene.current
            self.vacancy_asked.emit(current if current in self.scene.selected else "")
        else:
            self.unplace_asked.emit(tuple(sorted(self.scene.selected)))

    def _chosen_in_table(self, key: str) -> None:
        if key in self.scene.board.boxes:
            self.scene.choose([key], current=key)
            self.canvas.show_key(key)
        else:
            self.scene.choose([], line=key)

    def _opened_in_table(self, key: str) -> None:
        if key in self.scene.board.boxes:
            self.opened.emit(key)
        else:
            self.line_opened.emit(key)


def _within(at: float, start: float, end: float, seen: float) -> float:
    """Where the middle of the part in view may be, so that it shows no empty ground."""
    half = min(seen, end - start) / 2
    return max(start + half, min(end - half, at))
