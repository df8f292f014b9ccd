"""The book's settings as rows of names and JSON values."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import fields
from typing import TYPE_CHECKING

from csplanner.domain.account import Tier
from csplanner.domain.settings import BookSettings

if TYPE_CHECKING:
    from csplanner.book.book import Book

_MOST = 10**12
_RANGES = {"fiscal_start_month": (1, 12), "week_start": (1, 7)}
_CHOICES = {"hours_per": ("week", "month", "quarter")}


class Settings:
    """Reads and writes `BookSettings`; what a book does not name has its default."""

    def __init__(self, book: "Book") -> None:
        self._book = book

    def read(self) -> BookSettings:
        """The settings in force; one that cannot be read has its default, see
        `unreadable_settings`.
        """
        stored = {name: v for name, v in _stored(self._book.connection).items() if v is not None}
        return BookSettings(**stored)  # type: ignore[arg-type]

    def write(self, settings: BookSettings) -> None:
        """Write every setting inside an open change."""
        db = self._book.connection
        for field in fields(BookSettings):
            value = json.dumps(getattr(settings, field.name))
            done = db.execute("update setting set value = ? where id = ?", (value, field.name))
            if done.rowcount == 0:
                db.execute("insert into setting (id, value) values (?, ?)", (field.name, value))


def unreadable_settings(connection: sqlite3.Connection) -> list[str]:
    """The names of settings whose stored value is none that csplanner writes."""
    has_table = connection.execute(
        "select 1 from sqlite_master where type = 'table' and name = 'setting'"
    ).fetchone()
    return sorted(n for n, v in _stored(connection).items() if v is None) if has_table else []


def _stored(connection: sqlite3.Connection) -> dict[str, object]:
    """What the book names, as it is used; None for what cannot be read."""
    default = BookSettings()
    known = {f.name: getattr(default, f.name) for f in fields(BookSettings)}
    rows = connection.execute("select id, cast(value as blob) from setting").fetchall()
    return {name: _read(value, known[name], name) for name, value in rows if name in known}


def _read(stored: bytes, default: object, name: str) -> object:
    """The value as it is used, None where it is not of the kind of the `default`."""
    try:
        value = json.loads(stored)
    except (ValueError, RecursionError):
        return None
    if isinstance(default, str):
        is_known = isinstance(value, str) and value in _CHOICES.get(name, (value,))
        return value if is_known else None
    if isinstance(default, int):
        return value if _are_numbers([value], name) else None
    if isinstance(default, tuple):
        is_alike = isinstance(value, list) and len(value) == len(default)
        return tuple(value) if is_alike and _are_numbers(value, name) else None
    is_whole = isinstance(value, dict) and set(value) == {tier.value for tier in Tier}
    if not is_whole or not _are_numbers(value.values(), name):
        return None
    return {Tier(k): v for k, v in value.items()}


def _are_numbers(values: Iterable[object], name: str) -> bool:
    low, high = _RANGES.get(name, (0, _MOST))
    return all(type(v) is int and low <= v <= high for v in values)
