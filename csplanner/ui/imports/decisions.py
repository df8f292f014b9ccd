"""What was decided by hand, carried over when the files are read again with other columns."""

from collections.abc import Iterable

from csplanner.book import staging_answers
from csplanner.book.staged_review import Review, Wanted
from csplanner.book.staging_pages import StagedPages
from csplanner.crm.importing import Staged
from csplanner.domain.snapshot import Snapshot

Decisions = dict[str, staging_answers.Decisions]
"""What was decided, under `made`; empty when nothing was."""


def decisions_of(pages: StagedPages) -> Decisions:
    """The decisions made in a staged snapshot."""
    return {"made": pages.decisions()}


def decide_again(pages: StagedPages, made: Decisions) -> None:
    """Make the same decisions on what still differs alike."""
    for each in made.values():
        pages.decide_again(each)


def open_conflicts(pages: StagedPages) -> int:
    """How many fields you set yourself differ and are not decided yet."""
    return Review(pages).count(Wanted(is_open=True))


def is_known(staged: Staged, pages: StagedPages, snapshots: Iterable[Snapshot]) -> bool:
    """Whether these very files of that day are in the book already."""
    digests = sorted(f["sha256"] for f in pages.facts()["files"])
    return any(
        s.source == staged.source
        and s.as_of == staged.as_of
        and sorted(f.sha256 for f in s.files) == digests
        for s in snapshots
    )
