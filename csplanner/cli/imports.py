"""The verb `import`: read a snapshot, say what changed, apply it in one undoable step."""

import json
from argparse import Namespace
from pathlib import Path

from csplanner.book.book import Book
from csplanner.cli.output import one_line, print_json, print_table
from csplanner.crm.importing import Options, Staged, apply, stage
from csplanner.crm.mapping import FileMapping, from_json
from csplanner.domain.snapshot import Snapshot
from csplanner.errors import UserError

_SHOWN = 20


def import_(options: Namespace) -> int:
    """Read the files, show the difference, apply it unless it is a dry run."""
    # The book is opened (and an old one brought up to date) before the files are read beside it.
    with Book.open(options.book, today=options.today) as book:
        staged = stage(options.paths, options.book, _asked(options))
        try:
            news = _news(staged)
            applied = None if options.dry_run else apply(book, staged)
        finally:
            staged.discard()
        if applied is not None:
            book.refresh()
    if options.json:
        print_json({**news, "applied": applied is not None,
                    "snapshot_id": applied.id if applied else None})  # fmt: skip
    else:
        _tell(news, applied, options)
    return 0


def _asked(options: Namespace) -> Options:
    return Options(
        source=options.source or "",
        as_of=options.as_of,
        scope=options.scope,
        date_order=options.date_order or "",
        currency=(options.currency or "").upper(),
        mappings=_mappings(options.mapping) if options.mapping else {},
    )


def _mappings(path: Path) -> dict[str, FileMapping]:
    """The mappings in a JSON file: one, or a list of them."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        listed = document if isinstance(document, list) else [document]
        found = [from_json(entry) for entry in listed]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise UserError(
            f"{path.name} is not a mapping csplanner can read. Save one with --json first."
        ) from None
    return {mapping.file: mapping for mapping in found}


def _news(staged: Staged) -> dict[str, object]:
    """What the snapshot brings, as one document."""
    with staged.pages() as pages:
        return {
            "source": staged.source,
            "as_of": staged.as_of,
            "as_of_why": staged.as_of_why,
            "scope": staged.scope,
            "counts": staged.counts,
            "changed_fields": [
                {
                    "account": c.account, "object": c.object, "title": c.title, "field": c.field,
                    "was": c.was, "becomes": c.becomes, "take": c.take, "reason": c.reason,
                }
                for c in pages.fields(limit=10_000)
            ],
            "conflicts": staged.conflicts,
            "missing": [{"id": i, "name": name} for i, name in pages.missing()],
            "quarantined": pages.quarantined(),
            "doubled_names": [{"name": n, "ids": list(ids)} for n, ids in pages.doubled()],
            "not_used": staged.left_out,
            "notes": staged.notes,
            "mappings": [m.to_json() for m in staged.mappings],
        }  # fmt: skip


def _tell(news: dict[str, object], applied: Snapshot | None, options: Namespace) -> None:
    print(one_line(f"{news['source']}, as of {news['as_of']} ({news['as_of_why']})"))
    counts = news["counts"]
    assert isinstance(counts, dict)
    rows = [
        (name, *(str(found.get(k, 0)) for k in ("new", "changed", "same", "absent")))
        for name, found in counts.items()
    ]
    print_table(("Object", "New", "Changed", "Same", "Absent"), rows, "lrrrr")
    for title, key in (
        ("Changed", "changed_fields"), ("Missing", "missing"), ("Quarantined", "quarantined"),
        ("Same name, offered for merging", "doubled_names"), ("Not used", "not_used"),
        ("Note", "notes"),
    ):  # fmt: skip
        listed = news[key]
        assert isinstance(listed, list | tuple)
        for entry in listed[:_SHOWN]:
            print(one_line(f"{title}: {_words(entry)}"))
        if len(listed) > _SHOWN:
            print(f"{title}: {len(listed) - _SHOWN} more (all of them with --json)")
    if options.dry_run:
        print("Nothing was changed: this was a dry run.")
    elif applied is None:
        print("Nothing new: the book already holds all of it and was not changed.")
    else:
        print(f"Applied in one step. To take it back: csplanner undo {options.book}")


def _words(entry: object) -> str:
    """One entry of a list as a line."""
    if isinstance(entry, dict):
        if "becomes" in entry:
            keeps = "" if entry["take"] else f", kept: {entry['reason']}"
            where = f"{entry['account']}, {entry['field']}"
            return f"{where}: {entry['was']} → {entry['becomes']}{keeps}"
        if "ids" in entry:
            return f"{entry['name']} ({len(entry['ids'])} accounts)"
        return str(entry["name"])
    if isinstance(entry, str):
        return entry
    file = getattr(entry, "file", "")
    row = getattr(entry, "row", None)
    place = f"{file}, row {row}" if row is not None else file
    column = getattr(entry, "column", "")
    return f"{place}{f', {column}' if column else ''}: {getattr(entry, 'reason', '')}"
