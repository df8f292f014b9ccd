"""What can be done about a damaged book, found out beside the window: backups, rows, and words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from csplanner.book.salvage import Readable, readable
from csplanner.book.shelf import Kept, newest_good
from csplanner.errors import UserError
from csplanner.language import tr
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
    return tr("Put the backup of {0} in its place").format(moment_words(kept.made_at, today))


def restore_words(found: Rescue) -> str:
    """What the backup holds, and what would be lost."""
    kept = found.backup
    if kept is None:
        return tr("There is no good backup of this book on this computer.")
    held = tr("{0}, kept {1}.").format(plural(kept.rows, "record"), kept.why.words)
    return tr("{0} {1} The damaged file is kept beside it.").format(held, _newer_words(found.newer))


def _newer_words(newer: Sequence[str] | None) -> str:
    if newer is None:
        return tr("What you changed after that cannot be read any more, and would be missing.")
    if not newer:
        return tr("Nothing was changed after that.")
    named = ", ".join(f"“{label}”" for label in newer[:_NAMED])
    more = tr(" and {0} more").format(number(len(newer) - _NAMED)) if len(newer) > _NAMED else ""
    return tr("{0} would be missing: {1}{2}.").format(
        plural(len(newer), "later change"), named, more
    )


def details(path: Path, found: str, rescue: Rescue) -> str:
    """What was found, for who wants to know it exactly."""
    lines = [str(path.absolute()), found]
    lines += [
        tr("{0}: {1} of {2} rows can be reached").format(
            table.table, number(table.rows), _expected(table)
        )
        for table in rescue.tables
        if table.rows or table.expected
    ]
    return "\n".join(lines)


def _expected(table: Readable) -> str:
    return tr("an unknown number of") if table.expected is None else number(table.expected)
