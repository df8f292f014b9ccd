"""The list of all columns of the Book: which are shown, and in which order."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from csplanner.language import tr
from csplanner.ui.book.columns import BY_KEY, COLUMNS, FROZEN, Layout
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.dialogs import Dialog

_KEY = Qt.ItemDataRole.UserRole
_WIDTH, _HEIGHT = 420, 600


class _List(QListWidget):
    """Columns with boxes; Space shows or hides one, Alt with an arrow moves it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if by is None or not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
            return
        at = self.currentRow()
        if 0 <= at + by < self.count():
            self.insertItem(at + by, self.takeItem(at))
            self.setCurrentRow(at + by)


class ColumnChooser(Dialog):
    """Lists the columns; `changed(layout)` tells at once what was shown, hidden or moved."""

    changed = Signal(object)

    def __init__(self, layout: Layout, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Columns"),
            self.tr("Space shows or hides a column. Drag it to move it, or press Alt with ↑ or ↓."),
            parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._layout = layout
        self.list = _List(self)
        self.list.setAccessibleName(self.tr("Columns"))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.body.addWidget(self.list)
        self.resize(_WIDTH, _HEIGHT)
        self._fill(layout)
        reset = Button(self.tr("As they were"), self, kind="quiet")
        reset.setAutoDefault(False)
        reset.clicked.connect(self._reset)
        self.foot.insertWidget(0, reset)
        done = Button(self.tr("Done"), self, kind="primary")
        done.clicked.connect(self.accept)
        done.setDefault(True)
        self.foot.addWidget(done)
        self.list.itemChanged.connect(self._tell)
        self.list.model().rowsMoved.connect(self._tell)
        self.list.model().rowsInserted.connect(self._tell)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, layout: Layout) -> None:
        self.list.clear()
        for key in layout.order[FROZEN:]:
            column = COLUMNS[BY_KEY[key]]
            title, more = tr(column.title), tr(column.spoken) if column.spoken else ""
            item = QListWidgetItem(f"{title}  ·  {more}" if more else title)
            item.setData(_KEY, key)
            shown = key not in layout.hidden
            item.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _reset(self) -> None:
        self.list.blockSignals(True)
        self._fill(Layout())
        self.list.blockSignals(False)
        self._layout = Layout()
        self.changed.emit(Layout())

    def _tell(self, *_: object) -> None:
        items = [self.list.item(at) for at in range(self.list.count())]
        keys = tuple(item.data(_KEY) for item in items)
        # While a row is being moved it stands there twice or without its data.
        if len(set(keys)) != len(COLUMNS) - FROZEN or None in keys:
            return
        hidden = frozenset(
            item.data(_KEY) for item in items if item.checkState() is Qt.CheckState.Unchecked
        )
        order = (*self._layout.order[:FROZEN], *keys)
        layout = replace(self._layout, order=order, hidden=hidden)
        if layout != self._layout:
            self._layout = layout
            self.changed.emit(layout)
