"""What a task says in a list, as ready strings, and how tasks fall into groups by their day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from csplanner.book.book import Book
from csplanner.domain.task import Task, TaskKind
from csplanner.domain.wording import one_line
from csplanner.language import Spoken, noted, tr
from csplanner.ui import veil
from csplanner.ui.today.rows import Heading
from csplanner.ui.widgets import format as words

ICONS = {
    TaskKind.TASK: "list-checks", TaskKind.TOUCH: "phone", TaskKind.MEETING: "calendar-clock",
}  # fmt: skip
KINDS = Spoken({
    TaskKind.TASK: noted("Task"), TaskKind.TOUCH: noted("Planned touch"),
    TaskKind.MEETING: noted("Meeting"),
})  # fmt: skip
MOST_TODAY = 4
"""So many tasks stand in Today; the others are in the list of tasks."""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task of a list."""

    task: Task
    account: str
    icon: str
    title: str
    due: str
    is_late: bool
    verb: str
    spoken: str

    @property
    def id(self) -> str:
        """The task."""
        return self.task.id


@dataclass(frozen=True, slots=True)
class TaskLists:
    """Tasks with the names of their accounts, by id."""

    tasks: tuple[Task, ...] = ()
    names: Mapping[str, str] | None = None

    def name_of(self, task: Task) -> str:
        """The account of a task, empty for one that is of none."""
        return one_line((self.names or {}).get(str(task.account_id), ""))


def open_tasks(book: Book, until: date | None = None) -> TaskLists:
    """What is still to be done, up to a day."""
    return _named(book, book.tasks.open(until))


def done_tasks(book: Book, since: date) -> TaskLists:
    """What was done since a day, the newest first."""
    return _named(book, tuple(reversed(book.tasks.done_since(since))))


def _named(book: Book, tasks: Sequence[Task]) -> TaskLists:
    ids = dict.fromkeys(str(t.account_id) for t in tasks if t.account_id)
    return TaskLists(tuple(tasks), book.accounts.names(ids))


def is_touch(task: Task) -> bool:
    """Whether finishing it logs a touch."""
    return task.is_open and task.kind is not TaskKind.TASK and task.account_id is not None


def task_row(task: Task, account: str, today: date) -> TaskRow:
    """Return the row of a task."""
    is_late = task.is_open and task.due is not None and task.due < today
    due = due_words(task, today)
    title = veil.note(one_line(task.title))
    verb = tr("Log it…") if is_touch(task) else tr("Done") if task.is_open else tr("Not done")
    parts = (KINDS[task.kind], title, account, due)
    return TaskRow(
        task, account, ICONS[task.kind], title, due, is_late, verb, ". ".join(filter(None, parts))
    )


def due_words(task: Task, today: date) -> str:
    """`late since 10 Mar`, `today 14:30`, `30 Mar`, `done 2 Mar`; empty without a day."""
    if task.done_on is not None:
        return tr("done {0}").format(words.day(task.done_on, today))
    if task.due is None:
        return ""
    if task.due < today:
        return tr("late since {0}").format(words.day(task.due, today))
    day = words.day(task.due, today)
    if task.due == today:
        day = tr("today")
    elif task.due == today + timedelta(days=1):
        day = tr("tomorrow")
    return f"{day} {task.at}".strip()


def week_end(today: date) -> date:
    """The Sunday of the week."""
    return today + timedelta(days=6 - today.weekday())


def today_lines(found: TaskLists, today: date) -> list[Heading | TaskRow]:
    """What is late, due today or due this week, the first of it; nothing without any."""
    due = [t for t in found.tasks if t.due is not None and t.due <= week_end(today)]
    if not due:
        return []
    rows = [task_row(t, found.name_of(t), today) for t in due[:MOST_TODAY]]
    count = words.number(len(due))
    if len(due) > MOST_TODAY:
        count = words.share(MOST_TODAY, len(due))
    return [Heading(tr("Your tasks this week"), count), *rows]


def lines(found: TaskLists, today: date, text: str = "") -> list[Heading | TaskRow]:
    """Every task under the heading of its time, those that hold the words of `text`."""
    wanted = text.casefold().split()
    shown: list[Heading | TaskRow] = []
    for title, tasks in _groups(found.tasks, today):
        rows = [task_row(t, found.name_of(t), today) for t in tasks]
        rows = [r for r in rows if _holds(r, wanted)]
        if rows:
            shown += [Heading(title, words.number(len(rows))), *rows]
    return shown


def _holds(row: TaskRow, wanted: Sequence[str]) -> bool:
    said = f"{row.task.title} {row.account} {row.task.note} {KINDS[row.task.kind]}".casefold()
    return all(word in said for word in wanted)


def _groups(tasks: Iterable[Task], today: date) -> list[tuple[str, list[Task]]]:
    groups: dict[str, list[Task]] = {
        name: [] for name in (tr("Late"), tr("Today"), tr("This week"), tr("Later"),
                              tr("Without a day"), tr("Done"))
    }  # fmt: skip
    late, now, week, later, undated, done = groups.values()
    for task in tasks:
        if not task.is_open:
            done.append(task)
        elif task.due is None:
            undated.append(task)
        elif task.due < today:
            late.append(task)
        elif task.due == today:
            now.append(task)
        else:
            (week if task.due <= week_end(today) else later).append(task)
    return [(name, tasks) for name, tasks in groups.items() if tasks]


def snooze_choices(today: date) -> list[tuple[str, date]]:
    """Return to which days a task may be put off, tomorrow first."""
    monday = today + timedelta(days=7 - today.weekday())
    days = (
        (tr("Tomorrow"), today + timedelta(days=1)), (tr("Next week"), monday),
        (tr("In 2 weeks"), today + timedelta(days=14)),
        (tr("In a month"), today + timedelta(days=30)),
    )  # fmt: skip
    return [(f"{text}, {words.day(day, today)}", day) for text, day in days]
