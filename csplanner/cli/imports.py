"""The verb `import`: read a snapshot, say what changed, apply it in one undoable step."""

from argparse import Namespace
from contextlib import suppress

from csplanner.book.book import Book
from csplanner.book.history import stamp
from csplanner.book.staging_shapes import SHAPES
from csplanner.cli.backups import back_up_after_writing
from csplanner.cli.books import tell
from csplanner.cli.import_options import options_of
from csplanner.cli.import_report import document, tell_difference
from csplanner.cli.news import first_lines
from csplanner.cli.output import one_line, print_json
from csplanner.crm.importing import Staged, UnknownColumns, apply, stage
from csplanner.domain.recipe import Whose
from csplanner.domain.snapshot import Snapshot
from csplanner.errors import UserError

_HINT = (
    "To have columns read otherwise: repeat this with --dry-run --json > mapping.json, change "
    "“target” or “rule” of the columns under “mappings”, and import with --mapping mapping.json."
)


def import_(options: Namespace) -> int:
    """Read the files, show the difference, apply it unless it is a dry run."""
    # The book is opened (and an old one brought up to date) before the files are read beside it.
    with Book.open(options.book, today=options.today, take_over=options.take_over) as book:
        tell(book.opened)
        if not options.dry_run:
            book.need_writable()
        staged = _stage(options, book)
        bring_in(book, staged, options)
    return 0


def bring_in(book: Book, staged: Staged, options: Namespace) -> None:
    """Show what is staged, apply it unless it is a dry run, and throw the staging file away."""
    before, told = stamp(book.connection), list[str]()
    try:
        with staged.pages() as pages:
            if not options.json:
                tell_difference(staged, pages)
            found = document(staged, pages) if options.json else {}
        applied = None if options.dry_run else apply(book, staged)
    finally:
        staged.discard()
    if applied is not None:
        book.refresh(any_language=True)
        back_up_after_writing(book, before)
        told = first_lines(book, applied.id)
    if options.json:
        done = {"applied": applied is not None, "snapshot_id": applied.id if applied else None}
        print_json({**found, **done, "news": told})
        return
    for line in told:
        print(one_line(line))
    _conclude(applied, options)


def _stage(options: Namespace, book: Book) -> Staged:
    rules = [_rule(name, Whose.MINE) for name in options.always_mine]
    rules += [_rule(name, Whose.THEIRS) for name in options.always_theirs]
    try:
        staged = stage(options.paths, options.book, options_of(options, book))
    except UnknownColumns as unknown:
        if options.dry_run and options.json:
            mappings = [m.to_json() for m in unknown.mappings]
            print_json({"applied": False, "snapshot_id": None, "mappings": mappings})
        raise
    if rules:
        with staged.pages() as pages:
            for object_, field, label, whose in rules:
                pages.set_rule(object_, field, whose.value, label=label)
    return staged


def _rule(name: str, whose: Whose) -> tuple[str, str, str, Whose]:
    """Object, field and label of a field named `account.city`; UserError when there is none."""
    object_, _, field = name.partition(".")
    with suppress(KeyError):
        for column in SHAPES[object_].columns:
            if column.name == field:
                return object_, field, column.label, whose
    raise UserError(f"No field is called {name}. Fields look like account.city or person.title.")


def _conclude(applied: Snapshot | None, options: Namespace) -> None:
    if options.dry_run:
        print("Nothing was changed: this was a dry run.")
        print(_HINT)
    elif applied is None:
        print("Nothing new: the book already holds all of it and was not changed.")
    else:
        print(one_line(f"Applied in one step. To take it back: csplanner undo {options.book}"))
