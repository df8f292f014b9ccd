"""The middle of the window: the stacked pages and the inspector beside or above them."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from csplanner.ui.shell.page import Page
from csplanner.ui.widgets.panes import Ground

INSPECTOR_WIDTH = 320


class Content(QWidget):
    """Lays out pages and inspector: side by side, or the inspector over the page when narrow.

    Over the page it starts closed, so that it covers nothing nobody asked to have covered.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stack = QStackedWidget(self)
        self._slot = Ground("window", self, lines="l")
        self._slot.setAccessibleName(self.tr("Inspector"))
        self._inspectors = QStackedWidget(self._slot)
        column = QVBoxLayout(self._slot)
        column.setContentsMargins(1, 0, 0, 0)
        column.addWidget(self._inspectors)
        self._wanted_beside, self._wanted_over = True, False
        self._has = False
        self._over = False
        self._slot.hide()

    @property
    def inspector_slot(self) -> QWidget:
        """The part of the window the inspector stands in."""
        return self._slot

    def show_inspector(self, inspector: QWidget | None) -> None:
        """Put a page's inspector into the slot; None leaves the whole room to the page."""
        if inspector is not None and self._inspectors.indexOf(inspector) < 0:
            self._inspectors.addWidget(inspector)
        if inspector is not None:
            self._inspectors.setCurrentWidget(inspector)
        self._has = inspector is not None
        self._place()

    def drop(self, page: Page) -> None:
        """Take a page and its inspector out for good."""
        self.show_inspector(None)
        for widget in (page.inspector(), page):
            if isinstance(widget, QWidget):
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()

    def toggle_inspector(self) -> None:
        """Show or hide the inspector."""
        if self._over:
            self._wanted_over = not self._wanted_over
        else:
            self._wanted_beside = not self._wanted_beside
        self._place()

    def inspector_shown(self) -> bool:
        """Say whether the inspector can be seen."""
        wanted = self._wanted_over if self._over else self._wanted_beside
        return wanted and self._has

    @property
    def is_wanted(self) -> bool:
        """Whether the inspector is wanted beside the page, where there is room for it."""
        return self._wanted_beside

    def want_inspector(self, wanted: bool) -> None:
        """Want the inspector beside the page, or not."""
        self._wanted_beside = wanted
        self._place()

    def set_over(self, over: bool) -> None:
        """Lay the inspector over the page, closed at first, instead of beside it."""
        if over != self._over:
            self._over, self._wanted_over = over, False
            self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        shown = self.inspector_shown()
        shows = self._inspectors.currentWidget()
        wanted = max(INSPECTOR_WIDTH, shows.minimumWidth() + 1) if shows else INSPECTOR_WIDTH
        width = min(wanted, self.width())
        beside = width if shown and not self._over else 0
        self.stack.setGeometry(QRect(0, 0, self.width() - beside, self.height()))
        self._slot.setGeometry(QRect(self.width() - width, 0, width, self.height()))
        self._slot.setVisible(shown)
        self._slot.raise_()
