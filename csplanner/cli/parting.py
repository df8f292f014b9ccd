"""Verbs that make one account of two, and two of one."""

from argparse import Namespace

from csplanner.book.account_parts import REFS, Part, parts_of
from csplanner.book.book import Book
from csplanner.cli.books import opened, tell
from csplanner.cli.output import one_line, print_json, print_table
from csplanner.domain.wording import count_text
from csplanner.errors import UserError


def merge(options: Namespace) -> int:
    """Move everything of one account to another and archive it."""
    with opened(options) as book:
        keep, other = (book.accounts.only(text) for text in (options.keep, options.other))
        book.accounts.merge(keep.id, other.id)
        book.refresh(any_language=True)
    if options.json:
        print_json({"kept": keep.id, "archived": other.id})
        return 0
    print(one_line(f"Merged: everything of {other.name} belongs to {keep.name} now."))
    print(one_line(f"To take it back: csplanner undo {options.book}"))
    return 0


def split(options: Namespace) -> int:
    """Part an account in two, or list what could go to the new one."""
    if options.name is None:
        if options.ref or options.record:
            raise UserError("The new account needs a name. Say it with --name.")
        with Book.open(options.book, read_only=True, today=options.today) as book:
            tell(book.opened)
            _list(book, options)
        return 0
    with opened(options) as book:
        account = book.accounts.only(options.account)
        parts = parts_of(book, account.id)
        rows: dict[str, list[str]] = {}
        for text in options.record:
            table, row_id = _record([p for p in parts if p.table != REFS], text)
            rows.setdefault(table, []).append(row_id)
        refs = [_ref(book.accounts.refs(account.id), text) for text in options.ref]
        new, moved = book.accounts.split(account.id, options.name, rows, refs)
        book.refresh(any_language=True)
    if options.json:
        print_json({"kept": account.id, "new": new.id, "moved": moved})
        return 0
    went = count_text(sum(moved.values()), "record")
    print(one_line(f"Split: {new.name} stands apart from {account.name} now, with {went}."))
    print(one_line(f"To take it back: csplanner undo {options.book}"))
    return 0


def _list(book: Book, options: Namespace) -> None:
    account = book.accounts.only(options.account)
    parts = [part for part in parts_of(book, account.id) if part.table != REFS]
    refs = book.accounts.refs(account.id)
    if options.json:
        print_json(
            {
                "id": account.id, "name": account.name,
                "refs": [{"id": i, "source": s, "external_id": e} for i, s, e in refs],
                "records": [
                    {"kind": part.table, "id": row_id, "title": title}
                    for part in parts for row_id, title in part.rows
                ],
            }
        )  # fmt: skip
        return
    rows = [("--ref", external, source) for _, source, external in refs]
    rows += [("--record", f"{p.table}:{i}", title) for p in parts for i, title in p.rows]
    print_table(("Option", "Value", "What it is"), rows)
    print("Say what goes to a new account, and its --name. Nothing was changed.")


def _record(parts: list[Part], text: str) -> tuple[str, str]:
    """Table and id of the record meant by `person:ID` or `person:Dana Kovač, CFO`."""
    table, sign, key = text.partition(":")
    found = {
        (part.table, row_id)
        for part in parts
        for row_id, title in part.rows
        if sign and part.table == table and key.casefold() in (row_id.casefold(), title.casefold())
    }
    if len(found) != 1:
        several = "several records" if found else "no record"
        raise UserError(
            f"“{text}” is {several} of the account. Take KIND:ID as csplanner split BOOK ACCOUNT "
            "lists them."
        )
    return found.pop()


def _ref(refs: list[tuple[str, str, str]], text: str) -> str:
    found = [i for i, _, external in refs if text in (i, external)]
    if len(found) != 1:
        several = "several ids" if found else "no id"
        raise UserError(
            f"“{text}” is {several} of the account in a CRM. csplanner split BOOK ACCOUNT lists "
            "them."
        )
    return found[0]
