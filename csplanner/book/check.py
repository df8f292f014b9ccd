"""Checking a book: SQLite's own checks, then the rules no column can state, with counts."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from csplanner.book.connection import sqlite_in_words

if TYPE_CHECKING:
    from csplanner.book.book import Book

_RULES: tuple[tuple[str, str, str], ...] = (
    (
        "foreign_seat",
        "seats held by a person of another account",
        """select s.id from seat s join person p on p.id = s.person_id
        where p.account_id <> s.account_id""",
    ),
    (
        "reports_in_circle",
        "people who report to themselves",
        "select id from person where reports_to = id",
    ),
    (
        "term_backwards",
        "contract terms that end before they start",
        'select id from term where start is not null and "end" < start',
    ),
    (
        "case_backwards",
        "cases closed before they were opened",
        "select id from support_case where closed_on < opened_on",
    ),
    (
        "dangling_reference",
        "external references to records that are gone",
        """select id from external_ref where tbl = 'account'
        and row_id not in (select id from account)""",
    ),
    (
        "bad_date",
        "dates that are no dates",
        """select id from account where customer_since is not null and date(customer_since) is null
        union all select id from term where date("end") is null
        union all select id from touch where date("on") is null
        union all select id from measurement where date(as_of) is null""",
    ),
    (
        "stale_lines",
        "accounts without a derived line",
        """select id from account where archived = 0
        and id not in (select account_id from overview)
        and id not in (select account_id from derived_dirty)""",
    ),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that does not hold, with how many rows and what can be done."""

    key: str
    words: str
    count: int
    repairable: bool


def check(book: "Book") -> list[Finding]:
    """What is wrong with the book; empty when everything holds."""
    db = book.connection
    found: list[Finding] = []
    with sqlite_in_words():
        damage = [r[0] for r in db.execute("pragma integrity_check(20)") if r[0] != "ok"]
        if damage:
            found.append(Finding("damage", "damaged places in the file", len(damage), False))
        loose = db.execute("pragma foreign_key_check").fetchall()
        if loose:
            found.append(Finding("loose", "rows that point nowhere", len(loose), False))
        for key, words, sql in _RULES:
            count = len(db.execute(sql).fetchall())
            if count:
                found.append(Finding(key, words, count, key in _REPAIRS))
    return found


_REPAIRS: dict[str, str] = {
    "foreign_seat": "update seat set person_id = null where id in ({rows})",
    "reports_in_circle": "update person set reports_to = null where id in ({rows})",
    "dangling_reference": "delete from external_ref where id in ({rows})",
}


def repair(book: "Book") -> list[Finding]:
    """Mend what can be mended in one undoable change and return what was mended."""
    mended = [f for f in check(book) if f.repairable]
    rules = {key: sql for key, _, sql in _RULES}
    if mended:
        with book.change("Repair the book"):
            for finding in mended:
                book.connection.execute(_REPAIRS[finding.key].format(rows=rules[finding.key]))
    book.refresh()
    return mended
