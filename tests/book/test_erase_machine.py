"""Whatever was done before: erased people never come back, by no undo and no redo."""

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csplanner.book.book import Book
from csplanner.book.erase import erase
from csplanner.domain.account import Account, AccountId
from csplanner.domain.person import Person, Role, Seat
from csplanner.domain.touch import Channel, Touch
from tests.book.people_of_acme import EMAIL, NAME, TODAY
from tests.book.test_erase import named_in

_FIRST = 3
"""The change that added the person; what came before it stays."""

STEPS = ("rename", "mail", "seat", "touch", "mention", "import", "drop", "undo", "redo", "older")


def _person(book: Book) -> Person | None:
    return next((p for p in book.people.of("acme") if p.id == "zoe"), None)


def _do(book: Book, step: str, at: int) -> None:
    zoe = _person(book)
    if step in ("undo", "redo", "older"):
        _go_back(book, step, at)
    elif step == "mention":
        book.accounts.update("acme", next_step=f"{at}: ask {NAME}")
    elif step == "import":
        with book.change("Import", kind="import", batch=f"b{at}"):
            book.touches.insert([_touch(at, zoe)], f"b{at}")
    elif zoe is None:
        book.people.add(Person("zoe", AccountId("acme"), NAME, email=EMAIL), f"Add {NAME}")
    elif step == "seat":
        book.seats.add(Seat("", AccountId("acme"), Role.SPONSOR, "zoe"))
    elif step == "touch":
        book.touches.add(_touch(at, zoe))
    elif step == "drop":
        book.people.remove("zoe", label="Remove a person")
    else:
        changed = {"rename": {"name": f"{NAME} Älf"}, "mail": {"email": f"{at}.{EMAIL}"}}
        book.people.update("zoe", **changed[step])


def _go_back(book: Book, step: str, at: int) -> None:
    if step == "undo" and book.can_undo and book.can_undo.id > _FIRST:
        book.undo()
    elif step == "redo" and book.can_redo:
        book.redo()
    elif step == "older":
        done = [c for c in book.history() if c.state == "done" and c.id > _FIRST]
        if done:
            book.undo_change(done[at % len(done)].id)


def _touch(at: int, zoe: Person | None) -> Touch:
    people = ("zoe",) if zoe else ()
    return Touch(f"t{at}", AccountId("acme"), date(2026, 3, 1), Channel.CALL, "", f"Met {NAME}",
                 person_ids=people)  # fmt: skip


def _lives_through(steps: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "b.csbook"
        with Book.create(path, today=TODAY) as book:
            book.accounts.add(Account(AccountId("acme"), "Acme"))
            book.people.add(Person("zoe", AccountId("acme"), NAME, email=EMAIL), f"Add {NAME}")
            for at, step in enumerate(steps):
                _do(book, step, at)
            done = erase(book, "zoe")
            assert done.traces == 0
            _nobody_there(book)
            while book.can_undo:
                book.undo()
                _nobody_there(book)
            while book.can_redo:
                book.redo()
                _nobody_there(book)
            for change in book.history():
                if change.state == "done":
                    book.undo_change(change.id)
            _nobody_there(book)


def _nobody_there(book: Book) -> None:
    assert named_in(book.connection) == []
    assert book.connection.execute("pragma foreign_key_check").fetchall() == []
    assert _person(book) is None


_QUIET = [HealthCheck.too_slow]


@settings(max_examples=3, deadline=None, suppress_health_check=_QUIET)
@given(steps=st.lists(st.sampled_from(STEPS), max_size=10))
def test_nothing_brings_an_erased_person_back(steps: list[str]) -> None:
    _lives_through(steps)


@pytest.mark.soak
@settings(max_examples=300, deadline=None, suppress_health_check=_QUIET)
@given(steps=st.lists(st.sampled_from(STEPS), max_size=30))
def test_nothing_brings_an_erased_person_back_at_length(steps: list[str]) -> None:
    _lives_through(steps)
