"""Tabs of the views: the whole book, views with something in them, and those you saved."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from csplanner.book.book import Book
from csplanner.ui.book.views import BUILT_IN, WHOLE, NamedView, known_views, saved_view
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.buttons import IconButton
from csplanner.ui.widgets.format import number
from csplanner.ui.widgets.menus import Menu
from csplanner.ui.widgets.panes import Ground
from csplanner.ui.widgets.tabs import Tabs


class ViewTabs(Ground):
    """`chosen(NamedView)` is emitted when another view is chosen, `added` for the plus."""

    chosen = Signal(object)
    added = Signal()
    removed = Signal(str)

    def __init__(self, session: BookSession, parent: QWidget | None = None) -> None:
        super().__init__("window", parent, lines="b")
        self._session = session
        self._views: dict[str, NamedView] = {BUILT_IN[0].key: BUILT_IN[0]}
        self._counts: dict[str, int] = {}
        self._key = WHOLE
        self.tabs = Tabs(self.tr("Views"), self)
        self.tabs.chosen.connect(self._choose)
        self.tabs.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tabs.customContextMenuRequested.connect(self._open_menu)
        add = IconButton("plus", self.tr("Save this view"), self)
        add.clicked.connect(self.added)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(4)
        row.addWidget(self.tabs)
        row.addWidget(add)
        row.addStretch(1)
        self._show()

    @property
    def named(self) -> NamedView:
        """The view chosen."""
        return self._views[self._key]

    def count(self) -> None:
        """Ask the book for its views and how many accounts each holds."""
        self._session.ask("view tabs", known_views, self._show_known, later=True)

    def _show_known(self, known: list[tuple[NamedView, int]]) -> None:
        chosen = self._views.get(self._key)
        self._counts = {named.key: count for named, count in known}
        self._views = {named.key: named for named, _ in known}
        if chosen is not None and not chosen.is_saved and self._key not in self._views:
            # The view looked at stays although nothing is left in it.
            self._views[self._key] = chosen
            self._counts[self._key] = 0
        if self._key not in self._views:
            self._choose(WHOLE)
        self._show()

    def choose(self, key: str) -> bool:
        """Choose a view by key or title without telling; say whether there is one."""
        known = [*BUILT_IN, *(saved_view(kept) for kept in self._session.read.views.all())]
        found = next((n for n in known if key in (n.key, n.title)), None)
        if found is None:
            return False
        self._views.setdefault(found.key, found)
        self._key = found.key
        self._show()
        return True

    def _choose(self, key: str) -> None:
        if key and key != self._key:
            self._key = key
            self.chosen.emit(self.named)

    def _show(self) -> None:
        tabs = self.tabs
        tabs.blockSignals(True)
        if [tabs.tabData(i) for i in range(tabs.count())] != list(self._views):
            while tabs.count():
                tabs.removeTab(0)
            for key, named in self._views.items():
                tabs.add(key, named.title, self._count_of(key))
            tabs.blockSignals(True)
        for key, named in self._views.items():
            tabs.set_title(key, named.title, self._count_of(key))
        tabs.choose(self._key)
        tabs.blockSignals(False)
        tabs.updateGeometry()

    def _count_of(self, key: str) -> str | None:
        return number(self._counts[key]) if key in self._counts else None

    def _open_menu(self, point: QPoint) -> None:
        place = self.tabs.tabAt(point)
        named = self._views.get(str(self.tabs.tabData(place))) if place >= 0 else None
        if named is None or not named.is_saved:
            return
        menu = Menu(self, named.title)
        menu.addAction(self.tr("Remove this view")).triggered.connect(
            lambda: self.removed.emit(named.key)
        )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.tabs.mapToGlobal(point))


def keep(book: Book, *, name: str, spec: dict[str, object]) -> str:
    """Keep a view under a name; one of that name is replaced. Returns the line to say."""
    with book.change(f"Save the view {name}"):
        for kept in book.views.all():
            if kept.name == name:
                book.views.remove(kept.id)
        book.views.add(name, spec)
    return f"Saved the view {name}"
