"""`new --from`: what a CSM who takes the book out and in again reads."""

from pathlib import Path

import pytest

from csplanner.book.book import Book
from csplanner.cli.main import main
from csplanner.domain.account import Account, AccountId
from tests.book.whole import whole

TODAY = ["--today", "2026-03-12"]


@pytest.fixture
def exported(book: Book, tmp_path: Path) -> Path:
    """The folder of an export in lines, made by the command line."""
    book.accounts.add(Account(AccountId(""), "Acme"))
    book.refresh()
    book.close()
    words = ["export", str(book.path), "--out", str(tmp_path / "out"), "--format", "jsonl", *TODAY]
    assert main(words) == 0
    return tmp_path / "out" / "book.jsonl"


def test_a_book_is_made_of_an_export_and_says_what_came(
    book: Book, exported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    new = tmp_path / "new.csbook"
    assert main(["new", str(new), "--from", str(exported), *TODAY]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"Created {new} from book.jsonl: 1 account, 0 people, 0 touches")
    with Book.open(book.path, today=book.today) as old, Book.open(new, today=book.today) as back:
        assert whole(back) == whole(old)


def test_a_second_time_is_refused(
    exported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["new", str(tmp_path / "new.csbook"), "--from", str(exported), *TODAY]
    assert main(words) == 0
    assert main(words) == 1
    assert "already there" in capsys.readouterr().err


def test_importing_an_own_export_names_the_way_back(
    book: Book, exported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(book.path), str(exported), "--as-of", "2026-03-12", *TODAY]) == 1
    assert "csplanner new BOOK --from" in capsys.readouterr().err


def test_a_sample_and_an_export_at_once_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main(["new", str(tmp_path / "n.csbook"), "--sample", "--from", "x"])
