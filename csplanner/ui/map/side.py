"""The panel beside the map: who knows whom and what is wrong, who is selected, and the history."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from csplanner.domain.map_figures import MapRisk
from csplanner.domain.map_model import Card, LineKind
from csplanner.domain.map_reach import buyers, is_theirs
from csplanner.domain.map_told import risk_about
from csplanner.domain.wording import one_line
from csplanner.language import tr
from csplanner.ui import veil
from csplanner.ui.map.coverage_pane import CoveragePane
from csplanner.ui.map.coverage_rows import matrix
from csplanner.ui.map.departure_pane import MissedPane
from csplanner.ui.map.figures_pane import GoalsPane, HeadcountPane, LadderPane, MetricsPane
from csplanner.ui.map.history_pane import HistoryPane
from csplanner.ui.map.person_pane import PersonPane
from csplanner.ui.map.risks_pane import RisksPane
from csplanner.ui.map.side_parts import keyboard_kept, wrapped
from csplanner.ui.map.ways_pane import PairsPane, WayPane
from csplanner.ui.widgets.buttons import BARRED, Button, why_barred
from csplanner.ui.widgets.panes import PADDING, Ground, Hairline, Scroll
from csplanner.ui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from csplanner.ui.map.reading import MapSeen

_SOON_MS = 30
_WIDE = 335
COVERAGE, PERSON, HISTORY = "coverage", "person", "history"


class MapSide(Ground):
    """Explains a map. `card_asked(key)` and `cards_asked(keys)` select on the map.

    `action_asked(verb, keys)`, where keys begin with whom the step starts from: the verbs of
    `domain.map_figures.MapVerb`, with what they need after a colon (`judge:mood`,
    `choose_role:champion`, `find_person:sponsor`), and `confirm:influence`, `tie` (ours, theirs),
    `line` (the key of a line), `draw` (from whom), `fill` (a seat or who left it), `export` and
    `to_qbr`.
    """

    card_asked = Signal(str)
    cards_asked = Signal(tuple)
    action_asked = Signal(str, tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("window", parent)
        self.setAccessibleName(tr("Beside the map"))
        self._seen: MapSeen | None = None
        self._selected: tuple[str, ...] = ()
        self._stale: set[str] = set()
        self._told: dict[str, object] = {}
        """What the panes show, by the method that showed it."""
        # Who walks over the cards with the arrows waits for none of them to be explained.
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._fill)
        self.coverage, self.risks, self.ways = CoveragePane(), RisksPane(), WayPane()
        self.metrics, self.goals, self.ladder = MetricsPane(), GoalsPane(), LadderPane()
        self.missed, self.pairs, self.headcount = MissedPane(), PairsPane(), HeadcountPane()
        self.person, self.history = PersonPane(), HistoryPane()
        said = tr("What follows is of the whole account, also of who is not on this map.")
        self.scope = wrapped(said)
        self.scope.setContentsMargins(PADDING, 8, PADDING, 8)
        self.tabs = Tabs(tr("Beside the map"))
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        parts = (
            self.coverage, self.scope, self.risks, self.ladder, self.goals, self.ways, self.missed,
            self.metrics, self.pairs, self.headcount,
        )  # fmt: skip
        pages = {
            COVERAGE: (tr("Coverage"), _column(*parts)),
            PERSON: (tr("Person"), self.person),
            HISTORY: (tr("History"), self.history),
        }
        for key, (title, page) in pages.items():
            self.tabs.add(key, title)
            page.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self._stack.addWidget(Scroll(page, sideways=False))
        row = QHBoxLayout()
        row.setContentsMargins(PADDING // 2, 0, PADDING // 2, 0)
        row.addWidget(self.tabs)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(Hairline())
        column.addWidget(self._stack, 1)
        column.addWidget(self._foot())
        self.setFocusProxy(self.tabs)
        self.setMinimumWidth(_WIDE)

    def _foot(self) -> QWidget:
        foot = Ground("window", lines="t")
        self.export_button = Button(tr("Export map"), icon="download")
        self.export_button.clicked.connect(lambda: self.action_asked.emit("export", ()))
        self.qbr_button = Button(tr("Copy to QBR"), kind="quiet")
        self.qbr_button.clicked.connect(lambda: self.action_asked.emit("to_qbr", ()))
        row = QHBoxLayout(foot)
        row.setContentsMargins(PADDING, 12, PADDING, 12)
        row.setSpacing(8)
        row.addWidget(self.export_button)
        row.addWidget(self.qbr_button)
        row.addStretch(1)
        return foot

    def _connect(self) -> None:
        act = self.action_asked.emit
        self.tabs.currentChanged.connect(self._turn)
        self.coverage.chosen.connect(self.card_asked)
        self.coverage.pair_asked.connect(self._open_pair)
        self.risks.mend_asked.connect(self._mend)
        self.risks.plan_asked.connect(lambda: act("plan_days", ()))
        self.ways.ask_asked.connect(lambda whom, goal: act("introduce", (whom, goal)))
        self.goals.mend_asked.connect(self._mend)
        self.goals.role_asked.connect(lambda role: act(f"find_person:{role}", ()))
        self.pairs.line_asked.connect(lambda line: act("line", (line,)))
        self.pairs.added.connect(lambda: act("pair", tuple(c.key for c in self._theirs()[:1])))
        self.person.asked.connect(self.action_asked)
        self.person.card_asked.connect(self.card_asked)
        self.missed.card_asked.connect(self._look_at)
        for pane in (
            self.risks, self.ways, self.goals, self.ladder, self.metrics, self.history,
        ):  # fmt: skip
            pane.cards_asked.connect(self.cards_asked)

    def show_seen(self, seen: "MapSeen", selected: Sequence[str] = ()) -> None:
        """Show a map with its figures, and who is selected on it."""
        self._seen, self._selected = seen, tuple(selected)
        past = tr("This is the past. Go back to today to change the map.")
        self.setProperty(BARRED, past if seen.past else "")
        self._stale = {COVERAGE, PERSON, HISTORY}
        self._name_tab()
        self._fill()

    def show_selected(self, selected: Sequence[str]) -> None:
        """Explain who is selected now; the map is the same."""
        if tuple(selected) == self._selected:
            return
        self._selected = tuple(selected)
        self._stale.add(PERSON)
        self._name_tab()
        self.coverage.show_chosen(frozenset(self._selected))
        self.history.show_chosen(*self._one())
        self._soon.start()

    def _turn(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self._fill()

    def _fill(self) -> None:
        """Bring the tab that is looked at up to date; the others wait until they are."""
        key, seen = self.tabs.key, self._seen
        if seen is None or key not in self._stale:
            return
        self._soon.stop()
        self._stale.discard(key)
        with keyboard_kept(self._stack):
            if key == COVERAGE:
                self._fill_coverage(seen)
            elif key == PERSON:
                self._fill_person(seen)
            else:
                self.history.show_chosen(*self._one())
                self.history.show_past(seen.beside, seen.map.day, seen.changes)

    def _fill_coverage(self, seen: "MapSeen") -> None:
        shown = seen.map
        whose = f"{shown.account_id}/{shown.map_id}"
        self.coverage.show_matrix(matrix(shown, seen.places.at), whose)
        self.coverage.show_chosen(frozenset(self._selected))
        nobody = not any(is_theirs(c) for c in shown.cards)
        self.scope.setVisible(seen.whole is not None)
        self.risks.show_risks(seen.risks, nobody=nobody and not seen.risks, here=_here(seen))
        self._tell(self.ladder.show_ladder, seen.ladder)
        self._tell(self.goals.show_goals, seen.goals, seen.risks)
        self._tell(
            self.ways.show_ways, tuple(seen.way_to(c.key) for c in buyers(seen.whole or shown))
        )
        self._tell(self.missed.show_departures, seen.departures)
        self._tell(self.metrics.show_metrics, seen.metrics, part=seen.whole is not None)
        self._tell(self.pairs.show_pairs, seen.beside.pairs, shown.day)
        self._tell(self.headcount.show_headcount, seen.headcount, shown.day)

    def _tell(self, show: Callable[..., None], *given: object, **more: object) -> None:
        """Show figures in their pane, unless they stand there: most stay as a card is moved."""
        what = (given, more, veil.is_on(), why_barred(self))
        if self._told.get(show.__name__) != what:
            self._told[show.__name__] = what
            show(*given, **more)

    def _fill_person(self, seen: "MapSeen") -> None:
        theirs = self._theirs()
        ours = {o.key: o for o in seen.map.ours}
        if len(theirs) == 1:
            self.person.show_card(theirs[0], seen, seen.beside)
        elif theirs:
            self.person.show_several(theirs)
        elif self._selected and self._selected[0] in ours:
            self.person.show_ours(ours[self._selected[0]], seen.map)
        else:
            self.person.show_nobody()

    def _theirs(self) -> list[Card]:
        """The cards selected."""
        cards = self._seen.map.by_key() if self._seen is not None else {}
        return [cards[key] for key in self._selected if key in cards]

    def _one(self) -> tuple[str, str]:
        """Key and name of the one card selected; empty for none or several."""
        theirs = self._theirs()
        return (theirs[0].key, one_line(theirs[0].name)) if len(theirs) == 1 else ("", "")

    def _name_tab(self) -> None:
        """Call the second tab by who is selected."""
        theirs = self._theirs()
        ours = self._seen.map.ours if self._seen is not None else ()
        named = [one_line(o.name) for o in ours if o.key in self._selected[:1]]
        title = tr("Person")
        if len(theirs) > 1:
            title = tr("{0} selected").format(len(theirs))
        elif theirs or named:
            title = one_line(theirs[0].name) if theirs else named[0]
        self.tabs.set_title(PERSON, _short(title))

    def _look_at(self, key: str) -> None:
        """Select somebody and tell all of them."""
        self.card_asked.emit(key)
        self.tabs.choose(PERSON)

    def _open_pair(self, ours: str, theirs: str) -> None:
        """Open the line between two people, or draw one."""
        lines = self._seen.map.of_kind(LineKind.TIE, LineKind.PAIRED) if self._seen else ()
        found = next((x for x in lines if (x.start, x.end) == (ours, theirs)), None)
        if found is None:
            self.action_asked.emit("tie", (ours, theirs))
        else:
            self.action_asked.emit("line", (found.key,))

    def _mend(self, risk: MapRisk) -> None:
        detail = risk.role.value if risk.role is not None else risk.field
        verb = f"{risk.verb.value}:{detail}" if detail else risk.verb.value
        self.action_asked.emit(verb, risk.cards)


def _here(seen: "MapSeen") -> int | None:
    """How many of the risks are about who stands on a further map; None on that of everybody."""
    if seen.whole is None:
        return None
    placed = {card.key for card in seen.map.placed()}
    return sum(risk_about(risk) in placed for risk in seen.risks)


_LONGEST = 18


def _short(name: str) -> str:
    """A name as the title of a tab, its end left out where it is long."""
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"


def _column(*parts: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return box
