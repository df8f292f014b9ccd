"""Draws the rows of the Book as designed: marks, chips, sparks, bars and dots beside texts."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOption, QWidget

from csplanner.paint.bars import COVERAGE_SIZE, TOUCH_SIZE
from csplanner.paint.cells import (
    BODY,
    MARK,
    SECOND,
    STRONG,
    TITLE,
    Cells,
    Face,
    text_width,
)
from csplanner.paint.chips import draw_chip
from csplanner.paint.icons import draw_icon
from csplanner.ui.book.columns import COLUMNS, Col
from csplanner.ui.book.model import BookModel
from csplanner.ui.book.rows import BookRow, GroupRow
from csplanner.ui.widgets.table import Place

if TYPE_CHECKING:
    from collections.abc import Callable

PAD = 8
_LEFT_SLOT, _GAP = 38, 6
_NOTE_GAP = 8
_SIGN = 24
_ROOM_FOR_NOTE = 24
_CHIP_HEIGHT = 18
_ROOM_FOR_DATE, _ROOM_FOR_TITLE = 40, 120


class BookArtist:
    """Draws lines of a model; it asks the model for ready rows and for nothing else."""

    def __init__(self, model: BookModel, view: QWidget) -> None:
        self._model = model
        self._view = view
        self._height = 30
        self._critical = view.tr("Life-critical")
        self._unknown = view.tr("unknown")
        self._cells: dict[int, Callable[[Cells, BookRow, QRectF], None]] = {
            Col.CHECK: self._check,
            Col.ACCOUNT: self._account,
            Col.TIER: self._tier,
            Col.HEALTH: self._health,
            Col.CHANGE: self._change,
            Col.SPARK: self._spark,
            Col.SENTIMENT: self._sentiment,
            Col.GAP: self._gap,
            Col.ARR: self._arr,
            Col.RENEWAL: self._renewal,
            Col.YEAR: self._year,
            Col.TOUCH: self._touch,
            Col.COVERAGE: self._coverage,
            Col.STEP: self._step,
        }

    def set_height(self, height: int) -> None:
        """Draw rows of that height."""
        self._height = height

    def ground(self, row: int, *, hovered: bool) -> str:
        if self._model.is_heading(row):
            return "subtle"
        row_id = self._model.id_at(row)
        if row_id is not None and self._model.is_ticked(row_id):
            return "selected-row"
        return "hover" if hovered else "surface"

    def spans(self, row: int) -> bool:
        return self._model.is_heading(row)

    def heading(self, cells: Cells, *, row: int, rect: QRect) -> None:
        found = self._model.at(row)
        if not isinstance(found, GroupRow):
            return
        name = "chevron-down" if found.is_open else "chevron-right"
        cells.icon(PAD, rect.center().y() + 1, name=name, token="text2", px=14)
        height = rect.height() - 1
        room = max(rect.width() - text_width(found.note, SECOND) - 54, _ROOM_FOR_TITLE)
        box = QRectF(30, rect.top(), room, height)
        left = 30 + cells.fitted(box, found.title, face=(12, 600), token="text") + 12
        cells.text(left, rect.top(), height, found.note, face=SECOND, token="text2")

    def row(self, cells: Cells, *, row: int, top: int, places: list[Place]) -> None:
        found = self._model.at(row)
        if not isinstance(found, BookRow):
            return
        height = self._height - 1
        for column, left, width in places:
            draw = self._cells.get(column)
            box = QRectF(left, top, width, height)
            if draw is not None:
                draw(cells, found, box)
            else:
                self._more(cells, found, column=column, box=box)

    def _more(self, cells: Cells, row: BookRow, *, column: int, box: QRectF) -> None:
        """A further column: a text, or a number at the right."""
        found = row.more(column)
        if COLUMNS[column].right:
            self._number(cells, box, found.text, token=found.token)
        else:
            inner = box.adjusted(PAD, 0, -PAD, 0)
            cells.fitted(inner, found.text, face=BODY, token=found.token)

    # One method a column

    def _check(self, cells: Cells, row: BookRow, box: QRectF) -> None:
        on = self._model.is_ticked(row.id)

        def draw(canvas: QPainter, place: QRectF) -> None:
            option = QStyleOption()
            option.initFrom(self._view)
            option.rect = place.toRect()
            option.state = QStyle.StateFlag.State_Enabled
            option.state |= QStyle.StateFlag.State_On if on else QStyle.StateFlag.State_Off
            kind = QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck
            self._view.style().drawPrimitive(kind, option, canvas, self._view)

        place = (box.left() + (box.width() - 16) / 2, box.center().y())
        cells.picture(("check", on), (16, 16), place, draw)

    def _account(self, cells: Cells, row: BookRow, box: QRectF) -> None:
        inner = box.adjusted(PAD, 0, -PAD, 0)
        sign = _SIGN + _NOTE_GAP if row.is_critical else 0
        named = inner.adjusted(0, 0, -sign, 0)
        used = cells.fitted(named, row.name, face=TITLE, token="text")
        rest = inner.adjusted(used + _NOTE_GAP, 0, 0, 0)
        if row.is_critical:
            rest.setRight(box.right() - 2)
            wide = round(text_width(self._critical, SECOND)) + 30
            # Where the words have no room, the sign alone says it: it is never left out.
            self._critical_chip(cells, rest, wide if wide <= rest.width() else _SIGN)
        elif row.note and rest.width() >= _ROOM_FOR_NOTE:
            cells.fitted(rest, row.note, face=SECOND, token="text2")

    def _critical_chip(self, cells: Cells, box: QRectF, wide: int) -> None:
        theme, text = cells.theme, self._critical

        def draw(canvas: QPainter, place: QRectF) -> None:
            draw_chip(canvas, place, text="", theme=theme, kind="outline")
            icon = QRectF(place.left() + 6, place.top(), 12, place.height())
            draw_icon(canvas, icon, name="heart-pulse", colour=theme.colour("text2"), px=12)
            inner = Cells(theme, cells.ratio)
            inner.begin(canvas)
            if wide > _SIGN:
                inner.text(21, 0, place.height(), text, face=SECOND, token="text2")

        key = ("critical", wide)
        cells.picture(key, (wide, _CHIP_HEIGHT), (box.left(), box.center().y()), draw)

    def _tier(self, cells: Cells, row: BookRow, box: QRectF) -> None:
        left = box.left() + PAD
        if not row.tier:
            self._text(cells, box, "?", token="text3")
            return
        used = cells.tier(left, box.center().y(), tier=row.tier)
        if row.rule and box.width() > PAD + used + 22:
            self._text(cells, box.adjusted(used + 3, 0, 0, 0), row.rule, face=SECOND)

    def _health(self, cells: Cells, row: BookRow, box: QRectF) -> None:
        cells.mark(box.left() + PAD, box.center().y(), band=row.band)
        beside = box.adjusted(MARK + 6, 0, 0, 0)
        self._text(cells, beside, row.score, face=TITLE, token="text")
        if row.is_held:
            width = text_width(row.score, TITLE)
            cells.line_above(beside.left() + PAD, box.center().y(), width, token=f"{row.band}-ink")

    def _change(self, cells: Cells, row: BookRow, box: QRectF) -> None:
        self._number(cells, box, row.change, token=row.change_token)

    def _spark(self, cells: Cells, row: BookRow, box: QRectF) -> None:
        cells.spark(box.left() + PAD, box.center().y(), spark=row.spark)

    def _sentiment(self, cells: Cells, row: BookRow, box: QRectF) -> None:
        form = "hollow" if row.feeling else "dashed"
        cells.mark(box.left() + PAD, box.center().y(), band=row.feeling_band, form=form)
        beside = box.adjusted(PAD + MARK + 6, 0, -2, 0)
        if row.feeling:
            cells.fitted(beside, row.feeling, face=BODY, token="text")
        else:
            cells.fitted(beside, self._unknown, face=SECOND, token="text3")

    def _gap(self, cells: Cells, row: BookRow, box: QRectF) -> None:
        face = BODY if row.gap_token == "text3" else STRONG
        self._number(cells, box, row.gap, face=face, token=row.gap_token)

    def _arr(self, cells: Cells, row: BookRow, box: QRectF) -> None:
        face, token = (TITLE, "text") if row.line.arr else (SECOND, "text3")
        self._number(cells, box, row.arr, face=face, token=token)

    def _renewal(self, cells: Cells, row: BookRow, box: QRectF) -> None:
        if not row.renewal:
            self._number(cells, box, self._unknown, face=SECOND, token="text3")
            return
        face = BODY if row.left_token == "text3" else TITLE
        left, slot = row.left, max(_LEFT_SLOT, text_width(row.left, face) + _GAP)
        if text_width(row.renewal, BODY) + slot > box.width() - PAD:
            # Both have no room with the unit, as in languages with longer months.
            left = "".join(sign for sign in left if sign.isdecimal() or sign == "−")
            slot = text_width(left, face) + _GAP
        self._number(cells, box, left, face=face, token=row.left_token)
        if box.width() > _LEFT_SLOT + _ROOM_FOR_DATE:
            self._number(cells, box.adjusted(0, 0, -slot, 0), row.renewal)

    def _year(self, cells: Cells, row: BookRow, box: QRectF) -> None:
        self._number(cells, box, row.year, token="text2")

    def _touch(self, cells: Cells, row: BookRow, box: QRectF) -> None:
        bar = box.right() - PAD - TOUCH_SIZE[0]
        days = box.adjusted(0, 0, -TOUCH_SIZE[0] - 8, 0)
        face, token = (TITLE, "risk-ink") if row.is_late else (BODY, "text")
        if not row.touch:
            face, token = BODY, "text3"
        self._number(cells, days, row.touch or "?", face=face, token=token)
        cells.touch_bar(bar, box.center().y(), days=row.touch_days, cadence=row.cadence)

    def _coverage(self, cells: Cells, row: BookRow, box: QRectF) -> None:
        if box.width() >= COVERAGE_SIZE[0]:
            cells.coverage(box.left() + PAD - 1, box.center().y(), seats=row.seats)

    def _step(self, cells: Cells, row: BookRow, box: QRectF) -> None:
        cells.fitted(box.adjusted(PAD, 0, -PAD, 0), row.step, face=BODY, token="text2")

    def _text(
        self, cells: Cells, box: QRectF, text: str, *, face: Face = BODY, token: str = "text2"
    ) -> None:
        cells.text(box.left() + PAD, box.top(), box.height(), text, face=face, token=token)

    def _number(
        self, cells: Cells, box: QRectF, text: str, *, face: Face = BODY, token: str = "text"
    ) -> None:
        cells.right(box.right() - PAD, box.top(), box.height(), text, face=face, token=token)
