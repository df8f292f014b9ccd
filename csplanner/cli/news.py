"""The verb `news`: what a snapshot, or several, changed, ranked by what matters."""

from argparse import Namespace
from collections.abc import Sequence
from datetime import date

from csplanner.book.book import Book
from csplanner.cli.books import tell
from csplanner.cli.output import money, one_line, print_json
from csplanner.domain.news import Entry, Told, digest, money_moves
from csplanner.domain.news_digest import below_headline, entry_text, headline, sums_text
from csplanner.domain.news_words import sentence
from csplanner.domain.snapshot import Snapshot
from csplanner.domain.wording import day_text
from csplanner.errors import UserError

FIRST_LINES = 8
"""So many lines `import` prints."""


def news(options: Namespace) -> int:
    """Tell the news of the last snapshot, of the one named, of an account, or since a day."""
    with Book.open(options.book, read_only=True, today=options.today) as book:
        tell(book.opened)
        snapshot = None
        if options.account is not None:
            told = book.news.of_account(book.accounts.only(options.account).id)
        elif options.since is not None:
            told = book.news.since(options.since)
        else:
            snapshot = _snapshot(book, options.snapshot)
            told = book.news.of(snapshot.id) if snapshot else []
        count = book.news.count(snapshot.id) if snapshot else len(told)
        as_of = book.as_of()
    if options.json:
        print_json(document(told, snapshot, count, as_of))
    elif options.account is not None:
        for line in told:
            day = day_text(line.news.on, as_of)
            print(one_line(f"{day}: {sentence(line, as_of, is_short=True)}"))
        if not told:
            print("No snapshot has told anything about this account yet.")
    else:
        _print(told, snapshot, count, as_of)
    return 0


def document(
    told: Sequence[Told], snapshot: Snapshot | None, count: int, as_of: date
) -> dict[str, object]:
    """The news as one document: every line with its records, and the digest in sentences."""
    return {
        "snapshot_id": snapshot.id if snapshot else None,
        "source": snapshot.source if snapshot else None,
        "as_of": snapshot.as_of if snapshot else None,
        "count": count,
        "money": [
            {"kind": s.kind, "currency": s.currency, "up": s.up, "down": s.down}
            for s in money_moves(told)
        ],
        "digest": [entry_text(entry, as_of) for entry in digest(told)],
        "news": [
            {
                "kind": line.news.kind,
                "on": line.news.on,
                "account_id": line.news.account_id,
                "account": line.account or None,
                "object": line.news.object or None,
                "row_id": line.news.row_id or None,
                "weight": line.news.weight,
                "facts": dict(line.news.facts),
                "snapshot_id": line.news.snapshot_id,
            }
            for line in told
        ],
    }


def first_lines(book: Book, snapshot_id: str) -> list[str]:
    """What the import of a snapshot says of its news: how many, then the weightiest lines."""
    snapshot = book.news.snapshot(snapshot_id)
    told = book.news.of(snapshot_id)
    if snapshot is None or not told:
        return []
    as_of, count = book.as_of(), book.news.count(snapshot_id)
    entries = below_headline(digest(told), told, count)
    lines = [headline(told, count, snapshot, as_of)]
    lines += [f"  {_line(entry, as_of)}" for entry in entries[:FIRST_LINES]]
    if len(entries) > FIRST_LINES:
        lines.append("  All of it: csplanner news BOOK")
    return lines


def _snapshot(book: Book, wanted: str | None) -> Snapshot | None:
    if wanted is None:
        return book.news.latest()
    found = [s for s in book.snapshots.all() if s.id.startswith(wanted)] if wanted else []
    if len(found) != 1:
        raise UserError(
            f"{len(found) or 'No'} snapshot{'s have' if len(found) > 1 else ' has'} the id "
            f"{wanted}. Run csplanner news --json to see the id of the last one."
        )
    return found[0]


def _print(told: Sequence[Told], snapshot: Snapshot | None, count: int, as_of: date) -> None:
    if snapshot is not None:
        print(one_line(f"{headline(told, count, snapshot, as_of)} ({snapshot.source})"))
    elif not told:
        print("No snapshot has told anything yet.")
    for words in sums_text(money_moves(told)):
        print(one_line(words))
    for entry in below_headline(digest(told), told, count):
        print(one_line(_line(entry, as_of)))


def _line(entry: Entry, as_of: date) -> str:
    worth = f" ({money(entry.one.arr)})" if entry.one and entry.one.arr else ""
    return entry_text(entry, as_of) + worth
