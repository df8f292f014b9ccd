"""A page that is built when it is first shown, so that the window opens before its pages load."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from csplanner.ui.shell.page import PageWidget


class LatePage(PageWidget):
    """Stands in for a page until it is opened, then holds it and passes everything on."""

    def __init__(self, key: str, title: str, place: str, make: Callable[[], PageWidget]) -> None:
        """`make` builds the page when it is first opened."""
        self.key, self.title, self.place = key, title, place
        super().__init__()
        self._make = make
        self._page: PageWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)

    @property
    def page(self) -> PageWidget | None:
        """The page itself, once it was shown."""
        return self._page

    @property
    def current_account(self) -> str | None:
        """The account the page is about, when it says so."""
        return getattr(self._page, "current_account", None)

    def breadcrumb(self) -> list[str]:
        return self._page.breadcrumb() if self._page is not None else super().breadcrumb()

    def chosen_text(self) -> str:
        return self._page.chosen_text() if self._page is not None else super().chosen_text()

    def open(self, argument: object) -> None:
        self._built().open(argument)

    def refresh(self) -> None:
        if self._page is not None:
            self._page.refresh()

    def inspector(self) -> QWidget | None:
        return self._page.inspector() if self._page is not None else None

    def focus_find(self) -> None:
        if self._page is not None:
            self._page.focus_find()

    def _built(self) -> PageWidget:
        if self._page is None:
            page = self._page = self._make()
            self.layout().addWidget(page)  # type: ignore[union-attr]
            self.setFocusProxy(page)
            page.navigate.connect(self.navigate)
            page.heading_changed.connect(self.heading_changed)
            page.inspector_changed.connect(self.inspector_changed)
        return self._page
