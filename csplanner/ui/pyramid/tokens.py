"""The things that stand in the pyramid's scene: tokens to take, and what says how many more."""

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QPointF, QPropertyAnimation, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsItem,
    QGraphicsObject,
    QGraphicsSceneHoverEvent,
    QGraphicsSceneMouseEvent,
    QStyleOptionGraphicsItem,
    QWidget,
)

from csplanner.domain.account import Tier
from csplanner.paint.pyramid import Token, draw_more, draw_token
from csplanner.paint.shadow import DROP, REACH, draw_panel
from csplanner.ui.look import theme_of
from csplanner.ui.motion import is_still

if TYPE_CHECKING:
    from csplanner.ui.pyramid.view import PyramidView

SETTLE_MS = 160
_LYING, _TAKEN = 1, 2


class TokenItem(QGraphicsObject):
    """One account; it can be dragged to another tier and goes home when that comes to nothing."""

    def __init__(self, token: Token, view: "PyramidView") -> None:
        super().__init__()
        self.token = token
        self.home = QPointF()
        self._view = view
        self._hovered = self._dragged = False
        self._grip = QPointF()
        self._settling = QPropertyAnimation(self, b"pos", self)
        self._settling.setDuration(SETTLE_MS)
        self._settling.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.setAcceptHoverEvents(True)
        self.setZValue(_LYING)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.show_token(token)

    def show_token(self, token: Token) -> None:
        """Show the account as it is now."""
        self.token = token
        self.setToolTip(f"<qt>{escape(token.spoken)}</qt>")
        self.update()

    def settle(self, home: QPointF, *, moving: bool) -> None:
        """Go to `home`, gliding there when `moving`."""
        self.home = home
        self._settling.stop()
        if moving and not is_still() and self.pos() != home:
            self._settling.setStartValue(self.pos())
            self._settling.setEndValue(home)
            self._settling.start()
        else:
            self.setPos(home)

    def boundingRect(self) -> QRectF:
        reach = REACH + DROP if self._dragged else 5
        return self._view.token_rect.adjusted(-reach, -reach, reach, reach)

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        look = theme_of(self._view)
        chosen = self._view.current == self.token.key
        state = "selected" if chosen or self._dragged else "hover" if self._hovered else ""
        if self._dragged:
            draw_panel(painter, self._view.token_rect, theme=look, radius=5)
        draw_token(painter, self._view.token_rect, token=self.token, theme=look, state=state)
        if chosen and self._view.hasFocus() and not self._dragged:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look.colour("focus"), look.size("focus")))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._view.token_rect.adjusted(-3, -3, 3, 3), 7, 7)

    def hoverEnterEvent(self, _event: QGraphicsSceneHoverEvent) -> None:
        self._hovered = True
        self.update()

    def hoverLeaveEvent(self, _event: QGraphicsSceneHoverEvent) -> None:
        self._hovered = False
        self.update()

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self._grip = event.pos()
        self._view.choose(self.token.key)

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if not self._dragged:
            far = event.screenPos() - event.buttonDownScreenPos(Qt.MouseButton.LeftButton)
            if far.manhattanLength() < QApplication.startDragDistance():
                return
            self._take(taken=True)
        self.setPos(event.scenePos() - self._grip)
        self._view.hang_over(event.scenePos())

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if self._dragged:
            self._take(taken=False)
            self._view.drop(self, event.scenePos())

    def mouseDoubleClickEvent(self, _event: QGraphicsSceneMouseEvent) -> None:
        self._view.opened.emit(self.token.key)

    def let_go(self) -> None:
        """Give up a drag and go home."""
        self._take(taken=False)
        self.settle(self.home, moving=True)

    def change_size(self) -> None:
        """Get ready for another width of all tokens."""
        self.prepareGeometryChange()

    @property
    def is_dragged(self) -> bool:
        """Whether it hangs at the pointer."""
        return self._dragged

    def _take(self, *, taken: bool) -> None:
        self._settling.stop()
        self.prepareGeometryChange()
        self._dragged = taken
        self.setZValue(_TAKEN if taken else _LYING)
        cursor = Qt.CursorShape.ClosedHandCursor if taken else Qt.CursorShape.OpenHandCursor
        self.setCursor(cursor)


class MoreItem(QGraphicsItem):
    """The last token of a large tier; a click shows all of it in the Book."""

    def __init__(self, tier: Tier | None, count: int, view: "PyramidView") -> None:
        super().__init__()
        self.tier, self.count = tier, count
        self._view = view
        self._hovered = False
        self.setAcceptHoverEvents(True)
        self.setZValue(_LYING)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def change_size(self) -> None:
        """Get ready for another width of all tokens."""
        self.prepareGeometryChange()

    def boundingRect(self) -> QRectF:
        return self._view.token_rect

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        state = "hover" if self._hovered else ""
        draw_more(
            painter,
            self._view.token_rect,
            count=self.count,
            theme=theme_of(self._view),
            state=state,
        )

    def hoverEnterEvent(self, _event: QGraphicsSceneHoverEvent) -> None:
        self._hovered = True
        self.update()

    def hoverLeaveEvent(self, _event: QGraphicsSceneHoverEvent) -> None:
        self._hovered = False
        self.update()

    def mousePressEvent(self, _event: QGraphicsSceneMouseEvent) -> None:
        self._view.more.emit(self.tier)
