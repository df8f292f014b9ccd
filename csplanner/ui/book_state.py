"""What the frame says of the open book: name, saved, snapshot, counts, pinned, next undo."""

from dataclasses import dataclass, replace
from datetime import datetime

from csplanner.book.book import Book
from csplanner.book.overview import Totals
from csplanner.domain.filters import Condition, View
from csplanner.language import tr
from csplanner.ui.book.views import WHOLE, known_views
from csplanner.ui.change_words import step_words
from csplanner.ui.shell.state import PLACES, Pinned, Place, SavedView, ShellState
from csplanner.ui.widgets.format import day, plural, shortly
from csplanner.ui.words import worth_text

_PINNED = View((Condition("pinned", "is", "yes"),), sort="name")
_MOST_PINNED, _MOST_VIEWS = 12, 10


@dataclass(frozen=True, slots=True)
class Counts:
    """What the frame counts, which takes a while in a large book."""

    accounts: int = 0
    totals_text: str = ""
    views: tuple[SavedView, ...] = ()
    pinned: tuple[Pinned, ...] = ()
    need_you: int | None = None
    """How many accounts Today calls for, None until somebody found out."""


def count(book: Book) -> Counts:
    """Count what the frame shows of the whole book, all but those that need you."""
    totals = book.overview.totals()
    views = _views(book) if totals.accounts else ()
    return Counts(totals.accounts, totals_text(totals), views, _pinned(book))


def need_you(book: Book) -> int:
    """How many accounts Today calls for; judges the most urgent ones anew."""
    return book.derived.today().total


@dataclass(frozen=True, slots=True)
class Keeping:
    """How the file of a book stands: `saved_at` is local time, texts are empty or sentences.

    `lost_because` says that others moved or changed the file, `unsaved_because` that the disk took
    no change. `backup_text` is as shown, a warning with `backup_failed`.
    """

    read_only: bool
    saved_at: datetime | None = None
    is_saving: bool = False
    lost_because: str = ""
    unsaved_because: str = ""
    backup_text: str = ""
    backup_failed: bool = False


def shell_state(book: Book, keeping: Keeping, counts: Counts) -> ShellState:
    """Everything the sidebar, header and status bar say.

    `counts` may be those of a moment ago. `book` may be the read-only view beside a book that can
    be changed: `keeping` says.
    """
    age, words = _snapshot(book)
    read_only = keeping.read_only
    return ShellState(
        book_name=book.settings.name,
        book_file=book.path.name,
        saved_text=_saved(book, keeping),
        save_failed=bool(keeping.lost_because or keeping.unsaved_because),
        read_only=read_only,
        backup_text=keeping.backup_text,
        backup_failed=keeping.backup_failed,
        snapshot_text=words,
        snapshot_days=age,
        undo_text="" if read_only else step_words(book.can_undo),
        redo_text="" if read_only else step_words(book.can_redo),
        totals_text=counts.totals_text,
        places=_places(counts),
        views=counts.views,
        pinned=counts.pinned,
    )


def totals_text(totals: Totals) -> str:
    """`41 accounts · $4.82M ARR`; what has no rate stands apart, as it cannot be added."""
    count = plural(totals.accounts, "account")
    if not totals.arr:
        return count
    return f"{count} · {worth_text(totals.worth)}"


def last_change(book: Book) -> datetime | None:
    """When the book was last changed, in local time."""
    newest = book.history(1)
    return datetime.fromisoformat(newest[0].at).astimezone() if newest else None


def _saved(book: Book, keeping: Keeping) -> str:
    """How far what you typed is kept; what goes wrong stands first."""
    saved_at = keeping.saved_at
    if keeping.lost_because.startswith("Another program"):
        return tr("Not saved: changed outside")
    if keeping.lost_because:
        there = book.path.exists()
        what = tr("was replaced by another file") if there else tr("is no longer where it was")
        return tr("Nothing can be saved: the book {0}").format(what)
    if keeping.read_only:
        return "Read-only"
    if keeping.unsaved_because:
        return tr("Not saved: {0}").format(shortly(keeping.unsaved_because))
    if keeping.is_saving:
        return "Saving…"
    if saved_at is None:
        return "Saved"
    if saved_at.date() != datetime.now().astimezone().date():
        return tr("Saved {0}").format(day(saved_at.date(), book.today))
    return tr("Saved {0}:{1:02}").format(saved_at.hour, saved_at.minute)


def _snapshot(book: Book) -> tuple[int | None, str]:
    newest = book.snapshots.newest()
    if newest is None:
        return None, tr("No snapshot yet")
    age = max(0, (book.today - newest.as_of).days)
    shown = day(newest.as_of, book.today)
    return age, tr("Snapshot {0} old, {1}").format(plural(age, "day"), shown) if age else tr(
        "Snapshot of {0}"
    ).format(shown)


def _places(counts: Counts) -> tuple[Place, ...]:
    shown = {"today": counts.need_you, "book": counts.accounts}
    return tuple(
        replace(place, title=tr(place.title), count=shown.get(place.key) or None)
        for place in PLACES
    )


def _views(book: Book) -> tuple[SavedView, ...]:
    shown = [(view, count) for view, count in known_views(book) if view.key != WHOLE]
    return tuple(
        SavedView(view.shown_title, count, view.key) for view, count in shown[:_MOST_VIEWS]
    )


def _pinned(book: Book) -> tuple[Pinned, ...]:
    ids = book.overview.ids(_PINNED)[:_MOST_PINNED]
    return tuple(
        Pinned(line.name, line.band.value, line.account_id) for line in book.overview.rows(ids)
    )
