"""Small parts of the account page: rows that open what is behind them, and painted bars."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from csplanner.paint.bars import draw_coverage, draw_influence
from csplanner.paint.fonts import MEDIUM, SEMIBOLD
from csplanner.paint.goals import dashed_track, draw_goal, draw_use
from csplanner.ui import veil
from csplanner.ui.account.evidence import Evidence, Line
from csplanner.ui.look import colour_of, theme_of
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Hairline, Scroll
from csplanner.ui.widgets.popover import Popover

_WIDE = 380
_HIGH = 360


def clear(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            return
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


_SMALLEST = QSize(0, 24)
"""No row is lower than a finger or an unsteady hand can hit."""


class RowButton(QAbstractButton):
    """A row that can be pressed: click, Space or Enter opens what is behind it.

    Rows of one parent are one Tab stop; the arrows move between them.
    """

    def __init__(
        self,
        name: str,
        parent: QWidget | None = None,
        *,
        run: Callable[[], object],
        line: str = "b",
    ) -> None:
        """`name` is what a screen reader says; `line` is `b` with a hairline below, or empty."""
        super().__init__(parent)
        self._line = line
        self._name = name
        self.follow_veil()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(lambda: run())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right):
            rows = row_buttons(self.parentWidget())
            by = -1 if key in (Qt.Key.Key_Up, Qt.Key.Key_Left) else 1
            place = max(0, min(len(rows) - 1, rows.index(self) + by))
            rows[place].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def follow_veil(self) -> None:
        """Say the name without what is hidden now."""
        self.setAccessibleName(veil.sentence(self._name))

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(_SMALLEST)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(_SMALLEST)

    def take(self, layout: QLayout) -> None:
        """Lay the row out; what stands in it passes the pointer on."""
        self.setLayout(layout)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            if not self.toolTip():
                self.setToolTip(child.toolTip())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.underMouse():
            painter.fillRect(self.rect(), colour_of(self, "hover"))
        if self._line:
            painter.setPen(colour_of(self, "hair"))
            painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())
        painter.end()


def row_buttons(parent: QWidget | None) -> list[RowButton]:
    """Return the rows of a parent, from top to bottom."""
    if parent is None:
        return []
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    return [r for r in parent.findChildren(RowButton, options=direct) if not r.isHidden()]


def one_tab_stop(rows: Sequence[RowButton]) -> None:
    """Let Tab stop at the first row alone."""
    for place, row in enumerate(rows):
        first = place == 0
        row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if first else Qt.FocusPolicy.ClickFocus)


Verb = tuple[str, Callable[[], object]]
"""A verb that adds to the evidence: its words and what it does."""


class EvidencePopover(Popover):
    """The rows behind a number."""

    def __init__(self, window: QWidget, evidence: Evidence, verb: Verb | None = None) -> None:
        """Offer at its foot what adds to the evidence, if anything does."""
        super().__init__(window)
        self.setAccessibleName(evidence.title)
        self.body.addWidget(PlainLabel(evidence.title, weight=SEMIBOLD))
        sentence = PlainLabel(evidence.sentence, colour="text2")
        sentence.setWordWrap(True)
        sentence.setFixedWidth(_WIDE)
        self.body.addWidget(sentence)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ownFocus", True)
        if evidence.lines:
            self.body.addWidget(self._list(evidence.lines))
        if verb is not None:
            self._offer(*verb)

    def _offer(self, words: str, run: Callable[[], object]) -> None:
        button = Button(words, small=True)

        def do() -> None:
            self.close_popover()
            run()

        button.clicked.connect(do)
        self.body.addWidget(button)

    def _list(self, lines: Sequence[Line]) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        for line in lines:
            column.addWidget(Hairline())
            column.addWidget(evidence_line(line))
        column.addStretch(1)
        scroll = Scroll(inner)
        scroll.setAccessibleName(self.tr("Evidence"))
        scroll.setFixedWidth(_WIDE)
        scroll.setFixedHeight(min(_HIGH, inner.heightForWidth(_WIDE - 8) + 4))
        return scroll

    def open_below(self, widget: QWidget, left: int = 0) -> None:
        """Open under the part of the page it explains, `left` px from where that begins."""
        self.open_at(widget.mapTo(self.ground, QPoint(left, widget.height() + 4)))
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space closes what Space opened; the arrows scroll."""
        scroll = self.findChild(Scroll)
        steps = {Qt.Key.Key_Down: 40, Qt.Key.Key_Up: -40}
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Space:
            self.close_popover()
        elif key in steps and scroll is not None:
            bar = scroll.verticalScrollBar()
            bar.setValue(bar.value() + steps[key])
        else:
            super().keyPressEvent(event)


def evidence_line(line: Line) -> QWidget:
    """Return one row of evidence: text and value, source below; missing ones are grey."""
    box = QWidget()
    text = PlainLabel(line.text, weight=MEDIUM, colour="text2" if line.is_missing else "text")
    text.setWordWrap(True)
    value = PlainLabel(line.value, px=12, colour="text3" if line.is_missing else "text")
    value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    first = QHBoxLayout()
    first.setSpacing(12)
    first.addWidget(text, 1)
    first.addWidget(value)
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addLayout(first)
    if line.source:
        source = PlainLabel(line.source, px=12, colour="text3")
        source.setWordWrap(True)
        column.addWidget(source)
    box.setAccessibleName(veil.sentence(f"{line.text}: {line.value}. {line.source}"))
    return box


class GoalBar(QWidget):
    """The way from start to goal."""

    def __init__(self, share: float | None, stale: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share, self._stale = share, stale
        self.setFixedSize(118, 16)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect()).adjusted(5, 0, 0, 0)
        draw_goal(painter, rect, share=self._share, stale=self._stale, theme=theme_of(self))
        painter.end()


class UseBar(QWidget):
    """A share of use, as wide as there is room."""

    def __init__(
        self, share: float, parent: QWidget | None = None, *, is_bought: bool = True
    ) -> None:
        """What was not bought is dashed."""
        super().__init__(parent)
        self._share, self._is_bought = share, is_bought
        self.setFixedHeight(6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, rect = QPainter(self), QRectF(self.rect())
        if self._is_bought:
            draw_use(painter, rect, share=self._share, theme=theme_of(self))
        else:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            dashed_track(painter, rect.adjusted(0.5, 0.5, -0.5, -0.5), theme_of(self))
        painter.end()


class WeightBar(UseBar):
    """A bucket's weight, 44 px for the largest there is (35%)."""

    def __init__(self, share: float, parent: QWidget | None = None) -> None:
        super().__init__(min(1.0, share / 0.35), parent)
        self.setFixedSize(44, 6)


class InfluenceBars(QWidget):
    """Four rising bars; all of them empty when nobody said."""

    def __init__(self, level: int | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level = level
        self.setFixedSize(20, 12)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        draw_influence(painter, rect, level=self._level or 0, theme=theme_of(self))
        painter.end()


class CoverageDots(QWidget):
    """Five dots for the required roles."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seats: Sequence[str] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_seats(self, seats: Sequence[str], words: str) -> None:
        """Show other seats; `words` is what a screen reader says."""
        self._seats = seats
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(64, 14)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_coverage(painter, QRectF(self.rect()), seats=self._seats, theme=theme_of(self))
        painter.end()
