"""What a snapshot tells beside its records, and what of it goes into them: names of owners, what
campaigns are called, who an e-mail was with, invoices, answers to surveys, tags, further accounts.
"""

import sqlite3
from collections.abc import Iterable, Sequence

from csplanner.book.rows import Cell
from csplanner.book.staging import Staging
from csplanner.book.staging_frame import Frame, note

_TABLES = {
    "owner_name": "ext text primary key, name text not null",
    "owner_ref": "ext text not null, owner text not null",
    "campaign": 'ext text primary key, name text not null, "on" text',
    "touch_campaign": "ext text not null, campaign text not null",
    "party": "ext text not null, rank integer not null, name text not null, name_key text not null",
    "invoice": 'file text not null, "row" integer not null, account_ref text, number text, '
    "due text, open integer not null, disputed integer not null, issued text, "
    "owed text not null",
}


class Beside:
    """Tables of a staging file that hold no records of the book, made when first needed."""

    def __init__(self, staging: Staging) -> None:
        self._db = staging.connection
        self._made: set[str] = set()

    def keep(self, table: str, rows: Iterable[Sequence[Cell]]) -> None:
        """Keep rows, each in the order of the table's columns; a known key is kept as it is."""
        listed = list(rows)
        if not listed:
            return
        if table not in self._made:
            self._db.execute(f"create table if not exists {table} ({_TABLES[table]}) strict")
            self._made.add(table)
        marks = ", ".join("?" * len(listed[0]))
        self._db.executemany(f"insert or replace into {table} values ({marks})", listed)


def _has(db: sqlite3.Connection, table: str) -> bool:
    return bool(
        db.execute(
            "select exists (select 1 from stage.sqlite_master where type = 'table' and name = ?)",
            (table,),
        ).fetchone()[0]
    )


def settle_beside(db: sqlite3.Connection, frame: Frame) -> None:
    """Put into the staged records what stands beside them; before anything is linked."""
    _name_owners(db)
    if _has(db, "touch_campaign"):
        _name_campaigns(db)
    db.execute(
        'insert into stage.quarantine (file, "row", "column", value, reason) '
        "select file, \"row\", '', '', 'It has no date.' from stage.s_touch where \"on\" is null"
    )
    db.execute('delete from stage.s_touch where "on" is null')
    if _has(db, "invoice"):
        _measure_invoices(db, frame)


def _name_owners(db: sqlite3.Connection) -> None:
    """Owners that are ids get the names of the snapshot's users; without them nothing is said."""
    if not _has(db, "owner_ref"):
        return
    if _has(db, "owner_name"):
        db.execute(
            "update stage.s_account set owner = (select n.name from stage.owner_ref r "
            "join stage.owner_name n on n.ext = r.owner where r.ext = s_account.ext) "
            "where owner is null"
        )
    unnamed = db.execute(
        "select count(distinct r.owner) from stage.owner_ref r join stage.s_account s "
        "on s.ext = r.ext where s.owner is null"
    ).fetchone()[0]
    if unnamed:
        owners = "1 owner is" if unnamed == 1 else f"{unnamed:,} owners are"
        note(db, f"{owners} given as ids alone and left out. Add the CRM’s file of users.")


def _name_campaigns(db: sqlite3.Connection) -> None:
    db.execute("create index stage.touch_campaign_ext on touch_campaign (ext)")
    if not _has(db, "campaign"):
        return
    found = (
        "from stage.touch_campaign t join stage.campaign c on c.ext = t.campaign "
        "where t.ext = s_touch.ext"
    )
    db.execute(
        f"update stage.s_touch set topic = coalesce(topic, (select c.name {found})), "
        f'"on" = coalesce("on", (select c."on" {found})) '
        "where ext in (select ext from stage.touch_campaign)"
    )


def _measure_invoices(db: sqlite3.Connection, frame: Frame) -> None:
    """Days the oldest open invoice of each account is overdue, and disputes of 90 days."""
    late = "cast(julianday(:day) - julianday(due) as integer)"
    db.execute(
        'insert into stage.s_measurement (file, "row", account_ref, measure, value, as_of, note) '
        "select file, \"row\", account_ref, 'commercial.invoice_overdue_days', "
        f"1000 * max(iif(open and due is not null, max(0, {late}), 0)), :day, "
        "iif(max(open and due < :day), 'Invoice ' || coalesce(number, '') || ', due ' || due || "
        "owed, '') from stage.invoice where account_ref is not null group by account_ref",
        {"day": frame.as_of},
    )
    if db.execute("select exists (select 1 from stage.invoice where disputed)").fetchone()[0]:
        db.execute(
            'insert into stage.s_measurement (file, "row", account_ref, measure, value, as_of) '
            "select file, \"row\", account_ref, 'commercial.billing_disputes', "
            "1000 * sum(disputed and coalesce(issued, due, :day) >= date(:day, '-90 days')), :day "
            "from stage.invoice where account_ref is not null group by account_ref",
            {"day": frame.as_of},
        )


def link_mails(db: sqlite3.Connection, table: str, frame: Frame) -> None:
    """People named by e-mail (`mail:…`): the one person of the snapshot, else of the book."""
    if not db.execute(
        f"select exists (select 1 from stage.{table} where person_ref like 'mail:%')"
    ).fetchone()[0]:
        return
    db.execute("drop table if exists temp.mailed")
    db.execute(
        "create temp table mailed as select 'mail:' || lower(email) as mail, min(ext) as ext, "
        "min(account_id) as account_id from stage.s_person where email <> '' "
        "group by lower(email) having count(distinct id) = 1"
    )
    db.execute(
        "insert into temp.mailed select 'mail:' || lower(p.email), min(r.external_id), "
        "min(p.account_id) from main.person p left join main.external_ref r on r.row_id = p.id "
        "and r.tbl = 'person' and r.source = ? where p.email <> '' and 'mail:' || lower(p.email) "
        "not in (select mail from temp.mailed) group by lower(p.email) having count(distinct "
        "p.id) = 1",
        (frame.source,),
    )
    db.execute("create index temp.mailed_mail on mailed (mail)")
    db.execute(
        f"update stage.{table} set account_id = coalesce({table}.account_id, m.account_id), "
        f"person_ref = coalesce(m.ext, {table}.person_ref) from temp.mailed m "
        f"where m.mail = {table}.person_ref"
    )
    db.execute("drop table temp.mailed")


def link_parties(db: sqlite3.Connection) -> None:
    """Touches that name no account by id: the one account, else the one person of that name."""
    if not _has(db, "party"):
        return
    db.execute("create index stage.party_ext on party (ext)")
    accounts = (
        "select name_key, id from stage.s_account where name_key is not null "
        "union select name_key, id from temp.called"
    )
    people = (
        "select lower(name), account_id from stage.s_person where account_id is not null "
        "union select lower(name), account_id from main.person"
    )
    for named, by in ((accounts, "p.name_key"), (people, "lower(p.name)")):
        db.execute("drop table if exists temp.known_name")
        db.execute(
            "create temp table known_name as select a.column1 as key, min(a.column2) as id "
            f"from (select * from (values (null, null)) where 0 union {named}) a "
            "group by a.column1 having count(distinct a.column2) = 1"
        )
        db.execute("create index temp.known_name_key on known_name (key)")
        db.execute(
            "update stage.s_touch set account_id = (select k.id from stage.party p "
            f"join temp.known_name k on k.key = {by} where p.ext = s_touch.ext "
            "order by p.rank limit 1) where account_id is null "
            "and ext in (select ext from stage.party)"
        )
    db.execute("drop table temp.known_name")
    lost = "account_id is null and ext in (select ext from stage.party)"
    db.execute(
        'insert into stage.quarantine (file, "row", "column", value, reason) select file, "row", '
        "'account', coalesce((select group_concat(name, '; ') from stage.party p "
        "where p.ext = s_touch.ext), ''), 'None of its names is the name of one account or "
        f"person here.' from stage.s_touch where {lost}"
    )
    db.execute(f"delete from stage.s_touch where {lost}")


def drop_weak_people(db: sqlite3.Connection) -> None:
    """The same person of an account twice in a snapshot: who has an id of the CRM's counts.

    Rows of other objects name people (`weak`), and lists without ids do (`row:…`): they are who
    has that e-mail in that account, of rows of other objects also who has that name.
    """
    loose = "(w.weak = 1 or w.ext like 'row:%')"
    found = db.execute(f"select exists (select 1 from stage.s_person w where {loose})")
    if not found.fetchone()[0]:
        return
    db.execute("create index if not exists stage.s_person_of on s_person (account_id)")
    for same in ("lower(o.email) = lower(w.email)", "w.weak = 1 and lower(o.name) = lower(w.name)"):
        db.execute("drop table if exists temp.weak_person")
        db.execute(
            "create temp table weak_person as select w.n, w.ext as was, min(o.ext) as ext "
            "from stage.s_person w join stage.s_person o on o.account_id = w.account_id "
            f"and {same} and o.weak is not 1 and o.ext not like 'row:%' and o.id <> w.id "
            f"where {loose} group by w.n having count(distinct o.id) = 1"
        )
        db.execute("create index temp.weak_person_was on weak_person (was)")
        for table in ("s_seat", "s_case", "s_touch", "s_measurement", "s_account_person"):
            db.execute(
                f"update stage.{table} set person_ref = w.ext from temp.weak_person w "
                f"where w.was = {table}.person_ref"
            )
        db.execute("delete from stage.s_person where n in (select n from temp.weak_person)")
    db.execute("drop table temp.weak_person")
    # The same person under the same id.
    db.execute("create index stage.s_person_same on s_person (id)")
    db.execute(
        "delete from stage.s_person where weak = 1 and exists (select 1 from stage.s_person o "
        "where o.id = s_person.id and o.weak is not 1)"
    )
    db.execute("drop index stage.s_person_same")


def identify_tags(db: sqlite3.Connection, frame: Frame) -> None:
    """A tag is a word of an account: the book's own where it has it."""
    db.execute(
        "update stage.s_tag set id = coalesce((select t.id from main.tag t "
        "where t.account_id = s_tag.account_id and t.word = s_tag.word), "
        "derived_id(?, 'tag', account_id, word))",
        (frame.source,),
    )


def gather_answers(db: sqlite3.Connection, frame: Frame) -> None:
    """Single answers to surveys become one figure per account and day, of 180 days back.

    NPS is the share of answers of 9 and 10 less that of 0 to 6 (−100 to 100), others the mean.
    """
    db.execute("drop table if exists temp.answered")
    db.execute(
        'create temp table answered as select file, "row", account_id, '
        "replace(measure, ':answer', '') as measure, coalesce(dimension, '') as dimension, "
        "coalesce(as_of, ?) as as_of, coalesce(note, '') as note, iif(measure like 'voice.nps%', "
        "case when value >= 9000 then 100000.0 when value <= 6000 then -100000.0 else 0.0 end, "
        "value) as value from stage.s_measurement where measure like '%:answer'",
        (frame.as_of,),
    )
    db.execute("delete from stage.s_measurement where measure like '%:answer'")
    db.execute("create index temp.answered_at on answered (account_id, measure, as_of)")
    db.execute(
        'insert into stage.s_measurement (file, "row", account_id, measure, dimension, as_of, '
        'value, note) select min(file), min("row"), account_id, measure, dimension, as_of, '
        "(select cast(round(avg(b.value) / 10) * 10 as integer) from temp.answered b "
        "where b.account_id = a.account_id and b.measure = a.measure "
        "and b.dimension = a.dimension and b.as_of <= a.as_of "
        "and b.as_of > date(a.as_of, '-180 days')), substr(group_concat(note, '; '), 1, 4000) "
        "from temp.answered a group by account_id, measure, dimension, as_of"
    )
    db.execute("drop table temp.answered")


def drop_unknown_further(db: sqlite3.Connection) -> None:
    """Further accounts of people that nobody knows are told once, and left out."""
    lost = db.execute("delete from stage.s_account_person where account_id is null").rowcount
    if lost:
        more = "1 further account of a person is" if lost == 1 else (
            f"{lost:,} further accounts of people are"
        )  # fmt: skip
        note(db, f"{more} neither in this snapshot nor in your book, and left out.")


def identify_further(db: sqlite3.Connection, frame: Frame) -> None:
    """A further account of a person: never their own, and the book's own link where it has it."""
    db.execute(
        "delete from stage.s_account_person where person_id is null or account_id = coalesce("
        "(select p.account_id from stage.s_person p where p.id = person_id), "
        "(select p.account_id from main.person p where p.id = person_id))"
    )
    db.execute(
        "update stage.s_account_person set id = coalesce((select x.id from main.account_person x "
        "where x.account_id = s_account_person.account_id "
        "and x.person_id = s_account_person.person_id), "
        "derived_id(?, 'account_person', account_id, person_id))",
        (frame.source,),
    )
