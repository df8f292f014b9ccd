"""Risks that hang on single people: sceptics, rivals, newcomers, pairs, judgements gone stale."""

from collections.abc import Iterator

from csplanner.domain.account import Tier
from csplanner.domain.coverage import ROLE_WORDS, required_roles
from csplanner.domain.map_figures import MapRisk, MapVerb, RiskKind
from csplanner.domain.map_lens import MOOD_WORDS
from csplanner.domain.map_metrics import MAPPED_SHARE, known_share, opposition, sentiment
from csplanner.domain.map_model import Card, Line, LineKind, RelationMap, Standing
from csplanner.domain.map_people_figures import NEWCOMER_DAYS, came_on, new_seniors, pairs
from csplanner.domain.map_reach import (
    is_quiet,
    is_senior,
    is_theirs,
    is_thread,
    number_of,
    theirs,
)
from csplanner.domain.person import Outside, Role
from csplanner.domain.reading import Band
from csplanner.domain.tie_strength import diverges
from csplanner.domain.wording import begin, count_text, day_text, list_text, one_line, sentence
from csplanner.language import ntr, tr

WEIGHTY = 3
"""From this influence a sceptic, a rival's contact or a stale judgement is a risk."""
_FEW = 3


def people_risks(seen: RelationMap) -> Iterator[MapRisk]:
    """Every risk of single people, in no order."""
    yield from _opposition(seen)
    yield from _sceptics(seen)
    yield from _rivals(seen)
    yield from _quiet_roles(seen)
    yield from _pairs(seen)
    yield from _newcomers(seen)
    yield from _unproven(seen)
    yield from _divergent(seen)
    yield from _unmapped(seen)
    yield from _stale(seen)


def weight_of(card: Card) -> int:
    """Influence, unknown counting as none."""
    return number_of(card.influence) or 0


def _opposition(seen: RelationMap) -> Iterator[MapRisk]:
    figure = opposition(seen)
    if figure.flag is not Band.RISK:
        return
    by_key = seen.by_key()
    against = sorted((by_key[k] for k in figure.cards), key=lambda c: (-weight_of(c), c.name))
    action = tr("Plan a touch with {0}").format(against[0].name)
    yield MapRisk(
        RiskKind.OPPOSITION, Band.RISK, tr("Much influence is against us"), figure.sentence,
        MapVerb.LOG_TOUCH, action, tuple(c.key for c in against),
    )  # fmt: skip


def _sceptics(seen: RelationMap) -> Iterator[MapRisk]:
    for card in theirs(seen):
        against = Role.SCEPTIC in card.roles or (number_of(card.mood) or 0) < 0
        if not against or weight_of(card) < WEIGHTY:
            continue
        days = None if card.last_contact is None else (seen.day - card.last_contact).days
        if card.last_contact is not None and not is_quiet(card, card.last_contact, seen.day):
            continue
        headline = tr("Sceptic with influence, never met")
        if days is not None:
            headline = ntr(
                "Sceptic with influence, {0} day quiet", "Sceptic with influence, {0} days quiet",
                days,
            )  # fmt: skip
        ours = _ours_of(seen, card)
        action = tr("Plan a touch")
        keys: tuple[str, ...] = (card.key,)
        if ours is not None:
            action = tr("Bring {0} in").format(ours[1])
            keys = (card.key, ours[0])
        yield MapRisk(
            RiskKind.SCEPTIC_QUIET, Band.WATCH, headline, _doubt(seen, card), MapVerb.LOG_TOUCH,
            action, keys,
        )  # fmt: skip


def _ours_of(seen: RelationMap, card: Card) -> tuple[str, str] | None:
    """Key and function of the colleague with the strongest tie to somebody; None where it is you.

    A colleague without a function goes by name.
    """
    ties = [t for t in seen.of_kind(LineKind.TIE, LineKind.PAIRED) if t.end == card.key]
    ties.sort(key=lambda t: (-(t.strength or 0), t.start))
    by_key = {o.key: o for o in seen.ours if not o.is_you}
    first = next((by_key[t.start] for t in ties if t.start in by_key), None)
    return None if first is None else (first.key, first.function or first.name)


def _doubt(seen: RelationMap, card: Card) -> str:
    """What they doubt, as it is kept of the line or of the judged mood."""
    line = next((x for x in seen.of_kind(LineKind.DOUBTS) if x.start == card.key), None)
    mood = number_of(card.mood)
    against = mood is not None and mood < 0
    written = line.evidence if line is not None else ""
    written = written or (card.mood.note if against else "")
    if written:
        return tr("{0}: {1}").format(card.name, sentence(one_line(written)))
    if line is not None:
        named = {c.key: c.name for c in seen.cards}
        named |= {o.key: tr("you") if o.is_you else o.name for o in seen.ours}
        return tr("{0} doubts {1}.").format(card.name, named.get(line.end, tr("us")))
    if mood is None or not against:
        return tr("{0} is a sceptic. The reason is not known.").format(card.name)
    return tr("{0} is {1}. The reason is not known.").format(card.name, MOOD_WORDS[mood])


def _rivals(seen: RelationMap) -> Iterator[MapRisk]:
    by_key = seen.by_key()
    for line in seen.of_kind(LineKind.RIVAL):
        card, rival = by_key.get(line.end), by_key.get(line.start)
        if card is None or rival is None or rival.outside != Outside.COMPETITOR:
            continue
        if not is_theirs(card) or not (is_senior(card) or weight_of(card) >= WEIGHTY):
            continue
        who = rival.person.company if rival.person is not None else ""
        named = tr("{0} of {1}").format(rival.name, who) if who else rival.name
        ours = tr("Nobody of ours is.")
        if is_thread(card):
            ours = tr("Our own strength there is {0}.").format(card.strength)
        why = tr("{0} is in contact. {1}").format(named, ours)
        yield MapRisk(
            RiskKind.RIVAL_CLOSE,
            Band.WATCH if is_thread(card) else Band.RISK,
            tr("A competitor is close to {0}").format(card.name),
            why,
            MapVerb.LOG_TOUCH,
            tr("Plan a touch"),
            (card.key, rival.key),
        )


def _quiet_roles(seen: RelationMap) -> Iterator[MapRisk]:
    """Required roles whose holders were met and are all below strength 30."""
    for role in required_roles(seen.tier):
        held = [c for c in theirs(seen) if role in c.roles]
        if not held or any(is_thread(c) for c in held):
            continue
        card = max(held, key=lambda c: (c.last_contact or seen.day.min, weight_of(c)))
        never = card.last_contact is None
        if never and role in (Role.DECIDES, Role.BUYER):
            continue
        headline = tr("{0} never met").format(begin(ROLE_WORDS[role]))
        why = tr("{0} holds the role.").format(card.name)
        if card.last_contact is not None:
            days = (seen.day - card.last_contact).days
            headline = tr("{0} quiet for {1}").format(
                begin(ROLE_WORDS[role]), count_text(days, "day")
            )
            why = tr("The contact with {0} has strength {1}.").format(card.name, card.strength or 0)
        yield MapRisk(
            RiskKind.ROLE_QUIET, Band.WATCH, headline, why, MapVerb.LOG_TOUCH, tr("Plan a touch"),
            (card.key,), role,
        )  # fmt: skip


def _pairs(seen: RelationMap) -> Iterator[MapRisk]:
    by_key, ours = seen.by_key(), {o.key: o for o in seen.ours}
    planned = pairs(seen)
    for pair in planned:
        if pair.due is None or pair.due >= seen.day or _met_since(pair):
            continue
        one = ours.get(pair.start)
        name = tr("You") if one is None or one.is_you else one.name
        card = by_key[pair.end]
        why = tr("{0} and {1} were to meet on {2}; no meeting is logged.").format(
            name, card.name, day_text(pair.due, seen.day)
        )
        yield MapRisk(
            RiskKind.PAIR_OVERDUE, Band.WATCH, tr("A planned meeting is overdue"), why,
            MapVerb.LOG_TOUCH, tr("Prepare meeting"), (card.key, pair.start),
        )  # fmt: skip
    if planned or seen.tier is not Tier.HIGH:
        return
    seniors = sorted((c for c in theirs(seen) if is_senior(c)), key=lambda c: -weight_of(c))
    if seniors:
        yield MapRisk(
            RiskKind.NOBODY_PAIRED, Band.WATCH, tr("No executive of ours is planned"),
            tr("High touch pairs one of our executives with one of theirs."),
            MapVerb.PAIR, tr("Pair one with {0}").format(seniors[0].name), (seniors[0].key,),
        )  # fmt: skip


def _met_since(pair: Line) -> bool:
    """Whether the two met around the day planned or later: up to two weeks before it."""
    if pair.last is None or pair.due is None:
        return False
    return (pair.due - pair.last).days <= 14


def _newcomers(seen: RelationMap) -> Iterator[MapRisk]:
    for card in new_seniors(seen):
        came = came_on(card)
        if came is None:
            continue
        left = count_text(NEWCOMER_DAYS - (seen.day - came).days, "day")
        why = tr("{0} is there since {1}. {2} left of the first {3}.").format(
            card.name, day_text(came, seen.day), left, NEWCOMER_DAYS
        )
        yield MapRisk(
            RiskKind.NEWCOMER, Band.WATCH, tr("Somebody new at the top, not met"), why,
            MapVerb.LOG_TOUCH, tr("Plan a first meeting"), (card.key,),
        )  # fmt: skip


def _unproven(seen: RelationMap) -> Iterator[MapRisk]:
    for card in theirs(seen):
        if not card.unproven or card.standing is not Standing.HERE:
            continue
        why = tr("{0} counts as coach until power, selling for us and interest are three yeses.")
        yield MapRisk(
            RiskKind.CHAMPION_UNPROVEN, Band.WATCH, tr("Champion without three fresh yeses"),
            why.format(card.name), MapVerb.JUDGE, tr("Ask the three questions"), (card.key,),
            Role.CHAMPION, "champion",
        )  # fmt: skip


def _divergent(seen: RelationMap) -> Iterator[MapRisk]:
    by_key = seen.by_key()
    for line in seen.of_kind(LineKind.TIE):
        card = by_key.get(line.end)
        if card is None or not diverges(line):
            continue
        why = tr("You say strength {0}, the touch log says {1}.").format(line.stated, line.strength)
        yield MapRisk(
            RiskKind.TIE_DIVERGES, Band.WATCH,
            tr("Your word and the log part on {0}").format(card.name), why,
            MapVerb.CONNECT, tr("Look at the line"), (card.key, line.start),
        )  # fmt: skip


def _unmapped(seen: RelationMap) -> Iterator[MapRisk]:
    people = [c for c in theirs(seen) if not c.parked]
    share = known_share(seen)
    if len(people) < _FEW or (share is not None and share >= MAPPED_SHARE):
        return
    field, lacking = "mood", [c for c in people if not c.mood.is_known and c.influence.is_known]
    if not lacking:
        field, lacking = "influence", [c for c in people if not c.influence.is_known]
    if not lacking:
        return
    lacking.sort(key=lambda c: (-weight_of(c), -(c.strength or 0), c.name))
    action = tr("Judge the mood of {0}") if field == "mood" else tr("Judge the influence of {0}")
    yield MapRisk(
        RiskKind.NOT_MAPPED, Band.WATCH, tr("Moods are not mapped"),
        sentiment(seen).sentence, MapVerb.JUDGE,
        action.format(lacking[0].name), tuple(c.key for c in lacking), field=field,
    )  # fmt: skip


def _stale(seen: RelationMap) -> Iterator[MapRisk]:
    found = [
        (card, field)
        for card in theirs(seen)
        for field in ("influence", "mood")
        if weight_of(card) >= WEIGHTY and getattr(card, field).recheck
    ]
    if not found:
        return
    found.sort(key=lambda pair: (-weight_of(pair[0]), pair[0].name))
    names = list(dict.fromkeys(card.name for card, _ in found))
    shown = names if len(names) <= _FEW else [*names[:_FEW], tr("others")]
    headline = ntr(
        "{0} judgement is older than 90 days", "{0} judgements are older than 90 days", len(found)
    )
    yield MapRisk(
        RiskKind.RECHECK, Band.WATCH, headline, tr("Ask again about {0}.").format(list_text(shown)),
        MapVerb.JUDGE, tr("Re-check {0}").format(names[0]),
        tuple(dict.fromkeys(card.key for card, _ in found)), field=found[0][1],
    )  # fmt: skip
