"""What every chart offers: copied as an image, copied as data, shown as a table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from csplanner.language import tr
from csplanner.ui import veil
from csplanner.ui.widgets.buttons import IconButton
from csplanner.ui.widgets.dialogs import Dialog
from csplanner.ui.widgets.menus import Menu

_SIZE = (520, 340)


@dataclass(frozen=True, slots=True)
class ChartTable:
    """All a chart shows, as rows of text: what is copied, and what is shown instead of it."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]

    @property
    def text(self) -> str:
        """The table as text with tabs, one line a row; a cell holds neither tab nor line end."""
        lines = [self.columns, *self.rows]
        return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)


class ChartMenu(QObject):
    """The menu of one chart, by the right button, the menu key or Shift+F10; Ctrl+C copies data.

    `table` answers what the chart holds whenever it is asked. The veil hides a table shown, not
    what is copied.
    """

    def __init__(self, chart: QWidget, title: str, table: Callable[[], ChartTable]) -> None:
        super().__init__(chart)
        self.chart, self.title, self._table = chart, title, table
        chart.installEventFilter(self)

    def button(self) -> IconButton:
        """Return a button that opens the menu, to stand in the title row of the chart."""
        made = IconButton("ellipsis", tr("More of the chart {0}").format(self.title))
        made.clicked.connect(lambda: self.open_at(made.mapToGlobal(made.rect().bottomLeft())))
        return made

    def copy_image(self) -> None:
        """Put the chart, as it is drawn, on the clipboard."""
        QGuiApplication.clipboard().setPixmap(self.chart.grab())

    def copy_data(self) -> None:
        """Put the chart's table on the clipboard, as text with tabs."""
        QGuiApplication.clipboard().setText(self._table().text)

    def words(self) -> str:
        """Return all the chart shows in words, to be found in."""
        return self._table().text

    def show_table(self) -> None:
        """Show the chart's table in a dialog, with rows and cells a screen reader can read."""
        dialog = table_dialog(self.chart.window(), self.title, self._table())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def menu(self) -> Menu:
        """Return the menu, not yet shown; it goes once it was closed."""
        menu = Menu(self.chart, self.title)
        menu.addAction(tr("Copy as image")).triggered.connect(self.copy_image)
        menu.addAction(tr("Copy data")).triggered.connect(self.copy_data)
        menu.addSeparator()
        menu.addAction(tr("Show as table")).triggered.connect(self.show_table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def open_at(self, spot: QPoint) -> None:
        """Open the menu at a point of the screen."""
        self.menu().popup(spot)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open the menu, or copy, when the chart is asked to."""
        if watched is not self.chart:
            return False
        if isinstance(event, QContextMenuEvent):
            self.open_at(event.globalPos())
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.matches(QKeySequence.StandardKey.Copy):
                self.copy_data()
                return True
            shifted = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
            if event.key() == Qt.Key.Key_Menu or (shifted and event.key() == Qt.Key.Key_F10):
                self.open_at(self.chart.mapToGlobal(self.chart.rect().center()))
                return True
        return False


def shown_chart(page: object) -> ChartMenu | None:
    """Return the menu of the chart with the keyboard, else of the first to be seen on a page."""
    if not isinstance(page, QWidget):
        return None
    charts = [c for c in page.findChildren(ChartMenu) if c.chart.isVisible()]
    return next((c for c in charts if c.chart.hasFocus()), charts[0] if charts else None)


def table_dialog(parent: QWidget | None, title: str, table: ChartTable) -> Dialog:
    """Return the dialog that shows a chart as a table; Escape closes it."""
    dialog = Dialog(title, parent=parent)
    cells = QTableWidget(len(table.rows), len(table.columns))
    cells.setAccessibleName(title)
    cells.setHorizontalHeaderLabels(list(table.columns))
    cells.verticalHeader().hide()
    cells.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    cells.setTabKeyNavigation(False)
    cells.setShowGrid(False)
    cells.setMinimumSize(*_SIZE)
    for row, line in enumerate(table.rows):
        for column, text in enumerate(line):
            cells.setItem(row, column, QTableWidgetItem(veil.sentence(text)))
    head = cells.horizontalHeader()
    head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    head.setStretchLastSection(True)
    if table.rows:
        cells.setCurrentCell(0, 0)
    dialog.body.addWidget(cells)
    copy = dialog.add_verb(tr("Copy data"), key="copy")
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(table.text))
    dialog.add_verb(tr("Close"), key="close").setDefault(True)
    cells.setFocus(Qt.FocusReason.TabFocusReason)
    return dialog
