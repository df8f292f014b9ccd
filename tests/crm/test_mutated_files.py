"""Damaged files end in one sentence or in a whole import, never in a crash or half a book."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crm.damage import SECONDS, damaged, ready_book, taken_in
from tests.crm.seed_shapes import seeds

ROOT = Path(__file__).resolve().parents[2]
MANY = 10_000
"""Damaged files of a soak."""
_AT_ONCE = 250


@pytest.fixture(scope="module")
def shapes():
    """The undamaged files."""
    return seeds()


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """A book with accounts, closed."""
    return ready_book(tmp_path_factory.mktemp("base"))


def test_damaged_files_of_every_shape_never_crash_an_import(tmp_path, shapes, base):
    outcomes = []
    for number in range(len(shapes)):
        name, data = damaged(number, shapes)
        (tmp_path / name).write_bytes(data)
        shutil.copy(base, tmp_path / "book.csbook")
        outcomes.append(taken_in(tmp_path / "book.csbook", tmp_path / name))
    # Both kinds must be among them, or nothing was tried.
    assert {"refused", "taken"} == set(outcomes)


@pytest.mark.soak
@pytest.mark.parametrize("first", range(0, MANY, _AT_ONCE))
def test_thousands_of_damaged_files_never_crash_an_import(first):
    run = subprocess.run(
        [sys.executable, "-m", "tests.crm.damage", str(first), str(first + _AT_ONCE)],
        cwd=ROOT, capture_output=True, text=True, timeout=SECONDS * _AT_ONCE, check=False,
    )  # fmt: skip
    told = [json.loads(line) for line in run.stdout.splitlines()]
    assert [t for t in told if t[2] not in ("refused", "taken")] == []
    assert len(told) == _AT_ONCE, f"the process ended after file {first + len(told)}: {run.stderr}"
