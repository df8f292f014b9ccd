"""What can be done with a task of a list: finish, put off, change, remove, go to its account."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from csplanner.book.book import Book
from csplanner.domain.account import AccountId
from csplanner.domain.task import Task
from csplanner.domain.wording import day_text
from csplanner.language import tr
from csplanner.ui.actions import Actions
from csplanner.ui.todo.rows import is_touch, snooze_choices
from csplanner.ui.widgets.menus import Menu


class TaskVerbs:
    """The verbs of tasks; each that writes is one step to take back."""

    def __init__(self, actions: Actions) -> None:
        self._actions = actions

    def do(self, verb: str, task: Task, at: Callable[[], tuple[QWidget, QPoint]]) -> None:
        """Do `verb`, done, snooze, edit, remove or open, to a task; `at` is where a menu opens."""
        if verb in ("verb", "done"):
            self.finish(task)
        elif verb in ("snooze", "snooze_menu"):
            self.ask_snooze(task, *at())
        elif verb in ("edit", "peek"):
            self.edit(task)
        elif verb == "remove":
            self._actions.write(partial(remove_task, task_id=task.id))
        elif verb == "open" and task.account_id is not None:
            self._actions.open_account(str(task.account_id))
        elif verb == "open":
            self.edit(task)

    def finish(self, task: Task) -> None:
        """Note that it is done; of a planned touch or meeting, log the touch it became."""
        if is_touch(task):
            self._actions.finish_planned(task.id)
        else:
            self._actions.write(partial(turn_task, task_id=task.id))

    def add(self, account_id: str | None = None, title: str = "", due: date | None = None) -> None:
        """Open the form of a new task."""
        account = AccountId(account_id) if account_id else None
        self.edit(Task("", account, title, due=due))

    def edit(self, task: Task) -> None:
        """Open the form of a task."""
        from csplanner.ui.todo.task_form import TaskForm

        session = self._actions.session
        self._actions.open_form(lambda parent: TaskForm(session, parent, task=task))

    def ask_snooze(self, task: Task, widget: QWidget, spot: QPoint) -> None:
        """Offer the days it may be put off to, by keys as well."""
        if not self._actions.may_write():
            return
        menu = Menu(widget, tr("Put off"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, day in snooze_choices(self._actions.session.today):
            action = menu.addAction(text)
            action.triggered.connect(lambda _on=False, day=day: self.snooze(task, day))
        other = menu.addAction(tr("Another day…"))
        other.triggered.connect(lambda: self.edit(task))
        menu.setActiveAction(menu.actions()[0])
        menu.popup(widget.mapToGlobal(spot))

    def snooze(self, task: Task, until: date) -> None:
        """Put a task off to a day."""
        self._actions.write(partial(put_off, task_id=task.id, until=until))


def turn_task(book: Book, *, task_id: str) -> str:
    """Note that a task is done, or that it is not done after all; return the line to say."""
    task = book.tasks.get(task_id)
    if task.is_open:
        book.tasks.done(task_id)
        return tr("Done: {0}").format(task.title)
    book.tasks.reopen(task_id)
    return tr("Not done: {0}").format(task.title)


def put_off(book: Book, *, task_id: str, until: date) -> str:
    """Make a task due on another day and return the line to say."""
    task = book.tasks.get(task_id)
    book.tasks.update(task_id, label=f"Put off: {task.title}", due=until)
    return tr("Put off until {0}: {1}").format(day_text(until, book.today), task.title)


def remove_task(book: Book, *, task_id: str) -> str:
    """Delete a task and return the line to say."""
    title = book.tasks.get(task_id).title
    book.tasks.remove(task_id)
    return tr("Removed the task {0}").format(title)
