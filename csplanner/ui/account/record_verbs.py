"""What the rows of the account page do: touches, people, promises, events, history."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt

from csplanner.ui.account.person_menu import PersonVerbs
from csplanner.ui.account.timeline_rows import Event, EventKind
from csplanner.ui.actions import Actions

if TYPE_CHECKING:
    from csplanner.ui.account.page import AccountPage


class RecordVerbs:
    """Runs verbs on the records of the account that the page shows."""

    def __init__(self, page: "AccountPage", actions: Actions, persons: PersonVerbs) -> None:
        self._page, self._actions, self._persons = page, actions, persons

    def _with(self, run: Callable[[str], object]) -> None:
        account = self._page.current_account
        if account is not None:
            run(account)

    def touch(self, verb: str, touch_id: str) -> None:
        """Add, edit or remove a touch."""
        actions = self._actions
        if verb == "add":
            self._with(actions.log_touch)
        elif touch_id and verb == "edit":
            self._with(lambda account: actions.edit_touch(touch_id, account))
        elif touch_id:
            actions.remove_touch(touch_id)

    def promise(self, verb: str, promise_id: str) -> None:
        """Add, edit, keep or remove a promise."""
        forms = self._page.forms
        if verb == "add":
            self._with(forms.promise)
        elif promise_id and verb == "edit":
            self._with(lambda account: forms.promise(account, promise_id))
        elif promise_id and verb == "keep":
            forms.keep_promise(promise_id)
        elif promise_id:
            forms.remove_promise(promise_id)

    def person(self, verb: str, person_id: str) -> None:
        """Add somebody, or do what the menu of a person offers."""
        if verb == "add":
            self._with(self._actions.add_person)
        else:
            self._persons.run(verb, person_id)

    def person_menu(self, at: QPoint) -> None:
        """Open the menu of the person chosen in the table."""
        table = self._page.lists.people.table
        person_id = table.current_id()
        if person_id is not None:
            self._persons.open_menu(table, person_id, table.viewport().mapToGlobal(at))

    def open_history(self, _verb: str, number: str) -> None:
        """Show the changes of this account, the chosen one with its fields before and after."""
        change = int(number) if number else 0
        self._with(lambda account: self._page.navigate.emit("history", (account, change)))

    def open_event(self, event: Event) -> None:
        """Open the record behind an event, or the place that holds it."""
        page, actions, record = self._page, self._actions, event.record
        ways: dict[EventKind, Callable[[str], object]] = {
            EventKind.TOUCH: lambda account: actions.edit_touch(record, account),
            EventKind.PEOPLE: lambda account: actions.edit_person(record, account),
            EventKind.RATING: lambda account: page.forms.rate(account, rating_id=record),
            EventKind.PROMISE: lambda account: page.forms.promise(account, record),
            EventKind.PULSE: lambda _account: page.explain_figure("sentiment", page.head),
            EventKind.DEAL: lambda _account: page.explain_figure("renewal", page.head),
            EventKind.CASE: lambda _account: self._show_case(record),
            EventKind.NOTE: lambda _account: page.head.tabs.choose("notes"),
            EventKind.TASK: lambda _account: page.navigate.emit("today", None),
            EventKind.IMPORT: lambda account: page.navigate.emit("history", (account, int(record))),
            EventKind.FIELD: lambda account: page.navigate.emit("history", account),
            EventKind.NEWS: lambda _account: self.show_record(*record.split("/", 1)),
        }
        self._with(ways[event.kind])

    def show_record(self, object_: str, record: str) -> None:
        """Show where a record of that kind stands, and choose it there."""
        page, lists = self._page, self._page.lists
        tables = {
            "person": ("people", lists.people),
            "case": ("deals", lists.cases),
            "opportunity": ("deals", lists.deals),
            "subscription": ("deals", lists.bought),
            "touch": ("touches", lists.touches),
        }
        if object_ == "news":
            page.head.tabs.choose("timeline")
            page.timeline.choose_news(record)
        elif object_ == "term":
            page.explain_figure("renewal", page.head)
        elif object_ == "measurement":
            page.explain_figure("score", page.head)
        elif object_ == "account":
            page.explain_figure("arr", page.head)
        elif object_ in tables:
            tab, pane = tables[object_]
            page.head.tabs.choose(tab)
            pane.table.choose(record)
            pane.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_case(self, record: str) -> None:
        self._page.head.tabs.choose("deals")
        table = self._page.lists.cases.table
        table.choose(record)
        table.setFocus(Qt.FocusReason.OtherFocusReason)
