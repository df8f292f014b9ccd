"""The verb `import`: read a snapshot, say what changed, apply it in one undoable step."""

from argparse import Namespace
from contextlib import suppress
from dataclasses import replace

from csplanner.book.book import Book
from csplanner.book.history import stamp
from csplanner.book.staging_pages import StagedPages
from csplanner.book.staging_shapes import SHAPES
from csplanner.cli.backups import back_up_after_writing
from csplanner.cli.books import tell
from csplanner.cli.import_decisions import decide
from csplanner.cli.import_options import options_of
from csplanner.cli.import_report import document, tell_difference
from csplanner.cli.news import first_lines
from csplanner.cli.output import one_line, print_json
from csplanner.crm.apart import stage_apart
from csplanner.crm.importing import Staged, UnknownColumns, apply
from csplanner.crm.question import Question
from csplanner.crm.sources import SOURCE
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
        try:
            bring_in(book, _stage(options, book), options)
        except Question as asked:
            if asked.flag != SOURCE:
                raise
            _one_by_one(book, options, asked.choices)
    return 0


def _one_by_one(book: Book, options: Namespace, sources: tuple[str, ...]) -> None:
    """Files of several CRMs: a snapshot of each, as each has its own ids."""
    found: list[dict[str, object]] = []
    for source in sources:
        try:
            found.append(_bring_in(book, _stage(options, book, only=source), options))
        except UserError as error:
            if options.dry_run or not found:
                raise
            done = " and ".join(sources[: len(found)])
            words = f"The files of {done} came in. Those of {source} did not: {error}"
            raise UserError(words) from error
    if options.json:
        print_json({**found[0], "further": found[1:]})


def bring_in(book: Book, staged: Staged, options: Namespace) -> None:
    """Show what is staged, apply it unless it is a dry run, and throw the staging file away."""
    found = _bring_in(book, staged, options)
    if options.json:
        print_json(found)


def _bring_in(book: Book, staged: Staged, options: Namespace) -> dict[str, object]:
    """As `bring_in`; what is to be printed as JSON is returned."""
    before, told = stamp(book.connection), list[str]()
    try:
        with staged.pages() as pages:
            decide(pages, options)
            if not options.json:
                tell_difference(staged, pages)
            found = document(staged, pages) if options.json else {}
            if not options.dry_run:
                _need_answers(pages, options)
        applied = None if options.dry_run else apply(book, staged)
    finally:
        staged.discard()
    if applied is not None:
        book.refresh(any_language=True)
        back_up_after_writing(book, before)
        told = first_lines(book, applied.id)
    if options.json:
        done = {"applied": applied is not None, "snapshot_id": applied.id if applied else None}
        return {**found, **done, "news": told}
    for line in told:
        print(one_line(line))
    _conclude(applied, options)
    return {}


def _need_answers(pages: StagedPages, options: Namespace) -> None:
    """Raise UserError while accounts may be those of the book of the same name, or new ones."""
    # Rows of an earlier import that are brought in ask nothing.
    is_asked = "new_names" in options and not options.new_names
    still = pages.match_count(state="open") if is_asked else 0
    if still:
        accounts = "1 account has the name of one" if still == 1 else f"{still} accounts have names"
        raise UserError(
            f"{accounts} in your book, and nobody said whether they are the same. Say "
            "--same-names, --new-names, or --match for each. Nothing was changed."
        )


def _stage(options: Namespace, book: Book, *, only: str = "") -> Staged:
    rules = [_rule(name, Whose.MINE) for name in options.always_mine]
    rules += [_rule(name, Whose.THEIRS) for name in options.always_theirs]
    if both := set(options.always_mine) & set(options.always_theirs):
        raise UserError(f"{min(both)} cannot be both always yours and always theirs. Say one.")
    try:
        said = options_of(options, book)
        if only:
            said = replace(said, source=only, only_told=True)
        staged = stage_apart([p.absolute() for p in options.paths], book.path, said)
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
