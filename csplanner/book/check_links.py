"""Rules about links: rows that point nowhere, to another account, or in a circle."""

import sqlite3
from collections.abc import Iterator, Sequence

from csplanner.book.check_map import map_rules
from csplanner.book.check_rule import (
    Find,
    Place,
    Rule,
    account_of,
    clear,
    columns_of,
    delete_rows,
    rule_of,
    words_of,
)
from csplanner.book.schema import JOURNALLED

# The CRM itself may name a contact of another account there.
_MAY_BE_MEANT = frozenset({"support_case", "touch_person"})


def _loose_links(db: sqlite3.Connection) -> Iterator[tuple[Place, str]]:
    for table, rowid, _, number in db.execute("pragma foreign_key_check").fetchall():
        links = db.execute(f"pragma foreign_key_list({table})").fetchall()
        column = next(r[3] for r in links if r[0] == number)
        sql = f"select id, {account_of(table)} from {table} t where rowid = ?"
        row = db.execute(sql, (rowid,)).fetchone()
        if row is not None:
            yield Place(table, str(row[0]), row[1] or ""), column


def _loose(db: sqlite3.Connection) -> list[Place]:
    return [place for place, _ in _loose_links(db)]


def _mend_loose(db: sqlite3.Connection, _places: Sequence[Place]) -> None:
    # What is removed may leave others pointing nowhere, one level at a time.
    while found := list(_loose_links(db)):
        for place, column in found:
            try:
                clear(column)(db, [place])
            except sqlite3.IntegrityError:
                delete_rows(db, [place])


def _across_accounts(db: sqlite3.Connection) -> Iterator[Rule]:
    for table in JOURNALLED:
        owned = {name for name, _, _ in columns_of(db, table)}
        for link in db.execute(f"pragma foreign_key_list({table})").fetchall():
            parent, column = link[2], link[3]
            mine = account_of(table)
            if table == "account_person":
                continue
            if parent == "account" or not (owned & {"account_id", "touch_id"}):
                continue
            sql = (
                f"select '{table}', t.id, {mine} from {table} t join {parent} p "
                f'on p.id = t."{column}" where p.account_id <> {mine}'
            )
            key = (
                "foreign_seat" if (table, column) == ("seat", "person_id") else f"{table}.{column}"
            )
            words = f"{words_of(table)} that name {words_of(parent)} of another account"
            if link[6] == "SET NULL" and table not in _MAY_BE_MEANT:
                yield rule_of(key, words, sql, "Clears the link.", clear(column))
            else:
                yield rule_of(key, words, sql, "Open each and choose one of its own account.")


def _circles(db: sqlite3.Connection) -> Iterator[Rule]:
    for table, words in (("person", "people who"), ("seat", "seats that")):
        if "reports_to" in {name for name, _, _ in columns_of(db, table)}:
            key = "reports_in_circle" if table == "person" else f"{table}s_in_circle"
            yield Rule(
                key, f"{words} report to themselves", _circles_in(table),
                "Clears one link of each circle, however long it is.", clear("reports_to"),
            )  # fmt: skip


def _circles_in(table: str) -> Find:
    def find(db: sqlite3.Connection) -> list[Place]:
        sql = f"select id, reports_to, account_id from {table} where reports_to is not null"
        above, accounts = {}, {}
        for i, chief, account in db.execute(sql):
            above[i], accounts[i] = chief, account
        done: set[str] = set()
        found = []
        for start in sorted(above):
            path: dict[str, None] = {}
            at: str | None = start
            while at is not None and at in above and at not in done and at not in path:
                path[at] = None
                at = above[at]
            if at is not None and at in path:
                found.append(Place(table, at, accounts[at]))
            done.update(path)
        return found

    return find


def _references() -> Iterator[Rule]:
    there = " union all ".join(
        f"select '{t}', id from {t}" for t in JOURNALLED if t != "external_ref"
    )
    yield rule_of(
        "dangling_reference", "external references to records that are gone",
        "select 'external_ref', id, '' from external_ref where (tbl, row_id) not in "
        f"(select * from ({there}))",
        "Removes them.", delete_rows,
    )  # fmt: skip
    yield rule_of(
        "doubled_reference", "external ids that stand for two records",
        "select 'external_ref', id, '' from external_ref where (source, object, "
        "trim(external_id)) in (select source, object, trim(external_id) from external_ref "
        "group by 1, 2, 3 having count(distinct row_id) > 1)",
        "Open the two records and merge them.",
    )  # fmt: skip


def link_rules(db: sqlite3.Connection) -> Iterator[Rule]:
    """The rules about links; rows that point nowhere come first."""
    yield Rule(
        "loose", "rows that point nowhere", _loose,
        "Clears the link; a row that cannot be without it is removed.", _mend_loose,
    )  # fmt: skip
    yield from _across_accounts(db)
    yield from _circles(db)
    yield from map_rules(db)
    yield from _references()
