"""Writes the book that stands in `tests/books/` for the present schema, to be kept for ever.

Run once for each schema, by the version that introduced it: `python -m tests.books.keep_book`.
A book that is there already is left alone: it was made by the version it stands for.
"""

import json
from datetime import date
from pathlib import Path

from csplanner.book.book import Book
from csplanner.book.schema import SCHEMA_VERSION
from csplanner.crm.importing import apply, stage
from csplanner.domain.account import Account, AccountId, Exit, Tier
from csplanner.domain.attention import Attention, Verdict
from csplanner.domain.objective import Objective
from csplanner.domain.placement import Placement
from csplanner.domain.sentiment import Pulse, Sentiment
from csplanner.domain.settings import BookSettings
from csplanner.domain.touch import Channel, Touch
from csplanner.domain.value import NOT_APPLICABLE, fact
from csplanner.errors import UserError
from csplanner.resources import resource
from tests.book.digest import digest

TODAY = date(2026, 3, 12)
BOOKS = Path(__file__).resolve().parent


def keep_book() -> Path:
    """Make the book and the list of its rows; raises UserError when it is there already."""
    path = BOOKS / f"schema-{SCHEMA_VERSION}.csbook"
    if path.exists():
        raise UserError(f"{path.name} is there already and is kept as it is.")
    BOOKS.mkdir(exist_ok=True)
    with Book.create(path, BookSettings(name="Kept"), today=TODAY) as book:
        _fill(book, path)
        book.refresh()
        rows = digest(book)
    path.with_suffix(".json").write_text(
        json.dumps(rows, ensure_ascii=False, indent=0) + "\n", encoding="utf-8"
    )
    return path


def _fill(book: Book, path: Path) -> None:
    """One snapshot, then something of every kind that only a person records."""
    first = sorted(p for p in resource("sample").iterdir() if p.is_dir())[0]
    staged = stage([first], path)
    apply(book, staged)
    staged.discard()
    book.refresh()
    account = book.accounts.all()[0].id
    book.accounts.add(Account(AccountId(""), "Łódź <b>& Co</b>", criticality=NOT_APPLICABLE))
    book.accounts.update(account, next_step="Call Dana", pinned=True)
    book.pulses.add(Pulse("", account, TODAY, Sentiment.UNEASY, "They went quiet"))
    people = tuple(p.id for p in book.people.of(account)[:2])
    book.touches.add(Touch("", account, TODAY, Channel.CALL, "Prices", person_ids=people))
    book.objectives.add(
        Objective("", account, "Calls answered", "%", fact(62000), fact(81000), fact(85000))
    )
    book.placements.add(Placement("", account, TODAY, Tier.HIGH, "They grow", Tier.MEDIUM))
    book.exits.add(Exit("", account, TODAY, "downgraded", "", "price", "Their letter"))
    book.attention.set(Attention(account, "touch_overdue", Verdict.SNOOZED, "d"), "Snooze")
    book.views.add("Mine", {"sort": "arr"})
    book.accounts.update(account, name="Undone name")
    book.undo()


if __name__ == "__main__":
    keep_book()
