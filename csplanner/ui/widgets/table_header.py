"""The head of a wide table: columns that stay in place, a sort arrow beside the name, a tick."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyleOptionViewItem, QWidget

from csplanner.paint.cells import HEAD, Cells, elided, text_width
from csplanner.ui.look import theme_of

HEIGHT = 28
_PAD = 8
_ARROW = 12
AXIS = (11, HEAD[1])


class TableHeader(QHeaderView):
    """Draws the heads itself; the first `frozen` columns stay at the left.

    `ticked` is emitted when the box in the first head is pressed.
    """

    ticked = Signal()

    def __init__(self, frozen: int, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.frozen = frozen
        self._fixed = frozen
        self.tick = Qt.CheckState.Unchecked
        self._sorted: dict[int, tuple[bool, str]] = {}
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(24)
        self.setStretchLastSection(True)
        self.setFixedHeight(max(HEIGHT, self.fontMetrics().height() + 10))
        self.sectionMoved.connect(self._keep_frozen)
        self._putting_back = False

    def show_sorts(self, sorts: Sequence[tuple[int, bool]]) -> None:
        """Show an arrow at each of some columns, (column, descending), the first deciding most."""
        ranks = [str(rank) if len(sorts) > 1 else "" for rank in range(1, len(sorts) + 1)]
        self._sorted = {at: (down, r) for (at, down), r in zip(sorts, ranks, strict=True)}
        self.viewport().update()

    def show_tick(self, state: Qt.CheckState) -> None:
        """Show the box in the first head as empty, partly or fully ticked."""
        if state != self.tick:
            self.tick = state
            self.viewport().update()

    def frozen_width(self) -> int:
        """Return the width of the columns that stay in place."""
        return sum(self.sectionSize(self.logicalIndex(v)) for v in range(self.frozen))

    def left_of(self, logical: int) -> int:
        """Return where a column begins in the viewport."""
        if self.visualIndex(logical) < self.frozen:
            return self.sectionPosition(logical)
        return self.sectionViewportPosition(logical)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._placed(event)
        if self.logicalIndexAt(place.position().toPoint()) == 0 and self._is_left(event):
            self.ticked.emit()
            return
        super().mousePressEvent(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(self._placed(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(self._placed(event))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        look = theme_of(self)
        cells = Cells(look, self.devicePixelRatioF())
        cells.begin(painter)
        whole = self.viewport().rect()
        edge = self.frozen_width()
        painter.fillRect(whole, look.colour("window"))
        painter.setClipRect(whole.adjusted(edge, 0, 0, 0))
        for visual in range(self.frozen, self.count()):
            self._draw(painter, cells, self.logicalIndex(visual))
        painter.setClipping(False)
        for visual in range(self.frozen):
            self._draw(painter, cells, self.logicalIndex(visual))
        painter.setPen(look.colour("line"))
        painter.drawLine(whole.bottomLeft(), whole.bottomRight())
        painter.end()

    def _draw(self, painter: QPainter, cells: Cells, logical: int) -> None:
        if self.isSectionHidden(logical):
            return
        left, width = self.left_of(logical), self.sectionSize(logical)
        if logical == 0:
            self._draw_tick(painter, QRect(left, 0, width, self.height()))
            cells.begin(painter)
            return
        model = self.model()
        text = str(model.headerData(logical, self.orientation()) or "")
        sort = self._sorted.get(logical)
        room = width - 2 * _PAD - (_ARROW + 2 if sort else 0)
        rank = sort[1] if sort else ""
        rank_wide = round(text_width(rank, AXIS)) + 1 if rank else 0
        if text_width(text, HEAD) + rank_wide > room + 1:
            rank = ""  # which column this is comes before which sort
        room -= rank_wide if rank else 0
        shown = text if text_width(text, HEAD) <= room + 1 else elided(text, HEAD, room)
        wide = text_width(shown, HEAD)
        align = model.headerData(logical, self.orientation(), Qt.ItemDataRole.TextAlignmentRole)
        to_right = bool(align) and bool(Qt.AlignmentFlag(align) & Qt.AlignmentFlag.AlignRight)
        x = left + _PAD if not to_right else left + _PAD + room - wide
        token = "text" if sort else "text3"
        cells.text(x, 0, self.height() - 1, shown, face=HEAD, token=token)
        if sort:
            name = "arrow-up" if sort[0] else "arrow-down"
            cells.icon(x + wide + 2, self.height() / 2, name=name, token="text2", px=_ARROW)
            after = x + wide + 2 + _ARROW
            cells.text(after, 0, self.height() - 1, rank, face=AXIS, token="text2")

    def _draw_tick(self, painter: QPainter, rect: QRect) -> None:
        option = QStyleOptionViewItem()
        option.initFrom(self)
        option.rect = rect
        option.state = QStyle.StateFlag.State_Enabled
        if self.tick is Qt.CheckState.Checked:
            option.state |= QStyle.StateFlag.State_On
        elif self.tick is Qt.CheckState.PartiallyChecked:
            option.state |= QStyle.StateFlag.State_NoChange
        box = QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck
        self.style().drawPrimitive(box, option, painter, self)

    def _placed(self, event: QMouseEvent) -> QMouseEvent:
        """Let a press on a frozen head reach it although the others have moved below it."""
        offset = self.offset()
        if not offset or event.position().x() >= self.frozen_width():
            return event
        place = event.position() - QPointF(offset, 0)
        return QMouseEvent(
            event.type(), place, event.globalPosition(), event.button(), event.buttons(),
            event.modifiers(),
        )  # fmt: skip

    def _is_left(self, event: QMouseEvent) -> bool:
        return event.button() == Qt.MouseButton.LeftButton

    def _keep_frozen(self, _logical: int, old: int, new: int) -> None:
        """Put a column that always stands first back, and others behind those that do."""
        if self._putting_back or (old >= self._fixed and new >= self._fixed):
            return
        self._putting_back = True
        self.moveSection(new, old)
        self._putting_back = False

    def sectionRect(self, logical: int) -> QRectF:
        """Return the rectangle of a head in the viewport."""
        return QRectF(self.left_of(logical), 0, self.sectionSize(logical), self.height())
