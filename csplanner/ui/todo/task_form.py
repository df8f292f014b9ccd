"""A task: what is to be done, by when, with which account if any."""

import re
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from csplanner.book.book import Book
from csplanner.domain.account import AccountId
from csplanner.domain.line_days import read_time
from csplanner.domain.line_words import words_of_line
from csplanner.domain.task import Task, TaskKind
from csplanner.errors import UserError
from csplanner.language import tr
from csplanner.ui.actions.account_field import AccountField
from csplanner.ui.actions.form import Form, Work, text_of
from csplanner.ui.actions.pick import Pick
from csplanner.ui.actions.typed import day_shown, minutes_shown, read_day, read_minutes, required
from csplanner.ui.session import BookSession
from csplanner.ui.todo.reading import day_in_words
from csplanner.ui.todo.rows import KINDS

_FIELDS = ("account_id", "title", "kind", "due", "at", "minutes", "note")


class TaskForm(Form):
    """Writes a task down, or changes the one called `task.id`."""

    def __init__(self, session: BookSession, parent: QWidget | None = None, *, task: Task) -> None:
        super().__init__(
            session,
            parent,
            title=tr("Change a task") if task.id else tr("Add a task"),
            verb=tr("Save task") if task.id else tr("Add task"),
        )
        self._was = task
        self.what = self.add(tr("What is to be done"), text=task.title)
        self.account = AccountField(session.read, task.account_id)
        self.account_line = self.add(tr("Account (may be empty)"), self.account)
        self.kind = Pick([(kind.value, KINDS[kind]) for kind in TaskKind])
        self.kind.choose(task.kind.value)
        self.due = self.day_field(tr("By when, such as +7 or 20 Mar"), task.due)
        self.at = self.field(tr("At, such as 14:30"), text=task.at)
        self.minutes = self.field(tr("Minutes"), text=minutes_shown(task.minutes))
        self.add_row(self.due, self.field(tr("Kind"), self.kind))
        self.add_row(self.at, self.minutes)
        self.note = QPlainTextEdit(task.note)
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(64)
        self.add(tr("Note"), self.note)
        edit = self.what.field
        assert isinstance(edit, QLineEdit)
        edit.textEdited.connect(self._read_day_of)
        self._read = task.due
        self.begin_at(edit)

    def _read_day_of(self, text: str) -> None:
        """A day named in the title becomes the day, as long as no other one was typed."""
        found = day_in_words(text, self.session.today)
        if text_of(self.due) == day_shown(self._read) and found != self._read:
            self._read = found
            self.due.field.setText(day_shown(found))  # type: ignore[attr-defined]

    def collect(self) -> Work | None:
        title = self.read(
            self.what, lambda text: required(text, tr("Say in a few words what is to be done."))
        )
        due = self.read(self.due, lambda text: read_day(text, self.session.today))
        minutes = self.read(self.minutes, read_minutes)
        at = self.read(self.at, read_at)
        if at and due is None and not self.due.error:
            self.fault(self.due, tr("Say on which day, or clear the time."))
        task = replace(
            self._was, title=title or "", kind=TaskKind(self.kind.key), due=due, at=at or "",
            minutes=minutes, note=self.note.toPlainText().strip(), account_id=self._account(),
        )  # fmt: skip
        return partial(save_task, task=task)

    def _account(self) -> AccountId | None:
        if not self.account.text().strip():
            return None
        try:
            return self.account.account().id
        except UserError as error:
            self.fault(self.account_line, str(error))
            return None


def read_at(text: str) -> str:
    """A time of day typed, as `14:30`; empty for none. Raises UserError when it is none."""
    said = text.strip()
    if not said:
        return ""
    if re.fullmatch(r"\d{1,2}", said):
        said = f"at {said}"
    found = read_time(words_of_line(said)) or read_time(words_of_line(f"at {said}"))
    if not found:
        raise UserError(tr("That is no time of day. Type one like 14:30."))
    return found


def save_task(book: Book, *, task: Task) -> str:
    """Keep a task, new or changed, and return the line to say."""
    if not task.id:
        book.tasks.add(task)
        return tr("Added the task {0}").format(task.title)
    changed = {name: getattr(task, name) for name in _FIELDS}
    book.tasks.update(task.id, label=f"Change the task {task.title}", **changed)
    return tr("Changed the task {0}").format(task.title)
