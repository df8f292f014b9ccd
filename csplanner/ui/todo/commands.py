"""The verbs of tasks and calendars, for menus, keys and the palette."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from csplanner.language import tr
from csplanner.ui.commands import Command

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow


def todo_commands(window: "BookWindow") -> list[Command]:
    """What can be done with tasks, planned touches and meetings."""
    return [
        Command(
            "task.add", tr("Add a task…"), partial(_add, window), menu="Account",
            shortcut="Ctrl+Shift+T", icon="list-checks", keywords="todo do plan reminder due",
            writes=True,
        ),
        Command(
            "go.tasks", tr("Tasks"), lambda: window.show_place("tasks"), menu="Go",
            shortcut="G, K", icon="list-checks",
            keywords="todo planned touches meetings due overdue",
        ),
        Command(
            "book.calendar", tr("Read meetings from a calendar file…"),
            partial(_read_calendar, window), menu="Book", icon="calendar-plus",
            keywords="ics ical icalendar outlook google import", writes=True,
        ),
        _of_task(window, "done", tr("Task: finish it"), "check", "E"),
        _of_task(window, "snooze", tr("Task: put it off…"), "clock-alert", "S"),
        _of_task(window, "edit", tr("Task: change it…"), "pencil", "F2"),
        _of_task(window, "remove", tr("Task: remove it"), "trash-2", "Del"),
    ]  # fmt: skip


def _of_task(window: "BookWindow", verb: str, text: str, icon: str, key: str) -> Command:
    """A verb for the task that is current on the page shown."""

    def has_task() -> bool:
        found = window.shown.verb("current_task")
        return found is not None and found() is not None

    def run() -> None:
        ask = window.shown.verb("ask_task")
        if ask is not None:
            ask(verb)

    return Command(
        f"task.{verb}", text, run, menu="Account", icon=icon, keywords="todo", writes=True,
        local=key, enabled=has_task, needs=tr("Go to Tasks or Today and choose a task first."),
    )  # fmt: skip


def _add(window: "BookWindow") -> None:
    from csplanner.ui.todo.verbs import TaskVerbs

    if window.verbs is not None:
        TaskVerbs(window.verbs).add(window.account_now)


def _read_calendar(window: "BookWindow") -> None:
    from csplanner.ui.todo.calendar_form import choose_calendar

    choose_calendar(window)


def read_dropped_calendar(window: "BookWindow", path: Path) -> None:
    """Show what the meetings of a calendar file dropped on the window would become."""
    from csplanner.ui.todo.calendar_form import read_calendar_file

    read_calendar_file(window, path)
