"""What the canvas of a map shows: the map and its places, what is selected, and what is dragged."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtWidgets import QGraphicsScene, QWidget

from csplanner.domain.map_layout import MORE, Places, Rect
from csplanner.domain.map_lens import FEW, Seen, bright, shown_lines
from csplanner.domain.map_model import Card, Lens, Line, LineKind, Ours, RelationMap
from csplanner.domain.map_routes import Route, routes
from csplanner.language import ntr, tr
from csplanner.paint.map_drawing import rect_of
from csplanner.paint.map_look import CardLook, Change, OursLook, card_look, changed, ours_looks
from csplanner.ui import veil
from csplanner.ui.look import theme_of
from csplanner.ui.map.board import Board, bounds_of
from csplanner.ui.map.card_item import CardsItem
from csplanner.ui.map.gliding import Glide
from csplanner.ui.map.line_item import LabelsItem, LinesItem
from csplanner.ui.map.ours_item import BandItem, OursItem
from csplanner.ui.map.over_item import OverItem
from csplanner.ui.map.spans import around, box_of, with_ways

_FEW = 60
"""On larger maps lines find their way past cards only once a card is let go."""
_MOST_IN_FOCUS = 24
"""The lines of more cards at once would hide what they are to show."""
_NOTHING = Places({}, Rect(0, 0, 0, 0), Rect(0, 0, 0, 0))


@dataclass(frozen=True, slots=True)
class Pending:
    """A line that is being drawn: from a card to a point, or to the card under it."""

    start: str
    tip: QPointF
    end: str = ""


class MapScene(QGraphicsScene):
    """Everything the layers draw and the gestures change; `selection_changed` says what is chosen.

    The owner is the widget whose theme is worn.
    """

    selection_changed = Signal()

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self.owner = owner
        self.shown: RelationMap | None = None
        self.lens = Lens.REPORTING
        self.places = _NOTHING
        self.seen: Seen
        self.board = Board({})
        self.cards: Mapping[str, Card] = {}
        self.ours: Mapping[str, Ours] = {}
        self.selected: frozenset[str] = frozenset()
        self.current = self.hovered = self.line = self.hovered_line = self.target = ""
        self.bright: frozenset[str] = frozenset()
        self.us = self.csm = ""
        self.extent = QRectF(0, 0, 1, 1)
        self.offsets: dict[str, QPointF] = {}
        self.guides: list[QRectF] = []
        self.band = QRectF()
        self.pending: Pending | None = None
        self.has_keys = self.hurried = self.lifted = False
        self.held: frozenset[str] = frozenset()
        """The cards a gesture has in hand: a new reading of the map leaves them there."""
        self.glide = Glide(self.move, self)
        self.barred = ""
        """Why nothing can be changed here; empty where it can."""
        self._changes: Mapping[str, Change] = {}
        self._looks: dict[str, CardLook] = {}
        self._ours_looks: dict[str, OursLook] = {}
        self._base: tuple[Line, ...] = ()
        self._extra: tuple[Line, ...] = ()
        self._base_routes: dict[str, Route] = {}
        self._bounds = QRectF()
        self._may_fade = True
        self._moved: Sequence[tuple[Line, Route]] | None = None
        self._focus: frozenset[str] = frozenset()
        self.lines_item, self.cards_item = LinesItem(self), CardsItem(self)
        self._layers = (
            BandItem(self), self.lines_item, self.cards_item, OursItem(self), LabelsItem(self),
            OverItem(self),
        )  # fmt: skip
        for depth, layer in enumerate(self._layers):
            layer.setZValue(depth)
            self.addItem(layer)

    @property
    def editable(self) -> bool:
        """Whether the map can be changed."""
        return not self.barred and self.shown is not None

    def is_faded(self, key: str) -> bool:
        """Whether a card has nothing to do with what is selected; nobody while
        a card or a line is on its way."""
        return self.fades and key not in self.bright and key != self.hovered

    @property
    def fades(self) -> bool:
        """Whether what has nothing to do with the selection is faded now."""
        busy = self.lifted or self.pending is not None
        return self._may_fade and bool(self.bright) and not busy

    # What it shows

    def show_map(
        self,
        shown: RelationMap,
        lens: Lens,
        places: Places,
        changes: Mapping[str, Change] | None = None,
    ) -> None:
        """Show a map through a lens with everybody where `places` says."""
        self.shown, self.lens, self.places = shown, lens, places
        self.seen = Seen(shown)
        self._changes = changes or {}
        self.cards = {card.key: card for card in shown.placed() if card.key in places.at}
        self.ours = {each.key: each for each in shown.ours if each.key in places.at}
        more = (MORE,) if places.more is not None else ()
        boxes = {key: box_of(places, key) for key in (*self.cards, *self.ours, *more)}
        self._bounds = rect_of(places.bounds).united(bounds_of(boxes.values()))
        self.glide.stop()
        self.offsets = {
            key: self.box(key).topLeft() - boxes[key].topLeft() for key in self.held if key in boxes
        }
        self.board = Board(boxes, {key: card.above for key, card in self.cards.items()})
        self.selected = frozenset(key for key in self.selected if key in boxes)
        self.current = self.current if self.current in boxes else ""
        self.hovered = self.hovered if self.hovered in boxes else ""
        self._base = shown_lines(shown, lens)
        self._base_routes = routes(self._base, places)
        for way in self._base_routes.values():
            self._bounds = self._bounds.united(around(way))
        if self.line not in {line.key for line in shown.lines}:
            self.line = ""
        self.hovered_line = ""
        self.forget_looks()

    def forget_looks(self) -> None:
        """Draw every card anew: another lens, theme or language, or the veil."""
        # Who asks for more contrast is shown nothing faded.
        self._may_fade = not theme_of(self.owner).outlined
        self._looks.clear()
        self._ours_looks = {}
        self.cards_item.forget()
        self.lines_item.show_base(with_ways(self._base, self._base_routes))
        self._follow_focus(anew=True)
        self.update()

    def look_of(self, key: str) -> CardLook:
        """Return what a card says; raises KeyError for who has no card."""
        if key not in self._looks:
            look = card_look(self.cards[key], self.seen, self.lens, hidden=veil.is_on())
            change = self._changes.get(key)
            self._looks[key] = changed(look, change) if change else look
        return self._looks[key]

    def look_of_ours(self, key: str) -> OursLook:
        """Return what the small card of one of ours says; raises KeyError for anybody else."""
        if not self._ours_looks and self.shown is not None:
            self._ours_looks = {look.key: look for look in ours_looks(self.shown, self.csm)}
        return self._ours_looks[key]

    def spoken(self) -> str:
        """Return in words what keys act on, and how much there is on the map."""
        line = self.lines_item.look_of(self.line) if self.line else None
        if line is not None:
            first = line.spoken
        elif self.current in self.cards:
            first = self.look_of(self.current).spoken
        elif self.current in self.ours:
            first = self.look_of_ours(self.current).spoken
        elif self.current == MORE:
            first = self.more_words(spoken=True)
        else:
            first = ""
        count = ntr("{0} card on the map", "{0} cards on the map", len(self.cards))
        whole = tr("{0}, {1} of us").format(count, len(self.ours))
        chosen = tr("{0} selected").format(len(self.selected)) if len(self.selected) > 1 else ""
        return ". ".join(part for part in (first, chosen, whole) if part)

    def words_at(self, spot: QPointF, reach: float) -> str:
        """Return all that a card or line under a point says, empty where there is none."""
        key = self.board.at(spot)
        if key:
            return self.words_of(key)
        line = self.lines_item.look_of(self.lines_item.at(spot, reach))
        return line.spoken if line is not None else ""

    def words_of(self, key: str) -> str:
        """Return all that a card says, empty for who has none."""
        if key in self.cards:
            return self.look_of(key).spoken
        if key in self.ours:
            return self.look_of_ours(key).spoken
        return self.more_words(spoken=True) if key == MORE else ""

    def more_words(self, *, spoken: bool = False) -> str:
        """Return what stands for those of us who are folded away, or folds them again."""
        away = len(self.places.folded)
        if not spoken:
            return tr("+{0} more").format(away) if away else tr("Show fewer")
        if not away:
            return tr("Shows only who of us has a line, press Enter")
        return ntr(
            "{0} more of us without a line, press Enter to show them",
            "{0} more of us without a line, press Enter to show them",
            away,
        )

    def name_of(self, key: str) -> str:
        """Return the name of a card or of one of ours, empty when it is not shown."""
        known = self.cards.get(key) or self.ours.get(key)
        return self.seen.name(key) if known is not None else ""

    def extend(self, extent: QRectF) -> None:
        """Let the layers reach as far as the map can be moved about."""
        for layer in self._layers:
            layer.prepareGeometryChange()
        self.extent = extent
        self.setSceneRect(extent)

    def bounds(self) -> QRectF:
        """Return the rectangle around everything."""
        return self._bounds

    def standing(self) -> Mapping[str, QPointF]:
        """Return where every card can be seen now."""
        return {key: self.box(key).topLeft() for key in self.board.boxes}

    def glide_from(self, before: Mapping[str, QPointF]) -> None:
        """Let cards come to their places from where they stood."""
        self.glide.start(
            {
                key: before[key] - box.topLeft()
                for key, box in self.board.boxes.items()
                if key in before and key not in (*self.held, MORE) and before[key] != box.topLeft()
            }
        )

    # Where things are

    def box(self, key: str) -> QRectF:
        """Return where a card stands now, moved or not."""
        box = self.board.boxes[key]
        shift = self.offsets.get(key)
        return box.translated(shift) if shift is not None else box

    def lines(self) -> tuple[Line, ...]:
        """Return the lines shown now, those of the focus last."""
        return (*self._base, *self._extra)

    def kinds(self) -> frozenset[LineKind]:
        """Return the kinds of lines that the lens shows, whatever is selected."""
        return frozenset(line.kind for line in self._base)

    def has_quiet(self) -> bool:
        """Return whether the lens shows a tie that carries no more."""
        return any(line.key in self.seen.quiet for line in self._base)

    def has_more(self) -> bool:
        """Return whether the map has lines that the lens shows only at who is chosen."""
        lines = self.shown.lines if self.shown is not None and len(self.cards) > FEW else ()
        shown = self.kinds()
        return any(line.kind not in shown for line in lines)

    def moved_lines(self) -> Sequence[tuple[Line, Route]]:
        """Return the lines at cards that stand elsewhere just now, with the ways they take."""
        if self._moved is None:
            self._moved = self._way_there() if self.offsets else ()
        return self._moved

    def moving_lines(self) -> frozenset[str]:
        """Return the keys of the lines at cards that stand elsewhere just now."""
        return frozenset(line.key for line, _ in self.moved_lines())

    def _way_there(self) -> Sequence[tuple[Line, Route]]:
        at, moved = dict(self.places.at), self.offsets
        for key, shift in moved.items():
            x, y = at[key]
            at[key] = (round(x + shift.x()), round(y + shift.y()))
        lines = [i for i in self.lines() if i.start in moved or i.end in moved]
        bends = len(self.cards) <= _FEW
        ways = routes(lines, replace(self.places, at=at), bends=bends)
        return [(line, ways[line.key]) for line in lines if line.key in ways]

    def lines_at(self, key: str) -> list[Line]:
        """Return the lines at one card in their order."""
        return [line for line in self.lines() if key in (line.start, line.end)]

    def line_of(self, key: str) -> Line | None:
        """Return a line by its key."""
        return next((line for line in self.lines() if line.key == key), None)

    def line_way(self, key: str) -> Route | None:
        """Return the way of a line that is shown."""
        return self.lines_item.way_of(key)

    # What is chosen

    def choose(self, keys: Iterable[str], *, current: str = "", line: str = "") -> None:
        """Select cards, or a line; the current card is the one that keys act on."""
        known = [key for key in keys if key in self.board.boxes and key != MORE]
        before = self.selected, self.current, self.line
        self.selected = frozenset(known)
        self.current = current or (known[-1] if known else self.current)
        self.line = line
        if before != (self.selected, self.current, self.line):
            self._follow_focus()
            self.update()
            self.selection_changed.emit()

    def hover(self, key: str, line: str = "") -> None:
        """Let the lines of the card under the pointer appear."""
        if (key, line) != (self.hovered, self.hovered_line):
            self.hovered, self.hovered_line = key, line
            self._follow_focus()
            self.update()

    def move(self, offsets: Mapping[str, QPointF], guides: Iterable[QRectF] = ()) -> None:
        """Let cards stand elsewhere for now."""
        self.offsets, self.guides = dict(offsets), list(guides)
        self._moved = None
        self.update()

    def settle(self) -> None:
        """Let everything stand where it belongs, with nothing half done."""
        self.glide.stop()
        self.held = frozenset()
        self.offsets, self.guides, self.target = {}, [], ""
        self._moved = None
        self.band, self.pending = QRectF(), None
        self.update()

    def _follow_focus(self, *, anew: bool = False) -> None:
        """Add the lines of whoever is selected or under the pointer."""
        if self.shown is None:
            return
        self.bright = bright(self.shown, self.selected) if self.selected else frozenset()
        chosen = self.selected if len(self.selected) <= _MOST_IN_FOCUS else frozenset()
        focus = chosen | ({self.hovered} if self.hovered else set())
        if focus == self._focus and not anew:
            return
        self._focus, self._moved = focus, None
        known = {line.key for line in self._base}
        every = shown_lines(self.shown, self.lens, frozenset(focus)) if focus else ()
        self._extra = tuple(line for line in every if line.key not in known)
        ways = routes(self._extra, self.places)
        self.lines_item.show_extra(with_ways(self._extra, ways))
