"""The rows of the sidebar: one Tab stop for the list, arrow keys inside."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from csplanner.language import tr
from csplanner.paint.fonts import MEDIUM, REGULAR, font
from csplanner.paint.icons import draw_icon
from csplanner.paint.marks import draw_mark, mark_words
from csplanner.paint.tokens import Theme
from csplanner.ui.look import theme_of
from csplanner.ui.style_drawing import panel
from csplanner.ui.widgets.format import number
from csplanner.ui.widgets.labels import set_plain_tooltip

LEFT = 8


@dataclass(frozen=True)
class Row:
    """What one row shows and what choosing it means; `band` draws a mark instead of an icon."""

    title: str
    target: object
    icon: str = ""
    band: str = ""
    count: int | None = None
    large: bool = True


class NavList(QWidget):
    """Rows below each other; `chosen` carries the target of the row."""

    chosen = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._rows: list[NavRow] = []
        self._shown: tuple[Row, ...] = ()
        self._rail = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(LEFT, 0, LEFT, 0)
        self._column.setSpacing(0)

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show these rows; rows that only changed their count or mark keep the keyboard."""
        self._shown = rows
        while len(self._rows) > len(rows):
            extra = self._rows.pop()
            self._column.removeWidget(extra)
            extra.hide()
            extra.deleteLater()
        while len(self._rows) < len(rows):
            row = NavRow(self)
            row.clicked.connect(lambda _on=False, row=row: self.chosen.emit(row.row.target))
            self._rows.append(row)
            self._column.addWidget(row)
        for widget, wanted in zip(self._rows, rows, strict=True):
            widget.show_row(wanted, rail=self._rail)
        self._mark_tab_stop()

    def set_rail(self, rail: bool) -> None:
        """Show icons alone, with names in tooltips."""
        self._rail = rail
        for widget in self._rows:
            widget.show_row(widget.row, rail=rail)

    def light(self, target: object) -> None:
        """Light the row of that target and no other."""
        for widget in self._rows:
            widget.setChecked(widget.row.target == target)
        self._mark_tab_stop()

    def step(self, row: "NavRow", by: int) -> None:
        """Move the keyboard to the row above or below."""
        place = self._rows.index(row) + by
        if 0 <= place < len(self._rows):
            self._rows[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _mark_tab_stop(self) -> None:
        lit = next((row for row in self._rows if row.isChecked()), None)
        stop = lit or (self._rows[0] if self._rows else None)
        for row in self._rows:
            policy = Qt.FocusPolicy.StrongFocus if row is stop else Qt.FocusPolicy.ClickFocus
            row.setFocusPolicy(policy)


class NavRow(QPushButton):
    """One row: icon or mark, name, plain grey count."""

    def __init__(self, nav: NavList) -> None:
        super().__init__(nav)
        self.row = Row("", None)
        self._nav = nav
        self._rail = False
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setProperty("tightFocus", True)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_row(self, row: Row, *, rail: bool) -> None:
        """Show another row."""
        self.row, self._rail = row, rail
        count = f", {row.count}" if row.count is not None else ""
        band = tr(", health {0}").format(mark_words(row.band)) if row.band else ""
        self.setAccessibleName(f"{row.title}{count}{band}")
        set_plain_tooltip(self, row.title if rail else "")
        self.setVisible(not rail or bool(row.icon or row.band))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(font(13 if self.row.large else 12))
        return QSize(32, max(28 if self.row.large else 26, metrics.height() + 8))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def nextCheckState(self) -> None:
        """Leave the lit state to the window: a click is a wish, not yet a page."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            self._nav.step(self, step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            look, rect, on = theme_of(self), QRectF(self.rect()), self.isChecked()
            if on or self.underMouse():
                fill = "selected" if on else "hover"
                panel(painter, rect, fill=fill, border="", theme=look)
            self._paint_sign(painter, rect, look)
            if not self._rail:
                self._paint_words(painter, rect, look)

    def _paint_sign(self, painter: QPainter, rect: QRectF, look: Theme) -> None:
        if self.row.band:
            box = QRectF(rect.left() + (10 if self._rail else 8), rect.center().y() - 6, 12, 12)
            draw_mark(painter, box, band=self.row.band, theme=look)
        elif self.row.icon:
            box = QRectF(rect.left() + 8, rect.top(), 16, rect.height())
            ink = look.colour("accent-text" if self.isChecked() else "text2")
            draw_icon(painter, box, name=self.row.icon, colour=ink)

    def _paint_words(self, painter: QPainter, rect: QRectF, look: Theme) -> None:
        on, row = self.isChecked(), self.row
        px = 13 if row.large else 12
        indent = 32 if row.icon else 28 if row.band else 8
        count = "" if row.count is None else number(row.count)
        painter.setFont(font(px))
        painter.setPen(look.colour("text2" if on else "text3"))
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(rect.adjusted(0, 0, -8, 0), right, count)
        painter.setFont(font(px, MEDIUM if on else REGULAR))
        painter.setPen(look.colour("text" if on else "text2"))
        metrics = QFontMetrics(painter.font())
        taken = metrics.horizontalAdvance(count) + 8 if count else 0
        room = rect.adjusted(indent, 0, -8 - taken, 0)
        words = metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, int(room.width()) + 2)
        painter.drawText(room.adjusted(0, 0, 8, 0), int(Qt.AlignmentFlag.AlignVCenter), words)
