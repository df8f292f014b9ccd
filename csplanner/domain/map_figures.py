"""What is worked out of a relationship map: figures, departures, risks, goals, introductions."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from csplanner.domain.map_model import LineKind, Meeting
from csplanner.domain.person import Role
from csplanner.domain.reading import Band


class Measure(StrEnum):
    """The figures of a map, in the order they are shown (methods §5.4)."""

    THREADS = "threads"
    EFFECTIVE = "effective"
    ROLES = "roles"
    LEVELS = "levels"
    SENTIMENT = "sentiment"
    OPPOSITION = "opposition"
    BUYER_PATH = "buyer_path"
    KEY_PERSON = "key_person"
    ALIGNMENT = "alignment"
    CHAMPION_LOSS = "champion_loss"
    NEWCOMERS = "newcomers"
    HEADCOUNT = "headcount"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure of the map with its flag and one sentence."""

    measure: Measure
    title: str
    """In the language in force."""
    value: float | None
    """None is unknown or does not apply."""
    shown: str
    """The value as it is written: `2.4`, `3 of 5`, `78 %`, `unknown`."""
    flag: Band
    """GOOD is fine, WATCH thin, RISK flagged, NONE not known or nothing to say."""
    sentence: str
    cards: tuple[str, ...] = ()
    """Whom it is about, to be marked on the map."""


@dataclass(frozen=True, slots=True)
class MapMetrics:
    """Every figure of a map, in the order of `Measure`."""

    figures: tuple[Figure, ...]

    def of(self, measure: Measure) -> Figure:
        """The figure of a measure."""
        return next(f for f in self.figures if f.measure is measure)

    def flagged(self) -> tuple[Figure, ...]:
        """Figures that ask for a step, the worst first."""
        rank = {Band.RISK: 0, Band.WATCH: 1}
        found = [f for f in self.figures if f.flag in rank]
        return tuple(sorted(found, key=lambda f: rank[f.flag]))


@dataclass(frozen=True, slots=True)
class Departure:
    """What would break if one person left; shares run from 0 to 1 (methods §5.4)."""

    key: str
    name: str
    roles_needed: int
    """Required roles of the account's tier."""
    roles_before: int
    """Of them covered now."""
    roles_after: int
    roles_lost: tuple[Role, ...]
    """Covered now, and by nobody else."""
    reach_before: float | None
    """Share of the known influence that we reach; None when nobody's influence is known."""
    reach_after: float | None
    own_share: float
    """Of the reach lost, what leaves with the person."""
    stranded_share: float
    """Of the reach lost, everybody else whom we no longer reach."""
    stranded: tuple[str, ...]
    """Keys of the cards that we would no longer reach."""
    stranded_names: tuple[str, ...]
    path_before: tuple[str, ...]
    """Keys from one of ours to the economic buyer; empty when there is no path."""
    path_after: tuple[str, ...]
    path_gone: bool
    divides: bool
    """Without them the map falls into parts (articulation point)."""
    between: float | None
    """Betweenness, 0 to 1; None below five people."""
    reports: tuple[str, ...]
    """Keys of the cards that report to them."""
    sentence: str
    has_left: bool = False
    """It has happened: what was lost with them."""

    @property
    def loss(self) -> float:
        """Share of the known influence that we would no longer reach."""
        if self.reach_before is None or self.reach_after is None:
            return 0.0
        return self.reach_before - self.reach_after

    @property
    def cuts_path(self) -> bool:
        """Whether the way to an economic buyer other than themselves would be gone."""
        return self.path_gone and self.path_before[-1] != self.key

    @property
    def costs(self) -> bool:
        """Whether anything besides the person would be lost."""
        return bool(self.roles_lost or self.stranded or self.path_gone)


class RiskKind(StrEnum):
    """What is wrong on a map, the gravest kinds first."""

    DECIDER_NEVER_MET = "decider_never_met"
    CHAMPION_GONE = "champion_gone"
    NO_SPONSOR = "no_sponsor"
    ROLE_MISSING = "role_missing"
    NO_BUYER_PATH = "no_buyer_path"
    SINGLE_THREAD = "single_thread"
    ONE_VOICE = "one_voice"
    ONE_WAY_UP = "one_way_up"
    KEY_PERSON = "key_person"
    LEAVING = "leaving"
    OPPOSITION = "opposition"
    SCEPTIC_QUIET = "sceptic_quiet"
    RIVAL_CLOSE = "rival_close"
    ROLE_QUIET = "role_quiet"
    PAIR_OVERDUE = "pair_overdue"
    NOBODY_PAIRED = "nobody_paired"
    NEWCOMER = "newcomer"
    TIE_DIVERGES = "tie_diverges"
    NOT_MAPPED = "not_mapped"
    RECHECK = "recheck"
    CHAMPION_UNPROVEN = "champion_unproven"


class MapVerb(StrEnum):
    """What a risk asks you to do; the window has one action for each."""

    LOG_TOUCH = "log_touch"
    """Plan or log a contact with the first card."""
    CHOOSE_ROLE = "choose_role"
    """Give somebody the role `role` (guided choice)."""
    FIND_PERSON = "find_person"
    """Fill the vacant seat of the first card, or add a person for `role`."""
    INTRODUCE = "introduce"
    """Ask the first card for an introduction to the second."""
    CONNECT = "connect"
    """Draw a line of ours to the first card."""
    PAIR = "pair"
    """Plan an executive of ours for the first card."""
    JUDGE = "judge"
    """Judge `field` of the first card (guided choice)."""
    SHOW = "show"
    """Select the cards on the map."""


@dataclass(frozen=True, slots=True)
class MapRisk:
    """One thing to mend: headline is the fact, `why` the reason, `action` the words of the step."""

    kind: RiskKind
    severity: Band
    """RISK or WATCH."""
    headline: str
    why: str
    verb: MapVerb
    action: str
    cards: tuple[str, ...] = ()
    """The card the step starts from first, then who else it is about."""
    role: Role | None = None
    field: str = ""
    """Of JUDGE: the judged value, a key of `domain.map_anchors.GUIDES`."""

    @property
    def key(self) -> str:
        """The same risk of the same people, across two readings."""
        return "|".join((self.kind, self.role or "", *self.cards[:2]))


@dataclass(frozen=True, slots=True)
class Goal:
    """A role an account of this tier needs: how many hold it of how many wanted."""

    role: Role
    title: str
    """`Sponsor`, in the language in force."""
    wanted: int
    present: int
    """People known in the role who have not left."""
    covered: int
    """Of them in contact: strength 30 or more."""
    cards: tuple[str, ...]
    sentence: str

    @property
    def is_met(self) -> bool:
        """As many in contact as wanted."""
        return self.covered >= self.wanted


@dataclass(frozen=True, slots=True)
class Ladder:
    """How far a map is from telling anything: 0 nobody known, 3 as it should be."""

    step: int
    sentence: str
    """Where the map stands and what the next step needs."""
    cards: tuple[str, ...] = ()
    """Who carries the step: the key players, or those of them on our side."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One part of a way to somebody: `start` brings you to `end`."""

    start: str
    start_name: str
    end: str
    end_name: str
    kind: LineKind
    warmth: float
    """0 to 1."""
    strength: int | None
    """Of the tie, 0 to 100; None between two of theirs."""
    words: str
    """`in contact, strength 72`, `influences`, `reports to`, `leads`."""
    is_yours: bool = False
    """It starts from you."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """The warmest way from one of ours to a card; `hops` is empty when there is none."""

    key: str
    name: str
    hops: tuple[Hop, ...]
    warmth: int
    """0 to 100: the product of its hops."""
    sentence: str

    @property
    def ask(self) -> str:
        """Key of whom to ask: the last before the goal; empty when nobody or nobody is needed."""
        return self.hops[-1].start if len(self.hops) > 1 else ""

    @property
    def via(self) -> tuple[str, ...]:
        """Keys of everybody on the way, from one of ours to the goal."""
        return (self.hops[0].start, *(h.end for h in self.hops)) if self.hops else ()


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many of ours met how many of theirs, meeting by meeting, newest first."""

    meetings: tuple[Meeting, ...]
    crowded: tuple[Meeting, ...]
    """Where we were five or more, or more than two above them."""
    ours: float | None
    """Of ours in a meeting, on average; None without meetings."""
    theirs: float | None
    sentence: str


class ChangeKind(StrEnum):
    """What became of somebody between two days."""

    JOINED = "joined"
    LEFT = "left"
    TURNED_FOR = "turned_for"
    TURNED_AGAINST = "turned_against"
    MOOD_KNOWN = "mood_known"
    ROLE = "role"
    MOVED = "moved"
    """Reports to somebody else."""
    TITLE = "title"
    INFLUENCE = "influence"
    WARMER = "warmer"
    COOLER = "cooler"
    FILLED = "filled"
    """A seat that was vacant is held."""
    VACATED = "vacated"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two days, in one sentence."""

    kind: ChangeKind
    key: str
    """Of the card: in the later map, or in the earlier one where it is there no more."""
    name: str
    before: str
    after: str
    sentence: str


@dataclass(frozen=True, slots=True)
class MapChange:
    """How a map differs from the same map on an earlier day, the gravest first."""

    since: date
    until: date
    changes: tuple[Change, ...]
    sentence: str
    """`1 joined, 1 left, 2 turned.`"""

    def of(self, key: str) -> tuple[Change, ...]:
        """What became of one card."""
        return tuple(c for c in self.changes if c.key == key)

    def kinds(self, *kinds: ChangeKind) -> tuple[Change, ...]:
        """The changes of those kinds."""
        return tuple(c for c in self.changes if c.kind in kinds)
