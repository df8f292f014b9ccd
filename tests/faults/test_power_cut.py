"""The power goes: nothing acknowledged is lost and nothing is corrupt, in any image of the disk."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from csplanner.book.book import Book
from csplanner.book.staging_apply import apply_staged
from csplanner.errors import UserError
from tests.faults.conftest import Scenes
from tests.faults.disk import Disk, Event
from tests.faults.evidence import content, everything, open_again
from tests.faults.operations import BOOK, STAGED, TODAY, edit
from tests.faults.power import Platter, cuts, put_down
from tests.faults.stock import connector

FEW = 150
AS_BOOK = 10
"""Of so many images one is opened as a book; the others, for speed, by SQLite alone."""
FEW_UPGRADES = 10
CONTROL = 60


@dataclass(frozen=True, slots=True)
class Recording:
    """A working day on the recording disk, and the book's digest after each step of it."""

    path: Path
    before: bytes
    events: tuple[Event, ...]
    states: tuple[str, ...]


def record(disk: Disk, scenes: Scenes, scene: str, synchronous: str) -> Recording:
    """Edit, import, judge, undo and edit again while the disk writes down what it is told."""
    path = scenes.lay(scene) / BOOK
    before = path.read_bytes()
    disk.record.names[str(path)] = disk.record.last = 1
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", connector(disk.name))
        disk.is_recording = True
        with Book.open(path, today=TODAY) as book:
            book.connection.execute(f"pragma synchronous = {synchronous}")
            states = [everything(book.connection)]
            for name, step in _day(book, path.parent / STAGED):
                step()
                disk.acked(name)
                states.append(everything(book.connection))
        disk.is_recording = False
    return Recording(path, before, tuple(disk.record.events), tuple(states))


def record_upgrade(disk: Disk, scenes: Scenes) -> Recording:
    """Open a book of the first schema, which brings it to the present one."""
    path = scenes.lay("old") / BOOK
    before = path.read_bytes()
    disk.record.names[str(path)] = disk.record.last = 1
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", connector(disk.name))
        disk.is_recording = True
        with Book.open(path, today=TODAY) as book:
            disk.acked("upgrade")
            # Whoever opens what is left finishes the upgrade, so there is one end only.
            states = (content(book), content(book))
        disk.is_recording = False
    return Recording(path, before, tuple(disk.record.events), states)


def _day(book: Book, staged: Path) -> list[tuple[str, Callable[[], object]]]:
    return [
        *[(f"edit {n}", lambda n=n: edit(book, n)) for n in range(1, 5)],
        ("undo the edit", book.undo),
        ("edit 5", lambda: edit(book, 5)),
        ("import", lambda: apply_staged(book, staged)),
        ("judge", book.refresh),
        ("undo the import", book.undo),
        ("import again", book.redo),
        *[(f"edit {n}", lambda n=n: edit(book, n)) for n in range(6, 9)],
    ]


@dataclass(slots=True)
class Losses:
    """What the images of one recording showed."""

    corrupt: int = 0
    lost: int = 0
    first: str = ""

    def note(self, wrong: str, *, corrupt: bool) -> None:
        """Count one image that must not be."""
        if corrupt:
            self.corrupt += 1
        else:
            self.lost += 1
        self.first = self.first or wrong


def cut(
    recording: Recording,
    how_many: int,
    seed: str,
    opened_each: int = AS_BOOK,
) -> Losses:
    """Cut the power at many moments and open what is left each time."""
    dice = random.Random(seed)
    platter = Platter({str(recording.path): 1}, {1: recording.before})
    folder = recording.path.parent / "after the cut"
    losses = Losses()
    done = acked = 0
    for number, at in enumerate(cuts(recording.events, how_many, dice)):
        for event in recording.events[done:at]:
            platter.advance(event)
            acked += event.kind == "acked"
        done = at
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        put_down(platter.image(dice), folder)
        judge = _judge if number % opened_each else _judge_as_book
        judge(folder, recording.states[acked : acked + 2], f"cut {at}", losses)
    return losses


def _judge(folder: Path, allowed: tuple[str, ...], where: str, losses: Losses) -> None:
    """Look at what is left with SQLite alone: it must be one of two known states, to the letter."""
    with closing(sqlite3.connect(folder / BOOK)) as left:
        try:
            whole = left.execute("pragma integrity_check").fetchone()[0] == "ok"
            whole = whole and not left.execute("pragma foreign_key_check").fetchall()
            held = everything(left) if whole else ""
        except sqlite3.Error as error:
            losses.note(f"{where}: {error}", corrupt=True)
            return
    if not whole:
        losses.note(f"{where}: it is damaged", corrupt=True)
    elif held not in allowed:
        losses.note(f"{where}: it is neither the acknowledged nor the next", corrupt=False)


def _judge_as_book(folder: Path, allowed: tuple[str, ...], where: str, losses: Losses) -> None:
    """Open what is left as its owner would."""
    try:
        book, wrong = open_again(folder / BOOK)
    except (UserError, sqlite3.Error) as error:
        losses.note(f"{where}: {error}", corrupt=True)
        return
    with closing(book):
        if wrong:
            losses.note(f"{where}: {'; '.join(wrong)}", corrupt=True)
        elif not {everything(book.connection), content(book)} & set(allowed):
            losses.note(f"{where}: it is neither the acknowledged nor the next", corrupt=False)


@pytest.fixture
def disk(request: pytest.FixtureRequest) -> Disk:
    """A recording disk of this test's own."""
    return Disk(f"disk of {request.node.name}")


@pytest.mark.parametrize(
    ("times", "scene"),
    [
        pytest.param(FEW, "small", id="few"),
        pytest.param(0, "small", id="many", marks=pytest.mark.soak),
        pytest.param(0, "kept", id="many of a larger book", marks=pytest.mark.soak),
    ],
)
def test_a_power_cut_loses_nothing(
    times: int,
    scene: str,
    disk: Disk,
    scenes: Scenes,
    tally: Callable[[str, int, int], None],
    pytestconfig: pytest.Config,
) -> None:
    times = times or pytestconfig.getoption("--cuts") // 2
    losses = cut(record(disk, scenes, scene, "extra"), times, f"extra {times}")
    tally("power cut while editing, importing, undoing", times, losses.corrupt + losses.lost)
    assert (losses.corrupt, losses.lost) == (0, 0), losses.first


@pytest.mark.parametrize(
    "times", [FEW_UPGRADES, pytest.param(0, marks=pytest.mark.soak)], ids=["few", "many"]
)
def test_a_power_cut_in_an_upgrade_loses_nothing(
    times: int,
    disk: Disk,
    scenes: Scenes,
    tally: Callable[[str, int, int], None],
    pytestconfig: pytest.Config,
) -> None:
    times = times or pytestconfig.getoption("--cuts") // 10
    losses = cut(record_upgrade(disk, scenes), times, f"upgrade {times}", opened_each=1)
    tally("power cut while migrating", times, losses.corrupt + losses.lost)
    assert (losses.corrupt, losses.lost) == (0, 0), losses.first


def test_without_syncing_the_same_cuts_do_destroy_books(disk: Disk, scenes: Scenes) -> None:
    # The control: were nothing lost here, the cuts above would prove nothing.
    losses = cut(record(disk, scenes, "small", "off"), CONTROL, "off")
    assert losses.corrupt > CONTROL // 2


@pytest.mark.soak
def test_without_syncing_the_folder_the_last_change_may_be_lost(disk: Disk, scenes: Scenes) -> None:
    # Why the book asks for more than SQLite does by itself: whole, but a step behind.
    losses = cut(record(disk, scenes, "small", "full"), 400, "full")
    assert losses.corrupt == 0
    assert losses.lost > 10
