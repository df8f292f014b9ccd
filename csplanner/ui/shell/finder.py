"""Find in this screen: a bar that goes from one place where the words stand to the next."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QScrollArea,
    QScrollBar,
    QWidget,
)
from shiboken6 import isValid

from csplanner.domain.likeness import plain
from csplanner.ui import veil
from csplanner.ui.look import theme_of
from csplanner.ui.widgets.buttons import IconButton
from csplanner.ui.widgets.chart_menu import ChartMenu
from csplanner.ui.widgets.fields import SearchField
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Ground

_WIDTH, _MARGIN = 360, 12
_MOST_ROWS, _MOST_COLUMNS = 5_000, 24
_GROWN = 3
_NOT_DRAWN = (QLineEdit, QComboBox, QAbstractSpinBox, QAbstractScrollArea, QScrollBar)
"""What one types into or scrolls draws itself as well; its label stands beside it."""


@dataclass(frozen=True)
class Spot:
    """One place where the words stand: a widget, or a cell of a view."""

    widget: QWidget
    index: QPersistentModelIndex | None = None

    def rect(self) -> QRect:
        """Where it is, in its widget or in the viewport of its view."""
        if self.index is None or not isinstance(self.widget, QAbstractItemView):
            return self.widget.rect()
        return self.widget.visualRect(self.cell())

    def cell(self) -> QModelIndex:
        """The cell of the view, as the view takes it."""
        if self.index is None or not self.index.isValid():
            return QModelIndex()
        return self.index.model().index(self.index.row(), self.index.column())


def spots(page: QWidget, typed: str) -> list[Spot]:
    """Every place of a page where the text typed stands, from the top down."""
    wanted = plain(typed).strip()
    if not wanted:
        return []
    found = [*_in_widgets(page, wanted), *_in_views(page, wanted)]
    return sorted(found, key=lambda spot: _place(spot, page))


def _in_widgets(page: QWidget, wanted: str) -> Iterator[Spot]:
    for widget in page.findChildren(QWidget):
        if widget.isVisibleTo(page) and wanted in plain(_shown_by(widget)):
            yield Spot(widget)


def _shown_by(widget: QWidget) -> str:
    """The words a widget shows; of what draws itself, those it tells a screen reader."""
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text() or widget.accessibleName()
    draws = type(widget).paintEvent is not QWidget.paintEvent
    if not draws or isinstance(widget, _NOT_DRAWN) or widget.findChild(QWidget) is not None:
        return ""
    chart = widget.findChild(ChartMenu)
    cells = chart.words() if chart is not None else ""
    return veil.sentence(f"{widget.accessibleName()} {widget.accessibleDescription()} {cells}")


def _in_views(page: QWidget, wanted: str) -> Iterator[Spot]:
    for view in page.findChildren(QAbstractItemView):
        model = view.model()
        if model is None or not view.isVisibleTo(page):
            continue
        whole = QModelIndex()
        # Of a list, Qt keeps the number of columns to itself.
        columns = 1 if isinstance(view, QListView) else model.columnCount(whole)
        columns = min(columns, _MOST_COLUMNS)
        for row in range(min(model.rowCount(whole), _MOST_ROWS)):
            for column in range(columns):
                index = model.index(row, column)
                if wanted in plain(_said(index)):
                    yield Spot(view, QPersistentModelIndex(index))
                    break


def _said(index: QModelIndex) -> str:
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
    return " ".join(str(index.data(role) or "") for role in roles)


def _place(spot: Spot, page: QWidget) -> tuple[int, int]:
    at = spot.widget.mapTo(page, QPoint(0, 0))
    if spot.index is not None:
        at += QPoint(0, spot.index.row())
    return at.y(), at.x()


class _Ring(QWidget):
    """A ring around what was found; it moves with what it stands on."""

    def __init__(self, on: QWidget, rect: QRect) -> None:
        super().__init__(on)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(rect.adjusted(-_GROWN, -_GROWN, _GROWN, _GROWN).intersected(on.rect()))
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme_of(self).colour("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)


class FindBar(Ground):
    """The field over the page, with where one stands among what was found.

    Enter goes on, Shift Enter back, Escape closes and leaves the keyboard where it found last.
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__("raised", over, lines="trbl")
        self._over = over
        self._page: QWidget | None = None
        self._found: list[Spot] = []
        self._at = -1
        self._ring: _Ring | None = None
        self._before: QWidget | None = None
        self.field = SearchField(self.tr("Find in this screen"), self)
        self.said = PlainLabel("", px=12, colour="text2")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 6, 6)
        row.setSpacing(4)
        row.addWidget(self.field, 1)
        row.addWidget(self.said)
        for icon, name, by in (
            ("arrow-up", self.tr("The one before"), -1),
            ("arrow-down", self.tr("The next one"), 1),
        ):
            button = IconButton(icon, name, self)
            button.clicked.connect(lambda _on=False, by=by: self.go(by))
            row.addWidget(button)
        close = IconButton("x", self.tr("Close"), self, keys="Esc")
        close.clicked.connect(self.leave)
        row.addWidget(close)
        self.field.textChanged.connect(self.find)
        self.hide()

    def open(self, page: QWidget) -> None:
        """Open over a page, with what was typed last chosen."""
        self._page = page
        self._before = self.window().focusWidget()
        wide = min(_WIDTH, self._over.width() - 2 * _MARGIN)
        self.setGeometry(
            self._over.width() - wide - _MARGIN, _MARGIN, wide, max(44, self.sizeHint().height())
        )
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self.find()

    @property
    def count(self) -> int:
        """In how many places the words stand."""
        return len(self._found)

    @property
    def current(self) -> Spot | None:
        """The place shown now."""
        return self._found[self._at] if 0 <= self._at < len(self._found) else None

    def find(self) -> None:
        """Look for what is typed, and show the first place."""
        page = self._page
        self._found = spots(page, self.field.text()) if page is not None and isValid(page) else []
        self._at = -1
        self.go(1)

    def go(self, by: int) -> None:
        """Show the next place (1) or the one before (−1), going round."""
        if self._found:
            first = 0 if by > 0 else len(self._found) - 1
            self._at = first if self._at < 0 else (self._at + by) % len(self._found)
        self._show_place()

    def leave(self) -> None:
        """Close; a row that was found has the keyboard, else what had it before."""
        spot = self.current
        self._clear_ring()
        self.hide()
        to = spot.widget if spot is not None and spot.index is not None else self._before
        if to is not None and isValid(to):
            to.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_away(self) -> None:
        """Close without moving the keyboard, as when another page is shown."""
        self._clear_ring()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.go(-1 if back else 1)
        else:
            super().keyPressEvent(event)

    def _show_place(self) -> None:
        self._clear_ring()
        spot = self.current
        if spot is None or not isValid(spot.widget):
            typed = bool(self.field.text().strip())
            self.said.setText(self.tr("Nothing found") if typed else "")
            return
        self.said.setText(self.tr("{0} of {1}").format(self._at + 1, len(self._found)))
        _bring_up(spot)
        view = spot.widget
        inside = view.viewport() if isinstance(view, QAbstractItemView) else view.parentWidget()
        rect = spot.rect()
        if spot.index is None:
            rect = QRect(view.pos(), view.size())
        if inside is not None:
            self._ring = _Ring(inside, rect)

    def _clear_ring(self) -> None:
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._ring = None


def _bring_up(spot: Spot) -> None:
    """Scroll until the place is seen, and make a row the current one."""
    if isinstance(spot.widget, QAbstractItemView) and spot.index is not None:
        index = spot.cell()
        spot.widget.setCurrentIndex(index)
        spot.widget.scrollTo(index)
    above = spot.widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(spot.widget)
        above = above.parentWidget()
