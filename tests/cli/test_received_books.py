"""The command line and books that may not be written: it says so, and what to do that works."""

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from csplanner.book.book import Book
from csplanner.book.lock import lock_path
from csplanner.cli.main import main
from csplanner.domain.account import Account, AccountId

_EVIL = "create trigger evil after update on account begin delete from touch; end"


@pytest.fixture
def path(book: Book) -> Path:
    book.accounts.add(Account(AccountId("a1"), "Acme"))
    book.refresh()
    book.close()
    return book.path


def received(path: Path) -> Path:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(_EVIL)
    return path


def left_open_elsewhere(path: Path) -> Path:
    facts = {"pid": 4242, "host": "laptop", "user": "bob", "program": "csplanner",
             "since": "2026-03-11T08:00:00+00:00"}  # fmt: skip
    lock_path(path).write_text(json.dumps(facts))
    return path


@pytest.mark.parametrize(
    "words",
    [["accounts"], ["account", "Acme"], ["today"], ["history"], ["tiers"], ["export"], ["backup"]],
)
def test_every_verb_that_reads_says_that_a_book_holds_foreign_code(
    words: list[str], path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    verb, *rest = words
    out = ["--out", str(tmp_path / "out.csbook")] if verb in ("export", "backup") else []
    assert main([verb, str(received(path)), *rest, *out, "--today", "2026-03-12"]) == 0
    said = capsys.readouterr().err
    assert "code that csplanner did not write (trigger evil)" in said
    assert "csplanner salvage" in said


def test_check_finds_foreign_code_and_its_advice_makes_a_book_without_it(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    received(path)
    assert main(["check", str(path)]) == 1
    said = capsys.readouterr().out
    assert "Wrong: 1 piece of code that csplanner did not write: trigger evil." in said
    assert "csplanner salvage BOOK --out NEW" in said
    assert main(["check", str(path), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [(f["key"], f["repairable"]) for f in found] == [("foreign_code", False)]
    new = tmp_path / "new.csbook"
    assert main(["salvage", str(path), "--out", str(new)]) == 0
    assert main(["check", str(new)]) == 0
    with Book.open(new) as book:
        assert not book.read_only
        assert book.accounts.get("a1").name == "Acme"


def test_a_copy_of_a_book_with_foreign_code_is_not_offered_as_the_way_on(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["undo", str(received(path))]) == 1
    refused = capsys.readouterr().err
    assert "csplanner salvage" in refused
    assert "Save a copy" not in refused


@pytest.mark.parametrize(
    "words",
    [["undo"], ["check", "--repair"], ["rates", "--set", "EUR", "USD", "1.1"], ["import"]],
)
def test_a_book_left_open_elsewhere_is_taken_over_where_that_is_said(
    words: list[str], path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    left_open_elsewhere(path)
    verb, *rest = words
    if verb == "import":
        (tmp_path / "accounts.csv").write_text("Id,Name\n1,Acme\n2,Apex\n")
        rest = [str(tmp_path / "accounts.csv"), "--source", "crm"]
    if words != ["check", "--repair"]:
        assert main([verb, str(path), *rest]) == 1
        assert "--take-over" in capsys.readouterr().err
    main([verb, str(path), *rest, "--take-over"])
    assert "read-only" not in capsys.readouterr().err
    assert not lock_path(path).exists()


def test_restore_names_its_own_way_past_a_lock_of_another_computer(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", str(path), "--out", str(tmp_path / "copy.csbook")]) == 0
    left_open_elsewhere(path)
    assert main(["restore", str(path), str(tmp_path / "copy.csbook")]) == 1
    assert "--take-over" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
@pytest.mark.parametrize("kind", ["pipe", "folder", "link"])
def test_what_lies_where_the_lock_should_be_is_named_and_never_waited_for(
    kind: str, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = lock_path(path)
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    else:
        place.symlink_to(path.with_name("elsewhere"))
    assert main(["undo", str(path)]) == 1
    said = capsys.readouterr().err
    assert f"{place.name} beside it is a {kind}" in said
    assert f"Move {place.name} away" in said
    assert main(["history", str(path)]) == 0
    assert not path.with_name("elsewhere").exists()
