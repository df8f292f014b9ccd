"""Puts the columns of the Book's table as a layout says, and reads how they stand."""

from csplanner.language import tr
from csplanner.paint.cells import HEAD, text_width
from csplanner.ui.book.columns import COLUMNS, FROZEN, Column, Layout
from csplanner.ui.widgets.table import Table

_AROUND = 18
"""What stands around the words of a head."""


def usual_width(column: Column) -> int:
    """How wide a column is that nobody changed: what looks best, or what its head needs."""
    if not column.title:
        return column.width
    head = round(text_width(tr(column.title), HEAD)) + _AROUND
    return min(max(column.width, head), 2 * column.width)


def put(table: Table, layout: Layout) -> None:
    """Order the columns, make them as wide, hide some, and let some stay in place."""
    head = table.head
    places = {column.key: at for at, column in enumerate(COLUMNS)}
    head.frozen = FROZEN
    for visual, key in enumerate(layout.order):
        head.moveSection(head.visualIndex(places[key]), visual)
    for at, column in enumerate(COLUMNS):
        table.setColumnHidden(at, column.key in layout.hidden)
        if column.key not in layout.hidden:
            head.resizeSection(at, layout.widths.get(column.key, usual_width(column)))
    table.frozen = head.frozen = layout.frozen


def standing(table: Table) -> Layout:
    """How the columns stand now."""
    head = table.head
    order = tuple(COLUMNS[head.logicalIndex(v)].key for v in range(len(COLUMNS)))
    hidden = frozenset(c.key for at, c in enumerate(COLUMNS) if head.isSectionHidden(at))
    last = next((key for key in reversed(order) if key not in hidden), "")
    # The last column fills what is left, so its width says nothing.
    widths = {
        column.key: head.sectionSize(at)
        for at, column in enumerate(COLUMNS)
        if column.key not in hidden
        and column.key != last
        and head.sectionSize(at) != usual_width(column)
    }
    return Layout(order, hidden, widths, table.frozen)
