"""What goes wrong on the command line is said without a word of what a book holds."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from csplanner.book.book import Book
from csplanner.cli.main import main

NAME = "Petra Xanthos"


@pytest.fixture
def path(book: Book) -> Path:
    book.close()
    return book.path


def test_a_mistake_of_ours_is_told_by_its_places_alone(path: Path) -> None:
    code = (
        "import sys, csplanner.cli.care\n"
        "from csplanner.cli.main import main\n"
        f"def check(options): raise ValueError('{NAME}')\n"
        "csplanner.cli.care.check = check\n"
        f"sys.argv = ['csplanner', 'check', {str(path)!r}]\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert NAME not in done.stderr
    assert "Traceback" not in done.stderr
    assert str(Path.cwd()) not in done.stderr
    assert "csplanner/cli/main.py:" in done.stderr


@pytest.mark.parametrize(
    "words", [["account", "{}", "\udcff"], ["history", "{}", "--text", "\udcff"],
              ["accounts", "{}", "--filter", "\udcff"], ["person", "{}", "\udcff"]],
)  # fmt: skip
def test_words_that_are_no_text_are_refused(
    words: list[str], path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([word.format(path) for word in words]) == 1
    assert "holds bytes that are no text" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="file names are text there")
def test_a_book_may_be_called_by_bytes_that_are_no_text(path: Path) -> None:
    strange = path.rename(path.with_name("b\udcff.csbook"))
    assert main(["accounts", str(strange), "--json"]) == 0


@pytest.mark.parametrize("verb", ["account", "person"])
def test_two_dashes_are_no_name(verb: str, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code = main([verb, str(path), "--", "--"])
    except SystemExit:  # newer Pythons take the word for missing
        return
    assert code == 1
    assert capsys.readouterr().err.count("\n") == 1
