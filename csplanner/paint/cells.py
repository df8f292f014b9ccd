"""Draws the cells of a table row after row, keeping inks, pictures and text widths at hand."""

from collections.abc import Callable, Hashable, Sequence
from functools import cache, lru_cache

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPixmap

from csplanner.paint.bars import COVERAGE_SIZE, TOUCH_SIZE, draw_coverage, draw_touch_bar
from csplanner.paint.chips import draw_tier, tier_size
from csplanner.paint.fonts import MEDIUM, REGULAR, SEMIBOLD, font
from csplanner.paint.icons import icon_pixmap
from csplanner.paint.marks import draw_mark
from csplanner.paint.sparks import SIZE as SPARK_SIZE
from csplanner.paint.sparks import Spark, draw_spark
from csplanner.paint.tokens import Theme

Face = tuple[int, int]
BODY: Face = (13, REGULAR)
TITLE: Face = (13, MEDIUM)
STRONG: Face = (13, SEMIBOLD)
SECOND: Face = (12, REGULAR)
HEAD: Face = (12, MEDIUM)
MARK = 16
_KEPT = 1200
_SPARKS_KEPT = 400
_NARROWEST = 24


class Cells:
    """Draws texts and small measures at whole pixels with one painter after another.

    Everything small is drawn once per theme and pixel ratio and copied from then on.
    """

    def __init__(self, theme: Theme, ratio: float) -> None:
        self.theme = theme
        self.ratio = ratio
        self._pens: dict[str, QPen] = {}
        self._pictures: dict[Hashable, QPixmap] = {}
        self._sparks: dict[Spark, QPixmap] = {}
        self._painter: QPainter
        self._face: Face | None = None
        self._token = ""

    def begin(self, painter: QPainter) -> None:
        """Draw with `painter` until the next call."""
        self._painter = painter
        self._face = None
        self._token = ""

    # Text

    def text(
        self, x: float, top: float, height: float, text: str, *, face: Face, token: str
    ) -> None:
        """Write `text` from `x`, in the middle of the height."""
        if not text:
            return
        painter = self._painter
        if face != self._face:
            painter.setFont(_font(face))
            self._face = face
        if token != self._token:
            painter.setPen(self.pen(token))
            self._token = token
        painter.drawText(QPoint(round(x), round(top + height / 2 + _drop(face))), text)

    def right(
        self, x: float, top: float, height: float, text: str, *, face: Face, token: str
    ) -> None:
        """Write `text` so that it ends at `x`."""
        self.text(x - text_width(text, face), top, height, text, face=face, token=token)

    def fitted(self, box: QRectF, text: str, *, face: Face, token: str) -> float:
        """Write `text` into a box, with “…” where it must end early; return the width used."""
        width = text_width(text, face)
        if width > box.width():
            text = elided(text, face, int(box.width()))
            width = text_width(text, face)
        self.text(box.left(), box.top(), box.height(), text, face=face, token=token)
        return width

    def line_above(self, x: float, middle: float, width: float, *, token: str) -> None:
        """Draw a line over a number: something holds it down."""
        self._painter.fillRect(
            QRectF(round(x), round(middle) - 9, round(width), 2), self.theme.colour(token)
        )

    # Measures

    def mark(self, x: float, middle: float, *, band: str, form: str = "filled") -> None:
        """Draw a health mark of 16 px."""
        theme = self.theme
        self._put(
            ("mark", band, form), (MARK, MARK), x, middle,
            lambda p, r: draw_mark(p, r, band=band, theme=theme, form=form),
        )  # fmt: skip

    def tier(self, x: float, middle: float, *, tier: str) -> int:
        """Draw the letter of a tier; return its width."""
        theme, size = self.theme, tier_size(tier, "letter")
        self._put(
            ("tier", tier), (size.width(), size.height()), x, middle,
            lambda p, r: draw_tier(p, r, tier=tier, theme=theme, form="letter"),
        )  # fmt: skip
        return size.width()

    def coverage(self, x: float, middle: float, *, seats: Sequence[str]) -> None:
        """Draw a dot a seat."""
        theme = self.theme
        self._put(
            ("seats", tuple(seats)), (COVERAGE_SIZE[0] + 4, COVERAGE_SIZE[1] + 2), x, middle,
            lambda p, r: draw_coverage(p, r.adjusted(1, 0, 0, 0), seats=seats, theme=theme),
        )  # fmt: skip

    def touch_bar(self, x: float, middle: float, *, days: int | None, cadence: int) -> None:
        """Draw days since the last touch against the cadence."""
        theme = self.theme
        self._put(
            ("touch", days, cadence), (TOUCH_SIZE[0], 14), x, middle,
            lambda p, r: draw_touch_bar(p, r, days=days, cadence=cadence, theme=theme),
        )  # fmt: skip

    def spark(self, x: float, middle: float, *, spark: Spark) -> None:
        """Draw 13 months of scores."""
        theme = self.theme
        kept = self._sparks.get(spark)
        if kept is None:
            if len(self._sparks) >= _SPARKS_KEPT:
                self._sparks.clear()
            kept = self._sparks[spark] = self._drawn(
                SPARK_SIZE, lambda p, r: draw_spark(p, r, spark=spark, theme=theme)
            )
        self._painter.drawPixmap(QPoint(round(x), round(middle - SPARK_SIZE[1] / 2)), kept)

    def icon(self, x: float, middle: float, *, name: str, token: str, px: int = 16) -> None:
        """Draw an icon."""
        picture = icon_pixmap(name, self.theme.colour(token), px=px, ratio=self.ratio)
        self._painter.drawPixmap(QPoint(round(x), round(middle - px / 2)), picture)

    def picture(
        self, key: Hashable, size: tuple[int, int], place: tuple[float, float],
        draw: Callable[[QPainter, QRectF], object],
    ) -> None:  # fmt: skip
        """Draw anything of `size` at left and middle; `key` names it among what is kept."""
        self._put(key, size, *place, draw)

    def pen(self, token: str) -> QPen:
        """Return the pen of a colour token."""
        pen = self._pens.get(token)
        if pen is None:
            pen = self._pens[token] = QPen(self.theme.colour(token))
        return pen

    def _put(
        self, key: Hashable, size: tuple[int, int], x: float, middle: float,
        draw: Callable[[QPainter, QRectF], object],
    ) -> None:  # fmt: skip
        kept = self._pictures.get(key)
        if kept is None:
            if len(self._pictures) >= _KEPT:
                self._pictures.clear()
            kept = self._pictures[key] = self._drawn(size, draw)
        self._painter.drawPixmap(QPoint(round(x), round(middle - size[1] / 2)), kept)

    def _drawn(self, size: tuple[int, int], draw: Callable[[QPainter, QRectF], object]) -> QPixmap:
        ratio = self.ratio
        made = QPixmap(round(size[0] * ratio), round(size[1] * ratio))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        draw(painter, QRectF(0, 0, size[0], size[1]))
        painter.end()
        return made


@lru_cache(maxsize=20_000)
def text_width(text: str, face: Face) -> float:
    """Return how wide a text is, in logical pixels."""
    return _metrics(face).horizontalAdvance(text)


@lru_cache(maxsize=4_000)
def elided(text: str, face: Face, width: int) -> str:
    """Return the text cut with “…” to a width; nothing where even 24 px are missing."""
    if width < _NARROWEST:
        return ""
    return _metrics(face).elidedText(text, Qt.TextElideMode.ElideRight, width)


@cache
def _font(face: Face) -> QFont:
    return font(*face)


@cache
def _metrics(face: Face) -> QFontMetricsF:
    return QFontMetricsF(_font(face))


@cache
def _drop(face: Face) -> float:
    """How far below the middle of a line its letters stand."""
    metrics = _metrics(face)
    return (metrics.ascent() - metrics.descent()) / 2
