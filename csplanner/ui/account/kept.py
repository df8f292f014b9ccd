"""The records of an account that no judgement reads, asked for beside its file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from csplanner.book.book import Book
from csplanner.book.modules import sold_modules
from csplanner.domain.evidence import FieldChange
from csplanner.domain.index import FileIndex
from csplanner.domain.news import Told
from csplanner.domain.note import Note
from csplanner.domain.promise import Promise
from csplanner.domain.raci import RaciCell
from csplanner.domain.rating import Rating
from csplanner.domain.task import Task


@dataclass(frozen=True, slots=True)
class Kept:
    """Ratings oldest first, promises by the day due, and the rest as the book keeps it."""

    ratings: tuple[Rating, ...] = ()
    promises: tuple[Promise, ...] = ()
    cells: tuple[RaciCell, ...] = ()
    notes: tuple[Note, ...] = ()
    tasks: tuple[Task, ...] = ()
    fields: tuple[FieldChange, ...] = ()
    """What changed in the account's own fields, newest first."""
    days: Mapping[str, date] = field(default_factory=dict)
    """The day each snapshot tells of, by its id."""
    modules: tuple[str, ...] = ()
    """Every module that some account of the book uses."""
    csm: str = ""
    news: tuple[Told, ...] = ()
    """What snapshots changed of it, newest first."""


def kept_of(book: Book, index: FileIndex) -> Kept:
    """Read what is kept of an account; what others use only where its own use is known."""
    account_id = index.file.account.id
    has_use = bool(index.parts("usage.module_share"))
    return Kept(
        tuple(book.ratings.of(account_id)),
        tuple(book.promises.of(account_id)),
        tuple(book.raci.of(account_id)),
        tuple(book.notes.of(account_id)),
        tuple(book.tasks.of(account_id)),
        book.field_history.of("account", account_id),
        {snapshot.id: snapshot.as_of for snapshot in book.snapshots.all()},
        sold_modules(book) if has_use else (),
        book.settings.csm,
        tuple(book.news.of_account(account_id)),
    )
