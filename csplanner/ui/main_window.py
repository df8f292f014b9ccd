"""The window: frame and navigation, nothing else. It knows pages and plain state, never a book."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csplanner.ui.leaving import take_down_at_exit
from csplanner.ui.scale import smallest_size
from csplanner.ui.shell.banner import Banners
from csplanner.ui.shell.content import Content
from csplanner.ui.shell.header import Header
from csplanner.ui.shell.history import History, Visit
from csplanner.ui.shell.hits import Source
from csplanner.ui.shell.keyed_window import KeyedWindow
from csplanner.ui.shell.messages import Messages
from csplanner.ui.shell.page import Page
from csplanner.ui.shell.pane_cycle import focus_next_pane
from csplanner.ui.shell.sidebar import Sidebar
from csplanner.ui.shell.state import ShellState
from csplanner.ui.shell.status_bar import StatusBar
from csplanner.ui.shell.watching import veil_parts, watch_frame
from csplanner.ui.shell.window_commands import place_commands, window_commands
from csplanner.ui.theme import ThemeController
from csplanner.ui.widgets.popover import Toast

if TYPE_CHECKING:
    from csplanner.ui.shell.finder import FindBar
    from csplanner.ui.shell.palette import Palette

RAIL_BELOW = 1180
OVERLAY_BELOW = 1280


class MainWindow(KeyedWindow):
    """Shows pages by key, remembers where you have been, and wears the state it is given.

    `navigate(key, argument)` says that a page was shown; `undo_asked` that a toast's Undo was
    pressed.
    """

    navigate = Signal(str, object)
    undo_asked = Signal()

    def __init__(self, themes: ThemeController) -> None:
        super().__init__()
        take_down_at_exit(self)
        self.setWindowTitle("csplanner")
        self.setMinimumSize(smallest_size(self))
        self.resize(1440, 900)
        self.themes = themes
        self._pages: dict[str, Page] = {}
        self._state = ShellState()
        self._history = History()
        self._named_places: tuple[tuple[str, str], ...] = ()
        self._rail_choice: bool | None = None
        self.content = Content()
        self.header = Header(self.commands)
        self.banners = Banners()
        self.sidebar = Sidebar(self.commands)
        self.status = StatusBar()
        self._lay_out()
        self._sources: list[Source] = []
        self.toast = Toast(self, self.content.stack, clear_of=self.content.inspector_slot)
        self.toast.undo.connect(self.undo_asked)
        self.messages = Messages(self)
        watch_frame(self)
        self.sidebar.navigate.connect(self.show_place)
        self.status.history_asked.connect(lambda: self.commands.run("edit.history"))
        self.header.search.connect(lambda: self.open_palette())
        self.commands.add(*window_commands(self))

    # Pages

    def add_page(self, *pages: Page) -> None:
        """Register pages; each appears in the sidebar when the state names its key as a place."""
        for page in pages:
            assert isinstance(page, QWidget)
            self._pages[page.key] = page
            self.content.stack.addWidget(page)
            page.navigate.connect(self.show_place)
            page.heading_changed.connect(self._show_heading)
            page.inspector_changed.connect(self._show_inspector)
        self.show_state(self._state)

    def page(self, key: str) -> Page | None:
        """Return the page of that key."""
        return self._pages.get(key)

    def current_page(self) -> Page | None:
        """Return the page shown."""
        visit = self._history.current()
        return self._pages.get(visit[0]) if visit else None

    def show_place(self, key: str, argument: object = None) -> None:
        """Show a page, opened with `argument`; an unknown key changes nothing."""
        if key in self._pages:
            self._history.visit((key, argument))
            self._show((key, argument))

    def go(self, by: int) -> None:
        """Go back (−1) or forward (1) in the history, when there is somewhere to go."""
        if self._history.can_go(by):
            self._show(self._history.go(by))

    def can_go(self, by: int) -> bool:
        """Say whether there is somewhere to go."""
        return self._history.can_go(by)

    def visit(self) -> Visit | None:
        """Return the page shown, by its key, and what it was opened with."""
        return self._history.current()

    def forget_history(self) -> None:
        """Forget where you have been, as when another book opens."""
        self._history = History()
        self.refresh_commands()

    def refresh_page(self) -> None:
        """Let the page shown ask the book again."""
        page = self.current_page()
        if page is not None:
            page.refresh()
            self._show_heading()

    # State

    def show_state(self, state: ShellState) -> None:
        """Show what the frame says of the book."""
        self._state = state
        self.sidebar.show_state(state, frozenset(self._pages))
        self.header.show_state(state)
        self.status.show_state(state)
        self.setWindowTitle(f"{state.book_name} — csplanner" if state.book_name else "csplanner")
        self._name_places()
        for name, verb, step in (
            ("edit.undo", self.tr("Undo"), state.undo_text),
            ("edit.redo", self.tr("Redo"), state.redo_text),
        ):
            self.commands.set_text(name, f"{verb} {step}".strip())
        page = self.current_page()
        if page is not None:
            self._light(page)

    def _name_places(self) -> None:
        """Give each place a command, anew only when other places are shown."""
        places = tuple((p.key, p.title) for p in self._state.places if p.key in self._pages)
        if places != self._named_places:
            self._named_places = places
            self.commands.add(*place_commands(self, self._state, self._pages))

    def forget_places(self) -> None:
        """Take the commands of the places away, as when a book is closed."""
        self.commands.remove(*(f"go.{key}" for key, _ in self._named_places))
        self._named_places = ()

    def state(self) -> ShellState:
        """Return what the frame says of the book."""
        return self._state

    def say(self, text: str, *, undo: bool = True, failed: bool = False) -> None:
        """Show a toast for 6 seconds and repeat it in the status bar."""
        self.messages.keep(text, failed=failed)
        self.toast.say(text, undo=undo, failed=failed)
        self.status.show_note(text)

    def follow_veil(self, on: bool) -> None:
        """Show everything anew, with or without money, sentiment and notes."""
        self.toast.hide()
        self.status.show_veil(on=on)
        veil_parts(self)
        self.refresh_page()
        self._show_inspector()
        self.show_state(self._state)
        self.status.show_note("")

    def refresh_commands(self) -> None:
        """Ask every command whether it can run now."""
        self.commands.refresh()
        self.header.refresh()

    def add_palette_source(self, source: Source) -> None:
        """Let the palette find more: accounts, people, notes."""
        self._sources.append(source)

    @cached_property
    def palette_overlay(self) -> "Palette":
        """The palette, made when it is first opened, long after the first paint."""
        from csplanner.ui.shell.palette import Palette

        return Palette(self.commands, self._sources, self)

    @cached_property
    def find_bar(self) -> "FindBar":
        """The bar that finds in the screen shown, made when it is first opened."""
        from csplanner.ui.shell.finder import FindBar

        bar = FindBar(self.content.stack)
        self.navigate.connect(bar.put_away)
        return bar

    def open_palette(self, text: str = "", *, scope: str = "") -> None:
        """Open the palette with `text` typed, within a scope such as `account` when named."""
        self.palette_overlay.open(text, scope=scope)

    # Frame

    def toggle_inspector(self) -> None:
        """Show or hide the inspector."""
        self.content.toggle_inspector()

    def toggle_sidebar(self) -> None:
        """Shrink the sidebar to its rail or grow it back, whatever the width."""
        rail = self._is_rail()
        self._rail_choice = not rail
        self._fit()

    def panes(self) -> tuple[bool, bool | None]:
        """Whether the inspector is wanted, and whether the sidebar shall be a rail; None leaves
        that to the width.
        """
        return self.content.is_wanted, self._rail_choice

    def set_panes(self, *, inspector: bool, rail: object) -> None:
        """Set the inspector and the sidebar as `panes` told them."""
        self.content.want_inspector(inspector)
        self._rail_choice = rail if isinstance(rail, bool) else None
        self._fit()

    def cycle_panes(self, by: int) -> None:
        """Move the keyboard to the next (1) or previous (−1) part of the window."""
        parts = (
            self.sidebar,
            self.header,
            self.banners,
            self.content.stack,
            self.content.inspector_slot,
            self.status,
        )
        focus_next_pane(self, parts, by)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _show(self, visit: Visit) -> None:
        key, argument = visit
        page = self._pages[key]
        assert isinstance(page, QWidget)
        page.open(argument)
        page.refresh()
        self.content.stack.setCurrentWidget(page)
        self._show_heading()
        self.content.show_inspector(page.inspector())
        self._light(page)
        if not self.sidebar.isAncestorOf(self.focusWidget() or self.sidebar):
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.status.show_note("")
        self.refresh_commands()
        self.navigate.emit(key, argument)

    def _light(self, page: Page) -> None:
        self.sidebar.light(page.place, page.key, getattr(page, "current_account", None))

    def _show_heading(self) -> None:
        page = self.current_page()
        if page is not None:
            self.header.show_path(page.breadcrumb())
            self.status.show_chosen(page.chosen_text())

    def _show_inspector(self) -> None:
        page = self.current_page()
        self.content.show_inspector(page.inspector() if page is not None else None)
        self.refresh_commands()

    def _is_rail(self) -> bool:
        return self.width() < RAIL_BELOW if self._rail_choice is None else self._rail_choice

    def _fit(self) -> None:
        self.sidebar.set_rail(self._is_rail())
        self.content.set_over(self.width() < OVERLAY_BELOW)
        self.status.set_narrow(self.width() < RAIL_BELOW)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.header)
        right.addWidget(self.banners)
        right.addWidget(self.content, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.sidebar)
        middle.addLayout(right, 1)
        centre = QWidget(self)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self.setCentralWidget(centre)
        # A window focuses its first button when shown, unless something has the keyboard already.
        self.content.setFocus()
