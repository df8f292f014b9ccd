"""The touch pyramid: where tiers and tokens stand, and how a tier, its shelf and a token look."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from csplanner.domain.wording import number_text
from csplanner.language import tr
from csplanner.paint.fonts import MEDIUM, REGULAR, SEMIBOLD, font
from csplanner.paint.marks import draw_mark
from csplanner.paint.tokens import Theme

TOKEN_WIDTH, TOKEN_HEIGHT = 82.0, 26.0
"""A token is at least so wide; see `token_width`."""
STATS_WIDTH = 106.0
LEAST_TIER = 104.0
"""What stands beside a tier needs this height."""
EMPTY_TIER = 62.0
_WIDEST_TOKEN, _WIDTH_STEP = 124.0, 2.0
_BETWEEN, _STEP_Y = 3.0, 32.0
_TITLE = 32.0
_FOOT = 7.0
_GAP = 3.0
_NARROW = 0.67
_INSET = 2.0
_MARK = 11.0
_SHELF_GAP = 16.0


@dataclass(frozen=True, slots=True)
class Token:
    """An account in the pyramid: its key, short name, band, and all of it in words."""

    key: str
    name: str
    band: str
    spoken: str = ""
    planned: bool = False
    """It stands here in a what-if only."""


@dataclass(frozen=True, slots=True)
class TierBox:
    """A tier's slanted ground, where its tokens and its figures stand."""

    shape: QPolygonF
    title: QRectF
    tokens: tuple[QRectF, ...]
    stats: QRectF


@dataclass(frozen=True, slots=True)
class Layout:
    """All tiers from the top, the shelf below them (None without one), and the whole height."""

    tiers: tuple[TierBox, ...]
    shelf: TierBox | None
    height: float
    token: float = TOKEN_WIDTH
    """How wide every token is."""


def token_width(names: Sequence[str]) -> float:
    """The width in which the longest of the names has room, within limits."""
    metrics = QFontMetricsF(font(12, MEDIUM))
    longest = max((metrics.horizontalAdvance(name) for name in names), default=0.0)
    return min(max(TOKEN_WIDTH, round(longest + _MARK + 15)), _WIDEST_TOKEN)


@dataclass
class _Rows:
    """How many tokens each row of a tier takes."""

    counts: list[int] = field(default_factory=list)

    @property
    def height(self) -> float:
        if not self.counts:
            return EMPTY_TIER
        return max(LEAST_TIER, _TITLE + len(self.counts) * _STEP_Y + _FOOT)


def lay_out(
    counts: Sequence[int], shelf: int, *, width: float, height: float, token: float = TOKEN_WIDTH
) -> Layout:
    """Places for `counts` tokens a tier (top first) and `shelf` tokens below, filling `height`.

    Tokens are as wide as `token` where that makes the layout no taller, else narrower. Returns a
    layout taller than `height` where the tokens need more room.
    """
    best = _lay_out(counts, shelf, width=width, height=height, token=TOKEN_WIDTH)
    while token > TOKEN_WIDTH:
        found = _lay_out(counts, shelf, width=width, height=height, token=token)
        if found.height <= max(best.height, height) + 0.5:
            return found
        token -= _WIDTH_STEP
    return best


def _lay_out(
    counts: Sequence[int], shelf: int, *, width: float, height: float, token: float
) -> Layout:
    base = max(width - STATS_WIDTH - 12, 2 * (token + _BETWEEN + _INSET))
    shelf_rows = _rows_of(shelf, [base + STATS_WIDTH] * shelf, token)
    below = _SHELF_GAP + _TITLE + len(shelf_rows.counts) * _STEP_Y + 8 if shelf else 0.0
    tiers = [_Rows() for _ in counts]
    total = max(height - below, EMPTY_TIER * len(counts))
    heights: list[float] = []
    for _ in range(4):
        heights = _stretched([rows.height for rows in tiers], total)
        total = sum(heights)
        tiers = _fill(counts, heights, base=base, token=token)
    heights = _stretched([rows.height for rows in tiers], max(height - below, 0.0))
    boxes, top = [], 0.0
    whole = sum(heights)
    for rows, tall in zip(tiers, heights, strict=True):
        boxes.append(_tier_box(rows, QRectF(0, top, base, tall), whole=whole, token=token))
        top += tall
    room = QRectF(4, top + _SHELF_GAP, base + STATS_WIDTH + 8, 0)
    found = _shelf_box(shelf_rows, room, token=token) if shelf else None
    return Layout(tuple(boxes), found, top + below, token)


def _stretched(heights: list[float], total: float) -> list[float]:
    """The same heights with what is left of `total` shared out evenly."""
    spare = max(0.0, total - sum(heights)) / max(1, len(heights))
    return [height + spare for height in heights]


def _fill(counts: Sequence[int], heights: list[float], *, base: float, token: float) -> list[_Rows]:
    """Rows of each tier, as wide as the slope allows there."""
    whole, top, found = sum(heights), 0.0, []
    for count, height in zip(counts, heights, strict=True):
        widths = [
            _width_at(top + _TITLE + number * _STEP_Y, base, whole) for number in range(count)
        ]
        found.append(_rows_of(count, widths, token))
        top += height
    return found


def _rows_of(count: int, widths: Sequence[float], token: float) -> _Rows:
    most: list[int] = []
    left, step = count, token + _BETWEEN
    for width in widths:
        if left <= 0:
            break
        most.append(max(1, int((width - 2 * _INSET + _BETWEEN) // step)))
        left -= most[-1]
    return _Rows(_evened(count, most))


def _evened(count: int, most: Sequence[int]) -> list[int]:
    """So many tokens in rows that take at most `most`, none with fewer than the row above it."""
    found: list[int] = []
    for at, fits in enumerate(most):
        found.append(min(fits, (count - sum(found)) // (len(most) - at)))
    return found


def _width_at(y: float, base: float, whole: float) -> float:
    share = min(1.0, y / whole) if whole else 1.0
    return base * (_NARROW + (1 - _NARROW) * share)


def _tier_box(rows: _Rows, room: QRectF, *, whole: float, token: float) -> TierBox:
    """A tier in `room`, which is as wide as the foot of the pyramid."""
    top, height, base = room.top(), room.height(), room.width()
    middle, bottom = 4 + base / 2, top + height - _GAP
    upper, lower = _width_at(top, base, whole) / 2, _width_at(bottom, base, whole) / 2
    shape = QPolygonF(
        [
            QPointF(middle - upper, top), QPointF(middle + upper, top),
            QPointF(middle + lower, bottom), QPointF(middle - lower, bottom),
        ]
    )  # fmt: skip
    used = _TITLE + len(rows.counts) * _STEP_Y + _FOOT
    drop = max(0.0, min((height - used) / 2, 14.0))
    title = QRectF(middle - upper, top + 8 + drop / 2, 2 * upper, 20)
    tokens = _places(rows, top + _TITLE + drop, middle, token)
    stats = QRectF(base + 14, top + 4, STATS_WIDTH - 4, height - _GAP - 4)
    return TierBox(shape, title, tokens, stats)


def _shelf_box(rows: _Rows, room: QRectF, *, token: float) -> TierBox:
    rect = QRectF(room)
    rect.setHeight(_TITLE + len(rows.counts) * _STEP_Y + 2)
    title = QRectF(rect.left() + 12, rect.top() + 8, rect.width() - 24, 20)
    places = _places(rows, rect.top() + _TITLE, rect.center().x(), token)
    return TierBox(QPolygonF(rect), title, places, QRectF())


def _places(rows: _Rows, top: float, middle: float, token: float) -> tuple[QRectF, ...]:
    found, step = [], token + _BETWEEN
    for number, count in enumerate(rows.counts):
        left = middle - (count * step - _BETWEEN) / 2
        found += [
            QRectF(round(left + at * step), round(top + number * _STEP_Y), token, TOKEN_HEIGHT)
            for at in range(count)
        ]
    return tuple(found)


def draw_tier(
    painter: QPainter, box: TierBox, *, tier: str, title: str, theme: Theme, wanted: bool = False
) -> None:
    """Draw a tier's ground; `tier` is H, M, L or D, `wanted` while a token hangs over it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = theme.colour(f"tier-{tier.lower()}")
    painter.setPen(QPen(theme.colour("accent"), 2) if wanted else Qt.PenStyle.NoPen)
    painter.setBrush(_wash(theme, tier, strong=wanted))
    painter.drawPolygon(box.shape)
    edge = theme.colour("tier-l") if tier == "D" and not theme.dark else ink
    painter.setPen(QPen(edge, 3))
    left, right = box.shape.at(0), box.shape.at(1)
    painter.drawLine(left + QPointF(0, 0.5), right + QPointF(0, 0.5))
    painter.setFont(font(13, MEDIUM))
    painter.setPen(theme.colour("text"))
    painter.drawText(box.title, int(Qt.AlignmentFlag.AlignCenter), title)
    painter.restore()


def _wash(theme: Theme, tier: str, *, strong: bool) -> QColor:
    """The tier's colour laid thinly over the surface, so that tokens and words stay readable."""
    thin = {"H": 0.15, "M": 0.14, "L": 0.22, "D": 0.52}[tier]
    if theme.dark:
        thin = {"H": 0.14, "M": 0.16, "L": 0.28, "D": 0.50}[tier]
    colour, ground = theme.colour(f"tier-{tier.lower()}"), theme.colour("surface")
    share = min(1.0, thin * (1.5 if strong else 1.0))
    return QColor(
        round(ground.red() + (colour.red() - ground.red()) * share),
        round(ground.green() + (colour.green() - ground.green()) * share),
        round(ground.blue() + (colour.blue() - ground.blue()) * share),
    )


def draw_shelf(painter: QPainter, box: TierBox, *, title: str, note: str, theme: Theme) -> None:
    """Draw the dashed shelf of accounts that are not placed."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(theme.colour("none-ink"), 1.2)
    pen.setDashPattern([3, 2.4])
    painter.setPen(pen)
    painter.setBrush(theme.colour("surface"))
    painter.drawRoundedRect(box.shape.boundingRect().adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
    painter.setFont(font(13, MEDIUM))
    painter.setPen(theme.colour("text"))
    middle = int(Qt.AlignmentFlag.AlignVCenter)
    painter.drawText(box.title, middle, title)
    shift = QFontMetricsF(font(13, MEDIUM)).horizontalAdvance(title) + 8
    painter.setFont(font(12, REGULAR))
    painter.setPen(theme.colour("text3"))
    painter.drawText(box.title.adjusted(shift, 0, 0, 0), middle, note)
    painter.restore()


def draw_token(
    painter: QPainter, rect: QRectF, *, token: Token, theme: Theme, state: str = ""
) -> None:
    """Draw a token filling `rect`; `state` is empty, hover or selected.

    A token planned in a what-if has a dashed border: it is not there yet.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    selected = state == "selected"
    border = "accent" if selected or token.planned else "control" if state == "hover" else "line"
    pen = QPen(theme.colour(border), 2 if selected else 1)
    if token.planned:
        pen.setDashPattern([3, 2])
    painter.setPen(pen)
    painter.setBrush(theme.colour("hover" if state == "hover" else "surface"))
    shift = pen.widthF() / 2
    painter.drawRoundedRect(rect.adjusted(shift, shift, -shift, -shift), 5, 5)
    mark = QRectF(rect.left() + 6, rect.center().y() - _MARK / 2, _MARK, _MARK)
    draw_mark(painter, mark, band=token.band, theme=theme)
    face = font(12, MEDIUM if selected else REGULAR)
    room = rect.adjusted(_MARK + 10, 0, -3, 0)
    painter.setFont(face)
    painter.setPen(theme.colour("text"))
    words = QFontMetricsF(face).elidedText(token.name, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), words)
    painter.restore()


def draw_more(
    painter: QPainter, rect: QRectF, *, count: int, theme: Theme, state: str = ""
) -> None:
    """Draw the last token of a large tier: how many more accounts it holds."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if state:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("hover"))
        painter.drawRoundedRect(rect, 5, 5)
    painter.setFont(font(12, SEMIBOLD))
    painter.setPen(theme.colour("accent-text"))
    painter.drawText(
        rect, int(Qt.AlignmentFlag.AlignCenter), tr("+{0} more").format(number_text(count))
    )
    painter.restore()
