"""The page Tasks: what you mean to do by when, planned touches and meetings among them."""

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from csplanner.book.book import Book, Changed
from csplanner.domain.task import Task
from csplanner.language import noted, tr
from csplanner.ui.actions import Actions
from csplanner.ui.session import BookSession
from csplanner.ui.session_page import SessionPage
from csplanner.ui.todo.list import TaskList, TaskModel
from csplanner.ui.todo.rows import TaskLists, TaskRow, done_tasks, lines, open_tasks
from csplanner.ui.todo.verbs import TaskVerbs
from csplanner.ui.widgets.buttons import Button, Segmented
from csplanner.ui.widgets.empty import EmptyState, Way, draw_dashed_rows
from csplanner.ui.widgets.fields import SearchField
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Ground

_DONE_DAYS = 365
"""How far back the tasks that are done are listed."""


class TasksPage(SessionPage):
    """Every task of the book by its day; opened with an account's id only those of it."""

    key = "tasks"
    title = noted("Tasks")
    place = "today"

    def __init__(
        self, session: BookSession, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, actions, parent)
        self._verbs = TaskVerbs(actions)
        self._found = TaskLists()
        self.which = Segmented(
            [("open", tr("Open", "a task")), ("done", noted("Done")), ("all", noted("All"))],
            name=tr("Which tasks"),
        )
        self.search = SearchField(tr("Filter by words or account"))
        self.search.setMinimumWidth(260)
        self.model = TaskModel()
        self.list = TaskList(self.model)
        self._lay_out()
        self.which.chosen.connect(lambda _key: self.refresh())
        self.search.textChanged.connect(lambda _text: self._show_lines())
        self.list.asked.connect(self.ask_task)
        self.setFocusProxy(self.list)

    def _lay_out(self) -> None:
        tools = Ground("window", lines="b")
        row = QHBoxLayout(tools)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        add = Button(tr("Add a task…"), icon="plus")
        add.clicked.connect(lambda: self._verbs.add())
        self.add_button = add
        keys = PlainLabel(
            tr("E finishes, S puts off, F2 changes, Del removes"), px=12, colour="text3"
        )
        row.addWidget(self.which)
        row.addWidget(self.search)
        row.addStretch(1)
        row.addWidget(keys)
        row.addWidget(add)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.list)
        way = Way(
            tr("Add a task"), tr("With an account or without one, with a day or without."),
            lambda: self._verbs.add(),
        )  # fmt: skip
        self._middle.addWidget(
            EmptyState(
                tr("No task is open"), tr("What you plan, promise yourself or read from a calendar "
                "stands here by its day."), ways=(way,), drawing=draw_dashed_rows,
            )
        )  # fmt: skip
        self._middle.addWidget(
            EmptyState(
                tr("No task matches"), tr("Show other tasks, or clear the words above."),
                ways=(Way(tr("Show all"), tr("Clears the words and the filter."), self._show_all,
                          "list-filter"),),
                drawing=draw_dashed_rows,
            )
        )  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(tools)
        column.addWidget(self._middle, 1)

    # What the page shows

    @property
    def current_account(self) -> str | None:
        """The account of the current task, for commands of the window."""
        row = self.list.current_row()
        return str(row.task.account_id) if row and row.task.account_id else None

    def open(self, argument: object) -> None:
        """Show the tasks of the account the argument names; None changes nothing."""
        if isinstance(argument, str):
            account = self._session.read.accounts.get(argument)
            self.search.setText(account.name)

    def concerns(self, changed: Changed) -> bool:
        """Whether tasks or the names of accounts may have changed."""
        return bool(changed.tables & {"task", "account"}) or not changed.tables

    def read_book(self) -> None:
        since = self._session.today - timedelta(days=_DONE_DAYS)
        self.ask_book(partial(_read, which=self.which.key, since=since), self._show)

    def _show(self, found: TaskLists) -> None:
        self._found = found
        self._show_lines()

    def _show_lines(self) -> None:
        shown = lines(self._found, self._session.today, self.search.text())
        self.list.show_lines(shown)
        is_whole = self.which.key == "open" and not self.search.text()
        self._middle.setCurrentIndex(0 if shown else 1 if is_whole else 2)

    def _show_all(self) -> None:
        self.search.clear()
        self.which.choose("all")

    def focus_find(self) -> None:
        """Look for words in the tasks."""
        self.search.setFocus()

    # Verbs

    def current_task(self) -> Task | None:
        """Return the task that is current."""
        row: TaskRow | None = self.list.current_row()
        return row.task if row else None

    def ask_task(self, verb: str) -> None:
        """Do to the current task what a key, a button or a command asks for."""
        task = self.current_task()
        if task is not None:
            self._verbs.do(verb, task, self._menu_place)

    def _menu_place(self) -> tuple[QWidget, QPoint]:
        return self.list.viewport(), self.list.row_corner()


def _read(book: Book, *, which: str, since: date) -> TaskLists:
    found = TaskLists() if which == "done" else open_tasks(book)
    if which == "open":
        return found
    done = done_tasks(book, since)
    return TaskLists((*found.tasks, *done.tasks), {**(found.names or {}), **(done.names or {})})
