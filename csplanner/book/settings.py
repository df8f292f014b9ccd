"""The book's settings as rows of names and JSON values."""

import json
from dataclasses import fields
from typing import TYPE_CHECKING

from csplanner.domain.account import Tier
from csplanner.domain.settings import BookSettings

if TYPE_CHECKING:
    from csplanner.book.book import Book


class Settings:
    """Reads and writes `BookSettings`; what a book does not name has its default."""

    def __init__(self, book: "Book") -> None:
        self._book = book

    def read(self) -> BookSettings:
        """The settings in force."""
        rows = self._book.connection.execute("select id, value from setting").fetchall()
        known = {f.name for f in fields(BookSettings)}
        stored = {name: _read(json.loads(value)) for name, value in rows if name in known}
        return BookSettings(**stored)  # type: ignore[arg-type]

    def write(self, settings: BookSettings) -> None:
        """Write every setting inside an open change."""
        db = self._book.connection
        for field in fields(BookSettings):
            value = json.dumps(getattr(settings, field.name))
            done = db.execute("update setting set value = ? where id = ?", (value, field.name))
            if done.rowcount == 0:
                db.execute("insert into setting (id, value) values (?, ?)", (field.name, value))


def _read(value: object) -> object:
    if isinstance(value, dict):
        return {Tier(k): v for k, v in value.items()}
    return tuple(value) if isinstance(value, list) else value
