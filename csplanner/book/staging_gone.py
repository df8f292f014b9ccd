"""What the CRM says was deleted: put aside while settling, then offered to be archived."""

import sqlite3

from csplanner.book.staging_frame import note
from csplanner.book.staging_shapes import SHAPES, Shape

GONE_COLUMNS = (
    '(object text not null, id text not null, ext text, file text not null, "row" integer)'
)
_GONE = "Deleted in the CRM."
_ABSENT = "Not in these files, which hold every person."
CHANGED = "You changed it, so it stays."


def set_gone_aside(db: sqlite3.Connection, shape: Shape) -> None:
    """Take records marked as deleted out of a snapshot; those the book has are remembered."""
    name = shape.staging
    if not db.execute(f"select exists (select 1 from stage.{name} where gone = 1)").fetchone()[0]:
        return
    here = f"exists (select 1 from main.{shape.table} b where b.id = {name}.id)"
    db.execute(
        f"insert into stage.gone select '{shape.object}', id, ext, coalesce(file, ''), \"row\" "
        f"from stage.{name} where gone = 1 and {here} group by id"
    )
    db.execute(f"delete from stage.{name} where gone = 1 and {here}")
    gone = db.execute(f"delete from stage.{name} where gone = 1").rowcount
    if gone:
        note(db, f"{gone} {shape.many if gone > 1 else shape.one} marked as deleted left out.")


def offer_gone(db: sqlite3.Connection) -> None:
    """Accounts are archived, people unverified, other records put away: each can be refused."""
    _offer_fields(
        db, "account", ("archived", "Archived", "flag", "'0'", "'1'"),
        "b.archived = 0 and b.id in (select id from stage.gone where object = 'account')",
        ("gone", _GONE),
    )  # fmt: skip
    offer_unverified(
        db, "b.id in (select id from stage.gone where object = 'person')", ("gone", _GONE)
    )
    for shape in SHAPES.values():
        if shape.object in ("account", "person"):
            continue
        edited = (
            "exists (select 1 from main.change_row c join main.change h on h.id = c.change_id "
            f"where c.tbl = '{shape.table}' and c.row_id = g.id and h.kind = 'edit' "
            "and h.state = 'done')"
        )
        db.execute(
            "insert into stage.d_gone (object, row_id, account_id, account, title, file, take, "
            "reason) select g.object, g.id, b.account_id, coalesce(a.name, ''), "
            f"coalesce({title_of(shape)}, ''), g.file, not {edited}, "
            f"iif({edited}, ?, ?) from stage.gone g join main.{shape.table} b on b.id = g.id "
            "left join main.account a on a.id = b.account_id where g.object = ? order by g.id",
            (CHANGED, _GONE, shape.object),
        )


def title_of(shape: Shape) -> str:
    """SQL that names a row `b` of the book."""
    return shape.title.replace("s.ext", "b.id").replace("s.", "b.")


def offer_unverified(
    db: sqlite3.Connection, which: str, how: tuple[str, str] | None = None
) -> None:
    """People `which` (SQL over `b`) says are no longer in the CRM: whether they left is unknown."""
    _offer_fields(
        db, "person", ("status", "Status", "text", "b.status", "'unverified'"),
        f"b.status in ('active', 'leaving', 'on_leave') and {which}", how or ("absent", _ABSENT),
    )  # fmt: skip


def _offer_fields(
    db: sqlite3.Connection, object_: str, field: tuple[str, str, str, str, str], which: str,
    how: tuple[str, str],
) -> None:  # fmt: skip
    """One changed field of each record `which` says; `field` is name, label, kind, was, becomes."""
    name, label, kind, was, becomes = field
    account = "b.id" if object_ == "account" else "b.account_id"
    db.execute(
        "insert into stage.d_field (object, row_id, account_id, account, title, field, label, "
        f"kind, was, becomes, how, reason, file) select ?, b.id, {account}, coalesce((select name "
        f"from main.account a where a.id = {account}), ''), b.name, ?, ?, ?, {was}, {becomes}, ?, "
        "?, coalesce((select file from stage.gone g where g.object = ? and g.id = b.id), '') "
        f"from main.{SHAPES[object_].table} b where {which} order by b.rowid",
        (object_, name, label, kind, *how, object_),
    )
