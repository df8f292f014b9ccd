"""What is wrong on a relationship map, the gravest first, each with the step that mends it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from csplanner.domain.coverage import ROLE_WORDS, effective_contacts
from csplanner.domain.departure import departures, stranded_text
from csplanner.domain.map_figures import Departure, MapRisk, MapVerb, RiskKind
from csplanner.domain.map_metrics import ONE_VOICE, OPPOSED_SHARE, UPPER
from csplanner.domain.map_model import Card, RelationMap
from csplanner.domain.map_reach import (
    Web,
    is_senior,
    is_theirs,
    is_thread,
    is_top,
    number_of,
    theirs,
    web_of,
)
from csplanner.domain.map_risks_people import people_risks
from csplanner.domain.map_risks_roles import role_risks
from csplanner.domain.network import fewest_hops, reached
from csplanner.domain.person import PersonStatus
from csplanner.domain.reading import Band
from csplanner.domain.wording import list_text
from csplanner.language import tr

_FEW_CONTACTS = 3
_ORDER = {kind: place for place, kind in enumerate(RiskKind)}


@dataclass(frozen=True, slots=True)
class _Seen:
    map: RelationMap
    web: Web
    lost: Mapping[str, Departure]


def risks(seen: RelationMap, *, lost: Mapping[str, Departure] | None = None) -> tuple[MapRisk, ...]:
    """Everything that asks for a step, the gravest first; nothing for a map without people.

    `lost` are the departures of the map where they were worked out before.
    """
    if not any(c.person is not None and not c.outside for c in seen.cards):
        return ()
    looked = _Seen(seen, web_of(seen), departures(seen, between=False) if lost is None else lost)
    found = [*role_risks(seen, looked.web), *_threads(looked), *_key_people(looked)]
    found += people_risks(seen)
    found = _told_once(found)
    weight = {c.key: -(number_of(c.influence) or 0) for c in seen.cards}
    return tuple(
        sorted(
            found,
            key=lambda r: (
                r.severity is not Band.RISK, _ORDER[r.kind],
                weight.get(r.cards[0], 0) if r.cards else 0, r.headline, r.cards,
            ),
        )
    )  # fmt: skip


def _told_once(found: list[MapRisk]) -> list[MapRisk]:
    """Without a quiet role or a newcomer whom a graver risk names, and without repeating one
    thread.
    """
    kinds = {r.kind for r in found}
    quiet = _named(found, (RiskKind.NO_BUYER_PATH, RiskKind.SCEPTIC_QUIET))
    unmet = _named(found, (RiskKind.DECIDER_NEVER_MET,))
    return [
        r
        for r in found
        if not (r.kind is RiskKind.ROLE_QUIET and r.cards[0] in quiet)
        and not (r.kind is RiskKind.NEWCOMER and r.cards[0] in unmet)
        and not (r.kind is RiskKind.ONE_WAY_UP and RiskKind.SINGLE_THREAD in kinds)
    ]


def _named(found: list[MapRisk], kinds: tuple[RiskKind, ...]) -> set[str]:
    """The cards that risks of those kinds are about."""
    about = (r for r in found if r.kind in kinds)
    return {r.cards[-1] if r.verb is MapVerb.INTRODUCE else r.cards[0] for r in about}


def _threads(looked: _Seen) -> Iterator[MapRisk]:
    people = theirs(looked.map)
    held = [c for c in people if is_thread(c)]
    others = sorted(
        (c for c in people if not is_thread(c)),
        key=lambda c: (not is_senior(c), -(number_of(c.influence) or 0), c.name),
    )
    if not people:
        return
    if len(held) > 1:
        yield from _voices(held, others)
        return
    if held:
        headline = tr("Only one person is in contact")
        why = tr("Everything goes through {0}.").format(held[0].name)
    else:
        headline, why = tr("Nobody is in contact"), tr("No tie reaches strength 30.")
    verb, action = MapVerb.FIND_PERSON, tr("Find a second person")
    if others:
        verb, action = MapVerb.LOG_TOUCH, tr("Plan a touch with {0}").format(others[0].name)
    grave = looked.map.tier in UPPER or not held
    yield MapRisk(
        RiskKind.SINGLE_THREAD, Band.RISK if grave else Band.WATCH, headline, why, verb, action,
        tuple(c.key for c in (*others[:1], *held)),
    )  # fmt: skip


def _voices(held: list[Card], others: list[Card]) -> Iterator[MapRisk]:
    counts = sorted(((c.contacts_90, c) for c in held if c.contacts_90), key=lambda p: -p[0])
    total = sum(n for n, _ in counts)
    if total < _FEW_CONTACTS or effective_contacts([n for n, _ in counts]) >= ONE_VOICE:
        return
    most, first = counts[0]
    quiet = next((c for c in (*held, *others) if c is not first), first)
    why = tr("{0} of {1} contacts in 90 days were with {2}.").format(most, total, first.name)
    yield MapRisk(
        RiskKind.ONE_VOICE, Band.WATCH, tr("One person is the relationship"), why,
        MapVerb.LOG_TOUCH, tr("Plan a touch with {0}").format(quiet.name), (quiet.key, first.key),
    )  # fmt: skip


def _key_people(looked: _Seen) -> Iterator[MapRisk]:
    """The one everything senior goes through, else who would break most; and who is leaving."""
    single = _one_way_up(looked)
    if single is not None:
        yield single
    worst = next((d for d in looked.lost.values() if not d.has_left), None)
    if worst is not None and (single is None or worst.key not in single.cards):
        yield from _hangs_on(looked, worst)
    for card in theirs(looked.map):
        if card.person is not None and card.person.status is PersonStatus.LEAVING:
            yield _leaving(looked.lost[card.key])


def _one_way_up(looked: _Seen) -> MapRisk | None:
    """Whether of two or more at the top one alone is in contact, or brings us to all others."""
    tops = [c for c in theirs(looked.map) if is_top(c)]
    only = [c for c in tops if is_thread(c)]
    card = only[0] if len(only) == 1 else _only_way(looked, tops)
    if len(tops) < 2 or card is None:
        return None
    others = [c for c in tops if c is not card]
    others.sort(key=lambda c: (is_thread(c), -(number_of(c.influence) or 0), c.name))
    why = tr("Of {0} people at the top only {1} is in contact.").format(len(tops), card.name)
    if not only or card is not only[0]:
        why = tr("Everything senior goes through {0}.").format(card.name)
    return MapRisk(
        RiskKind.ONE_WAY_UP, Band.WATCH, tr("One thread to the top"), why,
        MapVerb.CONNECT, tr("Widen"), (others[0].key, card.key),
    )  # fmt: skip


def _only_way(looked: _Seen, tops: list[Card]) -> Card | None:
    """The one without whom no live tie and no influence reaches anybody of those."""
    web = looked.web
    met = {c.key for c in tops} & reached(web.live, web.ours)
    by_key = looked.map.by_key()
    for key in fewest_hops(web.live, web.ours, met)[1:]:
        left = reached(web.live, web.ours, without=key)
        if met - {key} and not met & left and is_theirs(by_key[key]):
            return by_key[key]
    return None


def _hangs_on(looked: _Seen, worst: Departure) -> Iterator[MapRisk]:
    much = len(worst.roles_lost) > 1 or worst.stranded_share >= OPPOSED_SHARE
    if not (worst.cuts_path or much):
        return
    why = " ".join(filter(None, (worst.sentence, stranded_text(worst))))
    names = {c.key: c.name for c in looked.map.cards}
    verb, action = MapVerb.SHOW, tr("Show what hangs on it")
    cards: tuple[str, ...] = (worst.key,)
    if worst.stranded:
        goal = worst.stranded[0]
        verb, cards = MapVerb.CONNECT, (goal, worst.key)
        action = tr("Plan a second way to {0}").format(names[goal])
    headline = tr("Much hangs on {0}").format(worst.name)
    yield MapRisk(RiskKind.KEY_PERSON, Band.WATCH, headline, why, verb, action, cards)


def _leaving(lost: Departure) -> MapRisk:
    why = " ".join(filter(None, (lost.sentence, stranded_text(lost))))
    headline = tr("{0} is leaving").format(lost.name)
    role = lost.roles_lost[0] if lost.roles_lost else None
    verb, action = MapVerb.LOG_TOUCH, tr("Plan the handover")
    if role is not None:
        words = list_text([ROLE_WORDS[r] for r in lost.roles_lost])
        why = tr("{0} No other {1} is in contact.").format(why, words)
    severity = Band.RISK if lost.costs else Band.WATCH
    return MapRisk(RiskKind.LEAVING, severity, headline, why, verb, action, (lost.key,), role)
