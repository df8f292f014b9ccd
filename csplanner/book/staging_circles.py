"""Who reports to whom in a snapshot, where you said the opposite: your word stays."""

import sqlite3
from collections.abc import Container

from csplanner.book.staging_rules import YOURS, set_by_csm

_YOURS = """select exists (select 1 from main.field_history where tbl = 'person'
    and field = 'reports_to' and source = 'csm')"""
_TAKEN = """select row_id, id from stage.d_field where object = 'person'
    and field = 'reports_to' and take = 1 order by id"""


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
