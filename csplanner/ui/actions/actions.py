"""Every user verb as one method, shared by menu, shortcut, palette, pages and tests."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from csplanner.book.book import Book
from csplanner.domain.account import AccountId, Tier
from csplanner.domain.attention import Attention, Verdict
from csplanner.errors import UserError
from csplanner.ui.actions import writing
from csplanner.ui.change_words import with_day
from csplanner.ui.opening.barred import read_only_words
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.dialogs import Dialog

if TYPE_CHECKING:
    from csplanner.domain.signals import Signal as Call
    from csplanner.ui.actions.form import Form
    from csplanner.ui.actions.person_data import PersonData

_SECTIONS = {
    "open_account": "", "open_health": "health", "open_cases": "cases",
    "open_opportunities": "deals", "open_experience": "experience",
}  # fmt: skip


class Actions(QObject):
    """What you can do with the open book.

    `navigate(key, argument)` asks for a page; `said(text, undo, failed)` is a line for the toast.
    `opened(form)` comes before a form shows, so that a page can hide what must not lead the answer.
    `form` is the form that is open, if any. Forms are imported when they are first used.
    """

    navigate = Signal(str, object)
    said = Signal(str, bool, bool)
    opened = Signal(object)

    def __init__(self, session: BookSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.form: Dialog | None = None
        self._window = parent
        self._person_data: PersonData | None = None

    # What happened

    def say(self, text: str, undo: bool = True) -> None:
        """Say what was done in the toast, offering to take it back."""
        self.said.emit(text, undo, False)

    def refuse(self, sentence: str) -> None:
        """Say why something could not be done."""
        self.said.emit(sentence, False, True)

    def write(self, work: Callable[[Book], str], done: Callable[[], None] | None = None) -> None:
        """Write without a form; `work` returns the line for the toast."""
        if not self.may_write():
            return

        def told(text: str) -> None:
            if text:
                self.say(text)
            if done is not None:
                done()

        self.session.write(work, told, failed=self.refuse)

    # Touch, sentiment, tier

    def log_touch(self, account_id: str | None = None, person_id: str | None = None) -> None:
        """Log a touch with an account, or with one still to be named, and with somebody there."""
        from csplanner.ui.actions.touch_form import Start, TouchForm

        start = Start(person_id=person_id)
        self._open(
            lambda: TouchForm(self.session, self._window, account_id=account_id, start=start)
        )

    def finish_planned(self, task_id: str) -> None:
        """Log the touch that a planned one or a meeting became, its line filled in already."""
        from csplanner.ui.actions.touch_form import Start, TouchForm
        from csplanner.ui.actions.touch_planning import line_of

        def make() -> "Form":
            task = self.session.read.tasks.get(task_id)
            start = Start(line_of(task, self.session.today), task.id, task.person_id)
            return TouchForm(self.session, self._window, account_id=task.account_id, start=start)

        self._open(make)

    def edit_touch(self, touch_id: str, account_id: str) -> None:
        """Change a logged touch."""
        from csplanner.ui.actions.touch_form import TouchForm

        self._open(
            lambda: TouchForm(
                self.session, self._window, account_id=account_id, touch_id=touch_id
            )
        )  # fmt: skip

    def remove_touch(self, touch_id: str) -> None:
        """Take a touch out of the log."""
        self.write(partial(writing.remove_touch, touch_id=touch_id))

    def set_pulse(self, account_id: str) -> None:
        """Say how you feel about an account, with its score hidden until you did."""
        from csplanner.ui.actions.pulse_form import PulseForm

        self._open(lambda: PulseForm(self.session, self._window, account_id=account_id))

    def explain_gap(self, account_id: str) -> None:
        """Say why your sentiment and the score part."""
        from csplanner.ui.actions.step_form import GapForm

        if not self.session.read.pulses.of(account_id):
            self.set_pulse(account_id)
            return
        self._open(lambda: GapForm(self.session, self._window, account_id=account_id))

    def set_tier(self, account_id: str, tier: Tier | None = None) -> None:
        """Place an account, beside what the rule says; `tier` is chosen already when given."""
        from csplanner.ui.actions.tier_form import TierForm

        self._open(lambda: TierForm(self.session, self._window, account_id=account_id, tier=tier))

    def place(
        self, account_id: str, tier: Tier, reason: str = "", review_on: date | None = None
    ) -> None:
        """Place an account without a form."""
        self.write(
            partial(
                writing.place, account_id=account_id, tier=tier, reason=reason, review_on=review_on
            )
        )

    def assess(self, account_id: str) -> None:
        """Answer how equipped they are, their potential and how critical we are to them."""
        from csplanner.ui.actions.answers_form import AnswersForm

        self._open(lambda: AnswersForm(self.session, self._window, account_id=account_id))

    # Accounts

    def add_account(self, *, name: str = "") -> None:
        """Add an account, called `name` unless you change that, and show it."""
        from csplanner.ui.actions.account_form import AccountForm

        form = self._open(lambda: AccountForm(self.session, self._window))
        if isinstance(form, AccountForm):
            form.begin_with(name)
            form.added.connect(self.open_account)

    def edit_account(self, account_id: str) -> None:
        """Change what is known of an account."""
        from csplanner.ui.actions.account_form import AccountForm

        self._open(lambda: AccountForm(self.session, self._window, account_id=account_id))

    def edit_renewal(self, account_id: str) -> None:
        """Change the running contract term: its end, notice and outcome."""
        from csplanner.ui.actions.renewal_form import RenewalForm

        self._open(lambda: RenewalForm(self.session, self._window, account_id=account_id))

    def set_next_step(
        self, account_id: str, *, typed: str | None = None, refusal: str = ""
    ) -> None:
        """Write down what you do next, and by when; go on with what was `typed` elsewhere and
        could not be written there.
        """
        from csplanner.ui.actions.step_form import NextStepForm

        self._open(
            lambda: NextStepForm(
                self.session, self._window, account_id=account_id, typed=typed, refusal=refusal
            )
        )

    def pin(self, account_id: str) -> None:
        """Pin an account to the sidebar, or take it off when it is there."""
        self.write(partial(writing.pin, account_id=account_id))

    def archive(self, account_id: str) -> None:
        """Put an account away, of which nothing is lost; bring it back when it is away."""
        self.write(partial(writing.archive, account_id=account_id))

    def split_account(self, account_id: str) -> None:
        """Choose what of an account goes to a new one."""
        from csplanner.ui.actions.parting import SplitForm

        self._open(lambda: SplitForm(self.session, self._window, account_id=account_id))

    def merge_account(self, account_id: str) -> None:
        """Let an account be part of another one, and show that."""
        from csplanner.ui.actions.parting import MergeForm

        form = self._open(lambda: MergeForm(self.session, self._window, account_id=account_id))
        if isinstance(form, MergeForm):
            form.saved.connect(lambda _text: self.open_account(form.kept))

    def delete_account(self, account_id: str) -> None:
        """Delete an account with all it holds, once you were told what that is."""
        from csplanner.ui.actions.deleting import ask_to_delete

        ask_to_delete(self, self._window, account_id, lambda: self.navigate.emit("book", None))

    def show_archived(self) -> None:
        """Show the accounts put away, each with a way back."""
        from csplanner.ui.actions.archived import ArchivedDialog

        self._show(ArchivedDialog(self, self._window))

    def is_archived(self, account_id: str) -> bool:
        """Whether an account is put away; one that is gone is not."""
        try:
            return self.session.read.accounts.get(account_id).archived
        except UserError:
            return False

    def review_doubles(self) -> None:
        """Look at accounts that share a name, and merge those that are one."""
        from csplanner.ui.actions.doubles import DoublesDialog

        self._show(DoublesDialog(self, self._window))

    def open_account(self, account_id: str, section: str = "") -> None:
        """Show an account, at a section of its page when named."""
        self.navigate.emit("account", (account_id, section) if section else account_id)

    # People and objectives

    def add_person(self, account_id: str) -> None:
        """Add a person to an account."""
        from csplanner.ui.actions.person_form import PersonForm

        self._open(lambda: PersonForm(self.session, self._window, account_id=account_id))

    def edit_person(self, person_id: str, account_id: str) -> None:
        """Change a person and the role they hold."""
        from csplanner.ui.actions.person_form import PersonForm

        self._open(
            lambda: PersonForm(
                self.session, self._window, account_id=account_id, person_id=person_id
            )
        )  # fmt: skip

    def fill_seat(self, seat_id: str) -> None:
        """Say who holds a seat now that somebody left."""
        from csplanner.ui.actions.seat_form import SeatForm

        self._open(lambda: SeatForm(self.session, self._window, seat_id=seat_id))

    @property
    def person_data(self) -> "PersonData":
        """Writing out and erasing what is known of a person."""
        from csplanner.ui.actions.person_data import PersonData

        if self._person_data is None:
            self._person_data = PersonData(self, self._window)
        return self._person_data

    def add_objective(self, account_id: str) -> None:
        """Add an objective of the customer, in their metric."""
        from csplanner.ui.actions.objective_form import ObjectiveForm

        self._open(lambda: ObjectiveForm(self.session, self._window, account_id=account_id))

    def edit_objective(self, objective_id: str, account_id: str) -> None:
        """Change an objective."""
        from csplanner.ui.actions.objective_form import ObjectiveForm

        self._open(
            lambda: ObjectiveForm(
                self.session, self._window, account_id=account_id, objective_id=objective_id
            )
        )

    # Going out and coming in

    def import_snapshot(self, paths: Sequence[Path] | None = None) -> None:
        """Show the import, with these files when given."""
        self.navigate.emit("import", list(paths) if paths else None)

    def export_qbr(self, account_id: str) -> None:
        """Show the QBR of an account, where it is exported."""
        self.navigate.emit("qbr", account_id)

    # Today

    def run_verb(self, key: str, account_id: str) -> None:
        """Do what the button of a signal says."""
        verbs: dict[str, Callable[[str], None]] = {
            "add_person": self.add_person,
            "add_objective": self.add_objective,
            "log_touch": self.log_touch,
            "next_step": self.set_next_step,
            "explain_gap": self.explain_gap,
            "answer_pulse": self.set_pulse,
            "place": self.set_tier,
            "edit_account": self.edit_account,
            "open_renewal": self.edit_renewal,
            "plan_departure": self.plan_departure,
        }
        verb = verbs.get(key)
        if verb is not None:
            verb(account_id)
        else:
            self.open_account(account_id, _SECTIONS[key])

    def plan_departure(self, account_id: str) -> None:
        """Make the tasks of the 30 days after somebody who mattered left."""
        self.write(partial(writing.plan_departure, account_id=account_id))

    def attend(
        self,
        account_id: str,
        signal: "Call",
        verdict: str,
        until: date | None = None,
        reason: str = "",
    ) -> None:
        """Put a signal away as `done`, `snoozed` (until a day) or `dismissed`."""
        kept = Attention(
            AccountId(account_id), signal.kind, Verdict(verdict), signal.digest,
            until=until, reason=reason,
        )  # fmt: skip
        self.write(partial(writing.attend, attention=kept))

    # Taking back

    def undo(self) -> None:
        """Take the newest change back."""
        self.session.undo(
            lambda label: self.say(self.tr("Undone: {0}").format(with_day(label)), undo=False)
        )

    def redo(self) -> None:
        """Bring back what was undone last."""
        self.session.redo(lambda label: self.say(self.tr("Redone: {0}").format(with_day(label))))

    @property
    def can_write(self) -> bool:
        """True when the book can be changed."""
        return not self.session.read_only

    @property
    def barred(self) -> str:
        """Why the book cannot be changed and what to do; empty when it can be."""
        return read_only_words(self.session)

    def may_write(self) -> bool:
        """Whether the book can be changed; says why where it cannot."""
        if self.barred:
            self.refuse(self.barred)
        return self.can_write

    def _open(self, make: "Callable[[], Form]") -> "Form | None":
        """Show the form made, or say why it cannot be."""
        if not self.may_write():
            return None
        try:
            form = make()
        except UserError as error:
            self.refuse(str(error))
            return None
        form.saved.connect(self.say)
        self._show(form)
        return form

    def open_form(self, make: "Callable[[QWidget | None], Form]") -> None:
        """Open a form of another part, made over the window given; say why where it cannot be."""
        self._open(lambda: make(self._window))

    def show_dialog(self, dialog: Dialog) -> None:
        """Open a dialog as the one that is open."""
        self._show(dialog)

    def _show(self, dialog: Dialog) -> None:
        self.form = dialog
        dialog.finished.connect(self._forget)
        self.opened.emit(dialog)
        dialog.open()

    def _forget(self) -> None:
        self.form = None
