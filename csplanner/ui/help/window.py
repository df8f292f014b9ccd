"""The window of the handbook: contents, a page, the way back, and a field that finds words."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from csplanner.language import ntr
from csplanner.ui.help import handbook
from csplanner.ui.help.reader import Reader
from csplanner.ui.widgets.buttons import IconButton
from csplanner.ui.widgets.fields import SearchField
from csplanner.ui.widgets.labels import ElidedLabel
from csplanner.ui.widgets.panes import Ground, Hairline

_SIZE = QSize(920, 680)
_CONTENTS = 240
_KEY = int(Qt.ItemDataRole.UserRole)


class HelpWindow(QDialog):
    """The handbook beside the window it belongs to; made once and shown again."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Handbook"))
        self.setModal(False)
        self.resize(_SIZE)
        self._back: list[str] = []
        self._ahead: list[str] = []
        self._key = ""
        self.reader = Reader()
        self.reader.asked.connect(self.show_page)
        self.contents = QListWidget()
        self.contents.setAccessibleName(self.tr("Contents of the handbook"))
        self.contents.setFrameShape(QListWidget.Shape.NoFrame)
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.contents.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.contents.currentItemChanged.connect(self._chosen)
        self.search = SearchField(self.tr("Search the handbook"))
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self.reader.setFocus)
        self.back = IconButton("arrow-left", self.tr("Back"))
        self.back.clicked.connect(lambda: self.go(-1))
        self.ahead = IconButton("arrow-right", self.tr("Forward"))
        self.ahead.clicked.connect(lambda: self.go(1))
        self._title = ElidedLabel("", colour="text2")
        self._lay_out()
        for keys, act in (
            ("Alt+Left", lambda: self.go(-1)),
            ("Alt+Right", lambda: self.go(1)),
            ("Ctrl+F", self.search.setFocus),
            ("Ctrl+K", self.search.setFocus),
        ):
            QShortcut(QKeySequence(keys), self, act)
        self._list("")

    @property
    def key(self) -> str:
        """The key of the page shown."""
        return self._key

    def open_at(self, key: str) -> None:
        """Show the window with a page, `book`, or a part of it, `book#Columns`, before all others.

        An unknown heading shows the page from its beginning.
        """
        self.search.clear()
        key, _, heading = key.partition("#")
        self.show_page(key)
        if heading:
            self.reader.go_to(heading)
        if self.isVisible():
            self.raise_()
        self.show()
        self.activateWindow()
        self.reader.setFocus()

    def show_page(self, key: str) -> None:
        """Show a page and remember where one came from; an unknown key changes nothing."""
        if key != self._key and self._show(key):
            self._ahead.clear()

    def go(self, by: int) -> None:
        """Go back (−1) or forward (1) among the pages read."""
        source, other = (self._back, self._ahead) if by < 0 else (self._ahead, self._back)
        if source:
            came_from, target = self._key, source.pop()
            self._show(target, remembered=False)
            other.append(came_from)
            self._dim()

    def _show(self, key: str, *, remembered: bool = True) -> bool:
        page = handbook.page(key)
        if page is None:
            return False
        if remembered and self._key:
            self._back.append(self._key)
        self._key = key
        self.reader.show_page(page)
        self.reader.mark(self.search.text())
        self._title.setText(page.title)
        self._light()
        self._dim()
        return True

    def _dim(self) -> None:
        self.back.setEnabled(bool(self._back))
        self.ahead.setEnabled(bool(self._ahead))

    def _search(self, wanted: str) -> None:
        self._list(wanted)
        if wanted.strip() and self.contents.count() and self.contents.item(0).data(_KEY):
            self.show_page(str(self.contents.item(0).data(_KEY)))
        self.reader.mark(wanted)
        self._light()

    def _list(self, wanted: str) -> None:
        self.contents.blockSignals(True)
        self.contents.clear()
        if wanted.strip():
            for found in handbook.find(wanted):
                times = ntr("{0} place", "{0} places", found.count)
                self._add(found.page.key, found.page.title, f"{times}: …{found.around}…")
            if not self.contents.count():
                self._add("", self.tr("Nothing found. Try another word."), "")
        else:
            for page in (*handbook.pages(), handbook.news()):
                self._add(page.key, page.title, "")
        self.contents.blockSignals(False)

    def _add(self, key: str, title: str, about: str) -> None:
        item = QListWidgetItem(title, self.contents)
        item.setData(_KEY, key)
        item.setData(int(Qt.ItemDataRole.AccessibleDescriptionRole), about)
        if not key:
            item.setFlags(Qt.ItemFlag.NoItemFlags)

    def _light(self) -> None:
        """Mark the page shown in the list."""
        self.contents.blockSignals(True)
        for row in range(self.contents.count()):
            if self.contents.item(row).data(_KEY) == self._key:
                self.contents.setCurrentRow(row)
        self.contents.blockSignals(False)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(_KEY):
            self.show_page(str(item.data(_KEY)))

    def _lay_out(self) -> None:
        bar = Ground("window")
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(4)
        row.addWidget(self.back)
        row.addWidget(self.ahead)
        row.addSpacing(8)
        row.addWidget(self._title, 1)
        self.search.setFixedWidth(260)
        row.addWidget(self.search)
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.setChildrenCollapsible(False)
        left = Ground("surface")
        inner = QVBoxLayout(left)
        inner.setContentsMargins(12, 12, 4, 8)
        inner.addWidget(self.contents)
        sides.addWidget(left)
        sides.addWidget(self.reader)
        sides.setSizes([_CONTENTS, _SIZE.width() - _CONTENTS])
        sides.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(Hairline())
        column.addWidget(sides, 1)
        QWidget.setTabOrder(self.search, self.contents)
        QWidget.setTabOrder(self.contents, self.reader)
