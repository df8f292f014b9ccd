"""An objective of the customer in their own metric: start, now, goal, owner, due, agreed."""

from dataclasses import fields, replace
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from csplanner.book.book import Book
from csplanner.domain.objective import Objective, ObjectiveStatus
from csplanner.domain.value import fact
from csplanner.language import Spoken, noted, tr
from csplanner.ui.actions.form import Form, Work, text_of
from csplanner.ui.actions.pick import Pick
from csplanner.ui.actions.typed import (
    read_day,
    read_thousandths,
    required,
    thousandths_shown,
)
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.fields import Field

_STATUS = Spoken({
    ObjectiveStatus.PROPOSED: noted("Proposed by us"),
    ObjectiveStatus.AGREED: noted("Agreed with them"),
    ObjectiveStatus.REACHED: noted("Reached"), ObjectiveStatus.DROPPED: noted("Dropped"),
})  # fmt: skip


class ObjectiveForm(Form):
    """Adds an objective, or changes one when `objective_id` is given."""

    def __init__(
        self,
        session: BookSession,
        parent: QWidget | None = None,
        *,
        account_id: str,
        objective_id: str | None = None,
    ) -> None:
        account = session.read.accounts.get(account_id)
        super().__init__(
            session,
            parent,
            title=tr("Objective of {0}").format(account.name),
            sentence=tr("Use their words and their metric: this is what a QBR shows them."),
            verb=tr("Save objective") if objective_id else tr("Add objective"),
        )
        objectives = session.read.objectives
        empty = Objective("", account.id, "")
        self._was = objectives.get(objective_id) if objective_id else empty
        self._lay_out()
        self.begin_at(self.what.field)

    def _lay_out(self) -> None:
        was, tr = self._was, self.tr
        self.what = self.add(tr("What they want to achieve"), text=was.title)
        self.unit = self.field(tr("Unit, such as % or days"), text=was.unit)
        self.owner = self.field(tr("Who at the customer owns it"), text=was.owner)
        self.add_row(self.unit, self.owner)
        self.baseline = self.field(tr("Start"), text=thousandths_shown(was.baseline.value))
        self.now = self.field(tr("Now"), text=thousandths_shown(was.actual.value))
        self.target = self.field(tr("Goal"), text=thousandths_shown(was.target.value))
        self.add_row(self.baseline, self.now, self.target)
        self.now_on = self.day_field(tr("Now, as of"), was.actual_on)
        self.now_from = self.field(tr("Who said so"), text=was.actual_source)
        self.add_row(self.now_on, self.now_from)
        self.due = self.day_field(tr("Due"), was.due)
        self.agreed = self.day_field(tr("Agreed on"), was.agreed_on)
        self.status = Pick([(s.value, words) for s, words in _STATUS.items()])
        self.status.choose(was.status.value)
        self.add_row(self.due, self.agreed, self.field(tr("Where it stands"), self.status))

    def collect(self) -> Work | None:
        title = self.read(
            self.what,
            lambda text: required(text, tr("Say what they want to achieve, in their words.")),
        )
        now = self.read(self.now, read_thousandths)
        now_on = self._day(self.now_on)
        if now is not None and now_on is None and not self.now_on.error:
            now_on = self.session.today
        agreed_on = self._day(self.agreed)
        status = ObjectiveStatus(self.status.key)
        if agreed_on is not None and status is ObjectiveStatus.PROPOSED:
            status = ObjectiveStatus.AGREED
        objective = replace(
            self._was,
            title=title or "",
            unit=text_of(self.unit).strip(),
            owner=text_of(self.owner).strip(),
            baseline=fact(self.read(self.baseline, read_thousandths)),
            actual=fact(now),
            target=fact(self.read(self.target, read_thousandths)),
            actual_on=now_on if now is not None else None,
            actual_source=text_of(self.now_from).strip(),
            due=self._day(self.due),
            agreed_on=agreed_on,
            status=status,
        )
        return partial(save_objective, objective=objective)

    def _day(self, field: Field) -> date | None:
        return self.read(field, lambda text: read_day(text, self.session.today))


def save_objective(book: Book, *, objective: Objective) -> str:
    """Keep an objective and return the line to say."""
    name = book.accounts.get(objective.account_id).name
    if not objective.id:
        book.objectives.add(objective, label=tr("Add an objective, {0}").format(name))
        return tr("Added an objective of {0}").format(name)
    changed = {
        f.name: getattr(objective, f.name)
        for f in fields(Objective)
        if f.name not in ("id", "account_id")
    }
    book.objectives.update(
        objective.id, label=tr("Change an objective, {0}").format(name), **changed
    )
    return tr("Changed an objective of {0}").format(name)
