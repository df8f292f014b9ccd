"""The verb `quarantine`: what imports set aside, as a list, as CSV, and brought in after all."""

from argparse import Namespace
from collections import defaultdict

from csplanner.book.book import Book
from csplanner.book.outgoing import place
from csplanner.book.staged_problems import csv_of
from csplanner.cli.books import tell
from csplanner.cli.imports import bring_in
from csplanner.cli.output import one_line, print_json, print_table
from csplanner.crm.mending import stage_set_aside
from csplanner.crm.options import Options
from csplanner.domain.snapshot import Quarantined, Snapshot
from csplanner.errors import UserError

_SHORT = 8
_MOST = 200
_HOW = (
    "To bring a row in: csplanner quarantine BOOK --fix ID:HEADER=VALUE, or --again ID as it "
    "stands."
)

Problem = tuple[Snapshot, Quarantined]


def quarantine(options: Namespace) -> int:
    """List what was set aside, write it as CSV, or bring rows in."""
    reads = not (options.fix or options.again)
    with Book.open(
        options.book, read_only=reads, today=options.today,
        take_over=False if reads else options.take_over,
    ) as book:  # fmt: skip
        tell(book.opened)
        found = _problems(book, options.snapshot)
        if reads:
            _list(found, options)
            return 0
        if not options.dry_run:
            book.need_writable()
        corrections = _corrections(found, options)
        staged = stage_set_aside(options.book, corrections, Options(today=options.today))
        bring_in(book, staged, options)
    return 0


def _problems(book: Book, snapshot_id: str | None) -> list[Problem]:
    snapshots = [s for s in book.snapshots.all() if (snapshot_id or "") in ("", s.id)]
    if snapshot_id and not snapshots:
        raise UserError(
            f"No import has the id {snapshot_id}. List the problems without --snapshot."
        )
    return [(s, q) for s in snapshots for q in book.snapshots.quarantined(s.id)]


def _list(found: list[Problem], options: Namespace) -> None:
    waiting = [(s, q) for s, q in found if q.fixed_by is None]
    if options.csv is not None:
        content = csv_of(q for _, q in waiting).encode("utf-8-sig")
        written = place(options.csv.parent, options.csv.name, content)
        if not options.json:
            print(one_line(f"Written: {written}"))
            return
    if options.json:
        print_json(
            {"problems": [{"source": s.source, "as_of": s.as_of, "snapshot_id": s.id,
                           "problem": q} for s, q in found]}
        )  # fmt: skip
        return
    if not waiting:
        print("Nothing is set aside.")
        return
    rows = [
        (q.id[:_SHORT], str(s.as_of), q.file, str(q.row), q.column, q.value, q.reason)
        for s, q in waiting[:_MOST]
    ]
    print_table(("Id", "As of", "File", "Row", "Column", "Value", "What is wrong"), rows, "lllr")
    if len(waiting) > _MOST:
        print(f"{len(waiting) - _MOST:,} more (all of them with --json or --csv FILE).")
    print(_HOW)


def _corrections(found: list[Problem], options: Namespace) -> dict[str, dict[str, str]]:
    corrections: dict[str, dict[str, str]] = defaultdict(dict)
    for key in options.again:
        corrections[_one(found, key).id] |= {}
    for text in options.fix:
        start, sign, value = text.partition("=")
        key, colon, header = start.partition(":")
        if not (sign and colon and header):
            raise UserError(f"“{text}” is no ID:HEADER=VALUE. Write --fix ID:HEADER=VALUE.")
        corrections[_one(found, key).id][header] = value
    return dict(corrections)


def _one(found: list[Problem], key: str) -> Quarantined:
    fitting = [q for _, q in found if key and q.id.startswith(key)]
    if len(fitting) != 1:
        raise UserError(
            f"“{key}” stands for {'nothing' if not fitting else 'several things'} set aside. "
            "Take an id that csplanner quarantine lists."
        )
    return fitting[0]
