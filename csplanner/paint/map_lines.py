"""The lines of the relationship map: how each kind looks, and how it is drawn along its way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPainterPathStroker, QPen, QPolygonF

from csplanner.domain.map_lens import HIDDEN, Seen
from csplanner.domain.map_model import Line, LineKind, RelationMap, Standing
from csplanner.domain.map_routes import Drawn, Route
from csplanner.domain.wording import day_text, full_day_text, one_line
from csplanner.language import tr
from csplanner.paint.cells import Face, text_width
from csplanner.paint.fonts import MEDIUM, REGULAR, font
from csplanner.paint.tokens import Theme

_CORNER = 6.0
_HEAD = 9.0
_LABEL: Face = (11, REGULAR)
_STRONG: Face = (11, MEDIUM)
_FADED, _OLD = 0.22, 0.55
_RECHECK_DAYS = 90
_DASHED, _MIXED = (4.0, 3.0), (9.0, 2.5, 2.0, 2.5)
QUIET = (2.0, 3.0)
"""The dashes of a tie that carries no more."""
_ALONG = (0.5, 0.56, 0.44, 0.62, 0.38, 0.68, 0.32, 0.74, 0.26, 0.8, 0.2, 0.86, 0.14)
"""Where along a line its words may stand, the middle first."""
_ORDER = (
    LineKind.REPORTS, LineKind.TIE, LineKind.RIVAL, LineKind.PAIRED, LineKind.INFLUENCES,
    LineKind.DOUBTS,
)  # fmt: skip
"""What is drawn first lies lowest."""


@dataclass(frozen=True, slots=True)
class LineLook:
    """How a line is drawn; the inks are names of colour tokens."""

    ink: str
    width: float
    dash: tuple[float, ...] = ()
    """Stretches and gaps in pixels; empty is whole."""
    arrow: bool = False
    words: str = ""
    """What is written beside it."""
    words_ink: str = "text"
    implied: bool = False
    """The words only say what the arrow says: where they find no room they may be left out."""
    fresh: float = 1.0
    """1, or less where what it rests on is old."""
    spoken: str = ""
    """All of it in words, for screen readers."""


def line_looks(
    lines: Iterable[Line], shown: RelationMap, *, hidden: bool = False, outlined: bool = False
) -> dict[str, LineLook]:
    """How lines of a map look, by their keys."""
    seen = Seen(shown)
    return {li.key: line_look(li, seen, hidden=hidden, outlined=outlined) for li in lines}


def line_look(line: Line, seen: Seen, *, hidden: bool = False, outlined: bool = False) -> LineLook:
    """How a line of the map looks; `outlined` for themes of high contrast, `hidden` keeps what you
    judged from a shared screen.
    """
    said = line_spoken(line, seen, hidden=hidden)
    if line.kind is LineKind.REPORTS:
        gone = Standing.LEFT in (seen.standing.get(line.start), seen.standing.get(line.end))
        return LineLook("control", 1.2, _DASHED if gone else (), spoken=said)
    if line.kind in (LineKind.INFLUENCES, LineKind.DOUBTS):
        return _judged_line(line, seen, said, hidden=hidden)
    if line.kind is LineKind.PAIRED:
        when = tr("planned, {0}").format(day_text(line.due, seen.day)) if line.due else ""
        words = when or tr("planned")
        return LineLook("accent", 1.6, _DASHED, words=words, words_ink="accent-text", spoken=said)
    rival = line.kind is LineKind.RIVAL
    ink = "cat4" if rival else "accent" if outlined else "tier-l"
    strength = line.strength if line.strength is not None else line.stated
    width = 1.2 + 2.4 * (strength or 0) / 100
    quiet = line.key in seen.quiet
    dash = _MIXED if rival else QUIET if quiet else ()
    words = one_line(line.label)
    words = HIDDEN if hidden and words else words
    return LineLook(ink, width, dash, words=words, words_ink="text2", spoken=said)


def plain_line(line: Line) -> LineLook:
    """The line as it may leave: who reports to whom, and who of ours looks after whom."""
    if line.kind is LineKind.REPORTS:
        return LineLook("control", 1.2)
    return LineLook("tier-l", 1.6)


def _judged_line(line: Line, seen: Seen, said: str, *, hidden: bool) -> LineLook:
    against = line.kind is LineKind.DOUBTS
    words = one_line(line.label) or (tr("doubts") if against else "")
    old = line.on is not None and (seen.day - line.on).days > _RECHECK_DAYS
    ink = "risk-ink" if against and not hidden else "text"
    implied = against and words.casefold() == tr("doubts").casefold()
    return LineLook(
        ink, 0.8 + 0.6 * (1 if hidden else max(1, min(3, line.weight))), arrow=True,
        words=HIDDEN if hidden and words else words, words_ink=ink,
        implied=implied and not hidden, fresh=_OLD if old else 1.0, spoken=said,
    )  # fmt: skip


def line_spoken(line: Line, seen: Seen, *, hidden: bool = False) -> str:
    """A line in words: `Amara Nwosu reports to Lena Park`."""
    start, end = (seen.name(key) for key in (line.start, line.end))
    if line.kind is LineKind.REPORTS:
        return tr("{0} reports to {1}").format(start, end)
    if line.kind is LineKind.PAIRED:
        said = tr("{0} is planned for {1}").format(start, end)
        due = [tr("they meet {0}").format(full_day_text(line.due))] if line.due else []
        return ", ".join([said, *due])
    if line.kind in (LineKind.TIE, LineKind.RIVAL):
        return ", ".join(_tie_parts(line, start, end))
    if hidden:
        return tr("a line between {0} and {1}").format(start, end)
    pattern = tr("{0} doubts {1}") if line.kind is LineKind.DOUBTS else tr("{0} influences {1}")
    parts = [pattern.format(start, end), tr("weight {0} of 3").format(line.weight)]
    parts += [one_line(line.label)] if line.label else []
    return ", ".join(parts)


def _tie_parts(line: Line, start: str, end: str) -> list[str]:
    parts = [tr("{0} and {1}").format(start, end)]
    if line.strength is None:
        parts.append(tr("no contact yet"))
    else:
        parts.append(tr("strength {0} of 100").format(line.strength))
    if line.stated is not None:
        parts.append(tr("you say {0}").format(line.stated))
    if line.last is not None:
        parts.append(tr("last contact {0}").format(full_day_text(line.last)))
    return parts


# Drawing


def draw_line(
    painter: QPainter,
    route: Route,
    look: LineLook,
    theme: Theme,
    *,
    faded: bool = False,
    strong: bool = False,
    words: bool = True,
) -> None:
    """Draw a line along its way with its arrow and its words; leaves the painter as it was.

    `faded` for what has nothing to do with the selection, `strong` for a line that is selected.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(painter.opacity() * (_FADED if faded else look.fresh))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(line_pen(look, theme, strong=strong))
    painter.drawPath(line_path(route, short=_HEAD * 0.6 if look.arrow else 0.0))
    if look.arrow:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("focus" if strong else look.ink))
        painter.drawPolygon(arrow_head(route, look.width))
    painter.restore()
    if words and not faded:
        draw_label(painter, route, look, theme)


def draw_trunks(painter: QPainter, drawn: Iterable[tuple[Route, LineLook]], theme: Theme) -> None:
    """Draw lines without arrows and words, each look in one stroke: where many run one over the
    other they get no darker.
    """
    paths: dict[LineLook, QPainterPath] = {}
    for way, look in drawn:
        paths.setdefault(replace(look, spoken=""), QPainterPath()).addPath(line_path(way))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for look, path in paths.items():
        painter.setPen(line_pen(look, theme))
        painter.drawPath(path)
    painter.restore()


def clear_label(route: Route, look: LineLook, boxes: Sequence[QRectF]) -> Route:
    """The same way with its words moved along it, where they would lie over one of `boxes`."""
    return _clear(route, look, boxes) or route if look.words else route


def fitting(route: Route, look: LineLook, boxes: Sequence[QRectF]) -> LineLook:
    """The same look without its words where those are implied and would lie over one of `boxes`."""
    crowded = look.implied and _clear(route, look, boxes) is None
    return replace(look, words="") if crowded else look


def _clear(route: Route, look: LineLook, boxes: Sequence[QRectF]) -> Route | None:
    wide = text_width(look.words, _face(look)) + 6
    path = line_path(route)
    spots = [QPointF(*route.label_at), *(path.pointAtPercent(t) for t in _ALONG)]
    for spot in spots:
        box = QRectF(spot.x() - wide / 2, spot.y() - 8, wide, 16)
        if not any(box.intersects(other) for other in boxes):
            return replace(route, label_at=(spot.x(), spot.y()))
    return None


def _face(look: LineLook) -> Face:
    return _STRONG if look.width > 2 else _LABEL


def draw_label(painter: QPainter, route: Route, look: LineLook, theme: Theme) -> None:
    """Write the words of a line, where it has any, on a piece of the ground."""
    if not look.words:
        return
    face = _face(look)
    width = text_width(look.words, face)
    x, y = route.label_at
    ground = theme.colour("canvas")
    ground.setAlphaF(0.86)
    painter.fillRect(QRectF(x - width / 2 - 3, y - 8, width + 6, 16), ground)
    painter.setFont(font(*face))
    painter.setPen(theme.colour(look.words_ink))
    painter.drawText(QPointF(x - width / 2, y + 4), look.words)


def line_pen(look: LineLook, theme: Theme, *, strong: bool = False) -> QPen:
    """The pen of a line; `strong` where it is selected."""
    width = look.width + (1.2 if strong else 0)
    pen = QPen(theme.colour("focus" if strong else look.ink), width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if look.dash:
        pen.setDashPattern([part / width for part in look.dash])
    return pen


def line_path(route: Route, *, short: float = 0.0) -> QPainterPath:
    """The way of a line, with rounded elbows; it ends `short` pixels before its end."""
    points = [QPointF(*point) for point in route.points]
    if short:
        points[-1] = _towards(points[-1], QPointF(*route.arrow_from), short)
    path = QPainterPath(points[0])
    if route.kind is Drawn.CURVE:
        path.cubicTo(points[1], points[2], points[3])
        return path
    for at in range(1, len(points) - 1):
        before, here, after = points[at - 1], points[at], points[at + 1]
        turn = min(_CORNER, _far(before, here) / 2, _far(here, after) / 2)
        path.lineTo(_towards(here, before, turn))
        path.quadTo(here, _towards(here, after, turn))
    path.lineTo(points[-1])
    return path


def line_shape(route: Route, reach: float = 5.0) -> QPainterPath:
    """Where a click counts as on the line."""
    stroker = QPainterPathStroker()
    stroker.setWidth(2 * reach)
    return stroker.createStroke(line_path(route))


def arrow_head(route: Route, width: float = 1.4) -> QPolygonF:
    """The tip of an arrow, a little larger on a wider line."""
    tip, back = QPointF(*route.arrow_at), QPointF(*route.arrow_from)
    long = _HEAD + width
    foot = _towards(tip, back, long)
    across = QPointF(tip.y() - foot.y(), foot.x() - tip.x()) * 0.42
    return QPolygonF([tip, foot + across, foot - across])


def in_order(lines: Iterable[Line]) -> list[Line]:
    """Lines as they are drawn one over the other: who reports to whom lies lowest."""
    return sorted(lines, key=lambda line: _ORDER.index(line.kind))


def _far(one: QPointF, other: QPointF) -> float:
    return float(QPointF.dotProduct(one - other, one - other) ** 0.5)


def _towards(start: QPointF, end: QPointF, by: float) -> QPointF:
    """The point `by` pixels from `start` on the way to `end`."""
    far = _far(start, end)
    return start if far < 1e-6 else start + (end - start) * (by / far)
