"""The command line while a window has the book open: reading is right, writing is refused."""

import json

import pytest

from csplanner.book.book import Book
from csplanner.cli.main import main
from csplanner.domain.account import Account, AccountId


@pytest.fixture
def held(book: Book):
    """A book that a window has open, with an account judged on the story's day."""
    book.accounts.add(Account(AccountId("a1"), "Acme"))
    book.refresh()
    return book


def test_a_verb_that_reads_shows_what_the_window_wrote_last(held: Book, capsys) -> None:
    held.accounts.update("a1", name="Apex")
    assert main(["accounts", str(held.path), "--today", "2026-03-12", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [a["name"] for a in found["accounts"]] == ["Apex"]


def test_on_another_day_it_is_judged_for_that_day_beside_the_window(held: Book, capsys) -> None:
    before = held.connection.execute("select as_of from overview").fetchall()
    assert main(["accounts", str(held.path), "--today", "2026-04-20", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["accounts"]) == 1
    assert held.connection.execute("select as_of from overview").fetchall() == before


@pytest.mark.parametrize("day", ["2026-03-12", "2026-04-20"])
def test_a_verb_that_writes_says_who_holds_it(held: Book, day: str, capsys) -> None:
    assert main(["undo", str(held.path), "--today", day]) == 1
    assert "open in csplanner by" in capsys.readouterr().err
    assert held.accounts.get("a1").name == "Acme"
