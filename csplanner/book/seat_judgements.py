"""What was judged of a person while they held a seat: the seat keeps it, and it is about them."""

import sqlite3
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from csplanner.domain.evidence import Evidence

if TYPE_CHECKING:
    from csplanner.book.book import Book

EMPTY = MappingProxyType(
    {
        "influence": None,
        "influence_state": "unknown",
        "mood": None,
        "mood_state": "unknown",
        "has_power": None,
        "sells_for_us": None,
        "has_interest": None,
        "since": None,
    }
)
"""The columns of a seat that are about who holds it, as they are when nobody does."""
_FIELDS = ", ".join(f"'{name}'" for name in (*EMPTY, "role", "title", "person_id"))
_JUDGED = f"""select h.* from {{history}} h where h.tbl = 'seat' and h.field in ({_FIELDS}) and (
        exists (select 1 from seat s where s.id = h.row_id and s.person_id = :person
            and not exists (select 1 from tenure o where o.seat_id = s.id
                and o.person_id <> :person and o.until is not null and h.as_of < o.until))
        or exists (select 1 from tenure t where t.seat_id = h.row_id and t.person_id = :person
            and (t.since is null or h.as_of >= t.since)
            and (t.until is null or h.as_of <= t.until))
        or (h.field = 'person_id' and :person in (h.was, h.became))
        or (coalesce(h.became, 'unknown') = 'unknown' and h.field <> 'person_id' and exists (
            select 1 from {{history}} p where p.tbl = 'seat' and p.row_id = h.row_id
            and p.field = 'person_id' and p.was = :person and p.as_of = h.as_of)))"""
JUDGED_IN_SEATS = (
    _JUDGED.format(history="field_history")
    + " and h.field not in ('influence_state', 'mood_state')"
)
"""The rows of the history of fields, with their notes; `:person` is the id. That a value is known
says nothing beside the value."""
_EVER = """select id, tbl, row_id, field, was, became, as_of from field_history
    union select row_id, json_extract(image, '$.tbl'), json_extract(image, '$.row_id'),
    json_extract(image, '$.field'), json_extract(image, '$.was'), json_extract(image, '$.became'),
    json_extract(image, '$.as_of') from (select row_id, coalesce(after, before) as image
        from change_row where tbl = 'field_history' and batch is null)
    where json_extract(image, '$.tbl') = 'seat'"""
"""The same, with those that were undone and could be done again."""


def carry(book: "Book", table: str, stays: str, goes: str, field: str) -> None:
    """Set a field of a person or seat to what another one says, on the evidence that it has there;
    inside an open change.
    """
    records: Any = book.people if table == "person" else book.seats
    said = book.field_history.of(table, goes, field)
    there = book.field_history.of(table, stays, field)
    evidence = None
    if said:
        # It is no older than what it overrules: the newest entry is what is shown.
        on = max(each[0].as_of for each in (said, there) if each)
        evidence = Evidence(said[0].evidence, said[0].said_by, said[0].note, on)
    value = getattr(records.get(goes), field)
    records.update(stays, on_evidence=evidence, **{field: value})


def judged_ids(db: sqlite3.Connection, person_id: str) -> frozenset[str]:
    """The ids of those rows, also of those that were undone."""
    db.execute(f"create temp table said_ever as {_EVER}")
    try:
        sql = _JUDGED.format(history="temp.said_ever")
        rows = db.execute(f"select id from ({sql})", {"person": person_id})
        return frozenset(row_id for (row_id,) in rows)
    finally:
        db.execute("drop table temp.said_ever")
