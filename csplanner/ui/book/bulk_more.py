"""More forms of the bulk bar: touches planned, tags, and one value for a cell of many accounts."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from csplanner.domain.account import AccountId
from csplanner.domain.sentiment import Sentiment
from csplanner.errors import UserError
from csplanner.language import ntr, tr, within
from csplanner.ui.actions import typed
from csplanner.ui.actions.account_form import CRITICALITY
from csplanner.ui.actions.choices import Choice, LetterChoices
from csplanner.ui.actions.form import Work, text_of
from csplanner.ui.actions.pulse_form import WORDS
from csplanner.ui.book import bulk
from csplanner.ui.book.bulk_forms import BulkForm
from csplanner.ui.book.cell_values import FIELDS, Feeling, Reading
from csplanner.ui.book.cell_writing import write_cells
from csplanner.ui.book.columns import COLUMNS, Col
from csplanner.ui.book.editing import Edit
from csplanner.ui.book.planned_touches import Planned, plan_touches, planned, taken
from csplanner.ui.session import BookSession
from csplanner.ui.widgets import format as words
from csplanner.ui.widgets.fields import Field

_LONGEST_TITLE = 200


class BulkTouchesForm(BulkForm):
    """Plans a touch with each account by the rhythm of its tier."""

    def __init__(self, session: BookSession, parent: QWidget, *, ids: Sequence[int]) -> None:
        title, verb = tr("Plan touches with {0}"), tr("Plan touches")
        super().__init__(session, parent, ids=ids, title=title, verb=verb)
        self.what = self.add(tr("What about"), text=tr("Check in"))
        self.minutes = self.field(tr("Minutes each, if known"))
        self.on = self.day_field(tr("All on one day, or by the cadence of each"))
        self.add_row(self.minutes, self.on)
        self.add_preview()
        self._taken = taken(session.read)
        for field in (self.minutes, self.on):
            field.field.textChanged.connect(lambda _: self._show())  # type: ignore[attr-defined]
        self._show()

    def _plan(self) -> Planned:
        try:
            day = typed.read_day(text_of(self.on), self.session.today)
        except UserError:
            day = None
        return planned(self.lines, self.session.today, taken=self._taken, on=day)

    def _show(self) -> None:
        plan = self._plan()
        days = [day for _, day in plan.days]
        parts = [ntr("{0} touch", "{0} touches", len(days))]
        if days:
            first, last = (words.day(d, self.session.today) for d in (min(days), max(days)))
            parts.append(first if first == last else tr("from {0} to {1}").format(first, last))
        try:
            minutes = typed.read_minutes(text_of(self.minutes))
        except UserError:
            minutes = None
        if minutes:
            hours = words.number(len(days) * minutes / 60, 1).removesuffix(".0")
            parts.append(tr("+{0} h").format(hours))
        text = ", ".join(parts)
        if plan.skipped:
            left = ntr("{0} account has one planned already and is left out.",
                       "{0} accounts have one planned already and are left out.",
                       plan.skipped)  # fmt: skip
            text = f"{text}. {left}"
        self.show_preview(text)

    def collect(self) -> Work | None:
        ask = tr("Say what the touch is about, such as Check in.")
        title = self.read(self.what, lambda text: typed.required(text, ask))
        minutes = self.read(self.minutes, typed.read_minutes)
        day = self.read(self.on, partial(typed.read_day, today=self.session.today))
        if day is not None and day < self.session.today:
            self.fault(self.on, tr("That day has passed. Type one to come, such as +7."))
        plan = self._plan()
        if not plan.days:
            self.show_preview(tr("Each of them has a touch planned already."))
            return None
        return partial(
            plan_touches, plan=plan, title=(title or "")[:_LONGEST_TITLE], minutes=minutes
        )


class BulkTagForm(BulkForm):
    """Puts a tag on accounts, or takes it off."""

    def __init__(self, session: BookSession, parent: QWidget, *, ids: Sequence[int]) -> None:
        super().__init__(session, parent, ids=ids, title=tr("Tag {0}"), verb=tr("Tag {0}"))
        self.how = LetterChoices(
            [Choice("add", tr("Put on"), "p"), Choice("off", tr("Take off"), "t")],
            name=tr("Put the tag on or take it off"),
        )
        self.word = self.add(tr("Tag"))
        known = ", ".join(word for word, _ in session.read.tags.all()[:12])
        if known:
            self.word.field.setPlaceholderText(known)  # type: ignore[attr-defined]
        self.add(tr("Put it on or take it off"), self.how)
        self.how.choose("add")
        self.add_preview()
        self.word.field.textChanged.connect(lambda _: self._show())  # type: ignore[attr-defined]
        self.how.chosen.connect(lambda _: self._show())
        self.begin_at(self.word.field)
        self._show()

    def _bearers(self) -> int:
        key = text_of(self.word).strip().lstrip("#").casefold()
        return sum(1 for line in self.lines if key in (tag.casefold() for tag in line.tags))

    def _show(self) -> None:
        bearers, whole = self._bearers(), len(self.lines)
        verb = tr("Take off") if self.how.key == "off" else tr("Put on")
        change = bearers if self.how.key == "off" else whole - bearers
        self.save_button.set_text(verb)
        said = words.plural(change, "account")
        if bearers:
            bear = ntr("{0} has the tag already", "{0} have the tag already", bearers)
            said = f"{said}; {bear}"
        self.show_preview(said)

    def collect(self) -> Work | None:
        ask = tr("A tag needs a word. Type one.")
        word = self.read(self.word, lambda text: typed.required(text, ask))
        if word is None:
            return None
        on = self.how.key != "off"
        return partial(bulk.tag, ids=self.ids, word=word, on=on)


class BulkValueForm(BulkForm):
    """Gives one cell of many accounts the same value; give `_field` and `_value`."""

    column: Col

    def __init__(self, session: BookSession, parent: QWidget, *, ids: Sequence[int]) -> None:
        column = _inside(tr(COLUMNS[self.column].title))
        title, verb = tr("Set {0} of {1}").format(column, "{0}"), tr("Set for {0}")
        super().__init__(session, parent, ids=ids, title=title, verb=verb)
        self._lay_out()
        self.add_preview()
        self._show()

    def _lay_out(self) -> None:
        raise NotImplementedError

    def _value(self) -> tuple[bool, object]:
        """Whether a value was given, and which."""
        raise NotImplementedError

    def _edits(self) -> list[Edit]:
        given, value = self._value()
        show = FIELDS[self.column].show
        if not given:
            return []
        changed = (line for line in self.lines if show(line, value) != line)
        return [Edit(line.account_id, self.column, value) for line in changed]

    def _show(self) -> None:
        given, _ = self._value()
        if not given:
            self.show_preview(bulk.sums(self.lines))
            return
        edits, whole = self._edits(), len(self.lines)
        said = words.plural(len(edits), "account")
        if len(edits) < whole:
            same = ntr("{0} has that already", "{0} have that already", whole - len(edits))
            said = f"{said}; {same}"
        self.show_preview(said)

    def _asked(self) -> Field:
        """The field the value is chosen in: the uppermost."""
        return self.findChildren(Field)[0]

    def collect(self) -> Work | None:
        given, _ = self._value()
        if not given:
            self.fault(self._asked(), tr("Choose a value first."))
            return None
        edits = self._edits()
        if not edits:
            self.show_preview(tr("All of them have that already."))
            return None
        return partial(write_cells, edits=edits)


class BulkSentimentForm(BulkValueForm):
    """Records how you feel about accounts: one pulse for each."""

    column = Col.SENTIMENT

    def _lay_out(self) -> None:
        self.words = LetterChoices(WORDS, name=tr("Sentiment"), upright=True)
        self.add(tr("Your sentiment, keys 1 to 5"), self.words)
        self.because = self.add(tr("Because"))
        self.words.chosen.connect(lambda _: self._show())
        self.begin_at(self.words)

    def _value(self) -> tuple[bool, object]:
        if not self.words.key:
            return False, None
        return True, Feeling(Sentiment(int(self.words.key)), text_of(self.because).strip())

    def _edits(self) -> list[Edit]:
        """A pulse is news even where the feeling is the same."""
        _, value = self._value()
        return [Edit(AccountId(line.account_id), self.column, value) for line in self.lines]


class BulkCriticalityForm(BulkValueForm):
    """Says how critical you are to accounts."""

    column = Col.CRITICALITY

    def _lay_out(self) -> None:
        self.words = LetterChoices(CRITICALITY, name=tr("How critical we are to them"))
        self.add(tr("How critical we are to them"), self.words)
        self.words.chosen.connect(lambda _: self._show())
        self._is_chosen = False
        self.words.chosen.connect(self._note)
        self.begin_at(self.words)

    def _note(self, _: str) -> None:
        self._is_chosen = True
        self._show()

    def _value(self) -> tuple[bool, object]:
        key = self.words.key
        return self._is_chosen, int(key) if key else None


class _BulkTextForm(BulkValueForm):
    """Gives accounts the same text."""

    def _lay_out(self) -> None:
        self.text = self.add(tr(COLUMNS[self.column].title))
        self.text.field.textChanged.connect(lambda _: self._show())  # type: ignore[attr-defined]
        self.begin_at(self.text.field)

    def _value(self) -> tuple[bool, object]:
        text = text_of(self.text)
        return True, FIELDS[self.column].read(text, Reading(date.min, ""))


class BulkOwnerForm(_BulkTextForm):
    """Says who owns accounts."""

    column = Col.OWNER


class BulkSegmentForm(_BulkTextForm):
    """Says which segment accounts belong to."""

    column = Col.SEGMENT


def _inside(title: str) -> str:
    return within(title)
