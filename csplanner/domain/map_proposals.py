"""What a map could take over by itself: who left a seat, who came, whose title changed.

Nothing of it is done before you say so, and what you answered is not proposed again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from csplanner.domain.coverage import ROLE_WORDS
from csplanner.domain.map_heirs import MOST, heirs
from csplanner.domain.map_record import MapAnswer
from csplanner.domain.news import News, NewsKind
from csplanner.domain.person import (
    REQUIRED_ROLES,
    Person,
    PersonStatus,
    Role,
    Seat,
    is_gone,
)
from csplanner.domain.wording import day_text
from csplanner.language import tr

NEWS_DAYS = 90
"""So long a change that a snapshot brought is proposed."""


class ProposalKind(StrEnum):
    """What happened."""

    LEFT = "left"
    """Somebody who is gone still has a seat."""
    VANISHED = "vanished"
    """The newest full snapshot does not hold somebody who has a seat."""
    TITLE = "title"
    """A snapshot brought another title for somebody who has a role."""
    JOINED = "joined"
    """A snapshot brought somebody who is not on the map."""


class Answer(StrEnum):
    """What a choice does."""

    KEEP_OPEN = "keep_open"
    """The seat stays open and remembers whom it misses."""
    CLOSE = "close"
    """The seat goes, as a role that the account does not need."""
    GIVE = "give"
    """The person of the choice takes the seat of the proposal."""
    FILL = "fill"
    """The person of the proposal takes the seat of the choice."""
    MARK_LEFT = "mark_left"
    STILL_THERE = "still_there"
    STEP_DOWN = "step_down"
    """The seat stays open; who held it stays on the map without a role."""
    ADD = "add"
    """The person comes onto the map without a role."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to answer; `key` names it among the choices of its proposal."""

    answer: Answer
    words: str
    person_id: str = ""
    seat_id: str = ""

    @property
    def key(self) -> str:
        """The same choice, across two readings."""
        return "|".join(filter(None, (self.answer.value, self.person_id, self.seat_id)))


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change of the map, in words, and the ways to answer it; leaving it as it is comes on top.

    `key` stays the same until something new happens, and holds no name.
    """

    key: str
    kind: ProposalKind
    person_id: str
    name: str
    on: date
    headline: str
    choices: tuple[Choice, ...]
    seat_id: str = ""

    @property
    def card(self) -> str:
        """The key of the card it is about."""
        return f"p:{self.person_id}"

    def choice(self, key: str) -> Choice:
        """The choice of that key; raises StopIteration where there is none."""
        return next(c for c in self.choices if c.key == key)


@dataclass(frozen=True, slots=True)
class Happened:
    """What proposals are made of: the customer's people, seats, news of people, answers."""

    people: tuple[Person, ...]
    seats: tuple[Seat, ...]
    news: tuple[News, ...]
    answers: tuple[MapAnswer, ...]
    day: date
    accounts: Mapping[str, str] = field(default_factory=dict)
    """Names of the accounts that somebody went to or came from, by id."""
    standing: frozenset[str] = frozenset()
    """The people who stand on the map of everybody, with a seat or without."""

    def other(self, line: News | None) -> str:
        """The account somebody went to or came from; empty where they did not move."""
        return self.accounts.get(line.text("other"), "") if line is not None else ""


def proposals(happened: Happened) -> tuple[Proposal, ...]:
    """What is proposed on the day, the gravest kinds first, of one kind the newest first."""
    answered = {a.proposal for a in happened.answers}
    theirs = {p.id: p for p in happened.people if p.is_theirs}
    news = _newest(happened)
    found = [
        *_left(happened, theirs, news),
        *_vanished(happened, theirs, news),
        *_titles(happened, theirs, news),
        *_joined(happened, theirs, news),
    ]
    kinds = list(ProposalKind)
    found.sort(key=lambda p: (kinds.index(p.kind), -p.on.toordinal(), p.name, p.key))
    return tuple(p for p in found if p.key not in answered)


def _newest(happened: Happened) -> dict[tuple[NewsKind, str], News]:
    """The newest line of each kind about each person, from the last 90 days."""
    found: dict[tuple[NewsKind, str], News] = {}
    for line in sorted(happened.news, key=lambda n: n.on):
        if line.object == "person" and 0 <= (happened.day - line.on).days <= NEWS_DAYS:
            found[line.kind, line.row_id] = line
    return found


def _seat_words(seat: Seat) -> str:
    return seat.title or ROLE_WORDS[seat.role]


def _left(
    happened: Happened, theirs: dict[str, Person], news: dict[tuple[NewsKind, str], News]
) -> Iterator[Proposal]:
    for seat in happened.seats:
        person = theirs.get(seat.person_id or "")
        if person is None or not is_gone(person, happened.day):
            continue
        line = news.get((NewsKind.LEFT, person.id))
        on = person.left_on or (line.on if line else happened.day)
        yield Proposal(
            _key("left", seat.id, person.id),
            ProposalKind.LEFT,
            person.id,
            person.name,
            on,
            _left_words(person, line, happened),
            (
                *_left_choices(seat),
                *(
                    Choice(Answer.GIVE, tr("Give it to {0}").format(h.name), h.id, seat.id)
                    for h in heirs(person, theirs.values(), happened.day)
                ),
            ),
            seat.id,
        )


def _key(*parts: str) -> str:
    """What a proposal is known by; an answer keeps it."""
    return "|".join(parts)


def _left_choices(seat: Seat) -> Iterator[Choice]:
    words = _seat_words(seat)
    yield Choice(Answer.KEEP_OPEN, tr("Keep the seat open: {0}").format(words), seat_id=seat.id)
    if seat.role not in REQUIRED_ROLES and seat.role is not Role.BUYER:
        yield Choice(Answer.CLOSE, tr("Take the seat off the map"), seat_id=seat.id)


def _left_words(person: Person, line: News | None, happened: Happened) -> str:
    day = happened.day
    if line is not None and happened.other(line):
        words = tr("Snapshot of {0}: {1} moved to {2}.")
        return words.format(day_text(line.on, day), person.name, happened.other(line))
    if line is not None:
        when = day_text(line.on, day)
        return tr("Snapshot of {0}: {1} left.").format(when, person.name)
    if person.left_on is None:
        return tr("{0} left.").format(person.name)
    return tr("{0} left on {1}.").format(person.name, day_text(person.left_on, day))


def _vanished(
    happened: Happened, theirs: dict[str, Person], news: dict[tuple[NewsKind, str], News]
) -> Iterator[Proposal]:
    seated = {s.person_id for s in happened.seats}
    for (kind, person_id), line in news.items():
        person = theirs.get(person_id)
        if kind is not NewsKind.VANISHED or person is None or person_id not in seated:
            continue
        if person.status is not PersonStatus.UNVERIFIED:
            continue
        yield Proposal(
            _key("vanished", person_id, line.on.isoformat()),
            ProposalKind.VANISHED,
            person_id,
            person.name,
            line.on,
            tr("Snapshot of {0}: {1} is no longer in it.").format(
                day_text(line.on, happened.day), person.name
            ),
            (
                Choice(Answer.MARK_LEFT, tr("{0} has left").format(person.name)),
                Choice(Answer.STILL_THERE, tr("{0} is still there").format(person.name)),
            ),
        )


def _titles(
    happened: Happened, theirs: dict[str, Person], news: dict[tuple[NewsKind, str], News]
) -> Iterator[Proposal]:
    for seat in happened.seats:
        person = theirs.get(seat.person_id or "")
        if person is None or seat.role is Role.MEMBER or is_gone(person, happened.day):
            continue
        line = news.get((NewsKind.TITLE, person.id))
        if (
            line is None
            or not line.text("was")
            or (seat.since is not None and seat.since > line.on)
        ):
            continue
        yield Proposal(
            _key("title", seat.id, person.id, line.on.isoformat()),
            ProposalKind.TITLE,
            person.id,
            person.name,
            line.on,
            tr("Snapshot of {0}: {1} is {2} now, no longer {3}.").format(
                day_text(line.on, happened.day), person.name, line.text("becomes"),
                line.text("was"),
            ),
            (
                Choice(
                    Answer.STEP_DOWN,
                    tr("Keep the seat open: {0}").format(_seat_words(seat)),
                    seat_id=seat.id,
                ),
            ),
            seat.id,
        )  # fmt: skip


def _joined(
    happened: Happened, theirs: dict[str, Person], news: dict[tuple[NewsKind, str], News]
) -> Iterator[Proposal]:
    seated = {s.person_id for s in happened.seats}
    open_seats = [s for s in happened.seats if _is_open(s, theirs, happened.day)]
    for (kind, person_id), line in news.items():
        person = theirs.get(person_id)
        if kind is not NewsKind.JOINED or person is None or person_id in seated:
            continue
        if is_gone(person, happened.day):
            continue
        came = happened.other(line)
        words = (
            tr("Snapshot of {0}: {1} is new, from {2}.")
            if came
            else tr("Snapshot of {0}: {1} is new.")
        )
        named = f"{person.name}, {person.title}" if person.title else person.name
        choices = tuple(_joined_choices(person, open_seats, stands=person_id in happened.standing))
        if not choices:
            continue
        yield Proposal(
            _key("joined", person_id),
            ProposalKind.JOINED,
            person_id,
            person.name,
            line.on,
            words.format(day_text(line.on, happened.day), named, came),
            choices,
        )


def _joined_choices(person: Person, open_seats: list[Seat], *, stands: bool) -> Iterator[Choice]:
    """What somebody new can become; who `stands` on the map already is not put there."""
    if not stands:
        yield Choice(Answer.ADD, tr("Put {0} on the map").format(person.name))
    for seat in open_seats[:MOST]:
        words = tr("{0} is the {1}").format(person.name, _seat_words(seat))
        yield Choice(Answer.FILL, words, seat_id=seat.id)


def _is_open(seat: Seat, theirs: dict[str, Person], day: date) -> bool:
    person = theirs.get(seat.person_id or "")
    return seat.person_id is None or (person is not None and is_gone(person, day))
