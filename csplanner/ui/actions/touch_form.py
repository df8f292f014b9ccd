"""Log a touch: one typed line at the head, its parts in fields below; Enter saves either way."""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from csplanner.domain.account import Account
from csplanner.domain.task import Task
from csplanner.domain.touch import TWO_WAY, Channel, Touch
from csplanner.domain.touch_line import TouchLine, Unclear
from csplanner.domain.value import UNKNOWN, Fact, fact
from csplanner.domain.wording import quoted
from csplanner.errors import UserError
from csplanner.language import noted, tr
from csplanner.ui.actions.account_field import AccountField
from csplanner.ui.actions.choices import Choice, LetterChoices
from csplanner.ui.actions.form import Form, Work, text_of
from csplanner.ui.actions.touch_line import (
    LineReading,
    Names,
    Said,
    chips,
    doubt_in,
    read_line,
    read_names,
    said_in,
    words_in,
)
from csplanner.ui.actions.touch_people import PeopleTicks
from csplanner.ui.actions.touch_planning import planned
from csplanner.ui.actions.touch_saving import (
    Beside,
    change_touch,
    log_touch,
    plan_touch,
    touch_of,
)
from csplanner.ui.actions.typed import day_shown, minutes_shown, read_day, read_minutes
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.labels import PlainLabel

CHANNELS = (
    Choice("call", noted("Call"), "c"),
    Choice("meeting", noted("Meeting"), "m"),
    Choice("email", noted("Email"), "e"),
    Choice("visit", noted("Visit"), "v"),
    Choice("qbr", noted("QBR"), "q"),
    Choice("message", noted("Message"), "s"),
    Choice("other", noted("Other"), "o"),
)
_MEANINGFUL = (
    Choice("yes", noted("Yes"), "y"),
    Choice("no", noted("No"), "n"),
    Choice("", noted("Unknown"), "u"),
)
_SIDES = (Choice("both", noted("Both sides"), "b"), Choice("one", noted("Only we"), "w"))


@dataclass(frozen=True, slots=True)
class Start:
    """What the form begins with: a `line` typed already, the task it finishes, whom it is with."""

    line: str = ""
    task_id: str = ""
    person_id: str | None = None


class TouchForm(Form):
    """Asks for a touch; with `touch_id` it changes one. A day that lies ahead makes it a plan."""

    def __init__(
        self,
        session: BookSession,
        parent: QWidget | None = None,
        *,
        account_id: str | None = None,
        touch_id: str | None = None,
        start: Start = Start(),
    ) -> None:
        super().__init__(
            session,
            parent,
            title=tr("Change a touch") if touch_id else tr("Log a touch"),
            verb=tr("Save touch") if touch_id else tr("Log touch"),
        )
        self.setMinimumWidth(560)
        self._was = touch_of(session.read, account_id, touch_id)
        self._start, self._said, self._answers = start, Said(), dict[str, str]()
        self._line = TouchLine("", session.today)
        self._names: Names | None = None
        self._is_fixed = False
        self._add_line(account_id)
        self._add_head(account_id)
        self._add_people()
        self._add_rest()
        self._show_people(account_id or "")
        self._show_touch()
        if self._was is None:
            self._begin_line()
        else:
            self.begin_at(self.channel)

    # Building

    def _add_line(self, account_id: str | None) -> None:
        self.line_edit = QLineEdit()
        self.line_edit.setPlaceholderText(tr("call Dana 20m renewal pricing tomorrow"))
        self.line = self.add(tr("In one line"), self.line_edit)
        self.reading = LineReading()
        self.body.addWidget(self.reading)
        self.line_edit.textChanged.connect(self._read_line)
        self.reading.answered.connect(self._answer)
        if self._was is not None:
            self.line.hide()
        elif account_id is not None:
            self._names = read_names(self.session.read, account_id)

    def _add_head(self, account_id: str | None) -> None:
        self.account = AccountField(self.session.read, account_id)
        self.account.setReadOnly(self._was is not None)
        self.account.named.connect(self._account_named)
        self.account_line = self.add(self.tr("Account"), self.account)
        self.channel = LetterChoices(CHANNELS, name=self.tr("Channel"))
        self.channel.chosen.connect(self._channel_chosen)
        self.channel_line = self.add(self.tr("Channel"), self.channel)
        self.day = self.day_field(self.tr("Day"), self.session.today)
        self.day.field.textChanged.connect(self._show_plan)  # type: ignore[attr-defined]
        self.minutes = self.field(self.tr("Minutes"))
        self.add_row(self.day, self.minutes)
        self.plan_note = PlainLabel("", px=12, colour="accent-text")
        self.plan_note.setWordWrap(True)
        self.plan_note.hide()
        self.body.addWidget(self.plan_note)

    def _add_people(self) -> None:
        self.people = PeopleTicks(self.session.read)
        self.people_line = self.add(self.tr("Who took part (Space ticks)"), self.people)
        self.topic = self.add(self.tr("Topic"))

    def _add_rest(self) -> None:
        self.sides = LetterChoices(_SIDES, name=self.tr("Who spoke"))
        self.meaningful = LetterChoices(_MEANINGFUL, name=self.tr("Anything new"))
        self.sides_line = self.field(self.tr("Who spoke"), self.sides)
        words = self.tr("New fact, decision or commitment? (Alt Y, Alt N)")
        self.add_row(self.field(words, self.meaningful), self.sides_line)
        for letter, key in (("Y", "yes"), ("N", "no")):
            keys = QShortcut(QKeySequence(f"Alt+{letter}"), self)
            keys.activated.connect(partial(self.meaningful.choose, key))
        self.task = self.field(self.tr("Follow-up task"))
        self.task_day = self.day_field(self.tr("By"))
        row = self.add_row(self.task, self.task_day)
        row.setStretch(0, 2)  # type: ignore[attr-defined]
        self.task.setVisible(self._was is None)
        self.task_day.setVisible(self._was is None)

    def _begin_line(self) -> None:
        """The keyboard goes to the line; who else may be named comes from beside the window."""
        self.begin_at(self.line_edit)
        if self._start.line:
            self.line_edit.setText(self._start.line)
        if self._start.person_id:
            self.people.tick((self._start.person_id,))
        self.session.ask(self, read_names, self._names_read, about="names")

    # The line

    def _names_read(self, names: Names) -> None:
        self._names = names
        self._read_line()

    def _read_line(self) -> None:
        """Read the line anew; what it says otherwise than before goes into the fields."""
        text = self.line_edit.text()
        if self._names is None:
            return
        line = self._line = read_line(
            text, self.session.today, self._names, account_id=self._account_id(),
            is_fixed=self._is_fixed,
        )  # fmt: skip
        self.line.show_error(doubt_in(line))
        self._fill(said_in(line, self._names, self._answers))
        read = chips(line, self._names, self.session.today) if text.strip() else []
        self.reading.show_line(read, self._unclear(), self._names, text)
        self._show_plan()
        self._make_room()

    def _make_room(self) -> None:
        """Grow with what is shown: wrapped lines do not count in the least height of a window."""
        column = self.layout()
        if column is not None:
            column.activate()
            wanted = column.totalHeightForWidth(self.width())
            self.resize(self.width(), max(wanted, self.minimumHeight()))

    def _fill(self, said: Said) -> None:
        was, self._said = self._said, said
        if said.account and said.account != self._account_id():
            self.account.take(said.account)
            self._show_people(said.account)
        if said.channel != was.channel:
            self.channel.choose(said.channel)
        if said.day != was.day:
            _put(self.day.field, day_shown(said.day or self.session.today))
        if said.minutes != was.minutes:
            _put(self.minutes.field, minutes_shown(said.minutes))
        if said.topic != was.topic:
            _put(self.topic.field, said.topic)
        if said.people != was.people:
            self.people.tick(said.people, was.people)
        if (said.task, said.task_day) != (was.task, was.task_day):
            _put(self.task.field, said.task)
            _put(self.task_day.field, day_shown(said.task_day))

    def _unclear(self) -> Unclear | None:
        """The first name of the line of which nobody said whom it means."""
        said = (u for u in self._line.unclear if words_in(self._line, u) not in self._answers)
        return next(said, None)

    def _answer(self, words: str, record_id: str) -> None:
        self._answers[words] = record_id
        self._read_line()
        self.line_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    # The fields

    def _account_id(self) -> str | None:
        """The account the field names, or None while it names none."""
        try:
            return str(self.account.account().id)
        except UserError:
            return None

    def _account_named(self, account_id: str) -> None:
        self._is_fixed = True
        self._show_people(account_id)
        if self._was is None:
            self._read_line()

    def _channel_chosen(self, key: str) -> None:
        both = bool(key) and Channel(key) in TWO_WAY
        self.sides.choose(("both" if both else "one") if key else "")

    def _show_plan(self) -> None:
        """Say that a day ahead makes it a plan, before it is saved."""
        day = self._day_ahead()
        self.plan_note.setVisible(day is not None)
        if day is not None:
            self.plan_note.setText(
                tr("That day lies ahead: this becomes a planned touch, which Today shows.")
            )
        if self._was is None:
            self.save_button.set_text(tr("Log touch") if day is None else tr("Plan touch"))

    def _day_ahead(self) -> date | None:
        try:
            day = read_day(text_of(self.day), self.session.today)
        except UserError:
            return None
        ahead = day is not None and day > self.session.today and self._was is None
        return day if ahead else None

    # Saving

    def collect(self) -> Work | None:
        unclear = self._unclear()
        if unclear is not None and self._names is not None:
            said = quoted(words_in(self._line, unclear))
            self.fault(self.line, tr("Say whom {0} means: press Alt with a number.").format(said))
        elif doubt := doubt_in(self._line):
            self.fault(self.line, doubt)
        channel = self.channel.key
        if not channel:
            self.fault(
                self.channel_line, self.tr("Choose a channel: c for a call, m for a meeting.")
            )
        day = self._read_day()
        minutes = self.read(self.minutes, read_minutes)
        account = self._read_account()
        beside = self._read_beside(account)
        if day is None or not channel or account is None:
            return None
        touch = replace(
            self._was or Touch("", account.id, day, Channel(channel)),
            on=day,
            channel=Channel(channel),
            topic=text_of(self.topic).strip(),
            minutes=minutes,
            two_way=self.sides.key == "both",
            meaningful=self._meant(),
            person_ids=self.people.ticked(),
        )
        if self._was is not None:
            return partial(change_touch, touch=touch)
        if day > self.session.today:
            there = {p.id: p.name for p in self.session.read.people.of(account.id)}
            names = [there[person] for person in touch.person_ids if person in there]
            return partial(plan_touch, task=planned(touch, names, self._line.at), beside=beside)
        return partial(log_touch, touch=touch, beside=beside)

    def _read_day(self) -> date | None:
        day = self.read(self.day, lambda text: read_day(text, self.session.today))
        if day is None and not self.day.error:
            self.fault(self.day, self.tr("Type the day, such as today or 12/03/2026."))
        if day is not None and day > self.session.today and self._was is not None:
            self.fault(self.day, self.tr("That day is still to come, and this touch was."))
        return day

    def _read_account(self) -> Account | None:
        try:
            return self.account.account()
        except UserError as error:
            self.fault(self.account_line, str(error))
            return None

    def _read_beside(self, account: Account | None) -> Beside:
        title = text_of(self.task).strip()
        due = self.read(self.task_day, lambda text: read_day(text, self.session.today))
        if due is not None and not title:
            self.fault(self.task, self.tr("Say what is to be done by that day, or clear it."))
        if account is None:
            return Beside()
        tasks = [Task("", account.id, title, due=due)] if title else []
        tasks += self._line.tasks(str(account.id))[1:]
        return Beside(tuple(tasks), self._start.task_id)

    def _meant(self) -> Fact[bool]:
        return fact(self.meaningful.key == "yes") if self.meaningful.key else UNKNOWN

    def _show_people(self, account_id: str) -> None:
        ticked = self._was.person_ids if self._was else self._said.people
        self.people_line.setVisible(self.people.show_account(account_id, ticked) > 0)

    def _show_touch(self) -> None:
        self.meaningful.choose("")
        if self._was is None:
            return
        self.channel.choose(self._was.channel.value)
        self.sides.choose("both" if self._was.two_way else "one")
        _put(self.day.field, day_shown(self._was.on))
        _put(self.minutes.field, minutes_shown(self._was.minutes))
        _put(self.topic.field, self._was.topic)
        if self._was.meaningful.is_known:
            self.meaningful.choose("yes" if self._was.meaningful.value else "no")


def _put(field: QWidget, text: str) -> None:
    assert isinstance(field, QLineEdit)
    if field.text() != text:
        field.setText(text)
