"""Touches planned for many accounts: each is due by the rhythm of its tier."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from csplanner.book.book import Book
from csplanner.domain.overview import Overview
from csplanner.domain.task import Task, TaskKind
from csplanner.domain.wording import count_text
from csplanner.language import tr

A_DAY = 4
"""How many overdue touches one working day gets."""
_SATURDAY = 5
_DEFAULT = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Planned:
    """The day of the next touch of each account; `skipped` have one planned already."""

    days: tuple[tuple[Overview, date], ...]
    skipped: int = 0


def planned(
    lines: Sequence[Overview], today: date, *, taken: frozenset[str] = frozenset(),
    on: date | None = None,
) -> Planned:  # fmt: skip
    """When to touch each account next: a cadence after the last touch, on a working day.

    What is overdue or was never touched comes first, a few on each day from today. `taken` are
    accounts left out; with `on` all are due that day.
    """
    open_ = [line for line in lines if line.account_id not in taken]
    found: dict[str, date] = {}
    late = 0
    for line in sorted(open_, key=lambda each: (_due(each, today), each.name)):
        due = _due(line, today)
        if on is not None:
            found[line.account_id] = on
        elif due <= today:
            found[line.account_id] = _working(today, late // A_DAY)
            late += 1
        else:
            found[line.account_id] = _working(due, 0)
    days = tuple((line, found[line.account_id]) for line in open_)
    return Planned(days, len(lines) - len(open_))


def _due(line: Overview, today: date) -> date:
    if line.cadence_days is None:
        return today + _DEFAULT
    if line.last_touch is None:
        return today
    return line.last_touch + timedelta(days=line.cadence_days)


def _working(day: date, later: int) -> date:
    """`day` or the working day after it, moved on by `later` working days."""
    while True:
        if day.weekday() < _SATURDAY:
            if later <= 0:
                return day
            later -= 1
        day += timedelta(days=1)


def taken(book: Book) -> frozenset[str]:
    """The accounts that have a touch planned."""
    tasks = book.tasks.open()
    return frozenset(t.account_id for t in tasks if t.account_id and t.kind is TaskKind.TOUCH)


def plan_touches(book: Book, *, plan: Planned, title: str, minutes: int | None) -> str:
    """Keep a task of kind touch for each account; one step."""
    count = len(plan.days)
    who = plan.days[0][0].name if count == 1 else count_text(count, "account")
    with book.change(tr("Plan touches with {0}").format(who), many=count > 50):
        for line, day in plan.days:
            task = Task("", line.account_id, title, TaskKind.TOUCH, due=day, minutes=minutes)
            book.tasks.add(task)
    return tr("Planned {0} with {1}").format(count_text(count, "touch", "touches"), who)
