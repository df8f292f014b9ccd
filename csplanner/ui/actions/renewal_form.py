"""The running contract term: when it ends, by when they must tell, and how it went."""

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtWidgets import QCheckBox, QWidget

from csplanner.book.book import Book
from csplanner.domain.account import ContractTerm, TermOutcome
from csplanner.domain.value import fact
from csplanner.language import Spoken, noted, tr
from csplanner.ui.actions.form import Form, Work
from csplanner.ui.actions.pick import Pick
from csplanner.ui.actions.typed import money_typed, read_day, read_money
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.fields import Field

_OUTCOMES = Spoken({
    TermOutcome.UNDECIDED: noted("Not decided yet"), TermOutcome.RENEWED: noted("Renewed"),
    TermOutcome.OPTED_OUT: noted("Opted out"), TermOutcome.NOT_DUE: noted("Not due"),
})  # fmt: skip


class RenewalForm(Form):
    """Changes the newest term of an account, or writes its first one."""

    def __init__(
        self, session: BookSession, parent: QWidget | None = None, *, account_id: str
    ) -> None:
        account = session.read.accounts.get(account_id)
        super().__init__(
            session,
            parent,
            title=tr("Renewal of {0}").format(account.name),
            verb=tr("Save renewal"),
        )
        terms = session.read.terms.of(account_id)
        self._is_new = not terms
        start = ContractTerm("", account.id, session.today, arr=account.arr)
        self._was = _running(terms, session.read.as_of()) if terms else start
        self._currency = session.read.settings.currency
        was = self._was
        self.start = self.day_field(tr("Starts"), was.start)
        self.end = self.day_field(tr("Ends"), None if self._is_new else was.end)
        self.add_row(self.start, self.end)
        self.notice = self.day_field(tr("Last day to give notice"), was.notice_deadline.value)
        arr = money_typed(was.arr.value, self._currency)
        self.arr = self.field(tr("ARR in {0}").format(self._currency), text=arr)
        self.add_row(self.notice, self.arr)
        self.outcome = Pick([(o.value, words) for o, words in _OUTCOMES.items()])
        self.outcome.choose(was.outcome.value)
        self.add(tr("How it went"), self.outcome)
        self.given = QCheckBox(tr("They gave notice that they will not renew"))
        self.given.setChecked(was.notice_given)
        self.body.addWidget(self.given)
        self.begin_at(self.end.field)

    def collect(self) -> Work | None:
        start, notice, end = self._day(self.start), self._day(self.notice), self._day(self.end)
        if end is None and not self.end.error:
            self.fault(self.end, self.tr("Type the last day of the contract, such as 30/06/2026."))
        if end is not None and start is not None and end < start:
            self.fault(self.end, self.tr("The contract ends before it starts. Change one day."))
        if end is not None and notice is not None and notice > end:
            self.fault(self.notice, self.tr("Notice is due by the end at the latest."))
        arr = self.read(self.arr, lambda text: read_money(text, self._currency))
        term = replace(
            self._was,
            start=start,
            end=end or self._was.end,
            notice_deadline=fact(notice),
            arr=fact(arr),
            outcome=TermOutcome(self.outcome.key),
            notice_given=self.given.isChecked(),
        )
        return partial(save_term, term=term)

    def _day(self, field: Field) -> date | None:
        return self.read(field, lambda text: read_day(text, self.session.today))


def save_term(book: Book, *, term: ContractTerm) -> str:
    """Keep a contract term and return the line to say."""
    name = book.accounts.get(term.account_id).name
    label = tr("Change the renewal, {0}").format(name)
    if not term.id:
        book.terms.add(term, label=label)
    else:
        book.terms.update(
            term.id, label=label, start=term.start, end=term.end, arr=term.arr,
            notice_deadline=term.notice_deadline, outcome=term.outcome,
            notice_given=term.notice_given,
        )  # fmt: skip
    return tr("Changed the renewal of {0}").format(name)


def _running(terms: tuple[ContractTerm, ...], as_of: date) -> ContractTerm:
    """The first term whose decision is open, else the one that ends last."""
    waiting = [t for t in terms if t.end >= as_of or t.outcome is TermOutcome.UNDECIDED]
    return waiting[0] if waiting else terms[-1]
