"""The verb `import`: read a snapshot, say what changed, apply it in one undoable step."""

import json
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from csplanner.book.book import Book
from csplanner.book.history import stamp
from csplanner.book.staging_pages import FieldChange, StagedPages
from csplanner.cli.backups import back_up_after_writing
from csplanner.cli.books import tell
from csplanner.cli.news import first_lines
from csplanner.cli.output import money, one_line, print_json, print_table
from csplanner.crm.importing import Options, Staged, UnknownColumns, apply, look, stage
from csplanner.crm.mapping import FileMapping, from_json
from csplanner.domain.money import Money
from csplanner.domain.snapshot import Quarantined, Snapshot
from csplanner.errors import UserError

_SHOWN = 20
_ALL = -1
"""No limit, as SQLite says it."""
_UNREADABLE = (
    "{} is not a mapping csplanner can read. Save one with: csplanner import BOOK FILES "
    "--dry-run --json > mapping.json"
)
_HINT = (
    "To have columns read otherwise: repeat this with --dry-run --json > mapping.json, change "
    "“target” or “rule” of the columns under “mappings”, and import with --mapping mapping.json."
)


def import_(options: Namespace) -> int:
    """Read the files, show the difference, apply it unless it is a dry run."""
    # The book is opened (and an old one brought up to date) before the files are read beside it.
    with Book.open(options.book, today=options.today, take_over=options.take_over) as book:
        tell(book.opened)
        before, told = stamp(book.connection), list[str]()
        if not options.dry_run:
            book.need_writable()
        staged = _stage(options)
        try:
            with staged.pages() as pages:
                if not options.json:
                    _tell(staged, pages)
                document = _document(staged, pages) if options.json else {}
            applied = None if options.dry_run else apply(book, staged)
        finally:
            staged.discard()
        if applied is not None:
            book.refresh(any_language=True)
            back_up_after_writing(book, before)
            told = first_lines(book, applied.id)
    if options.json:
        done = {"applied": applied is not None, "snapshot_id": applied.id if applied else None}
        print_json({**document, **done, "news": told})
    else:
        for line in told:
            print(one_line(line))
        _conclude(applied, options)
    return 0


def _stage(options: Namespace) -> Staged:
    try:
        return stage(options.paths, options.book, _asked(options))
    except UnknownColumns as unknown:
        if options.dry_run and options.json:
            mappings = [m.to_json() for m in unknown.mappings]
            print_json({"applied": False, "snapshot_id": None, "mappings": mappings})
        raise


# What was asked for


def _asked(options: Namespace) -> Options:
    asked = Options(
        source=options.source or "",
        as_of=options.as_of,
        scope=options.scope,
        date_order=options.date_order or "",
        currency=(options.currency or "").upper(),
        decimal=options.decimal or "",
        today=options.today,
    )
    if options.mapping is None:
        return asked
    given = _mappings(options.mapping)
    return replace(asked, mappings=_fitted(given, options, asked))


def _mappings(path: Path) -> dict[str, FileMapping]:
    """The mappings in a file: what `--json` printed, a list of mappings, or one of them."""
    try:
        if path.exists() and not path.is_file():
            raise UserError(_UNREADABLE.format(path.name))
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UserError(f"{path.name} cannot be read: {error.strerror}. Check the path.") from None
    except (ValueError, RecursionError):
        raise UserError(_UNREADABLE.format(path.name)) from None
    if isinstance(document, dict):
        document = document.get("mappings", [document])
    if not isinstance(document, list) or not document:
        raise UserError(_UNREADABLE.format(path.name))
    if not all(isinstance(entry, dict) and "columns" in entry for entry in document):
        raise UserError(_UNREADABLE.format(path.name))
    return {mapping.file: mapping for mapping in map(from_json, document)}


def _fitted(
    given: Mapping[str, FileMapping], options: Namespace, asked: Options
) -> dict[str, FileMapping]:
    """The mappings under the names of these files.

    Exports are often named by their day: a file takes the mapping of its own name, else the one
    that has the same columns.
    """
    files = look(options.paths, replace(asked, mappings=given)).mappings
    fitted = {m.file: given[m.file] for m in files if m.file in given}
    by_columns = {_headers(m): m for m in given.values()}
    for found in files:
        alike = by_columns.get(_headers(found))
        if found.file not in fitted and alike is not None:
            fitted[found.file] = replace(alike, file=found.file)
    if not fitted:
        raise UserError(
            f"{options.mapping.name} fits none of these files: neither names nor columns are "
            "alike. Save a mapping of these with --dry-run --json."
        )
    return fitted


def _headers(mapping: FileMapping) -> tuple[str, ...]:
    return tuple(column.header for column in mapping.columns)


# As one document


def _document(staged: Staged, pages: StagedPages) -> dict[str, object]:
    """What the snapshot brings, as one document."""
    return {
        "source": staged.source,
        "as_of": staged.as_of,
        "as_of_why": staged.as_of_why,
        "scope": staged.scope,
        "currency": staged.currency,
        "counts": staged.counts,
        "changed_fields": [_field(change) for change in pages.fields(limit=_ALL)],
        "conflicts": staged.conflicts,
        "missing": [{"id": i, "name": name} for i, name in pages.missing(limit=_ALL)],
        "quarantined": pages.quarantined(limit=_ALL),
        "doubled_names": [{"name": n, "ids": list(ids)} for n, ids in pages.doubled()],
        "not_used": staged.left_out,
        "notes": staged.notes,
        "mappings": [m.to_json() for m in staged.mappings],
    }


def _field(change: FieldChange) -> dict[str, object]:
    return {
        "account_id": change.account_id,
        "account": change.account,
        "object": change.object,
        "title": change.title,
        "field": change.field,
        "label": change.label,
        "was": _value(change.kind, change.was),
        "becomes": _value(change.kind, change.becomes),
        "is_conflict": change.is_conflict,
        "take": change.take,
        "reason": change.reason,
    }


def _value(kind: str, raw: str | None) -> Money | bool | float | str | None:
    """A staged value as what it is: an amount, a truth, a number, else text or an ISO date."""
    if raw is None or raw == "":
        return None
    if kind == "money":
        minor, _, currency = raw.strip().partition(" ")
        return Money(int(minor), currency)
    if kind == "flag":
        return raw == "1"
    return int(raw) / 1000 if kind == "thousandths" else raw


# As text


def _tell(staged: Staged, pages: StagedPages) -> None:
    print(one_line(f"{staged.source}, as of {staged.as_of} ({staged.as_of_why})"))
    rows = [
        (name, *(f"{found.get(k, 0):,}" for k in ("new", "changed", "same", "absent")))
        for name, found in staged.counts.items()
    ]
    print_table(("Object", "New", "Changed", "Same", "Absent"), rows, "lrrrr")
    missing = pages.missing(limit=_ALL)
    print(
        f"Conflicts: {staged.conflicts:,} (fields you set, your values stay). "
        f"Missing: {len(missing):,}. Quarantined: {staged.quarantined:,}."
    )
    total = pages.field_count()
    _list("Changed", [_change_words(c) for c in pages.fields(limit=_SHOWN)], total)
    _list("Missing", [name for _, name in missing], len(missing))
    quarantined = [_place(q) + q.reason for q in pages.quarantined(limit=_SHOWN)]
    _list("Quarantined", quarantined, staged.quarantined)
    doubled = [f"{name} ({len(ids)} accounts)" for name, ids in pages.doubled()]
    _list("Same name, offered for merging", doubled, len(doubled))
    not_used = [f"{o.file}: {o.reason}" for o in staged.left_out]
    not_used += [words for m in staged.mappings if (words := _unused_columns(m))]
    _list("Not used", not_used, len(not_used))
    _list("Note", staged.notes, len(staged.notes))


def _unused_columns(mapping: FileMapping) -> str:
    unused = [c.header for c in mapping.columns if c.header and not c.target]
    word = "column" if len(unused) == 1 else "columns"
    return f"{mapping.file}, {word} {', '.join(unused)}" if unused else ""


def _list(title: str, entries: Sequence[str], total: int) -> None:
    for entry in entries[:_SHOWN]:
        print(one_line(f"{title}: {entry}"))
    if total > _SHOWN:
        print(f"{title}: {total - _SHOWN:,} more (all of them with --json)")


def _change_words(change: FieldChange) -> str:
    was, becomes = (_words(_value(change.kind, raw)) for raw in (change.was, change.becomes))
    title = "" if change.object == "account" else f", {change.title}"
    kept = "" if change.take else f" — kept: {change.reason}"
    return f"{change.account}{title}, {change.label}: {was} → {becomes}{kept}"


def _words(value: Any) -> str:  # noqa: ANN401 - any of `_value`
    shown: dict[type, Callable[[Any], str]] = {
        Money: money,
        bool: lambda truth: "yes" if truth else "no",
        float: lambda number: f"{number:,g}".replace("-", "−"),
        type(None): lambda _: "—",
    }
    return shown.get(type(value), str)(value)


def _place(found: Quarantined) -> str:
    column = f", {found.column}" if found.column else ""
    return f"{found.file}, row {found.row}{column}: "


def _conclude(applied: Snapshot | None, options: Namespace) -> None:
    if options.dry_run:
        print("Nothing was changed: this was a dry run.")
        print(_HINT)
    elif applied is None:
        print("Nothing new: the book already holds all of it and was not changed.")
    else:
        print(one_line(f"Applied in one step. To take it back: csplanner undo {options.book}"))
