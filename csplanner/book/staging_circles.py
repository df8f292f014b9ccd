"""Who reports to whom in a snapshot: no circles, and where you said the opposite, your word."""

import sqlite3
from collections.abc import Container, Iterator

from csplanner.book.staging_rules import YOURS, set_by_csm

_YOURS = """select exists (select 1 from main.field_history where tbl = 'person'
    and field = 'reports_to' and source = 'csm')"""
_TAKEN = """select row_id, id from stage.d_field where object = 'person'
    and field = 'reports_to' and take = 1 order by id"""

IN_CIRCLE = "By this somebody would report to themselves. It was left out, and the rest taken in."
"""Why a link between two people of a snapshot is set aside."""


def set_circles_aside(db: sqlite3.Connection) -> None:
    """Set aside the last link, in the order of the rows, of each circle of people of a snapshot;
    who is not in it reports to whom the book says, where you did not.
    """
    staged = db.execute(
        "select n, id, reports_to from stage.s_person where reports_to is not null"
    ).fetchall()
    if not staged:
        return
    above: dict[str, str] = dict(
        db.execute(
            "select id, reports_to from main.person p where reports_to is not null and not exists "
            "(select 1 from main.field_history h where h.tbl = 'person' and h.row_id = p.id "
            "and h.field = 'reports_to' and h.source = 'csm')"
        )
    )
    rows: dict[str, int] = {}
    for n, person, chief in staged:
        above[person], rows[person] = chief, n
    for circle in _circles(above):
        found = [rows[person] for person in circle if person in rows]
        if found:
            _set_aside(db, max(found), circle)


def _circles(above: dict[str, str]) -> Iterator[list[str]]:
    """The people of each circle, each once: `above` names one chief for each."""
    walked: dict[str, str] = {}
    for start in above:
        path: list[str] = []
        at: str | None = start
        while at is not None and at not in walked:
            walked[at] = start
            path.append(at)
            at = above.get(at)
        if at is not None and walked[at] == start and at in path:
            yield path[path.index(at) :]


def _set_aside(db: sqlite3.Connection, n: int, circle: list[str]) -> None:
    file, row, first, ref = db.execute(
        'select file, "row", id, reports_ref from stage.s_person where n = ?', (n,)
    ).fetchone()
    place = circle.index(first)
    path = [*circle[place:], *circle[:place], first]
    names = " → ".join(_name(db, person) or ref or "" for person in path)
    db.execute(
        'insert into stage.quarantine (file, "row", "column", value, reason) '
        "values (?, ?, 'reports to', ?, ?)",
        (file or "", row or 0, names, IN_CIRCLE),
    )
    db.execute("update stage.s_person set reports_to = null where n = ?", (n,))


def _name(db: sqlite3.Connection, person_id: str) -> str:
    for table in ("stage.s_person", "main.person"):
        found = db.execute(f"select name from {table} where id = ?", (person_id,)).fetchone()
        if found is not None and found[0]:
            return str(found[0])
    return ""


def keep_out_of_circles(db: sqlite3.Connection) -> None:
    """Leave out what would close a circle with a link that you set: it is asked about as if you
    had set it too.
    """
    if not db.execute(_YOURS).fetchone()[0]:
        return
    taken = dict(db.execute(_TAKEN).fetchall())
    if taken:
        db.execute("create index if not exists stage.s_person_id on s_person (id)")
    for row_id, number in tuple(taken.items()):
        since = _yours_in_circle(db, row_id, taken)
        if since is not None:
            del taken[row_id]
            db.execute(
                "update stage.d_field set whose = 'csm', since = ?, take = 0, reason = ? "
                "where id = ?",
                (since, YOURS, number),
            )


def _yours_in_circle(db: sqlite3.Connection, start: str, taken: Container[str]) -> str | None:
    """The day you set a link of the circle that `start` closes; None where there is none."""
    path: dict[str, None] = {}
    at: str | None = start
    while at is not None and at not in path:
        path[at] = None
        at = _above(db, at, taken)
    if at != start:
        return None
    days = (set_by_csm(db, "person", p, ("reports_to", "")) for p in path if p not in taken)
    return next((day for day in days if day is not None), None)


def _above(db: sqlite3.Connection, person_id: str, taken: Container[str]) -> str | None:
    """Whom somebody will report to once the snapshot is brought in."""
    for table in ("main.person", "stage.s_person"):
        if table == "main.person" and person_id in taken:
            continue
        row = db.execute(f"select reports_to from {table} where id = ?", (person_id,)).fetchone()
        if row is not None:
            return None if row[0] is None else str(row[0])
    return None
