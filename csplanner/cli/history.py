"""Verbs about the changes of a book: list them, show one, take them back."""

from argparse import Namespace

from csplanner.book.book import Book
from csplanner.book.history import Change
from csplanner.book.history_details import ChangeDetails, RowChange, details
from csplanner.book.history_list import Entry, Preview, Wanted, entries, preview
from csplanner.book.history_words import table_word
from csplanner.cli.books import opened, tell
from csplanner.cli.output import one_line, print_json, print_table
from csplanner.domain.wording import count_text
from csplanner.errors import UserError

_MOST, _MOST_ROWS = 1000, 200
STATES = {
    "done": "in force",
    "undone": "undone, can come again",
    "dropped": "undone",
    "reverted": "taken back",
}


def undo(options: Namespace) -> int:
    """Take back the newest change, the one named, or all newer than one."""
    if options.back_to is not None and options.change is not None:
        raise UserError("Name one change, or where to go back to with --back-to, not both.")
    with opened(options) as book:
        if options.back_to is not None:
            undone = book.undo_back_to(options.back_to)
            words = f"Undone: {count_text(len(undone), 'change')}, back to {options.back_to}."
        else:
            done = book.undo() if options.change is None else book.undo_change(options.change)
            if done.is_nothing:
                raise UserError(one_line(f"{done.words} Take back what came later first."))
            words = done.words
        book.refresh(any_language=True)
    print(one_line(words))
    return 0


def redo(options: Namespace) -> int:
    """Bring the change undone last again, or all that can come again."""
    with opened(options) as book:
        labels = [book.redo().label]
        while options.all and (after := book.can_redo) is not None and after.state == "undone":
            labels.append(book.redo().label)
        book.refresh(any_language=True)
    again = f"{labels[0]}." if len(labels) == 1 else f"{count_text(len(labels), 'change')}."
    print(one_line(f"Brought again: {again}"))
    return 0


def history(options: Namespace) -> int:
    """List the changes, newest first, or show one in full."""
    with Book.open(options.book, read_only=True, today=options.today) as book:
        tell(book.opened)
        if options.change is not None:
            return _show(book, options)
        account = book.accounts.only(options.account).id if options.account else None
        wanted = Wanted(account, options.kind or "", options.text or "")
        found = entries(book.connection, wanted, _MOST)
    if options.json:
        print_json({"changes": [_entry(entry) for entry in found]})
        return 0
    print_table(
        ("Change", "When (UTC)", "State", "Account", "Touched", "What"),
        [
            (
                str(entry.change.id),
                entry.change.at[:16].replace("T", " "),
                state_words(entry),
                _accounts(entry),
                entry.counted,
                entry.change.label,
            )
            for entry in found
        ],
        "rlllll",
    )
    return 0


def state_words(entry: Entry) -> str:
    """What became of a change, and whether its values are still kept."""
    thinned = ", values no longer kept" if entry.change.thinned else ""
    return _state(entry.change) + thinned


def _state(change: Change) -> str:
    return "for good" if change.is_for_good else STATES[change.state]


def _accounts(entry: Entry) -> str:
    return ", ".join(entry.accounts) + (" and others" if entry.more_accounts else "")


def _entry(entry: Entry) -> dict[str, object]:
    change = entry.change
    return {
        "id": change.id,
        "label": change.label,
        "at": change.at,
        "kind": change.kind,
        "state": change.state,
        "rows": change.rows,
        "reverts": change.reverts,
        "thinned": change.thinned,
        "accounts": entry.accounts,
        "more_accounts": entry.more_accounts,
        "touched": entry.counted,
    }


def _show(book: Book, options: Namespace) -> int:
    db = book.connection
    found = details(db, options.change, limit=_MOST_ROWS)
    ahead = preview(db, options.change)
    if options.json:
        print_json(_document(found, ahead))
        return 0
    change = found.change
    at = change.at[:16].replace("T", " ")
    print(one_line(f"{change.label}, {at} UTC, {_state(change)}"))
    for row in found.rows:
        name = " · ".join(filter(None, (row.account, row.title)))
        print(one_line(f"{name} ({table_word(row.table)}) {row.what}"))
        for field in row.fields:
            print(one_line(f"    {field.name}: {_both(row, field.before, field.after)}"))
    left = found.total - len(found.rows)
    if left > 0:
        print(f"and {count_text(left, 'more record', 'more records')}")
    print(one_line(f"Taking it back now: {ahead.words}"))
    return 0


def _both(row: RowChange, before: str | None, after: str | None) -> str:
    if row.what == "added":
        return after or ""
    return before or "" if row.what == "removed" else f"{before} → {after}"


def _document(found: ChangeDetails, ahead: Preview) -> dict[str, object]:
    return {
        "change": found.change,
        "counts": found.counts,
        "rows": found.rows,
        "total": found.total,
        "if_undone": {"words": ahead.words, **_numbers(ahead)},
    }


def _numbers(ahead: Preview) -> dict[str, object]:
    names = ("fields_back", "rows_gone", "rows_back", "edits_kept", "rows_needed", "staying")
    return {name: getattr(ahead, name) for name in names}
