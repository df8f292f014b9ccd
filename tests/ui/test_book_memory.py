"""What is remembered of one book comes back, stays private and never gets in the way."""

import json
from pathlib import Path

import pytest

from csplanner.ui.book_memory import BookMemory, forget_memory, memory_file, move_memory


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSPLANNER_HOME", str(tmp_path / "home"))


def test_what_was_kept_comes_back_and_belongs_to_one_book(tmp_path: Path) -> None:
    one, other = tmp_path / "one.csbook", tmp_path / "other.csbook"
    memory = BookMemory(one)
    memory.keep("page", ["book", None])
    memory.keep("page", ["today", None])
    memory.keep("gone", 1)
    memory.keep("gone", None)
    memory.write()

    again = BookMemory(one)
    assert again.get("page") == ["today", None]
    assert again.get("gone") is None
    assert BookMemory(other).get("page") is None
    assert memory_file(one).stat().st_mode & 0o777 == 0o600
    assert "one" not in memory_file(one).name


def test_two_windows_keep_what_the_other_kept(tmp_path: Path) -> None:
    book = tmp_path / "one.csbook"
    first, second = BookMemory(book), BookMemory(book)
    first.keep("a", 1)
    second.keep("b", 2)
    first.write()
    second.write()

    assert (BookMemory(book).get("a"), BookMemory(book).get("b")) == (1, 2)


@pytest.mark.parametrize("text", ["", "[1]", "{", "[" * 5000, "\x00" * 10])
def test_a_torn_memory_is_forgotten(tmp_path: Path, text: str) -> None:
    book = tmp_path / "one.csbook"
    BookMemory(book)
    file = memory_file(book)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)

    memory = BookMemory(book)
    memory.keep("page", "book")
    memory.write()
    assert json.loads(file.read_text()) == {"page": "book"}


def test_a_moved_book_keeps_its_memory(tmp_path: Path) -> None:
    old, new = tmp_path / "old.csbook", tmp_path / "new.csbook"
    memory = BookMemory(old)
    memory.keep("page", "book")
    memory.write()

    move_memory(old, new)
    assert BookMemory(new).get("page") == "book"
    forget_memory(new)
    assert BookMemory(new).get("page") is None
