"""Places that may not be written, and places that go away while a book in them is open."""

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from csplanner.book.backup import backup, restore
from csplanner.book.book import Book
from csplanner.book.export import export_book
from csplanner.book.outgoing import place
from csplanner.errors import UserError
from csplanner.settings import AppSettings, save_settings
from tests.faults.conftest import Scenes
from tests.faults.evidence import content
from tests.faults.operations import BOOK, TODAY, edit

Tally = Callable[[str, int, int], None]


@pytest.fixture
def own_home(warm: None, plain_user: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a user without rights, with a home there that this user may write."""
    monkeypatch.setenv("CSPLANNER_HOME", str(plain_user / "home"))
    folder = plain_user / "books"
    folder.mkdir()
    Book.create(folder / BOOK, today=TODAY).close()
    with Book.open(folder / BOOK, today=TODAY) as book:
        edit(book, 1)
    return folder


def shut(path: Path, mode: int) -> None:
    """Take the right to write away and make sure that it is gone."""
    path.chmod(mode)
    probe = path / "probe" if path.is_dir() else path
    with pytest.raises(PermissionError):
        probe.open("ab")


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def test_rights_really_are_missing_here(plain_user: Path) -> None:
    # As root every test below would pass without showing anything.
    assert os.geteuid() != 0
    shut(plain_user, 0o500)


@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_may_not_be_written_opens_read_only_and_can_be_copied(
    what: str, own_home: Path, plain_user: Path, tally: Tally
) -> None:
    path = own_home / BOOK
    before = digest(path)
    shut(path if what == "file" else own_home, 0o400 if what == "file" else 0o500)
    with Book.open(path, today=TODAY) as book:
        assert book.read_only
        assert book.read_only_because
        with pytest.raises(UserError, match=r"read-only.*[Cc]opy"):
            edit(book, 2)
        with pytest.raises(UserError, match="read-only"):
            book.undo()
        copy = backup(book, plain_user / "copy.csbook")
    assert digest(path) == before
    with Book.open(copy, today=TODAY) as copied:
        assert not copied.read_only
        edit(copied, 2)
    own_home.chmod(0o700)
    tally(f"read-only {what}", 1, 0)


def test_nothing_can_be_put_into_a_read_only_folder_and_each_says_so(
    own_home: Path, plain_user: Path, tally: Tally
) -> None:
    target = plain_user / "shut"
    target.mkdir()
    (target / "account.csv").write_text("older", encoding="utf-8")
    shut(target, 0o500)
    with Book.open(own_home / BOOK, today=TODAY) as book:
        copy = backup(book)
        tries: list[Callable[[], object]] = [
            *[lambda fmt=fmt: export_book(book, target, fmt) for fmt in ("csv", "json", "xlsx")],
            lambda: place(target, "Acme deck.pptx", b"a deck"),
            lambda: backup(book, target / "copy.csbook"),
        ]
        for attempt in tries:
            with pytest.raises(UserError):
                attempt()
    with pytest.raises(UserError):
        restore(target / "new.csbook", copy)
    assert [p.name for p in target.iterdir()] == ["account.csv"]
    target.chmod(0o700)
    tally("output into a read-only folder", len(tries) + 1, 0)


def test_a_home_that_may_not_be_written_stops_no_work(
    own_home: Path, plain_user: Path, tally: Tally
) -> None:
    home = plain_user / "home"
    for folder in (*home.rglob("*"), home):
        if folder.is_dir():
            folder.chmod(0o500)
    with Book.open(own_home / BOOK, today=TODAY) as book:
        assert not book.read_only
        edit(book, 2)
        with pytest.raises(UserError):
            backup(book)
        with pytest.raises(UserError):
            save_settings(AppSettings(theme="dark"))
        assert backup(book, own_home / "copy.csbook").exists()
    with Book.open(own_home / BOOK, today=TODAY) as book:
        assert book.can_undo is not None
        assert book.can_undo.label == "Step 2"
    for folder in (home, *home.rglob("*")):
        folder.chmod(0o700)
    tally("read-only home", 1, 0)


@pytest.mark.parametrize("loss", ["folder renamed", "file removed", "file replaced"])
def test_a_book_that_goes_away_is_told_and_can_still_be_copied(
    loss: str, scenes: Scenes, tmp_path: Path, tally: Tally
) -> None:
    folder = scenes.lay("small")
    path = folder / BOOK
    away = folder.with_name("away")
    book = Book.open(path, today=TODAY)
    try:
        edit(book, 1)
        known = content(book)
        if loss == "folder renamed":
            folder.rename(away)
        elif loss == "file removed":
            path.unlink()
        else:
            (folder / "other").write_bytes(path.with_name("staging.sqlite").read_bytes())
            (folder / "other").replace(path)
        with pytest.raises(UserError, match=r"no longer|changed") as said:
            edit(book, 2)
        assert "opy" in str(said.value)
        assert content(book) == known
        copy = backup(book, tmp_path / "copy.csbook")
    finally:
        book.close()
        if away.exists():
            away.rename(folder)
    with Book.open(copy, today=TODAY) as saved:
        assert content(saved) == known
        edit(saved, 2)
    tally(f"{loss} while open", 1, 0)
