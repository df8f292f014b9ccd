"""Two programs on one book: one writes, the other reads and says so, and a killed one lets go."""

import random
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, sleep

import pytest

from csplanner.book.book import Book
from tests.faults.conftest import Scenes
from tests.faults.evidence import open_again
from tests.faults.nursery import Child, Nursery
from tests.faults.operations import BOOK, TODAY

FEW = 5
MANY = 1_000
COMMANDS = 14
HEALS_IN = 1.0
"""Seconds after the death of a writer until the next may write."""


@dataclass(slots=True)
class Program:
    """One of the two: what it has open, as far as the answers told."""

    child: Child
    state: str = "closed"
    """closed, writing, reading or dead."""


@dataclass(slots=True)
class Pair:
    """Two programs, the edits that were acknowledged, and what should not have been."""

    programs: tuple[Program, Program]
    acked: list[int] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    edits: int = 0

    @property
    def writer(self) -> Program | None:
        """The one that holds the book."""
        return next((p for p in self.programs if p.state == "writing"), None)

    def step(self, program: Program, dice: random.Random) -> None:
        """One command to one of them, with its answer held against what must be."""
        if program.state == "closed":
            self._open(program)
        elif dice.random() < 0.3:
            program.child.ask("close")
            program.state = "closed"
        else:
            self._edit(program)

    def _open(self, program: Program) -> None:
        held = self.writer is not None
        said = program.child.ask("open")
        program.state = "reading" if said["read_only"] else "writing"
        if said["read_only"] != held:
            self.wrong.append(f"opened {program.state} while {'held' if held else 'free'}: {said}")
        if held and "open in csplanner by" not in said["because"]:
            self.wrong.append(f"it does not say who holds the book: {said['because']!r}")

    def _edit(self, program: Program) -> None:
        self.edits += 1
        said = program.child.ask("edit", self.edits)
        if said == self.edits:
            self.acked.append(said)
        if (said == self.edits) != (program.state == "writing"):
            self.wrong.append(f"an edit while {program.state}: {said}")


def interleave(nursery: Nursery, folder: Path, dice: random.Random) -> list[str]:
    """One random course of the two, ended by killing whoever writes; what was wrong with it."""
    children = (nursery.start("obeying", folder), nursery.start("obeying", folder))
    pair = Pair((Program(children[0]), Program(children[1])))
    for _ in range(COMMANDS):
        pair.step(dice.choice(pair.programs), dice)
    victim = pair.writer
    if victim is not None:
        pair.edits += 1
        victim.child.tell("edit", pair.edits)
        sleep(dice.uniform(0, 0.006))
        victim.child.kill()
        said = victim.child.end().acked
        pair.acked += [n for n in said if isinstance(n, int)]
        victim.state = "dead"
        died = perf_counter()
        other = next(p for p in pair.programs if p is not victim)
        if other.state != "closed":
            other.child.ask("close")
            other.state = "closed"
        pair.step(other, dice)
        if (took := perf_counter() - died) > HEALS_IN:
            pair.wrong.append(f"the lock healed after {took:.1f} s")
    for program in pair.programs:
        if program is not victim:
            program.child.kill()
            program.child.end()
    return pair.wrong + _lost(folder, pair)


def _lost(folder: Path, pair: Pair) -> list[str]:
    book, wrong = open_again(folder / BOOK)
    with closing(book):
        found = book.connection.execute("select topic from touch where topic like 'Step %'")
        there = {int(topic.removeprefix("Step ")) for (topic,) in found}
    missing = set(pair.acked) - there
    # Only the edit under way when its program was killed may be there without a word.
    unasked = there - set(pair.acked) - {pair.edits}
    if missing or unasked:
        wrong.append(f"acknowledged and gone: {missing}; there and never acknowledged: {unasked}")
    return wrong


@pytest.mark.parametrize(
    "times", [FEW, pytest.param(MANY, marks=pytest.mark.soak)], ids=["few", "many"]
)
def test_two_programs_lose_nothing_and_a_killed_one_lets_go(
    times: int, nursery: Nursery, scenes: Scenes, tally: Callable[[str, int, int], None]
) -> None:
    dice = random.Random(times)
    found = []
    for number in range(times):
        wrong = interleave(nursery, scenes.lay("small"), dice)
        if wrong:
            found.append(f"course {number}: {'; '.join(wrong)}")
    tally("two programs on one book, one killed", times, len(found))
    assert not found, "\n".join(found[:6])


def test_who_holds_the_book_is_named_and_a_death_frees_it(
    nursery: Nursery, scenes: Scenes, tally: Callable[[str, int, int], None]
) -> None:
    folder = scenes.lay("small")
    first = nursery.start("obeying", folder)
    assert first.ask("open") == {"read_only": False, "because": ""}
    with Book.open(folder / BOOK, today=TODAY) as second:
        assert second.read_only
        assert second.opened.holder is not None
        assert second.opened.holder.pid == first.pid
        assert second.opened.holder.is_here
    first.kill()
    first.end()
    began = perf_counter()
    with Book.open(folder / BOOK, today=TODAY) as third:
        assert not third.read_only
    assert perf_counter() - began < HEALS_IN
    tally("lock of a killed program", 1, 0)
