"""Log a touch: account, channel by letter, day, minutes, people, topic; Enter saves."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from csplanner.book.book import Book
from csplanner.domain.account import AccountId
from csplanner.domain.person import Person, PersonStatus, Side
from csplanner.domain.touch import TWO_WAY, Channel, Touch
from csplanner.domain.value import UNKNOWN, Fact, fact
from csplanner.errors import UserError
from csplanner.language import Spoken, noted, speaking, tr
from csplanner.ui.actions.account_field import AccountField
from csplanner.ui.actions.choices import Choice, LetterChoices
from csplanner.ui.actions.form import Form, Work, text_of
from csplanner.ui.actions.typed import day_shown, minutes_shown, read_day, read_minutes
from csplanner.ui.session import BookSession

CHANNELS = (
    Choice("call", noted("Call"), "c"),
    Choice("meeting", noted("Meeting"), "m"),
    Choice("email", noted("Email"), "e"),
    Choice("visit", noted("Visit"), "v"),
    Choice("qbr", noted("QBR"), "q"),
    Choice("message", noted("Message"), "s"),
    Choice("other", noted("Other"), "o"),
)
WORDS = Spoken({
    Channel.CALL: noted("a call"), Channel.MEETING: noted("a meeting"), Channel.QBR: noted("a QBR"),
    Channel.EMAIL: noted("an email"), Channel.VISIT: noted("a visit"),
    Channel.MESSAGE: noted("a message"),
    Channel.CAMPAIGN: noted("a campaign"), Channel.OTHER: noted("a touch"),
})  # fmt: skip
_MEANINGFUL = (
    Choice("yes", noted("Yes"), "y"),
    Choice("no", noted("No"), "n"),
    Choice("", noted("Unknown"), "u"),
)
_ROW = 26
_MOST_ROWS = 5


class TouchForm(Form):
    """Asks for a touch; with `touch_id` it changes one."""

    def __init__(
        self,
        session: BookSession,
        parent: QWidget | None = None,
        *,
        account_id: str | None = None,
        touch_id: str | None = None,
    ) -> None:
        super().__init__(
            session,
            parent,
            title="Change a touch" if touch_id else "Log a touch",
            verb=tr("Save touch") if touch_id else tr("Log touch"),
        )
        self._was = _touch(session.read, account_id, touch_id)
        self.account = AccountField(session.read, account_id)
        self.account.setReadOnly(touch_id is not None)
        self.account.named.connect(self._show_people)
        self.account_line = self.add(self.tr("Account"), self.account)
        self.channel = LetterChoices(CHANNELS, name=self.tr("Channel"))
        self.channel_line = self.add(self.tr("Channel"), self.channel)
        self.day = self.day_field(self.tr("Day"), session.today)
        self.minutes = self.field(self.tr("Minutes"))
        self.add_row(self.day, self.minutes)
        self.people = QListWidget()
        self.people_line = self.add(self.tr("Who took part (Space ticks)"), self.people)
        self.topic = self.add(self.tr("Topic"))
        self.meaningful = LetterChoices(_MEANINGFUL, name=self.tr("Anything new"))
        self.add(self.tr("Was there a new fact, decision or commitment?"), self.meaningful)
        self._show_people(account_id or "")
        self._show_touch()
        first = self.account if account_id is None else self.channel
        self.begin_at(first)

    def collect(self) -> Work | None:
        channel = self.channel.key
        if not channel:
            self.fault(
                self.channel_line, self.tr("Choose a channel: c for a call, m for a meeting.")
            )
        day = self.read(self.day, lambda text: read_day(text, self.session.today))
        if day is None and not self.day.error:
            self.fault(self.day, self.tr("Type the day, such as today or 12/03/2026."))
        if day is not None and day > self.session.today:
            self.fault(
                self.day,
                self.tr("That day is still to come. Log it afterwards, or set it as a next step."),
            )
        minutes = self.read(self.minutes, read_minutes)
        try:
            account = self.account.account()
        except UserError as error:
            self.fault(self.account_line, str(error))
            return None
        if day is None or not channel:
            return None
        touch = replace(
            self._was or Touch("", account.id, day, Channel(channel)),
            on=day,
            channel=Channel(channel),
            topic=text_of(self.topic).strip(),
            minutes=minutes,
            two_way=Channel(channel) in TWO_WAY,
            meaningful=self._meant(),
            person_ids=self.ticked(),
        )
        return partial(save_touch, touch=touch)

    def ticked(self) -> tuple[str, ...]:
        """Ids of the people ticked."""
        items = [self.people.item(row) for row in range(self.people.count())]
        return tuple(
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        )

    def _meant(self) -> Fact[bool]:
        return fact(self.meaningful.key == "yes") if self.meaningful.key else UNKNOWN

    def _show_people(self, account_id: str) -> None:
        self.people.clear()
        ticked = self._was.person_ids if self._was else ()
        for person in _who(self.session.read, account_id, ticked) if account_id else ():
            words = f"{person.name}, {person.title}" if person.title else person.name
            item = QListWidgetItem(words, self.people)
            item.setData(Qt.ItemDataRole.UserRole, person.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = person.id in ticked
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        count = self.people.count()
        row = max(_ROW, self.people.sizeHintForRow(0))
        self.people.setFixedHeight(min(count, _MOST_ROWS) * row + 4)
        if count:
            self.people.setCurrentRow(0)
        self.people_line.setVisible(count > 0)

    def _show_touch(self) -> None:
        self.meaningful.choose("")
        if self._was is None:
            return
        self.channel.choose(self._was.channel.value)
        for field, text in (
            (self.day, day_shown(self._was.on)),
            (self.minutes, minutes_shown(self._was.minutes)),
            (self.topic, self._was.topic),
        ):
            field.field.setText(text)  # type: ignore[attr-defined]
        if self._was.meaningful.is_known:
            self.meaningful.choose("yes" if self._was.meaningful.value else "no")


def save_touch(book: Book, *, touch: Touch) -> str:
    """Keep a touch, new or changed with its people, and return the line to say."""
    name = book.accounts.get(touch.account_id).name
    words = WORDS[touch.channel]
    with speaking("en"):
        what = WORDS[touch.channel]
    if not touch.id:
        book.touches.add(touch, label=f"Log {what}, {name}")
        return tr("Logged {0} with {1}").format(words, name)
    label = f"Change {what}, {name}"
    was = _touch(book, touch.account_id, touch.id)
    if was is not None and was.person_ids == touch.person_ids:
        book.touches.update(
            touch.id, label=label, on=touch.on, channel=touch.channel, topic=touch.topic,
            minutes=touch.minutes, two_way=touch.two_way, meaningful=touch.meaningful,
        )  # fmt: skip
        return tr("Changed {0} with {1}").format(words, name)
    with book.change(label):
        book.touches.remove(touch.id)
        book.touches.insert([touch])
    return tr("Changed {0} with {1}").format(words, name)


def _touch(book: Book, account_id: str | None, touch_id: str | None) -> Touch | None:
    if touch_id is None or account_id is None:
        return None
    for touch in book.touches.of(AccountId(account_id)):
        if touch.id == touch_id:
            return touch
    raise UserError(tr("That touch is no longer in the log. Refresh the page."))


def _who(book: Book, account_id: str, ticked: tuple[str, ...]) -> list[Person]:
    """Theirs before ours, without those who left unless they took part."""
    people = [
        person
        for person in book.people.of(account_id)
        if person.status is not PersonStatus.LEFT or person.id in ticked
    ]
    return sorted(people, key=lambda person: (person.side is Side.OURS, person.name))
