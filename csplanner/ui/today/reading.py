"""What Today asks the book, answered beside the window as plain values."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from csplanner.book.book import Book
from csplanner.book.overview import Totals
from csplanner.domain.filters import Condition, View
from csplanner.domain.money import Money
from csplanner.domain.news_digest import came_with
from csplanner.domain.overview import Overview
from csplanner.domain.settings import BookSettings
from csplanner.domain.today import Today
from csplanner.paint.timeline import StripNote
from csplanner.ui.today.below import below_strip
from csplanner.ui.today.rows import Renewal, Sums, renewals
from csplanner.ui.todo.rows import TaskLists, open_tasks, week_end

STRIP_DAYS, HORIZON_DAYS = 112, 90
_UNKNOWN = Condition("health", "is", "none")
NEWS_DAYS = 14
"""So many days after its day a snapshot is told of."""
MARKS = 60
"""At most so many renewals are drawn, the largest ones."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything the page shows; `names` are those of the accounts put away."""

    accounts: int
    today: Today
    sums: Sums
    renewals: tuple[Renewal, ...]
    settings: BookSettings
    hours_promised: int
    """A quarter's, in thousandths of an hour."""
    from_snapshot: bool
    """Whether the day everything is judged on is that of the newest snapshot."""
    names: dict[str, str]
    tasks: TaskLists = field(default_factory=TaskLists)
    """What is to be done this week, or is late."""
    below: tuple[StripNote, ...] = ()
    """Reviews planned and scorecards waited for, for the line below the strip."""
    snapshot_day: date | None = None
    """The day of the newest snapshot."""
    news: str = ""
    """`12 pieces of news came with the snapshot of 3 Mar`, while that is news."""
    news_snapshot: str = ""


def look(book: Book, *, whole: bool) -> Seen:
    """What needs the CSM, a short list unless `whole`, and what renews ahead."""
    as_of, totals = book.as_of(), book.overview.totals()
    found = book.derived.today(whole=whole) if totals.accounts else Today(as_of)
    soon = renewing(as_of, HORIZON_DAYS)
    ahead = book.overview.totals(soon)
    at_risk = View((*soon.conditions, Condition("health", "is", "risk")))
    undated = book.overview.count(View((Condition("renewal", "is unknown"),)))
    sums = Sums(
        _summed(totals),
        _summed(ahead),
        _summed(book.overview.totals(at_risk)),
        ahead.accounts,
        _summed(book.overview.totals(View((*soon.conditions, _UNKNOWN)))),
        is_dated=undated < totals.accounts,
    )
    newest = book.snapshots.newest()
    return Seen(
        totals.accounts,
        found,
        sums,
        tuple(renewals(_ahead(book, as_of), as_of)),
        book.settings,
        totals.hours_promised,
        newest is not None and newest.as_of == as_of,
        _names(book, found),
        open_tasks(book, week_end(book.today)),
        below_strip(book, as_of),
        newest.as_of if newest is not None else None,
        *_news(book),
    )


def _news(book: Book) -> tuple[str, str]:
    """How many changes the last snapshot brought, and its id; empty once that is old."""
    snapshot = book.news.latest()
    if snapshot is None or not 0 <= (book.today - snapshot.as_of).days <= NEWS_DAYS:
        return "", ""
    count = book.news.count(snapshot.id)
    return (came_with(count, snapshot, book.as_of()), snapshot.id) if count else ("", "")


def _summed(totals: Totals) -> tuple[Money, ...]:
    """The ARR by the rates of the day, and beside it what has none."""
    return (*totals.worth.whole, *totals.worth.apart)


def renewing(as_of: date, days: int) -> View:
    """The accounts whose renewal is decided from `as_of` up to `days` ahead."""
    first, last = as_of - timedelta(days=1), as_of + timedelta(days=days + 1)
    return View(
        (
            Condition("renewal", "after", first.isoformat()),
            Condition("renewal", "before", last.isoformat()),
        ),
        sort="arr",
        descending=True,
    )


def _ahead(book: Book, as_of: date) -> list[Overview]:
    """The largest renewals of the strip."""
    ids = book.overview.ids(renewing(as_of, STRIP_DAYS))
    return book.overview.rows(ids[:MARKS])


def _names(book: Book, today: Today) -> dict[str, str]:
    wanted = {kept.account_id for kept in (*today.snoozed, *today.done_today)}
    lines = (book.overview.one(account) for account in sorted(wanted))
    return {line.account_id: line.name for line in lines if line is not None}
