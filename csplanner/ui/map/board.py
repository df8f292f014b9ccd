"""What lies where on the canvas of a map, and which card lies next to which: no widgets here."""

from collections.abc import Iterable, Iterator, Mapping

from PySide6.QtCore import QPointF, QRectF

_CELL = 256
"""Side of the squares in which boxes are looked up, in px of the map."""
SNAP = 4
"""The grid on which cards stand."""
_PULL = 6.0
"""How near an edge must come to another card's to be drawn into line with it."""

Spot = tuple[int, int]


class Board:
    """Boxes by key, found by point, by rectangle and by direction."""

    def __init__(
        self, boxes: Mapping[str, QRectF], above: Mapping[str, str | None] | None = None
    ) -> None:
        """Take boxes in the coordinates of the map; `above` tells who reports to whom."""
        self.boxes = dict(boxes)
        self.above = {key: over for key, over in (above or {}).items() if key in self.boxes}
        self._cells: dict[tuple[int, int], list[str]] = {}
        self._below: dict[str, list[str]] = {}
        for key, box in self.boxes.items():
            for cell in _cells(box):
                self._cells.setdefault(cell, []).append(key)
        for key, over in self.above.items():
            if over is not None and over in self.boxes:
                self._below.setdefault(over, []).append(key)

    def at(self, spot: QPointF, leaving_out: Iterable[str] = ()) -> str:
        """Return the key of the box under a point, empty where there is none."""
        cell = (int(spot.x() // _CELL), int(spot.y() // _CELL))
        out = set(leaving_out)
        for key in reversed(self._cells.get(cell, ())):
            if key not in out and self.boxes[key].contains(spot):
                return key
        return ""

    def within(self, rect: QRectF) -> list[str]:
        """Return the keys of all boxes that a rectangle touches, in their own order."""
        if len(self.boxes) <= _FEW or rect.width() * rect.height() > len(self._cells) * _CELL**2:
            return [key for key, box in self.boxes.items() if box.intersects(rect)]
        seen: dict[str, None] = {}
        for cell in _cells(rect):
            for key in self._cells.get(cell, ()):
                if key not in seen and self.boxes[key].intersects(rect):
                    seen[key] = None
        return list(seen)

    def reports_of(self, key: str) -> list[str]:
        """Return who reports to a card, from the left."""
        return sorted(self._below.get(key, ()), key=lambda each: self.boxes[each].left())

    def all_below(self, key: str) -> set[str]:
        """Return everybody below a card, however far."""
        found: set[str] = set()
        waiting = list(self._below.get(key, ()))
        while waiting:
            each = waiting.pop()
            if each not in found:
                found.add(each)
                waiting.extend(self._below.get(each, ()))
        return found

    def first(self) -> str:
        """Return the card nearest to the top left corner, empty on an empty board."""
        if not self.boxes:
            return ""
        return min(self.boxes, key=lambda key: (self.boxes[key].top(), self.boxes[key].left()))

    def step(self, key: str, way: QPointF) -> str:
        """Return the card to which an arrow leads: along the hierarchy, else the nearest."""
        if key not in self.boxes:
            return self.first()
        over = self.above.get(key)
        if way.y() < 0 and over and over in self.boxes:
            return over
        below = self._below.get(key)
        if way.y() > 0 and below:
            middle = self.boxes[key].center().x()
            return min(below, key=lambda each: abs(self.boxes[each].center().x() - middle))
        return self._nearest(key, way)

    def aligned(self, moving: QRectF, leaving_out: Iterable[str]) -> tuple[QPointF, list[QRectF]]:
        """Return how far a moved box is drawn into line with others, and the lines that say so.

        The lines are rectangles without width or without height.
        """
        out = set(leaving_out)
        near = moving.adjusted(-700, -700, 700, 700)
        others = [self.boxes[key] for key in self.within(near) if key not in out]
        across = _best(((o.left() - moving.left(), o) for o in others),
                       ((o.center().x() - moving.center().x(), o) for o in others))  # fmt: skip
        down = _best(((o.top() - moving.top(), o) for o in others), ())
        shift = QPointF(across[0] if across else 0.0, down[0] if down else 0.0)
        moved = moving.translated(shift)
        guides = []
        if across:
            other = across[1]
            x = moved.left() if abs(other.left() - moved.left()) < 1 else moved.center().x()
            guides.append(_upright(x, moved, other))
        if down:
            guides.append(_level(moved.top(), moved, down[1]))
        return shift, guides

    def _nearest(self, key: str, way: QPointF) -> str:
        now = self.boxes[key].center()
        best, found = 1e12, key
        for other, box in self.boxes.items():
            step = box.center() - now
            along = QPointF.dotProduct(step, way)
            across = abs(step.x() * way.y()) + abs(step.y() * way.x())
            cost = along + (4.0 if way.x() else 1.6) * across
            if other != key and along > 1 and cost < best:
                best, found = cost, other
        return found


_FEW = 64


def snapped(spot: QPointF) -> Spot:
    """Return the nearest place on the grid."""
    return round(spot.x() / SNAP) * SNAP, round(spot.y() / SNAP) * SNAP


def bounds_of(boxes: Iterable[QRectF]) -> QRectF:
    """Return the rectangle around boxes, empty without any."""
    whole = QRectF()
    for box in boxes:
        whole = whole.united(box)
    return whole


def lined_up(boxes: Mapping[str, QRectF], side: str) -> dict[str, Spot]:
    """Return where boxes go to share an edge: `left`, `right`, `top` or `bottom`; nothing where
    they do. The one that reaches farthest to that side stays there; those that would lie on each
    other are set apart along the edge. All are named, so that all are kept where they are.
    """
    whole, level = bounds_of(boxes.values()), side in ("top", "bottom")
    along = {key: box.left() if level else box.top() for key, box in boxes.items()}
    long = {key: box.width() if level else box.height() for key, box in boxes.items()}
    found = {}
    for key, at in _set_apart(along, long).items():
        box = boxes[key]
        if level:
            spot = QPointF(at, whole.top() if side == "top" else whole.bottom() - box.height())
        else:
            spot = QPointF(whole.left() if side == "left" else whole.right() - box.width(), at)
        found[key] = snapped(spot)
    stays = all(found[key] == snapped(box.topLeft()) for key, box in boxes.items())
    return {} if stays else found


def _set_apart(along: Mapping[str, float], long: Mapping[str, float]) -> dict[str, float]:
    """The same places, moved as little as keeps them from touching, around where they were."""
    found: dict[str, float] = {}
    free = float("-inf")
    for key in sorted(along, key=lambda key: along[key]):
        found[key] = max(along[key], free)
        free = found[key] + long[key] + _AIR
    back = sum(found[key] - along[key] for key in along) / max(1, len(along))
    return {key: at - back for key, at in found.items()}


_AIR = 16
"""Between cards that were set apart."""


def spread(boxes: Mapping[str, QRectF], *, level: bool) -> dict[str, Spot]:
    """Return where boxes go to stand equally far apart, in a row when `level`; ends stay."""
    order = sorted(boxes, key=lambda k: boxes[k].left() if level else boxes[k].top())
    if len(order) < _LEAST_TO_SPREAD:
        return {}
    first, last = boxes[order[0]].topLeft(), boxes[order[-1]].topLeft()
    found = {}
    for place, key in enumerate(order[1:-1], 1):
        share, spot = place / (len(order) - 1), boxes[key].topLeft()
        if level:
            spot.setX(first.x() + (last.x() - first.x()) * share)
        else:
            spot.setY(first.y() + (last.y() - first.y()) * share)
        if snapped(spot) != snapped(boxes[key].topLeft()):
            found[key] = snapped(spot)
    return found


_LEAST_TO_SPREAD = 3


def _cells(box: QRectF) -> Iterator[tuple[int, int]]:
    for x in range(int(box.left() // _CELL), int(box.right() // _CELL) + 1):
        for y in range(int(box.top() // _CELL), int(box.bottom() // _CELL) + 1):
            yield x, y


def _best(*sides: Iterable[tuple[float, QRectF]]) -> tuple[float, QRectF] | None:
    """The smallest shift within reach, edges before middles."""
    for side in sides:
        near = [each for each in side if abs(each[0]) <= _PULL]
        if near:
            return min(near, key=lambda each: abs(each[0]))
    return None


def _upright(x: float, one: QRectF, other: QRectF) -> QRectF:
    top, bottom = min(one.top(), other.top()), max(one.bottom(), other.bottom())
    return QRectF(x, top, 0, bottom - top)


def _level(y: float, one: QRectF, other: QRectF) -> QRectF:
    left, right = min(one.left(), other.left()), max(one.right(), other.right())
    return QRectF(left, y, right - left, 0)
