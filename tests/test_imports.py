"""What each verb of the command line loads; the libraries it does without keep it quick."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
WINDOW = {"PySide6", "pyqtgraph", "pptx"}
TABLES = {"pandas", "numpy", "openpyxl"}

_PROBE = """
import contextlib, io, json, sys
from csplanner.cli.main import main
with contextlib.redirect_stdout(io.StringIO()):
    try:
        code = main(sys.argv[1:])
    except SystemExit as stop:
        code = stop.code
print(json.dumps({"code": code or 0, "loaded": sorted({m.split(".")[0] for m in sys.modules})}))
"""


def loaded_by(home: Path, *words: str) -> set[str]:
    """The outermost modules in memory when that command of ours, which must succeed, has run."""
    environment = os.environ | {"CSPLANNER_HOME": str(home), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", _PROBE, *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["code"] == 0, done.stderr
    return set(result["loaded"])


@pytest.fixture(scope="module")
def new_book(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("imports")
    book = folder / "book.csbook"
    loaded_by(folder, "new", str(book))
    return book


@pytest.fixture
def snapshot(tmp_path) -> Path:
    path = tmp_path / "accounts.csv"
    path.write_text("Account ID,Account Name\n001,Acme\n002,Borealis\n", encoding="utf-8")
    return path


def test_help_loads_no_library(home):
    assert loaded_by(home, "--help").isdisjoint(WINDOW | TABLES | {"sqlite_utils"})


@pytest.mark.parametrize("verb", ["accounts", "health"])
def test_reading_a_book_loads_neither_window_nor_tables(home, new_book, verb):
    loaded = loaded_by(home, verb, str(new_book), "--today", "2026-03-12", "--json")
    assert loaded.isdisjoint(WINDOW | TABLES)


def test_an_import_loads_no_window(home, new_book, snapshot):
    words = ("--as-of", "2026-03-10", "--today", "2026-03-12", "--dry-run")
    assert loaded_by(home, "import", str(new_book), str(snapshot), *words).isdisjoint(WINDOW)


def test_the_window_loads_the_book_before_qt(home):
    probe = (
        "import gc, sys; from csplanner.app import begin; begin(); "
        "print('csplanner.book.book' in sys.modules, 'PySide6' in sys.modules, gc.isenabled())"
    )
    environment = os.environ | {"CSPLANNER_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", probe],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
        check=True,
    )
    assert done.stdout.split() == ["True", "False", "False"]
