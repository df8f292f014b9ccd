"""How a line of Today is drawn: rank, account with its marks, reason, money and one verb."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from csplanner.paint.chips import draw_tier
from csplanner.paint.fonts import MEDIUM, font
from csplanner.paint.icons import draw_icon
from csplanner.paint.marks import draw_mark
from csplanner.paint.tokens import Theme
from csplanner.ui.style_drawing import panel
from csplanner.ui.today.model import ROW_KINDS
from csplanner.ui.today.rows import Heading, Row
from csplanner.ui.todo.drawing import TASK_HEIGHT, draw_task, task_tip
from csplanner.ui.todo.rows import TaskRow
from csplanner.ui.widgets.headed_list import LINE_ROLE, HeadedDelegate, Index, draw_text

ROW_HEIGHT, HEADING_HEIGHT = 56, 28
_NAME, _ICON, _REASON = 39, 217, 247
_MONEY_WIDTH, _VERB_WIDTH = 92, 152
_EDGE = 16
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
BY_KEYS = "byKeys"
"""Property of the view: the keyboard moved last, so the current row shows its ring."""


def verb_rect(row: QRect, verb: str) -> QRectF:
    """Return where the verb of a row stands: what a click must hit."""
    width = QFontMetricsF(font(12, MEDIUM)).horizontalAdvance(verb) + 18
    box = QRectF(0, 0, width, 24)
    box.moveCenter(QRectF(row).center())
    box.moveRight(row.right() + 1 - _EDGE)
    return box


class TodayDelegate(HeadedDelegate[Heading, Row | TaskRow]):
    """Draws headings, tasks and rows; a selected row shows its verb as a button."""

    row_kind = ROW_KINDS

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        line = index.data(LINE_ROLE)
        if isinstance(line, TaskRow):
            return QSize(400, TASK_HEIGHT)
        return QSize(400, HEADING_HEIGHT if isinstance(line, Heading) else ROW_HEIGHT)

    def draw_heading(self, painter: QPainter, rect: QRect, heading: Heading, theme: Theme) -> None:
        draw_group_heading(painter, rect, heading, theme)

    def draw_row(
        self, painter: QPainter, option: QStyleOptionViewItem, row: Row | TaskRow, theme: Theme
    ) -> None:
        _draw_focus(painter, option, theme)
        if isinstance(row, TaskRow):
            draw_task(painter, option, row, theme)
            draw_verb(painter, option, row.verb, theme)
        else:
            _draw_row(painter, option, row, theme)

    def tip(self, row: Row | TaskRow, rect: QRect, pos: QPoint) -> str:
        if isinstance(row, TaskRow):
            return task_tip(row, rect)
        if _money_rect(rect).contains(pos):
            return row.money_full
        if pos.x() < rect.left() + _ICON:
            return f"{row.name}\n{row.sector}".strip()
        return f"{row.headline}\n{row.why}"


def draw_group_heading(painter: QPainter, rect: QRect, heading: Heading, theme: Theme) -> None:
    """Draw the heading of a group with how many it holds."""
    room = QRectF(rect).adjusted(_EDGE, 0, -_EDGE, 0)
    painter.setFont(font(12, MEDIUM))
    painter.setPen(theme.colour("text2"))
    painter.drawText(room, int(_MIDDLE), heading.title)
    width = QFontMetricsF(painter.font()).horizontalAdvance(heading.title)
    painter.setFont(font(12))
    painter.setPen(theme.colour("text3"))
    painter.drawText(room.adjusted(width + 6, 0, 0, 0), int(_MIDDLE), heading.count)


def _money_rect(rect: QRect) -> QRect:
    right = rect.right() - _EDGE - _VERB_WIDTH
    return QRect(QPoint(right - _MONEY_WIDTH, rect.top()), QPoint(right, rect.bottom()))


def _draw_focus(painter: QPainter, option: QStyleOptionViewItem, theme: Theme) -> None:
    by_keys = bool(option.widget and option.widget.property(BY_KEYS))
    if by_keys and option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(theme.colour("focus"), theme.size("focus")))
        painter.drawRect(option.rect.adjusted(1, 1, -1, -2))


def _draw_row(painter: QPainter, option: QStyleOptionViewItem, row: Row, theme: Theme) -> None:
    rect = option.rect
    left, upper, lower = rect.left(), rect.top() + 8, rect.top() + 29
    draw_text(
        painter, QRectF(left, rect.top(), 32, ROW_HEIGHT), row.rank, theme, "text3", right=True
    )
    name = QRectF(left + _NAME, upper, _ICON - _NAME - 8, 20)
    draw_text(painter, name, row.name, theme, "text", weight=MEDIUM)
    x = left + _NAME
    draw_mark(painter, QRectF(x, lower + 2, 14, 14), band=row.band, theme=theme)
    form = "hollow" if row.sentiment != "none" else "dashed"
    mark = QRectF(x + 20, lower + 2, 14, 14)
    draw_mark(painter, mark, band=row.sentiment, theme=theme, form=form)
    draw_tier(
        painter, QRectF(x + 40, lower + 1, 16, 16), tier=row.tier, theme=theme, form="outline"
    )
    sector = QRectF(x + 62, lower, _ICON - _NAME - 70, 18)
    draw_text(painter, sector, row.sector, theme, "text2", px=12)
    box = QRectF(left + _ICON, rect.top(), 18, ROW_HEIGHT)
    draw_icon(painter, box, name=row.icon, colour=theme.colour("text2"), px=18)
    money = QRectF(_money_rect(rect))
    reason = QRectF(left + _REASON, upper, money.left() - left - _REASON - 4, 20)
    draw_text(painter, reason, row.headline, theme, "text", weight=MEDIUM)
    why = QRectF(left + _REASON, lower, reason.width(), 18)
    draw_text(painter, why, row.why, theme, "text2", px=12)
    unknown = "text3" if row.money == "unknown" else "text"
    box = QRectF(money.left(), upper, money.width(), 20)
    draw_text(painter, box, row.money, theme, unknown, right=True)
    draw_text(painter, box.translated(0, 21), row.day, theme, "text2", px=12, right=True)
    draw_verb(painter, option, row.verb, theme)


def draw_verb(painter: QPainter, option: QStyleOptionViewItem, verb: str, theme: Theme) -> None:
    """Draw the verb at the right of a row, as a button where the row is chosen."""
    box = verb_rect(option.rect, verb)
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    if chosen:
        panel(painter, box, fill="surface", border="line", theme=theme)
    painter.setFont(font(12, MEDIUM))
    painter.setPen(theme.colour("text" if chosen else "accent-text"))
    side = Qt.AlignmentFlag.AlignCenter if chosen else _RIGHT
    painter.drawText(box, int(side), verb)
