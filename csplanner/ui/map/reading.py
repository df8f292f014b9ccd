"""What the tab of the map asks the book in one go, answered beside the window."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from csplanner.book.book import Book
from csplanner.domain.introductions import introductions
from csplanner.domain.map_change import compare
from csplanner.domain.map_figures import (
    Departure,
    Goal,
    Headcount,
    Introduction,
    Ladder,
    MapChange,
    MapMetrics,
    MapRisk,
)
from csplanner.domain.map_layout import Places, places
from csplanner.domain.map_model import RelationMap
from csplanner.domain.map_proposals import Proposal
from csplanner.domain.map_record import AccountMap
from csplanner.domain.map_stood import Stood
from csplanner.domain.map_told import told_of
from csplanner.ui.map.beside import Beside, look_beside
from csplanner.ui.map.past_places import past_places
from csplanner.ui.map.time_row import quarter_ends


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which map is asked for; `day` None is the map of now.

    With `since` the map of now tells what became of whom since that day.
    """

    account_id: str
    map_id: str = ""
    day: date | None = None
    since: date | None = None
    stood: Stood | None = None
    """How the map of now stood when it was last shown."""


@dataclass(frozen=True, slots=True)
class MapSeen:
    """A map with all that is worked out of it."""

    map: RelationMap
    metrics: MapMetrics
    risks: tuple[MapRisk, ...]
    goals: tuple[Goal, ...]
    ladder: Ladder
    headcount: Headcount
    places: Places
    maps: tuple[AccountMap, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    days: tuple[date, ...] = ()
    """The ends of quarters there is anything to see of, and today, oldest first."""
    changes: MapChange | None = None
    """How the map of now differs from the one shown, or that of now from an earlier day asked for;
    None where no day is.
    """
    past: bool = False
    departures: Mapping[str, Departure] = field(default_factory=dict)
    """What breaks if somebody left, by the key of the card."""
    beside: Beside = field(default_factory=Beside)
    """Planned pairs, and what happened on the map."""
    whole: RelationMap | None = None
    """The map of everybody where this is a further one; its figures are those of the account."""
    _ways: dict[str, Introduction] = field(default_factory=dict)

    def departure(self, key: str) -> Departure | None:
        """What breaks if the person of that card left; None for who cannot leave."""
        return self.departures.get(key)

    def way_to(self, key: str) -> Introduction:
        """The warmest way to that card; worked out when first asked for."""
        if key not in self._ways:
            self._ways[key] = introductions(self.whole or self.map, key)
        return self._ways[key]


def look(book: Book, *, wanted: Wanted) -> MapSeen:
    """Read a map and work out its figures; raises UserError when account or map is not there."""
    past = wanted.day is not None and wanted.day < book.as_of()
    now = map_of_now(book, wanted)
    seen = now
    if past:
        seen = book.relation_map.read(wanted.account_id, map_id=wanted.map_id, day=wanted.day)
    whole = None
    if wanted.map_id:
        whole = book.relation_map.read(wanted.account_id, day=wanted.day)
    changes, spots = None, None
    if past:
        changes, spots = compare(seen, now), past_places(seen, now)
    else:
        changes = changes_since(book, wanted, seen)
    told = told_of(seen, whole)
    return MapSeen(
        seen, told.metrics, told.risks, told.goals, told.ladder, told.headcount,
        spots or places(seen),
        maps=tuple(sorted(book.maps.of(wanted.account_id), key=lambda m: (m.position, m.name))),
        proposals=() if past else book.map_proposals.of(wanted.account_id),
        days=quarter_ends(_first_day(book, wanted.account_id), book.as_of()),
        changes=changes, past=past, departures=told.departures,
        beside=look_beside(book, seen, whole or seen), whole=whole,
    )  # fmt: skip


def map_of_now(book: Book, wanted: Wanted) -> RelationMap:
    """The map asked for as it is today, to be laid out as it stood."""
    now = book.relation_map.read(wanted.account_id, map_id=wanted.map_id)
    return replace(now, stood=wanted.stood)


def changes_since(book: Book, wanted: Wanted, now: RelationMap) -> MapChange | None:
    """What became of whom since the day asked for, of the map of now; None where none is."""
    if wanted.since is None or wanted.since >= now.day:
        return None
    then = book.relation_map.read(wanted.account_id, map_id=wanted.map_id, day=wanted.since)
    return compare(then, now)


def _first_day(book: Book, account_id: str) -> date:
    """The first day something is known of people of the account."""
    seats: Mapping[str, date] = {s.id: s.since for s in book.seats.of(account_id) if s.since}
    touches = [t.on for t in book.touches.of(account_id)]
    return min([*touches, *seats.values()], default=book.as_of())
