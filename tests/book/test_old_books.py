"""Every schema's own book opens for ever, with every row as it was, and can go on being used."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from csplanner.book.book import Book
from csplanner.book.check import check
from csplanner.book.schema import SCHEMA_VERSION
from csplanner.domain.account import Account, AccountId, Opportunity
from csplanner.domain.touch import Channel, Touch
from csplanner.domain.wording import day_text
from tests.book.digest import digest

BOOKS = Path(__file__).resolve().parent.parent / "books"
VERSIONS = range(1, SCHEMA_VERSION + 1)


@pytest.fixture(params=VERSIONS, ids=lambda n: f"schema-{n}")
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of the book that the version with that schema wrote."""
    return Path(shutil.copy(BOOKS / f"schema-{request.param}.csbook", tmp_path / "old.csbook"))


def rows_of(path: Path) -> dict[str, list[list[object]]]:
    """What the book held when it was written."""
    held: dict[str, list[list[object]]] = json.loads(path.read_text(encoding="utf-8"))
    return held


def _as_wide(now: list[list[object]], held: list[list[object]]) -> list[list[object]]:
    """The rows without the columns that came after the book was kept; those stand last."""
    return [row[: len(held[0])] for row in now] if held else now


def test_every_schema_has_its_book() -> None:
    assert sorted(p.name for p in BOOKS.glob("*.csbook")) == sorted(
        f"schema-{n}.csbook" for n in VERSIONS
    )


def test_an_old_book_opens_with_every_row(kept: Path, request: pytest.FixtureRequest) -> None:
    version = request.node.callspec.params["kept"]
    held = rows_of(BOOKS / f"schema-{version}.json")
    with Book.open(kept, today=date(2026, 3, 12)) as book:
        assert not book.read_only
        now = json.loads(json.dumps(digest(book)))
        assert {table: _as_wide(now[table], rows) for table, rows in held.items()} == held
        assert check(book) == []


def test_an_old_book_is_judged_changed_and_undone(kept: Path) -> None:
    with Book.open(kept, today=date(2026, 4, 1)) as book:
        book.refresh()
        before = digest(book)
        assert book.derived.today().entries
        assert book.search("lodz")
        assert book.can_redo is not None
        book.accounts.add(Account(AccountId(""), "New"))
        book.undo()
        assert digest(book) == before
        while book.can_undo is not None:
            book.undo()
        assert book.accounts.all() == []


def test_days_of_a_book_from_another_year_carry_their_year(tmp_path: Path) -> None:
    close, last = date(2024, 6, 15), date(2024, 7, 20)
    with Book.create(tmp_path / "then.csbook", today=date(2026, 11, 22)) as book:
        with book.change("Fill"):
            held = book.accounts.add(Account(AccountId(""), "Merrow"))
            book.touches.add(Touch("", held.id, last, Channel.CALL))
            book.opportunities.add(Opportunity("", held.id, "Seats", close_on=close))
        assert book.as_of() == last
        (entry,) = [
            e.signal for e in book.derived.today().entries if e.signal.kind == "deal_overdue"
        ]
        assert "was to close 15 Jun ’24" in entry.evidence[0].text
        assert day_text(close, book.as_of()) == "15 Jun ’24"
    with Book.open(tmp_path / "then.csbook", today=date(2024, 7, 25)) as book:
        assert day_text(close, book.as_of()) == "15 Jun"
    with Book.open(tmp_path / "then.csbook", today=last) as book:
        assert day_text(close, book.as_of()) == "15 Jun"
