"""Empty cells: they say nothing, or, where somebody asked for it, they clear a value."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from csplanner.book.staging_frame import Frame
from csplanner.book.staging_shapes import Column, Shape

_NEVER = frozenset({"name", "end", "on", "as_of", "measure", "dimension", "value", "source"})
"""What a record cannot be without, or is told apart by."""
_READ_FROM = {"phone": ("phone", "mobile")}
"""Columns that are made of others of the file."""


@dataclass(frozen=True, slots=True)
class Blanks:
    """Which empty cells clear what the book holds; of the CSM's own values none does."""

    mapped: Mapping[str, tuple[str, ...]]
    """The targets of each file's columns; empty: no cell clears anything."""

    @classmethod
    def of(cls, db: sqlite3.Connection, frame: Frame, *, older: bool) -> Self:
        """What the person who imports asked for; an older snapshot clears nothing."""
        if frame.blanks != "clear" or older:
            return cls({})
        db.execute('create index if not exists stage.quarantine_row on quarantine (file, "row")')
        return cls(frame.mapped)

    def clears(self, shape: Shape, column: Column) -> str:
        """SQL condition: the staged row `s` has an empty cell where the book's `b` has a value."""
        is_text = column.kind == "text" and column.default == "''"
        if (
            not (is_text or column.kind in ("plain", "fact", "money"))
            or column.once
            or column.name in _NEVER
            or column not in shape.columns
        ):
            return ""
        wanted = {
            f"{shape.object}.{field}" for field in _READ_FROM.get(column.name, (column.name,))
        }
        files = [file for file, targets in self.mapped.items() if wanted & set(targets)]
        if not files:
            return ""
        listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
        cell = f'b."{column.name}"'
        held = f"{cell} <> ''" if is_text else f"{cell} is not null"
        # A cell that could not be read is not an empty one.
        return (
            f'(s."{column.name}" is null and {held} and s.file in ({listed}) and not exists '
            '(select 1 from stage.quarantine q where q.file = s.file and q."row" = s."row"))'
        )
