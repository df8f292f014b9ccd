"""What was decided by hand, carried over when the files are read again with other columns."""

from collections.abc import Iterable

from csplanner.book.staging_pages import DECIDED, FieldChange, StagedPages
from csplanner.crm.importing import Staged
from csplanner.domain.snapshot import Snapshot

Decisions = dict[tuple[str, str, str, str | None], bool]
"""By object, record, field and the file's value: whether that value is taken."""
_ALL = -1


def decisions_of(pages: StagedPages) -> Decisions:
    """The decisions made in a staged snapshot."""
    return {_key(f): f.take for f in pages.fields(limit=_ALL) if f.reason == DECIDED}


def decide_again(pages: StagedPages, made: Decisions) -> None:
    """Make the same decisions on the fields that still differ alike."""
    if not made:
        return
    again: dict[bool, list[int]] = {True: [], False: []}
    for field in pages.fields(limit=_ALL):
        take = made.get(_key(field))
        if take is not None:
            again[take].append(field.id)
    for take, ids in again.items():
        pages.decide(ids, take=take)


def open_conflicts(pages: StagedPages) -> int:
    """How many fields you set yourself differ and are not decided yet."""
    return sum(1 for f in pages.fields(conflicts=True, limit=_ALL) if f.reason != DECIDED)


def is_known(staged: Staged, pages: StagedPages, snapshots: Iterable[Snapshot]) -> bool:
    """Whether these very files of that day are in the book already."""
    digests = sorted(f["sha256"] for f in pages.facts()["files"])
    return any(
        s.source == staged.source
        and s.as_of == staged.as_of
        and sorted(f.sha256 for f in s.files) == digests
        for s in snapshots
    )


def _key(change: FieldChange) -> tuple[str, str, str, str | None]:
    return (change.object, change.row_id, change.field, change.becomes)
