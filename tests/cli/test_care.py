"""A damaged book on the command line: what can be read is listed, and the next step is named."""

import json
from datetime import date
from pathlib import Path

import pytest

from csplanner.book.backup import backup
from csplanner.book.book import Book
from csplanner.cli.main import main
from csplanner.domain.account import Account, AccountId
from csplanner.domain.person import Person, Role, Seat
from tests.book.test_salvage import pages_of, wiped

TODAY = "2026-03-12"


@pytest.fixture
def damaged(book: Book) -> Path:
    """A closed book whose people cannot be read any more."""
    account = book.accounts.add(Account(AccountId(""), "Acme")).id
    book.people.add(Person("", account, "Dana"))
    book.close()
    return wiped(book.path, book.path, pages_of(book.path, "person"))


def test_checking_a_damaged_book_lists_what_can_be_read(
    damaged: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = damaged.read_bytes()
    assert main(["check", str(damaged), "--today", TODAY]) == 1
    said = capsys.readouterr().out
    assert "book.csbook is damaged" in said
    assert ["account", "1", "1"] in [line.split() for line in said.splitlines()]
    assert ["person", "0", "1"] in [line.split() for line in said.splitlines()]
    assert "no good backup" in said
    assert f"csplanner salvage {damaged} --out" in said
    assert damaged.read_bytes() == before


def test_the_newest_good_backup_is_named(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    book.accounts.add(Account(AccountId(""), "Acme"))
    kept = backup(book)
    book.close()
    wiped(book.path, book.path, pages_of(book.path, "person"))
    assert main(["check", str(book.path)]) == 1
    said = capsys.readouterr().out
    assert f"csplanner restore {book.path} '{kept}'" in said
    assert f"--backup '{kept}'" in said


def test_a_damaged_book_checked_as_json(damaged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(damaged), "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["damaged"]
    assert {"table": "account", "rows": 1, "expected": 1} in said["readable"]


def test_salvage_makes_a_book_that_opens(
    damaged: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new.csbook"
    assert main(["salvage", str(damaged), "--out", str(out), "--today", TODAY]) == 0
    said = capsys.readouterr().out
    assert "No row is known to be lost." in said
    with Book.open(out, today=date.fromisoformat(TODAY)) as found:
        account = found.accounts.only("Acme")
        assert [p.name for p in found.people.of(account.id)] == ["Dana"]
    assert main(["salvage", str(damaged), "--out", str(out)]) == 1
    assert "already there" in capsys.readouterr().err


def test_salvage_as_json(damaged: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "new.csbook"
    assert main(["salvage", str(damaged), "--out", str(out), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert {t["table"]: t["remade"] for t in said["tables"]}["person"] == 1


def test_check_prints_counts_rows_and_what_a_repair_does(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    one = book.accounts.add(Account(AccountId(""), "One")).id
    two = book.accounts.add(Account(AccountId(""), "Two")).id
    dana = book.people.add(Person("", one, "Dana")).id
    seat = book.seats.add(Seat("", two, Role.SPONSOR, dana)).id
    book.close()
    assert main(["check", str(book.path), "--today", TODAY]) == 1
    said = capsys.readouterr().out
    assert "Wrong: 1 seats that name people of another account." in said
    assert f"  seat {seat} of account {two}" in said
    assert main(["check", str(book.path), "--json", "--today", TODAY]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert (finding["key"], finding["count"], finding["repairable"]) == ("foreign_seat", 1, True)
    assert main(["check", str(book.path), "--repair", "--today", TODAY]) == 0
    assert "Mended: 1 seats" in capsys.readouterr().out


def test_salvage_takes_lost_rows_from_the_newest_good_backup_unless_told_not_to(
    book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    account = book.accounts.add(Account(AccountId(""), "Acme")).id
    with book.final_change("Leave no image of it"):
        book.people.insert([Person("p1", account, "Dana")])
    kept = backup(book)
    book.close()
    wiped(book.path, book.path, pages_of(book.path, "person"))
    out = str(tmp_path / "a.csbook")
    assert main(["salvage", str(book.path), "--out", out]) == 0
    said = capsys.readouterr().out
    assert "1 came from the backup. No row is known to be lost." in said
    assert str(kept) in said
    words = ["salvage", str(book.path), "--out", str(tmp_path / "b.csbook"), "--no-backup"]
    assert main([*words, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["backup"] is None
    assert "1 row is lost." in said["words"]
