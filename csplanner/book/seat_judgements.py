"""What was judged of a person while they held a seat: the seat keeps it, and it is about them."""

import sqlite3

JUDGED_IN_SEATS = """select h.* from field_history h where h.tbl = 'seat'
    and h.field in ('influence', 'mood', 'has_power', 'sells_for_us', 'has_interest') and (
        exists (select 1 from seat s where s.id = h.row_id and s.person_id = :person
            and not exists (select 1 from tenure o where o.seat_id = s.id
                and o.person_id <> :person and o.until is not null and h.as_of < o.until))
        or exists (select 1 from tenure t where t.seat_id = h.row_id and t.person_id = :person
            and (t.since is null or h.as_of >= t.since)
            and (t.until is null or h.as_of <= t.until)))"""
"""The rows of the history of fields, with their notes; `:person` is the id."""


def judged_ids(db: sqlite3.Connection, person_id: str) -> frozenset[str]:
    """The ids of those rows."""
    rows = db.execute(f"select id from ({JUDGED_IN_SEATS})", {"person": person_id})
    return frozenset(row_id for (row_id,) in rows)
