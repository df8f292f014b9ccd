"""A table found in a file: its headers and its rows, read again as often as needed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from csplanner.domain.snapshot import Quarantined
from csplanner.errors import UserError

MAX_ROWS = 2_000_000
MAX_COLUMNS = 500
MAX_CELL = 32_767
CHUNK = 250

Chunk = tuple[list[int], list[list[str]]]
"""Row numbers as a spreadsheet counts them, and rows exactly as wide as the header."""


class EmptyFileError(UserError):
    """A file without anything in it."""


class NoTableError(UserError):
    """A file that is something else altogether, such as a picture."""


def own_export(name: str) -> UserError:
    """What to say of a file csplanner has exported: its amounts are in minor units."""
    return UserError(
        f"{name} is csplanner’s own export, not a CRM’s. To make a book of it: "
        "csplanner new BOOK --from PATH."
    )


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file of the snapshot that is not used, and why."""

    file: str
    reason: str
    records: int = 0


@dataclass(slots=True)
class Table:
    """One table of one file."""

    file: str
    """Name to show: the file's, with the sheet or the member of an archive behind it."""
    headers: tuple[str, ...]
    sha256: str
    size: int
    chunks: Callable[[], Iterator[Chunk]]
    container: str = "CSV"
    encoding: str = ""
    delimiter: str = ""
    row_bytes: int = 200
    """About how many bytes a row takes, for showing progress."""
    as_of_hint: str | None = None
    """ISO date a report states above its header."""
    above: tuple[tuple[str, ...], ...] = ()
    """What stands above the header."""
    entity: str = ""
    """What the file itself says its records are: a name such as `opportunity` or `incident`."""
    origin: str = ""
    """The CRM the file itself names."""
    names: tuple[str, ...] = ()
    """What the columns are called in English, where the file says so beside its headers."""
    notes: list[str] = field(default_factory=list)
    """What was decided in reading it, a sentence each."""
    problems: list[Quarantined] = field(default_factory=list)
    """Rows that could not be read, filled while `chunks` is read."""

    def note(self, sentence: str) -> None:
        """Keep what was decided about this file, once however often its rows are read."""
        told = f"{self.file}: {sentence}"
        if sentence and told not in self.notes:
            self.notes.append(told)

    def sample(self, rows: int) -> list[list[str]]:
        """The first rows."""
        found: list[list[str]] = []
        for _, chunk in self.chunks():
            found.extend(chunk)
            if len(found) >= rows:
                break
        self.problems.clear()
        if found:
            cells = sum(len(cell) + 1 for row in found[:100] for cell in row)
            self.row_bytes = max(1, cells // min(100, len(found)))
        return found[:rows]
