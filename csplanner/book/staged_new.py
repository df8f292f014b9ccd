"""The records a staged snapshot brings that the book does not have yet, with what they say."""

from dataclasses import dataclass

from csplanner.book.staged_refused import is_new, refused_of
from csplanner.book.staging_pages import StagedPages
from csplanner.book.staging_shapes import SHAPES, Column

_TELLING = {
    "account": ("city", "sector", "arr"),
    "person": ("title", "email"),
    "seat": (),
    "term": ("end", "arr"),
    "opportunity": ("stage", "amount", "close_on"),
    "case": ("priority", "opened_on"),
    "subscription": ("arr", "end"),
    "exit": ("on", "cause"),
    "touch": ("on", "channel"),
    "measurement": ("value", "as_of"),
}
"""What is said of a record beside its title, by kind."""
_DAYS = ("end", "on", "as_of")


@dataclass(frozen=True, slots=True)
class NewRow:
    """A new record: its title, what it says (kind of value and staged text), whose, and whence."""

    object: str
    title: str
    facts: tuple[tuple[str, str], ...]
    account: str
    file: str
    row: int
    row_id: str = ""
    """What `StagedPages.decide_new` takes."""
    account_id: str = ""
    """Of a new account its own."""
    take: bool = True
    """False: refused, it stays out."""
    refused_with: str = ""
    """`account` or `person`: refused because that one is, and taken again with it."""


def new_rows(
    pages: StagedPages, object_: str, *, offset: int = 0, limit: int = 200
) -> list[NewRow]:
    """New records of one kind, in the order of the files."""
    shape = SHAPES[object_]
    by_name = {c.name: c for c in shape.columns}
    columns = [by_name[name] for name in _TELLING.get(object_, ()) if name in by_name]
    facts = "".join(f", {column.shown('s')}" for column in columns)
    if object_ == "account":
        account, account_id = "''", "s.id"
    else:
        account = "coalesce((select a.name from s_account a where a.id = s.account_id), '')"
        account_id = "s.account_id"
    rows = pages.connection.execute(
        f"select coalesce({shape.title}, ''), {account}, coalesce(s.file, ''), "
        f"coalesce(s.\"row\", 0), s.id, {account_id}, f.id is null, coalesce(f.reason, ''){facts} "
        f"from {shape.staging} s {refused_of(object_)} "
        f"where {is_new(object_)} order by s.n limit ? offset ?",
        (limit, offset),
    )
    return [
        NewRow(
            object_,
            title,
            tuple((_kind(c, object_), v) for c, v in zip(columns, said, strict=True) if v),
            account,
            file,
            row,
            row_id,
            of,
            bool(take),
            reason,
        )
        for title, account, file, row, row_id, of, take, reason, *said in rows
    ]


def _kind(column: Column, object_: str) -> str:
    if column.kind == "money":
        return "money"
    if column.name in _DAYS or column.name.endswith("_on"):
        return "date"
    return "thousandths" if (object_, column.name) == ("measurement", "value") else "text"
