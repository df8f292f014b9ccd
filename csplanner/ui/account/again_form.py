"""Would they choose us again, and what holds them: loyal or stuck."""

from functools import partial

from PySide6.QtWidgets import QWidget

from csplanner.book.book import Book
from csplanner.domain.index import FileIndex
from csplanner.domain.journey import CHOOSE_AGAIN
from csplanner.domain.measurement import Measurement
from csplanner.domain.measures import LOYALTY_ITEMS
from csplanner.domain.person import Side
from csplanner.domain.rating import Rating, Respondent, Scale
from csplanner.domain.value import Fact
from csplanner.language import noted, tr
from csplanner.ui.account.rating_form import LEVELS, person_pick
from csplanner.ui.actions.choices import Choice, LetterChoices
from csplanner.ui.actions.form import Form, Work, text_of
from csplanner.ui.actions.pick import Pick
from csplanner.ui.actions.typed import read_day, read_whole
from csplanner.ui.session import BookSession

SOURCE = noted("your assessment")


class AgainForm(Form):
    """One question to them, and five to you: what would make leaving hard."""

    def __init__(
        self, session: BookSession, parent: QWidget | None = None, *, account_id: str
    ) -> None:
        account = session.read.accounts.get(account_id)
        super().__init__(
            session,
            parent,
            title=tr("Would {0} choose us again?").format(account.name),
            sentence=tr("Ask: if switching cost nothing, would you choose us again? 0 to 10."),
            verb=tr("Save"),
        )
        self._account = account
        index = FileIndex(session.read.accounts.file(account_id), session.today)
        self.answer = self.field(tr("Their answer, 0 to 10; empty if not asked now"))
        people = session.read.people.of(account_id)
        self.who = person_pick(people, Side.THEIRS, tr("Not said"))
        self.level = Pick([(level.value, tr(said)) for level, said in LEVELS.items()])
        self.level.choose(Respondent.SENIOR.value)
        self.day = self.day_field(tr("Day"), session.today)
        self.add_row(self.answer, self.day)
        self.add_row(
            self.field(tr("Who answered"), self.who),
            self.field(tr("Where they speak from"), self.level),
        )
        self.words = self.add(tr("Their words"))
        self.held: dict[str, LetterChoices] = {}
        self._known: dict[str, int] = {}
        for item, title in LOYALTY_ITEMS.items():
            self._ask(item, tr(title), index)
        self.begin_at(self.answer.field)

    def _ask(self, item: str, title: str, index: FileIndex) -> None:
        """One thing that may hold them, 0 not at all to 4 wholly."""
        steps = [Choice(str(n), str(n), str(n)) for n in range(5)]
        choices = LetterChoices([*steps, Choice("", tr("Unknown"), "u")], name=title)
        found = index.newest(item)
        if found is not None and found.value.value is not None:
            self._known[item] = found.value.value
            choices.choose(str(found.value.value // 1000))
        self.held[item] = choices
        self.add(tr("{0}, 0 to 4").format(title), choices)

    def collect(self) -> Work | None:
        answer: int | None = None
        if text_of(self.answer).strip():
            answer = self.read(
                self.answer,
                lambda text: read_whole(text, least=0, most=10, what=tr("their answer")),
            )
        on = self.read(self.day, lambda text: read_day(text, self.session.today))
        if on is None and not self.day.error:
            self.fault(self.day, tr("Type the day they answered, such as today."))
        elif on is not None and on > self.session.today:
            self.fault(self.day, tr("That day is still to come. Type the day they answered."))
        today = self.session.today
        held = [
            Measurement("", self._account.id, item, Fact(int(choice.key) * 1000), today,
                        source=SOURCE)
            for item, choice in self.held.items()
            if choice.key and int(choice.key) * 1000 != self._known.get(item)
        ]  # fmt: skip
        if answer is None and not held and not self.answer.error:
            self.fault(self.answer, tr("Type their answer, or say below what holds them."))
        rating = None
        if answer is not None:
            rating = Rating(
                "", self._account.id, on or today, CHOOSE_AGAIN, Scale.NPS, Fact(answer),
                self.who.key or None, Respondent(self.level.key), text_of(self.words).strip(),
            )  # fmt: skip
        return partial(save_again, name=self._account.name, rating=rating, held=tuple(held))


def save_again(
    book: Book, *, name: str, rating: Rating | None, held: tuple[Measurement, ...]
) -> str:
    """Keep an answer and what holds them as one step and return the line to say."""
    with book.change(tr("Say whether {0} would choose us again").format(name)):
        if rating is not None:
            book.ratings.add(rating)
        for item in held:
            book.measurements.add(item)
    if rating is not None:
        return tr("{0} would choose us again: {1} of 10").format(name, rating.value.value)
    return tr("Written down what holds {0}").format(name)
