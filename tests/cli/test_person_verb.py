"""`csplanner person`: show, export, erase with a second step, rewrite backups."""

import json
from pathlib import Path

import pytest

from csplanner.book.backup import backup
from csplanner.book.book import Book
from csplanner.cli.main import main
from tests.book.people_of_acme import EMAIL, NAME, add_namesake

DAY = ("--today", "2026-03-12")


@pytest.fixture
def path(acme_book: Book) -> Path:
    backup(acme_book)
    acme_book.close()
    return acme_book.path


def run(*words: object) -> int:
    return main(["person", *map(str, words), *DAY])


def test_a_person_is_shown_whole(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(path, NAME) == 0
    shown = capsys.readouterr().out
    assert "Touches they took part in" in shown
    assert run(path, "zoe", "--json") == 0
    assert json.loads(capsys.readouterr().out)["person"]["email"] == EMAIL


def test_everything_is_written_out(path: Path, tmp_path: Path) -> None:
    assert run(path, "zoe", "--export", tmp_path / "out") == 0
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_erasing_takes_a_second_step(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = path.read_bytes()
    assert run(path, "zoe", "--erase") == 1
    said = capsys.readouterr()
    assert "cannot be undone" in said.out
    assert "first names alone" in said.out
    assert "--yes" in said.err
    assert NAME.encode() in before
    assert run(path, "zoe", "--erase", "--yes") == 0
    said = capsys.readouterr()
    assert "No byte of the book's file" in said.out
    assert "1 backup holds somebody you erased" in said.out
    assert NAME.encode() not in path.read_bytes()
    assert run(path, "--rewrite-backups") == 0
    assert "Rewrote 1 backup." in capsys.readouterr().out
    assert run(path, "--rewrite-backups") == 0
    assert "No backup holds" in capsys.readouterr().out


def test_backups_are_rewritten_in_the_same_step(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(path, "zoe", "--erase", "--yes", "--rewrite-backups") == 0
    assert "Rewrote 1 backup." in capsys.readouterr().out


def test_namesakes_are_refused_with_their_ids(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Book.open(path) as book:
        add_namesake(book)
    assert run(path, NAME, "--erase", "--yes") == 1
    assert "(zoe)" in capsys.readouterr().err
    assert run(path, NAME, "--account", "Acme", "--erase", "--yes") == 0
    assert "may mean somebody else and stayed" in capsys.readouterr().out


def test_saying_nobody_is_refused(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(path) == 1
    assert "Say who is meant" in capsys.readouterr().err


def test_a_part_of_a_name_is_not_enough_to_erase_for_good(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = path.read_bytes()
    assert run(path, "Łukasik", "--erase", "--yes") == 1
    assert "Give the whole name, the e-mail or the id." in capsys.readouterr().err
    assert path.read_bytes() == before
    assert run(path, EMAIL.upper(), "--erase", "--yes") == 0


def test_erasing_and_rewriting_say_what_they_did_as_json(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(path, NAME, "--erase", "--yes", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["traces"], len(said["still_holding"]), said["rewritten"]) == (0, 1, [])
    assert run(path, "--rewrite-backups", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["still_holding"], len(said["rewritten"])) == ([], 1)
    assert run(path, "--rewrite-backups", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"rewritten": [], "still_holding": []}
