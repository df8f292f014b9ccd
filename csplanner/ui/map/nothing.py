"""What stands in place of a map with nobody on it: the ways to a first one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from csplanner.language import tr
from csplanner.ui.widgets.empty import EmptyState, Way

if TYPE_CHECKING:
    from csplanner.ui.map.verbs import MapVerbs

_WIDE, _HIGH = 34, 16


def draw_dashed_map(painter: QPainter, rect: QRectF) -> None:
    """Draw a card above two others."""
    middle = rect.center()
    top = QRectF(middle.x() - _WIDE / 2, rect.top() + 2, _WIDE, _HIGH)
    foot = rect.bottom() - _HIGH - 2
    half = (top.bottom() + foot) / 2
    painter.drawRoundedRect(top, 3, 3)
    painter.drawLine(QPointF(middle.x(), top.bottom()), QPointF(middle.x(), half))
    for side in (-1, 1):
        x = middle.x() + side * _WIDE * 0.8
        painter.drawRoundedRect(QRectF(x - _WIDE / 2, foot, _WIDE, _HIGH), 3, 3)
        painter.drawLine(QPointF(middle.x(), half), QPointF(x, half))
        painter.drawLine(QPointF(x, half), QPointF(x, foot))


def nobody_placed(verbs: "MapVerbs") -> EmptyState:
    """The dashed map with three ways on."""
    ways = (
        Way(tr("Paste a list"), tr("Names and titles, one a line, give a map in a minute."),
            verbs.paste, "users"),
        Way(tr("Add a person"), tr("Begin with whom you talk to most."), verbs.add_card, "plus"),
        Way(tr("Import contacts"), tr("With roles and managers they come as a map."),
            verbs.import_contacts, "file-input"),
    )  # fmt: skip
    return EmptyState(
        tr("Nobody on this map yet"),
        tr("Draw who decides, who knows whom and who reports to whom. Your touch log and your "
           "snapshots keep it up to date."),
        ways=ways, drawing=draw_dashed_map,
    )  # fmt: skip
