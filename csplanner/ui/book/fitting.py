"""How wide a column of the Book must be for what it shows now."""

from typing import TYPE_CHECKING

from csplanner.language import tr
from csplanner.paint.bars import COVERAGE_SIZE, TOUCH_SIZE
from csplanner.paint.cells import HEAD, MARK, SECOND, TITLE, text_width
from csplanner.ui.book.columns import COLUMNS, Col
from csplanner.ui.book.model import shown_text
from csplanner.ui.book.rows import BookRow

if TYPE_CHECKING:
    from csplanner.ui.book.table import BookTable

_PAD = 8
_ARROW = 24
_MOST_LINES = 300
_NARROWEST, _WIDEST = 34, 480
_BESIDE = {
    Col.TIER: 26, Col.HEALTH: MARK + 6, Col.SENTIMENT: MARK + 8, Col.TOUCH: TOUCH_SIZE[0] + 10,
    Col.RENEWAL: 8,
}  # fmt: skip
_FIXED = {Col.SPARK: 82, Col.COVERAGE: COVERAGE_SIZE[0] + 2 * _PAD}


def fitting_width(table: "BookTable", column: int) -> int:
    """The width of a column for its head and the lines in and near sight, in pixels."""
    if column in _FIXED:
        return _FIXED[Col(column)]
    model = table.accounts
    first = max(table.rowAt(0), 0)
    last = min(first + _MOST_LINES, model.rowCount())
    rows = (model.account_at(line) for line in range(first, last))
    needed = max((_wide(row, column) for row in rows if row is not None), default=0)
    head = text_width(tr(COLUMNS[column].title), HEAD) + _ARROW
    wide = round(max(needed + _BESIDE.get(Col(column), 0), head)) + 2 * _PAD + 2
    return min(max(wide, _NARROWEST), _WIDEST)


def _wide(row: BookRow, column: int) -> float:
    if column == Col.ACCOUNT:
        note = text_width(row.note, SECOND) + _PAD if row.note else 0.0
        return text_width(row.name, TITLE) + note
    return text_width(shown_text(row, column), TITLE)
