"""Two one-line forms: the next step with its day, and why sentiment and score part."""

from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from csplanner.book.book import Book
from csplanner.language import tr
from csplanner.ui.actions.form import Form, Work, text_of
from csplanner.ui.actions.typed import read_day, required
from csplanner.ui.session import BookSession


class NextStepForm(Form):
    """Asks what you do next with an account; an empty step ends the one there was.

    `typed` elsewhere already, it could not be written there: `refusal` says why.
    """

    def __init__(
        self,
        session: BookSession,
        parent: QWidget | None = None,
        *,
        account_id: str,
        typed: str | None = None,
        refusal: str = "",
    ) -> None:
        account = session.read.accounts.get(account_id)
        super().__init__(
            session,
            parent,
            title=tr("Next step with {0}").format(account.name),
            verb=tr("Save next step"),
        )
        self._account_id = account_id
        self.step = self.add(self.tr("What you do next"), text=typed or account.next_step)
        self.due = self.day_field(self.tr("By when, such as +7 or 20 Mar"), account.next_step_due)
        self.body.addWidget(self.due)
        self.begin_at(self.step.field)
        self._refuse(refusal)

    def collect(self) -> Work | None:
        step = text_of(self.step).strip()
        due = self.read(self.due, lambda text: read_day(text, self.session.today))
        if due is not None and not step:
            self.fault(self.step, self.tr("Say what you do by that day, or clear the day as well."))
        return partial(save_step, account_id=self._account_id, step=step, due=due)


class GapForm(Form):
    """Asks for one line of reason behind the newest sentiment."""

    def __init__(
        self, session: BookSession, parent: QWidget | None = None, *, account_id: str
    ) -> None:
        account = session.read.accounts.get(account_id)
        self._pulse = session.read.pulses.of(account_id)[-1]
        line = session.read.overview.one(account_id)
        score = line.score if line is not None else None
        feeling = self._pulse.sentiment.word.lower()
        sentence = (
            tr("You are {0}.").format(feeling)
            if score is None
            else tr("You are {0} and the score is {1}.").format(feeling, score)
        )
        super().__init__(
            session,
            parent,
            title=tr("What does the score of {0} not see?").format(account.name),
            sentence=tr("{0} One line is enough.").format(sentence),
            verb=tr("Save reason"),
        )
        self._name = account.name
        self.because = self.add(self.tr("Because"), text=self._pulse.because)
        self.begin_at(self.because.field)

    def collect(self) -> Work | None:
        because = self.read(
            self.because,
            lambda text: required(text, tr("Say in one line what the score does not see.")),
        )
        return partial(save_reason, pulse_id=self._pulse.id, because=because or "", name=self._name)


def save_step(book: Book, *, account_id: str, step: str, due: date | None) -> str:
    """Keep the next step and return the line to say."""
    name = book.accounts.get(account_id).name
    book.accounts.update(
        account_id, label=tr("Set next step, {0}").format(name), next_step=step, next_step_due=due
    )
    return (
        tr("Next step with {0}: {1}").format(name, step)
        if step
        else tr("{0} has no next step now").format(name)
    )


def save_reason(book: Book, *, pulse_id: str, because: str, name: str) -> str:
    """Keep the reason with the pulse and return the line to say."""
    book.pulses.update(pulse_id, label=tr("Explain the gap, {0}").format(name), because=because)
    return tr("Kept why you see {0} otherwise than the score").format(name)
