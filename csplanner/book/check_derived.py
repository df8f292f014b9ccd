"""Rules about the journal and about what is derived: list lines and the search index."""

import sqlite3
from collections.abc import Iterator, Sequence

from csplanner.book.check_rule import Place, Rule, rule_of
from csplanner.book.schema import IMAGED
from csplanner.book.search import SOURCES


def _journal() -> Iterator[Rule]:
    names = ", ".join(f"'{t}'" for t in IMAGED)
    yield rule_of(
        "journal", "changes whose journal cannot be read",
        "select 'change', id, '' from change where thinned = 0 and id in ("
        f"select change_id from change_row where tbl not in ({names}) "
        f"or {_no_image('before')} or {_no_image('after')} "
        "or (row_id is null and batch is null))",
        "Keeps them in the history; they can no longer be undone.",
        _thin,
    )  # fmt: skip
    yield rule_of(
        "journal_short", "changes with images missing from the journal",
        "select 'change', id, '' from change c where thinned = 0 and state <> 'dropped' and "
        "kind <> 'import' and rows > (select count(*) from change_row where change_id = c.id)",
        "Keeps them in the history; they can no longer be undone.",
        _thin,
    )  # fmt: skip


def _no_image(column: str) -> str:
    """SQL condition: what stands there is not the image of the row it is said to be of."""
    # In this order: what is no JSON cannot be looked into.
    return (
        f"case when {column} is null then 0 when not json_valid({column}) then 1 else "
        f"json_extract({column}, '$.id') is not row_id end"
    )


def _thin(db: sqlite3.Connection, places: Sequence[Place]) -> None:
    db.executemany("update change set thinned = 1 where id = ?", [(int(p.id),) for p in places])
    db.executemany("delete from change_row where change_id = ?", [(int(p.id),) for p in places])


def _derived() -> Iterator[Rule]:
    fix = "Makes them anew."
    yield rule_of(
        "stale_lines", "accounts without a derived line",
        "select 'account', id, id from account where archived = 0 and id not in (select "
        "account_id from overview) and id not in (select account_id from derived_dirty)",
        fix, judge_anew,
    )  # fmt: skip
    yield rule_of(
        "odd_lines", "derived lines that do not fit their account",
        "select 'overview', o.id, o.account_id from overview o join account a "
        "on a.id = o.account_id where (o.name <> a.name or o.arr is not a.arr or o.pinned <> "
        "a.pinned or o.archived <> a.archived) "
        "and a.id not in (select account_id from derived_dirty)",
        fix, judge_anew,
    )  # fmt: skip
    yield rule_of("search", "records the search index does not know as they are", _searched(),
                fix, index_anew)  # fmt: skip


def judge_anew(db: sqlite3.Connection, places: Sequence[Place]) -> None:
    """Have accounts judged at the next refresh."""
    db.executemany(
        "insert or ignore into derived_dirty values (?)", [(p.account_id,) for p in places]
    )


def _searched() -> str:
    parts = []
    for kind, source in SOURCES.items():
        account, title, found = source.account, source.title, source.found
        behind = f"(select account_id from search_dirty where kind = '{kind}')"
        parts.append(
            f"select '{kind}', t.id, {account} from {kind} t left join (select row_id, "
            f"account_id as of, title as shown from search_text where kind = '{kind}') s on "
            f"s.row_id = t.id where ({found}) and {account} not in {behind} and "
            f"(s.row_id is null or s.shown is not {title} or s.of is not {account})"
        )
        parts.append(
            f"select '{kind}', row_id, account_id from search_text s where kind = '{kind}' and "
            f"row_id not in (select id from {kind} where {found}) and account_id not in {behind}"
        )
    parts.append(
        "select kind, row_id, account_id from search_text where id not in (select id from "
        "search_docsize) union all select 'search', id, '' from search_docsize "
        "where id not in (select id from search_text)"
    )
    return " union all ".join(parts)


def index_anew(db: sqlite3.Connection, _places: Sequence[Place]) -> None:
    """Index every record anew, in the open transaction."""
    from csplanner.book.search import rebuild

    rebuild(db)


def derived_rules() -> Iterator[Rule]:
    """The rules about the journal and what is derived."""
    yield from _journal()
    yield from _derived()
