"""What an empty cell means where the CRM says that something ended goes on: a case or a deal that
is open again, somebody who is back.
"""

from csplanner.book.staging_shapes import Column, Shape

REOPENED = "reopened"
"""How such a changed field is marked: it follows from the state the file states."""
_BACK = (
    "b.status = 'unverified' and s.weak is not 1 and coalesce((select f.source from "
    "main.field_history f where f.tbl = 'person' and f.row_id = b.id and f.field = 'status' "
    "order by f.rowid desc limit 1), 'csm') <> 'csm'"
)
_AGAIN = {
    ("case", "closed_on"): "s.is_closed = 0 and b.closed_on is not null",
    ("opportunity", "loss_reason"): "s.state = 'open' and b.loss_reason <> ''",
    ("person", "left_on"): "s.status = 'active' and b.left_on is not null",
    ("person", "status"): _BACK,
}
"""When a field the file leaves empty is not that of an ended record any more."""


def again(shape: Shape, column: Column) -> str:
    """SQL condition: the staged row `s` tells by its state that the book's `b` is over with what
    this field says; empty where a field has no such meaning.
    """
    found = _AGAIN.get((shape.object, column.name), "")
    return f'(s."{column.name}" is null and {found})' if found else ""


def becomes(column: Column, shown: str) -> str:
    """SQL of the value it has from then on."""
    return f"coalesce({shown}, {column.default})" if column.name == "status" else shown
