"""Figures about single people: executive pairs, lost champions, newcomers, our headcount (§5.4)."""

from collections.abc import Mapping
from datetime import date

from csplanner.domain.account import Tier
from csplanner.domain.coverage import ROLE_WORDS
from csplanner.domain.map_figures import Figure, Headcount, Measure
from csplanner.domain.map_model import Card, Line, LineKind, Meeting, RelationMap, Standing
from csplanner.domain.map_reach import is_senior, is_theirs, theirs
from csplanner.domain.person import Role, is_senior_person
from csplanner.domain.reading import Band
from csplanner.domain.wording import count_text, day_text, list_text, number_text
from csplanner.language import ntr, tr

PAIR_DAYS = 90
"""A planned pair is live up to so many days after the two last met."""
NEWCOMER_DAYS = 60
CROWD = 5
AHEAD = 2
"""So many more of ours than of theirs is still a conversation."""


def is_pair_live(line: Line, seen: RelationMap) -> bool:
    """Whether the two of a planned pair had two-way contact in the last 90 days."""
    return line.last is not None and 0 <= (seen.day - line.last).days <= PAIR_DAYS


def pairs(seen: RelationMap) -> tuple[Line, ...]:
    """Planned pairs with one of theirs who has not left."""
    by_key = seen.by_key()
    found = seen.of_kind(LineKind.PAIRED)
    return tuple(p for p in found if p.end in by_key and is_theirs(by_key[p.end]))


def alignment(seen: RelationMap) -> Figure:
    """Live planned pairs of all planned."""
    title, planned = tr("Executive alignment"), pairs(seen)
    if not planned:
        said = tr("No executive of ours is planned for one of theirs.")
        flag = Band.WATCH if seen.tier is Tier.HIGH else Band.NONE
        return Figure(Measure.ALIGNMENT, title, None, tr("none planned"), flag, said)
    names = {o.key: tr("you") if o.is_you else o.name for o in seen.ours}
    names |= {c.key: c.name for c in seen.cards}
    silent = [p for p in planned if not is_pair_live(p, seen)]
    live = len(planned) - len(silent)
    flag = Band.GOOD
    if not live or (silent and seen.tier is Tier.HIGH):
        flag = Band.RISK
    elif silent:
        flag = Band.WATCH
    said = tr("Every planned pair met in the last 90 days.")
    if silent:
        told = [_pair_text(p, names, seen) for p in silent]
        said = tr("Planned, and not met in 90 days: {0}.").format("; ".join(told))
    shown = tr("{0} of {1}").format(live, len(planned))
    keys = tuple(p.end for p in silent)
    return Figure(Measure.ALIGNMENT, title, live / len(planned), shown, flag, said, keys)


def _pair_text(pair: Line, names: Mapping[str, str], seen: RelationMap) -> str:
    ours, their = names.get(pair.start, tr("somebody")), names[pair.end]
    if pair.due is None or pair.due < seen.day:
        return tr("{0} and {1}").format(ours, their)
    return tr("{0} and {1} (to meet on {2})").format(ours, their, day_text(pair.due, seen.day))


def lost_holders(seen: RelationMap) -> tuple[tuple[Card, Role], ...]:
    """Champions and sponsors who left while nobody else is named for the role."""
    held = {s.role for c in theirs(seen) for s in c.seats}
    return tuple(
        (card, seat.role)
        for card in seen.cards
        if card.standing is Standing.LEFT
        for seat in card.seats
        if seat.role in (Role.CHAMPION, Role.SPONSOR) and seat.role not in held
    )


def days_gone(card: Card, seen: RelationMap) -> int | None:
    """Days since somebody left; None when the day is not known."""
    left = card.person.left_on if card.person is not None else None
    return None if left is None else (seen.day - left).days


def champion_loss(seen: RelationMap) -> Figure:
    """Days since a champion or sponsor left whose role nobody has taken over."""
    title, lost = tr("Champion or sponsor lost"), lost_holders(seen)
    if not lost:
        said = tr("No champion or sponsor left without a successor.")
        return Figure(Measure.CHAMPION_LOSS, title, None, tr("no"), Band.GOOD, said)
    told, known = [], []
    for card, role in lost:
        days = days_gone(card, seen)
        if days is not None:
            known.append(days)
        when = tr("on a day not known") if days is None else ago_text(days)
        told.append(tr("{0}, {1}, left {2}").format(card.name, ROLE_WORDS[role], when))
    said = tr("{0}; nobody has taken over.").format("; ".join(told))
    value = max(known, default=None)
    shown = tr("unknown") if value is None else count_text(value, "day")
    keys = tuple(card.key for card, _ in lost)
    return Figure(Measure.CHAMPION_LOSS, title, value, shown, Band.RISK, said, keys)


def ago_text(days: int) -> str:
    """`today`, `yesterday`, `16 days ago`."""
    if days <= 0:
        return tr("today")
    return tr("yesterday") if days == 1 else ntr("{0} day ago", "{0} days ago", days)


def came_on(card: Card) -> date | None:
    """The day somebody joined or took the newest of their seats; None when neither is known."""
    joined = card.person.joined_on if card.person is not None else None
    return max((d for d in (joined, *(s.since for s in card.seats)) if d is not None), default=None)


def new_seniors(seen: RelationMap) -> tuple[Card, ...]:
    """Executives, directors and who decides, come in the last 60 days and never met by us.

    The same people as the finding of the account tells (`domain.signals_departures`).
    """
    found = []
    for card in theirs(seen):
        came = came_on(card)
        fresh = came is not None and 0 <= (seen.day - came).days <= NEWCOMER_DAYS
        senior = is_senior(card) or (card.person is not None and is_senior_person(card.person))
        if fresh and senior and card.last_contact is None:
            found.append(card)
    return tuple(found)


def newcomers(seen: RelationMap) -> Figure:
    """How many new seniors nobody of ours has met."""
    title, found = tr("New and not met"), new_seniors(seen)
    if not found:
        said = tr("Nobody senior came in the last 60 days without a meeting.")
        return Figure(Measure.NEWCOMERS, title, 0, number_text(0), Band.GOOD, said)
    told = []
    for card in found:
        came = came_on(card)
        day = day_text(came, seen.day) if came is not None else ""
        told.append(tr("{0}, since {1}").format(card.name, day))
    said = tr("Met by nobody of ours yet: {0}.").format(list_text(told))
    keys = tuple(c.key for c in found)
    shown = number_text(len(found))
    return Figure(Measure.NEWCOMERS, title, len(found), shown, Band.WATCH, said, keys)


def headcount(seen: RelationMap) -> Headcount:
    """How many of ours met how many of theirs in the last 90 days, and where we were too many."""
    crowded = tuple(m for m in seen.meetings if is_crowded(m))
    count = len(seen.meetings)
    if not count:
        return Headcount((), (), None, None, tr("No meeting in the last 90 days names who came."))
    ours = sum(m.ours for m in seen.meetings) / count
    their = sum(m.theirs for m in seen.meetings) / count
    said = tr("On average {0} of ours met {1} of theirs, in {2}.").format(
        number_text(ours, 1), number_text(their, 1), count_text(count, "meeting")
    )
    if crowded:
        worst = max(crowded, key=lambda m: (m.ours - m.theirs, m.on))
        said = tr("{0} of ours met {1} of theirs on {2}: too many of us.").format(
            worst.ours, worst.theirs, day_text(worst.on, seen.day)
        )
    return Headcount(seen.meetings, crowded, ours, their, said)


def is_crowded(meeting: Meeting) -> bool:
    """Whether we were five or more, or more than two above those of theirs who are named."""
    if meeting.ours >= CROWD:
        return True
    return meeting.theirs > 0 and meeting.ours > meeting.theirs + AHEAD


def headcount_figure(seen: RelationMap) -> Figure:
    """The headcount as one figure."""
    title, count = tr("Our headcount"), headcount(seen)
    if count.ours is None or count.theirs is None:
        shown = tr("unknown")
        return Figure(Measure.HEADCOUNT, title, None, shown, Band.NONE, count.sentence)
    flag = Band.WATCH if count.crowded else Band.GOOD
    shown = tr("{0} to {1}").format(number_text(count.ours, 1), number_text(count.theirs, 1))
    return Figure(Measure.HEADCOUNT, title, count.ours, shown, flag, count.sentence)
