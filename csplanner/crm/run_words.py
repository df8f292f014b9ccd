"""What a run of an import says: what was decided, what a snapshot is, and why it brings nothing."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from csplanner.book.ids import derived_id
from csplanner.book.staging_erased import is_about_erased
from csplanner.book.staging_pages import StagedPages
from csplanner.crm.mapping import FileMapping
from csplanner.crm.table import Table
from csplanner.errors import UserError

FIGURES = "Figures by name"
"""The source of figures that name accounts as people do and tell no CRM: their days count, not
the snapshots of a CRM.
"""
_ID_GOALS = frozenset(
    f"measurement.{field}" for field in ("account", "subscription", "person", "person_mail", "id")
)


def decisions(read: tuple[FileMapping, ...]) -> list[str]:
    """Notes on what was decided of columns and remembered of files."""
    notes = []
    for mapping in read:
        if mapping.recalled and mapping.recalled.changes:
            notes.append(f"{mapping.file}: {mapping.recalled.changes}")
        for column in mapping.used:
            if column.both_ways:
                told = column.why.partition(".")[2].strip()
                if column.both_ways == column.looked_at:
                    told = f"All could be read two ways and were read as {column.read_as}."
                notes.append(f"{mapping.file}, {column.header}: {told}")
    return notes


def came_before(
    tables: Sequence[Table], came: Mapping[str, Mapping[str, date]], source: str
) -> list[str]:
    """A note where these files came in as another source: they would bring everything again."""
    others = [came.get(t.sha256, {}) for t in tables]
    found = sorted((day, name) for one in others if source not in one for name, day in one.items())
    if not found:
        return []
    day, name = found[0]
    count = sum(1 for one in others if one and source not in one)
    which = tables[0].file if len(tables) == 1 else f"{count} of these {len(tables)} files"
    told = f"{which} came in before as {name}, as of {day}."
    again = f"As {source} all of it comes in once more."
    return [f"{told} {again} If it is the same CRM, say that its source is {name}."]


def source_of(mapped: Sequence[tuple[Table, FileMapping]], known: Sequence[str]) -> str:
    """The source the files tell; of files that only add to accounts, the one the book knows."""
    told = next((m.source for _, m in mapped if m.source), "")
    if told:
        return told
    if all(_are_figures_by_name(m) for _, m in mapped):
        return FIGURES
    crms = [name for name in known if name != FIGURES]
    if len(crms) == 1 and all(m.object != "account" for _, m in mapped):
        return crms[0]
    return "CRM export"


def _are_figures_by_name(mapping: FileMapping) -> bool:
    """Whether rows are figures of accounts called by name, without any id of a CRM."""
    goals = {column.target for column in mapping.columns}
    return (
        mapping.object == "measurement"
        and "measurement.account_name" in goals
        and not goals & _ID_GOALS
    )


def no_rows(read: tuple[FileMapping, ...]) -> str:
    """What is said of files without rows."""
    if len(read) == 1:
        return f"{read[0].file} holds no rows below its header. Export it again."
    return f"These {len(read)} files hold no rows below their headers. Export them again."


def scope_of(tables: list[Table]) -> str:
    """Trees of records number their references anew in every set of files."""
    trees = sorted(t.sha256 for t in tables if t.container == "JSON")
    return derived_id("scope", *trees) if trees else ""


def lower(text: str) -> str:
    """The text with a small first letter."""
    return text[:1].lower() + text[1:]


def nothing(path: Path, read: tuple[FileMapping, ...], without_account: int) -> UserError:
    """Why nothing of the snapshot can be taken in."""
    rows = sum(m.rows for m in read)
    files = read[0].file if len(read) == 1 else f"These {len(read)} files"
    brings, its = ("brings", "its") if len(read) == 1 else ("bring", "their")
    if without_account:
        return UserError(
            f"{files} {brings} nothing: none of {its} {rows:,} rows names an account of this "
            "book. Import the accounts first, or together with them."
        )
    with StagedPages(path) as pages:
        reasons = pages.quarantine_counts()
        erased = [text for text in pages.notes() if is_about_erased(text)]
    if erased:
        return UserError(f"{files} {brings} nothing else: {lower(erased[0])}")
    if reasons:
        return UserError(
            f"{files} {brings} nothing: none of {its} {rows:,} rows can be taken in. "
            f"{reasons[0][1]}"
        )
    return UserError(f"{files} {brings} nothing this book keeps. Choose another export.")
