"""What a filter could ask for: the texts the book holds of a field, and how many would match."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from csplanner.domain.filters import Condition, View, parse_filter
from csplanner.domain.filters_suggest import Offer, offers, stage_of

if TYPE_CHECKING:
    from csplanner.book.book import Book

_MOST_VALUES, _MOST_COUNTED = 400, 12
_COLUMNS = frozenset({"name", "sector", "owner", "segment", "country", "city", "next_step"})


@dataclass(frozen=True, slots=True)
class Looked:
    """What can follow a text, how many accounts each of it leaves, and how many the text does.

    A count is None where nothing can be counted yet.
    """

    text: str
    offers: tuple[Offer, ...]
    counts: tuple[int | None, ...]
    total: int | None


def look(book: "Book", text: str, others: tuple[Condition, ...] = ()) -> Looked:
    """What can follow a filter being typed, counted together with the conditions in force."""
    stage = stage_of(text)
    known: tuple[str, ...] = ()
    if stage.kind == "value" and stage.field is not None:
        known = values_of(book, stage.field.key)
    found = tuple(offers(text, known))
    counts = tuple(
        _count(book, offer.text, others)
        if offer.kind in ("value", "operator") and at < _MOST_COUNTED
        else None
        for at, offer in enumerate(found)
    )
    return Looked(text, found, counts, _count(book, text, others))


def values_of(book: "Book", key: str) -> tuple[str, ...]:
    """The texts the book holds of a field, the most frequent first; none for other fields."""
    db = book.connection
    if key == "tag":
        rows = db.execute("select word from tag group by word order by count(*) desc, word")
    elif key in _COLUMNS:
        rows = db.execute(
            f"select {key} from overview where archived = 0 and {key} <> '' "
            f"group by {key} order by count(*) desc, {key} limit {_MOST_VALUES}"
        )
    else:
        return ()
    return tuple(str(value) for (value,) in rows)


def _count(book: "Book", text: str, others: tuple[Condition, ...]) -> int | None:
    try:
        found = parse_filter(text, book.as_of())
    except ValueError:
        return None
    return book.overview.count(View((*others, *found))) if found else None


def most_excluding(book: "Book", conditions: Sequence[Condition]) -> Condition | None:
    """The condition without which the most accounts match; None where no single one helps."""
    best, most = None, 0
    for condition in conditions:
        others = tuple(c for c in conditions if c is not condition)
        left = book.overview.count(View(others))
        if left > most:
            best, most = condition, left
    return best
