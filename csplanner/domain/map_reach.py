"""Whom of a relationship map we reach, and by which way to the economic buyer (methods §5.4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from csplanner.domain.coverage import required_roles
from csplanner.domain.map_model import Card, Judged, Line, LineKind, RelationMap, TieState
from csplanner.domain.network import Graph, directed, fewest_hops, reached, undirected
from csplanner.domain.person import Level, Outside, Politics, Role
from csplanner.domain.tie_strength import CLOCKS, COOLING_FROM

THREAD = COOLING_FROM
"""From this strength a tie carries: it counts as a thread (methods §5.4)."""
US = "us"
"""The one node that stands for all of ours where the map is looked at as a network."""


def number_of(judged: Judged) -> int | None:
    """A judged number, None when it is unknown."""
    return judged.value if isinstance(judged.value, int) else None


def is_theirs(card: Card) -> bool:
    """Whether one of the customer's people stands there who has not left."""
    return card.is_active and not card.outside


def theirs(seen: RelationMap) -> tuple[Card, ...]:
    """The customer's people who have not left, those in the parking lot included."""
    return tuple(c for c in seen.cards if is_theirs(c))


def is_thread(card: Card) -> bool:
    """Whether we are in contact with one of theirs: strength 30 or more."""
    return is_theirs(card) and card.strength is not None and card.strength >= THREAD


def level_of(card: Card) -> Level:
    """How high they stand, as kept of the person."""
    return card.person.level if card.person is not None else Level.UNKNOWN


def is_quiet(card: Card, last: date, day: date) -> bool:
    """Whether contact that was last on a day is longer ago than the half-life of their level
    (methods §5.3): 30 days for a user up to 90 for an executive.
    """
    return (day - last).days > CLOCKS[level_of(card)].half_life


def is_senior(card: Card) -> bool:
    """Whether they are an executive or a director, or hold a role that decides."""
    if level_of(card) in (Level.EXEC, Level.DIRECTOR):
        return True
    return any(r in (Role.SPONSOR, Role.DECIDES, Role.BUYER) for r in card.roles)


def is_top(card: Card) -> bool:
    """Whether they are an executive, hold a role that decides, or are of the inner circle."""
    deciding = any(r in (Role.SPONSOR, Role.DECIDES, Role.BUYER) for r in card.roles)
    return deciding or level_of(card) is Level.EXEC or card.politics.value == Politics.INNER


def holders(seen: RelationMap, role: Role) -> tuple[Card, ...]:
    """Who holds a role as it counts and has not left."""
    return tuple(c for c in theirs(seen) if role in c.roles)


def buyers(seen: RelationMap) -> tuple[Card, ...]:
    """The economic buyers, else who decides; empty where neither is known."""
    return holders(seen, Role.BUYER) or holders(seen, Role.DECIDES)


def covered_roles(seen: RelationMap) -> tuple[Role, ...]:
    """The required roles of the account's tier that somebody in contact holds."""
    held = {r for c in seen.cards if is_thread(c) for r in c.roles}
    return tuple(role for role in required_roles(seen.tier) if role in held)


@dataclass(frozen=True, slots=True)
class Web:
    """The map as networks, made once and asked for every card."""

    ours: tuple[str, ...]
    buyers: frozenset[str]
    carrying: Graph
    """Ties of strength 30 or more and influence."""
    live: Graph
    """Live ties and influence: the way to the buyer."""
    joined: Graph
    """The carrying network without directions, all of ours being one node `US`."""
    influence: dict[str, int]
    """Of each of theirs of whom it is known, 1 to 5."""

    @property
    def known(self) -> int:
        """Sum of all influence known."""
        return sum(self.influence.values())

    def held(self, without: str | None = None) -> frozenset[str]:
        """Everybody we reach, ours included, once `without` is gone."""
        return reached(self.carrying, self.ours, without=without)

    def reach(self, without: str | None = None) -> float | None:
        """Share of the known influence we reach, 0 to 1; None when nobody's is known."""
        return self.share(self.held(without))

    def share(self, held: frozenset[str]) -> float | None:
        """Share of the known influence that those have, 0 to 1; None when nobody's is known."""
        if not self.influence:
            return None
        return sum(weight for key, weight in self.influence.items() if key in held) / self.known

    def way(self, without: str | None = None) -> tuple[str, ...]:
        """Keys from one of ours to the nearest economic buyer; empty when there is no way."""
        return fewest_hops(self.live, self.ours, self.buyers, without=without)

    def cooling_way(self) -> tuple[str, ...]:
        """The same way, also over ties that are no longer live and still carry."""
        return fewest_hops(self.carrying, self.ours, self.buyers)


def web_of(seen: RelationMap) -> Web:
    """The networks of a map; who left, a competitor and a vacant seat carry nothing."""
    bearers = {c.key for c in seen.cards if c.is_active and c.outside != Outside.COMPETITOR}
    ours = tuple(o.key for o in seen.ours)
    known = bearers | set(ours)
    lines = [
        line
        for line in seen.of_kind(LineKind.TIE, LineKind.INFLUENCES)
        if line.start in known and line.end in known
    ]
    carrying = list(_arcs(line for line in lines if _carries(line)))
    live = list(_arcs(line for line in lines if _carries(line) and _is_live(line)))
    inside = [c.key for c in seen.cards if c.key in bearers]
    one = dict.fromkeys(ours, US)
    joined = [(one.get(a, a), one.get(b, b)) for a, b in carrying]
    influence = {c.key: number_of(c.influence) for c in theirs(seen)}
    return Web(
        ours,
        frozenset(c.key for c in buyers(seen)),
        directed(carrying, (*ours, *inside)),
        directed(live, (*ours, *inside)),
        undirected(joined, (US, *inside)),
        {key: value for key, value in influence.items() if value},
    )


def _arcs(lines: Iterable[Line]) -> Iterable[tuple[str, str]]:
    return ((line.start, line.end) for line in lines)


def _carries(line: Line) -> bool:
    if line.kind is LineKind.INFLUENCES:
        return True
    return line.strength is not None and line.strength >= THREAD


def _is_live(line: Line) -> bool:
    return line.kind is LineKind.INFLUENCES or line.state is TieState.LIVE
