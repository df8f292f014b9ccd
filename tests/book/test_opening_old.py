"""Books of an older schema: backed up, upgraded whole or not at all, read where not writable."""

import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from csplanner.book import schema
from csplanner.book.audit import KNOWN, digest_of, expected_parts
from csplanner.book.backup import Why, shelf
from csplanner.book.book import Book
from csplanner.book.schema import SCHEMA_VERSION
from csplanner.errors import UserError

ROOT = Path(__file__).resolve().parent.parent.parent
OLD = ROOT / "tests" / "books" / "schema-1.csbook"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return Path(shutil.copy(OLD, tmp_path / "old.csbook"))


def test_an_old_book_is_backed_up_then_upgraded(old: Path, today: date) -> None:
    with Book.open(old, today=today) as book:
        assert book.opened.upgraded_from == 1
        kept = book.opened.upgrade_backup
        assert not book.opened.changed_outside
    assert kept is not None
    (entry,) = shelf(old)
    assert (entry.path, entry.why, entry.schema) == (kept, Why.MIGRATION, 1)
    with Book.open(old, today=today) as book:
        assert book.opened.upgraded_from is None


def test_an_upgrade_that_fails_leaves_the_book_as_it_was(
    old: Path, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = old.read_bytes()

    def failing() -> tuple[str, ...]:
        return (*whole(), "insert into account (id) values (null)")

    whole = schema.second_schema
    steps = [(n, failing if s is whole else s) for n, s in schema._SCHEMAS]
    monkeypatch.setattr(schema, "_SCHEMAS", steps)
    with pytest.raises(Exception, match="NOT NULL"):
        Book.open(old, today=today)
    assert old.read_bytes() == before
    monkeypatch.undo()
    with Book.open(old, today=today) as book:
        assert book.opened.upgraded_from == 1


_DIES = """
import os, signal, sys
from pathlib import Path
from csplanner.book import schema
from csplanner.book.book import Book
whole, at = schema.second_schema, int(sys.argv[2])
def dying():
    for number, statement in enumerate(whole()):
        if number == at:
            os.kill(os.getpid(), signal.SIGKILL)
        yield statement
schema._SCHEMAS = [(n, dying if s is whole else s) for n, s in schema._SCHEMAS]
Book.open(Path(sys.argv[1]))
"""


@pytest.mark.parametrize("at", [0, 9, len(schema.second_schema()) - 1])
def test_a_kill_in_the_middle_of_an_upgrade_leaves_the_old_book(
    at: int, old: Path, today: date
) -> None:
    done = subprocess.run([sys.executable, "-c", _DIES, old, str(at)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    with Book.open(old, today=today) as book:
        assert book.opened.upgraded_from == 1
        assert not book.read_only
        assert book.accounts.all()


def test_an_old_book_that_may_not_be_written_is_read_and_left_alone(
    plain_user: Path, today: date
) -> None:
    old = plain_user / "old.csbook"
    old.write_bytes(_OLD_BYTES)
    plain_user.chmod(0o500)
    with Book.open(old, today=today) as book:
        assert book.read_only_because == "you may not write to it"
        assert book.opened.upgraded_from == 1
        assert book.accounts.all()
        with book.beside() as second:
            assert second.accounts.all()
        copy = book._file.file
        assert oct(copy.stat().st_mode)[-3:] == "600"
        with pytest.raises(UserError, match="read-only"):
            book.accounts.pin(book.accounts.all()[0].id, pinned=True)
    assert not copy.parent.exists()
    assert old.read_bytes() == _OLD_BYTES


_OLD_BYTES = OLD.read_bytes()


def test_the_digests_of_the_audit_are_those_of_the_schemas() -> None:
    assert {v: digest_of(expected_parts(v)) for v in KNOWN} == KNOWN
    assert sorted(KNOWN) == list(range(1, SCHEMA_VERSION + 1))
