"""Risks about roles: who decides and was never met, who left, which roles nobody holds."""

from collections.abc import Iterator
from dataclasses import dataclass

from csplanner.domain.coverage import ROLE_WORDS, required_roles
from csplanner.domain.introductions import Ways
from csplanner.domain.map_figures import MapRisk, MapVerb, RiskKind
from csplanner.domain.map_metrics import MOST_HOPS, UPPER
from csplanner.domain.map_model import Card, RelationMap, Standing
from csplanner.domain.map_people_figures import ago_text, days_gone, lost_holders, pairs
from csplanner.domain.map_reach import Web, holders, is_thread, number_of, theirs
from csplanner.domain.person import PersonStatus, Role
from csplanner.domain.reading import Band
from csplanner.domain.tie_strength import LIVE_FROM
from csplanner.domain.wording import begin, day_text, tier_word
from csplanner.language import ntr, tr

LITTLE = 2
"""Up to so much influence is little."""


@dataclass(frozen=True, slots=True)
class _Looked:
    map: RelationMap
    web: Web
    ways: Ways


def role_risks(seen: RelationMap, web: Web) -> Iterator[MapRisk]:
    """Every risk about roles, in no order."""
    looked = _Looked(seen, web, Ways(seen))
    yield from _deciders(looked)
    yield from _gone(seen)
    yield from _vanished(seen)
    yield from _missing(looked)


def _deciders(looked: _Looked) -> Iterator[MapRisk]:
    """Who decides and was never met; else whether any live way leads to them."""
    never = [
        (card, role)
        for role in (Role.BUYER, Role.DECIDES)
        for card in holders(looked.map, role)
        if card.last_contact is None and not is_thread(card)
    ]
    told: set[str] = set()
    for card, role in never:
        if card.key not in told:
            told.add(card.key)
            yield _never_met(looked, card, role)
    if not told and looked.web.buyers:
        yield from _way_up(looked)


def _never_met(looked: _Looked, card: Card, role: Role) -> MapRisk:
    seen = looked.map
    parts = []
    day = seen.decision_on
    if day is not None and day >= seen.day:
        parts.append(tr("{0} decides on {1}.").format(card.name, day_text(day, seen.day)))
    else:
        parts.append(tr("{0} decides.").format(card.name))
    planned = next((p for p in pairs(seen) if p.end == card.key and p.due), None)
    verb, action = MapVerb.LOG_TOUCH, tr("Prepare meeting")
    cards: tuple[str, ...] = (card.key,)
    if planned is not None and planned.due is not None and planned.due >= seen.day:
        who = next((o for o in seen.ours if o.key == planned.start), None)
        if who is not None:
            name = tr("You") if who.is_you else who.name
            said = tr("{0} and {1} are to meet on {2}.")
            parts.append(said.format(name, card.name, day_text(planned.due, seen.day)))
    else:
        way = looked.ways.to(card.key)
        if way.ask:
            parts.append(way.sentence)
            verb, cards = MapVerb.INTRODUCE, (way.ask, card.key)
            action = tr("Ask {0}").format(seen.by_key()[way.ask].name)
        elif card.key in looked.web.buyers and not looked.web.way():
            parts.append(tr("Nobody on this map leads there."))
    headline = tr("{0} never met").format(begin(ROLE_WORDS[role]))
    severity = _gravity(seen)
    return MapRisk(
        RiskKind.DECIDER_NEVER_MET, severity, headline, " ".join(parts), verb, action, cards, role
    )


def _gravity(seen: RelationMap) -> Band:
    """Who decides matters most where the tier asks for them."""
    return Band.RISK if Role.DECIDES in required_roles(seen.tier) else Band.WATCH


def _way_up(looked: _Looked) -> Iterator[MapRisk]:
    way = looked.web.way()
    goal = next(c for c in looked.map.cards if c.key in looked.web.buyers)
    if way and len(way) - 1 <= MOST_HOPS:
        return
    asked = looked.ways.to(goal.key)
    verb, action = MapVerb.LOG_TOUCH, tr("Plan a touch")
    cards: tuple[str, ...] = (goal.key,)
    if asked.ask:
        verb, cards = MapVerb.INTRODUCE, (asked.ask, goal.key)
        action = tr("Ask {0}").format(looked.map.by_key()[asked.ask].name)
    cooling = looked.web.cooling_way()
    if not way and cooling:
        headline, severity = tr("The way to the economic buyer is cooling"), Band.WATCH
    elif way:
        headline = ntr(
            "The economic buyer is {0} step away", "The economic buyer is {0} steps away",
            len(way) - 1,
        )  # fmt: skip
        severity = Band.WATCH
    else:
        headline, severity = tr("No live way to the economic buyer"), _gravity(looked.map)
    why = asked.sentence
    if not way and goal.strength is not None:
        said = tr("The contact with {0} has cooled to strength {1}; from {2} on it is live.")
        why = said.format(goal.name, goal.strength, LIVE_FROM)
    yield MapRisk(RiskKind.NO_BUYER_PATH, severity, headline, why, verb, action, cards)


def _gone(seen: RelationMap) -> Iterator[MapRisk]:
    for card, role in lost_holders(seen):
        days = days_gone(card, seen)
        parts = [tr("{0} left.").format(card.name)]
        if days is not None:
            parts = [tr("{0} left {1}.").format(card.name, ago_text(days))]
        heir = _heir(seen, card)
        if heir is not None:
            parts.append(_heir_text(heir))
        word = ROLE_WORDS[role]
        yield MapRisk(
            RiskKind.CHAMPION_GONE,
            Band.RISK,
            tr("{0} gone, no successor").format(begin(word)),
            " ".join(parts),
            MapVerb.CHOOSE_ROLE,
            tr("Choose a {0}").format(word),
            (card.key,) if heir is None else (card.key, heir.key),
            role,
        )


def _vanished(seen: RelationMap) -> Iterator[MapRisk]:
    """A champion, or who holds a role the tier needs, whom the newest snapshot does not hold."""
    needed = {Role.CHAMPION, *required_roles(seen.tier)}
    for card in theirs(seen):
        if card.person is None or card.person.status is not PersonStatus.UNVERIFIED:
            continue
        for role in sorted(needed.intersection(card.roles)):
            yield MapRisk(
                RiskKind.CHAMPION_GONE,
                Band.WATCH,
                tr("{0} no longer in the CRM").format(begin(ROLE_WORDS[role])),
                tr("The newest snapshot does not hold {0}. Ask whether they have left.").format(
                    card.name
                ),
                MapVerb.SHOW,
                tr("Show {0}").format(card.name),
                (card.key,),
                role,
            )


def _heir(seen: RelationMap, gone: Card) -> Card | None:
    """Who is for us: first beside who left, then by influence and strength."""
    friends = [c for c in theirs(seen) if (number_of(c.mood) or 0) > 0]
    friends.sort(
        key=lambda c: (
            c.above != gone.above, -(number_of(c.influence) or 0), -(c.strength or 0), c.name,
        )
    )  # fmt: skip
    return friends[0] if friends else None


def _heir_text(card: Card) -> str:
    weight = number_of(card.influence)
    if weight is None:
        return tr("{0} is friendly; the influence is unknown.").format(card.name)
    if weight <= LITTLE:
        return tr("{0} is friendly but has little influence.").format(card.name)
    return tr("{0} is friendly and has influence {1} of 5.").format(card.name, weight)


def _missing(looked: _Looked) -> Iterator[MapRisk]:
    """Required roles that nobody holds."""
    seen = looked.map
    told = {role for _, role in lost_holders(seen)}
    named = {s.role for c in theirs(seen) for s in c.seats}
    for role in required_roles(seen.tier):
        if role in named or role in told:
            continue
        seat = next(
            (c for c in seen.cards if c.standing is Standing.VACANT and role in c.roles), None
        )
        yield _no_sponsor(looked, seat) if role is Role.SPONSOR else _no_role(seen, role, seat)


def _no_sponsor(looked: _Looked, seat: Card | None) -> MapRisk:
    seen = looked.map
    below = sum(1 for c in theirs(seen) if seat is not None and c.above == seat.key)
    why = _needed(seen)
    if below:
        why = ntr(
            "{0} person reports to a role we have no name for.",
            "{0} people report to a role we have no name for.", below,
        )  # fmt: skip
    verb, action = MapVerb.FIND_PERSON, tr("Find a sponsor")
    cards: tuple[str, ...] = () if seat is None else (seat.key,)
    ask = looked.ways.to(seat.key).ask if seat is not None else ""
    if ask and seat is not None:
        verb, cards = MapVerb.INTRODUCE, (ask, seat.key)
        action = tr("Ask {0}").format(seen.by_key()[ask].name)
    severity = Band.RISK if seen.tier in UPPER else Band.WATCH
    headline = tr("No executive sponsor known")
    return MapRisk(RiskKind.NO_SPONSOR, severity, headline, why, verb, action, cards, Role.SPONSOR)


def _no_role(seen: RelationMap, role: Role, seat: Card | None) -> MapRisk:
    word, parts = ROLE_WORDS[role], [_needed(seen)]
    grave = seen.tier in UPPER and role in (Role.DECIDES, Role.CHAMPION)
    verb, action = MapVerb.CHOOSE_ROLE, tr("Choose who it is")
    likely, why = _likely(seen, role)
    if likely is not None:
        parts.append(why)
    if not theirs(seen):
        verb, action = MapVerb.FIND_PERSON, tr("Find a {0}").format(word)
    return MapRisk(
        RiskKind.ROLE_MISSING,
        Band.RISK if grave else Band.WATCH,
        tr("No {0} known").format(word),
        " ".join(parts),
        verb,
        action,
        tuple(c.key for c in (seat, likely) if c is not None),
        role,
    )


def _likely(seen: RelationMap, role: Role) -> tuple[Card | None, str]:
    """Whom to look at first for a role, and why; nobody where the map says nothing.

    Of equals it is who holds no required role yet.
    """
    needed = set(required_roles(seen.tier))
    people = sorted(theirs(seen), key=lambda c: not needed.isdisjoint(c.roles))
    if role is Role.DECIDES:
        heavy = [c for c in people if (number_of(c.influence) or 0) > LITTLE]
        first = max(heavy, key=lambda c: number_of(c.influence) or 0, default=None)
        return first, tr("{0} has the most influence.").format(first.name) if first else ""
    if role is Role.CHAMPION:
        friends = [c for c in people if (number_of(c.mood) or 0) > 0]
        first = max(friends, key=lambda c: number_of(c.influence) or 0, default=None)
        return first, _heir_text(first) if first else ""
    if role is Role.DAY_TO_DAY:
        free = [c for c in people if c.contacts_90 and needed.isdisjoint(c.roles)]
        first = max(free, key=lambda c: c.contacts_90, default=None)
        if first is not None:
            return first, tr("{0} talks to us most.").format(first.name)
    return None, ""


def _needed(seen: RelationMap) -> str:
    if seen.tier is None:
        return tr("Every account needs one.")
    return tr("{0} touch needs one.").format(tier_word(seen.tier))
