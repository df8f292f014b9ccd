"""Meetings of a calendar file as touches and tasks: proposed, looked at, then kept in one step.

People are known by their mail addresses, accounts by those people or by the domain of a guest.
Whoever asked and was asked is not kept: only people the book has already.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path

from csplanner.book.book import Book
from csplanner.book.outside import Named
from csplanner.crm.calendar_erased import Erased
from csplanner.crm.calendar_file import Span, read_calendar
from csplanner.crm.calendar_match import KIND, SOURCE, Matcher, Proposal, What, as_task, key_of
from csplanner.domain.account import AccountId
from csplanner.domain.task import Task, TaskKind
from csplanner.domain.touch import TWO_WAY, Touch
from csplanner.domain.wording import count_text
from csplanner.errors import UserError
from csplanner.language import tr

__all__ = ["CalendarKept", "CalendarReview", "Proposal", "What", "keep", "review"]

PAST_DAYS, AHEAD_DAYS = 92, 92
"""How far back and ahead a file is looked at unless somebody says otherwise."""
_MANY = 50


@dataclass(frozen=True, slots=True)
class CalendarReview:
    """Everything a file proposes, by day, and what was left out of it."""

    file: str
    proposals: tuple[Proposal, ...]
    inside: int = 0
    """Meetings with nobody from outside in them, such as private ones: left out."""
    unreadable: int = 0
    zones: tuple[str, ...] = ()
    """Time zones nobody knows; their times were taken as local."""
    counts: Mapping[What, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CalendarKept:
    """How many rows came and went."""

    touches: int = 0
    tasks: int = 0
    moved: int = 0
    removed: int = 0


def review(
    book: Book,
    path: Path,
    *,
    since: date | None = None,
    until: date | None = None,
    now: datetime | None = None,
    zone: tzinfo | None = None,
) -> CalendarReview:
    """What the meetings of a file would become; changes nothing.

    Days from `since` up to `until` (92 either way unless given) are looked at. A meeting of today
    is over once it has ended, by `now`. Raises UserError when the file cannot be used.
    """
    today = book.today
    first = since or today - timedelta(days=PAST_DAYS)
    last = until or today + timedelta(days=AHEAD_DAYS)
    if first > last:
        raise UserError(tr("The first day is after the last. Turn them round."))
    found = read_calendar(path, Span(first, last, zone))
    moment = now or datetime.now().astimezone(zone)
    matcher = Matcher(book, found.meetings, moment)
    keys = {key_of(m): m for m in found.meetings if matcher.outsiders(m)}
    known = book.outside.find(SOURCE, KIND, list(keys))
    proposals = (matcher.proposal(key, m, known.get(key)) for key, m in keys.items())
    there = tuple(p for p in proposals if p is not None)
    return CalendarReview(
        path.name, there, len(found.meetings) - len(keys), found.unreadable, found.zones,
        Counter(p.what for p in there),
    )  # fmt: skip


def keep(
    book: Book,
    found: CalendarReview,
    *,
    chosen: Collection[str] | None = None,
    accounts: Mapping[str, str] | None = None,
) -> CalendarKept:
    """Keep the proposals with the `chosen` keys, all when None, in one change that can be undone.

    `accounts` says by key of which account an unmatched meeting is; without that it is passed
    over.
    """
    said = accounts or {}
    erased = Erased(book)
    wanted = [
        _decided(p, said, erased) for p in found.proposals if chosen is None or p.key in chosen
    ]
    wanted = [p for p in wanted if p.does_something]
    label = tr("Read {0} from {1}").format(count_text(len(wanted), "meeting"), found.file)
    keeper = _Keeper(book)
    if wanted:
        with book.change(label, many=len(wanted) > _MANY):
            for proposal in wanted:
                keeper.keep(proposal)
    counts = keeper.counts
    return CalendarKept(
        counts[What.TOUCH], counts[What.TASK], counts[What.MOVED], counts[What.CANCELLED]
    )


def _decided(proposal: Proposal, accounts: Mapping[str, str], erased: Erased) -> Proposal:
    """An unmatched meeting with its account, if somebody said which."""
    account_id = accounts.get(proposal.key)
    if proposal.what is not What.UNMATCHED or account_id is None:
        return proposal
    what = What.TOUCH if proposal.is_over else What.TASK
    meeting = erased.without(proposal.meeting, [account_id])
    return replace(proposal, what=what, account_id=account_id, meeting=meeting)


class _Keeper:
    """Writes proposals inside an open change."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.counts: Counter[What] = Counter()

    def keep(self, proposal: Proposal) -> None:
        """Make of a meeting what is proposed."""
        known, book = proposal.known_as, self._book
        if proposal.what is What.TOUCH:
            self._keep_touch(proposal)
        elif proposal.what is What.TASK:
            self._keep_task(proposal)
        elif known is not None and proposal.what is What.CANCELLED:
            book.tasks.remove(known.row_id)
        elif known is not None:
            title, due, at, minutes = as_task(proposal.meeting)
            book.tasks.update(known.row_id, title=title, due=due, at=at, minutes=minutes)
        self.counts[proposal.what] += 1

    def _keep_touch(self, proposal: Proposal) -> None:
        meeting, book, channel = proposal.meeting, self._book, proposal.channel
        account = AccountId(str(proposal.account_id))
        touch = book.touches.add(
            Touch(
                "", account, meeting.on, channel, meeting.title, minutes=meeting.minutes,
                two_way=channel in TWO_WAY, person_ids=self._people(proposal),
            )
        )  # fmt: skip
        if proposal.known_as is not None:
            book.tasks.done(proposal.known_as.row_id, on=meeting.on, touch_id=touch.id)
        book.outside.set(SOURCE, KIND, proposal.key, Named("touch", touch.id))

    def _keep_task(self, proposal: Proposal) -> None:
        title, due, at, minutes = as_task(proposal.meeting)
        people = self._people(proposal)
        task = self._book.tasks.add(
            Task(
                "", AccountId(str(proposal.account_id)), title, TaskKind.MEETING, due, at, minutes,
                person_id=people[0] if people else None,
            )
        )  # fmt: skip
        self._book.outside.set(SOURCE, KIND, proposal.key, Named("task", task.id))

    def _people(self, proposal: Proposal) -> tuple[str, ...]:
        """Those of the guests who are of the account."""
        there = {p.id for p in self._book.people.of(str(proposal.account_id))}
        return tuple(p for p in proposal.person_ids if p in there)
