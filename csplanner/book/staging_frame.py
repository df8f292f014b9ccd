"""What every step of settling a staged snapshot shares."""

import sqlite3
from dataclasses import dataclass

from csplanner.book.staging_shapes import Shape


@dataclass(frozen=True, slots=True)
class Frame:
    """Whose snapshot it is and of which day (ISO)."""

    source: str
    as_of: str


def filled(db: sqlite3.Connection, shape: Shape) -> bool:
    """Whether the snapshot holds records of that kind."""
    return bool(db.execute(f"select exists (select 1 from {shape.staging})").fetchone()[0])


def note(db: sqlite3.Connection, text: str) -> None:
    """Keep a sentence about the snapshot for the person who imports it."""
    db.execute("insert into stage.note (text) values (?)", (text,))
