"""An import cancelled at any moment stops at once and leaves nothing behind."""

import random
import tempfile
from pathlib import Path
from time import monotonic

import pytest

from csplanner.book.book import Book
from csplanner.crm.apart import stage_apart
from csplanner.crm.importing import Options, stage
from csplanner.crm.question import Cancelled

ROWS = 12_000
AT_ONCE = 0.2
"""Seconds within which a cancelled import has stopped."""


def a_file(folder: Path, rows: int = ROWS) -> Path:
    path = folder / "Account 2026-03-01.csv"
    lines = (f"{n:06},Name {n},Energy,Oslo,{n * 7}" for n in range(rows))
    path.write_text("\n".join(("Account ID,Account Name,Industry,Billing City,ARR", *lines)))
    return path


class Stopper:
    """Says stop from a moment on, and knows when it said so first."""

    def __init__(self, after: float) -> None:
        self._from = monotonic() + after
        self.said: float | None = None

    def __call__(self) -> bool:
        now = monotonic()
        if now >= self._from and self.said is None:
            self.said = now
        return self.said is not None


def cancel_at_random(book: Book, path: Path, times: int, monkeypatch: pytest.MonkeyPatch) -> float:
    """Cancel so often at random moments; returns how long the slowest took to stop."""
    temporary = path.parent / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    began = monotonic()
    stage_apart([path], book.path).discard()
    whole = monotonic() - began
    before = book.path.read_bytes()
    chance = random.Random(11)
    slowest = 0.0
    for _ in range(times):
        stopper = Stopper(chance.uniform(0, whole * 0.9))
        try:
            stage_apart([path], book.path, cancelled=stopper).discard()
        except Cancelled:
            assert stopper.said is not None
            slowest = max(slowest, monotonic() - stopper.said)
    assert book.path.read_bytes() == before
    assert list(temporary.iterdir()) == []
    return slowest


def test_a_process_cancelled_at_any_moment_leaves_nothing(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cancel_at_random(book, a_file(tmp_path), 4, monkeypatch)


@pytest.mark.soak
def test_two_hundred_cancelled_imports_stop_at_once(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cancel_at_random(book, a_file(tmp_path, 60_000), 200, monkeypatch) <= AT_ONCE


def test_the_way_is_told_in_rows_and_never_backwards(book: Book, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    path = a_file(tmp_path, 5_000)
    stage([path], book.path, Options(), progress=lambda *step: told.append(step)).discard()
    reading = [step for step in told if "rows" in step[2]]
    assert reading[-1][2] == f"Reading {path.name}: 5,000 rows"
    parts = [done / whole for done, whole, words in told if not words.startswith("Looking")]
    assert parts == sorted(parts)
    assert told[-1][0] == told[-1][1]
    assert told[-1][2] == "Compared"
