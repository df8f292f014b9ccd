"""Books to break: laid out afresh for every trial, always in the same place."""

import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from csplanner.book.backup import backup
from csplanner.book.book import Book
from csplanner.book.staging_apply import apply_staged
from csplanner.crm.importing import stage
from csplanner.domain.settings import BookSettings
from csplanner.resources import resource
from tests.faults.nursery import Nursery
from tests.faults.operations import BOOK, STAGED, TODAY, edit, warm_up

OLD_BOOK = Path(__file__).resolve().parent.parent / "books" / "schema-1.csbook"


class Scenes:
    """Folders with a book in a known state; `lay` puts one in the trial's place.

    The place is always the same, because the backups of a book are found by where it stands.
    """

    def __init__(self, root: Path) -> None:
        self.place = root / "trial"
        self._kept = root / "kept"
        self._kept.mkdir()

    def lay(self, name: str) -> Path:
        """A fresh copy of the scene; the environment's home is the one inside it."""
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(self._kept / name, self.place)
        os.environ["CSPLANNER_HOME"] = str(self.place / "home")
        return self.place

    def keep(self, name: str) -> None:
        """Remember what stands in the trial's place."""
        shutil.copytree(self.place, self._kept / name)


@pytest.fixture(scope="session")
def all_scenes() -> Iterator[Scenes]:
    with (
        TemporaryDirectory(prefix="faults-", dir=_quick_place()) as root,
        pytest.MonkeyPatch.context() as patch,
    ):
        made = Scenes(Path(root))
        patch.setenv("CSPLANNER_HOME", str(made.place / "home"))
        (made.place / "home").mkdir(parents=True)
        path = made.place / BOOK
        small = tuple(_small_export(made.place / f"small {n}", n) for n in (1, 2))
        _imports(made, small, "small")
        _imports(made, sorted(p for p in resource("sample").iterdir() if p.is_dir())[:2], "kept")
        for name in ("small", "kept"):
            made.lay(name)
            with Book.open(path, today=TODAY) as book:
                backup(book)
                edit(book, 99)
            made.keep(f"{name}, with a backup")
        made.lay("small")
        with Book.open(path, today=TODAY) as book:
            book.set_settings(replace(book.settings, name="Changed"))
        made.keep("small, changed")
        shutil.rmtree(made.place)
        made.place.mkdir()
        shutil.copy(OLD_BOOK, path)
        made.keep("old")
        yield made


def _quick_place() -> str | None:
    """Memory, where there is enough: no fault here waits for a real disk."""
    memory = Path("/dev/shm")
    ample = memory.is_dir() and shutil.disk_usage(memory).free > 500_000_000
    return str(memory) if ample else None


def _imports(made: Scenes, exports: Sequence[Path], name: str) -> None:
    """Two scenes: with the first export in the book and the second staged, and with both in."""
    path = made.place / BOOK
    with Book.create(path, BookSettings(name="Kept"), today=TODAY) as book:
        _bring_in(book, exports[0])
        staged = stage([exports[1]], path)
        shutil.move(staged.path, made.place / STAGED)
        staged.discard()
    made.keep(name)
    with Book.open(path, today=TODAY) as book:
        apply_staged(book, made.place / STAGED)
        book.refresh()
    made.keep(f"{name}, imported")
    path.unlink()


def _small_export(folder: Path, month: int) -> Path:
    """A few accounts and people; the second month adds some and changes the others."""
    folder.mkdir()
    count = 4 + 2 * month
    accounts = [f"001Nq00000J1M{n:02}IAF,Firm {n},Energy,{n}00{month},EUR" for n in range(count)]
    people = [
        f"003Nq00000J1P{n:02}IAF,001Nq00000J1M{n:02}IAF,Dana {n},Head {month},dana{n}@firm.test"
        for n in range(count)
    ]
    day = f"2026-0{month}-10"
    files = {
        f"Account {day}.csv": ["Id,Name,Industry,ARR__c,CurrencyIsoCode", *accounts],
        f"Contact {day}.csv": ["Id,AccountId,Name,Title,Email", *people],
    }
    for name, lines in files.items():
        (folder / name).write_text("\n".join((*lines, "")), encoding="utf-8")
    return folder


def _bring_in(book: Book, folder: Path) -> None:
    staged = stage([folder], book.path)
    apply_staged(book, staged.path)
    staged.discard()
    book.refresh()


@pytest.fixture
def scenes(all_scenes: Scenes, home: Path, monkeypatch: pytest.MonkeyPatch) -> Scenes:
    """The scenes, with the environment put back afterwards."""
    monkeypatch.setenv("CSPLANNER_HOME", str(home))
    return all_scenes


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """The warm process that children are forked from."""
    made = Nursery()
    yield made
    made.close()


@pytest.fixture(scope="session")
def warm() -> None:
    """Load what the operations use: without rights it may not be readable any more."""
    warm_up()
