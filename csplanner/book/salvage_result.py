"""What a salvage brought back, in numbers and in words."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class TableSalvage:
    """What became of one table: rows as they were read, remade from the journal, from the backup.

    `stand_ins` are rows made up of what lists knew; `aside` went to lost and found. `expected` is
    what the damaged file says was there; more may have been when `at_least`.
    """

    table: str
    expected: int
    read: int
    remade: int = 0
    merged: int = 0
    stand_ins: int = 0
    aside: int = 0
    at_least: bool = False

    @property
    def lost(self) -> int:
        """Rows known to have been there and not in the new book."""
        return max(0, self.expected - self.read - self.remade - self.merged)


@dataclass(frozen=True, slots=True)
class Salvage:
    """A new book at `path` and what could not be put into it, in the file `beside` when any."""

    path: Path
    tables: tuple[TableSalvage, ...]
    beside: Path | None = None
    notes: tuple[str, ...] = ()

    @property
    def read(self) -> int:
        """Rows in the new book as they were, from the damaged file alone."""
        return sum(t.read + t.remade for t in self.tables)

    @property
    def merged(self) -> int:
        """Rows that came from the backup."""
        return sum(t.merged for t in self.tables)

    @property
    def expected(self) -> int:
        """Rows the damaged file says were there."""
        return sum(t.expected for t in self.tables)

    @property
    def lost(self) -> int:
        """Rows known to have been there and not in the new book."""
        return sum(t.lost for t in self.tables)

    @property
    def words(self) -> str:
        """The result in sentences."""
        said = [f"{self.read:,} of {self.expected:,} rows were read."]
        if self.merged:
            said.append(f"{self.merged:,} came from the backup.")
        said.append(_rows_lost(self.lost))
        if unsure := sum(t.at_least for t in self.tables):
            said.append(
                f"More may be: the file no longer tells how many rows {unsure} of its tables had."
            )
        if self.beside is not None:
            said.append(f"What could not be put in its place stands in {self.beside.name}.")
        return " ".join([*said, *self.notes])


def _rows_lost(rows: int) -> str:
    if rows == 0:
        return "No row is known to be lost."
    return "1 row is lost." if rows == 1 else f"{rows:,} rows are lost."


def many(number: int, one: str) -> str:
    """`1 link`, `1,204 links`."""
    return f"1 {one}" if number == 1 else f"{number:,} {one}s"
