"""Random edits, imports, undo, redo and reopening against a model of remembered digests."""

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from csplanner.book.book import Book
from csplanner.domain.account import Account, AccountId
from csplanner.domain.person import Person
from csplanner.domain.sentiment import Pulse, Sentiment
from tests.book.digest import digest

TODAY = date(2026, 3, 12)
names = st.text("abÄ<'\"", min_size=1, max_size=4).filter(str.strip)


class UndoMachine(RuleBasedStateMachine):
    """The book after n undos must equal what it was n changes ago, exactly."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.book = Book.create(Path(self.folder.name) / "b.csbook", today=TODAY)
        self.states = [digest(self.book)]
        self.at = 0
        self.imports = 0

    def done(self) -> None:
        """Remember the state after a change, if it was one."""
        state = digest(self.book)
        if state != self.states[self.at]:
            del self.states[self.at + 1 :]
            self.states.append(state)
            self.at += 1

    @rule(name=names)
    def add(self, name: str) -> None:
        self.book.accounts.add(Account(AccountId(""), name))
        self.done()

    @precondition(lambda self: self.book.accounts.all())
    @rule(data=st.data(), name=names)
    def rename(self, data: st.DataObject, name: str) -> None:
        account = data.draw(st.sampled_from([a.id for a in self.book.accounts.all()]))
        self.book.accounts.update(account, name=name)
        self.done()

    @precondition(lambda self: self.book.accounts.all())
    @rule(data=st.data(), mood=st.sampled_from(Sentiment))
    def person_and_pulse(self, data: st.DataObject, mood: Sentiment) -> None:
        account = data.draw(st.sampled_from([a.id for a in self.book.accounts.all()]))
        with self.book.change("Two at once"):
            self.book.people.add(Person("", account, "Dana"))
            self.book.pulses.add(Pulse("", account, TODAY, mood))
        self.done()

    @precondition(lambda self: self.book.accounts.all())
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        account = data.draw(st.sampled_from([a.id for a in self.book.accounts.all()]))
        with self.book.change("Delete"):
            self.book.connection.execute("delete from account where id = ?", (account,))
        self.done()

    @rule(count=st.integers(1, 3), rename=st.booleans())
    def take_in(self, count: int, rename: bool) -> None:
        self.imports += 1
        batch = f"s{self.imports}"
        with self.book.change("Import", kind="import", batch=batch):
            fresh = [Account(AccountId(f"{batch}-{i}"), f"N{i}") for i in range(count)]
            self.book.accounts.insert(fresh, batch)
            existing = self.book.accounts.all()
            if rename and existing:
                self.book.accounts.update(existing[0].id, name="Renamed", source="salesforce")
        self.done()

    @precondition(lambda self: self.at > 0)
    @rule()
    def undo(self) -> None:
        self.book.undo()
        self.at -= 1

    @precondition(lambda self: self.at < len(self.states) - 1)
    @rule()
    def redo(self) -> None:
        self.book.redo()
        self.at += 1

    @rule()
    def reopen(self) -> None:
        self.book.close()
        self.book = Book.open(self.book.path, today=TODAY)

    @invariant()
    def equals_the_model(self) -> None:
        assert digest(self.book) == self.states[self.at]
        assert (self.book.can_undo is None) == (self.at == 0)

    def teardown(self) -> None:
        assert self.book.connection.execute("pragma foreign_key_check").fetchall() == []
        self.book.close()
        self.folder.cleanup()


_QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much]


class TestUndo(UndoMachine.TestCase):
    settings = settings(
        max_examples=5, stateful_step_count=20, deadline=None, suppress_health_check=_QUIET
    )


@pytest.mark.soak
class TestUndoLong(UndoMachine.TestCase):
    settings = settings(
        max_examples=400, stateful_step_count=60, deadline=None, suppress_health_check=_QUIET
    )
