"""Snapshots: CRM exports that were imported, and what could not be read from them."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class SnapshotFile:
    """One file of a snapshot: its name, digest, and how many records of which object it held."""

    name: str
    sha256: str
    object: str
    records: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A CRM export as of a date, taken into the book in one change."""

    id: str
    source: str
    as_of: date
    imported_at: datetime
    scope: str = "partial"
    files: tuple[SnapshotFile, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A cell or row that was not taken in: where it stands and why."""

    file: str
    row: int
    column: str
    value: str
    reason: str
    cells: dict[str, str] = field(default_factory=dict)
    """Header to cell of the row's mapped columns; empty: not kept."""
    fixed_by: str | None = None
    """The snapshot that brought the row in after all."""
    id: str = ""
    """Its id in the book; empty while it is only staged."""
