"""The newest figure of an objective: the number, the day, and who said so."""

from datetime import date
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from csplanner.book.book import Book
from csplanner.domain.objective import ObjectiveStatus
from csplanner.domain.value import Fact
from csplanner.errors import UserError
from csplanner.language import tr
from csplanner.ui.account.plan_rows import figure
from csplanner.ui.actions.form import Form, Work, text_of
from csplanner.ui.actions.pick import Pick
from csplanner.ui.actions.typed import read_day, read_thousandths
from csplanner.ui.session import BookSession


class FigureForm(Form):
    """Writes down how far an objective has come; the one that waits longest is chosen."""

    def __init__(
        self,
        session: BookSession,
        parent: QWidget | None = None,
        *,
        account_id: str,
        objective_id: str = "",
    ) -> None:
        account = session.read.accounts.get(account_id)
        super().__init__(
            session,
            parent,
            title=tr("A new figure of {0}").format(account.name),
            sentence=tr("In their metric, as they told you."),
            verb=tr("Save the figure"),
        )
        gone = (ObjectiveStatus.DROPPED, ObjectiveStatus.REACHED)
        live = [o for o in session.read.objectives.of(account_id) if o.status not in gone]
        if not live:
            raise UserError(tr("No objective is written down. Add an objective first."))
        live.sort(key=lambda o: (o.actual_on is not None, o.actual_on))
        self._live = {o.id: o for o in live}
        self.which = Pick([(o.id, o.title) for o in live])
        self.add(tr("Objective"), self.which)
        self.now = self.field(tr("Now"))
        self.day = self.day_field(tr("As of"), session.today)
        self.source = self.field(tr("Who said so"))
        self.add_row(self.now, self.day, self.source)
        self.was = self.field(tr("Before"))
        self.was.field.setEnabled(False)
        self.body.addWidget(self.was)
        self.which.currentIndexChanged.connect(lambda _at: self._show_was())
        self.which.choose(objective_id)
        self._show_was()
        self.begin_at(self.now.field)

    def _show_was(self) -> None:
        chosen = self._live[self.which.key]
        unit = chosen.unit if len(chosen.unit) <= 2 else ""
        parts = [figure(f.value, unit) for f in (chosen.actual, chosen.target)]
        assert isinstance(self.was.field, QLineEdit)
        self.was.field.setText(tr("{0}, goal {1}").format(*parts))
        assert isinstance(self.source.field, QLineEdit)
        self.source.field.setText(chosen.actual_source)

    def collect(self) -> Work | None:
        now = self.read(self.now, read_thousandths)
        if now is None and not self.now.error:
            self.fault(self.now, tr("Type the figure, such as 81."))
        on = self.read(self.day, lambda text: read_day(text, self.session.today))
        if on is None and not self.day.error:
            self.fault(self.day, tr("Type the day the figure is of, such as today."))
        if on is not None and on > self.session.today:
            self.fault(self.day, tr("That day is still to come. Type the day the figure is of."))
        if now is None or on is None:
            return None
        source = text_of(self.source).strip()
        return partial(save_figure, objective_id=self.which.key, now=now, on=on, source=source)


def save_figure(book: Book, *, objective_id: str, now: int, on: date, source: str) -> str:
    """Keep a figure as one step and return the line to say."""
    objective = book.objectives.get(objective_id)
    name = book.accounts.get(objective.account_id).name
    label = tr("New figure of {0}, {1}").format(objective.title, name)
    book.objectives.update(
        objective_id, label=label, actual=Fact(now), actual_on=on, actual_source=source
    )
    return tr("New figure of {0}").format(objective.title)
