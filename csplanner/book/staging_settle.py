"""Settling a staged snapshot: who is who, what belongs to whom, and what cannot be taken in.

Runs in SQL on a connection that has the book as `main` (only read) and the staging file as
`stage`. The outcome does not depend on the order in which files were read.
"""

import sqlite3
from dataclasses import dataclass

from csplanner.book.ids import derived_id
from csplanner.book.staging_erased import leave_out_erased
from csplanner.book.staging_frame import Frame, filled, note
from csplanner.book.staging_shapes import SHAPES, Shape
from csplanner.book.staging_worth import settle_subscriptions, settle_terms

_SUMMED = ("usage.events", "usage.minutes", "usage.errors")
_NAMED = 25
"""Ids a note names at most."""
_CHILDREN = tuple(s for s in SHAPES.values() if s.object != "account")


@dataclass(frozen=True, slots=True)
class Settled:
    """What is left of a snapshot: whether nothing, and how many records have no account here."""

    is_empty: bool
    without_account: int


def settle(db: sqlite3.Connection, frame: Frame) -> Settled:
    """Give every staged record its id in the book and its links; quarantine what has none."""
    db.create_function("derived_id", -1, derived_id, deterministic=True)
    for shape in SHAPES.values():
        if filled(db, shape):
            db.execute(f"create index stage.{shape.staging}_ext on {shape.staging} (ext)")
    _report_repeated_ids(db)
    _settle_accounts(db, frame)
    strange = sum(_settle_children(db, shape, frame) for shape in _CHILDREN)
    settle_terms(db, frame)
    settle_subscriptions(db, frame)
    if not any(filled(db, shape) for shape in SHAPES.values()):
        return Settled(is_empty=True, without_account=strange)
    if strange:
        records = "record names an account" if strange == 1 else "records name an account"
        note(
            db,
            f"{strange:,} {records} that is neither in this snapshot nor in your book. "
            "Import these files again after the accounts.",
        )
    return Settled(is_empty=False, without_account=strange)


def _settle_children(db: sqlite3.Connection, shape: Shape, frame: Frame) -> int:
    """Give records of one kind their account, ids and people; returns how many name an account
    that is not here.
    """
    if not filled(db, shape):
        return 0
    _drop_gone(db, shape)
    _link_to_accounts(db, shape, frame)
    strange = _drop_orphans(db, shape)
    if shape.has_refs:
        _known_by_ref(db, shape, frame)
    if shape.object == "person":
        leave_out_erased(db, frame)
        _match_people(db, frame)
        db.execute("create index stage.s_person_id on s_person (id)")
    _link_to_people(db, shape, frame)
    if shape.object == "measurement":
        _gather_measurements(db, frame)
    elif shape.object == "seat":
        _identify_seats(db, frame)
    _drop_repeated(db, shape)
    return strange


def _report_repeated_ids(db: sqlite3.Connection) -> None:
    """Ids that several rows of figures bear: every row counts, and the repetition is reported."""
    repeated: dict[str, list[str]] = {}
    for file, ext, rows in db.execute(
        "select file, ext, group_concat(\"row\", ' and ') from (select * from stage.row_id "
        'order by file, ext, "row") group by file, ext having count(*) > 1 order by min("row")'
    ):
        repeated.setdefault(file, []).append(f"{ext} in rows {rows}")
    for file, found in repeated.items():
        ids = "1 id stands" if len(found) == 1 else f"{len(found):,} ids stand"
        more = f", and {len(found) - _NAMED:,} more" if len(found) > _NAMED else ""
        note(
            db,
            f"{ids} in more than one row of figures of {file}; every row was taken in: "
            f"{', '.join(found[:_NAMED])}{more}.",
        )


# --- accounts ---


def _settle_accounts(db: sqlite3.Connection, frame: Frame) -> None:
    shape = SHAPES["account"]
    db.execute(
        "create table stage.account_link (ext text primary key, id text not null) without rowid"
    )
    if not filled(db, shape):
        return
    _known_by_ref(db, shape, frame)
    if db.execute("select exists (select 1 from s_account where ext like 'name:%')").fetchone()[0]:
        _match_by_name(db, frame)
    db.execute("insert or ignore into stage.account_link select ext, id from s_account")
    _drop_weak(db)
    db.execute("create index stage.s_account_id on s_account (id)")
    _drop_repeated(db, shape)
    _match_by_domain(db, frame)
    _drop_gone(db, shape)


def _known_by_ref(db: sqlite3.Connection, shape: Shape, frame: Frame) -> None:
    """Take the id the book already gave to that record of the source."""
    values = (frame.source, shape.object)
    known = "select 1 from main.external_ref where source = ? and object = ?"
    if not db.execute(f"select exists ({known})", values).fetchone()[0]:
        return
    db.execute(
        f"update stage.{shape.staging} set id = r.row_id, moved = 1 "
        "from main.external_ref r where "
        f"r.source = ? and r.object = ? and r.external_id = {shape.staging}.ext "
        f"and r.row_id <> {shape.staging}.id",
        values,
    )


def _match_by_name(db: sqlite3.Connection, frame: Frame) -> None:
    """Records known by name alone: the one account of that exact name, never one of several."""
    db.execute("create index stage.s_account_key on s_account (name_key)")
    db.execute(
        "update stage.s_account set id = t.id from (select name_key, min(id) as id from s_account "
        "where weak = 0 group by name_key having count(distinct id) = 1) t "
        "where s_account.weak = 1 and s_account.ext like 'name:%' "
        "and t.name_key = s_account.name_key"
    )
    db.execute(
        "insert into stage.matched select distinct 'account', s.ext, t.id, 'name' from s_account s "
        "join (select name_key, min(id) as id from main.account where archived = 0 "
        "group by name_key having count(*) = 1) t on t.name_key = s.name_key "
        "where s.ext like 'name:%' and s.id <> t.id "
        "and not exists (select 1 from main.account a where a.id = s.id) "
        "and not exists (select 1 from s_account o where o.id = s.id and o.ext <> s.ext)"
    )
    db.execute(
        "update stage.s_account set id = m.row_id from matched m "
        "where m.object = 'account' and m.ext = s_account.ext"
    )
    del frame


def _drop_weak(db: sqlite3.Connection) -> None:
    """Accounts that other records merely name count only where no account file is given."""
    strong = db.execute("select exists (select 1 from s_account where weak = 0)").fetchone()[0]
    if strong:
        db.execute(
            "delete from stage.s_account where weak = 1 and (id in (select id from s_account "
            "where weak = 0) or not exists "
            "(select 1 from main.account a where a.id = s_account.id))"
        )
    db.execute(
        "delete from stage.s_account where weak = 1 and n not in "
        "(select min(n) from s_account where weak = 1 group by id)"
    )


def _match_by_domain(db: sqlite3.Connection, frame: Frame) -> None:
    """A new account whose web domain is that of exactly one account the source never named."""
    db.execute(
        "insert into stage.matched select 'account', s.ext, a.id, 'domain' from s_account s "
        "join main.account a on a.domain = s.domain and a.domain <> '' and a.archived = 0 "
        "where s.weak = 0 and not exists (select 1 from main.account b where b.id = s.id) "
        "and not exists (select 1 from main.external_ref r where r.tbl = 'account' "
        "and r.row_id = a.id and r.source = ?) "
        "and (select count(*) from main.account c where c.domain = a.domain) = 1 "
        "and (select count(*) from s_account c where c.domain = a.domain) = 1",
        (frame.source,),
    )
    for ext, row_id in db.execute(
        "select ext, row_id from stage.matched where object = 'account' and how = 'domain'"
    ).fetchall():
        db.execute("update stage.s_account set id = ? where ext = ?", (row_id, ext))
        db.execute("update stage.account_link set id = ? where ext = ?", (row_id, ext))


# --- what hangs on accounts ---


def _link_to_accounts(db: sqlite3.Connection, shape: Shape, frame: Frame) -> None:
    """Find the account of each record: in the snapshot, in the book, by its subscription."""
    name = shape.staging
    db.execute(
        f"update stage.{name} set account_id = coalesce("
        f"(select id from stage.account_link l where l.ext = {name}.account_ref), "
        "(select row_id from main.external_ref r where r.source = ? and r.object = 'account' "
        f"and r.external_id = {name}.account_ref)) where account_ref is not null",
        (frame.source,),
    )
    db.execute(
        f"update stage.{name} set account_id = t.id from (select 'name:' || name_key as ext, "
        "min(id) as id from main.account where archived = 0 group by name_key "
        f"having count(*) = 1) t where {name}.account_id is null and t.ext = {name}.account_ref"
    )
    if shape.object == "measurement":
        db.execute(
            "update stage.s_measurement set account_id = coalesce("
            "(select account_id from stage.s_subscription s where s.ext = subscription_ref), "
            "(select s.account_id from main.external_ref r join main.subscription s "
            "on s.id = r.row_id where r.source = ? and r.object = 'subscription' "
            "and r.external_id = subscription_ref)) "
            "where account_id is null and subscription_ref is not null",
            (frame.source,),
        )
    if shape.object == "touch":
        _link_touches(db, frame)
    if "person_ref" in shape.links:
        db.execute(
            f"update stage.{name} set account_id = coalesce("
            f"(select account_id from stage.s_person p where p.ext = {name}.person_ref), "
            "(select p.account_id from main.external_ref r join main.person p on p.id = r.row_id "
            "where r.source = ? and r.object = 'person' "
            f"and r.external_id = {name}.person_ref)) "
            "where account_id is null and person_ref is not null",
            (frame.source,),
        )


def _link_touches(db: sqlite3.Connection, frame: Frame) -> None:
    """A touch may name a deal or a case: its account is theirs."""
    for object_, table in (("opportunity", "opportunity"), ("case", "support_case")):
        db.execute(
            "update stage.s_touch set account_id = coalesce("
            f"(select o.account_id from stage.s_{object_} o where o.ext = s_touch.account_ref), "
            f"(select o.account_id from main.external_ref r join main.{table} o "
            "on o.id = r.row_id where r.source = ? and r.object = ? "
            "and r.external_id = s_touch.account_ref)) where account_id is null",
            (frame.source, object_),
        )


def _drop_orphans(db: sqlite3.Connection, shape: Shape) -> int:
    """Set records aside that have no account; returns how many name one that is not here."""
    name = shape.staging
    lost = (
        "account_id is null or (not exists (select 1 from stage.s_account a "
        f"where a.id = {name}.account_id) and not exists (select 1 from main.account a "
        f"where a.id = {name}.account_id))"
    )
    db.execute(
        'insert into stage.quarantine (file, "row", "column", value, reason) '
        f"select file, \"row\", 'account', coalesce(account_ref, ''), "
        "iif(account_ref is null, 'It names no account.', 'Its account is neither in this "
        f'snapshot nor in the book.\') from stage.{name} where {lost} group by file, "row"'
    )
    strange = db.execute(
        f"select count(*) from stage.{name} where {lost} and account_ref is not null"
    ).fetchone()[0]
    db.execute(f"delete from stage.{name} where {lost}")
    return int(strange)


def _match_people(db: sqlite3.Connection, frame: Frame) -> None:
    """A new person whose e-mail is that of exactly one person of the account in the book."""
    db.execute(
        "insert into stage.matched select 'person', s.ext, p.id, 'e-mail' from s_person s "
        "join main.person p on p.account_id = s.account_id and p.email <> '' "
        "and lower(p.email) = lower(s.email) "
        "where not exists (select 1 from main.person b where b.id = s.id) "
        "and not exists (select 1 from main.external_ref r where r.tbl = 'person' "
        "and r.row_id = p.id and r.source = ?) group by s.ext having count(*) = 1 "
        "and (select count(*) from s_person o where o.account_id = s.account_id "
        "and lower(o.email) = lower(s.email)) = 1",
        (frame.source,),
    )
    db.execute(
        "update stage.s_person set id = m.row_id from matched m "
        "where m.object = 'person' and m.ext = s_person.ext"
    )


def _link_to_people(db: sqlite3.Connection, shape: Shape, frame: Frame) -> None:
    pairs = {"person": ("reports_to", "reports_ref"), "case": ("person_id", "person_ref"),
             "seat": ("person_id", "person_ref")}  # fmt: skip
    if shape.object not in pairs:
        return
    column, ref = pairs[shape.object]
    name = shape.staging
    db.execute(
        f"update stage.{name} set {column} = coalesce("
        f"(select id from stage.s_person p where p.ext = {name}.{ref}), "
        "(select row_id from main.external_ref r where r.source = ? and r.object = 'person' "
        f"and r.external_id = {name}.{ref})) where {ref} is not null",
        (frame.source,),
    )
    db.execute(f"update stage.{name} set {column} = null where {column} = id")


def _identify_seats(db: sqlite3.Connection, frame: Frame) -> None:
    """A seat is a role of a person in an account."""
    db.execute(
        "update stage.s_seat set id = derived_id(?, 'seat', account_id, role, "
        "coalesce(person_id, ''))",
        (frame.source,),
    )


def _gather_measurements(db: sqlite3.Connection, frame: Frame) -> None:
    """One figure per account, measure, part and day: counts are added up, of others the last."""
    marks = ", ".join(f"'{m}'" for m in _SUMMED)
    group = "group by account_id, measure, coalesce(dimension, ''), coalesce(as_of, ?)"
    db.execute(
        'create table stage.gathered as select max(n) as n, file, "row", account_id, measure, '
        "coalesce(dimension, '') as dimension, sum(value) as value, coalesce(as_of, ?) as as_of, "
        f"note from s_measurement where measure in ({marks}) {group}",
        (frame.as_of, frame.as_of),
    )
    db.execute(
        'insert into stage.gathered select max(n), file, "row", account_id, measure, '
        "coalesce(dimension, ''), value, coalesce(as_of, ?), note from s_measurement "
        f"where measure not in ({marks}) {group}",
        (frame.as_of, frame.as_of),
    )
    db.execute("delete from stage.s_measurement")
    db.execute(
        'insert into stage.s_measurement (file, "row", id, account_id, measure, dimension, value, '
        'as_of, source, note) select file, "row", derived_id(?, account_id, measure, dimension, '
        "as_of), account_id, measure, dimension, value, as_of, ?, note from gathered order by n",
        (frame.source, frame.source),
    )
    db.execute("drop table stage.gathered")


def _drop_gone(db: sqlite3.Connection, shape: Shape) -> None:
    """Records the CRM marks as deleted are not brought in; an account in the book is marked."""
    kept = "and id not in (select id from main.account)" if shape.object == "account" else ""
    gone = db.execute(f"delete from stage.{shape.staging} where gone = 1 {kept}").rowcount
    if gone:
        note(db, f"{gone} {shape.many if gone > 1 else shape.one} marked as deleted left out.")


def _follows(ext: str | None) -> bool:
    """Whether a record came with the row of another, which is reported itself."""
    return ext is not None and ext.startswith("current:")


def _again(ext: str, kept: tuple[str, int], file: str) -> tuple[str, str, str]:
    """Column, value and reason of a record of `file` that stands again in the row kept."""
    where = f"row {kept[1]}" if kept[0] == file else f"row {kept[1]} of {kept[0]}"
    made_of_name = ext.startswith("name:")
    what = "name" if made_of_name else "id"
    value = ext.removeprefix("name:")
    return (what, value, f"The same {what} stands again in {where}, taken instead.")


def _drop_repeated(db: sqlite3.Connection, shape: Shape) -> None:
    """The same record twice: the last row counts, the others are reported where they differ.

    Of accounts that were merged in the book the one that was kept counts.
    """
    name = shape.staging
    columns = ", ".join(
        f'"{c}"' for c in shape.staged_columns if c not in ("file", "row", "id", "ext")
    )
    for (row_id,) in db.execute(
        f"select id from stage.{name} group by id having count(*) > 1"
    ).fetchall():
        kept, *others = db.execute(
            f'select n, file, "row", ext, {columns} from stage.{name} where id = ? '
            "order by moved is not null, n desc",
            (row_id,),
        ).fetchall()
        for row in others:
            if row[3] == kept[3] and row[4:] != kept[4:] and not _follows(row[3]):
                db.execute(
                    'insert into stage.quarantine (file, "row", "column", value, reason) '
                    "values (?, ?, ?, ?, ?)",
                    (*row[1:3], *_again(row[3], kept[1:3], row[1])),
                )
        db.execute(f"delete from stage.{name} where id = ? and n <> ?", (row_id, kept[0]))
