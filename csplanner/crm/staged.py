"""A snapshot that was read and compared with the book, before anything of it is written."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from csplanner.book.room import remove_folder
from csplanner.book.staging_pages import StagedPages
from csplanner.crm.mapping import FileMapping, from_json
from csplanner.crm.table import LeftOut


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A word of a picklist that nobody said the meaning of yet."""

    kind: str
    """The kind of value, such as `stage` or `role`."""
    word: str
    """As the file writes it."""
    count: int
    """How many rows say it."""
    read_as: str
    """How it was read meanwhile; empty: left out."""


@dataclass(frozen=True, slots=True)
class Staged:
    """A snapshot that was read and compared, waiting in a private file. `discard` removes it."""

    path: Path
    source: str
    as_of: date
    as_of_why: str
    scope: str
    currency: str
    mappings: tuple[FileMapping, ...]
    left_out: tuple[LeftOut, ...]
    counts: dict[str, dict[str, int]]
    """Per object: `new`, `changed`, `same`; for accounts also `absent`; for measurements `more`,
    figures of measures the book has that come in with a change or say what it says.
    """
    notes: tuple[str, ...]
    quarantined: int
    doubled: int
    conflicts: int
    missing: int = 0
    """Accounts that will be marked as missing."""
    unknown_words: tuple[UnknownWord, ...] = ()
    """Words of picklists nobody said the meaning of, the most frequent first."""
    unused: tuple[FileMapping, ...] = ()
    """Tables that are not used because nobody knows what their rows are, with samples."""

    @property
    def is_new(self) -> bool:
        """Whether anything of it is not in the book yet."""
        arrived = (n.get("new") or n.get("changed") or n.get("more") for n in self.counts.values())
        return self.missing > 0 or any(arrived)

    def pages(self) -> StagedPages:
        """The difference, page by page; close it before applying."""
        return StagedPages(self.path)

    def discard(self) -> None:
        """Delete the staging file with its folder."""
        remove_folder(self.path.parent)


def to_plain(staged: Staged) -> dict[str, Any]:
    """Every field as plain data for JSON; `from_plain` reads it."""
    return {**asdict(staged), "path": str(staged.path), "as_of": staged.as_of.isoformat()}


def from_plain(plain: Mapping[str, Any]) -> Staged:
    """The staged snapshot that `to_plain` wrote down."""
    return Staged(
        **{
            **plain,
            "path": Path(plain["path"]),
            "as_of": date.fromisoformat(plain["as_of"]),
            "mappings": tuple(from_json(m) for m in plain["mappings"]),
            "left_out": tuple(LeftOut(**item) for item in plain["left_out"]),
            "notes": tuple(plain["notes"]),
            "unused": tuple(from_json(m) for m in plain["unused"]),
            "unknown_words": tuple(UnknownWord(**word) for word in plain["unknown_words"]),
        }
    )
