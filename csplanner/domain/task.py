"""Tasks: what you mean to do by a day, with an account or without one."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from csplanner.domain.account import AccountId


class TaskKind(StrEnum):
    """What is to be done."""

    TASK = "task"
    TOUCH = "touch"
    """A touch that is planned."""
    MEETING = "meeting"
    """A meeting that stands in the calendar."""


@dataclass(frozen=True, slots=True)
class Task:
    """Something to be done, open until it has a `done_on`."""

    id: str
    account_id: AccountId | None
    """None for what belongs to no account."""
    title: str
    kind: TaskKind = TaskKind.TASK
    due: date | None = None
    at: str = ""
    """When on that day, `14:30` in local time; empty when no time was said."""
    minutes: int | None = None
    done_on: date | None = None
    note: str = ""
    person_id: str | None = None
    touch_id: str | None = None
    """The touch it came out of, or the one it became."""

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_on is None


def in_order(task: Task) -> tuple[bool, date, str, str, str]:
    """A key that sorts tasks: by day and time due, those without a day last, then by title."""
    return (task.due is None, task.due or date.min, task.at or "99", task.title, task.id)
