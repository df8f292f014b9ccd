"""Set sentiment: five words on the keys 1 to 5, with the score hidden until you have answered."""

from functools import partial

from PySide6.QtWidgets import QWidget

from csplanner.book.book import Book
from csplanner.domain.account import AccountId
from csplanner.domain.divergence import Divergence
from csplanner.domain.evidence import Evidence
from csplanner.domain.sentiment import Pulse, Sentiment
from csplanner.language import tr
from csplanner.ui.actions.choices import Choice, LetterChoices
from csplanner.ui.actions.evidence_line import EvidenceLine
from csplanner.ui.actions.form import Form, Work, text_of
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.format import day, signed
from csplanner.ui.words import sentiment_band

WORDS = tuple(Choice(str(int(s)), s.word, str(int(s)), sentiment_band(s)) for s in Sentiment)


class PulseForm(Form):
    """Asks how you feel about one account."""

    def __init__(
        self, session: BookSession, parent: QWidget | None = None, *, account_id: str
    ) -> None:
        account = session.read.accounts.get(account_id)
        super().__init__(
            session,
            parent,
            title=tr("How do you feel about {0}?").format(account.name),
            sentence=tr("Answer before you look: the score is shown once you have saved."),
            verb=tr("Save sentiment"),
        )
        self._account = account.id
        self.word = LetterChoices(WORDS, name=self.tr("Sentiment"), upright=True)
        self.word_line = self.add(self.tr("Your sentiment, keys 1 to 5"), self.word)
        self.because = self.add(self.tr("Because"))
        self.evidence = EvidenceLine()
        self.add(self.tr("How do you know? Optional"), self.evidence)
        last = session.read.pulses.of(account_id)
        if last:
            was = last[-1]
            said = tr("Last: {0}, {1}").format(was.sentiment.word, day(was.on, session.today))
            self.because.field.setPlaceholderText(  # type: ignore[attr-defined]
                f"{said}, “{was.because}”" if was.because else said
            )
        self.begin_at(self.word)

    @property
    def account_id(self) -> str:
        """The account it asks about."""
        return self._account

    def collect(self) -> Work | None:
        if not self.word.key:
            self.fault(
                self.word_line, self.tr("Choose one of the five: 1 is alarmed, 5 is confident.")
            )
            return None
        pulse = Pulse(
            "",
            self._account,
            self.session.today,
            Sentiment(int(self.word.key)),
            text_of(self.because).strip(),
        )
        return partial(save_pulse, pulse=pulse, said=self.evidence.evidence)


def save_pulse(book: Book, *, pulse: Pulse, said: Evidence | None = None) -> str:
    """Keep a pulse, with what it rests on, and return the line to say, now with score and gap."""
    name = book.accounts.get(pulse.account_id).name
    with book.change(tr("Set sentiment, {0}").format(name)):
        kept = book.pulses.add(pulse)
        if said is not None:
            book.pulses.update(kept.id, on_evidence=said, sentiment=kept.sentiment)
    return f"{name}: {pulse.sentiment.word.lower()}. {_beside(book, pulse.account_id)}"


def _beside(book: Book, account_id: AccountId) -> str:
    _, judgement = book.derived.judge(account_id)
    points = judgement.health.points
    if points is None:
        return tr("There is not enough data for a score beside it.")
    if judgement.gap is None:
        return tr("The score is {0}.").format(points)
    words = judgement.divergence.words if judgement.divergence is not Divergence.NONE else ""
    gap = tr("The score is {0}, gap {1}").format(points, signed(judgement.gap))
    return f"{gap}: {words}" if words else f"{gap}."
