"""A whole relationship map, drawn for pictures and pages: ground, our row, lines, cards."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from csplanner.domain.map_figures import MapChange
from csplanner.domain.map_layout import Places, Rect, places
from csplanner.domain.map_lens import shown_lines
from csplanner.domain.map_model import Lens, Line, LineKind, RelationMap
from csplanner.domain.map_routes import Route, routes
from csplanner.language import tr
from csplanner.paint.fonts import REGULAR, font
from csplanner.paint.map_card import Detail, paint_card, paint_ours
from csplanner.paint.map_lines import (
    LineLook,
    clear_label,
    draw_label,
    draw_line,
    draw_trunks,
    fitting,
    in_order,
    line_looks,
    plain_line,
)
from csplanner.paint.map_look import (
    CardLook,
    OursLook,
    card_looks,
    changed,
    marks_of,
    ours_looks,
    plain_look,
)
from csplanner.paint.tokens import Theme

_DOT_STEP = 20


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything of one map that is drawn, ready: made once, drawn page after page."""

    shown: RelationMap
    lens: Lens
    places: Places
    cards: Mapping[str, CardLook]
    ours: tuple[OursLook, ...]
    lines: tuple[Line, ...]
    """From the lowest to the one drawn last."""
    looks: Mapping[str, LineLook]
    ways: Mapping[str, Route]
    plain: bool
    other_day: date | None = None
    """The day that tags on the cards compare with."""

    @property
    def row_words(self) -> str:
        """What is written below our people."""
        return tr("Who looks after whom") if self.plain else tr("Us, who covers whom")

    @property
    def bounds(self) -> QRectF:
        """Around everything drawn, words and bows of lines included."""
        box = rect_of(self.places.bounds)
        for way in self.ways.values():
            xs, ys = zip(*way.points, way.label_at, strict=True)
            box = box.united(QRectF(QPointF(min(xs), min(ys)), QPointF(max(xs), max(ys))))
        return box


def drawing(
    shown: RelationMap,
    lens: Lens = Lens.REPORTING,
    *,
    plain: bool = False,
    csm: str = "",
    changes: MapChange | None = None,
) -> Drawing:
    """Make a map ready to be drawn; `plain` for one that was cleaned by `customer_map`.

    `csm` is your name, where it is known; `changes` against another day are marked on the cards.
    Who of us has no line through this lens is left out.
    """
    lines = tuple(in_order(shown.lines if plain else shown_lines(shown, lens)))
    joined = {end for line in lines for end in (line.start, line.end)}
    shown = replace(shown, ours=tuple(o for o in shown.ours if o.key in joined))
    spots = places(shown)
    boxes = [rect_of(r) for key in spots.at if (r := spots.rect(key)) is not None]
    looks = {li.key: plain_line(li) for li in lines} if plain else line_looks(lines, shown)
    cards = {c.key: plain_look(c) for c in shown.cards} if plain else card_looks(shown, lens)
    for key, mark in marks_of(changes).items():
        if key in cards:
            cards[key] = changed(cards[key], mark)
    led = routes(lines, spots)
    ways = {key: clear_label(way, looks[key], boxes) for key, way in led.items()}
    looks |= {key: fitting(way, looks[key], boxes) for key, way in ways.items()}
    people = ours_looks(shown, csm, plain=plain)
    other = None
    if changes is not None:
        other = changes.until if shown.day == changes.since else changes.since
    return Drawing(shown, lens, spots, cards, people, lines, looks, ways, plain, other)


def rect_of(rect: Rect) -> QRectF:
    """The rectangle as Qt has it."""
    return QRectF(rect.x, rect.y, rect.wide, rect.high)


def draw_map(
    painter: QPainter,
    ready: Drawing,
    theme: Theme,
    *,
    within: QRectF | None = None,
    detail: Detail = Detail.FULL,
) -> None:
    """Draw a map in its own units; of a part, `within`, the cards that lie in it whole, and the
    lines that reach into it.
    """
    draw_row(painter, ready.places, ready.row_words, theme)
    drawn = [
        (line, way)
        for line in ready.lines
        if (way := ready.ways.get(line.key)) and (within is None or _reaches(way, within))
    ]
    trunks = [(w, ready.looks[li.key]) for li, w in drawn if li.kind is LineKind.REPORTS]
    draw_trunks(painter, trunks, theme)
    for line, way in drawn:
        if line.kind is not LineKind.REPORTS:
            draw_line(painter, way, ready.looks[line.key], theme, words=False)
    for look in ready.ours:
        box = _box(ready.places, look.key)
        if box is not None and (within is None or within.contains(box)):
            paint_ours(painter, box, look, theme)
    for card in ready.shown.placed():
        box = _box(ready.places, card.key)
        if box is not None and (within is None or within.contains(box)):
            paint_card(painter, box, ready.cards[card.key], theme, detail=detail)
    if detail is Detail.FULL:
        for line, way in drawn:
            draw_label(painter, way, ready.looks[line.key], theme)


def draw_row(painter: QPainter, spots: Places, words: str, theme: Theme) -> None:
    """Draw the band that our people stand in, with its words."""
    row = rect_of(spots.row)
    if row.height() <= 0:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("hair"), 1.0))
    painter.setBrush(theme.colour("subtle"))
    painter.drawRoundedRect(row.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
    painter.setFont(font(11, REGULAR))
    painter.setPen(theme.colour("text2"))
    foot = QRectF(row.left() + 14, row.bottom() - 24, row.width() - 28, 20)
    painter.drawText(foot, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
    painter.restore()


def draw_dots(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Draw the dotted ground of the map, a dot every 20 pixels."""
    left = int(rect.left() // _DOT_STEP) * _DOT_STEP
    top = int(rect.top() // _DOT_STEP) * _DOT_STEP
    pen = QPen(theme.colour("dot"), 1.6)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawPoints(
        [
            QPointF(x, y)
            for x in range(left, int(rect.right()) + 1, _DOT_STEP)
            for y in range(top, int(rect.bottom()) + 1, _DOT_STEP)
        ]
    )


def _box(spots: Places, key: str) -> QRectF | None:
    rect = spots.rect(key)
    return None if rect is None else rect_of(rect)


def _reaches(way: Route, within: QRectF) -> bool:
    xs, ys = zip(*way.points, strict=True)
    box = QRectF(QPointF(min(xs) - 2, min(ys) - 2), QPointF(max(xs) + 2, max(ys) + 2))
    return within.intersects(box)
