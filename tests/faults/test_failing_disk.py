"""Every k-th call to the disk fails: the book is unchanged, one sentence says so, a retry works."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import apsw
import pytest

from csplanner.book.backup import backup, backups_of, restore
from csplanner.book.book import Book
from csplanner.errors import UserError
from tests.faults.conftest import Scenes
from tests.faults.disk import Disk, Failure
from tests.faults.evidence import content, everything, moments, open_again
from tests.faults.nursery import Nursery
from tests.faults.operations import BOOK, STAGED, TODAY, edit, take_in
from tests.faults.stock import connector

FEW = 2
"""Calls of each kind that fail in turn in a short run; a soak fails every one."""
_NEVER = 1_000_000

FAULTS: dict[str, tuple[str, int, bool]] = {
    "full disk": ("write", apsw.SQLITE_FULL, True),
    "write error": ("write", apsw.SQLITE_IOERR, False),
    "lost drive": ("write", apsw.SQLITE_IOERR, True),
    "failed sync": ("sync", apsw.SQLITE_IOERR, False),
    "failed delete": ("delete", apsw.SQLITE_IOERR, False),
    "failed folder sync": ("folder-sync", apsw.SQLITE_IOERR, False),
}


@dataclass(frozen=True, slots=True)
class Operation:
    """Something done to the book of a scene; `opens` when it opens the book itself."""

    scene: str
    work: Callable[[Book], object] | None = None
    opens: Callable[[Path], object] | None = None


def _open_and_close(folder: Path) -> None:
    Book.open(folder / BOOK, today=TODAY).close()


OPERATIONS: dict[str, Operation] = {
    "editing": Operation("small", lambda book: edit(book, 1)),
    "importing": Operation("small", lambda book: take_in(book, book.path.with_name(STAGED))),
    "undoing an import": Operation("small, imported", lambda book: book.undo()),
    "judging": Operation("small, changed", lambda book: book.refresh()),
    "backing up": Operation("small", backup),
    "restoring": Operation(
        "small, with a backup",
        opens=lambda folder: restore(folder / BOOK, backups_of(folder / BOOK)[0]),
    ),
    "migrating": Operation("old", opens=_open_and_close),
}


@pytest.fixture
def disk(request: pytest.FixtureRequest) -> Disk:
    return Disk(f"disk of {request.node.name}")


@contextmanager
def on(disk: Disk) -> Iterator[None]:
    """Every connection opened inside goes through the disk."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", connector(disk.name))
        yield


def attempt(operation: Operation, folder: Path, disk: Disk, fault: str, at: int) -> "Attempt":
    """Do the operation with one fault, then once more without."""
    call, code, lasting = FAULTS[fault]
    book = None
    before = ""
    with on(disk):
        if operation.work is not None:
            book = Book.open(folder / BOOK, today=TODAY)
            before = everything(book.connection)
        try:
            with disk.failing(call, at, code, lasting=lasting) as failure:
                said = _do(operation, folder, book)
            wrong = _judge(said, failure, book, before, folder)
            if wrong or said:
                again = _do(operation, folder, book)
                if again:
                    wrong.append(f"tried again: {again}")
        finally:
            if book is not None:
                book.close()
    return Attempt(failure, wrong)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of one fault."""

    failure: Failure
    wrong: list[str]


def _do(operation: Operation, folder: Path, book: Book | None) -> str:
    """What the user is told; nothing when it was done."""
    if book is not None and operation.work is not None:
        return _said(lambda: operation.work(book))
    return _said(lambda: operation.opens(folder))


def _said(work: Callable[[], object]) -> str:
    try:
        work()
    except UserError as error:
        return str(error)
    except (sqlite3.Error, OSError) as error:
        return f"no sentence but {error!r}"
    return ""


def _judge(said: str, failure: Failure, book: Book | None, before: str, folder: Path) -> list[str]:
    wrong = []
    if said and not (failure.struck and said.endswith(".")):
        wrong.append(f"it said {said!r}")
    if said and book is not None and everything(book.connection) != before:
        wrong.append(f"the book changed though it said {said!r}")
    if litter := [p.name for p in folder.rglob("*") if p.suffix in (".part", ".tmp")]:
        wrong.append(f"it left {litter} behind")
    return wrong


@pytest.mark.parametrize(
    "few", [FEW, pytest.param(None, marks=pytest.mark.soak)], ids=["some", "every"]
)
@pytest.mark.parametrize("name", OPERATIONS)
def test_a_failing_disk_leaves_the_book_unchanged(
    name: str,
    few: int | None,
    disk: Disk,
    scenes: Scenes,
    tally: Callable[[str, int, int], None],
) -> None:
    operation = OPERATIONS[name]
    found = []
    after = ""
    for fault in FAULTS:
        counted = attempt(operation, scenes.lay(operation.scene), disk, fault, _NEVER)
        assert counted.wrong == []
        after = after or _content(scenes.place)
        tried = moments(counted.failure.seen, few)
        lost = 0
        for at in tried:
            folder = scenes.lay(operation.scene)
            wrong = attempt(operation, folder, disk, fault, at).wrong
            wrong += _afterwards(folder, after, is_copy=name == "backing up")
            lost += bool(wrong)
            found += [f"{fault} at call {at} of {counted.failure.seen}: {w}" for w in wrong]
        tally(f"{fault} while {name}", len(tried), lost)
    assert not found, "\n".join(found[:12])


def _content(folder: Path) -> str:
    with Book.open(folder / BOOK, read_only=True, today=TODAY) as book:
        return content(book)


def _afterwards(folder: Path, after: str, *, is_copy: bool) -> list[str]:
    """What Python's own driver finds when it opens the book that was tried again on."""
    try:
        book, wrong = open_again(folder / BOOK)
    except UserError as error:
        return [str(error)]
    with closing(book):
        if content(book) != after:
            wrong.append("it is not what a second try should have made it")
        if is_copy:
            kept = backups_of(book.path)
            if not kept:
                wrong.append("there is no backup")
            elif _content_of(kept[0]) != after:
                wrong.append("the backup is not the book")
    return wrong


def _content_of(path: Path) -> str:
    with Book.open(path, read_only=True, today=TODAY) as book:
        return content(book)


LIMITED = ("editing", "importing", "undoing an import", "backing up", "restoring", "exporting")
SIZES = 6


@pytest.mark.parametrize(
    "sizes", [SIZES, pytest.param(200, marks=pytest.mark.soak)], ids=["few", "many"]
)
@pytest.mark.parametrize("name", LIMITED)
def test_no_room_to_write_is_said_and_loses_nothing(
    name: str,
    sizes: int,
    nursery: Nursery,
    scenes: Scenes,
    tally: Callable[[str, int, int], None],
) -> None:
    scene = {"restoring": "small, with a backup", "undoing an import": "small, imported"}
    folder = scenes.lay(scene.get(name, "small"))
    most = 2 * (folder / BOOK).stat().st_size
    found = []
    said = 0
    for number in range(sizes):
        folder = scenes.lay(scene.get(name, "small"))
        before = _content(folder)
        limit = 512 + (most - 512) * number // sizes
        trial = nursery.run(f"{name} in words", folder, most_bytes=limit)
        last = trial.acked[-1]
        wrong = []
        if isinstance(last, dict) and "error" in last:
            wrong.append(last["error"])
        elif isinstance(last, dict):
            said += 1
        book, damage = open_again(folder / BOOK)
        with closing(book):
            wrong += damage
            told = len(trial.acked) > 1
            if last != "done" and not told and content(book) != before:
                wrong.append(f"the book changed though it said {last}")
        if litter := [p.name for p in folder.rglob("*") if p.suffix in (".part", ".tmp")]:
            wrong.append(f"it left {litter} behind")
        if wrong:
            found.append(f"at most {limit} bytes: {'; '.join(wrong)}")
    tally(f"no room while {name}", sizes, len(found))
    assert not found, "\n".join(found[:6])
    assert said, "the limits were all too wide"


def test_a_book_that_may_not_grow_says_so_and_takes_the_next_edit(
    scenes: Scenes, tally: Callable[[str, int, int], None]
) -> None:
    folder = scenes.lay("small")
    tried = 0
    with Book.open(folder / BOOK, today=TODAY) as book:
        before = everything(book.connection)
        pages = book.connection.execute("pragma page_count").fetchone()[0]
        for more in range(8):
            book.connection.execute(f"pragma max_page_count = {pages + more}")
            said = _said(lambda: take_in(book, folder / STAGED))
            if not said:
                break
            tried += 1
            assert "disk is full" in said
            assert everything(book.connection) == before
        book.connection.execute("pragma max_page_count = 1000000")
        edit(book, 1)
        assert book.can_undo is not None
    tally("a book that may not grow", tried, 0)
    assert tried
