"""A promise of theirs or of ours: who keeps it, by when, and what became of it."""

from dataclasses import fields, replace
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from csplanner.book.book import Book
from csplanner.domain.person import Side
from csplanner.domain.promise import Promise, PromiseState
from csplanner.language import Spoken, noted, tr
from csplanner.ui.account.rating_form import with_words
from csplanner.ui.actions.form import Form, Work, text_of
from csplanner.ui.actions.pick import Pick
from csplanner.ui.actions.typed import read_day, required
from csplanner.ui.session import BookSession

_STATES = Spoken(
    {
        PromiseState.OPEN: noted("Open"),
        PromiseState.KEPT: noted("Kept"),
        PromiseState.DROPPED: noted("Dropped"),
    }
)
_KEYS = frozenset({"id", "account_id"})


class PromiseForm(Form):
    """Writes a promise down, or changes one when `promise_id` is given."""

    def __init__(
        self,
        session: BookSession,
        parent: QWidget | None = None,
        *,
        account_id: str,
        promise_id: str = "",
    ) -> None:
        account = session.read.accounts.get(account_id)
        super().__init__(
            session,
            parent,
            title=tr("A promise at {0}").format(account.name),
            sentence=tr("What one side told the other it would do."),
            verb=tr("Save the promise") if promise_id else tr("Add the promise"),
        )
        empty = Promise("", account.id, "", Side.OURS, made_on=session.today)
        self._was = session.read.promises.get(promise_id) if promise_id else empty
        self._names = [p.name for p in session.read.people.of(account_id)]
        self._goals = [(o.id, o.title) for o in session.read.objectives.of(account_id)]
        self._lay_out()
        self.begin_at(self.what.field)

    def _lay_out(self) -> None:
        was = self._was
        self.what = self.add(tr("What is promised"), text=was.what)
        self.side = Pick([(Side.OURS.value, tr("We promised")), (Side.THEIRS.value,
                                                                 tr("They promised"))])  # fmt: skip
        self.side.choose(was.side.value)
        self.owner = self.field(
            tr("Who keeps it"), with_words(QLineEdit(was.owner), self._names)
        )  # fmt: skip
        self.to_whom = self.field(
            tr("To whom"), with_words(QLineEdit(was.to_whom), self._names)
        )  # fmt: skip
        self.add_row(self.field(tr("Whose"), self.side), self.owner, self.to_whom)
        self.made = self.day_field(tr("Made on"), was.made_on)
        self.due = self.day_field(tr("Due"), was.due)
        self.add_row(self.made, self.due)
        self.state = Pick([(s.value, tr(said)) for s, said in _STATES.items()])
        done = was.state is PromiseState.LATE
        self.state.choose((PromiseState.KEPT if done else was.state).value)
        self.kept = self.day_field(tr("Kept on"), was.kept_on)
        self.goal = Pick([("", tr("None")), *self._goals])
        self.goal.choose(was.objective_id or "")
        self.add_row(
            self.field(tr("What became of it"), self.state), self.kept,
            self.field(tr("For their objective"), self.goal),
        )  # fmt: skip

    def collect(self) -> Work | None:
        today = self.session.today
        what = self.read(
            self.what, lambda text: required(text, tr("Say what is promised, in a few words."))
        )
        made, due, kept = (
            self.read(field, lambda text: read_day(text, today))
            for field in (self.made, self.due, self.kept)
        )
        if made is not None and due is not None and due < made:
            self.fault(self.due, tr("It cannot be due before it was made."))
        if kept is not None and kept > today:
            self.fault(self.kept, tr("That day is still to come. Type the day it was kept."))
        state = PromiseState(self.state.key)
        if kept is not None and state is PromiseState.OPEN:
            state = PromiseState.KEPT
        if state is PromiseState.KEPT:
            kept = kept or today
            state = PromiseState.LATE if due is not None and kept > due else state
        promise = replace(
            self._was, what=what or "", side=Side(self.side.key),
            owner=text_of(self.owner).strip(), to_whom=text_of(self.to_whom).strip(),
            made_on=made, due=due, kept_on=kept if state is not PromiseState.DROPPED else None,
            state=state, objective_id=self.goal.key or None,
        )  # fmt: skip
        return partial(save_promise, promise=promise)


def save_promise(book: Book, *, promise: Promise) -> str:
    """Keep a promise as one step and return the line to say."""
    name = book.accounts.get(promise.account_id).name
    if not promise.id:
        book.promises.add(promise, label=tr("Add a promise, {0}").format(name))
        return tr("Added a promise at {0}").format(name)
    changed = {
        f.name: getattr(promise, f.name) for f in fields(Promise) if f.name not in _KEYS
    }  # fmt: skip
    book.promises.update(promise.id, label=tr("Change a promise, {0}").format(name), **changed)
    return tr("Changed a promise at {0}").format(name)


def keep_promise(book: Book, *, promise_id: str) -> str:
    """Note that a promise was kept today and return the line to say."""
    promise = book.promises.get(promise_id)
    late = promise.due is not None and book.today > promise.due
    state = PromiseState.LATE if late else PromiseState.KEPT
    name = book.accounts.get(promise.account_id).name
    label = tr("Keep a promise, {0}").format(name)
    book.promises.update(promise_id, label=label, state=state, kept_on=book.today)
    return tr("Kept a promise at {0}").format(name)


def remove_promise(book: Book, *, promise_id: str) -> str:
    """Take a promise away and return the line to say."""
    name = book.accounts.get(book.promises.get(promise_id).account_id).name
    book.promises.remove(promise_id, label=tr("Remove a promise, {0}").format(name))
    return tr("Removed a promise at {0}").format(name)
