"""Which account of the book each staged account is: by id, web domain, or a name one confirms.

A name is only ever a suggestion where the CRM gives ids; several accounts of one name or domain
stay ambiguous until somebody says which is meant.
"""

import sqlite3

from csplanner.book.accounts import fold
from csplanner.book.staging_clash import refuse_clashing_ids
from csplanner.book.staging_frame import Frame, filled, known_by_ref
from csplanner.book.staging_gone import set_gone_aside
from csplanner.book.staging_merges import repoint
from csplanner.book.staging_repeated import drop_repeated
from csplanner.book.staging_shapes import SHAPES

NEW = "new"
"""What one says of an account of the file that is none of the book's."""
_SHARED_HOSTS = (
    "facebook.com", "linkedin.com", "instagram.com", "twitter.com", "x.com", "youtube.com",
    "google.com", "sites.google.com", "gmail.com", "outlook.com", "hotmail.com", "yahoo.com",
    "icloud.com", "gmx.de", "web.de", "wixsite.com", "wordpress.com", "github.com", "example.com",
)  # fmt: skip
"""Domains that tell nothing: anybody may have a page or an address there."""
_ID_OF_SOURCE = (
    "exists (select 1 from main.external_ref r where r.tbl = 'account' and r.row_id = a.id "
    "and r.source = :source and r.external_id not like 'name:%')"
)
_KNOWN_TO_SOURCE = (
    "exists (select 1 from main.external_ref r where r.tbl = 'account' and r.row_id = a.id "
    "and r.source = :source)"
)
_KNOWN_TO_ANY = (
    "exists (select 1 from main.external_ref r where r.tbl = 'account' and r.row_id = a.id)"
)


def settle_accounts(db: sqlite3.Connection, frame: Frame) -> None:
    """Give every staged account its id in the book, and list how it was found in `d_match`."""
    shape = SHAPES["account"]
    db.execute(
        "create table stage.account_link (ext text primary key, id text not null) without rowid"
    )
    if not filled(db, shape):
        return
    refuse_clashing_ids(db)
    known_by_ref(db, shape, frame)
    repoint(db, shape, frame)
    db.execute("create index stage.s_account_id on s_account (id)")
    _same_name_within(db)
    if db.execute("select exists (select 1 from main.account)").fetchone()[0]:
        _match(db, frame)
    db.execute("insert or ignore into stage.account_link select ext, id from s_account")
    _drop_weak(db)
    drop_repeated(db, shape)
    set_gone_aside(db, shape)


def _same_name_within(db: sqlite3.Connection) -> None:
    """A name that stands for exactly one account of these files is that account."""
    if not db.execute("select exists (select 1 from s_account where ext like 'name:%')").fetchone()[
        0
    ]:
        return
    db.execute("create index stage.s_account_key on s_account (name_key)")
    db.execute(
        "update stage.s_account set id = t.id from (select name_key, min(id) as id from s_account "
        "where weak = 0 group by name_key having count(distinct id) = 1) t "
        "where s_account.weak = 1 and s_account.ext like 'name:%' "
        "and t.name_key = s_account.name_key"
    )


def _match(db: sqlite3.Connection, frame: Frame) -> None:
    """Find accounts the book does not know by the source's id."""
    db.execute("drop table if exists temp.candidate")
    db.execute(
        'create temp table candidate as select id, ext, name, file, "row", name_key, domain, '
        "weak, named from (select id, ext, name, coalesce(file, '') as file, \"row\", name_key, "
        "nullif(domain, '') as domain, weak, ext like 'name:%' as named, row_number() over "
        "(partition by id order by weak, n) as place from stage.s_account s "
        "where ext is not null and gone is not 1 "
        "and not exists (select 1 from main.account b where b.id = s.id)) where place = 1"
    )
    if db.execute("select exists (select 1 from temp.candidate)").fetchone()[0]:
        db.execute("create index temp.candidate_key on candidate (name_key)")
        db.execute("create index temp.candidate_domain on candidate (domain)")
        _answered(db, frame)
        _by_domain(db, frame)
        _by_name(db, frame)
        _take(db)
        _set_unclear_aside(db)
    db.execute("drop table temp.candidate")


def _listed(how: str, state: str) -> str:
    """SQL that lists candidates `c` for accounts `a`, up to its `from`."""
    return (
        "insert into stage.d_match select c.ext, coalesce(c.name, ''), c.file, c.\"row\", a.id, "
        f"a.name, {how}, {state}, json_array(iif(c.domain = a.domain, 'domain', null), "
        "iif(s.city is not null and lower(s.city) = lower(a.city), 'city', null), "
        "iif(s.country is not null and lower(s.country) = lower(a.country), 'country', null), "
        "iif(s.owner is not null and lower(s.owner) = lower(a.owner), 'owner', null), "
        "iif(s.sector is not null and lower(s.sector) = lower(a.sector), 'sector', null), "
        "iif(s.arr is not null and s.arr = a.arr, 'arr', null)), c.id from temp.candidate c "
        "join stage.s_account s on s.n = (select min(n) from stage.s_account o where o.id = c.id "
        "and o.ext = c.ext) "
    )


def _answered(db: sqlite3.Connection, frame: Frame) -> None:
    """What somebody said about single accounts counts before all else."""
    if not frame.matches:
        return
    db.execute("create temp table answer (ext text primary key, account_id text not null)")
    db.executemany("insert into temp.answer values (?, ?)", frame.matches.items())
    db.execute(
        _listed("'chosen'", "'taken'") + "join temp.answer w on w.ext = c.ext "
        "join main.account a on a.id = w.account_id"
    )
    db.execute(
        "insert into stage.d_match select c.ext, coalesce(c.name, ''), c.file, c.\"row\", '', '', "
        "'name', 'refused', '[]', c.id from temp.candidate c join temp.answer w on w.ext = c.ext "
        "where w.account_id = ?",
        (NEW,),
    )
    db.execute("drop table temp.answer")


_UNSEEN = "not exists (select 1 from stage.d_match m where m.own_id = c.id)"
_ALONE = "1 = (select count(*) from temp.candidate x where x.{0} = c.{0})"
_FREE = "not exists (select 1 from stage.s_account k where k.id = a.id)"


def _by_domain(db: sqlite3.Connection, frame: Frame) -> None:
    """The web domain of exactly one account the source never named."""
    hosts = ", ".join(f"'{host}'" for host in _SHARED_HOSTS)
    one = (
        "iif((select count(*) from main.account o where o.domain = a.domain and o.domain <> '' "
        "and o.archived = 0) = 1 and " + _ALONE.format("domain") + ", 'taken', 'ambiguous')"
    )
    db.execute(
        _listed("'domain'", one) + "join main.account a on a.domain = c.domain "
        f"and a.domain <> '' and a.archived = 0 where c.weak = 0 and c.domain not in ({hosts}) "
        f"and {_UNSEEN} and not {_ID_OF_SOURCE} and {_FREE}",
        {"source": frame.source},
    )
    # Where the domain alone does not tell, the name may.
    db.execute(
        "delete from stage.d_match where state = 'ambiguous' and how = 'domain' and 1 = "
        "(select count(*) from temp.candidate c join temp.called a on a.name_key = c.name_key "
        "where c.id = d_match.own_id)"
    )


def _by_name(db: sqlite3.Connection, frame: Frame) -> None:
    """An exact name: the key of a file without ids, else a suggestion."""
    taken = f"c.weak or (c.named and ({_KNOWN_TO_SOURCE} or not {_KNOWN_TO_ANY})) or :same"
    # An account that these files name by its id may still be meant by a mere name.
    open_to = f"(c.named or (not {_ID_OF_SOURCE} and {_FREE}))"
    several = (
        "(select count(*) from temp.called o where o.name_key = c.name_key) "
        "> 1 or not " + _ALONE.format("name_key")
    )
    db.execute(
        _listed("'name'", f"iif({several}, 'ambiguous', iif({taken}, 'taken', 'open'))")
        + "join temp.called k on k.name_key = c.name_key join main.account a on a.id = k.id "
        f"where {_UNSEEN} and {open_to}",
        {"source": frame.source, "same": frame.same_names},
    )


def _take(db: sqlite3.Connection) -> None:
    """Let what was found be that account of the book."""
    db.execute("create index stage.d_match_own on d_match (own_id)")
    db.execute(
        "insert into stage.matched select distinct 'account', s.ext, m.account_id, m.how "
        "from stage.d_match m join stage.s_account s on s.id = m.own_id where m.state = 'taken' "
        "and s.ext is not null"
    )
    db.execute(
        "update stage.s_account set id = m.account_id from stage.d_match m "
        "where m.state = 'taken' and m.own_id = s_account.id"
    )
    # A former name that found it is no new name of it.
    db.execute(
        "update stage.s_account set name = null, name_key = null where ext like 'name:%' "
        "and id in (select account_id from stage.d_match where state = 'taken' and how = 'name') "
        "and name_key is not (select a.name_key from main.account a where a.id = s_account.id)"
    )


def _set_unclear_aside(db: sqlite3.Connection) -> None:
    """Rows that name an account by a name alone that several have are not guessed."""
    unclear = (
        "ext like 'name:%' and exists (select 1 from stage.d_match m where m.own_id = s_account.id "
        "and m.state = 'ambiguous')"
    )
    db.execute(
        'insert into stage.quarantine (file, "row", "column", value, reason) select '
        "coalesce(file, ''), \"row\", 'account', coalesce(name, ''), "
        "'Several accounts of your book have this name. Say which one is meant.' "
        f"from stage.s_account where weak = 0 and {unclear}"
    )
    db.execute(f"delete from stage.s_account where {unclear}")


def _part_names(db: sqlite3.Connection) -> None:
    """Names of several accounts in one cell (`Alder;Birch` beside ids) are no name of one of them.

    An account of the book keeps its own; a new one is called by the first, as its id is the first.
    """
    listed = "weak = 1 and ext not like 'name:%' and name glob '*[^ ];[^ ]*'"
    db.execute(
        f"update stage.s_account set name = null, name_key = null where {listed} "
        "and exists (select 1 from main.account a where a.id = s_account.id)"
    )
    found = db.execute(f"select n, name from stage.s_account where {listed}").fetchall()
    firsts = [(name.partition(";")[0], n) for n, name in found]
    db.executemany(
        "update stage.s_account set name = ?1, name_key = ?2 where n = ?3",
        [(name, fold(name), n) for name, n in firsts],
    )


def _drop_weak(db: sqlite3.Connection) -> None:
    """Accounts that other records merely name count only where no account file is given."""
    _part_names(db)
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
