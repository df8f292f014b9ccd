"""The relationship map of one account on one day: who is on it, and what lies between them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from csplanner.domain.account import Tier
from csplanner.domain.evidence import EvidenceKind
from csplanner.domain.map_stood import Stood
from csplanner.domain.person import Person, Role, Seat

YOU = "you"
"""The key of you, where no person of ours bears your name."""


class Standing(StrEnum):
    """What a card stands for."""

    HERE = "here"
    AWAY = "away"
    """On leave, leaving, or not found in the newest snapshot."""
    LEFT = "left"
    """Gone, and still in a seat that nobody has taken over or above somebody."""
    VACANT = "vacant"
    """A seat that nobody holds."""


class LineKind(StrEnum):
    """What a line of the map says."""

    REPORTS = "reports"
    INFLUENCES = "influences"
    DOUBTS = "doubts"
    TIE = "tie"
    """Contact between one of ours and one of theirs."""
    PAIRED = "paired"
    """An executive of ours planned for one of theirs."""
    RIVAL = "rival"
    """Contact between an outsider, mostly a competitor, and one of theirs."""


class TieState(StrEnum):
    """How alive a tie is (methods §5.3): from 60, from 30, below, and never any contact."""

    LIVE = "live"
    COOLING = "cooling"
    COLD = "cold"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Judged:
    """A judged value and what it rests on; `value` None is unknown, which is not neutral."""

    value: int | str | None = None
    on: date | None = None
    by: str = ""
    kind: EvidenceKind = EvidenceKind.UNSAID
    note: str = ""
    fresh: float = 1.0
    """1 while fresh, fading towards 0 with age (methods §3.4); 1 where no day is known."""
    recheck: bool = False
    """It is older than 90 days."""

    @property
    def is_known(self) -> bool:
        """Whether there is a value."""
        return self.value is not None


@dataclass(frozen=True, slots=True)
class Card:
    """One of theirs, an outsider, or a seat that nobody holds."""

    key: str
    """`p:` and the id of the person, or `s:` and the id of the vacant seat."""
    name: str
    """Of the person, or what the vacant seat is called."""
    title: str = ""
    standing: Standing = Standing.HERE
    person: Person | None = None
    seats: tuple[Seat, ...] = ()
    """In the order of roles; the first names the role the card shows."""
    above: str | None = None
    """The card they report to."""
    influence: Judged = field(default_factory=Judged)
    """1 to 5."""
    mood: Judged = field(default_factory=Judged)
    """−2 to +2."""
    politics: Judged = field(default_factory=Judged)
    adaptability: Judged = field(default_factory=Judged)
    orientation: Judged = field(default_factory=Judged)
    level_now: Judged = field(default_factory=Judged)
    """How they see us (`domain.person.Relation`)."""
    level_wanted: Judged = field(default_factory=Judged)
    last_contact: date | None = None
    """Newest two-way contact with anybody of ours."""
    contacts_90: int = 0
    """Two-way contacts in the last 90 days."""
    strength: int | None = None
    """Of their strongest tie with one of ours, 0 to 100; None when there never was one."""
    at: tuple[int, int] | None = None
    """Where you put the card; None lets the layout decide."""
    parked: bool = False
    """Not on the map: in the list beside it."""
    outside: str = ""
    """`partner`, `consultant` or `competitor` for who is not one of theirs."""
    unproven: bool = False
    """Called champion without three fresh yeses: counts as coach (methods §5.1)."""

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles as they count: an unproven champion is a coach."""
        named = tuple(s.role for s in self.seats)
        if not self.unproven:
            return named
        return tuple(Role.COACH if r is Role.CHAMPION else r for r in named)

    @property
    def is_active(self) -> bool:
        """Whether a person stands there who has not left."""
        return self.person is not None and self.standing in (Standing.HERE, Standing.AWAY)


@dataclass(frozen=True, slots=True)
class Ours:
    """One of our people, at the foot of the map."""

    key: str
    """`p:` and the person's id, or `YOU`."""
    name: str
    function: str = ""
    person: Person | None = None
    is_you: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Something between two ends; the ends are keys of cards or of our people.

    REPORTS goes from who reports to whom; INFLUENCES and DOUBTS from who does it; TIE and PAIRED
    from one of ours to one of theirs; RIVAL from the outsider.
    """

    key: str
    kind: LineKind
    start: str
    end: str
    tie_id: str | None = None
    """The record behind it; None for what is computed or kept in a person or seat."""
    strength: int | None = None
    """0 to 100, as it counts today."""
    stated: int | None = None
    """What you said of the strength, beside what the touch log says."""
    state: TieState = TieState.NONE
    weight: int = 1
    """1 to 3, of influence and doubt."""
    label: str = ""
    due: date | None = None
    """The day a planned pair meets."""
    last: date | None = None
    """Newest two-way contact of the two."""
    evidence: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A touch where people met: how many of ours and of theirs."""

    on: date
    topic: str
    ours: int
    theirs: int


@dataclass(frozen=True, slots=True)
class RelationMap:
    """Everything drawn on the map of one account, as of `day`."""

    account_id: str
    account_name: str
    day: date
    tier: Tier | None = None
    map_id: str = ""
    """Empty for the map of everybody."""
    map_name: str = ""
    cards: tuple[Card, ...] = ()
    """Theirs, outsiders and vacant seats, those parked included."""
    ours: tuple[Ours, ...] = ()
    lines: tuple[Line, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    """Of the last 90 days, newest first."""
    decision_on: date | None = None
    """The day the renewal is decided."""
    stood: Stood | None = None
    """How it stood when it was last shown; None lets the layout find the best order."""

    def placed(self) -> tuple[Card, ...]:
        """The cards that stand on the map."""
        return tuple(c for c in self.cards if not c.parked)

    def parking(self) -> tuple[Card, ...]:
        """Who is known and not on the map."""
        return tuple(c for c in self.cards if c.parked)

    def by_key(self) -> Mapping[str, Card]:
        """Every card by its key."""
        return {c.key: c for c in self.cards}

    def of_kind(self, *kinds: LineKind) -> Iterator[Line]:
        """The lines of those kinds, in their order."""
        return (line for line in self.lines if line.kind in kinds)


class Lens(StrEnum):
    """What the map is looked at for: which lines show, and what a card says at its foot."""

    REPORTING = "reporting"
    INFLUENCE = "influence"
    COVERAGE = "coverage"
    SENTIMENT = "sentiment"
    FRESHNESS = "freshness"
