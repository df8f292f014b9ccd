"""Taking older changes back, in whatever order, ends where the book would be without them."""

import shutil
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csplanner.book.book import Book
from csplanner.book.check import check
from csplanner.book.history_list import preview
from csplanner.domain.account import Account, AccountId
from csplanner.domain.money import Money
from csplanner.domain.touch import Channel, Touch
from csplanner.domain.value import fact
from csplanner.errors import UserError

DAY = date(2026, 3, 12)
FIELDS = ("city", "sector", "next_step")
A = AccountId("a")

Edit = Mapping[str, str]


def newest(book: Book) -> int:
    return book.history(1)[0].id


def edit(book: Book, **fields: str) -> int:
    book.accounts.update("a", **fields)
    return newest(book)


def values(book: Book) -> tuple[str, ...]:
    account = book.accounts.get("a")
    return tuple(getattr(account, name) for name in FIELDS)


def states(book: Book) -> dict[int, str]:
    return {change.id: change.state for change in book.history()}


@pytest.fixture
def acme(book: Book) -> Book:
    """A book with one account, in Oslo."""
    book.accounts.add(Account(A, "Acme", city="Oslo", sector="Rail"))
    return book


def test_a_change_that_later_ones_cover_stays_in_force(acme: Book) -> None:
    first = edit(acme, city="Bergen")
    second = edit(acme, city="Lund")
    edit(acme, sector="Sea")
    found = acme.undo_change(first)
    assert (found.is_nothing, found.kept) == (True, 1)
    assert f"made by “Change Acme” (change {second})" in found.words
    assert states(acme)[first] == "done"
    assert newest(acme) == second + 1, "nothing is written into the history"
    acme.undo_change(second)
    assert values(acme)[0] == "Bergen"
    assert not acme.undo_change(first).is_nothing
    assert values(acme)[0] == "Oslo"


def test_a_value_of_a_change_that_was_taken_back_does_not_return(acme: Book) -> None:
    first = edit(acme, city="Bergen", sector="Sea")
    second = edit(acme, city="Lund")
    edit(acme, next_step="Call")
    assert acme.undo_change(first).kept == 1
    assert values(acme) == ("Lund", "Rail", "Call")
    acme.undo_change(second)
    assert values(acme) == ("Oslo", "Rail", "Call")


def test_a_field_that_a_later_change_set_back_is_told(acme: Book) -> None:
    first = edit(acme, city="Bergen")
    second = edit(acme, city="Oslo")
    edit(acme, sector="Sea")
    assert acme.undo_change(first).words == (
        f"Undone: Change Acme. 1 field was set back already, by “Change Acme” (change {second})."
    )
    acme.undo_change(second)
    assert values(acme)[0] == "Oslo"


def test_a_value_that_was_set_again_by_a_later_change_stays(acme: Book) -> None:
    first = edit(acme, city="Bergen")
    edit(acme, city="Lund")
    last = edit(acme, city="Bergen")
    edit(acme, sector="Sea")
    assert acme.undo_change(first).is_nothing
    assert values(acme)[0] == "Bergen"
    acme.undo_change(last)
    assert values(acme)[0] == "Lund"


def test_taking_an_undo_back_puts_the_change_in_force_again_in_full(acme: Book) -> None:
    first = edit(acme, city="Bergen", sector="Sea")
    second = edit(acme, city="Lund")
    edit(acme, next_step="Call")
    acme.undo_change(first)
    undoing = newest(acme)
    acme.undo_change(second)
    acme.undo_change(undoing)
    assert values(acme) == ("Bergen", "Sea", "Call")
    assert (states(acme)[first], states(acme)[undoing]) == ("done", "reverted")
    acme.undo()
    assert values(acme) == ("Oslo", "Rail", "Call")
    assert (states(acme)[first], states(acme)[undoing]) == ("reverted", "done")
    acme.redo()
    acme.undo_change(first)
    assert values(acme) == ("Oslo", "Rail", "Call")


def test_edits_that_stay_and_records_that_are_needed_are_told_apart_by_name(book: Book) -> None:
    with book.change("Import s", kind="import", batch="s"):
        accounts = [Account(AccountId(f"i{n}"), f"Company {n}") for n in range(6)]
        book.accounts.insert(accounts, "s")
    number = newest(book)
    for n in range(4):
        book.touches.add(Touch(f"t{n}", AccountId(f"i{n}"), DAY, Channel.CALL))
    book.accounts.update("i4", city="Oslo")
    ahead = preview(book.connection, number)
    assert ahead.words == (
        "1 record is taken out. 1 later edit is kept. "
        f"It was made by “Change Company 4” (change {newest(book)}). 4 records stay because what "
        "came later needs them: Company 0, Company 1, Company 2 and 1 more."
    )
    assert book.undo_change(number).stays == ahead.stays


def test_undoing_back_to_a_change_leaves_nothing_wrong_in_the_search(acme: Book) -> None:
    start = newest(acme)
    for name in ("Birch", "Cedar", "Dogwood"):
        acme.accounts.add(Account(AccountId(name), name))
    with acme.change("Import s", kind="import", batch="s"):
        acme.accounts.insert([Account(AccountId("e"), "Elm")], "s")
    edit(acme, city="Bergen")
    acme.undo_back_to(start)
    assert check(acme) == []
    assert not acme.search("birch")
    while acme.can_redo:
        acme.redo()
    assert check(acme) == []
    assert [found.title for found in acme.search("elm")] == ["Elm"]


@pytest.mark.parametrize(
    "image", ["{not json", '{"id": 1, "nosuch": 2}', '{"id": "b", "name": null}', "[1]"]
)
def test_what_no_longer_fits_is_said_and_nothing_is_changed(acme: Book, image: str) -> None:
    acme.accounts.add(Account(AccountId("b"), "Birch"))
    first, last = edit(acme, city="Bergen"), edit(acme, sector="Sea")
    acme.connection.execute(
        "update change_row set before = ? where tbl = 'account' and change_id in (?, ?)",
        (image, first, last),
    )
    seen = values(acme)
    for number in (first, last):
        with pytest.raises(UserError, match="does not fit the book"):
            acme.undo_change(number)
    assert values(acme) == seen


edits = st.lists(
    st.dictionaries(st.sampled_from(FIELDS), st.sampled_from("uvwxy"), min_size=1),
    min_size=2,
    max_size=6,
)


def in_any_order(folder: Path, examples: int) -> None:
    """Make changes, take some back in some order; compare with a book that never had them."""
    template = folder / "template.csbook"
    with Book.create(template, today=DAY) as book:
        book.accounts.add(Account(A, "Acme", city="a", sector="b", next_step="c"))

    @settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(made=edits, data=st.data())
    def run(made: list[Edit], data: st.DataObject) -> None:
        back = data.draw(st.permutations(range(len(made))), "order")
        back = back[: data.draw(st.integers(1, len(made)), "how many")]
        undone_again = data.draw(st.sets(st.sampled_from(back)), "taken back themselves")
        path = Path(tempfile.mkdtemp(dir=folder)) / "b.csbook"
        shutil.copyfile(template, path)
        with Book.open(path, today=DAY) as book:
            take_back(book, made, list(back), undone_again)

    run()


def take_back(book: Book, made: list[Edit], back: list[int], undone_again: set[int]) -> None:
    numbers: dict[int, int] = {}
    effect: dict[int, dict[str, str]] = {}
    for n, fields in enumerate(made):
        was = dict(zip(FIELDS, values(book), strict=True))
        effect[n] = {name: value for name, value in fields.items() if was[name] != value}
        if effect[n]:
            numbers[n] = edit(book, **fields)
    # Not the newest: that would be undone exactly, and could come again.
    book.accounts.add(Account(AccountId("z"), "Zed"))
    undoings: dict[int, int] = {}
    waiting = [n for n in back if n in numbers]
    while waiting:
        left = []
        for n in waiting:
            book.accounts.update("z", pinned=not book.accounts.get("z").pinned)
            if book.undo_change(numbers[n]).is_nothing:
                left.append(n)
            elif newest_undoes(book, numbers[n]):
                undoings[n] = newest(book)
        if left == waiting:
            break  # later ones that are in force cover all of them
        waiting = left
    gone = {n for n in back if n in numbers}
    assert values(book) == without(effect, gone)
    gone -= set(waiting)
    assert values(book) == without(effect, gone)
    for n in sorted(undoings.keys() & undone_again):
        book.accounts.update("z", pinned=not book.accounts.get("z").pinned)
        if not book.undo_change(undoings[n]).is_nothing:
            gone.discard(n)
    assert values(book) == without(effect, gone)


def newest_undoes(book: Book, number: int) -> bool:
    return book.history(1)[0].reverts == number


def without(effect: dict[int, dict[str, str]], gone: set[int]) -> tuple[str, ...]:
    held = dict(zip(FIELDS, "abc", strict=True))
    for n in sorted(effect.keys() - gone):
        held |= effect[n]
    return tuple(held.values())


def test_changes_taken_back_in_any_order_leave_no_trace(tmp_path: Path) -> None:
    in_any_order(tmp_path, examples=12)


@pytest.mark.soak
def test_changes_taken_back_in_any_order_leave_no_trace_at_length(tmp_path: Path) -> None:
    in_any_order(tmp_path, examples=250)


def test_an_amount_and_its_currency_go_back_through_two_imports(acme: Book) -> None:
    for number, currency in enumerate(("USD", "EUR", "MXN")):
        with acme.change(f"Import {number}", kind="import", batch=f"s{number}"):
            acme.accounts.update("a", arr=fact(Money(100, currency)), source="crm")
            acme.accounts.insert([Account(AccountId(f"n{number}"), f"New {number}")], f"s{number}")
    edit(acme, city="Bergen")
    first, second, third = (c.id for c in reversed(acme.history()) if c.kind == "import")
    assert acme.undo_change(second).kept == 1
    assert acme.accounts.get("a").arr == fact(Money(100, "MXN"))
    acme.undo_change(third)
    assert acme.accounts.get("a").arr == fact(Money(100, "USD"))
    acme.undo_change(first)
    assert not acme.accounts.get("a").arr.is_known
