"""Verbs about the book itself: new, check."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from csplanner.book.book import Book


@contextmanager
def opened(options: Namespace, *, read_only: bool = False) -> Iterator[Book]:
    """The book the words name, brought up to date for the day."""
    from csplanner.book.history import stamp
    from csplanner.cli.backups import back_up_after_writing

    with Book.open(options.book, read_only=read_only, today=options.today) as book:
        before = stamp(book.connection)
        book.refresh()
        yield book
        back_up_after_writing(book, before)


def new(options: Namespace) -> int:
    """Create a book: empty, with the sample in it, or equal to one that was exported."""
    if options.source is not None:
        from csplanner.cli.outputs import rebuilt

        return rebuilt(options)
    if options.sample:
        from csplanner.sample import make_sample_book

        make_sample_book(options.book, today=options.today, shift=True).close()
        print(f"Created {options.book} with the sample book. Everything in it is made up.")
        return 0
    Book.create(options.book, today=options.today).close()
    print(f"Created {options.book}. Next: csplanner import {options.book} YOUR-EXPORT")
    return 0
