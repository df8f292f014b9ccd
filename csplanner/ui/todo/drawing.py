"""How a task is drawn in a list: its account, what is to be done, when, and one verb."""

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from csplanner.language import tr
from csplanner.paint.fonts import MEDIUM
from csplanner.paint.icons import draw_icon
from csplanner.paint.tokens import Theme
from csplanner.ui.todo.rows import TaskRow
from csplanner.ui.widgets.headed_list import draw_text

TASK_HEIGHT = 36
_NAME, _ICON, _TITLE = 39, 217, 247
_EDGE, _VERB, _DUE = 16, 152, 150


def draw_task(painter: QPainter, option: QStyleOptionViewItem, row: TaskRow, theme: Theme) -> None:
    """Draw a task in the columns of Today; its verb is drawn by who draws the verbs."""
    rect = QRectF(option.rect)
    left, top, height = rect.left(), rect.top(), rect.height()
    is_done = not row.task.is_open
    ink = "text3" if is_done else "text"
    name = QRectF(left + _NAME, top, _ICON - _NAME - 8, height)
    quiet = "text3" if is_done or not row.account else "text2"
    draw_text(painter, name, row.account or tr("No account"), theme, quiet)
    icon = QRectF(left + _ICON, top, 18, height)
    draw_icon(painter, icon, name=row.icon, colour=theme.colour("text2"), px=16)
    right = rect.right() - _EDGE - _VERB
    due = QRectF(right - _DUE, top, _DUE, height)
    title = QRectF(left + _TITLE, top, due.left() - left - _TITLE - 8, height)
    draw_text(painter, title, row.title, theme, ink, weight=MEDIUM)
    when = "risk-ink" if row.is_late else "text2"
    draw_text(painter, due, row.due, theme, when, px=12, right=True)


def task_tip(row: TaskRow, _rect: QRect) -> str:
    """The whole of a task, as plain text."""
    return "\n".join(part for part in (row.title, row.account, row.due, row.task.note) if part)
