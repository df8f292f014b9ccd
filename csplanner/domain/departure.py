"""What breaks if one person leaves: roles, reach, the way to the economic buyer (methods §5.4)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from csplanner.domain.coverage import required_roles
from csplanner.domain.map_figures import Departure
from csplanner.domain.map_model import Card, RelationMap, Standing
from csplanner.domain.map_reach import Web, covered_roles, is_thread, theirs, web_of
from csplanner.domain.network import articulation_points, betweenness_share
from csplanner.domain.person import Role
from csplanner.domain.wording import list_text, number_text
from csplanner.language import tr


@dataclass(frozen=True, slots=True)
class _Known:
    """What is the same whoever leaves."""

    seen: RelationMap
    web: Web
    held: frozenset[str]
    way: tuple[str, ...]
    holders: Counter[Role]
    """How many in contact hold each role."""
    covered: tuple[Role, ...]
    dividing: frozenset[str]


def departure(seen: RelationMap, key: str) -> Departure:
    """What would be lost without the person of the card; raises KeyError for no such card.

    Of somebody who has left it is what was lost with them, as if they still stood there; shares
    are of the influence of the others, as today's reach is.
    """
    card = seen.by_key()[key]
    known = _known(_as_if_here(seen, card) if card.standing is Standing.LEFT else seen)
    between = betweenness_share(known.web.joined)
    lost = _departure(known, known.seen.by_key()[key])
    lost = replace(lost, between=None if between is None else between.get(key))
    if card.standing is Standing.LEFT:
        lost = replace(_of_the_others(lost, known.web), has_left=True)
    return replace(lost, sentence=_sentence(lost, card))


def departures(seen: RelationMap, *, between: bool = True) -> Mapping[str, Departure]:
    """The same for each of theirs who has not left, the costliest first; then those who left.

    Without `between` betweenness is None, which saves most of the time on a large map.
    """
    known = _known(seen)
    shares = (betweenness_share(known.web.joined) if between else None) or {}
    found = [_departure(known, card) for card in theirs(seen)]
    found = [replace(lost, between=shares.get(lost.key)) for lost in found]
    found.sort(key=_cost)
    gone = [c.key for c in seen.cards if c.standing is Standing.LEFT and not c.outside]
    return {d.key: d for d in (*found, *(departure(seen, key) for key in gone))}


def _as_if_here(seen: RelationMap, card: Card) -> RelationMap:
    back = replace(card, standing=Standing.HERE)
    return replace(seen, cards=tuple(back if c is card else c for c in seen.cards))


def _of_the_others(lost: Departure, web: Web) -> Departure:
    """The same with shares that leave the influence of the person out."""
    others = web.known - web.influence.get(lost.key, 0)
    if lost.reach_before is None or lost.reach_after is None or not others:
        return replace(lost, reach_before=None, reach_after=None, own_share=0, stranded_share=0)
    grown = web.known / others
    return replace(
        lost, own_share=0.0, stranded_share=lost.stranded_share * grown,
        reach_before=(lost.reach_before - lost.own_share) * grown,
        reach_after=lost.reach_after * grown,
    )  # fmt: skip


def _cost(lost: Departure) -> tuple[float, bool, int, float, str]:
    return (
        -lost.stranded_share, not lost.cuts_path, -len(lost.roles_lost), -lost.own_share, lost.name,
    )  # fmt: skip


def percent_text(share: float) -> str:
    """A share of 1 as `78 %`."""
    return tr("{0} %").format(number_text(round(100 * share)))


def _known(seen: RelationMap) -> _Known:
    web = web_of(seen)
    return _Known(
        seen,
        web,
        web.held(),
        web.way(),
        Counter(role for card in theirs(seen) if is_thread(card) for role in set(card.roles)),
        covered_roles(seen),
        articulation_points(web.joined),
    )


def _departure(known: _Known, card: Card) -> Departure:
    seen, web, key = known.seen, known.web, card.key
    gone = _out_of_reach(known, key)
    stranded = [c for c in seen.cards if c.key in gone and c.key != key] if gone else []
    held = set(card.roles) if is_thread(card) else set()
    lost_roles = tuple(r for r in known.covered if r in held and known.holders[r] == 1)
    way_after = web.way(key) if key in known.way else known.way
    total = web.known or 1
    own = web.influence.get(key, 0) if key in known.held else 0
    before = web.share(known.held)
    away = sum(web.influence.get(c.key, 0) for c in stranded)
    lost = Departure(
        key=key,
        name=card.name,
        roles_needed=len(required_roles(seen.tier)),
        roles_before=len(known.covered),
        roles_after=len(known.covered) - len(lost_roles),
        roles_lost=lost_roles,
        reach_before=before,
        reach_after=web.share(known.held - gone),
        own_share=own / total,
        stranded_share=away / total,
        stranded=tuple(c.key for c in stranded),
        stranded_names=tuple(c.name for c in stranded),
        path_before=known.way,
        path_after=way_after,
        path_gone=bool(known.way) and not way_after,
        divides=key in known.dividing,
        between=None,
        reports=tuple(c.key for c in seen.cards if c.above == key),
        sentence="",
    )
    return replace(lost, sentence=_sentence(lost, card))


def _out_of_reach(known: _Known, key: str) -> frozenset[str]:
    """Whom we no longer reach, the person included; who influences nobody takes nobody along."""
    if key not in known.held:
        return frozenset()
    if not known.web.carrying[key]:
        return frozenset((key,))
    return known.held - known.web.held(key)


def _sentence(lost: Departure, card: Card) -> str:
    if card.person is None:
        return tr("Nobody holds this seat.")
    parts = [_roles_part(lost), _reach_part(lost)]
    if lost.cuts_path:
        parts.append(tr("no path to the economic buyer"))
    elif lost.path_gone:
        parts.append(tr("no economic buyer that we reach"))
    if card.standing is Standing.LEFT:
        return tr("Since {0} left: {1}.").format(lost.name, ", ".join(parts))
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
