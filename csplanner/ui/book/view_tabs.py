"""Tabs of the views: the whole book, views with something in them, and those you saved."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from csplanner.book.book import Book
from csplanner.language import tr
from csplanner.ui.book.views import BUILT_IN, WHOLE, NamedView, known_views, saved_view
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.buttons import IconButton
from csplanner.ui.widgets.format import number
from csplanner.ui.widgets.menus import Menu
from csplanner.ui.widgets.panes import Ground
from csplanner.ui.widgets.tabs import Tabs


class ViewTabs(Ground):
    """`chosen(NamedView)` is emitted when another view is chosen, `added` for the plus.

    `asked(verb, key)` wants something done with a view, `arranged(keys)` your own in that order.
    """

    chosen = Signal(object)
    added = Signal()
    asked = Signal(str, str)
    arranged = Signal(object)

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
        self.tabs.setMovable(True)
        self.tabs.installEventFilter(self)
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

    def view_of(self, key: str) -> NamedView:
        """A view by its key."""
        return self._views[key]

    def count(self) -> None:
        """Ask the book for its views and how many accounts each holds."""
        self._session.ask(self, known_views, self._show_known, later=True)

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
        found = next((n for n in known if key in (n.key, n.title, n.shown_title)), None)
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
                tabs.add(key, named.shown_title, self._count_of(key))
            tabs.blockSignals(True)
        for key, named in self._views.items():
            tabs.set_title(key, named.shown_title, self._count_of(key))
        tabs.choose(self._key)
        tabs.blockSignals(False)
        tabs.updateGeometry()

    def _count_of(self, key: str) -> str | None:
        return number(self._counts[key]) if key in self._counts else None

    # One view

    def _open_menu(self, point: QPoint) -> None:
        place = self.tabs.tabAt(point)
        self.open_menu(str(self.tabs.tabData(place) or "") if place >= 0 else self._key, point)

    def open_menu(self, key: str, point: QPoint) -> None:
        """Offer what can be done with a view at a point of the tabs."""
        named = self._views.get(key)
        if named is None:
            return
        menu = Menu(self, named.shown_title)
        for verb, text in self._verbs_of(named):
            if verb:
                menu.addAction(text).triggered.connect(
                    lambda _on=False, v=verb: self.asked.emit(v, key)
                )
            else:
                menu.addSeparator()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.tabs.mapToGlobal(point))

    def _verbs_of(self, named: NamedView) -> list[tuple[str, str]]:
        verbs = [("copy", self.tr("Copy view as text")), ("duplicate", self.tr("Duplicate…"))]
        if named.is_saved:
            verbs[:0] = [("rename", self.tr("Rename…"))]
            verbs += [
                ("", ""), ("left", self.tr("Move to the left")),
                ("right", self.tr("Move to the right")), ("", ""),
                ("remove", self.tr("Remove this view")),
            ]  # fmt: skip
        elif named.key != WHOLE:
            verbs += [("", ""), ("hide", self.tr("Hide this view"))]
        return [*verbs, ("unhide", self.tr("Show hidden views"))]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt and an arrow move the view chosen, F2 renames it, Delete takes it away."""
        if watched is self.tabs and isinstance(event, QKeyEvent) and self._is_press(event):
            verb = self._verb_of(event)
            if verb:
                self.asked.emit(verb, self._key)
                return True
        if watched is self.tabs and event.type() == QEvent.Type.MouseButtonRelease:
            self._dropped()
        return super().eventFilter(watched, event)

    @staticmethod
    def _is_press(event: QKeyEvent) -> bool:
        return event.type() == QEvent.Type.KeyPress

    def _verb_of(self, event: QKeyEvent) -> str:
        keys, named = Qt.Key, self.named
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            ways = {keys.Key_Up: "left", keys.Key_Left: "left", keys.Key_Down: "right",
                    keys.Key_Right: "right"}  # fmt: skip
            return ways.get(keys(event.key()), "") if named.is_saved else ""
        if event.key() == keys.Key_F2:
            return "rename" if named.is_saved else ""
        if event.key() == keys.Key_Delete and named.key != WHOLE:
            return "remove" if named.is_saved else "hide"
        return ""

    def saved_order(self) -> list[str]:
        """The keys of your own views as the tabs stand."""
        keys = [str(self.tabs.tabData(at)) for at in range(self.tabs.count())]
        return [key for key in keys if key in self._views and self._views[key].is_saved]

    def _dropped(self) -> None:
        """A tab was let go of: your own views keep the order, the others stand where they stood."""
        order = self.saved_order()
        known = [key for key, named in self._views.items() if named.is_saved]
        shown = [str(self.tabs.tabData(at)) for at in range(self.tabs.count())]
        if order != known:
            self.arranged.emit(order)
        elif shown != list(self._views):
            self._show()


def keep(book: Book, *, name: str, spec: dict[str, object]) -> str:
    """Keep a view under a name; one of that name gets the content. Returns the line to say."""
    found = next((kept for kept in book.views.all() if kept.name == name), None)
    if found is None:
        book.views.add(name, spec)
    else:
        book.views.update(found.id, name, spec)
    return tr("Saved the view {0}").format(name)
