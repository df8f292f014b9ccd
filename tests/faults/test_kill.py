"""Killed at any moment: what was acknowledged is there, and everything is whole."""

import random
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from csplanner.book.backup import Why, backup, backups_of
from csplanner.book.book import Book
from csplanner.book.schema import SCHEMA_VERSION
from csplanner.book.shelf import shelf
from csplanner.errors import UserError
from tests.faults.conftest import Scenes
from tests.faults.evidence import content, open_again
from tests.faults.nursery import Nursery, Trial
from tests.faults.operations import BOOK, EDITS, TODAY

FEW = 6


@dataclass(frozen=True, slots=True)
class Whole:
    """What an operation makes of its scene when nobody disturbs it."""

    before: str
    after: str
    seconds: float
    files: dict[str, bytes]


Proof = Callable[[Path, Whole, Trial, Book], Iterator[str]]


def steps_of(book: Book) -> list[int]:
    """The numbers of the edits in the book; the two halves of each must agree."""
    found = book.connection.execute(
        "select topic from touch where topic like 'Step %' order by cast(substr(topic, 6) as int)"
    )
    return [int(topic.removeprefix("Step ")) for (topic,) in found]


def edits_are_kept(folder: Path, whole: Whole, trial: Trial, book: Book) -> Iterator[str]:
    steps = steps_of(book)
    last = max([step for step in trial.acked if isinstance(step, int)], default=0)
    if steps not in (list(range(1, last + 1)), list(range(1, last + 2))):
        yield f"edits {steps} are there, {last} was acknowledged"
    named = book.connection.execute(
        "select count(*) from account where next_step like 'Step %'"
    ).fetchone()[0]
    if named != min(len(steps), len(book.accounts.all())):
        yield f"{named} accounts name a step and {len(steps)} touches do"
    if steps and (newest := book.can_undo) and newest.label != f"Step {steps[-1]}":
        yield f"the newest change is {newest.label}, not step {steps[-1]}"


def all_or_nothing(folder: Path, whole: Whole, trial: Trial, book: Book) -> Iterator[str]:
    now = content(book)
    if now not in (whole.before, whole.after):
        yield "it was half done"
    if trial.acked and now != whole.after:
        yield f"{trial.acked} was acknowledged and is gone"
    behind = book.derived.is_behind
    book.refresh()
    if book.derived.is_behind:
        yield f"it cannot be judged (behind before: {behind})"


def backups_are_whole(folder: Path, whole: Whole, trial: Trial, book: Book) -> Iterator[str]:
    made = [entry for entry in trial.acked if entry[1]]
    listed = [kept.path for kept in shelf(folder / BOOK) if kept.why == Why.HAND]
    for number, name in made:
        if Path(name) not in listed:
            yield f"backup {number} was acknowledged and is not listed"
    for number, path in enumerate(reversed(listed), 1):
        with Book.open(path, read_only=True, today=TODAY) as kept:
            if steps_of(kept) != list(range(1, number + 1)):
                yield f"{path.name} holds {steps_of(kept)}"
    last = max([number for number, _ in trial.acked], default=0)
    if steps_of(book)[:last] != list(range(1, last + 1)):
        yield f"edits {steps_of(book)} are there, {last} was acknowledged"
    if backup(book) not in backups_of(folder / BOOK):
        yield "no backup can be made afterwards"


def restored_or_not(folder: Path, whole: Whole, trial: Trial, book: Book) -> Iterator[str]:
    now = content(book)
    if now not in (whole.before, whole.after):
        yield "the book is neither the backup nor what it was"
    if trial.acked and now != whole.after:
        yield "the restored book was acknowledged and is gone"
    if now == whole.after:
        aside = [Path(name) for name in trial.acked] or sorted(folder.glob(f"*/{BOOK}"))
        if not aside:
            yield "the book that was replaced is gone"
        for path in aside:
            with Book.open(path, read_only=True, today=TODAY) as replaced:
                if content(replaced) != whole.before:
                    yield f"the book moved to {path.parent.name} is not what it was"


def old_or_new(folder: Path, whole: Whole, trial: Trial, book: Book) -> Iterator[str]:
    if content(book) != whole.after:
        yield "the book is not what the upgrade makes of it"
    version = book.connection.execute("pragma user_version").fetchone()[0]
    if version != SCHEMA_VERSION:
        yield f"it stands at schema {version}"


def files_are_whole(folder: Path, whole: Whole, trial: Trial, book: Book) -> Iterator[str]:
    out = folder / "out"
    for path in sorted(p for p in out.rglob("*") if p.is_file()):
        # What was not placed yet has a name nobody takes for an export.
        if path.name.startswith(".csplanner-"):
            continue
        if path.suffix == ".xlsx":
            if not zipfile.is_zipfile(path) or zipfile.ZipFile(path).testzip() is not None:
                yield f"{path.name} is not whole"
        elif path.read_bytes() != whole.files[str(path.relative_to(out))]:
            yield f"{path.name} has {path.stat().st_size} bytes and is not whole"
    for name in (name for files in trial.acked for name in files):
        if not Path(name).exists():
            yield f"{Path(name).name} was acknowledged and is gone"


OPERATIONS: dict[str, tuple[str, Proof]] = {
    "editing": ("kept", edits_are_kept),
    "importing": ("kept", all_or_nothing),
    "undoing an import": ("kept, imported", all_or_nothing),
    "backing up": ("small", backups_are_whole),
    "restoring": ("small, with a backup", restored_or_not),
    "migrating": ("old", old_or_new),
    "exporting": ("small", files_are_whole),
}


def undisturbed(nursery: Nursery, scenes: Scenes, operation: str, scene: str) -> Whole:
    folder = scenes.lay(scene)
    before = ""
    if operation != "migrating":
        with Book.open(folder / BOOK, today=TODAY) as book:
            before = content(book)
        folder = scenes.lay(scene)
    seconds = 0.0
    for _ in range(2):
        folder = scenes.lay(scene)
        trial = nursery.run(operation, folder)
        assert not any("error" in step for step in trial.acked if isinstance(step, dict)), trial
        seconds = trial.seconds
    with Book.open(folder / BOOK, today=TODAY) as book:
        after = content(book)
    out = folder / "out"
    files = {str(p.relative_to(out)): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    return Whole(before, after, seconds, files)


@pytest.mark.parametrize(
    "times", [FEW, pytest.param(0, marks=pytest.mark.soak)], ids=["few", "many"]
)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_kill_loses_nothing(
    operation: str,
    times: int,
    nursery: Nursery,
    scenes: Scenes,
    tally: Callable[[str, int, int], None],
    pytestconfig: pytest.Config,
) -> None:
    scene, proof = OPERATIONS[operation]
    whole = undisturbed(nursery, scenes, operation, scene)
    dice = random.Random(f"{operation} {times}")
    found = []
    times = times or pytestconfig.getoption("--kills")
    for number in range(times):
        folder = scenes.lay(scene)
        moment = dice.uniform(0, whole.seconds)
        trial = nursery.run(operation, folder, kill_after=moment)
        wrong = list(wrongs(folder, whole, trial, proof))
        if wrong:
            found.append(f"kill {number} after {moment * 1000:.1f} ms: {'; '.join(wrong)}")
    tally(f"kill −9 while {operation}", times, len(found))
    assert not found, "\n".join(found[:10])


def wrongs(folder: Path, whole: Whole, trial: Trial, proof: Proof) -> Iterator[str]:
    """Everything that does not hold after a kill."""
    for step in trial.acked:
        if isinstance(step, dict):
            yield step["error"]
            return
    try:
        book, wrong = open_again(folder / BOOK)
    except UserError as error:
        yield str(error)
        return
    with closing(book):
        yield from wrong
        yield from proof(folder, whole, trial, book)


def test_edits_take_long_enough_to_be_interrupted(nursery: Nursery, scenes: Scenes) -> None:
    # Were every child done before its kill, the trials above would show nothing.
    folder = scenes.lay("kept")
    seconds = nursery.run("editing", folder).seconds
    acked = set()
    for part in (0.2, 0.5, 0.8):
        folder = scenes.lay("kept")
        acked.add(len(nursery.run("editing", folder, kill_after=seconds * part).acked))
    assert len(acked) > 1
    assert min(acked) < EDITS
