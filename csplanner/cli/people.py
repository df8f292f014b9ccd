"""The verb about one person: everything known, written out for them, or erased for good."""

from argparse import Namespace
from pathlib import Path

from csplanner.book.book import Book
from csplanner.book.erase import erase
from csplanner.book.erase_backups import backups_holding, erased_in, rewrite_all
from csplanner.book.erase_preview import Preview, preview
from csplanner.book.mentions import Mark
from csplanner.book.people_found import only_person
from csplanner.book.person_export import PersonFile, person_file
from csplanner.book.suppress import suppressed
from csplanner.cli.books import opened
from csplanner.cli.output import one_line, print_json, print_table
from csplanner.errors import UserError

STAYS = (
    "What stays: first names alone in notes, and whatever left this book: exports, decks and "
    "copies you made or gave away."
)


def person(options: Namespace) -> int:
    """Show a person, write out everything about them, or erase them."""
    with opened(options) as book:
        if options.person is None:
            return _rewrite_only(book, options)
        for_good = options.erase and options.yes
        found = only_person(book, options.person, options.account or "", whole=for_good)
        if options.export:
            _export(book, found.id, options.export)
        if options.erase:
            return _erase(book, found.id, options)
        if not options.export:
            _show(person_file(book, found.id), as_json=options.json)
    return 0


def _show(about: PersonFile, *, as_json: bool) -> None:
    if as_json:
        print_json(about.document)
        return
    print(one_line(about.name))
    for name, value in about.facts:
        print(one_line(f"  {name:<18}{value}"))
    for table in about.tables:
        print(f"\n{table.title}")
        print_table(table.columns, table.rows)


def _export(book: Book, person_id: str, folder: Path) -> None:
    from csplanner.qbr.person_pages import export_person

    for path in export_person(book, person_id, folder):
        print(f"Wrote {path}")


def _erase(book: Book, person_id: str, options: Namespace) -> int:
    expected = preview(book, person_id)
    if not options.yes:
        for line in _ahead(expected, all_mentions=options.all_mentions):
            print(one_line(line))
        raise UserError("Nothing was erased. To erase for good, say it again with --yes.")
    done = erase(book, person_id, also_shared=options.all_mentions)
    book.refresh(any_language=True)
    if options.json:
        return _backups_as_json(
            book, done.backups_holding, done.marks, options, rows=done.rows,
            mentions=done.mentions, traces=done.traces, left=done.left,
            thrown_away=done.thrown_away,
        )  # fmt: skip
    print(f"Erased 1 person: {_count(done.rows, 'row')} and {_count(done.mentions, 'mention')}.")
    if done.left:
        print(f"{_count(done.left, 'mention')} may mean somebody else and stayed (--all-mentions).")
    if done.traces:
        print(f"The file still holds their name or e-mail in {_count(done.traces, 'place')}.")
    elif done.left:
        print("Nothing else in the file names them.")
    else:
        print("No byte of the book's file holds their name or e-mail any more.")
    if done.thrown_away:
        print(f"{_count(done.thrown_away, 'waiting import')} named them and was thrown away.")
    return _backups(book, done.backups_holding, done.marks, rewrite=options.rewrite_backups)


def _ahead(expected: Preview, *, all_mentions: bool) -> list[str]:
    lines = [
        f"Erasing {expected.name} cannot be undone.",
        f"{_count(expected.mentions, 'mention')} in notes, titles and the history become [erased].",
        *(f"{_count(n, 'row')} of {table.replace('_', ' ')} lead to them."
          for table, n in sorted(expected.linked.items())),
        "Seats, touches and cases stay, without the person.",
    ]  # fmt: skip
    if expected.doubtful:
        what = "go too" if all_mentions else "stay, unless you say --all-mentions"
        alike = (
            f"{_count(expected.namesakes, 'other person', 'other people')} and "
            f"{_count(expected.accounts_named, 'account')} are called alike"
            if expected.namesakes or expected.accounts_named
            else "a first name alone, or a number that ends like theirs"
        )
        lines.append(
            f"{_count(expected.doubtful, 'mention')} may mean somebody else ({alike}) and {what}."
        )
    return [*lines, STAYS]


def _rewrite_only(book: Book, options: Namespace) -> int:
    if not options.rewrite_backups:
        raise UserError("Say who is meant: csplanner person BOOK NAME, or --rewrite-backups.")
    # A restore may have brought them back.
    again = erased_in(book.connection, suppressed(book.connection))
    for person_id in again:
        erase(book, person_id)
    if again:
        book.refresh(any_language=True)
    if again and not options.json:
        print(f"Erased {_count(len(again), 'person', 'people')} again who had come back.")
    holding = backups_holding(book)
    if options.json:
        return _backups_as_json(book, holding, (), options)
    return _backups(book, holding, (), rewrite=True)


def _backups_as_json(
    book: Book, holding: list[Path], marks: tuple[Mark, ...], options: Namespace, **said: object
) -> int:
    """Print what was done and which copies hold erased people still; exit as `_backups`."""
    failed = dict(rewrite_all(book, holding, marks)) if options.rewrite_backups else {}
    still = [path for path in holding if path in failed or not options.rewrite_backups]
    print_json({
        **said,
        "rewritten": [str(path) for path in holding if path not in still],
        "still_holding": [{"path": str(p), "why": failed.get(p, "")} for p in still],
    })  # fmt: skip
    return 1 if failed else 0


def _backups(book: Book, holding: list[Path], marks: tuple[Mark, ...], *, rewrite: bool) -> int:
    """Say which backups hold erased people, or rewrite them; exit 1 when one could not be."""
    if not holding:
        print("No backup holds anybody you erased.")
        return 0
    if not rewrite:
        backups = _count(len(holding), "backup holds", "backups hold")
        print(f"{backups} somebody you erased:")
        for path in holding:
            print(one_line(f"  {path}"))
        print(one_line(f"To rewrite them: csplanner person {book.path} --rewrite-backups"))
        return 0
    failed = rewrite_all(book, holding, marks)
    print(f"Rewrote {_count(len(holding) - len(failed), 'backup')}.")
    for path, sentence in failed:
        print(one_line(f"Not rewritten: {path}. {sentence}"))
    return 1 if failed else 0


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
