"""An account: its name and what it is, ARR, criticality, first days, and its contract's end."""

from dataclasses import fields, replace
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from csplanner.book.book import Book
from csplanner.domain.account import Account, AccountId, ContractTerm, Regrettable
from csplanner.domain.evidence import Evidence
from csplanner.domain.value import UNKNOWN, fact
from csplanner.errors import UserError
from csplanner.language import Spoken, noted, tr
from csplanner.ui.actions.choices import Choice, LetterChoices
from csplanner.ui.actions.evidence_line import EvidenceLine
from csplanner.ui.actions.form import Form, Work, text_of
from csplanner.ui.actions.pick import Pick
from csplanner.ui.actions.typed import money_typed, read_day, read_money, required
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.fields import Field
from csplanner.ui.widgets.labels import PlainLabel

CRITICALITY = (
    Choice("0", noted("Convenience"), "0"), Choice("1", noted("Important"), "1"),
    Choice("2", noted("Business-critical"), "2"), Choice("3", noted("Mission-critical"), "3"),
    Choice("", noted("Unknown"), "u"),
)  # fmt: skip
CRITICALITY_WORDS = Spoken(
    {
        "0": noted("They can do without us for more than five days."),
        "1": noted("Being without us becomes unacceptable within five days."),
        "2": noted("Being without us becomes unacceptable within a day."),
        "3": noted(
            "Being without us becomes unacceptable within eight hours, or lives depend on it."
        ),
        "": noted("Ask how fast a disruption becomes unacceptable to them and their customers."),
    }
)
_REGRET = Spoken({
    Regrettable.UNDECIDED: noted("Not decided"), Regrettable.YES: noted("Yes, fight for them"),
    Regrettable.NO: noted("No, let them go well"),
})  # fmt: skip


class AccountForm(Form):
    """Adds an account (`added` then carries its id), or changes one."""

    added = Signal(str)

    def __init__(
        self,
        session: BookSession,
        parent: QWidget | None = None,
        *,
        account_id: str | None = None,
    ) -> None:
        empty = Account(AccountId(""), "")
        self._was = session.read.accounts.get(account_id) if account_id else empty
        self._asked_twice = ""
        self._added_id = ""
        self._currency = session.read.settings.currency
        super().__init__(
            session,
            parent,
            title=tr("Change {0}").format(self._was.name) if account_id else tr("Add an account"),
            sentence="" if account_id else tr("A name is enough to begin with."),
            verb=tr("Save account") if account_id else tr("Add account"),
        )
        self._lay_out()
        self.saved.connect(self._tell_added)
        self.begin_at(self.name.field)

    def _lay_out(self) -> None:
        was, tr = self._was, self.tr
        self.name = self.add(tr("Name"), text=was.name)
        self.sector = self.field(tr("Sector"), text=was.sector)
        self.domain = self.field(tr("Web domain"), text=was.domain)
        self.add_row(self.sector, self.domain)
        self.city = self.field(tr("City"), text=was.city)
        self.country = self.field(tr("Country"), text=was.country)
        self.add_row(self.city, self.country)
        arr = money_typed(was.arr.value, self._currency)
        self.arr = self.field(tr("ARR in {0}, such as 412k").format(self._currency), text=arr)
        self.since = self.day_field(tr("Customer since"), was.customer_since.value)
        self.first_value = self.day_field(tr("First value confirmed on"), was.first_value_on.value)
        self.add_row(self.since, self.first_value)
        if was.id:
            self.regret = Pick([(r.value, words) for r, words in _REGRET.items()])
            self.regret.choose(was.regrettable.value)
            regret = self.field(tr("Would losing them be regrettable?"), self.regret)
            self.add_row(self.arr, regret)
        else:
            self.end = self.day_field(tr("Contract ends"))
            self.add_row(self.arr, self.end)
        self.criticality = LetterChoices(CRITICALITY, name=tr("How critical we are to them"))
        self.add(tr("How critical we are to them"), self.criticality)
        self.meaning = PlainLabel("", px=12, colour="text2")
        self.body.addWidget(self.meaning)
        self.criticality.chosen.connect(self._show_meaning)
        self.evidence = EvidenceLine()
        if was.id:
            words = tr("How do you know what you changed? Optional")
            self.add(words, self.evidence)
        known = was.criticality.value
        self.criticality.choose("" if known is None else str(known))
        self._show_meaning()

    def begin_with(self, name: str) -> None:
        """Fill in a name, to be looked at before the account is added."""
        line = self.name.field
        if name and isinstance(line, QLineEdit):
            line.setText(name)

    def collect(self) -> Work | None:
        name = self.read(self.name, lambda text: required(text, tr("An account needs a name.")))
        arr = self.read(self.arr, lambda text: read_money(text, self._currency))
        key = self.criticality.key
        account = replace(
            self._was,
            name=name or "",
            sector=text_of(self.sector).strip(),
            domain=text_of(self.domain).strip(),
            city=text_of(self.city).strip(),
            country=text_of(self.country).strip(),
            arr=fact(arr) if arr is not None else UNKNOWN,
            criticality=fact(int(key)) if key else UNKNOWN,
            customer_since=fact(self._day(self.since)),
            first_value_on=fact(self._day(self.first_value)),
        )
        if self._was.id:
            account = replace(account, regrettable=Regrettable(self.regret.key))
            said = self.evidence.evidence
            return partial(save_account, account=account, was=self._was, said=said)
        end = self._day(self.end)
        self._refuse_twin(account.name)
        return partial(self._add, account=account, end=end)

    def _day(self, field: Field) -> date | None:
        return self.read(field, lambda text: read_day(text, self.session.today))

    def _refuse_twin(self, name: str) -> None:
        """An account of the same name is most likely the same one; said once, then allowed."""
        if not name or name == self._asked_twice:
            return
        for other in self.session.read.accounts.find(name):
            if other.name.casefold() == name.casefold():
                self._asked_twice = name
                sentence = self.tr("{0} is in the book already. Add it once more to have two.")
                self.fault(self.name, sentence.format(name))
                return

    def _add(self, book: Book, *, account: Account, end: date | None) -> str:
        text, self._added_id = add_account(book, account=account, end=end)
        return text

    def _tell_added(self) -> None:
        if self._added_id:
            self.added.emit(self._added_id)

    def _show_meaning(self) -> None:
        self.meaning.setText(CRITICALITY_WORDS[self.criticality.key])


def add_account(book: Book, *, account: Account, end: date | None) -> tuple[str, str]:
    """Keep a new account, with a contract term when its end is known; the line and its id."""
    with book.change(tr("Add {0}").format(account.name)):
        kept = book.accounts.add(account)
        if end is not None:
            arr = account.arr
            book.terms.add(ContractTerm("", kept.id, end, arr=arr))
    return tr("Added {0}").format(kept.name), kept.id


def save_account(
    book: Book, *, account: Account, was: Account, said: Evidence | None = None
) -> str:
    """Keep what differs from what the form showed and return the line to say.

    `said` is on what the changes rest.
    """
    changed = {
        f.name: getattr(account, f.name)
        for f in fields(Account)
        if getattr(account, f.name) != getattr(was, f.name)
    }
    if not changed:
        raise UserError(tr("Nothing was changed. Change a field, or cancel."))
    book.accounts.update(
        account.id, label=tr("Change {0}").format(was.name), on_evidence=said, **changed
    )
    return tr("Changed {0}").format(account.name)
