"""The account page: one customer, why its numbers are what they are, and what to do about it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from csplanner.domain.filters import View
from csplanner.domain.index import FileIndex
from csplanner.domain.judgement import Judgement
from csplanner.domain.person import Side
from csplanner.ui.account import evidence
from csplanner.ui.account.evidence import Evidence
from csplanner.ui.account.head import AccountHead
from csplanner.ui.account.head_rows import HeadView
from csplanner.ui.account.overview import Overview
from csplanner.ui.account.parts import EvidencePopover
from csplanner.ui.account.person_menu import PersonVerbs
from csplanner.ui.account.reading import Seen, look
from csplanner.ui.account.records import RecordLists
from csplanner.ui.account.said import Background
from csplanner.ui.actions import Actions
from csplanner.ui.session import BookSession
from csplanner.ui.session_page import SessionPage
from csplanner.ui.today.peek import Figure
from csplanner.ui.widgets import format as words
from csplanner.ui.widgets.empty import EmptyState, draw_dashed_rows
from csplanner.ui.widgets.panes import Ground

_TABS = {"touches": 1, "people": 2, "deals": 3, "cases": 3, "history": 4}


class AccountPage(SessionPage):
    """Opened with an account's id, (id, section), or (id, section, ids in the order of a list)."""

    key = "account"
    title = "Account"
    place = "book"

    def __init__(
        self, session: BookSession, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, actions, parent)
        self.current_account: str | None = None
        self._order: Sequence[str] = ()
        self._name = ""
        self._is_blind = False
        self._seen: Seen | None = None
        self.head = AccountHead()
        self.overview = Overview()
        self.lists = RecordLists()
        self._lay_out()
        self._connect()

    # Building

    def _lay_out(self) -> None:
        tabs = self.head.tabs
        for key, title in (
            ("overview", self.tr("Overview")),
            ("touches", self.tr("Touch log")),
            ("people", self.tr("People")),
            ("deals", self.tr("Cases and deals")),
            ("history", self.tr("History")),
        ):
            tabs.add(key, title)
        self._stack = QStackedWidget()
        for part in (
            self.overview,
            *self.lists.parts(),
        ):
            self._stack.addWidget(part)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._stack, 1)
        gone = self.tr("This account is not in the book. Choose one from the Book.")
        self._full = full
        self._gone = EmptyState(self.tr("No account"), gone, drawing=draw_dashed_rows)
        self._whole = QStackedWidget()
        for part in (Ground("surface"), full, self._gone):
            self._whole.addWidget(part)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._whole)
        self.setFocusProxy(tabs)

    def _connect(self) -> None:
        actions, overview = self._actions, self.overview
        self._persons = PersonVerbs(
            actions, lambda key: self._with(lambda account: actions.edit_person(key, account))
        )
        actions.opened.connect(self._form_opened)
        self.head.tabs.chosen.connect(self._show_tab)
        self.head.evidence_asked.connect(self._explain_figure)
        self.head.verb.connect(self._do)
        overview.score.bucket_asked.connect(self._explain_bucket)
        overview.losses.loss_asked.connect(self._explain_bucket)
        overview.curve.curve.opened.connect(
            lambda: self._explain_figure("score", self.overview.curve)
        )
        overview.objectives.edited.connect(
            lambda key: self._with(lambda a: actions.edit_objective(key, a))
        )
        overview.objectives.added.connect(lambda: self._with(actions.add_objective))
        overview.use.asked.connect(self._explain_use)
        overview.voice.asked.connect(self._explain_voice)
        overview.place.asked.connect(self._explain_answers)
        overview.place.answered.connect(lambda: self._with(actions.assess))
        overview.place.placed.connect(lambda: self._with(actions.set_tier))
        overview.people.edited.connect(
            lambda key: self._with(lambda a: actions.edit_person(key, a))
        )
        overview.people.menu_asked.connect(
            lambda key, at: self._persons.open_menu(overview.people, key, at)
        )
        overview.people.fill_asked.connect(actions.fill_seat)
        overview.people.added.connect(lambda: self._with(actions.add_person))
        overview.people.all_asked.connect(lambda: self.head.tabs.choose("people"))
        overview.step.asked.connect(lambda: self._with(actions.set_next_step))
        overview.open.asked.connect(lambda: self.head.tabs.choose("deals"))
        overview.timeline.all_asked.connect(lambda: self.head.tabs.choose("touches"))
        self.lists.touches.asked.connect(self._do_touch)
        self.lists.people.asked.connect(self._do_person)
        people = self.lists.people.table
        people.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        people.customContextMenuRequested.connect(self._person_menu)
        self.lists.history.asked.connect(self._open_history)

    # What the page shows

    def open(self, argument: object) -> None:
        """Show the account the argument names; None keeps the one shown."""
        section = ""
        if isinstance(argument, tuple):
            account, section, *order = argument
            self._order = tuple(order[0]) if order else self._order
        else:
            account = argument
        if isinstance(account, str):
            if account != self.current_account:
                self.overview.reveal("")
            self.current_account = account
        if self.current_account not in self._order:
            self._order = ()
        tab = "deals" if section == "cases" else section
        if tab in _TABS:
            self.head.tabs.choose(tab)
        elif section or argument is not None:
            self.head.tabs.choose("overview")
            self.overview.reveal(section)

    def breadcrumb(self) -> list[str]:
        """Return Book and where the account stands in the list it was opened from."""
        if self.current_account in self._order:
            place = self._order.index(self.current_account) + 1
            return ["Book", f"Account {place} of {words.number(len(self._order))}"]
        return ["Book", self._name or self.title]

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

    @property
    def _shown(self) -> tuple[FileIndex, Judgement] | None:
        return None if self._seen is None else (self._seen.index, self._seen.judgement)

    @property
    def _behind(self) -> Background | None:
        return None if self._seen is None else self._seen.behind

    def _show(self, seen: Seen) -> None:
        self._seen = seen
        self._show_head(seen)
        self.overview.show_view(seen.overview)
        self._show_lists(seen)
        self._whole.setCurrentWidget(self._full)

    def _show_head(self, seen: Seen) -> None:
        self.head.show_view(_blinded(seen.head) if self._is_blind else seen.head)
        self.overview.measured.setVisible(not self._is_blind)
        if seen.head.name != self._name:
            self._name = seen.head.name
            self.heading_changed.emit()

    def _show_lists(self, seen: Seen) -> None:
        """Count what each tab holds, and fill the one that is shown."""
        file, tabs = seen.index.file, self.head.tabs
        self.lists.show_history(seen.changes)
        theirs = sum(1 for p in file.people if p.side is Side.THEIRS)
        deals = len(file.cases) + len(file.opportunities) + len(file.subscriptions)
        tabs.set_title("touches", self.tr("Touch log"), len(file.touches))
        tabs.set_title("people", self.tr("People"), theirs)
        tabs.set_title("deals", self.tr("Cases and deals"), deals)
        tabs.set_title("history", self.tr("History"), len(seen.changes))
        self._show_tab(tabs.key)

    def _show_tab(self, key: str) -> None:
        self._stack.setCurrentIndex(_TABS.get(key, 0))
        if self._shown is not None:
            self.lists.fill(key, *self._shown)

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

    def _explain(self, found: Evidence, widget: QWidget) -> None:
        popover = EvidencePopover(self.window(), found)
        popover.closed.connect(popover.deleteLater)
        popover.open_below(widget)

    def _explain_figure(self, key: str, widget: QWidget) -> None:
        if self._shown is None or (self._is_blind and key in ("score", "gap")):
            return
        index, judgement = self._shown
        builders: dict[str, Callable[[], Evidence]] = {
            "score": lambda: evidence.score_evidence(judgement, index.as_of),
            "sentiment": lambda: evidence.pulse_evidence(index, self._behind),
            "gap": lambda: evidence.gap_evidence(judgement, index),
            "arr": lambda: evidence.arr_evidence(index),
            "renewal": lambda: evidence.term_evidence(index),
            "touch": lambda: evidence.hours_evidence(index, judgement),
        }
        self._explain(builders[key](), widget)

    def _explain_bucket(self, bucket: str, widget: QWidget) -> None:
        if self._shown is not None:
            index, judgement = self._shown
            self._explain(evidence.score_evidence(judgement, index.as_of, bucket), widget)

    def _explain_use(self, module: str, widget: QWidget) -> None:
        if self._shown is not None:
            index = self._shown[0]
            taken = evidence.history_of(index, "usage.module_share", module)
            self._explain(evidence.measured_evidence(module, taken, index.as_of), widget)

    def _explain_voice(self, part: str, widget: QWidget) -> None:
        if self._shown is not None:
            index, name = self._shown[0], "" if part == "Overall" else part
            taken = [
                *evidence.history_of(index, "voice.csat", name),
                *evidence.history_of(index, "voice.nps", name),
            ]
            self._explain(evidence.measured_evidence(part, taken, index.as_of), widget)

    def _explain_answers(self, axis: str, widget: QWidget) -> None:
        if self._shown is not None:
            equipped = axis == "equipped"
            found = evidence.answer_evidence(self._shown[0], equipped=equipped, behind=self._behind)
            self._explain(found, widget)

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
        }
        self._with(verbs[verb])

    def _do_touch(self, verb: str, touch_id: str) -> None:
        actions = self._actions
        if verb == "add":
            self._with(actions.log_touch)
        elif touch_id and verb == "edit":
            self._with(lambda account: actions.edit_touch(touch_id, account))
        elif touch_id:
            actions.remove_touch(touch_id)

    def _open_history(self, _verb: str, number: str) -> None:
        """Show the changes of this account, the chosen one with its fields before and after."""
        change = int(number) if number else 0
        self._with(lambda account: self.navigate.emit("history", (account, change)))

    def _do_person(self, verb: str, person_id: str) -> None:
        if verb == "add":
            self._with(self._actions.add_person)
        else:
            self._persons.run(verb, person_id)

    def _person_menu(self, at: QPoint) -> None:
        table = self.lists.people.table
        person_id = table.current_id()
        if person_id is not None:
            self._persons.open_menu(table, person_id, table.viewport().mapToGlobal(at))


def _blinded(view: HeadView) -> HeadView:
    """The head without what is measured or follows from it."""
    hidden = Figure("Score, measured", "hidden", "until you said", ink="text2")
    figures = tuple(
        (key, hidden if key == "score" else figure) for key, figure in view.figures if key != "gap"
    )
    chips = tuple((text, kind) for text, kind in view.chips if kind != "watch")
    return replace(view, chips=chips, figures=figures)
