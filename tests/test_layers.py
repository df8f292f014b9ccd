"""Who may import whom. The tables below are the architecture; the tests keep the code to them."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "csplanner"

# Each part of csplanner, and the parts of csplanner it may import.
_FOUNDATION = {"errors", "language", "paths", "resources"}
_BELOW_PEOPLE = {*_FOUNDATION, "settings", "domain", "book", "crm", "qbr", "paint", "sample"}
ALLOWED: dict[str, set[str]] = {
    "__init__": set(),
    "__main__": {"cli"},
    "errors": set(),
    "fault_places": {"__init__"},
    "language": {"resources"},
    "paths": set(),
    "resources": set(),
    "settings": {"errors", "language", "paths"},
    "domain": {"errors", "language"},
    "book": {*_FOUNDATION, "domain"},
    "crm": {*_FOUNDATION, "domain", "book"},
    "paint": {*_FOUNDATION, "domain"},
    "qbr": {*_FOUNDATION, "domain", "book", "paint"},
    # Imports shipped snapshots and records judgements, so it joins `crm` and `book`.
    "sample": {*_FOUNDATION, "domain", "book", "crm"},
    "ui": {*_BELOW_PEOPLE, "fault_places"},
    "app": {*_BELOW_PEOPLE, "ui"},
    "cli": {*_BELOW_PEOPLE, "fault_places", "app"},
}

# Each part, and what it may import from outside the standard library.
THIRD_PARTY: dict[str, set[str]] = {
    "paths": {"platformdirs"},
    "domain": {"numpy"},
    "book": {"sqlite3", "sqlite_utils", "numpy", "pandas", "xlsxwriter", "python_calamine"},
    "crm": {
        "pandas",
        "numpy",
        "openpyxl",
        "python_calamine",
        "defusedxml",
        "icalendar",
        "dateutil",
    },
    "qbr": {"pptx", "lxml", "openpyxl", "xlsxwriter", "defusedxml", "pandas"},
    "paint": {"PySide6"},
    "ui": {"PySide6", "shiboken6", "pyqtgraph", "numpy"},
}
GUARDED_STANDARD = {"sqlite3"}  # in the standard library, and still only for some

# Loading these takes longer than showing a window: import them in the function that uses them.
HEAVY = {"icalendar", "numpy", "openpyxl", "pandas", "pptx", "pyqtgraph", "sqlite_utils",
         "xlsxwriter"}  # fmt: skip
HEAVY_AT_TOP = {
    # Loaded only to create a book or to bring an old one up to date, never to open one.
    "book/migrations.py": {"sqlite_utils"},
    "book/schema.py": {"sqlite_utils"},
}
NUMPY_IN_DOMAIN = {"domain/scoring.py"}
WIDGETS = {"PySide6.QtWidgets", "PySide6.QtOpenGLWidgets"}


@dataclass(frozen=True)
class Import:
    """One imported name, where it stands, and whether it runs when its file is imported."""

    file: str
    line: int
    name: str
    at_top: bool

    @property
    def part(self) -> str:
        """The part of csplanner the import stands in."""
        return self.file.split("/")[0].removesuffix(".py")

    @property
    def library(self) -> str:
        """The outermost name imported."""
        return self.name.split(".")[0]

    def __str__(self) -> str:
        return f"csplanner/{self.file}:{self.line} imports {self.name}"


@cache
def imports(package: Path) -> tuple[Import, ...]:
    """Every import below a package, those inside functions too, not those for types alone."""
    found: list[Import] = []
    for path in sorted(package.rglob("*.py")):
        file = path.relative_to(package).as_posix()
        found += _imports_of(ast.parse(path.read_text(encoding="utf-8")), file, at_top=True)
    return tuple(found)


def _imports_of(node: ast.AST, file: str, *, at_top: bool) -> Iterator[Import]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield Import(file, node.lineno, alias.name, at_top)
    elif isinstance(node, ast.ImportFrom):
        for alias in node.names:
            yield Import(file, node.lineno, f"{node.module}.{alias.name}", at_top)
    for child in _children_that_run(node):
        inside = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        yield from _imports_of(child, file, at_top=at_top and not inside)


def _children_that_run(node: ast.AST) -> Iterator[ast.AST]:
    """The statements within that run; no expression holds an import."""
    if isinstance(node, ast.If) and _name_of(node.test) == "TYPE_CHECKING":
        yield from node.orelse
    else:
        kinds = ast.stmt | ast.excepthandler | ast.match_case
        yield from (child for child in ast.iter_child_nodes(node) if isinstance(child, kinds))


def _name_of(test: ast.expr) -> str:
    """`TYPE_CHECKING` of that or of `typing.TYPE_CHECKING`; empty for what is no name."""
    return test.attr if isinstance(test, ast.Attribute) else getattr(test, "id", "")


def layer_faults(package: Path) -> list[str]:
    """Imports between parts of csplanner that ALLOWED does not list."""
    faults = []
    for found in imports(package):
        words = found.name.split(".")
        if words[0] != "csplanner" or words[1:] == ["__version__"]:
            continue
        part = words[1] if len(words) > 1 else "csplanner itself"
        if part not in {*ALLOWED.get(found.part, ()), found.part}:
            faults.append(str(found))
    return faults


def library_faults(package: Path) -> list[str]:
    """Imports from outside that THIRD_PARTY does not list, and widgets below `ui`."""
    standard = sys.stdlib_module_names - GUARDED_STANDARD
    faults = []
    for found in imports(package):
        if found.library in standard or found.library == "csplanner":
            continue
        is_listed = found.library in THIRD_PARTY.get(found.part, set())
        is_widget = any(found.name.startswith(f"{name}") for name in WIDGETS)
        is_numpy_astray = (
            found.part == "domain"
            and found.library == "numpy"
            and found.file not in NUMPY_IN_DOMAIN
        )
        if not is_listed or is_numpy_astray or (is_widget and found.part != "ui"):
            faults.append(str(found))
    return faults


def start_faults(package: Path) -> list[str]:
    """Heavy libraries that would load as soon as the file that names them is imported."""
    return [
        str(found)
        for found in imports(package)
        if found.at_top and found.library in HEAVY - HEAVY_AT_TOP.get(found.file, set())
    ]


def test_every_part_of_csplanner_has_its_place_in_the_table():
    parts = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py"}
    parts |= {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert parts <= set(ALLOWED)


def test_parts_import_only_what_lies_below_them():
    assert layer_faults(PACKAGE) == []


def test_qt_sqlite_and_other_libraries_stay_in_their_parts():
    assert library_faults(PACKAGE) == []


def test_heavy_libraries_load_only_when_used():
    assert start_faults(PACKAGE) == []


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("domain/tiers.py", "from csplanner.book.book import Book"),
        ("domain/tiers.py", "from csplanner import book"),
        ("domain/tiers.py", "import csplanner.ui.theme"),
        ("book/book.py", "def late():\n    from csplanner.crm import diff"),
        ("crm/diff.py", "from csplanner.qbr.story import tell"),
        ("paint/marks.py", "from csplanner.ui.theme import Theme"),
        ("ui/main_window.py", "from csplanner.app import start"),
        ("errors.py", "from csplanner.paths import data_dir"),
    ],
)
def test_an_import_against_the_layers_is_found(tmp_path, file, code):
    assert layer_faults(_planted(tmp_path, file, code)) != []


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("domain/tiers.py", "import PySide6.QtCore"),
        ("domain/health.py", "def f():\n    import numpy as np"),
        ("cli/main.py", "from PySide6 import QtCore"),
        ("cli/main.py", "import sqlite3"),
        ("crm/apply.py", "from sqlite_utils import Database"),
        ("book/book.py", "from PySide6.QtCore import Signal"),
        ("paint/marks.py", "from PySide6.QtWidgets import QWidget"),
        ("paint/marks.py", "from PySide6 import QtWidgets"),
        ("qbr/story.py", "import requests"),
    ],
)
def test_a_library_outside_its_part_is_found(tmp_path, file, code):
    assert library_faults(_planted(tmp_path, file, code)) != []


@pytest.mark.parametrize(
    "code",
    [
        "import pandas as pd",
        "from pptx import Presentation",
        "class Late:\n    import pyqtgraph",
        "try:\n    import openpyxl\nexcept ImportError:\n    pass",
    ],
)
def test_a_heavy_library_at_the_top_of_a_file_is_found(tmp_path, code):
    assert start_faults(_planted(tmp_path, "qbr/deck.py", code)) != []


def test_imports_for_types_or_inside_a_function_are_not_heavy(tmp_path):
    code = (
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    import pandas\n"
        "def write():\n    import pptx\n"
    )
    assert start_faults(_planted(tmp_path, "qbr/deck.py", code)) == []


def test_imports_downwards_and_of_the_version_are_fine(tmp_path):
    code = "from csplanner import __version__\nfrom csplanner.domain import tiers\n"
    assert layer_faults(_planted(tmp_path, "book/book.py", code)) == []


def _planted(folder: Path, file: str, code: str) -> Path:
    path = folder / "csplanner" / file
    path.parent.mkdir(parents=True)
    path.write_text(code, encoding="utf-8")
    return folder / "csplanner"
