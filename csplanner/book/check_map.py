"""A rule about relationship maps: lines, seats and people that together report in a circle."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator

from csplanner.book.check_rule import Place, Rule, columns_of, delete_rows

_LINES = """select id, account_id, coalesce('p:' || from_person_id, 's:' || from_seat_id),
    coalesce('p:' || to_person_id, 's:' || to_seat_id) from tie where kind = 'reports'
    order by as_of desc, id"""


def map_rules(db: sqlite3.Connection) -> Iterator[Rule]:
    """The rule, for a book whose lines may end at seats."""
    if {"from_seat_id", "kind"} <= {name for name, _, _ in columns_of(db, "tie")}:
        yield Rule(
            "lines_in_circle", "lines of a map by which somebody reports to themselves",
            _lines_in_circle, "Removes one line of each circle.", delete_rows,
        )  # fmt: skip


def _lines_in_circle(db: sqlite3.Connection) -> list[Place]:
    lines: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for tie, account, child, above in db.execute(_LINES):
        lines[account].append((tie, child, above))
    return [
        Place("tie", tie, account)
        for account, own in lines.items()
        for tie in _of(db, account, own)
    ]


def _of(db: sqlite3.Connection, account: str, lines: list[tuple[str, str, str]]) -> Iterator[str]:
    """The lines of one account that close a circle, each taken away before the next is sought."""
    seats = db.execute(
        "select id, person_id, reports_to from seat where account_id = ?", (account,)
    ).fetchall()
    card = {f"s:{seat}": f"p:{holder}" for seat, holder, _ in seats if holder}
    said = [(card.get(c, c), card.get(a, a), tie) for tie, c, a in lines]
    said += [
        (card.get(f"s:{seat}", f"s:{seat}"), card.get(f"s:{above}", f"s:{above}"), "")
        for seat, _, above in seats
        if above
    ]
    said += [
        (f"p:{person}", f"p:{above}", "")
        for person, above in db.execute(
            "select id, reports_to from person where account_id = ? and reports_to is not null",
            (account,),
        )
    ]
    while tie := _closing(said):
        said = [entry for entry in said if entry[2] != tie]
        yield tie


def _closing(said: list[tuple[str, str, str]]) -> str:
    """A line of a circle; empty where there is none with a line in it."""
    above: dict[str, tuple[str, str]] = {}
    for child, chief, tie in said:
        if child != chief:
            above.setdefault(child, (chief, tie))
    settled: set[str] = set()
    for start in sorted(above):
        path: dict[str, str] = {}
        at = start
        while at in above and at not in settled and at not in path:
            path[at] = above[at][1]
            at = above[at][0]
        if at in path:
            order = list(path)
            ties = [path[key] for key in order[order.index(at) :] if path[key]]
            if ties:
                return ties[-1]
        settled.update(path)
    return ""
