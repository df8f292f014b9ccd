"""`backup` and `restore` on the command line, and the backup that verbs make by themselves."""

import json
import shutil
from pathlib import Path

import pytest

from csplanner.book.backup import Why, backup, shelf
from csplanner.book.book import Book
from csplanner.book.shelf import folder_of
from csplanner.cli.main import main
from csplanner.domain.account import Account, AccountId
from csplanner.domain.person import Person

TODAY = ("--today", "2026-03-12")


@pytest.fixture
def path(book: Book) -> Path:
    """A closed book with Acme, backed up, and three accounts added later."""
    book.accounts.add(Account(AccountId(""), "Acme"))
    backup(book, why=Why.IMPORT)
    for name in ("Birch", "Cedar\x1b[2J", "Dogwood"):
        book.accounts.add(Account(AccountId(""), name))
    book.close()
    return book.path


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main([*map(str, words), *TODAY])
    out, err = capsys.readouterr()
    return code, out, err


def names(path: Path) -> list[str]:
    with Book.open(path, read_only=True) as book:
        return [account.name for account in book.accounts.all()]


def test_the_list_says_when_why_how_large_and_whether_sound(path: Path, capsys) -> None:
    code, out, _ = run(capsys, "backup", path, "--list")
    heads, line, total = out.splitlines()
    assert code == 0
    assert heads.split() == ["When", "(UTC)", "Made", "MB", "Records", "Sound", "File"]
    assert "before an import" in line
    assert " yes " in line
    assert "MB in" in total
    _, out, _ = run(capsys, "backup", path, "--list", "--json")
    (kept,) = json.loads(out)["backups"]
    assert (kept["why"], kept["sound"]) == ("import", True)
    assert kept["size"] == Path(kept["path"]).stat().st_size


def test_the_list_finds_the_backups_of_a_book_that_is_lost(
    path: Path, tmp_path: Path, capsys
) -> None:
    path.unlink()
    _, out, _ = run(capsys, "backup", path, "--list")
    assert "before an import" in out
    code, out, _ = run(capsys, "backup", tmp_path / "moved.csbook", "--list")
    assert code == 0
    assert "no backup of a book at" in out
    assert str(path) in out
    _, out, _ = run(capsys, "backup", tmp_path / "moved.csbook", "--list", "--json")
    assert [other["path"] for other in json.loads(out)["others"]] == [str(path)]


def test_a_backup_is_made_of_a_book_that_is_open_elsewhere(path: Path, capsys) -> None:
    with Book.open(path):
        code, out, _ = run(capsys, "backup", path, "--json")
    assert code == 0
    assert json.loads(out)["path"] == str(shelf(path)[0].path)


def test_restore_takes_the_newest_good_one_and_says_what_is_lost(path: Path, capsys) -> None:
    code, out, _ = run(capsys, "restore", path)
    assert code == 0
    assert "from the backup of 20" in out
    assert "3 newer changes are not in it: “Add Dogwood”, “Add Cedar [2J”, “Add Birch”." in out
    assert "The book as it was stands in" in out
    assert names(path) == ["Acme"]
    # The book as it was is on the shelf as well, and is now the newest.
    _, out, _ = run(capsys, "restore", path)
    assert "No newer change was in the book." in out
    assert len(names(path)) == 4


def test_restore_without_a_good_backup_says_what_to_do(path: Path, capsys) -> None:
    shelf(path)[0].path.write_bytes(b"damaged")
    code, out, err = run(capsys, "restore", path)
    assert (code, out) == (1, "")
    assert "no good backup" in err
    assert "--list" in err
    assert len(names(path)) == 4


def test_a_backup_of_another_book_needs_a_word_more(path: Path, tmp_path: Path, capsys) -> None:
    with Book.create(tmp_path / "other.csbook") as other:
        other.accounts.add(Account(AccountId(""), "Other"))
        other.connection.execute("update change set at = '2001-01-01T00:00:00+00:00'")
        copy = backup(other)
    code, _, err = run(capsys, "restore", path, copy)
    assert code == 1
    assert "--other-book" in err
    assert run(capsys, "restore", path, copy, "--other-book")[0] == 0
    assert names(path) == ["Other"]


def test_a_verb_that_wrote_leaves_a_backup_of_the_book_as_it_is_then(path: Path, capsys) -> None:
    run(capsys, "accounts", path)
    assert [kept.why for kept in shelf(path)] == [Why.IMPORT]
    for left in (3, 2):
        run(capsys, "undo", path)
        path.rename(path.with_suffix(".lost"))
        run(capsys, "restore", path)
        assert len(names(path)) == left
    assert [kept.why for kept in shelf(path)] == [Why.CLOSE, Why.CLOSE, Why.IMPORT]


def test_an_import_by_command_is_in_the_newest_backup(tmp_path: Path, capsys) -> None:
    book, export = tmp_path / "b.csbook", tmp_path / "a-2026-03-10.csv"
    export.write_text("Account ID,Account Name\n1,Acme\n", encoding="utf-8")
    assert run(capsys, "new", book)[0] == 0
    assert run(capsys, "import", book, export)[0] == 0
    book.unlink()
    run(capsys, "restore", book)
    assert names(book) == ["Acme"]


def test_a_large_book_is_backed_up_after_a_verb_when_the_newest_backup_is_old(
    path: Path, capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("csplanner.book.backup.SMALL_BYTES", 1000)
    run(capsys, "undo", path)
    assert len(shelf(path)) == 1
    old = shelf(path)[0].path
    old.rename(old.with_name("2026-01-01 00.00.00 0001-import.csbook"))
    run(capsys, "accounts", path)
    assert len(shelf(path)) == 1
    run(capsys, "undo", path)
    assert [kept.why for kept in shelf(path)] == [Why.CLOSE, Why.IMPORT]


def test_a_backup_that_cannot_be_made_is_said_and_the_change_stays(
    path: Path, capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf(path)[0].path.unlink()
    usage = shutil.disk_usage(path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=10))
    code, out, err = run(capsys, "undo", path)
    assert code == 0
    assert "Undone: Add Dogwood" in out
    assert "your change is saved, but not backed up" in err
    assert "it needs" in err
    assert err.endswith("Free some space.\n")
    assert len(names(path)) == 3


def test_a_backups_folder_that_cannot_be_used_is_said_and_the_change_stays(
    path: Path, capsys
) -> None:
    shelf(path)[0].path.unlink()
    folder = folder_of(path)
    shutil.rmtree(folder)
    folder.write_text("in the way", encoding="utf-8")
    code, out, err = run(capsys, "undo", path)
    assert (code, out) == (0, "Undone: Add Dogwood.\n")
    assert "your change is saved, but not backed up" in err
    assert "unchanged" not in err
    for words in (("backup", path, "--list"), ("restore", path)):
        code, _, err = run(capsys, *words)
        assert code == 1
        assert f"The backups of {path.name} cannot be read: {folder}" in err


def test_a_home_that_cannot_be_used_is_said_and_the_change_stays(
    path: Path, capsys, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("CSPLANNER_HOME", str(tmp_path / "elsewhere"))
    code, out, err = run(capsys, "undo", path)
    assert (code, out) == (0, "Undone: Add Dogwood.\n")
    assert "your change is saved, but not backed up" in err


def test_a_copy_that_stands_counts_though_its_manifest_cannot_be_written(
    path: Path, capsys
) -> None:
    manifest = folder_of(path) / "manifest.json"
    manifest.unlink()
    manifest.mkdir()
    assert run(capsys, "backup", path)[0] == 0
    assert [kept.why for kept in shelf(path)] == [Why.HAND, Why.IMPORT]


def test_a_link_to_a_book_has_the_backups_of_the_book(path: Path, tmp_path: Path, capsys) -> None:
    link = tmp_path / "link.csbook"
    link.symlink_to(path)
    run(capsys, "backup", link)
    assert shelf(link) == shelf(path)
    assert len(shelf(path)) == 2


def test_a_restore_that_brings_an_erased_person_back_says_so_and_how_to_erase_again(
    path: Path, capsys
) -> None:
    with Book.open(path) as book:
        book.people.add(Person("zoe", AccountId(book.accounts.all()[0].id), "Zoe Quill"))
        kept = backup(book)
    run(capsys, "person", path, "Zoe Quill", "--erase", "--yes")
    _, out, _ = run(capsys, "restore", path, kept)
    assert "1 person you erased is in the book again; imports go on leaving them out: " in out
    assert f"csplanner person {path} --rewrite-backups" in out
    code, out, _ = run(capsys, "person", path, "--rewrite-backups")
    assert code == 0
    assert "Erased 1 person again who had come back." in out
    assert run(capsys, "person", path, "Zoe Quill")[0] == 1
    _, out, _ = run(capsys, "restore", path, kept)
    assert "you erased" not in out


@pytest.mark.parametrize("chosen", [".", "missing.csbook", "text.csbook"])
def test_what_is_no_backup_is_refused_in_a_sentence(
    path: Path, chosen: str, tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("text.csbook").write_text("text", encoding="utf-8")
    code, out, err = run(capsys, "restore", path, chosen)
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert len(names(path)) == 4
    assert run(capsys, "restore", ".", shelf(path)[0].path)[0] == 1
