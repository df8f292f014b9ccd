"""Opening what is no book, what is newer, what may not be written: one sentence, unchanged."""

import stat
from datetime import date
from pathlib import Path

import pytest

from csplanner.book.backup import backup, backups_of, restore
from csplanner.book.book import Book
from csplanner.book.check import check, repair
from csplanner.book.schema import SCHEMA_VERSION
from csplanner.domain.account import Account, AccountId
from csplanner.domain.person import Person, Role, Seat
from csplanner.errors import UserError
from tests.book.digest import digest


@pytest.mark.parametrize(
    "content", [b"", b"name,arr\nAcme,1\n", b"PK\x03\x04" + b"\0" * 200, b"SQLite format 3\0"]
)
def test_what_is_no_book_is_refused_in_words_and_untouched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.csbook"
    path.write_bytes(content)
    with pytest.raises(UserError, match="not a csplanner book"):
        Book.open(path)
    assert path.read_bytes() == content


def test_a_folder_and_a_missing_file_are_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not a file"):
        Book.open(tmp_path)
    with pytest.raises(UserError, match="no book called"):
        Book.open(tmp_path / "none.csbook")


def test_a_newer_book_is_refused_and_stays_byte_identical(book: Book) -> None:
    book.connection.execute(f"pragma user_version = {SCHEMA_VERSION + 1}")
    book.close()
    before = book.path.read_bytes()
    with pytest.raises(UserError, match="newer csplanner"):
        Book.open(book.path)
    assert book.path.read_bytes() == before


def test_making_a_book_over_a_file_is_refused(book: Book) -> None:
    with pytest.raises(UserError, match="already there"):
        Book.create(book.path)


def test_a_file_that_may_not_be_written_opens_read_only(plain_user: Path) -> None:
    path = plain_user / "b.csbook"
    Book.create(path).close()
    path.chmod(0o400)
    with Book.open(path) as opened:
        assert opened.read_only
        with pytest.raises(UserError, match="read-only"):
            opened.accounts.add(Account(AccountId(""), "Acme"))


def test_a_book_in_a_folder_that_may_not_be_written_opens_read_only(plain_user: Path) -> None:
    path = plain_user / "b.csbook"
    Book.create(path).close()
    before = path.read_bytes()
    plain_user.chmod(0o500)
    with Book.open(path) as opened:
        assert opened.read_only
        assert opened.accounts.all() == []
    assert path.read_bytes() == before


def test_a_folder_that_may_not_be_written_gives_a_sentence(plain_user: Path) -> None:
    plain_user.chmod(0o500)
    with pytest.raises(UserError, match="Choose a folder you may write to"):
        Book.create(plain_user / "b.csbook")


def test_the_book_and_its_backups_are_for_their_owner_only(book: Book) -> None:
    copy = backup(book)
    for path in (book.path, copy):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700


def test_a_backup_holds_everything_and_restore_keeps_the_present_book(
    book: Book, today: date
) -> None:
    book.accounts.add(Account(AccountId(""), "Acme"))
    before = digest(book)
    copy = backup(book)
    assert backups_of(book.path) == [copy]
    book.accounts.add(Account(AccountId(""), "Later"))
    book.close()
    aside = restore(book.path, copy)
    with Book.open(book.path, today=today) as restored:
        assert digest(restored) == before
    with Book.open(aside, today=today) as present:
        assert [a.name for a in present.accounts.all()] == ["Acme", "Later"]


def test_a_damaged_backup_is_not_restored(book: Book) -> None:
    book.accounts.add(Account(AccountId(""), "Acme"))
    copy = backup(book)
    book.close()
    whole = bytearray(copy.read_bytes())
    whole[4096 * 2 : 4096 * 4] = b"\xff" * 8192
    copy.write_bytes(bytes(whole))
    before = book.path.read_bytes()
    with pytest.raises(UserError, match="damaged"):
        restore(book.path, copy)
    assert book.path.read_bytes() == before


def test_a_check_counts_what_is_wrong_and_repair_mends_it_undoably(book: Book) -> None:
    one = book.accounts.add(Account(AccountId(""), "One")).id
    two = book.accounts.add(Account(AccountId(""), "Two")).id
    dana = book.people.add(Person("", one, "Dana"))
    book.seats.add(Seat("", two, Role.SPONSOR, dana.id))
    assert [(f.key, f.count) for f in check(book)] == [("foreign_seat", 1)]
    before = digest(book)
    repair(book)
    assert check(book) == []
    book.undo()
    assert digest(book) == before
