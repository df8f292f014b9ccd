"""The Today page: a short ranked list of accounts that need you, each with its reasons."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from csplanner.domain.attention import Attention, Verdict
from csplanner.domain.task import Task
from csplanner.domain.today import Today, TodayEntry
from csplanner.ui.actions import Actions
from csplanner.ui.first_steps import add_way, import_way
from csplanner.ui.session import BookSession
from csplanner.ui.session_page import SessionPage
from csplanner.ui.today import rows
from csplanner.ui.today.footer import DismissPopover, PutAwayList, TodayFooter
from csplanner.ui.today.head import TodayHead
from csplanner.ui.today.inspector import TodayInspector
from csplanner.ui.today.list import TodayList
from csplanner.ui.today.model import TodayModel
from csplanner.ui.today.peek import Peek, peek_of
from csplanner.ui.today.reading import Seen, look
from csplanner.ui.todo.rows import KINDS, TaskLists, TaskRow, today_lines
from csplanner.ui.todo.verbs import TaskVerbs
from csplanner.ui.widgets import format as words
from csplanner.ui.widgets.empty import EmptyState, Way, draw_dashed_rows
from csplanner.ui.widgets.menus import Menu
from csplanner.ui.widgets.panes import Ground

_SNOOZE_DAYS = 7
_PUTTING_AWAY = ("done", "snooze", "snooze_menu", "dismiss")


class TodayPage(SessionPage):
    """What needs you now, and why; every verdict sticks until its evidence changes."""

    key = "today"
    title = "Today"

    def __init__(
        self, session: BookSession, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, actions, parent)
        self._is_whole = False
        self._seen: Seen | None = None
        self._blind = ""
        self._entries: dict[tuple[str, str], TodayEntry] = {}
        self._popover: QWidget | None = None
        self._tasks = TaskVerbs(actions)
        self.head = TodayHead()
        self.model = TodayModel()
        self.list = TodayList(self.model)
        self.footer = TodayFooter()
        self.panel = TodayInspector()
        self._middle = QStackedWidget()
        self._whole = QStackedWidget()
        self._lay_out()
        self.list.chosen.connect(lambda _row: self._show_peek())
        actions.opened.connect(self._form_opened)
        self.list.asked.connect(self.ask)
        self.panel.asked.connect(self.ask)
        self.head.news.clicked.connect(self._show_news)
        self.head.strip.opened.connect(lambda account: self.navigate.emit("account", account))
        self.footer.all_asked.connect(self._toggle_whole)
        self.footer.snoozed_asked.connect(lambda: self._show_put_away(snoozed=True))
        self.footer.done_asked.connect(lambda: self._show_put_away(snoozed=False))
        self.setFocusProxy(self.list)

    def _lay_out(self) -> None:
        self._whole.addWidget(Ground("surface"))
        self._middle.addWidget(self.list)
        calm = self.tr("Every signal is answered. The strip above shows what is ahead.")
        self._middle.addWidget(
            EmptyState(self.tr("Nothing needs you"), calm, drawing=draw_dashed_rows)
        )
        self._middle.addWidget(self._nothing_known())
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._middle, 1)
        column.addWidget(self.footer)
        self._full = full
        self._empty: EmptyState | None = None
        self._whole.addWidget(full)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._whole)

    def _nothing_known(self) -> EmptyState:
        """What is said while too little is known for anything to call for you."""
        touch = Way(
            self.tr("Log a touch"),
            self.tr("Say whom you spoke with, and about what, in one line."),
            self._actions.log_touch,
            "message-square",
            "Ctrl L",
        )
        return EmptyState(
            self.tr("Nothing calls for you yet"),
            self.tr(
                "No renewal of your accounts is known. What calls for you comes from renewals, "
                "touches, use and cases."
            ),
            ways=(import_way(self._actions), touch),
            drawing=draw_dashed_rows,
        )

    def _first_steps(self) -> EmptyState:
        actions = self._actions
        return EmptyState(
            self.tr("Your book is empty"),
            self.tr(
                "Start from the list your CRM can already export. Everything stays in one file "
                "on this machine, and every import can be undone."
            ),
            ways=(
                import_way(actions),
                add_way(actions),
                Way(
                    self.tr("Look around first"),
                    self.tr("Open a made-up book of 41 accounts. It never mixes with yours."),
                    self._open_sample,
                    "flask-conical",
                    self.tr("Open the example"),
                ),
            ),
        )

    def _show_news(self) -> None:
        if self._seen is not None:
            self.navigate.emit("news", self._seen.news_snapshot)

    def _open_sample(self) -> None:
        """Run the window's command, as its menu does."""
        commands = getattr(self.window(), "commands", None)
        if commands is not None:
            commands.run("book.sample")

    # What the page shows

    @property
    def _today(self) -> Today:
        return self._seen.today if self._seen is not None else Today(self._session.today)

    @property
    def current_account(self) -> str | None:
        """The account of the current row, for commands of the window."""
        row, task = self.list.current_row(), self.list.current_task()
        if task is not None:
            return str(task.task.account_id) if task.task.account_id else None
        return row.account_id if row else None

    def inspector(self) -> QWidget | None:
        """Return what explains the current row, as long as there is one."""
        has_tasks = self._seen is not None and bool(self._seen.tasks.tasks)
        return self.panel if self._today.entries or has_tasks else None

    def read_book(self) -> None:
        """Ask what needs you; the list shown stays until the answer comes."""
        self.ask_book(partial(look, whole=self._is_whole), self._show)

    def _show(self, seen: Seen) -> None:
        """Show what was seen, keeping the current row or its neighbour."""
        had, self._seen = self.inspector(), seen
        self._session.need_you.emit(seen.today.total)
        if had is not self.inspector():
            self.inspector_changed.emit()
        if not seen.accounts:
            self._show_first_steps()
            return
        if self._whole.currentWidget() is not self._full:
            self._whole.setCurrentWidget(self._full)
            self._take_keyboard(self.list)
        self._show_list(seen.today)
        today = seen.today
        more = sum((today.more or {}).values())
        listed = len(today.entries)
        self.footer.show_more(more, is_whole=self._is_whole, listed=listed, total=today.total)
        self.footer.show_counts(len(seen.today.snoozed), len(seen.today.done_today))
        self._show_head(seen)
        self._show_peek()

    def _show_first_steps(self) -> None:
        if self._empty is None:
            self._empty = self._first_steps()
            self._whole.addWidget(self._empty)
        if self._whole.currentWidget() is not self._empty:
            self._whole.setCurrentWidget(self._empty)
            self._take_keyboard(self._empty)

    def _take_keyboard(self, part: QWidget) -> None:
        """Hand the page's keyboard on to the part that is shown now."""
        has_it = self.hasFocus() or self.isAncestorOf(self.window().focusWidget() or self.window())
        self.setFocusProxy(part)
        if has_it:
            part.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_list(self, today: Today) -> None:
        was, line = self.list.currentIndex().row(), self.list.current_line()
        self._entries = {(e.account_id, e.signal.kind): e for e in today.entries}
        self.model.replace_lines(
            [
                *self._task_lines(),
                *(rows.unmeasured(each, self._blind) for each in rows.list_rows(today)),
            ]
        )
        kept = None
        if isinstance(line, TaskRow):
            kept = self.model.place_of_task(line.id)
        elif line is not None:
            kept = self.model.place_of(line.account_id, line.kind)
        place = was if was >= 0 else self.model.first_account()
        self.list.setCurrentIndex(self.model.nearest(place if kept is None else kept))
        known = self._seen is None or self._seen.sums.is_dated
        calm = 1 if known or today.snoozed or today.done_today else 2
        self._middle.setCurrentIndex(0 if self.model.rowCount() else calm)

    def _task_lines(self) -> Sequence[rows.Heading | TaskRow]:
        """What you mean to do this week stands above what the book found."""
        found = self._seen.tasks if self._seen is not None else TaskLists()
        return today_lines(found, self._session.today)

    def _toggle_whole(self) -> None:
        """Show every account that calls, or the short list again."""
        self._is_whole = not self._is_whole
        self.refresh()

    def _show_head(self, seen: Seen) -> None:
        as_of, today = seen.today.as_of, self._session.today
        title, note = rows.title(today, as_of, from_snapshot=seen.from_snapshot)
        note = note or rows.moved_note(today, as_of, seen.snapshot_day)
        self.head.title.setText(title)
        self.head.day_note.setText(note)
        self.head.show_news(seen.news)
        self.head.sentence.show_runs(rows.sentence(seen.today.total, seen.sums))
        is_now = as_of == today
        self.head.hours.show_week(
            rows.week(as_of, seen.hours_promised, seen.settings, is_now=is_now)
        )
        start = self.tr("Today") if is_now else words.day(as_of, today)
        self.head.strip.show_renewals(as_of, seen.renewals, start, seen.below)

    def _show_peek(self) -> None:
        entry, task = self.current_entry(), self.list.current_task()
        if task is not None:
            self.panel.show_task(task, KINDS[task.task.kind])
        elif entry is not None and entry.account_id == self._blind:
            self.panel.hide_peek(entry.overview.name)
        else:
            self.panel.show_peek(self._peek_of(entry) if entry else None)

    def _peek_of(self, entry: TodayEntry) -> Peek:
        settings = self._session.read.settings
        return peek_of(entry, self._today.as_of, settings.cuts)

    def _form_opened(self, form: QDialog) -> None:
        """Keep what is measured of an account out of sight while you say how you feel."""
        from csplanner.ui.actions.pulse_form import PulseForm

        if isinstance(form, PulseForm) and self.isVisible():
            self._hide_measured(form.account_id)
            form.finished.connect(lambda: self._hide_measured(""))

    def _hide_measured(self, account_id: str) -> None:
        self._blind = account_id
        if self._seen is not None and self._seen.accounts:
            self._show_list(self._seen.today)
            self._show_peek()

    def current_entry(self) -> TodayEntry | None:
        """Return the entry of the current row."""
        row = self.list.current_row()
        return self._entries.get((row.account_id, row.kind)) if row else None

    # Verbs

    def ask(self, verb: str) -> None:
        """Do to the current entry or task what a key or a button asks for."""
        if self.current_task() is not None:
            self.ask_task(verb)
            return
        entry = self.current_entry()
        if entry is None or (verb in _PUTTING_AWAY and not self._actions.may_write()):
            return
        self._verbs()[verb](entry)

    def current_task(self) -> Task | None:
        """Return the task of the current row."""
        row = self.list.current_task()
        return row.task if row else None

    def ask_task(self, verb: str) -> None:
        """Do to the current task what a key, a button or a command asks for."""
        task = self.current_task()
        if task is not None and verb == "peek":
            self._peek()
        elif task is not None:
            self._tasks.do(verb, task, self._task_place)

    def _task_place(self) -> tuple[QWidget, QPoint]:
        return self.list.viewport(), self.list.row_corner() - QPoint(240, 0)

    def _verbs(self) -> dict[str, Callable[[TodayEntry], None]]:
        return {
            "verb": lambda e: self._actions.run_verb(e.signal.verb.key, e.account_id),
            "open": lambda e: self.navigate.emit("account", e.account_id),
            "peek": lambda _e: self._peek(),
            "next": lambda e: self._actions.set_next_step(e.account_id),
            "done": self._finish,
            "snooze": lambda e: self._snooze(e, self._today.as_of + timedelta(days=_SNOOZE_DAYS)),
            "snooze_menu": self._choose_snooze,
            "dismiss": self._ask_dismiss,
        }

    def _peek(self) -> None:
        """Show the inspector where it is hidden; it explains the row already."""
        self.reveal_inspector()

    def _finish(self, entry: TodayEntry) -> None:
        self._actions.attend(entry.account_id, entry.signal, "done")

    def _snooze(self, entry: TodayEntry, until: date) -> None:
        self._actions.attend(entry.account_id, entry.signal, "snoozed", until)

    def _choose_snooze(self, entry: TodayEntry) -> None:
        menu = Menu(self, self.tr("Snooze"))
        for text, until in rows.snooze_choices(entry, self._today.as_of):
            action = menu.addAction(text)
            action.triggered.connect(lambda _on=False, until=until: self._snooze(entry, until))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        button = self.panel.snooze_button
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _ask_dismiss(self, entry: TodayEntry) -> None:
        popover = DismissPopover(self.window(), entry.overview.name)
        popover.given.connect(
            lambda reason: self._actions.attend(
                entry.account_id, entry.signal, "dismissed", None, reason
            )
        )
        popover.closed.connect(popover.deleteLater)
        corner = self.list.viewport().mapTo(self.window(), self.list.row_corner())
        popover.open_near(corner - QPoint(320, 8))

    def _show_put_away(self, *, snoozed: bool) -> None:
        kept = self._today.snoozed if snoozed else self._today.done_today
        title = self.tr("Snoozed") if snoozed else self.tr("Finished today")
        lines = [rows.put_away(a, self._name(a), self._today.as_of) for a in kept]
        popover = PutAwayList(self.window(), title, rows=lines, bring_back=self._bring_back)
        popover.closed.connect(popover.deleteLater)
        popover.open_above(self.footer.snoozed if snoozed else self.footer.done)

    def _name(self, attention: Attention) -> str:
        names = self._seen.names if self._seen is not None else {}
        return names.get(attention.account_id, self.tr("An archived account"))

    def _bring_back(self, row: rows.PutAway) -> None:
        """A snooze that is already over lets the signal show again."""
        was, as_of = row.attention, self._today.as_of
        back = Attention(was.account_id, was.signal_kind, Verdict.SNOOZED, was.digest, until=as_of)
        label = self.tr("Bring back {}").format(row.name)
        self._session.write(
            lambda book: book.attention.set(back, label),
            lambda _none: self._actions.say(self.tr("{} is back in Today").format(row.name)),
        )
