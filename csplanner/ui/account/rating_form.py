"""An answer of theirs about one touchpoint, and how the loop on a poor one is closed."""

from collections.abc import Sequence
from dataclasses import fields, replace
from functools import partial

from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from csplanner.book.book import Book
from csplanner.domain.care import PARTIES
from csplanner.domain.journey import CHOOSE_AGAIN, JOURNEY
from csplanner.domain.person import Person, Side
from csplanner.domain.rating import Rating, Respondent, Scale
from csplanner.domain.value import UNKNOWN, Fact
from csplanner.language import noted, tr
from csplanner.ui.actions.form import Form, Work, text_of
from csplanner.ui.actions.pick import Pick
from csplanner.ui.actions.typed import read_day, read_whole, required
from csplanner.ui.session import BookSession

SCALE_WORDS = {
    Scale.CSAT: noted("1 to 5 (CSAT)"),
    Scale.NPS: noted("0 to 10 (NPS)"),
    Scale.CES: noted("1 to 7, easy is high (CES)"),
}
_RANGE = {Scale.CSAT: (1, 5), Scale.NPS: (0, 10), Scale.CES: (1, 7)}
LEVELS = {
    Respondent.UNKNOWN: noted("Unknown"),
    Respondent.SENIOR: noted("Senior"),
    Respondent.DAY_TO_DAY: noted("Day-to-day"),
}


def with_words(field: QLineEdit, choices: Sequence[str]) -> QLineEdit:
    """Offer words while somebody types; others can be typed as well."""
    from PySide6.QtCore import Qt

    completer = QCompleter(list(choices), field)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    field.setCompleter(completer)
    return field


def person_pick(people: Sequence[Person], side: Side, nobody: str) -> Pick:
    """A list of the people of one side, nobody first."""
    named = [(p.id, p.name) for p in people if p.side is side]
    return Pick([("", nobody), *sorted(named, key=lambda pair: pair[1])])


class RatingForm(Form):
    """Adds an answer, or changes one when `rating_id` is given; `touchpoint` is chosen already."""

    def __init__(
        self,
        session: BookSession,
        parent: QWidget | None = None,
        *,
        account_id: str,
        rating_id: str = "",
        touchpoint: str = "",
    ) -> None:
        account = session.read.accounts.get(account_id)
        super().__init__(
            session,
            parent,
            title=tr("An answer of {0}").format(account.name),
            sentence=tr("What somebody said of one experience, in their words."),
            verb=tr("Save the answer") if rating_id else tr("Add the answer"),
        )
        empty = Rating("", account.id, session.today, touchpoint, Scale.CSAT)
        self._was = session.read.ratings.get(rating_id) if rating_id else empty
        self._people = session.read.people.of(account_id)
        self._lay_out()
        self.begin_at(self.touchpoint.field if not self._was.touchpoint else self.answer.field)

    def _lay_out(self) -> None:
        was = self._was
        names = [name for name, _ in JOURNEY]
        self.touchpoint = self.field(tr("Touchpoint"), with_words(QLineEdit(), names))
        self.scale = Pick([(s.value, tr(said)) for s, said in SCALE_WORDS.items()])
        self.answer = self.field(tr("Answer; empty if they would not say"))
        self.add_row(self.touchpoint, self.field(tr("Scale"), self.scale), self.answer)
        self.who = person_pick(self._people, Side.THEIRS, tr("Not said"))
        self.level = Pick([(level.value, tr(said)) for level, said in LEVELS.items()])
        self.day = self.day_field(tr("Day"), was.on)
        self.add_row(
            self.field(tr("Who answered"), self.who), self.field(tr("Where they speak from"),
            self.level), self.day,
        )  # fmt: skip
        self.words = self.add(tr("Their words"), text=was.words)
        functions = sorted({*PARTIES, *(f for _, f in JOURNEY)})
        self.function = self.field(
            tr("Function accountable"), with_words(QLineEdit(was.function), functions)
        )
        ours = [p.name for p in self._people if p.side is Side.OURS]
        self.owner = self.field(tr("Who there sees to it"), with_words(QLineEdit(was.owner), ours))
        self.add_row(self.function, self.owner)
        self.cause = self.field(tr("Cause, once known"), text=was.cause)
        self.fix = self.field(tr("What was done"), text=was.fix)
        self.closed = self.day_field(tr("Loop closed on"), was.closed_on)
        self.add_row(self.cause, self.fix, self.closed)
        self._show_was()

    def _show_was(self) -> None:
        was = self._was
        assert isinstance(self.touchpoint.field, QLineEdit)
        assert isinstance(self.answer.field, QLineEdit)
        self.touchpoint.field.setText(was.touchpoint)
        self.scale.choose(was.scale.value)
        self.who.choose(was.person_id or "")
        self.level.choose(was.level.value)
        if was.value.value is not None:
            self.answer.field.setText(str(was.value.value))

    def collect(self) -> Work | None:
        touchpoint = self.read(
            self.touchpoint,
            lambda text: required(text, tr("Say which experience, such as Support or Billing.")),
        )
        scale = Scale(self.scale.key)
        low, high = _RANGE[scale]
        answer: int | None = None
        if text_of(self.answer).strip():
            answer = self.read(
                self.answer,
                lambda text: read_whole(text, least=low, most=high, what=tr("the answer")),
            )
        on = self.read(self.day, lambda text: read_day(text, self.session.today))
        if on is None and not self.day.error:
            self.fault(self.day, tr("Type the day they answered, such as today."))
        elif on is not None and on > self.session.today:
            self.fault(self.day, tr("That day is still to come. Type the day they answered."))
        closed = self.read(self.closed, lambda text: read_day(text, self.session.today))
        if closed is not None and on is not None and closed < on:
            self.fault(self.closed, tr("The loop cannot be closed before they answered."))
        rating = replace(
            self._was, on=on or self.session.today, touchpoint=touchpoint or "", scale=scale,
            value=UNKNOWN if answer is None else Fact(answer), person_id=self.who.key or None,
            level=Respondent(self.level.key), words=text_of(self.words).strip(),
            function=text_of(self.function).strip(), owner=text_of(self.owner).strip(),
            cause=text_of(self.cause).strip(), fix=text_of(self.fix).strip(), closed_on=closed,
        )  # fmt: skip
        return partial(save_rating, rating=rating)


def save_rating(book: Book, *, rating: Rating) -> str:
    """Keep an answer as one step and return the line to say."""
    name = book.accounts.get(rating.account_id).name
    what = rating.touchpoint if rating.touchpoint != CHOOSE_AGAIN else tr("choosing us again")
    if not rating.id:
        book.ratings.add(rating, label=tr("Add an answer on {0}, {1}").format(what, name))
        return tr("Added an answer on {0} of {1}").format(what, name)
    changed = {
        f.name: getattr(rating, f.name) for f in fields(Rating) if f.name not in _KEYS
    }  # fmt: skip
    book.ratings.update(
        rating.id, label=tr("Change an answer on {0}, {1}").format(what, name), **changed
    )
    return tr("Changed an answer on {0} of {1}").format(what, name)


_KEYS = frozenset({"id", "account_id"})
