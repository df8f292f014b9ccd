"""The layer of lines: what can be seen of them, grouped by pen so that thousands stay quick."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from csplanner.domain.map_model import Line, LineKind
from csplanner.domain.map_routes import Drawn, Route
from csplanner.paint.map_card import Detail, detail_at
from csplanner.paint.map_drawing import rect_of
from csplanner.paint.map_lines import (
    LineLook,
    draw_label,
    draw_line,
    fitting,
    in_order,
    line_look,
    line_path,
    line_pen,
    line_shape,
)
from csplanner.paint.tokens import Theme
from csplanner.ui import veil
from csplanner.ui.look import theme_of
from csplanner.ui.map.layer import Layer

if TYPE_CHECKING:
    from csplanner.ui.map.scene import MapScene

_REACH = 40.0
"""Around the points of a line: its words, and what a curve goes beyond them."""
_PEN = tuple[str, float, tuple[float, ...], bool]


@dataclass(slots=True)
class Stroke:
    """A line ready to be drawn; its path is made when it is first seen."""

    line: Line
    way: Route
    look: LineLook
    path: QPainterPath | None = None

    @property
    def is_plain(self) -> bool:
        """Whether it has neither arrow nor words."""
        return not self.look.arrow and not self.look.words

    def drawn(self) -> QPainterPath:
        """The way as a path."""
        if self.path is None:
            self.path = line_path(self.way)
        return self.path


class _Group:
    """Lines with their ways; how one looks is worked out when it is first seen."""

    def __init__(
        self, ways: Iterable[tuple[Line, Route]], look: Callable[[Line], LineLook]
    ) -> None:
        given = {line.key: (line, way) for line, way in ways}
        ordered = in_order(line for line, _ in given.values())
        self._ways = {line.key: given[line.key] for line in ordered}
        self._edges = [(key, *_edges(way)) for key, (_, way) in self._ways.items()]
        self._look = look
        self._strokes: dict[str, Stroke] = {}

    def within(self, rect: QRectF) -> list[Stroke]:
        """Return the strokes that may be seen in a rectangle, the lowest first."""
        left, top, right, bottom = rect.left(), rect.top(), rect.right(), rect.bottom()
        return [
            self._stroke(key)
            for key, x, y, x2, y2 in self._edges
            if x <= right and x2 >= left and y <= bottom and y2 >= top
        ]

    def find(self, key: str) -> Stroke | None:
        """Return the stroke of a line."""
        return self._stroke(key) if key in self._ways else None

    def _stroke(self, key: str) -> Stroke:
        if key not in self._strokes:
            line, way = self._ways[key]
            self._strokes[key] = Stroke(line, way, self._look(line))
        return self._strokes[key]


class LinesItem(Layer):
    """Draws the lines of a scene, and finds the line under a point."""

    def __init__(self, scene: "MapScene") -> None:
        super().__init__(scene)
        self._base = self._extra = _Group((), self._look)

    def show_base(self, ways: Iterable[tuple[Line, Route]]) -> None:
        """Show the lines of the lens."""
        self._base = _Group(ways, self._look)

    def show_extra(self, ways: Iterable[tuple[Line, Route]]) -> None:
        """Show the lines of what is selected or under the pointer, above the others."""
        self._extra = _Group(ways, self._look)

    def at(self, spot: QPointF, reach: float = 5.0) -> str:
        """Return the key of the line under a point, the topmost first; empty without one."""
        near = QRectF(spot.x() - reach, spot.y() - reach, 2 * reach, 2 * reach)
        for group in (self._extra, self._base):
            for stroke in reversed(group.within(near)):
                if line_shape(stroke.way, reach).contains(spot):
                    return stroke.line.key
        return ""

    def look_of(self, key: str) -> LineLook | None:
        """Return how a line that is shown looks, and what is spoken for it."""
        stroke = self._extra.find(key) or self._base.find(key)
        return stroke.look if stroke is not None else None

    def way_of(self, key: str) -> Route | None:
        """Return the way of a line that is shown."""
        stroke = self._extra.find(key) or self._base.find(key)
        return stroke.way if stroke is not None else None

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        scene, theme = self._scene, theme_of(self._scene.owner)
        detail = detail_at(option.levelOfDetailFromTransform(painter.worldTransform()))
        moving, own = scene.moving_lines(), {scene.line, scene.hovered_line}
        seen = [
            stroke
            for group in (self._base, self._extra)
            for stroke in group.within(option.exposedRect)
            if stroke.line.key not in moving
        ]
        plain = [s for s in seen if s.is_plain and s.line.key not in own]
        self._draw_plain(painter, plain, detail, theme)
        for stroke in seen:
            if not stroke.is_plain or stroke.line.key in own:
                self._draw_one(painter, stroke, theme)
        for line, way in scene.moved_lines():
            self._draw_one(painter, Stroke(line, way, self._look(line)), theme)

    def draw_labels(self, painter: QPainter, exposed: QRectF) -> None:
        """Write the words of the lines, which lie above the cards."""
        scene, theme = self._scene, theme_of(self._scene.owner)
        moving = scene.moving_lines()
        lying = [
            (stroke.line, stroke.way, stroke.look)
            for group in (self._base, self._extra)
            for stroke in group.within(exposed)
            if stroke.look.words and stroke.line.key not in moving
        ]
        moved = [(line, way, self._look(line)) for line, way in scene.moved_lines()]
        for line, way, look in (*lying, *moved):
            if look.words and not self._is_faded(line):
                draw_label(painter, way, self._fitting(line, way, look), theme)

    def _fitting(self, line: Line, way: Route, look: LineLook) -> LineLook:
        """Without words that only repeat the arrow, where its cards stand too close for them."""
        rects = map(self._scene.places.rect, (line.start, line.end))
        return fitting(way, look, [rect_of(rect) for rect in rects if rect is not None])

    def _draw_one(self, painter: QPainter, stroke: Stroke, theme: Theme) -> None:
        scene, key = self._scene, stroke.line.key
        draw_line(
            painter, stroke.way, stroke.look, theme,
            faded=self._is_faded(stroke.line), strong=key in (scene.line, scene.hovered_line),
            words=False,
        )  # fmt: skip

    def _draw_plain(
        self, painter: QPainter, strokes: list[Stroke], detail: Detail, theme: Theme
    ) -> None:
        """Draw lines without arrow and words, all of one pen together."""
        groups: dict[_PEN, list[Stroke]] = {}
        for stroke in strokes:
            look = stroke.look
            pen = (look.ink, round(look.width, 1), look.dash, self._is_faded(stroke.line))
            groups.setdefault(pen, []).append(stroke)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for (ink, _, _, faded), members in groups.items():
            painter.setOpacity(_FADED if faded else 1.0)
            if detail is Detail.BLOCK:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
                painter.setPen(QPen(theme.colour(ink), 0))
                _draw_coarsely(painter, members)
            else:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(line_pen(members[0].look, theme))
                for stroke in members:
                    painter.drawPath(stroke.drawn())
        painter.setOpacity(1.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _is_faded(self, line: Line) -> bool:
        scene = self._scene
        ends = {line.start, line.end}
        if scene.hovered in ends or ends & scene.selected:
            return False
        if line.kind is LineKind.REPORTS:
            return scene.is_faded(line.start) or scene.is_faded(line.end)
        return scene.fades

    def _look(self, line: Line) -> LineLook:
        outlined = theme_of(self._scene.owner).outlined
        return line_look(line, self._scene.seen, hidden=veil.is_on(), outlined=outlined)


_FADED = 0.22


class LabelsItem(Layer):
    """Draws the words of the lines above the cards, while they can be read."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        scale = option.levelOfDetailFromTransform(painter.worldTransform())
        if detail_at(scale) is not Detail.BLOCK:
            self._scene.lines_item.draw_labels(painter, option.exposedRect)


def _draw_coarsely(painter: QPainter, strokes: list[Stroke]) -> None:
    """Draw without rounded elbows, in one go: from afar nobody sees them."""
    parts = []
    for stroke in strokes:
        if stroke.way.kind is Drawn.CURVE:
            painter.drawPath(stroke.drawn())
            continue
        points = stroke.way.points
        parts += [QLineF(*one, *other) for one, other in pairwise(points)]
    if parts:
        painter.drawLines(parts)


def _edges(way: Route) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of all that is drawn of a line."""
    across = [x for x, _ in way.points]
    down = [y for _, y in way.points]
    return (
        min(across) - _REACH, min(down) - _REACH, max(across) + _REACH, max(down) + _REACH,
    )  # fmt: skip
