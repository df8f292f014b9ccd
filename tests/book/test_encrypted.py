"""Encrypted books: nothing of them can be read without the passphrase, and all else works alike."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from csplanner.book import backup as backups
from csplanner.book import key as keys
from csplanner.book.book import Book
from csplanner.book.check import check
from csplanner.book.connection import connect
from csplanner.book.dump import dump, dump_when_due
from csplanner.book.erase import erase, traces
from csplanner.book.export import export_book
from csplanner.book.export_tables import private_copy
from csplanner.book.person_marks import known
from csplanner.book.rebuild import rebuild
from csplanner.book.salvage import salvage
from csplanner.crm.apart import stage_apart
from csplanner.crm.importing import Options, apply, stage
from csplanner.domain.account import Account, AccountId
from csplanner.errors import DamagedBook, UserError
from tests.book.digest import digest
from tests.book.people_of_acme import NAME, TODAY, fill
from tests.book.test_undo_machine import UndoMachine

PASSPHRASE = "correct horse battery"
SECRETS = (b"Acme", b"acme", b"Dana", NAME.encode(), b"lukasik", b"SQLite format")

ROOT = Path(__file__).resolve().parents[2]


KEY = keys.Key.of(PASSPHRASE, bytes(range(60, 76)))
"""Made once: it takes a quarter of a second."""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "secret.csbook"
    keys.hold(KEY)
    with Book.create(path, today=TODAY, key=KEY) as book:
        fill(book)
    return path


@pytest.fixture
def unlocked(filled: Path, tmp_path: Path) -> Path:
    """An encrypted book, closed."""
    keys.hold(KEY)
    return Path(shutil.copy(filled, tmp_path / "secret.csbook"))


@pytest.fixture
def locked(unlocked: Path) -> Path:
    """The same, whose passphrase this process was not told."""
    keys.forget(KEY)
    return unlocked


@contextmanager
def half_written(book: Book) -> Iterator[bytes]:
    """A change of which a part is in the file already; gives the journal."""
    for pragma in ("cache_spill = 1", "cache_size = 2"):
        book.connection.execute(f"pragma main.{pragma}")
    with book.change("Half"):
        book.connection.execute("pragma user_version = 2")  # so that the first page is in it
        book.connection.execute("update touch set note = note || ?", ("Acme again " * 900,))
        yield book.path.with_name(book.path.name + "-journal").read_bytes()


def told(content: bytes) -> list[bytes]:
    return [word for word in SECRETS if word in content]


# --- the passphrase ---


def test_without_its_passphrase_a_book_asks_for_it_and_is_left_alone(locked: Path) -> None:
    before = locked.read_bytes()
    with pytest.raises(keys.NeedsPassphrase, match="encrypted"):
        Book.open(locked)
    assert locked.read_bytes() == before
    assert [p.name for p in locked.parent.iterdir() if p.is_file()] == [locked.name]


def test_a_wrong_passphrase_is_said_plainly_and_opens_nothing(locked: Path) -> None:
    with pytest.raises(keys.WrongPassphrase, match="not the passphrase"):
        keys.unlock(locked, "Correct horse battery")
    with pytest.raises(keys.NeedsPassphrase):
        Book.open(locked)


def test_the_passphrase_opens_it_however_its_letters_are_composed(tmp_path: Path) -> None:
    path = tmp_path / "accents.csbook"
    key = keys.new_key("Zoe\u0308 and Bj\u00f6rn")
    Book.create(path, key=key).close()
    keys.forget(key)
    assert keys.unlock(path, "Zo\u00eb and Bjo\u0308rn") == key


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(UserError, match="at least 8 letters"):
        keys.new_key("seven77")


def test_a_key_shows_nothing_of_itself(unlocked: Path) -> None:
    for shown in (repr(KEY), str(KEY), f"{[KEY]}"):
        assert KEY.raw.hex() not in shown
        assert str(KEY.raw) not in shown
    with Book.open(unlocked) as book, pytest.raises(Exception) as raised:  # noqa: PT011
        book.connection.execute("select * from nowhere")
    assert KEY.raw.hex() not in repr(raised.value)
    assert KEY.raw.hex() not in str(raised.getrepr(showlocals=False))


def test_another_program_of_sqlcipher_opens_it_with_the_passphrase(locked: Path) -> None:
    dbapi2 = pytest.importorskip("sqlcipher3.dbapi2")
    with closing(dbapi2.connect(locked)) as db:
        db.execute(f"pragma key = '{PASSPHRASE}'")
        assert db.execute("select count(*) from account").fetchone() == (2,)


def test_a_plain_book_starts_without_the_driver_of_encrypted_ones(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from csplanner.book.book import Book\n"
        "path = Path(sys.argv[1]); Book.create(path).close(); Book.open(path).close()\n"
        "assert not [m for m in sys.modules if 'sqlcipher' in m]"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path / "p.csbook"], check=True, cwd=ROOT)


def test_without_the_driver_one_sentence_says_how_to_get_it(unlocked: Path) -> None:
    code = (
        "import sys; sys.modules['sqlcipher3'] = None; sys.modules['sqlcipher3.dbapi2'] = None\n"
        "from pathlib import Path; from csplanner.book.book import Book\n"
        "from csplanner.book.key import unlock; from csplanner.errors import UserError\n"
        f"path = Path(sys.argv[1]); unlock(path, '{PASSPHRASE}')\n"
        "try: Book.open(path)\n"
        "except UserError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, unlocked], check=True, cwd=ROOT, capture_output=True, text=True
    )
    assert "pip install 'csplanner[encryption]'" in done.stdout


# --- nothing lies about in plain ---


def test_neither_the_book_nor_its_journal_tells_a_name(unlocked: Path) -> None:
    with Book.open(unlocked, today=TODAY) as book, half_written(book) as journal:
        assert len(journal) > 8192
        assert told(journal) == []
        assert told(unlocked.read_bytes()) == []
    assert told(unlocked.read_bytes()) == []


def test_no_copy_made_of_it_tells_a_name(unlocked: Path, tmp_path: Path) -> None:
    with Book.open(unlocked, today=TODAY) as book:
        kept = backups.backup(book)
        saved = backups.backup(book, tmp_path / "copy.csbook")
        with private_copy(book) as copy:
            ((_, _, file),) = copy.connection.execute("pragma database_list").fetchall()
            made = [Path(file).read_bytes()]
        with book.private() as judged:
            made.append(judged._file.file.read_bytes())
    assert made
    for content in (*made, kept.read_bytes(), saved.read_bytes()):
        assert len(content) > 100_000
        assert told(content) == []


def test_it_has_no_plain_weekly_dump(unlocked: Path) -> None:
    with Book.open(unlocked, today=TODAY) as book:
        assert dump_when_due(book) is None
        with pytest.raises(UserError, match="no plain dumps"):
            dump(book)


def test_an_export_warns_that_it_is_plain(unlocked: Path, tmp_path: Path) -> None:
    with Book.open(unlocked, today=TODAY) as book:
        assert any("not encrypted" in w for w in export_book(book, tmp_path / "out").warnings)


# --- everything else works alike ---


class _EncryptedMachine(UndoMachine):
    def __init__(self) -> None:
        super().__init__()
        self.book.close()
        self.book.path.unlink()
        keys.hold(KEY)
        self.book = Book.create(self.book.path, today=date(2026, 3, 12), key=KEY)


class TestUndoOfEncryptedBooks(_EncryptedMachine.TestCase):
    settings = settings(UndoMachine.TestCase.settings, max_examples=4, stateful_step_count=12)


@pytest.mark.parametrize("run", [stage, stage_apart])
def test_an_import_comes_in_and_its_waiting_file_tells_nothing(
    unlocked: Path, tmp_path: Path, run
) -> None:
    file = tmp_path / "accounts.csv"
    file.write_text("Id,Account Name,Industry\n1,Acme,Dana\n2,Brightwater,Retail\n")
    staged = run([file], unlocked, Options(as_of=date(2026, 3, 1)))
    try:
        assert staged.counts["account"]["new"] == 2
        assert told(staged.path.read_bytes()) == []
        with staged.pages() as pages:
            assert pages.notes() is not None
        with Book.open(unlocked, today=TODAY) as book:
            before = digest(book)
            apply(book, staged)
            assert {a.name for a in book.accounts.all()} >= {"Acme", "Brightwater"}
            assert [f.title for f in book.search("brightwater")]
            book.undo()
            assert digest(book) == before
    finally:
        staged.discard()


def test_a_backup_comes_back(unlocked: Path) -> None:
    with Book.open(unlocked, today=TODAY) as book:
        kept = backups.backup(book)
        before = digest(book)
        book.accounts.add(Account(AccountId(""), "Later"))
    assert backups.newest_good(unlocked) is not None
    assert backups.lost_by(unlocked, kept) == ["Add Later"]
    backups.restore(unlocked, kept)
    with Book.open(unlocked, today=TODAY) as book:
        assert book.is_encrypted
        assert digest(book) == before
    assert next(k.why for k in backups.shelf(unlocked)) is backups.Why.RESTORE


def test_backups_whose_passphrase_is_not_known_stay_good(unlocked: Path) -> None:
    with Book.open(unlocked, today=TODAY) as book:
        kept = backups.backup(book)
    (kept.parent / "manifest.json").unlink()
    keys.forget(KEY)
    (unknown,) = backups.shelf(unlocked)
    assert unknown.sound
    assert "passphrase" in unknown.flaws
    keys.hold(KEY)
    (known,) = backups.shelf(unlocked)
    assert known.flaws == ""
    assert known.rows > 0


def test_a_person_is_erased_from_it_and_from_its_backups(unlocked: Path) -> None:
    from csplanner.book.erase_backups import backups_holding, rewrite_backup

    with Book.open(unlocked, today=TODAY) as book:
        kept = backups.backup(book)
        marks = known(book.connection, "zoe").marks
        assert traces(book, marks) > 0
        erase(book, "zoe")
        assert traces(book, marks) == 0
        assert kept in backups_holding(book, marks)
        for path in backups_holding(book, marks):
            rewrite_backup(book, path, marks)
        assert backups_holding(book, marks) == []
        assert not {f.key for f in check(book)} & {"damage", "loose"}


def test_a_second_window_reads_beside_the_first(unlocked: Path) -> None:
    with Book.open(unlocked, today=TODAY) as first, Book.open(unlocked, today=TODAY) as second:
        assert second.read_only
        assert "it is open" in second.read_only_because
        with closing(first.beside().connection) as beside:
            assert beside.execute("select count(*) from account").fetchone() == (2,)


def test_an_export_becomes_an_equal_encrypted_book(unlocked: Path, tmp_path: Path) -> None:
    with Book.open(unlocked, today=TODAY) as book:
        export_book(book, tmp_path / "out", "json")
        before = digest(book)
    made = rebuild(
        tmp_path / "out" / "secret.json", tmp_path / "again.csbook", today=TODAY, key=KEY
    ).path
    assert told(made.read_bytes()) == []
    with Book.open(made, today=TODAY) as book:
        assert digest(book) == before


# --- damage ---


def test_a_crash_in_a_change_is_taken_back(unlocked: Path, tmp_path: Path) -> None:
    with Book.open(unlocked, today=TODAY) as book:
        before = digest(book)
        with half_written(book) as journal:
            torn = bytearray(unlocked.read_bytes())
    crashed = tmp_path / "crashed.csbook"
    torn[200:3000] = torn[3000:200:-1]  # the first page was being written
    crashed.write_bytes(torn)
    crashed.with_name(crashed.name + "-journal").write_bytes(journal)
    keys.forget(KEY)
    keys.unlock(crashed, PASSPHRASE)
    with Book.open(crashed, today=TODAY) as book:
        assert book.opened.recovered
        assert digest(book) == before


def test_a_damaged_page_is_told_and_displaces_no_backup(unlocked: Path) -> None:
    with Book.open(unlocked, today=TODAY) as book:
        backups.backup(book)
    content = bytearray(unlocked.read_bytes())
    content[len(content) // 2 // 4096 * 4096 + 100] ^= 1
    unlocked.write_bytes(content)
    with pytest.raises(DamagedBook):
        Book.open(unlocked, today=TODAY)
    assert backups.newest_good(unlocked) is not None


def test_salvage_says_that_it_reads_plain_books_only(unlocked: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="salvage reads the pages of plain books only"):
        salvage(unlocked, tmp_path / "new.csbook")


def test_a_journal_of_another_book_is_moved_aside(unlocked: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "other.csbook"
    other.parent.mkdir()
    with Book.create(other, today=TODAY, key=keys.new_key("another passphrase")) as book:
        fill(book)
        with half_written(book) as journal:
            assert journal
    unlocked.with_name(unlocked.name + "-journal").write_bytes(journal)
    with Book.open(unlocked, today=TODAY) as book:
        assert book.opened.moved_aside is not None
        assert len(book.accounts.all()) == 2


def test_a_closed_encrypted_book_can_be_moved(unlocked: Path, tmp_path: Path) -> None:
    moved = tmp_path / "moved.csbook"
    shutil.move(unlocked, moved)
    with Book.open(moved, today=TODAY) as book, closing(connect(moved)) as db:
        assert book.is_encrypted
        assert db.execute("select count(*) from account").fetchone() == (2,)
