"""A book to import into, and small exports written by each test."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from csplanner.book.book import Book
from csplanner.crm.importing import Options, Staged, apply, stage


@pytest.fixture
def book(new_book: Callable[[Path], Book], tmp_path: Path) -> Iterator[Book]:
    """An empty book, closed afterwards."""
    with new_book(tmp_path / "my.csbook") as made:
        yield made


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes lines as a file and returns its path."""

    def write_file(name: str, *lines: str, encoding: str = "utf-8", end: str = "\n") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(end.join((*lines, "")).encode(encoding))
        return path

    return write_file


@pytest.fixture
def bring_in(book: Book) -> Callable[..., Staged]:
    """Stages files and applies them; returns what was staged."""

    def run(*paths: Path, **options: object) -> Staged:
        given = Options(**{"as_of": date(2026, 3, 1), **options})
        staged = stage(paths, book.path, given)
        apply(book, staged)
        staged.discard()
        return staged

    return run
