"""What turning a filter into SQL needs to know of the book, and what measurements say."""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from csplanner.book.rows import Cell

Part = tuple[str, list[Cell]]
"""A condition as SQL and its values in order."""

ABOVE = {"at least": ">=", "at most": "<=", "above": ">", "below": "<"}
_MOST_KEPT = 24
_QUARTER_HOLDS = {"week": 13, "month": 3, "quarter": 1}


class Resolved:
    """The accounts that conditions over the past hold, until something is written.

    One view is listed, counted and summed; its history is looked through once.
    """

    def __init__(self) -> None:
        self._stamp: object = None
        self._ids: dict[str, str] = {}

    def ids(self, stamp: object, text: str, find: Callable[[], str]) -> str:
        """The row ids as JSON, found by `find` unless they are known since that stamp."""
        if stamp != self._stamp:
            self._stamp, self._ids = stamp, {}
        if text not in self._ids:
            if len(self._ids) >= _MOST_KEPT:
                self._ids.clear()
            self._ids[text] = find()
        return self._ids[text]

    def known(self) -> dict[str, str]:
        """What is known now."""
        return dict(self._ids)

    def take(self, stamp: object, ids: dict[str, str]) -> None:
        """Know what another reader of the same state of the book found."""
        self._stamp, self._ids = stamp, dict(ids)


@dataclass(frozen=True, slots=True)
class Scope:
    """The day a book is judged on, the unit its hours are said in, and how to ask it."""

    as_of: date
    hours_per: str
    db: sqlite3.Connection
    known: Resolved

    @property
    def quarter_holds(self) -> int:
        """How many of the units of hours a quarter has."""
        return _QUARTER_HOLDS[self.hours_per]

    def distinct(self, sql: str) -> list[str]:
        """The texts of a column."""
        return [str(value) for (value,) in self.db.execute(sql)]

    def stamp(self) -> object:
        """What differs whenever something was written, here or by others."""
        version = self.db.execute("pragma data_version").fetchone()[0]
        return self.as_of, version, self.db.total_changes

    def resolved(self, text: str, part: Part) -> Part:
        """A condition that takes long, as the accounts it holds; `text` tells it from others."""

        def find() -> str:
            sql, values = part
            rows = self.db.execute(f"select id from overview where {sql}", values)
            return json.dumps([i for (i,) in rows])

        ids = self.known.ids(self.stamp(), text, find)
        return "id in (select value from json_each(?))", [ids]


def measured(measure: str, until: date | None, *, after: bool = False) -> Part:
    """What was measured last of an account, up to a day; the first after it with `after`.

    Counts of use add up over their parts; of grades and shares it is the mean.
    """
    is_sum = measure.startswith("usage.") and measure != "usage.module_share"
    worth = "sum" if is_sum else "avg"
    known = "account_id = overview.account_id and measure = ? and value is not null"
    values: list[Cell] = [measure, measure]
    limit = ""
    if until is not None:
        limit = f" and as_of {'>' if after else '<='} ?"
        values.append(until.isoformat())
    pick = "min" if after else "max"
    return (
        (
            f"(select {worth}(value) from measurement where {known} and as_of = "
            f"(select {pick}(as_of) from measurement where {known}{limit}))"
        ),
        values,
    )
