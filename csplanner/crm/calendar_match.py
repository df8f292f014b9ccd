"""Whom a meeting of a calendar file was with, and what becomes of it in the book."""

from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from csplanner.book.book import Book
from csplanner.book.ids import derived_id
from csplanner.book.outside import Named
from csplanner.crm.calendar_erased import Erased
from csplanner.crm.calendar_file import Meeting
from csplanner.domain.line_channels import ANYWHERE, CHANNELS
from csplanner.domain.line_words import plain_words
from csplanner.domain.person import Person, Side
from csplanner.domain.task import Task
from csplanner.domain.touch import TWO_WAY, Channel

SOURCE, KIND = "calendar", "meeting"
"""By which source and kind the book knows meetings again."""
_FREE_MAIL = frozenset(
    {"gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com",
     "icloud.com", "me.com", "aol.com", "gmx.de", "gmx.net", "web.de", "t-online.de",
     "proton.me", "protonmail.com"}
)  # fmt: skip


class What(StrEnum):
    """What is to become of a meeting."""

    TOUCH = "touch"
    """It is over: a touch, which ends the task it was."""
    TASK = "task"
    """It lies ahead: a task."""
    MOVED = "moved"
    """It lies ahead and is a task already, which is brought up to date."""
    CANCELLED = "cancelled"
    """It was a task and was cancelled: the task goes."""
    NOTHING = "nothing"
    """It is in the book as it is."""
    UNMATCHED = "unmatched"
    """Nobody in it is of an account, or they are of several: say which."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One meeting and what it would become; `key` names it in `keep`."""

    key: str
    meeting: Meeting
    what: What
    account_id: str | None = None
    account: str = ""
    person_ids: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    """Their names."""
    channel: Channel = Channel.MEETING
    may_be: tuple[str, ...] = ()
    """The accounts it may be of, where those are several."""
    strangers: tuple[str, ...] = ()
    """Mail addresses of guests the book does not know."""
    is_over: bool = False
    known_as: Named | None = None

    @property
    def does_something(self) -> bool:
        """Whether keeping it changes the book as it stands."""
        return self.what not in (What.NOTHING, What.UNMATCHED)


def key_of(meeting: Meeting) -> str:
    """The name of a meeting in the book: no address stands in it, as one may in its UID."""
    return derived_id(SOURCE, meeting.uid, meeting.run)


class Matcher:
    """Finds whom a meeting was with, and what becomes of it."""

    def __init__(self, book: Book, meetings: Sequence[Meeting], now: datetime) -> None:
        self._today = book.today
        self._now = f"{now:%H:%M}" if now.date() == book.today else "24:00"
        self._accounts = {str(a.id): a for a in book.accounts.all()}
        self._erased = Erased(book)
        self._people: dict[str, list[Person]] = defaultdict(list)
        self._ours: set[str] = set()
        for person in book.people.all():
            email = person.email.strip().casefold()
            if email and person.side is Side.OURS:
                self._ours.add(email)
            elif email and person.account_id in self._accounts:
                self._people[email].append(person)
        self._domains: dict[str, list[str]] = defaultdict(list)
        for account in self._accounts.values():
            if account.domain:
                self._domains[account.domain.casefold().removeprefix("www.")].append(account.id)
        self._tasks = {task.id: task for task in book.tasks.all()}
        theirs = {e for e in _guests(meetings) if e in self._people or self._account_of(e)}
        self._ours |= _owners(meetings, theirs - self._ours)
        domains = {email.partition("@")[2] for email in self._ours} - _FREE_MAIL
        self._home = {d for d in domains if not self._accounts_at(d)}

    def _accounts_at(self, domain: str) -> list[str]:
        """The accounts of a domain, or of the one it is a part of."""
        while "." in domain:
            if domain in self._domains:
                return self._domains[domain]
            domain = domain.partition(".")[2]
        return []

    def _account_of(self, email: str) -> list[str]:
        """The accounts of the domain of an address, unless everybody may have one there."""
        domain = email.partition("@")[2]
        return [] if domain in _FREE_MAIL else self._accounts_at(domain)

    def outsiders(self, meeting: Meeting) -> list[str]:
        """The mail addresses of the guests who are none of us."""
        return [
            g.email
            for g in meeting.guests
            if g.email not in self._ours and g.email.partition("@")[2] not in self._home
        ]

    def proposal(self, key: str, meeting: Meeting, known: Named | None) -> Proposal | None:
        """What a meeting would become; None for one that was cancelled and never kept."""
        guests = self.outsiders(meeting)
        people = [p for email in guests for p in self._people.get(email, ())]
        accounts = dict.fromkeys(str(p.account_id) for p in people) or dict.fromkeys(
            a for email in guests for a in self._account_of(email)
        )
        task = None if known is None else self._tasks.get(known.row_id)
        account = None if task is None else task.account_id
        meeting = self._erased.without(meeting, {*accounts, *([account] if account else [])})
        what = self._what(meeting, known, task)
        if what is None:
            return None
        account_id = next(iter(accounts)) if len(accounts) == 1 else None
        if task is not None and task.account_id is not None:
            account_id = str(task.account_id)
        if what in (What.TOUCH, What.TASK) and account_id is None:
            what = What.UNMATCHED
        mine = [p for p in people if account_id in (None, p.account_id)]
        return Proposal(
            key, meeting, what, account_id,
            self._accounts[account_id].name if account_id in self._accounts else "",
            tuple(p.id for p in mine), tuple(p.name for p in mine), _channel(meeting.title),
            tuple(accounts) if account_id is None else (),
            tuple(e for e in guests if e not in self._people and not self._erased.known_by(e)),
            self._is_over(meeting), known,
        )  # fmt: skip

    def _what(self, meeting: Meeting, known: Named | None, task: Task | None) -> What | None:
        if known is None:
            if meeting.is_cancelled:
                return None
            return What.TOUCH if self._is_over(meeting) else What.TASK
        if task is None or not task.is_open:
            return What.NOTHING
        if meeting.is_cancelled:
            return What.CANCELLED
        if self._is_over(meeting):
            return What.TOUCH
        is_same = as_task(meeting) == (task.title, task.due, task.at, task.minutes)
        return What.NOTHING if is_same else What.MOVED

    def _is_over(self, meeting: Meeting) -> bool:
        if meeting.on != self._today:
            return meeting.on < self._today
        if not meeting.at:
            return self._now == "24:00"
        hours, minutes = map(int, meeting.at.split(":"))
        hours, minutes = divmod(60 * hours + minutes + (meeting.minutes or 0), 60)
        return f"{hours:02}:{minutes:02}" <= self._now


def _guests(meetings: Sequence[Meeting]) -> set[str]:
    """The mail addresses of everybody in the file."""
    return {g.email for m in meetings for g in m.guests}


def _owners(meetings: Sequence[Meeting], theirs: Set[str]) -> set[str]:
    """Whose calendar it is: who is in at least half of the meetings, and oftener than others.

    A series counts once. Nobody of a customer owns it, nor does one who stands alone in every
    meeting; where people of several domains are in as often, nobody can tell.
    """
    asked = {m.uid: {g.email for g in m.guests} for m in meetings if len(m.guests) > 1}
    counts = Counter(email for guests in asked.values() for email in guests - theirs)
    most = max(counts.values(), default=0)
    often = {email for email, count in counts.items() if count == most}
    domains = {email.partition("@")[2] for email in often}
    return often if most > 1 and 2 * most >= len(asked) and len(domains) == 1 else set()


def as_task(meeting: Meeting) -> tuple[str, date, str, int | None]:
    """Title, day, time and length of the task that a meeting is."""
    return meeting.title, meeting.on, meeting.at, meeting.minutes


def _channel(title: str) -> Channel:
    """How a meeting was held, as far as its title says."""
    said = (CHANNELS[word] for word in plain_words(title) if word in ANYWHERE)
    return next((c for c in said if c in TWO_WAY), Channel.MEETING)
