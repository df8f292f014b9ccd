"""What stands in place of a map with nobody on it: the ways to a first one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from csplanner.language import tr
from csplanner.ui.widgets.empty import EmptyState, Way

if TYPE_CHECKING:
    from csplanner.ui.map.verbs import MapVerbs


def draw_dashed_map(painter: QPainter, rect: QRectF) -> None:
    """Draw a card above two others."""
    wide, high = rect.width() * 0.4, rect.height() * 0.2
    middle = rect.center()
    top = QRectF(middle.x() - wide / 2, rect.top() + 2, wide, high)
    foot = rect.bottom() - high - 2
    half = (top.bottom() + foot) / 2
    painter.drawRoundedRect(top, 3, 3)
    painter.drawLine(QPointF(middle.x(), top.bottom()), QPointF(middle.x(), half))
    for side in (-1, 1):
        x = middle.x() + side * wide * 0.65
        painter.drawRoundedRect(QRectF(x - wide / 2, foot, wide, high), 3, 3)
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


def all_parked(verbs: "MapVerbs") -> EmptyState:
    """The dashed map where people are known and none of them stands on it."""
    ways = (
        Way(tr("Put all on the map"), tr("Who reports to whom you can say there."),
            verbs.put_everybody_on_map, "users"),
        Way(tr("Choose from the list"), tr("Everybody known at the account, by name."),
            verbs.show_parking, "list-checks"),
        Way(tr("Paste a list"), tr("Names and titles, one a line, with who reports to whom."),
            verbs.paste, "plus"),
    )  # fmt: skip
    return EmptyState(
        tr("Nobody on this map yet"),
        tr("People are known at this account, and none of them has a role, a manager or a line."),
        ways=ways, drawing=draw_dashed_map,
    )  # fmt: skip
