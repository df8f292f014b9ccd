"""Two accounts or people made one, and one account made two; each inside an open change."""

import sqlite3
from collections.abc import Collection, Mapping

from csplanner.book.journal import belonging
from csplanner.book.row_links import Link, links_of
from csplanner.book.schema import JOURNALLED

FOLLOW_THEIR_PERSON = (("seat", "person_id"), ("rating", "person_id"), ("raci", "person_id"),
                       ("note", "person_id"), ("task", "person_id"))  # fmt: skip
"""What goes along when a person goes to another account."""
_MAY_CROSS = frozenset({("support_case", "person_id")})
"""A CRM itself may name a contact of another account there."""


def join_accounts(db: sqlite3.Connection, keep: str, gone: str) -> None:
    """Move everything that belongs to `gone`, and the CRM's ids of it, to `keep`."""
    db.execute(
        "delete from tag where account_id = ? and word in "
        "(select word from tag where account_id = ?)",
        (gone, keep),
    )
    db.execute(
        "delete from account_person where account_id = :gone and person_id in (select person_id "
        "from account_person where account_id = :keep union select id from person "
        "where account_id = :keep)",
        {"gone": gone, "keep": keep},
    )
    for table in belonging(db):
        db.execute(f"update {table} set account_id = ? where account_id = ?", (keep, gone))
    _rename(db, "account", keep, gone)


def join_people(db: sqlite3.Connection, keep: str, gone: str) -> bool:
    """Let everything about the person `gone` be about `keep`, and remove `gone`.

    False where they belong to different accounts: nothing is done then.
    """
    accounts = db.execute(
        "select count(distinct account_id), count(*) from person where id in (?, ?)", (keep, gone)
    ).fetchone()
    if tuple(accounts) != (1, 2):
        return False
    for table, other in (("touch_person", "touch_id"), ("account_person", "account_id")):
        db.execute(
            f"delete from {table} where person_id = ? and {other} in "
            f"(select {other} from {table} where person_id = ?)",
            (gone, keep),
        )
    db.execute(
        "delete from map_place where person_id = ? and coalesce(map_id, '') in "
        "(select coalesce(map_id, '') from map_place where person_id = ?)",
        (gone, keep),
    )
    for link in links_of(db, JOURNALLED):
        if link.parent == "person" and link.child != "external_ref":
            db.execute(
                f'update {link.child} set "{link.column}" = ? where "{link.column}" = ?',
                (keep, gone),
            )
    for column in ("reports_to", "sponsor_of"):
        db.execute(f"update person set {column} = null where id = ? and {column} = id", (keep,))
    db.execute("delete from tie where from_person_id = to_person_id")
    _rename(db, "person", keep, gone)
    _forget_history(db, "person", gone)
    db.execute("delete from person where id = ?", (gone,))
    return True


def join_seats(db: sqlite3.Connection, keep: str, gone: str) -> None:
    """Let every line, former holder and link of the seat `gone` be of `keep`, and remove it."""
    for link in links_of(db, JOURNALLED):
        if link.parent == "seat" and link.child != "external_ref":
            db.execute(
                f'update {link.child} set "{link.column}" = ? where "{link.column}" = ?',
                (keep, gone),
            )
    db.execute("update seat set reports_to = null where id = ? and reports_to = id", (keep,))
    db.execute("delete from tie where from_seat_id = to_seat_id")
    _rename(db, "seat", keep, gone)
    _forget_history(db, "seat", gone)
    db.execute("delete from seat where id = ?", (gone,))


def _forget_history(db: sqlite3.Connection, table: str, row_id: str) -> None:
    """Newest first, so that undo brings the entries of one day back in their order."""
    found = db.execute(
        "select id from field_history where tbl = ? and row_id = ? order by rowid desc",
        (table, row_id),
    ).fetchall()
    db.executemany("delete from field_history where id = ?", found)


def _rename(db: sqlite3.Connection, table: str, keep: str, gone: str) -> None:
    db.execute(
        "update external_ref set row_id = ? where tbl = ? and row_id = ?", (keep, table, gone)
    )


def part_account(
    db: sqlite3.Connection,
    account_id: str,
    new_id: str,
    rows: Mapping[str, Collection[str]],
    refs: Collection[str],
) -> dict[str, int]:
    """Move records (ids by table) and the CRM's ids `refs` of an account to a new one.

    What hangs on them goes along: a person's roles and answers, a seat's former holders. A link
    that would reach across the two accounts is cleared, or its row removed where it cannot be
    without it. Returns how many rows of each table moved.
    """
    db.execute("create temp table moving (tbl text, row_id text, primary key (tbl, row_id))")
    try:
        own = set(belonging(db))
        for table, ids in rows.items():
            if table not in own:
                raise KeyError(table)
            db.executemany(
                f"insert or ignore into temp.moving select '{table}', id from {table} "
                "where id = ? and account_id = ?",
                ((row_id, account_id) for row_id in ids),
            )
        _take_ids(db, account_id, new_id, refs)
        links = [k for k in links_of(db, JOURNALLED) if k.child in own and k.parent in own]
        _grow(db, account_id, links)
        return _carry(db, new_id, own, links)
    finally:
        db.execute("drop table temp.moving")


def _take_ids(db: sqlite3.Connection, account_id: str, new_id: str, refs: Collection[str]) -> None:
    for ref in refs:
        # The term that stands in an account's own row is that row's.
        db.execute(
            "insert or ignore into temp.moving select 'term', t.row_id from external_ref a "
            "join external_ref t on t.tbl = 'term' and t.source = a.source "
            "and t.external_id = 'current:' || a.external_id "
            "join term on term.id = t.row_id and term.account_id = a.row_id "
            "where a.id = ? and a.tbl = 'account' and a.row_id = ?",
            (ref, account_id),
        )
        db.execute(
            "update external_ref set row_id = ? where id = ? and tbl = 'account' and row_id = ?",
            (new_id, ref, account_id),
        )


def _grow(db: sqlite3.Connection, account_id: str, links: list[Link]) -> None:
    """What cannot be without what moves, moves too, unless something that stays holds it."""
    grows = [k for k in links if not k.loose or (k.child, k.column) in FOLLOW_THEIR_PERSON]
    moved = True
    while moved:
        moved = False
        for link in grows:
            held = " and ".join(
                f'(c."{o.column}" is null or exists (select 1 from temp.moving h where '
                f"h.tbl = '{o.parent}' and h.row_id = c.\"{o.column}\"))"
                for o in links
                if o.child == link.child and not o.loose and o.column != link.column
            )
            added = db.execute(
                f"insert or ignore into temp.moving select '{link.child}', c.id "
                f"from {link.child} c "
                f'join temp.moving p on p.tbl = ? and p.row_id = c."{link.column}" '
                f"where c.account_id = ?{' and ' + held if held else ''}",
                (link.parent, account_id),
            ).rowcount
            moved = moved or added > 0


def _carry(db: sqlite3.Connection, new_id: str, own: set[str], links: list[Link]) -> dict[str, int]:
    counts = {}
    for table in sorted(own):
        count = db.execute(
            f"update {table} set account_id = ? where id in "
            "(select row_id from temp.moving where tbl = ?)",
            (new_id, table),
        ).rowcount
        if count:
            counts[table] = count
    for link in links:
        if (link.child, link.column) in _MAY_CROSS:
            continue
        across = (
            f'exists (select 1 from {link.parent} p where p.id = {link.child}."{link.column}" '
            f"and p.account_id <> {link.child}.account_id and (p.account_id = ?1 "
            f"or {link.child}.account_id = ?1))"
        )
        if link.child == "account_person":
            continue
        if link.loose:
            db.execute(f'update {link.child} set "{link.column}" = null where {across}', (new_id,))
        else:
            db.execute(f"delete from {link.child} where {across}", (new_id,))
    return counts
