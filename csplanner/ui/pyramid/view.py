"""The pyramid as a scene: tiers, tokens that can be dragged or moved by key, and the shelf."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsItem,
    QGraphicsScene,
    QGraphicsView,
    QStyleOptionGraphicsItem,
    QWidget,
)

from csplanner.domain.account import Tier
from csplanner.paint.pyramid import (
    TOKEN_HEIGHT,
    TOKEN_WIDTH,
    Layout,
    draw_shelf,
    draw_tier,
    lay_out,
    token_width,
)
from csplanner.paint.pyramid_hours import draw_figures
from csplanner.ui.look import theme_of
from csplanner.ui.pyramid.rows import TierContent, letter_of
from csplanner.ui.pyramid.tokens import MoreItem, TokenItem
from csplanner.ui.widgets.format import number, plural

_LETTERS = {
    Qt.Key.Key_H: Tier.HIGH, Qt.Key.Key_M: Tier.MEDIUM, Qt.Key.Key_L: Tier.LOW,
    Qt.Key.Key_D: Tier.DIGITAL,
}  # fmt: skip
_ARROWS = {
    Qt.Key.Key_Left: QPointF(-1, 0), Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1), Qt.Key.Key_Down: QPointF(0, 1),
}  # fmt: skip


class PyramidView(QGraphicsView):
    """Shows TierContents. `chosen(id)`: the current account; `opened(id)`: Enter, double click.

    `asked(id, tier)`: it should move there (tier None: ask where). `more(tier)`: show all of it.
    """

    chosen = Signal(str)
    opened = Signal(str)
    asked = Signal(str, object)
    more = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.current = ""
        self.letters = True
        self._tiers: Sequence[TierContent] = ()
        self._shelf = TierContent(None)
        self._layout = Layout((), None, 0.0)
        self.token_rect = QRectF(0, 0, TOKEN_WIDTH, TOKEN_HEIGHT)
        self._items: dict[str, TokenItem] = {}
        self._more: list[MoreItem] = []
        self._wanted: Tier | None = None
        self._ground = _Ground(self)
        scene = QGraphicsScene(self)
        scene.addItem(self._ground)
        self.setScene(scene)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setProperty("ownFocus", True)
        self.setAccessibleName(self.tr("Touch pyramid"))

    # What it shows

    def show_tiers(self, tiers: Sequence[TierContent], shelf: TierContent) -> None:
        """Show the tiers from the top, and the accounts that are not placed below them."""
        self._tiers, self._shelf = tiers, shelf
        contents = (*tiers, shelf)
        wanted = {token.key: token for content in contents for token in content.tokens}
        for key in [key for key in self._items if key not in wanted]:
            self.scene().removeItem(self._items.pop(key))
        self._ground.prepare()
        for key, token in wanted.items():
            if key in self._items:
                self._items[key].show_token(token)
        for item in self._more:
            self.scene().removeItem(item)
        self._more = [MoreItem(c.tier, c.more, self) for c in contents if c.more]
        for item in self._more:
            self.scene().addItem(item)
        self._place(moving=True)
        self._tell()

    def show_current(self, account_id: str) -> None:
        """Let one account stand out, without telling anybody."""
        self.current = account_id
        item = self._items.get(account_id)
        if item is not None:
            self.ensureVisible(item, 8, 8)
        self._tell()
        self.viewport().update()

    def choose(self, account_id: str) -> None:
        """Make an account the current one and tell whoever listens."""
        self.show_current(account_id)
        self.chosen.emit(account_id)

    def keys(self) -> list[str]:
        """The accounts that have a token, from the top."""
        return [t.key for content in (*self._tiers, self._shelf) for t in content.tokens]

    def tier_of(self, account_id: str) -> Tier | None:
        """The tier in which an account's token stands."""
        for content in self._tiers:
            if any(token.key == account_id for token in content.tokens):
                return content.tier
        return None

    def item_of(self, account_id: str) -> TokenItem | None:
        """The token of an account, when it is shown."""
        return self._items.get(account_id)

    def corner_of(self, account_id: str) -> QPoint:
        """A point below an account's token, in the viewport's coordinates."""
        item = self._items.get(account_id)
        if item is None:
            return self.viewport().rect().center()
        spot = item.pos() + QPointF(-30, TOKEN_HEIGHT + 12)
        return self.mapFromScene(spot)

    # Dragging

    def hang_over(self, spot: QPointF) -> None:
        """Light the tier under a token that is dragged."""
        found = self._tier_at(spot)
        if found is not self._wanted:
            self._wanted = found
            self.viewport().update()

    def drop(self, item: TokenItem, spot: QPointF) -> None:
        """Ask for the tier under the pointer, or let the token go home."""
        tier = self._tier_at(spot)
        self._wanted = None
        self.viewport().update()
        if tier is None or tier is self.tier_of(item.token.key):
            item.let_go()
        else:
            self.asked.emit(item.token.key, tier)

    def send_home(self, account_id: str) -> None:
        """Let a token that was dropped go back to where it stands."""
        item = self._items.get(account_id)
        if item is not None:
            item.let_go()

    def _tier_at(self, spot: QPointF) -> Tier | None:
        for box, content in zip(self._layout.tiers, self._tiers, strict=False):
            bounds = box.shape.boundingRect()
            if bounds.top() <= spot.y() <= bounds.bottom() + 3 and spot.x() <= box.stats.left():
                return content.tier
        return None

    # Keys

    def event(self, event: QEvent) -> bool:
        """Take Ctrl+T from the window: here it opens the popover beside the token."""
        asks = event.type() == QEvent.Type.ShortcutOverride
        if asks and self._is_ctrl_t(event) and self.current in self._items:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        known = self.current in self._items
        if key == Qt.Key.Key_Escape and any(i.is_dragged for i in self._items.values()):
            self._give_up()
        elif plain and key in _ARROWS:
            self._step(_ARROWS[key])
        elif known and plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.current)
        elif known and plain and self.letters and key in _LETTERS:
            self.asked.emit(self.current, _LETTERS[key])
        elif known and self._is_ctrl_t(event):
            self.asked.emit(self.current, None)
        else:
            super().keyPressEvent(event)

    def _is_ctrl_t(self, event: QEvent) -> bool:
        ctrl = Qt.KeyboardModifier.ControlModifier
        if not isinstance(event, QKeyEvent):
            return False
        return event.key() == Qt.Key.Key_T and event.modifiers() == ctrl

    def _give_up(self) -> None:
        self._wanted = None
        for item in self._items.values():
            if item.is_dragged:
                item.let_go()
        self.viewport().update()

    def _step(self, way: QPointF) -> None:
        """Go to the nearest token on that side; rows count more than columns."""
        now = self._items.get(self.current)
        if now is None:
            keys = self.keys()
            if keys:
                self.choose(keys[0])
            return
        best, found = 1e12, ""
        for key, item in self._items.items():
            step = item.home - now.home
            along = QPointF.dotProduct(step, way)
            across = abs(step.x() * way.y()) + abs(step.y() * way.x())
            cost = along + (4 if way.x() else 0.8) * across
            if item is not now and along > 1 and cost < best:
                best, found = cost, key
        if found:
            self.choose(found)

    # Inside

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(moving=False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.current not in self._items and self._items:
            self.choose(self.keys()[0])
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def _place(self, *, moving: bool) -> None:
        """Lay everything out in the room there is."""
        room = self.viewport().size()
        counts = [len(c.tokens) + bool(c.more) for c in self._tiers]
        shelf = len(self._shelf.tokens) + bool(self._shelf.more)
        names = [t.name for content in (*self._tiers, self._shelf) for t in content.tokens]
        self._layout = lay_out(
            counts,
            shelf,
            width=room.width() - 8.0,
            height=room.height() - 8.0,
            token=token_width(names),
        )
        if self._layout.token != self.token_rect.width():
            self._resize_tokens()
            self.token_rect = QRectF(0, 0, self._layout.token, TOKEN_HEIGHT)
        self.setSceneRect(QRectF(0, -4, room.width(), self._layout.height + 8))
        self._ground.show_layout(self.sceneRect())
        boxes = list(zip(self._layout.tiers, self._tiers, strict=False))
        if self._layout.shelf is not None:
            boxes.append((self._layout.shelf, self._shelf))
        for box, content in boxes:
            for token, rect in zip(content.tokens, box.tokens, strict=False):
                self._stand(token.key, rect.topLeft(), partial(TokenItem, token, self), moving)
            if content.more:
                item = next(m for m in self._more if m.tier is content.tier)
                item.setPos(box.tokens[-1].topLeft())

    def _resize_tokens(self) -> None:
        """Tell all tokens that they are about to have another width."""
        for token in self._items.values():
            token.change_size()
        for more in self._more:
            more.change_size()

    def _stand(self, key: str, spot: QPointF, make: "partial[TokenItem]", moving: bool) -> None:
        item = self._items.get(key)
        if item is None:
            item = self._items[key] = make()
            self.scene().addItem(item)
            item.settle(spot, moving=False)
        else:
            item.settle(spot, moving=moving and self.isVisible())

    def _tell(self) -> None:
        item = self._items.get(self.current)
        sizes = ", ".join(f"{c.title} {number(c.count)}" for c in self._tiers)
        if self._shelf.count:
            sizes += f", {self._shelf.title} {number(self._shelf.count)}"
        self.setAccessibleDescription(f"{item.token.spoken}. {sizes}" if item else sizes)

    # For the ground

    def draw_ground(self, painter: QPainter) -> None:
        """Draw tiers, figures and shelf."""
        look = theme_of(self)
        scale = max(
            (max(c.figures.promised, c.figures.spent, c.figures.planned or 0.0)
             for c in self._tiers if c.figures is not None),
            default=0.0,
        )  # fmt: skip
        for box, content in zip(self._layout.tiers, self._tiers, strict=False):
            if content.tier is None or content.figures is None:
                continue
            letter, wanted = letter_of(content.tier), content.tier is self._wanted
            draw_tier(painter, box, tier=letter, title=content.title, theme=look, wanted=wanted)
            draw_figures(
                painter, box.stats, figures=content.figures, tier=letter, scale=scale, theme=look
            )
        if self._layout.shelf is not None:
            note = plural(self._shelf.count, "account")
            draw_shelf(painter, self._layout.shelf, title=self._shelf.title, note=note, theme=look)


class _Ground(QGraphicsItem):
    """Everything that stands still."""

    def __init__(self, view: PyramidView) -> None:
        super().__init__()
        self._view = view
        self._rect = QRectF(0, 0, TOKEN_WIDTH, TOKEN_HEIGHT)

    def prepare(self) -> None:
        """Draw again."""
        self.update()

    def show_layout(self, rect: QRectF) -> None:
        """Cover the scene."""
        self.prepareGeometryChange()
        self._rect = rect

    def boundingRect(self) -> QRectF:
        return self._rect

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        self._view.draw_ground(painter)
