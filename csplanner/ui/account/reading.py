"""What the account page asks the book, answered beside the window as ready rows."""

from dataclasses import dataclass, replace

from csplanner.book.book import Book
from csplanner.book.history import Change
from csplanner.domain.index import FileIndex
from csplanner.domain.judgement import Judgement
from csplanner.language import tr
from csplanner.ui import veil
from csplanner.ui.account import (
    care_rows,
    event_rows,
    journey_rows,
    lens_rows,
    people_rows,
    plan_rows,
    promise_rows,
    score_rows,
    seat_rows,
)
from csplanner.ui.account.head_rows import HeadView, head_view
from csplanner.ui.account.kept import Kept, kept_of
from csplanner.ui.account.loyalty_rows import again_figure
from csplanner.ui.account.overview import OverviewView
from csplanner.ui.account.said import Background, background, judged_note
from csplanner.ui.account.timeline_rows import QUIET, Event, timeline
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
    kept: Kept
    events: tuple[Event, ...]


def look(book: Book, *, account_id: str) -> Seen:
    """Judge an account now; raises UserError when it is not in the book."""
    file, judgement = book.derived.judge(account_id)
    index = FileIndex(file, book.as_of())
    behind, kept = background(book, index), kept_of(book, index)
    changes = tuple(book.history(HISTORY_LIMIT, account_id))
    events = tuple(timeline(index, kept, changes))
    head = head_view(index, judgement, book.settings)
    head = replace(
        head,
        figures=(*head.figures, ("again", again_figure(index, kept))),
        judged_note=judged_note(behind, index.file.account.id, book.as_of()),
    )
    asked = _Asked(index, judgement, behind, kept, events)
    return Seen(
        index, judgement, head, _overview(book, asked), changes, behind, kept, events
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Asked:
    index: FileIndex
    judgement: Judgement
    behind: Background
    kept: Kept
    events: tuple[Event, ...]


def _overview(book: Book, asked: _Asked) -> OverviewView:
    index, judgement, kept = asked.index, asked.judgement, asked.kept
    vacant = seat_rows.vacancy_rows(index, asked.behind)
    people = people_rows.people_rows(index, asked.behind)
    return OverviewView(
        score_rows.score_view(index, judgement, book.settings, book.derived.context()),
        score_rows.curve_view(index, judgement),
        plan_rows.objective_rows(index),
        plan_rows.agreed_note(index),
        lens_rows.lens_rows(index, kept),
        plan_rows.use_rows(index, kept.modules),
        journey_rows.journey_view(index, kept),
        plan_rows.place_view(index, judgement),
        people_rows.without_vacated(people, vacant),
        vacant,
        people_rows.roles_view(judgement.roles),
        care_rows.care_rows(index, kept),
        promise_rows.open_promises(index, kept),
        promise_rows.promises_note(index, kept),
        len(kept.promises),
        _step(index),
        event_rows.case_rows(index),
        event_rows.deal_rows(index),
        [event for event in asked.events if event.kind not in QUIET],
        len(asked.events),
        index.as_of,
    )


def _step(index: FileIndex) -> tuple[str, str, bool]:
    """The next step, when it is due, and whether it is late."""
    account = index.file.account
    due = account.next_step_due
    late = due is not None and due < index.as_of
    when = tr("by {0}").format(words.day(due, index.as_of)) if due else ""
    return veil.note(account.next_step), tr("{0}, overdue").format(when) if late else when, late
