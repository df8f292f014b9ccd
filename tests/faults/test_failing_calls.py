"""Every k-th file call of Python fails: no traceback, nothing old touched, no litter."""

import errno
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from csplanner.book.backup import backup, backups_of, restore
from csplanner.book.book import Book
from csplanner.book.export import export_book
from csplanner.book.outgoing import place
from csplanner.errors import UserError
from csplanner.settings import AppSettings, load_settings, save_settings
from tests.faults.calls import LOOKING, MAKING, REMOVING, failing_call
from tests.faults.conftest import Scenes
from tests.faults.evidence import content, moments
from tests.faults.operations import BOOK, TODAY

FEW = 4
"""Calls that fail in turn in a short run; a soak fails every one."""
_NEVER = 1_000_000


@dataclass(frozen=True, slots=True)
class Operation:
    """Something that makes files; a complete one is proved by `proof`, which raises otherwise."""

    scene: str
    work: Callable[[Path], object]
    proof: Callable[[Path], object]


def _open(folder: Path) -> Book:
    return Book.open(folder / BOOK, today=TODAY)


def _backup(folder: Path) -> None:
    with _open(folder) as book:
        backup(book)


def _backup_out(folder: Path) -> None:
    with _open(folder) as book:
        backup(book, folder / "out" / "copy.csbook")


def _restore(folder: Path) -> None:
    restore(folder / BOOK, backups_of(folder / BOOK)[0])


def _export(fmt: str) -> Callable[[Path], None]:
    def work(folder: Path) -> None:
        with Book.open(folder / BOOK, today=TODAY, read_only=True) as book:
            export_book(book, folder / "out", fmt)

    return work


def _place(folder: Path) -> None:
    # How each file of a review reaches its folder.
    place(folder / "out", "Acme deck.pptx", b"a deck")


def _save_settings(folder: Path) -> None:
    save_settings(AppSettings(theme="dark"))


def _books_are_sound(folder: Path) -> None:
    for path in [folder / BOOK, *backups_of(folder / BOOK)]:
        with Book.open(path, today=TODAY, read_only=True) as book:
            content(book)


def _nothing_is_empty(folder: Path) -> None:
    for path in (folder / "out").glob("*"):
        assert path.stat().st_size, f"{path.name} is empty"


def _settings_can_be_read(folder: Path) -> None:
    assert load_settings().theme in ("light", "dark")


OPERATIONS: dict[str, Operation] = {
    "backing up": Operation("small", _backup, _books_are_sound),
    "saving a copy": Operation("small", _backup_out, _books_are_sound),
    "restoring": Operation("small, with a backup", _restore, _books_are_sound),
    "exporting CSV": Operation("small", _export("csv"), _nothing_is_empty),
    "exporting JSON": Operation("small", _export("json"), _nothing_is_empty),
    "exporting XLSX": Operation("small", _export("xlsx"), _nothing_is_empty),
    "placing a review": Operation("small", _place, _nothing_is_empty),
    "saving settings": Operation("small", _save_settings, _settings_can_be_read),
}


def files_of(folder: Path) -> dict[str, str]:
    """Every file below the folder with the digest of what it holds."""
    return {
        str(p.relative_to(folder)): sha256(p.read_bytes()).hexdigest()
        for p in folder.rglob("*")
        if p.is_file()
    }


def is_litter(name: str) -> bool:
    """Whether a file was only ever meant to stand there for a moment."""
    last = Path(name).name
    return last.startswith(".csplanner-") or last.endswith((".part", ".tmp"))


def attempt(operation: Operation, folder: Path, calls: tuple[str, ...], at: int) -> "Attempt":
    """Do the operation once with one failing call, then again without."""
    out = folder / "out"
    out.mkdir(exist_ok=True)
    (out / "account.csv").write_text("an older export", encoding="utf-8")
    save_settings(AppSettings(theme="light"))
    before = files_of(folder)
    code = errno.ENOSPC if at % 2 and calls == MAKING else errno.EIO
    wrong = []
    with failing_call(folder, calls, at, code) as failing:
        try:
            operation.work(folder)
            said = ""
        except UserError as error:
            said = str(error)
        except OSError as error:
            said = f"no sentence but {error!r}"
            wrong.append(said)
    after = files_of(folder)
    if litter := [n for n in after if is_litter(n)]:
        wrong.append(f"it left {litter}")
    if said:
        changed = [n for n, digest in before.items() if after.get(n) != digest]
        # The list of backups, and what says how a book was closed, may be renewed on the way.
        renewed = ("manifest.json", ".seal", ".lock")
        if lost := [n for n in changed if not n.endswith(renewed) and "/data/" not in n]:
            wrong.append(f"it said {said!r} and {lost} are not what they were")
    wrong += _proved(operation, folder)
    if said:
        try:
            operation.work(folder)
        except UserError as error:
            wrong.append(f"tried again: {error}")
        wrong += _proved(operation, folder)
    return Attempt(failing.seen, failing.failed.replace(str(folder), "…"), wrong)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of one failing call."""

    seen: int
    failed: str
    wrong: list[str]


def _proved(operation: Operation, folder: Path) -> list[str]:
    try:
        operation.proof(folder)
    except (UserError, AssertionError) as error:
        return [f"afterwards: {error}"]
    return []


def tried(
    name: str, scenes: Scenes, calls: tuple[str, ...], few: int | None
) -> tuple[int, list[str]]:
    """How many calls were made to fail in turn, and every complaint there is."""
    operation = OPERATIONS[name]
    counted = attempt(operation, scenes.lay(operation.scene), calls, _NEVER)
    assert counted.wrong == []
    found = []
    times = moments(counted.seen, few)
    for at in times:
        done = attempt(operation, scenes.lay(operation.scene), calls, at)
        found += [f"{done.failed}: {w}" for w in done.wrong]
    return len(times), found


some_or_every = pytest.mark.parametrize(
    "few", [FEW, pytest.param(None, marks=pytest.mark.soak)], ids=["some", "every"]
)
each_operation = pytest.mark.parametrize("name", OPERATIONS)


@some_or_every
@each_operation
def test_a_failing_call_is_said_and_leaves_no_litter(
    name: str, few: int | None, scenes: Scenes, tally: Callable[[str, int, int], None]
) -> None:
    times, found = tried(name, scenes, MAKING, few)
    tally(f"failing file call while {name}", times, len(found))
    assert not found, "\n".join(found[:20])


@some_or_every
@each_operation
def test_what_cannot_be_removed_or_looked_at_is_said(
    name: str, few: int | None, scenes: Scenes, tally: Callable[[str, int, int], None]
) -> None:
    times, found = tried(name, scenes, (*REMOVING, *LOOKING), few)
    # What the system does not let go may stay behind.
    found = [complaint for complaint in found if "it left" not in complaint]
    tally(f"failing look or removal while {name}", times, len(found))
    assert not found, "\n".join(found[:20])
