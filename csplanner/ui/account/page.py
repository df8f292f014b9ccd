"""The account page: one customer, why its numbers are what they are, and what to do about it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from csplanner.domain.filters import View
from csplanner.domain.index import FileIndex
from csplanner.domain.judgement import Judgement
from csplanner.domain.person import Side
from csplanner.errors import UserError
from csplanner.ui.account import event_rows, evidence, people_rows, plan_rows, score_rows
from csplanner.ui.account.evidence import Evidence
from csplanner.ui.account.head import AccountHead
from csplanner.ui.account.head_rows import HeadView, head_view
from csplanner.ui.account.overview import Overview, OverviewView
from csplanner.ui.account.parts import EvidencePopover
from csplanner.ui.account.records import RecordLists
from csplanner.ui.actions import Actions
from csplanner.ui.session import BookSession
from csplanner.ui.shell.page import PageWidget
from csplanner.ui.today.peek import Figure
from csplanner.ui.widgets import format as words
from csplanner.ui.widgets.empty import EmptyState, draw_dashed_rows

HISTORY_LIMIT = 200
_TABS = {"touches": 1, "people": 2, "deals": 3, "cases": 3, "history": 4}


class AccountPage(PageWidget):
    """Opened with an account's id, (id, section), or (id, section, ids in the order of a list)."""

    key = "account"
    title = "Account"
    place = "book"

    def __init__(
        self, session: BookSession, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._actions = session, actions
        self.current_account: str | None = None
        self._order: Sequence[str] = ()
        self._name = ""
        self._stale = True
        self._is_blind = False
        self._shown: tuple[FileIndex, Judgement] | None = None
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
        self._whole = QStackedWidget()
        self._whole.addWidget(full)
        gone = self.tr("This account is not in the book. Choose one from the Book.")
        self._whole.addWidget(EmptyState(self.tr("No account"), gone, drawing=draw_dashed_rows))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._whole)
        self.setFocusProxy(tabs)

    def _connect(self) -> None:
        actions, overview = self._actions, self.overview
        self._session.changed.connect(lambda _changed: self._changed())
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
        overview.people.added.connect(lambda: self._with(actions.add_person))
        overview.people.all_asked.connect(lambda: self.head.tabs.choose("people"))
        overview.step.asked.connect(lambda: self._with(actions.set_next_step))
        overview.open.asked.connect(lambda: self.head.tabs.choose("deals"))
        overview.timeline.all_asked.connect(lambda: self.head.tabs.choose("touches"))
        self.lists.touches.asked.connect(self._do_touch)
        self.lists.people.asked.connect(self._do_person)
        for keys, by in (("Ctrl+Up", -1), ("Ctrl+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=by: self.step(by))

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
        self._stale = True
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
            lines = self._session.read.overview.all(View(sort="name"))
            self._order = tuple(line.account_id for line in lines)
        if self.current_account in self._order:
            place = self._order.index(self.current_account) + by
            if 0 <= place < len(self._order):
                self.navigate.emit("account", (self._order[place], "", self._order))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Judge the account again and show it."""
        self._stale = False
        book, account = self._session.read, self.current_account
        try:
            if account is None:
                raise UserError(self.tr("No account was named."))
            file, judgement = book.derived.judge(account)
        except UserError:
            self._shown = None
            self._whole.setCurrentIndex(1)
            return
        self._whole.setCurrentIndex(0)
        index = FileIndex(file, book.as_of())
        self._shown = index, judgement
        view = head_view(index, judgement, book.settings)
        self.head.show_view(_blinded(view) if self._is_blind else view)
        if view.name != self._name:
            self._name = view.name
            self.heading_changed.emit()
        self.overview.show_view(self._overview_of(index, judgement))
        self.overview.measured.setVisible(not self._is_blind)
        self._show_lists(index)

    def _overview_of(self, index: FileIndex, judgement: Judgement) -> OverviewView:
        book, account = self._session.read, index.file.account
        due = account.next_step_due
        late = due is not None and due < index.as_of
        when = f"by {words.day(due, index.as_of)}" if due else ""
        return OverviewView(
            score_rows.score_view(index, judgement, book.settings, book.derived.context()),
            score_rows.curve_view(index, judgement),
            plan_rows.objective_rows(index),
            plan_rows.agreed_note(index),
            plan_rows.use_rows(index),
            plan_rows.voice_rows(index),
            plan_rows.place_view(index, judgement),
            people_rows.people_rows(index),
            people_rows.roles_view(judgement.roles),
            (account.next_step, f"{when}, overdue" if late else when, late),
            event_rows.case_rows(index),
            event_rows.deal_rows(index),
            event_rows.timeline(index),
            len(index.file.touches),
        )

    def _show_lists(self, index: FileIndex) -> None:
        """Count what each tab holds, and fill the one that is shown."""
        file, tabs = index.file, self.head.tabs
        changes = self._session.read.history(HISTORY_LIMIT, file.account.id)
        self.lists.show_history(changes)
        theirs = sum(1 for p in file.people if p.side is Side.THEIRS)
        deals = len(file.cases) + len(file.opportunities) + len(file.subscriptions)
        tabs.set_title("touches", self.tr("Touch log"), len(file.touches))
        tabs.set_title("people", self.tr("People"), theirs)
        tabs.set_title("deals", self.tr("Cases and deals"), deals)
        tabs.set_title("history", self.tr("History"), len(changes))
        self._show_tab(tabs.key)

    def _show_tab(self, key: str) -> None:
        self._stack.setCurrentIndex(_TABS.get(key, 0))
        if self._shown is not None:
            self.lists.fill(key, *self._shown)

    def hide_score(self, *, hidden: bool) -> None:
        """Hide what is measured while you say how you feel, so that it does not lead you."""
        self._is_blind = hidden
        self.refresh()

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
            "sentiment": lambda: evidence.pulse_evidence(index),
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
            found = evidence.answer_evidence(self._shown[0], equipped=axis == "equipped")
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

    def _do_person(self, verb: str, person_id: str) -> None:
        if verb == "add":
            self._with(self._actions.add_person)
        elif person_id:
            self._with(lambda account: self._actions.edit_person(person_id, account))


def _blinded(view: HeadView) -> HeadView:
    """The head without what is measured or follows from it."""
    hidden = Figure("Score, measured", "hidden", "until you said", ink="text2")
    figures = tuple(
        (key, hidden if key == "score" else figure) for key, figure in view.figures if key != "gap"
    )
    chips = tuple((text, kind) for text, kind in view.chips if kind != "watch")
    return replace(view, chips=chips, figures=figures)
