"""The account page: one customer, why its numbers are what they are, and what to do about it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from csplanner.domain.filters import View
from csplanner.domain.promise import PromiseState
from csplanner.domain.wording import one_line
from csplanner.language import tr
from csplanner.ui.account import explain
from csplanner.ui.account.evidence import Evidence
from csplanner.ui.account.forms import AccountForms
from csplanner.ui.account.head import AccountHead
from csplanner.ui.account.head_rows import blinded
from csplanner.ui.account.map_part import MapPart
from csplanner.ui.account.nothing import no_account
from csplanner.ui.account.overview import Overview
from csplanner.ui.account.parts import EvidencePopover, Verb
from csplanner.ui.account.person_menu import PersonVerbs
from csplanner.ui.account.reading import Seen, look
from csplanner.ui.account.record_verbs import RecordVerbs
from csplanner.ui.account.records import RecordLists
from csplanner.ui.account.timeline_tab import TimelineTab
from csplanner.ui.actions import Actions
from csplanner.ui.notes.tab import NotesTab
from csplanner.ui.session import BookSession
from csplanner.ui.session_page import SessionPage
from csplanner.ui.widgets import format as words
from csplanner.ui.widgets.panes import Ground

if TYPE_CHECKING:
    from csplanner.ui.map.page import MapTab

_SAME_TAB = {"cases": "deals", "experience": "overview", "health": "overview"}


class NotesView(Protocol):
    """What the Notes tab asks of its widget."""

    def show_account(self, account_id: str) -> None:
        """Show the notes of an account, those that changed included."""


class AccountPage(SessionPage):
    """Opened with an account's id, (id, section), or (id, section, ids in the order of a list)."""

    key = "account"
    title = "Account"
    place = "book"

    make_notes: ClassVar[Callable[[BookSession, Actions], QWidget] | None] = NotesTab
    """Makes the widget of the Notes tab, a NotesView; without it there is no such tab."""

    def __init__(
        self, session: BookSession, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, actions, parent)
        self.current_account: str | None = None
        self._order: Sequence[str] = ()
        self._name = ""
        self._is_blind = False
        self._wanted = ("", "")
        self._seen: Seen | None = None
        self.forms = AccountForms(actions)
        self.head = AccountHead()
        self.overview = Overview()
        self.lists = RecordLists()
        self.timeline = TimelineTab(session.today)
        maker = type(self).make_notes
        self.notes = maker(session, actions) if maker is not None else None
        self.map = MapPart(session, actions)
        self._lay_out()
        self._connect()

    # Building

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._parts: dict[str, QWidget] = {
            "overview": self.overview, "map": self.map, "timeline": self.timeline,
            **self.lists.parts(),
        }  # fmt: skip
        if self.notes is not None:
            self._parts["notes"] = self.notes
        for key, title in self._titles():
            self.head.tabs.add(key, title)
            self._stack.addWidget(self._parts[key])
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._stack, 1)
        self._full = full
        self._gone = no_account(self._actions, lambda: self.navigate.emit("book", None))
        self._whole = QStackedWidget()
        for part in (Ground("surface"), full, self._gone):
            self._whole.addWidget(part)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._whole)
        self.setFocusProxy(self.head.tabs)

    def _titles(self) -> list[tuple[str, str]]:
        """The tabs in their order; those without a widget are left out."""
        titles = (
            ("overview", self.tr("Overview")),
            ("map", self.tr("Relationship map")),
            ("timeline", self.tr("Timeline")),
            ("touches", self.tr("Touch log")),
            ("people", self.tr("People")),
            ("deals", self.tr("Cases and deals")),
            ("promises", self.tr("Promises")),
            ("notes", self.tr("Notes")),
            ("history", self.tr("History")),
        )
        return [(key, title) for key, title in titles if key in self._parts]

    def _connect(self) -> None:
        actions, tabs = self._actions, self.head.tabs
        self._persons = PersonVerbs(
            actions, lambda key: self._with(lambda account: actions.edit_person(key, account))
        )
        records = self.records = RecordVerbs(self, actions, self._persons)
        actions.opened.connect(self._form_opened)
        tabs.chosen.connect(self._turn_to)
        self.map.navigate.connect(self.navigate)
        self.map.chosen_changed.connect(self.heading_changed)
        self.head.evidence_asked.connect(self.explain_figure)
        self.head.verb.connect(self._do)
        self._connect_evidence()
        self._connect_verbs()
        self.timeline.asked.connect(records.open_event)
        self.lists.touches.asked.connect(records.touch)
        self.lists.people.asked.connect(records.person)
        self.lists.promises.asked.connect(records.promise)
        people = self.lists.people.table
        people.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        people.customContextMenuRequested.connect(records.person_menu)
        self.lists.history.asked.connect(records.open_history)

    def _connect_evidence(self) -> None:
        """What opens the rows behind a number."""
        view = self.overview
        view.score.bucket_asked.connect(partial(self._explain_part, "bucket"))
        view.losses.loss_asked.connect(partial(self._explain_part, "bucket"))
        view.curve.curve.opened.connect(self._explain_curve)
        view.lenses.asked.connect(partial(self._explain_part, "lens"))
        view.use.asked.connect(partial(self._explain_part, "use"))
        view.journey.asked.connect(partial(self._explain_part, "stop"))
        view.place.asked.connect(partial(self._explain_part, "answers"))

    def _connect_verbs(self) -> None:
        """What opens a form or a tab."""
        actions, view, tabs = self._actions, self.overview, self.head.tabs
        view.objectives.edited.connect(
            lambda key: self._with(lambda a: actions.edit_objective(key, a))
        )
        view.objectives.added.connect(lambda: self._with(actions.add_objective))
        view.objectives.figure_asked.connect(lambda: self._with(self.forms.figure))
        view.journey.added.connect(lambda: self._with(self.forms.rate))
        view.place.answered.connect(lambda: self._with(actions.assess))
        view.place.placed.connect(lambda: self._with(actions.set_tier))
        view.people.edited.connect(lambda key: self._with(lambda a: actions.edit_person(key, a)))
        view.people.menu_asked.connect(
            lambda key, at: self._persons.open_menu(view.people, key, at)
        )
        view.people.fill_asked.connect(actions.fill_seat)
        view.people.added.connect(lambda: self._with(actions.add_person))
        view.people.all_asked.connect(lambda: tabs.choose("people"))
        view.care.asked.connect(
            lambda what, line: self._with(lambda a: self.forms.care(a, what, line))
        )
        view.promises.added.connect(lambda: self._with(self.forms.promise))
        view.promises.edited.connect(lambda key: self._with(lambda a: self.forms.promise(a, key)))
        view.promises.all_asked.connect(lambda: tabs.choose("promises"))
        view.step.asked.connect(lambda: self._with(actions.set_next_step))
        view.open.asked.connect(lambda: tabs.choose("deals"))
        view.timeline.all_asked.connect(lambda: tabs.choose("timeline"))
        view.timeline.asked.connect(self.records.open_event)

    # What the page shows

    def open(self, argument: object) -> None:
        """Show the account the argument names; None keeps the one shown."""
        section = ""
        if isinstance(argument, tuple):
            account, section, *order = argument
            # `people#person/id` leads on to a row of the tab.
            section, _, record = section.partition("#")
            kind, _, row_id = record.partition("/")
            self._wanted = (kind, row_id)
            self._order = tuple(order[0]) if order else self._order
        else:
            account = argument
        if isinstance(account, str):
            if account != self.current_account:
                self.overview.reveal("")
            self.current_account = account
        if self.current_account not in self._order:
            self._order = ()
        tab = _SAME_TAB.get(section, section)
        if tab in self._parts and tab != "overview":
            self.head.tabs.choose(tab)
        elif section or argument is not None:
            self.head.tabs.choose("overview")
            self.overview.reveal(section)

    def breadcrumb(self) -> list[str]:
        """Return Book and where the account stands in the list it was opened from; of the map, the
        account whose map it is.
        """
        if self._is_map:
            return [tr("Book"), self._name or self.title, tr("Relationship map")]
        if self.current_account in self._order:
            place = self._order.index(self.current_account) + 1
            return [
                tr("Book"),
                tr("Account {0} of {1}").format(place, words.number(len(self._order))),
            ]
        return [tr("Book"), self._name or self.title]

    @property
    def shown_map(self) -> "MapTab | None":
        """The map, while it is the part shown."""
        return self.map.tab if self._is_map else None

    @property
    def part(self) -> str:
        """The key of the tab that is looked at."""
        return self.head.tabs.key

    @property
    def _is_map(self) -> bool:
        return self.part == "map"

    def chosen_text(self) -> str:
        """Return whom the map holds and how many of them are chosen."""
        return self.map.chosen_text() if self._is_map else ""

    def inspector(self) -> QWidget | None:
        """Return what explains the map while that is shown; other parts explain themselves."""
        return self.map.side if self._is_map else None

    def step(self, by: int) -> None:
        """Show the next (1) or previous (−1) account of the list it was opened from."""
        if self.current_account not in self._order:
            lines = self._session.read.overview
            self._order = tuple(lines.account_ids(lines.ids(View(sort="name"))))
        if self.current_account in self._order:
            place = self._order.index(self.current_account) + by
            if 0 <= place < len(self._order):
                self.navigate.emit("account", (self._order[place], "", self._order))

    def read_book(self) -> None:
        """Have the account judged again; what is shown stays until the answer comes."""
        if self.current_account is None:
            self._show_gone()
            return
        asked = partial(look, account_id=self.current_account)
        self.ask_book(asked, self._show, failed=lambda _: self._show_gone())

    def _show_gone(self) -> None:
        self._seen = None
        self._whole.setCurrentWidget(self._gone)

    def _show(self, seen: Seen) -> None:
        self._seen = seen
        self._show_head(seen)
        self.overview.show_view(seen.overview)
        self._show_lists(seen)
        self._whole.setCurrentWidget(self._full)
        if self._wanted[1]:
            self.records.show_record(*self._wanted)
            self._wanted = ("", "")

    def _show_head(self, seen: Seen) -> None:
        self.head.show_view(blinded(seen.head) if self._is_blind else seen.head)
        self.overview.hide_measured(hidden=self._is_blind)
        if seen.head.name != self._name:
            self._name = seen.head.name
            self.heading_changed.emit()

    def _show_lists(self, seen: Seen) -> None:
        """Count what each tab holds, and fill the one that is shown."""
        file, kept, tabs = seen.index.file, seen.kept, self.head.tabs
        self.lists.show_history(seen.changes)
        counts = {
            "timeline": len(seen.events),
            "touches": len(file.touches),
            "people": sum(1 for p in file.people if p.is_theirs),
            "deals": len(file.cases) + len(file.opportunities) + len(file.subscriptions),
            "promises": sum(1 for p in kept.promises if p.state is PromiseState.OPEN),
            "notes": len(kept.notes),
            "history": len(seen.changes),
        }
        for key, title in self._titles():
            tabs.set_title(key, title, counts.get(key) or None)
        self._show_tab(tabs.key)

    def _turn_to(self, key: str) -> None:
        """Show a part with as much room as it needs."""
        self.head.make_compact(compact=key == "map")
        self.setFocusProxy(self.map if key == "map" else self.head.tabs)
        self._show_tab(key)
        self.inspector_changed.emit()
        self.heading_changed.emit()

    def _show_tab(self, key: str) -> None:
        self._stack.setCurrentWidget(self._parts.get(key, self.overview))
        seen = self._seen
        if seen is None:
            return
        if key == "map" and self.current_account is not None:
            self.map.show_account(self.current_account)
        elif key == "timeline":
            names = {p.id: one_line(p.name) for p in seen.index.file.people}
            self.timeline.show_events(seen.events, names, seen.index.as_of)
        elif key == "notes" and self.current_account is not None:
            notes: NotesView = self.notes  # type: ignore[assignment]
            notes.show_account(self.current_account)
        else:
            self.lists.fill(key, seen.index, seen.judgement, seen.kept)

    def focus_find(self) -> None:
        """Look for words in the timeline, or for somebody on the map where that is shown."""
        if self.shown_map is not None:
            self.shown_map.focus_find()
            return
        self.head.tabs.choose("timeline")
        self.timeline.focus_find()

    def hide_score(self, *, hidden: bool) -> None:
        """Hide what is measured while you say how you feel, so that it does not lead you."""
        self._is_blind = hidden
        if self._seen is not None:
            self._show_head(self._seen)

    def _form_opened(self, form: QDialog) -> None:
        """Keep the score out of sight while you say how you feel."""
        from csplanner.ui.actions.pulse_form import PulseForm

        if isinstance(form, PulseForm) and self.isVisible():
            self.hide_score(hidden=True)
            form.finished.connect(lambda: self.hide_score(hidden=False))

    # Evidence

    def _explain(
        self, found: Evidence, widget: QWidget, verb: Verb | None = None, left: int = 0
    ) -> None:
        popover = EvidencePopover(self.window(), found, verb)
        popover.closed.connect(popover.deleteLater)
        popover.open_below(widget, left)

    def explain_figure(self, key: str, widget: QWidget) -> None:
        """Open what a figure of the head rests on, below `widget`."""
        seen = self._seen
        if seen is None or (self._is_blind and key in ("score", "gap")):
            return
        verb = None
        if key == "again":
            verb = (self.tr("Write down an answer…"), lambda: self._with(self.forms.ask_again))
        self._explain(explain.figure_evidence(seen, key), widget, verb)

    def _explain_curve(self) -> None:
        """The chart shows two lines: where they part, both stand behind it."""
        has_gap = self._seen is not None and self._seen.judgement.gap is not None
        self.explain_figure("gap" if has_gap else "score", self.overview.curve)

    def _explain_part(self, part: str, key: str, widget: QWidget) -> None:
        if self._seen is None or not key:
            return
        verb, left, strip = None, 0, self.overview.journey.strip
        if part == "stop":
            left = strip.left_of(key) if widget is strip else 0
            rate = partial(self.forms.rate, touchpoint=key)
            verb = (self.tr("Add an answer…"), lambda: self._with(rate))
        self._explain(explain.part_evidence(self._seen, part, key), widget, verb, left)

    # Verbs

    def _with(self, run: Callable[[str], object]) -> None:
        """Run a verb with the account shown."""
        if self.current_account is not None:
            run(self.current_account)

    def _do(self, verb: str) -> None:
        verbs: dict[str, Callable[[str], None]] = {
            "edit": self._actions.edit_account,
            "pulse": self._actions.set_pulse,
            "pin": self._actions.pin,
            "again": self.forms.ask_again,
        }
        self._with(verbs[verb])
