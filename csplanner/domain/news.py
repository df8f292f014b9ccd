"""News: what a snapshot brought that a person wants to hear of, and how much each line matters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from csplanner.domain.account import AccountId
from csplanner.domain.money import Money

Fact = str | int | None
MOST_OF_A_KIND = 1_000
"""So many lines of one kind are kept one by one; of the rest the number."""


class NewsKind(StrEnum):
    """What a line tells of; the value is what the book keeps."""

    SUMMARY = "summary"
    LEFT = "left"
    LEAVING = "leaving"
    VANISHED = "vanished"
    BACK = "back"
    JOINED = "joined"
    TOOK_ROLE = "took_role"
    TITLE = "title"
    NOTICE_GIVEN = "notice_given"
    OPTED_OUT = "opted_out"
    RENEWED = "renewed"
    RENEWAL_MOVED = "renewal_moved"
    NOTICE_MOVED = "notice_moved"
    TERM_NEW = "term_new"
    EXIT = "exit"
    ARR = "arr"
    TERM_ARR = "term_arr"
    LINE_ARR = "line_arr"
    SEATS = "seats"
    DEAL_NEW = "deal_new"
    WON = "won"
    LOST = "lost"
    REOPENED = "reopened"
    STAGE = "stage"
    CLOSE_MOVED = "close_moved"
    AMOUNT = "amount"
    OWNER = "owner"
    ACCOUNT_NEW = "account_new"
    MISSING = "missing"
    FOUND = "found"
    ARCHIVED = "archived"
    RENAMED = "renamed"
    MERGED = "merged"
    GONE = "gone"
    CASE_URGENT = "case_urgent"
    ESCALATED = "escalated"
    CASE_REOPENED = "case_reopened"
    CASE_CLOSED = "case_closed"
    CASE_NEW = "case_new"
    MEASURE = "measure"
    FIGURES = "figures"
    TOUCHES = "touches"
    DETAILS = "details"


@dataclass(frozen=True, slots=True)
class News:
    """One line of the digest of a snapshot.

    `facts` hold values only (`was`, `becomes`, `times`, `role`, `n`, …), never what a person or a
    record is called: that is looked up by `object` and `row_id`, so that nothing of somebody who
    was erased stays. `account_id` is None for what is told of the whole book; then `facts["n"]`
    says of how many records. `weight` is 0 or more: the most telling line has the most.
    """

    id: str
    snapshot_id: str
    account_id: AccountId | None
    on: date
    kind: NewsKind
    weight: int
    facts: Mapping[str, Fact] = field(default_factory=dict)
    object: str = ""
    row_id: str = ""

    @property
    def is_gathered(self) -> bool:
        """Whether it tells of many records at once."""
        return self.account_id is None

    def number(self, name: str) -> int:
        """A whole number of the facts, 0 where there is none."""
        found = self.facts.get(name)
        return found if isinstance(found, int) else 0

    def text(self, name: str) -> str:
        """A text of the facts, empty where there is none."""
        found = self.facts.get(name)
        return "" if found is None else str(found)

    def day(self, name: str) -> date | None:
        """A day of the facts; None where there is none or it cannot be read."""
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            return None

    def amount(self, name: str) -> Money | None:
        """An amount of the facts, written `1200000 EUR`."""
        minor, _, currency = self.text(name).partition(" ")
        if not currency or not minor.removeprefix("-").isdecimal():
            return None
        return Money(int(minor), currency)

    @property
    def change(self) -> int:
        """By how much a number, an amount or a day (in days) grew; 0 where that is not known."""
        was, becomes = self.amount("was"), self.amount("becomes")
        if was is not None and becomes is not None:
            return becomes.minor - was.minor if was.currency == becomes.currency else 0
        before, after = self.day("was"), self.day("becomes")
        if before is not None and after is not None:
            return (after - before).days
        if isinstance(self.facts.get("was"), int) and isinstance(self.facts.get("becomes"), int):
            return self.number("becomes") - self.number("was")
        return 0


@dataclass(frozen=True, slots=True)
class Told:
    """A line with what is needed to say it: the names as they are now, the ARR, the source."""

    news: News
    account: str = ""
    subject: str = ""
    """What the record is called; empty where it is no longer in the book."""
    arr: Money | None = None
    source: str = ""
    other: str = ""
    """The account somebody went to or came from; empty where they did not move."""


SMALL = frozenset(
    {
        NewsKind.TITLE, NewsKind.CASE_NEW, NewsKind.CASE_CLOSED, NewsKind.RENAMED,
        NewsKind.FIGURES, NewsKind.TOUCHES, NewsKind.DETAILS,
    }
)  # fmt: skip
"""Kinds told one by one only where there are few of them."""
PERSONAL = frozenset(
    {
        NewsKind.LEFT, NewsKind.LEAVING, NewsKind.VANISHED, NewsKind.BACK, NewsKind.JOINED,
        NewsKind.TOOK_ROLE,
    }
)  # fmt: skip
"""Kinds about a person, whose name and account stand in the sentence."""
HEARD = frozenset(
    {
        NewsKind.ARR, NewsKind.SEATS, NewsKind.AMOUNT, NewsKind.RENEWAL_MOVED,
        NewsKind.CLOSE_MOVED, NewsKind.OWNER, NewsKind.VANISHED, NewsKind.JOINED,
    }
)  # fmt: skip
"""Kinds the judgement of an account reads: changes over time that its records do not show."""
MONEY = (NewsKind.ARR, NewsKind.AMOUNT, NewsKind.LINE_ARR, NewsKind.TERM_ARR)
_ALWAYS = frozenset({NewsKind.SUMMARY, NewsKind.FIGURES, NewsKind.TOUCHES, NewsKind.DETAILS})
"""Kinds that are only ever told of the book as a whole."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the digest shows on one line: a single one, or `rest` gathered under their kind."""

    kind: NewsKind
    one: Told | None = None
    rest: tuple[Told, ...] = ()
    more: int = 0
    """Records of which only the number is kept."""

    @property
    def count(self) -> int:
        """How many records it tells of."""
        return 1 if self.one is not None else len(self.rest) + self.more


SHOWN, FEW, ALONE = 6, 2, 24
"""Lines of a kind that stand alone: of what matters, and of small things; and lines in all."""


def ranked(told: Iterable[Told]) -> list[Told]:
    """The lines, what matters most first; of the same weight by account and kind."""
    return sorted(
        told, key=lambda t: (-t.news.weight, t.account.casefold(), t.news.kind.value, t.news.id)
    )


def digest(told: Iterable[Told], shown: int = SHOWN, most: int = ALONE) -> list[Entry]:
    """The lines as they are read in one minute: the heaviest alone, at most `shown` of a kind and
    `most` in all or few more, ranked; then per kind what is left, gathered.
    """
    by_kind: dict[NewsKind, list[Told]] = {}
    more: dict[NewsKind, int] = {}
    singles: list[Told] = []
    for line in ranked(told):
        kind = line.news.kind
        if kind in _ALWAYS:
            singles.append(line)
        elif line.news.is_gathered:
            more[kind] = more.get(kind, 0) + line.news.number("n")
        else:
            by_kind.setdefault(kind, []).append(line)
    rest: dict[NewsKind, list[Told]] = {}
    for kind, lines in by_kind.items():
        alone = _alone(kind, len(lines) + more.get(kind, 0), shown)
        singles += lines[:alone]
        rest[kind] = lines[alone:]
    heavy = ranked(t for t in singles if t.news.kind not in _ALWAYS)
    for line in heavy[most:]:
        rest[line.news.kind].append(line)
    # One alone is said as it is.
    lonely = [k for k, lines in rest.items() if len(lines) == 1 and not more.get(k)]
    heavy = ranked([*heavy[:most], *(line for kind in lonely for line in rest.pop(kind))])
    gathered = [
        Entry(kind, None, tuple(ranked(rest.get(kind, ()))), more.get(kind, 0))
        for kind in {**rest, **more}
        if rest.get(kind) or more.get(kind)
    ]
    gathered.sort(key=lambda e: -max((t.news.weight for t in e.rest), default=0))
    whole = [t for t in ranked(singles) if t.news.kind in _ALWAYS]
    first = [t for t in whole if t.news.kind is NewsKind.SUMMARY]
    last = [t for t in whole if t.news.kind is not NewsKind.SUMMARY]
    return [
        *(Entry(t.news.kind, t) for t in (*first, *heavy)),
        *gathered,
        *(Entry(t.news.kind, t) for t in last),
    ]


def _alone(kind: NewsKind, count: int, shown: int) -> int:
    """How many of a kind stand alone; one more never is gathered by itself."""
    if kind in SMALL:
        return count if count <= FEW else 0
    return count if count <= shown + 1 else shown


_WHOLE = {NewsKind.ACCOUNT_NEW: 1, NewsKind.ARCHIVED: -1, NewsKind.MERGED: -1}
"""Accounts that come to the book or leave it with all their ARR."""


def _moved(news: News) -> tuple[NewsKind, str, int]:
    """What a line did to ARR or deals: by how much in minor units, 0 where it did nothing."""
    if news.kind in _WHOLE:
        arr = news.amount("arr")
        return (
            NewsKind.ARR,
            arr.currency if arr else "",
            _WHOLE[news.kind] * (arr.minor if arr else 0),
        )
    after = news.amount("becomes")
    if news.kind not in (NewsKind.ARR, NewsKind.AMOUNT) or after is None:
        return news.kind, "", 0
    return news.kind, after.currency, news.change


@dataclass(frozen=True, slots=True)
class Sum:
    """What went up and down in one currency, in minor units, and in how many records."""

    kind: NewsKind
    currency: str
    up: int = 0
    ups: int = 0
    down: int = 0
    downs: int = 0


def money_moves(told: Iterable[Told]) -> list[Sum]:
    """ARR and deals that went up and down, one per currency; different ones are never added.

    ARR goes up with accounts that are new, and down with those archived or merged away.
    """
    found: dict[tuple[NewsKind, str], Sum] = {}
    for line in told:
        kind, currency, by = _moved(line.news)
        if not by:
            continue
        s = found.get((kind, currency), Sum(kind, currency))
        found[kind, currency] = (
            replace(s, up=s.up + by, ups=s.ups + 1)
            if by > 0
            else replace(s, down=s.down - by, downs=s.downs + 1)
        )
    order = {NewsKind.ARR: 0, NewsKind.AMOUNT: 1}
    return sorted(found.values(), key=lambda s: (order[s.kind], -(s.up + s.down), s.currency))
