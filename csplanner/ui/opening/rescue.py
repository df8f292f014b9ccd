"""What can be done about a damaged book, found out beside the window: backups, rows, and words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from csplanner.book.salvage import Readable, readable
from csplanner.book.shelf import Kept, newest_good
from csplanner.errors import UserError
from csplanner.ui.opening.notices import moment_words
from csplanner.ui.widgets.format import number, plural

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Rescue:
    """What there is to go back to: the newest good backup, and what only the damaged file has.

    `newer` are the labels of later changes, newest first, None when that cannot be told. `tables`
    are empty when the file cannot be read at all.
    """

    backup: Kept | None
    newer: tuple[str, ...] | None
    tables: tuple[Readable, ...]


def look_for_rescue(path: Path) -> Rescue:
    """Find out what can be done; reads the damaged file and its backups, writes nothing."""
    from csplanner.book.backup import lost_by

    kept = newest_good(path)
    newer = lost_by(path, kept.path) if kept is not None else None
    try:
        tables = tuple(readable(path))
    except (UserError, OSError):
        tables = ()
    return Rescue(kept, None if newer is None else tuple(newer), tables)


def restore_title(kept: Kept, today: date) -> str:
    """`Put the backup of 3 Mar, 9:30 in its place`."""
    return f"Put the backup of {moment_words(kept.made_at, today)} in its place"


def restore_words(found: Rescue) -> str:
    """What the backup holds, and what would be lost."""
    kept = found.backup
    if kept is None:
        return "There is no good backup of this book on this computer."
    held = f"{plural(kept.rows, 'record')}, kept {kept.why.words}."
    return f"{held} {_newer_words(found.newer)} The damaged file is kept beside it."


def _newer_words(newer: Sequence[str] | None) -> str:
    if newer is None:
        return "What you changed after that cannot be read any more, and would be missing."
    if not newer:
        return "Nothing was changed after that."
    named = ", ".join(f"“{label}”" for label in newer[:_NAMED])
    more = f" and {number(len(newer) - _NAMED)} more" if len(newer) > _NAMED else ""
    return f"{plural(len(newer), 'later change')} would be missing: {named}{more}."


def details(path: Path, found: str, rescue: Rescue) -> str:
    """What was found, for who wants to know it exactly."""
    lines = [str(path.absolute()), found]
    lines += [
        f"{table.table}: {number(table.rows)} of {_expected(table)} rows can be reached"
        for table in rescue.tables
        if table.rows or table.expected
    ]
    return "\n".join(lines)


def _expected(table: Readable) -> str:
    return "an unknown number of" if table.expected is None else number(table.expected)
