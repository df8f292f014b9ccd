"""Verbs about the book itself: new, check."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from csplanner.book.book import Book
from csplanner.book.opening import Opening
from csplanner.cli.passphrases import key_of_new_book
from csplanner.domain.wording import day_in, list_text, one_line
from csplanner.language import current

if TYPE_CHECKING:
    from csplanner.book.as_of import Past


@contextmanager
def opened(options: Namespace, *, read_only: bool = False) -> Iterator[Book]:
    """The book the words name, brought up to date for the day.

    While a window has it open, the book is read as it stands; where that window has not judged
    it for this day, a copy is judged instead. A verb that writes is then refused by `change`.
    """
    from csplanner.book.history import stamp
    from csplanner.cli.backups import back_up_after_writing

    take_over = getattr(options, "take_over", False)
    with Book.open(
        options.book, read_only=read_only, today=options.today, take_over=take_over
    ) as book:
        tell(book.opened)
        if book.read_only and not book.derived.is_of_the_day:
            with book.private() as judged:
                yield judged
            return
        before = stamp(book.connection)
        # What a window wrote in its language stays: two would judge a whole book to and fro.
        book.refresh(any_language=True)
        yield book
        if not book.read_only:
            back_up_after_writing(book, before)


@contextmanager
def looked(options: Namespace) -> Iterator[Book]:
    """As `opened`; with `--as-of`, a private copy turned back to that day, which a line says."""
    day = options.as_of
    if day is None:
        with opened(options) as book:
            yield book
        return
    with Book.open(options.book, read_only=True, today=options.today) as book:
        tell(book.opened)
    from csplanner.book import as_of

    past = as_of.look_here(options.book, day, today=options.today)
    try:
        if not getattr(options, "json", False):
            print(_when(past))
        with past.open() as book:
            yield book
    finally:
        past.close()


def _when(past: "Past") -> str:
    """`As of 3 March 2026 (snapshot of Salesforce)`, with what must be known of it."""
    said = f"As of {day_in(current().full_day, past.day)}"
    if past.snapshot_on == past.day:
        said += f" (snapshot of {list_text(list(past.sources))})"
    elif past.snapshot_on is not None:
        said += f" (newest snapshot then: {list_text(list(past.sources))}, {past.snapshot_on})"
    return one_line(" ".join((f"{said}.", *past.notes)))


def tell(found: Opening) -> None:
    """Say on stderr what opening a book found."""
    said = [found.place_warning]
    if found.foreign:
        said.append(f"Read-only, because {found.read_only_because}. {found.way_out}")
    if found.changed_outside:
        said.append("The book was changed outside csplanner since it was closed. It is whole.")
    if found.unsound:
        said.append(f"In the book, {found.unsound}. Run csplanner check.")
    if found.upgrade_backup:
        said.append(f"The book was upgraded. As it was, it is kept in {found.upgrade_backup}")
    if found.moved_aside:
        said.append(f"Files of another book lay beside it and were moved to {found.moved_aside}")
    if found.recovered:
        said.append("A change that had not finished was taken back.")
    for words in said:
        if words:
            print(f"Note: {words}", file=sys.stderr)


def new(options: Namespace) -> int:
    """Create a book: empty, with the sample in it, or equal to one that was exported."""
    if options.source is not None:
        from csplanner.cli.outputs import rebuilt

        return rebuilt(options)
    key = key_of_new_book(options)
    if options.sample:
        from csplanner.sample import make_sample_book

        make_sample_book(options.book, today=options.today, shift=True, key=key).close()
        print(f"Created {options.book} with the sample book. Everything in it is made up.")
        return 0
    Book.create(options.book, today=options.today, key=key).close()
    print(f"Created {options.book}. Next: csplanner import {options.book} YOUR-EXPORT")
    return 0
