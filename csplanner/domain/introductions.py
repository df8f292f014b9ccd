"""The warmest way to somebody through named people: whom to ask for an introduction."""

from itertools import pairwise

from csplanner.domain.map_figures import Hop, Introduction
from csplanner.domain.map_model import Card, Line, LineKind, RelationMap
from csplanner.domain.map_reach import number_of
from csplanner.domain.network import warmest_way
from csplanner.domain.person import Outside
from csplanner.language import noted, tr

_SWAY = {1: 0.6, 2: 0.75, 3: 0.9}
"""How well who influences somebody introduces them, by weight."""
_REPORTS = 0.5
"""How well who works under somebody, or above, introduces them."""
_UP, _DOWN, _SWAYS = "up", "down", "sways"
_UNSURE = 0.8
"""What is left of a way through somebody whose mood is neutral or unknown."""


def introductions(seen: RelationMap, key: str) -> Introduction:
    """The warmest way from one of ours to a card or to the seat it stands for.

    The warmth of a way is the product of its parts: a tie by its strength, influence by its
    weight, reporting to each other a half. Nobody who is against us, has left or works for a
    competitor is asked. Raises KeyError for no such card.
    """
    return Ways(seen).to(key)


class Ways:
    """The same for several cards of one map, gathered once."""

    def __init__(self, seen: RelationMap) -> None:
        self._goals = seen.by_key()
        self._ours = [o.key for o in seen.ours]
        self._yours = {o.key for o in seen.ours if o.is_you}
        self._names = {o.key: tr("you") if o.is_you else o.name for o in seen.ours}
        self._names |= {c.key: c.name for c in seen.cards}
        self._lines = _lines(seen)
        self._arcs: dict[str, dict[str, float]] = {}
        for (start, end), (_, warmth) in self._lines.items():
            self._arcs.setdefault(start, {})[end] = warmth

    def to(self, key: str) -> Introduction:
        """The warmest way to a card; raises KeyError for no such card."""
        goal = self._goals[key]
        way, warmth = warmest_way(self._arcs, self._ours, key)
        steps = [self._lines[pair] for pair in pairwise(way)]
        hops = tuple(self._hop(line, warm) for line, warm in steps)
        asked = _manner(steps[-1][0]) if steps else ""
        return Introduction(key, goal.name, hops, round(100 * warmth), _sentence(goal, hops, asked))

    def _hop(self, line: Line, warmth: float) -> Hop:
        start, end = self._names[line.start], self._names[line.end]
        return Hop(
            line.start, start, line.end, end, line.kind, warmth, line.strength, _words(line),
            line.start in self._yours,
        )  # fmt: skip


def _lines(seen: RelationMap) -> dict[tuple[str, str], tuple[Line, float]]:
    """Every step a way may take, the warmest where there are several between two."""
    asked = {c.key: _readiness(c) for c in seen.cards if _may_ask(c)}
    ends = {c.key for c in seen.cards}
    found: dict[tuple[str, str], tuple[Line, float]] = {}
    for line in _steps(seen):
        first = asked.get(line.start, 1.0 if line.kind is LineKind.TIE else 0.0)
        warmth = first * _warmth(line)
        pair = line.start, line.end
        if line.end in ends and warmth > found.get(pair, (line, 0.0))[1]:
            found[pair] = (line, warmth)
    return found


def _steps(seen: RelationMap) -> list[Line]:
    """Ties, influence, and reporting lines both ways."""
    found = list(seen.of_kind(LineKind.TIE, LineKind.INFLUENCES))
    for card in seen.cards:
        if card.above is not None:
            found.append(Line("", LineKind.REPORTS, card.key, card.above, label=_UP))
            found.append(Line("", LineKind.REPORTS, card.above, card.key, label=_DOWN))
    return found


def _may_ask(card: Card) -> bool:
    against = (number_of(card.mood) or 0) < 0
    return card.is_active and not against and card.outside != Outside.COMPETITOR


def _readiness(card: Card) -> float:
    return 1.0 if (number_of(card.mood) or 0) > 0 else _UNSURE


def _warmth(line: Line) -> float:
    if line.kind is LineKind.TIE:
        return (line.strength or 0) / 100
    if line.kind is LineKind.INFLUENCES:
        return _SWAY.get(line.weight, _SWAY[1])
    return _REPORTS


def _words(line: Line) -> str:
    if line.kind is LineKind.TIE:
        return tr("in contact, strength {0}").format(line.strength)
    if line.kind is LineKind.INFLUENCES:
        return tr("influences")
    return tr("reports to") if line.label == _UP else tr("leads")


def _manner(line: Line) -> str:
    return line.label if line.kind is LineKind.REPORTS else _SWAYS


_ASK = {
    _SWAYS: noted("Ask {0}, who influences {1}."),
    _UP: noted("Ask {0}, who reports to {1}."),
    _DOWN: noted("Ask {0}, to whom {1} reports."),
}


def _sentence(goal: Card, hops: tuple[Hop, ...], asked: str) -> str:
    if not hops:
        return tr("Nobody on this map can introduce you to {0}.").format(goal.name)
    first, last = hops[0], hops[-1]
    if len(hops) == 1 and first.is_yours:
        return tr("You are in contact yourself, strength {0}.").format(first.strength)
    if len(hops) == 1:
        said = tr("Ask {0} of ours, in contact with strength {1}.")
        return said.format(first.start_name, first.strength)
    parts = [tr(_ASK[asked]).format(last.start_name, goal.name)]
    if len(hops) > 2:
        between = [h.end_name for h in hops[:-1]]
        parts.append(tr("The way there: {0}.").format(" → ".join(between)))
    if first.is_yours:
        said = tr("You know {0} with strength {1}.").format(first.end_name, first.strength)
    else:
        said = tr("{0} of ours knows {1} with strength {2}.").format(
            first.start_name, first.end_name, first.strength
        )
    return " ".join((*parts, said))
