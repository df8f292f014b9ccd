"""What the side of a review asks the list for, and the names with counts it offers."""

from csplanner.book.staged_problems import StagedProblems
from csplanner.book.staged_review import Review, Wanted
from csplanner.book.staging_pages import StagedPages
from csplanner.domain.trial import Trial
from csplanner.language import tr
from csplanner.ui.imports.crm_words import in_words
from csplanner.ui.imports.parts import Entry
from csplanner.ui.imports.review_side import BAND, OPEN, RENEWAL, ReviewSide
from csplanner.ui.imports.review_words import label_words
from csplanner.ui.imports.words import one_line
from csplanner.ui.widgets.format import number


def wanted_of(side: ReviewSide, section: str, label: str, found: Trial | None) -> Wanted:
    """What the section, the filters and the name chosen ask for; `found` tells what moves."""
    moving = None
    if side.is_on(BAND) and found is not None:
        moving = frozenset(m.account_id for m in found.scores if m.changes_band)
    return Wanted(
        conflicts=True if section == "conflicts" else None,
        label=label,
        is_open=side.is_on(OPEN),
        renewal=side.is_on(RENEWAL),
        accounts=moving,
    )


def field_entries(review: Review, wanted: Wanted) -> list[Entry]:
    """The fields the filters let through, with their counts and all of them first."""
    every = Wanted(wanted.conflicts, "", wanted.is_open, wanted.renewal, wanted.accounts)
    found = review.labels(every)
    if not found:
        return []
    entries = [Entry("", tr("All fields"), number(sum(count for _, count in found)))]
    return entries + [Entry(key, label_words(key), number(count)) for key, count in found]


def reason_entries(pages: StagedPages) -> list[Entry]:
    """Why something could not be read, with how often and all of it first."""
    found = StagedProblems(pages).reasons()
    entries = [Entry("", tr("All reasons"), number(sum(n for _, n in found)))]
    return entries + [Entry(reason, one_line(in_words(reason)), number(n)) for reason, n in found]
