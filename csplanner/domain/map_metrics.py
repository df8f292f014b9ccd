"""The figures of a relationship map, each with its flag and one sentence (methods §5.4)."""

from collections.abc import Mapping

from csplanner.domain.account import Tier
from csplanner.domain.coverage import ROLE_WORDS, effective_contacts, required_roles
from csplanner.domain.departure import departures, percent_text
from csplanner.domain.map_figures import Departure, Figure, MapMetrics, Measure
from csplanner.domain.map_model import Card, RelationMap
from csplanner.domain.map_people_figures import (
    alignment,
    champion_loss,
    headcount,
    headcount_figure,
    newcomers,
)
from csplanner.domain.map_reach import (
    Web,
    covered_roles,
    holders,
    is_thread,
    level_of,
    number_of,
    theirs,
    web_of,
)
from csplanner.domain.network import fewest_hops
from csplanner.domain.person import Level, Role
from csplanner.domain.reading import Band
from csplanner.domain.wording import begin, count_text, list_text, number_text
from csplanner.language import Spoken, noted, ntr, tr

__all__ = ["LEVEL_WORDS", "headcount", "known_share", "metrics", "named"]

MAPPED_SHARE = 0.6
"""Below this share of influence with a known mood the map counts as not mapped."""
OPPOSED_SHARE = 0.3
ONE_VOICE = 1.5
MOST_HOPS = 2
_LEVELS = (Level.EXEC, Level.DIRECTOR, Level.MANAGER, Level.USER)
LEVEL_WORDS = Spoken(
    {
        Level.EXEC: noted("executives"),
        Level.DIRECTOR: noted("directors"),
        Level.MANAGER: noted("managers"),
        Level.USER: noted("users"),
    }
)
UPPER = (Tier.HIGH, Tier.MEDIUM)


def metrics(seen: RelationMap, *, lost: Mapping[str, Departure] | None = None) -> MapMetrics:
    """Every figure of the map; `lost` are its departures where they were worked out before."""
    lost = departures(seen, between=False) if lost is None else lost
    return MapMetrics(
        (
            _threads(seen),
            _effective(seen),
            _roles(seen),
            _levels(seen),
            sentiment(seen),
            opposition(seen),
            _buyer_path(seen, web_of(seen)),
            _key_person(lost),
            alignment(seen),
            champion_loss(seen),
            newcomers(seen),
            headcount_figure(seen),
        )
    )


def named(cards: tuple[Card, ...], most: int = 4) -> str:
    """The names in a list, `A, B and 3 others` where they are many."""
    names = [c.name for c in cards]
    if len(names) > most:
        rest = ntr("{0} other", "{0} others", len(names) - most + 1)
        names = [*names[: most - 1], rest]
    return list_text(names)


def _threads(seen: RelationMap) -> Figure:
    found = tuple(c for c in theirs(seen) if is_thread(c))
    flag = Band.GOOD if len(found) >= 3 else (Band.WATCH if len(found) == 2 else Band.RISK)
    if not found:
        said = tr("Nobody is in contact with us.")
    elif len(found) == 1:
        said = tr("One thread: only {0} is in contact with us.").format(found[0].name)
    else:
        said = tr("In contact: {0}.").format(named(found))
        if len(found) == 2:
            said += " " + tr("Two threads are thin.")
    return Figure(
        Measure.THREADS, tr("Threads"), len(found), number_text(len(found)), flag, said,
        tuple(c.key for c in found),
    )  # fmt: skip


def _effective(seen: RelationMap) -> Figure:
    counted = sorted((c for c in theirs(seen) if c.contacts_90), key=lambda c: -c.contacts_90)
    title = tr("Effective contacts")
    if not counted:
        said = tr("No two-way contact with anybody named in the last 90 days.")
        return Figure(Measure.EFFECTIVE, title, None, tr("none"), Band.NONE, said)
    counts = [c.contacts_90 for c in counted]
    value = effective_contacts(counts)
    first, total = counted[0], sum(counts)
    if value < ONE_VOICE:
        said = tr("One person is the relationship: {0} of {1} contacts were with {2}.")
        said = said.format(first.contacts_90, total, first.name)
    else:
        people = count_text(len(counts), "person", "people")
        contacts, good = count_text(total, "contact"), number_text(value, 1)
        said = tr("{0} in 90 days, with {1}.").format(contacts, people)
        if good != number_text(len(counts), 1):
            said = tr("{0} in 90 days, with {1}; as good as {2} who talk equally.").format(
                contacts, people, good
            )
    flag = Band.RISK if value < ONE_VOICE else Band.GOOD
    return Figure(Measure.EFFECTIVE, title, value, number_text(value, 1), flag, said, (first.key,))


def _roles(seen: RelationMap) -> Figure:
    needed, covered = required_roles(seen.tier), covered_roles(seen)
    missing = [r for r in needed if r not in covered]
    doubted = [r for r in missing if r is Role.CHAMPION and any(c.unproven for c in theirs(seen))]
    nobody = [ROLE_WORDS[r] for r in missing if not holders(seen, r) and r not in doubted]
    quiet = [ROLE_WORDS[r] for r in missing if holders(seen, r)]
    parts = []
    if nobody:
        parts.append(tr("Nobody known: {0}.").format(list_text(nobody)))
    if quiet:
        parts.append(tr("Not in contact: {0}.").format(list_text(quiet)))
    if doubted:
        parts.append(tr("Champion without three fresh yeses."))
    said = " ".join(parts) or tr("Every role that the tier needs is held and in contact.")
    flag = Band.GOOD if not missing else (Band.RISK if nobody else Band.WATCH)
    shown = tr("{0} of {1}").format(len(covered), len(needed))
    keys = tuple(c.key for r in missing for c in holders(seen, r))
    return Figure(
        Measure.ROLES, tr("Roles covered"), len(covered) / len(needed), shown, flag, said, keys
    )


def _levels(seen: RelationMap) -> Figure:
    title, people = tr("Levels covered"), theirs(seen)
    unknown = [c for c in people if level_of(c) is Level.UNKNOWN]
    if len(unknown) == len(people):
        said = tr("Nobody’s level is known.")
        return Figure(Measure.LEVELS, title, None, tr("unknown"), Band.NONE, said)
    covered = [x for x in _LEVELS if any(level_of(c) is x and is_thread(c) for c in people)]
    missing = [LEVEL_WORDS[x] for x in _LEVELS if x not in covered]
    said = tr("Executives, directors, managers and users are in contact.")
    if missing:
        said = tr("No contact among {0}.").format(list_text(missing))
    if unknown:
        said += " " + ntr(
            "The level of {0} person is unknown.", "The level of {0} people is unknown.",
            len(unknown),
        )  # fmt: skip
    flag = Band.WATCH if missing else Band.GOOD
    if Level.EXEC not in covered and seen.tier in UPPER:
        flag = Band.RISK
    shown = tr("{0} of {1}").format(len(covered), len(_LEVELS))
    return Figure(Measure.LEVELS, title, len(covered) / len(_LEVELS), shown, flag, said)


def _moods(seen: RelationMap) -> list[tuple[Card, int, int | None]]:
    """Each of theirs whose influence is known, with it and their mood."""
    found = []
    for card in theirs(seen):
        weight = number_of(card.influence)
        if weight:
            found.append((card, weight, number_of(card.mood)))
    return found


def known_share(seen: RelationMap) -> float | None:
    """Share of the known influence whose mood is known, 0 to 1; None without any influence."""
    moods = _moods(seen)
    total = sum(w for _, w, _ in moods)
    return sum(w for _, w, mood in moods if mood is not None) / total if total else None


def sentiment(seen: RelationMap) -> Figure:
    """Mood weighted by influence, 0 to 100, and how much of it is known."""
    title, share = tr("Mood"), known_share(seen)
    known = [(w, mood) for _, w, mood in _moods(seen) if mood is not None]
    if share is None or not known:
        said = tr("Not mapped: of nobody both influence and mood are judged.")
        return Figure(Measure.SENTIMENT, title, None, tr("not mapped"), Band.WATCH, said)
    index = 50.0 + 25.0 * sum(w * m for w, m in known) / sum(w for w, _ in known)
    said = tr("Moods are known for {0} of the influence.").format(percent_text(share))
    if share < MAPPED_SHARE:
        said = tr("Not mapped: moods are known for only {0} of the influence.")
        said = said.format(percent_text(share))
        unknown = tuple(c.key for c, _, mood in _moods(seen) if mood is None)
        shown = tr("not mapped")
        return Figure(Measure.SENTIMENT, title, index, shown, Band.WATCH, said, unknown)
    flag = Band.GOOD if index >= 50 else Band.WATCH
    shown = tr("{0} of 100").format(number_text(round(index)))
    return Figure(Measure.SENTIMENT, title, index, shown, flag, said)


def opposition(seen: RelationMap) -> Figure:
    """Share of the influence that is against us."""
    title = tr("Opposition")
    known = [(c, w, mood) for c, w, mood in _moods(seen) if mood is not None]
    if not known:
        said = tr("Unknown: of nobody both influence and mood are judged.")
        return Figure(Measure.OPPOSITION, title, None, tr("unknown"), Band.NONE, said)
    against = tuple(c for c, _, mood in known if mood < 0)
    share = sum(w for _, w, mood in known if mood < 0) / sum(w for _, w, _ in known)
    said = tr("Nobody whose mood is known is against us.")
    if against:
        said = tr("Against us, with {0} of the influence: {1}.").format(
            percent_text(share), named(against)
        )
    flag = Band.RISK if share >= OPPOSED_SHARE else (Band.WATCH if against else Band.GOOD)
    keys = tuple(c.key for c in against)
    return Figure(Measure.OPPOSITION, title, share, percent_text(share), flag, said, keys)


def _buyer_path(seen: RelationMap, web: Web) -> Figure:
    title, way = tr("Path to the economic buyer"), web.way()
    if not web.buyers:
        said = tr("Neither an economic buyer nor a decision maker is known.")
        return Figure(Measure.BUYER_PATH, title, None, tr("nobody known"), Band.RISK, said)
    names = {o.key: tr("you") if o.is_you else o.name for o in seen.ours}
    names |= {c.key: c.name for c in seen.cards}
    if not way:
        cooled = fewest_hops(web.carrying, web.ours, web.buyers)
        goal = list_text([c.name for c in seen.cards if c.key in web.buyers])
        said = tr("No way through live ties and influence leads to {0}.").format(goal)
        if cooled:
            through = " → ".join(names[k] for k in cooled)
            said = tr("The way to {0} has cooled: {1}.").format(goal, through)
        return Figure(Measure.BUYER_PATH, title, None, tr("no way"), Band.RISK, said, cooled)
    hops = len(way) - 1
    flag = Band.RISK if hops > MOST_HOPS else Band.GOOD
    said = f"{' → '.join(names[k] for k in way)}."
    shown = ntr("{0} step", "{0} steps", hops)
    return Figure(Measure.BUYER_PATH, title, hops, shown, flag, begin(said), way)


def _key_person(lost: Mapping[str, Departure]) -> Figure:
    title, worst = (
        tr("If one person left"),
        next((d for d in lost.values() if not d.has_left), None),
    )
    if worst is None or not worst.costs:
        said = tr("Nobody’s leaving would cost more than the person.")
        known = Band.GOOD if worst is not None else Band.NONE
        return Figure(Measure.KEY_PERSON, title, None, tr("nobody"), known, said)
    flag = Band.WATCH if worst.stranded or len(worst.roles_lost) > 1 else Band.GOOD
    if worst.cuts_path or worst.stranded_share >= OPPOSED_SHARE:
        flag = Band.RISK
    keys = (worst.key, *worst.stranded)
    return Figure(Measure.KEY_PERSON, title, worst.loss, worst.name, flag, worst.sentence, keys)
