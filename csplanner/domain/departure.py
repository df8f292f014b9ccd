"""What breaks if one person leaves: roles, reach, the way to the economic buyer (methods §5.4)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from csplanner.domain.coverage import required_roles
from csplanner.domain.map_figures import Departure
from csplanner.domain.map_model import Card, RelationMap
from csplanner.domain.map_reach import Web, covered_roles, theirs, web_of
from csplanner.domain.network import articulation_points, betweenness_share
from csplanner.domain.person import Role
from csplanner.domain.wording import list_text, number_text
from csplanner.language import tr


@dataclass(frozen=True, slots=True)
class _Known:
    """What is the same whoever leaves."""

    seen: RelationMap
    web: Web
    dividing: frozenset[str]
    between: Mapping[str, float] | None
    covered: tuple[Role, ...]
    way: tuple[str, ...]


def departure(seen: RelationMap, key: str) -> Departure:
    """What would be lost without the person of the card; raises KeyError for no such card."""
    return _departure(_known(seen), seen.by_key()[key])


def departures(seen: RelationMap) -> Mapping[str, Departure]:
    """The same for each of theirs who has not left, the costliest first."""
    known = _known(seen)
    found = [_departure(known, card) for card in theirs(seen)]
    found.sort(key=_cost)
    return {d.key: d for d in found}


def _cost(lost: Departure) -> tuple[float, int, bool, float, str]:
    return (
        -lost.stranded_share, -len(lost.roles_lost), not lost.path_gone, -lost.own_share, lost.name,
    )  # fmt: skip


def percent_text(share: float) -> str:
    """A share of 1 as `78 %`."""
    return tr("{0} %").format(number_text(round(100 * share)))


def _known(seen: RelationMap) -> _Known:
    web = web_of(seen)
    return _Known(
        seen,
        web,
        articulation_points(web.joined),
        betweenness_share(web.joined),
        covered_roles(seen),
        web.way(),
    )


def _departure(known: _Known, card: Card) -> Departure:
    seen, web, key = known.seen, known.web, card.key
    held_before, held_after = web.held(), web.held(key)
    gone = held_before - held_after
    stranded = [c for c in seen.cards if c.key in gone and c.key != key]
    total = web.known or 1
    own = web.influence.get(key, 0) if key in held_before else 0
    after = covered_roles(seen, key)
    way_after = web.way(key)
    lost = Departure(
        key=key,
        name=card.name,
        roles_needed=len(required_roles(seen.tier)),
        roles_before=len(known.covered),
        roles_after=len(after),
        roles_lost=tuple(r for r in known.covered if r not in after),
        reach_before=web.reach(),
        reach_after=web.reach(key),
        own_share=own / total,
        stranded_share=sum(web.influence.get(c.key, 0) for c in stranded) / total,
        stranded=tuple(c.key for c in stranded),
        stranded_names=tuple(c.name for c in stranded),
        path_before=known.way,
        path_after=way_after,
        path_gone=bool(known.way) and not way_after,
        divides=key in known.dividing,
        between=None if known.between is None else known.between.get(key),
        reports=tuple(c.key for c in seen.cards if c.above == key),
        sentence="",
    )
    return replace(lost, sentence=_sentence(lost, card))


def _sentence(lost: Departure, card: Card) -> str:
    if card.person is None:
        return tr("Nobody holds this seat.")
    if not card.is_active:
        return tr("{0} has left already.").format(card.name)
    parts = [_roles_part(lost), _reach_part(lost)]
    if lost.path_gone:
        parts.append(tr("no path to the economic buyer"))
    return tr("If {0} left: {1}.").format(lost.name, ", ".join(parts))


def _roles_part(lost: Departure) -> str:
    if lost.roles_before == lost.roles_after:
        return tr("roles covered stay at {0}").format(lost.roles_before)
    return tr("roles covered {0} → {1}").format(lost.roles_before, lost.roles_after)


def _reach_part(lost: Departure) -> str:
    if lost.reach_before is None or lost.reach_after is None:
        return tr("reach unknown, nobody’s influence is judged")
    before, after = percent_text(lost.reach_before), percent_text(lost.reach_after)
    if before == after:
        return tr("reach stays at {0}").format(before)
    return tr("reach {0} → {1}").format(before, after)


def stranded_text(lost: Departure) -> str:
    """Who would be out of reach, in a sentence; empty when nobody would."""
    names = list(lost.stranded_names)
    if not names:
        return ""
    shown = names if len(names) <= 4 else [*names[:3], tr("{0} others").format(len(names) - 3)]
    return tr("Nobody else brings us to {0}.").format(list_text(shown))
