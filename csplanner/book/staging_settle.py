"""Settling a staged snapshot: who is who, what belongs to whom, and what cannot be taken in.

Runs in SQL on a connection that has the book as `main` (only read) and the staging file as
`stage`. The outcome does not depend on the order in which files were read.
"""

import sqlite3
from dataclasses import dataclass

from csplanner.book.ids import derived_id
from csplanner.book.staging_accounts import settle_accounts
from csplanner.book.staging_beside import (
    drop_unknown_further,
    drop_weak_people,
    gather_answers,
    identify_further,
    identify_tags,
    link_mails,
    link_parties,
    settle_beside,
)
from csplanner.book.staging_circles import set_circles_aside
from csplanner.book.staging_erased import leave_out_erased
from csplanner.book.staging_frame import Frame, filled, known_by_ref, note
from csplanner.book.staging_gone import GONE_COLUMNS, set_gone_aside
from csplanner.book.staging_merges import list_merges, repoint
from csplanner.book.staging_names import list_names
from csplanner.book.staging_repeated import drop_repeated
from csplanner.book.staging_shapes import SHAPES, Shape
from csplanner.book.staging_worth import settle_subscriptions, settle_terms

_SUMMED = ("usage.events", "usage.minutes", "usage.errors")
_NAMED = 25
"""Ids a note names at most."""
_TABLES = (
    f"create table stage.gone {GONE_COLUMNS} strict",
    """create table stage.merging (object text not null, loser text not null, master text not null,
    primary key (object, loser)) strict, without rowid""",
    """create table stage.d_match (ext text not null, name text not null, file text not null,
    "row" integer, account_id text not null, account text not null, how text not null,
    state text not null, shares text not null, own_id text not null) strict""",
    """create table stage.d_merge (id integer primary key, object text not null,
    loser_ext text not null, loser_id text not null, loser text not null, master_id text not null,
    master text not null, take integer not null default 1) strict""",
)
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
    for statement in _TABLES:
        db.execute(statement)
    frame.keep(db)
    _report_repeated_ids(db)
    list_names(db)
    settle_beside(db, frame)
    settle_accounts(db, frame)
    strange = sum(_settle_children(db, shape, frame) for shape in _CHILDREN)
    list_merges(db, frame)
    settle_terms(db, frame)
    settle_subscriptions(db, frame)
    tells = db.execute(
        "select exists (select 1 from stage.gone) or exists (select 1 from stage.d_merge)"
    ).fetchone()[0]
    if not tells and not any(filled(db, shape) for shape in SHAPES.values()):
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
    if shape.has_refs:
        known_by_ref(db, shape, frame)
    if shape.object == "person":
        repoint(db, shape, frame)
    set_gone_aside(db, shape)
    _find_accounts(db, shape, frame)
    strange = _drop_orphans(db, shape)
    if shape.object == "person":
        leave_out_erased(db, frame)
        drop_weak_people(db)
        _match_people(db, frame)
        db.execute("create index stage.s_person_id on s_person (id)")
    _link_to_people(db, shape, frame)
    _identify(db, shape, frame)
    drop_repeated(db, shape)
    if shape.object == "person":
        set_circles_aside(db)
    return strange


def _find_accounts(db: sqlite3.Connection, shape: Shape, frame: Frame) -> None:
    """The account of each record, by every way it may be told."""
    if shape.object == "person":
        _account_by_mail(db)
    if "person_ref" in shape.links:
        link_mails(db, shape.staging, frame)
    _link_to_accounts(db, shape, frame)
    if shape.object == "person" and filled(db, SHAPES["account_person"]):
        _by_further_account(db, frame)
    if shape.object == "touch":
        link_parties(db)
    elif shape.object == "account_person":
        drop_unknown_further(db)


def _identify(db: sqlite3.Connection, shape: Shape, frame: Frame) -> None:
    """Give ids to records the CRM has none for: they are told apart by what they say."""
    if shape.object == "measurement":
        gather_answers(db, frame)
        _gather_measurements(db, frame)
    elif shape.object == "tag":
        identify_tags(db, frame)
    elif shape.object == "account_person":
        identify_further(db, frame)
    elif shape.object == "seat":
        _identify_seats(db, frame)


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
        "min(id) as id from temp.called group by name_key "
        f"having count(*) = 1) t where {name}.account_id is null and t.ext = {name}.account_ref"
    )
    db.execute(
        f"update stage.{name} set account_id = b.account_id from main.{shape.table} b "
        f"where b.id = {name}.id and {name}.account_id is null and {name}.account_ref is null"
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
    if "person_ref" in shape.links and shape.object != "account_person":
        db.execute(
            f"update stage.{name} set account_id = coalesce("
            f"(select account_id from stage.s_person p where p.ext = {name}.person_ref), "
            "(select p.account_id from main.external_ref r join main.person p on p.id = r.row_id "
            "where r.source = ? and r.object = 'person' "
            f"and r.external_id = {name}.person_ref)) "
            "where account_id is null and person_ref is not null",
            (frame.source,),
        )


def _by_further_account(db: sqlite3.Connection, frame: Frame) -> None:
    """Who belongs to several accounts, the first of which is not here, belongs to the next."""
    db.execute(
        "create temp table nearest as select n, account_ref, min(at) as at, found as account_id "
        "from (select p.n, f.account_ref, f.n as at, coalesce((select id from stage.account_link l "
        "where l.ext = f.account_ref), (select row_id from main.external_ref r where r.source = ? "
        "and r.object = 'account' and r.external_id = f.account_ref)) as found "
        "from stage.s_person p join stage.s_account_person f on f.person_ref = p.ext "
        "where p.account_id is null) where found is not null group by n",
        (frame.source,),
    )
    db.execute(
        "update stage.s_person set account_id = t.account_id, account_ref = t.account_ref "
        "from temp.nearest t where t.n = s_person.n"
    )
    db.execute("delete from stage.s_account_person where n in (select at from temp.nearest)")
    db.execute("drop table temp.nearest")


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
        "iif(account_ref is null, 'It names no account.', iif(exists (select 1 from stage.d_match "
        f"m where m.ext = {name}.account_ref and m.state = 'ambiguous'), 'Several accounts of your "
        "book have this name. Say which one is meant.', 'Its account is neither in this "
        f'snapshot nor in the book.\')) from stage.{name} where {lost} group by file, "row"'
    )
    strange = db.execute(
        f"select count(*) from stage.{name} where {lost} and account_ref is not null"
    ).fetchone()[0]
    db.execute(f"delete from stage.{name} where {lost}")
    return int(strange)


def _account_by_mail(db: sqlite3.Connection) -> None:
    """Somebody of no account whose e-mail is that of exactly one person of the book."""
    db.execute(
        "update stage.s_person set account_id = t.account_id, id = t.id from (select "
        "lower(email) as mail, min(account_id) as account_id, min(id) as id from main.person "
        "where email <> '' group by lower(email) having count(*) = 1) t "
        "where s_person.account_ref is null and s_person.account_id is null "
        "and t.mail = lower(s_person.email) and not exists "
        "(select 1 from main.person b where b.id = s_person.id)"
    )
    db.execute(
        "insert into stage.matched select 'person', s.ext, s.id, 'e-mail' from stage.s_person s "
        "where s.account_ref is null and s.account_id is not null and s.ext is not null"
    )


def _match_people(db: sqlite3.Connection, frame: Frame) -> None:
    """A new person whose e-mail is that of exactly one person of the account in the book."""
    db.execute("create index if not exists stage.s_person_of on s_person (account_id)")
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
             "seat": ("person_id", "person_ref"),
             "account_person": ("person_id", "person_ref")}  # fmt: skip
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
