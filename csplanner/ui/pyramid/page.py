"""The touch pyramid page: placement, hours, the scatter, and a what-if that changes nothing yet."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from csplanner.domain.account import Regrettable, Tier
from csplanner.domain.filters import View
from csplanner.language import noted
from csplanner.ui.actions import Actions
from csplanner.ui.first_steps import add_way, import_way
from csplanner.ui.pyramid.content import Content, read_content, tier_view
from csplanner.ui.pyramid.flow import PlacementFlow
from csplanner.ui.pyramid.inspector import PyramidInspector
from csplanner.ui.pyramid.log import OverrideTab
from csplanner.ui.pyramid.map_tab import MapTab
from csplanner.ui.pyramid.moves import effect_of
from csplanner.ui.pyramid.rows import Hours, differ_text
from csplanner.ui.pyramid.table import PlacementTab
from csplanner.ui.pyramid.tool_row import ToolRow
from csplanner.ui.pyramid.why import why_of
from csplanner.ui.session import BookSession
from csplanner.ui.session_page import SessionPage
from csplanner.ui.widgets.empty import EmptyState, draw_dashed_pyramid

_TABS = ("map", "table", "log")
_AT_ONCE = 1000
"""Larger books are read beside the window."""


class PyramidPage(SessionPage):
    """Who gets how much touch and why; every move asks for a reason and can be undone."""

    key = "pyramid"
    title = noted("Touch pyramid")

    def __init__(
        self, session: BookSession, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, actions, parent)
        self._chosen = ""
        self.content: Content | None = None
        self.flow = PlacementFlow(session, actions, self)
        self.tools = ToolRow()
        self.map = MapTab()
        self.table = PlacementTab(session)
        self.log = OverrideTab(session)
        self.panel = PyramidInspector()
        self._tabs = QStackedWidget()
        self._whole = QStackedWidget()
        self._empty = self._first_steps()
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.map.view)

    def _lay_out(self) -> None:
        for tab in (self.map, self.table, self.log):
            self._tabs.addWidget(tab)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tools)
        column.addWidget(self._tabs, 1)
        self._whole.addWidget(full)
        self._whole.addWidget(self._empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._whole)

    def _connect(self) -> None:
        self.tools.tabs.chosen.connect(self._show_tab)
        self.tools.settings_button.clicked.connect(lambda: self.navigate.emit("settings", "hours"))
        self.tools.what_if.toggled.connect(self.set_what_if)
        view, scatter = self.map.view, self.map.scatter
        for source in (view, scatter):
            source.chosen.connect(self.select)
            source.opened.connect(self._actions.open_account)
        view.asked.connect(self.ask)
        view.more.connect(lambda tier: self.navigate.emit("book", tier_view(tier)))
        self.map.eyes.chosen.connect(self.select)
        self.map.eyes.decided.connect(self._decide)
        self.map.answer_button.clicked.connect(self._answer)
        self.map.place_button.clicked.connect(self._place_shelf)
        self.flow.gathered.connect(self.refresh)
        self.flow.ended.connect(view.send_home)
        self.flow.applied.connect(lambda: self.tools.what_if.setChecked(False))
        self.flow.working.connect(self.map.show_progress)
        self.panel.asked.connect(self._run)
        self.panel.removed.connect(self.flow.take_out)
        self.table.chosen.connect(self.select)
        self.table.opened.connect(self._actions.open_account)
        self.table.asked.connect(self._ask_for_rows)
        self.log.chosen.connect(self.select)
        self.log.opened.connect(self._actions.open_account)

    def _first_steps(self) -> EmptyState:
        return EmptyState(
            self.tr("No account to place yet"),
            self.tr(
                "The pyramid shows who gets how much of your time, by how equipped they are and "
                "what they could become. Bring accounts in, then answer twelve short questions."
            ),
            drawing=draw_dashed_pyramid,
            ways=(import_way(self._actions), add_way(self._actions)),
        )

    # What the frame asks

    @property
    def current_account(self) -> str | None:
        """The account chosen in the scene, the scatter or the table."""
        return self._chosen or None

    def inspector(self) -> QWidget | None:
        """Return what explains the account chosen; an empty book has nothing to explain."""
        return None if self._whole.currentWidget() is self._empty else self.panel

    def open(self, argument: object) -> None:
        """Show the account of that id, or the tab named `table` or `log`."""
        if isinstance(argument, str) and argument in _TABS:
            self.tools.tabs.choose(argument)
        elif isinstance(argument, str) and argument:
            self._chosen = argument
            self._stale = True

    # What the page shows

    def read_book(self) -> None:
        """Ask the book, keeping the account chosen and the moves collected."""
        self.flow.renew()
        book, moves = self._session.read, dict(self.flow.moves)
        if book.overview.count(View()) <= _AT_ONCE:
            self._show(read_content(book, moves))
        else:
            self.ask_book(lambda beside: read_content(beside, moves), self._show)

    def _show(self, content: Content) -> None:
        book = self._session.read
        self.content = content
        empty = content.totals.accounts == 0
        if empty != (self._whole.currentWidget() is self._empty):
            self._whole.setCurrentIndex(1 if empty else 0)
            self.inspector_changed.emit()
        self.setFocusProxy(self._empty if empty else self.map.view)
        if empty:
            return
        self.tools.show_counts(
            self.log.refresh_count(), differ_text(content.placed, content.differ)
        )
        self.tools.show_what_if(on=self.flow.what_if, moves=len(self.flow.moves))
        self.map.show_content(content, book.settings.hours_per)
        self._show_tab(self.tools.tabs.key)
        self.select(self._chosen)

    def select(self, account_id: str) -> None:
        """Choose an account everywhere: scene, scatter, table and inspector."""
        self._chosen = account_id
        if self.map.view.current != account_id:
            self.map.view.show_current(account_id)
        self.map.scatter.show_current(account_id)
        self._show_panel()

    def _show_panel(self) -> None:
        book, content = self._session.read, self.content
        if content is None:
            return
        if self.flow.what_if:
            effect = effect_of(
                tuple(self.flow.moves.values()),
                content.totals,
                book.settings,
                placed=content.placed,
                differ=content.differ,
                costly=content.costly_lines,
            )
            self.panel.show_what_if(
                effect,
                tuple(self.flow.moves.values()),
                Hours(book.settings.hours_per),
                can_suggest=effect.is_short and self._actions.can_write,
            )
        elif self._chosen and book.overview.one(self._chosen) is not None:
            file, judgement = book.derived.judge(self._chosen)
            self.panel.show_why(why_of(file, judgement, book.settings, book.as_of()))
        else:
            self._chosen = ""
            self.panel.show_nothing()

    def _show_tab(self, key: str) -> None:
        self._tabs.setCurrentIndex(_TABS.index(key))
        if key == "table":
            self.table.refresh()
        elif key == "log":
            self.log.refresh()

    # Verbs

    def ask(self, account_id: str, tier: Tier | None) -> None:
        """Ask for the reason of a move beside the account's token."""
        view = self.map.view
        at = view.viewport().mapTo(self.window(), view.corner_of(account_id))
        short = self.content.shorts.get(account_id, "") if self.content else ""
        self.flow.ask(account_id, tier, short=short, at=at)

    def set_what_if(self, on: bool) -> None:
        """Collect moves instead of making them, or forget those collected."""
        self.flow.what_if = on
        if not on:
            self.flow.moves.clear()
        self.refresh()

    def _run(self, verb: str) -> None:
        if verb == "apply":
            self.flow.apply()
        elif verb == "discard":
            self.tools.what_if.setChecked(False)
        elif verb == "suggest":
            self.flow.suggest(self.content.shorts if self.content else {})
        elif verb == "tier":
            self._actions.set_tier(self._chosen)
        elif verb == "assess":
            self._actions.assess(self._chosen)

    def _decide(self, account_id: str, decision: Regrettable) -> None:
        name = self._name(account_id)
        words = {
            Regrettable.YES: self.tr("Losing {0} would be regrettable"),
            Regrettable.NO: self.tr("Losing {0} would not be regrettable"),
            Regrettable.UNDECIDED: self.tr("Whether losing {0} would be regrettable is open"),
        }[decision].format(name)
        self._session.write(
            lambda book: book.accounts.update(account_id, label=words, regrettable=decision),
            lambda _none: self._actions.say(words),
            failed=self._actions.refuse,
        )

    def _answer(self) -> None:
        """Ask the questions of the account chosen on the shelf, else of the first one there."""
        keys = [token.key for token in self.content.shelf.tokens] if self.content else []
        if keys:
            self._actions.assess(self._chosen if self._chosen in keys else keys[0])

    def _place_shelf(self) -> None:
        book = self._session.read
        ids = [line.account_id for line in book.overview.all(tier_view(None))]
        button = self.map.place_button
        corner = button.mapTo(self.window(), QPoint(0, -300))
        self.flow.ask_many(ids, at=corner, by_rule=True)

    def _ask_for_rows(self, account_ids: list[str], tier: Tier | None) -> None:
        corner = self.table.mapTo(self.window(), QPoint(40, 60))
        if len(account_ids) == 1 and tier is not None:
            self.flow.ask(account_ids[0], tier, short="", at=corner)
        else:
            first = tier.value if tier else ""
            self.flow.ask_many(account_ids, at=corner, by_rule=tier is None, first=first)

    def _name(self, account_id: str) -> str:
        line = self._session.read.overview.one(account_id)
        return line.name if line else ""
