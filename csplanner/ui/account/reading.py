"""What the account page asks the book, answered beside the window as ready rows."""

from dataclasses import dataclass, replace

from csplanner.book.book import Book
from csplanner.book.history import Change
from csplanner.domain.index import FileIndex
from csplanner.domain.judgement import Judgement
from csplanner.ui.account import event_rows, people_rows, plan_rows, score_rows, seat_rows
from csplanner.ui.account.head_rows import HeadView, head_view
from csplanner.ui.account.overview import OverviewView
from csplanner.ui.account.said import Background, background, judged_note
from csplanner.ui.widgets import format as words

HISTORY_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Seen:
    """One account as it was judged, with the rows of what the page shows first."""

    index: FileIndex
    judgement: Judgement
    head: HeadView
    overview: OverviewView
    changes: tuple[Change, ...]
    behind: Background


def look(book: Book, *, account_id: str) -> Seen:
    """Judge an account now; raises UserError when it is not in the book."""
    file, judgement = book.derived.judge(account_id)
    index = FileIndex(file, book.as_of())
    behind = background(book, index)
    return Seen(
        index,
        judgement,
        replace(
            head_view(index, judgement, book.settings),
            judged_note=judged_note(behind, index.file.account.id, book.as_of()),
        ),
        _overview(book, index, judgement, behind),
        tuple(book.history(HISTORY_LIMIT, account_id)),
        behind,
    )


def _overview(
    book: Book, index: FileIndex, judgement: Judgement, behind: Background
) -> OverviewView:
    vacant = seat_rows.vacancy_rows(index, behind)
    people = people_rows.people_rows(index, behind)
    account = index.file.account
    due = account.next_step_due
    late = due is not None and due < index.as_of
    when = f"by {words.day(due, index.as_of)}" if due else ""
    return OverviewView(
        score_rows.score_view(index, judgement, book.settings, book.derived.context()),
        score_rows.curve_view(index, judgement),
        plan_rows.objective_rows(index),
        plan_rows.agreed_note(index),
        plan_rows.use_rows(index),
        plan_rows.voice_rows(index),
        plan_rows.place_view(index, judgement),
        people_rows.without_vacated(people, vacant),
        vacant,
        people_rows.roles_view(judgement.roles),
        (account.next_step, f"{when}, overdue" if late else when, late),
        event_rows.case_rows(index),
        event_rows.deal_rows(index),
        event_rows.timeline(index),
        len(index.file.touches),
    )
