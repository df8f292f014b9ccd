"""What a typed line was read as, shown below it: chips, and whom an unclear name may mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from csplanner.book.book import Book
from csplanner.domain.line_names import Known, known
from csplanner.domain.person import Person
from csplanner.domain.touch import Channel
from csplanner.domain.touch_line import PartKind, TouchLine, Unclear, parse_touch
from csplanner.domain.wording import count_text, one_line, quoted
from csplanner.language import Spoken, noted, tr
from csplanner.ui.book.flow import Flow
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.chips import Chip
from csplanner.ui.widgets.format import day as day_words
from csplanner.ui.widgets.labels import PlainLabel

_MOST = 8
"""So many people or accounts are offered for an unclear name, each with a key."""
CHANNEL_WORDS = Spoken({
    Channel.CALL: noted("Call"), Channel.MEETING: noted("Meeting"), Channel.QBR: noted("QBR"),
    Channel.EMAIL: noted("Email"), Channel.VISIT: noted("Visit"),
    Channel.MESSAGE: noted("Message"), Channel.CAMPAIGN: noted("Campaign"),
    Channel.OTHER: noted("Other"),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Names:
    """Whom a line may name, and what they are called; made once for a form."""

    known: Known
    people: Mapping[str, Person] = field(default_factory=dict)
    accounts: Mapping[str, str] = field(default_factory=dict)

    def account_of(self, record_id: str) -> str:
        """The account of a person; an account is its own."""
        person = self.people.get(record_id)
        return str(person.account_id) if person else record_id

    def who(self, record_id: str, kind: PartKind) -> str:
        """`Dana Kovač, COO, Tidewater` or the name of an account."""
        if kind is PartKind.ACCOUNT:
            return one_line(self.accounts.get(record_id, tr("an account")))
        person = self.people.get(record_id)
        if person is None:
            return tr("somebody")
        account = self.accounts.get(str(person.account_id), "")
        parts = (person.name, person.title, account)
        return ", ".join(one_line(part) for part in parts if part)


@dataclass(frozen=True, slots=True)
class Said:
    """The parts a line gives the fields; a field changes when its part does, and not before."""

    account: str = ""
    channel: str = ""
    day: date | None = None
    minutes: int | None = None
    topic: str = ""
    people: tuple[str, ...] = ()
    task: str = ""
    task_day: date | None = None


def said_in(line: TouchLine, names: Names, answers: Mapping[str, str]) -> Said:
    """The parts of a line; `answers` say by an unclear name whom it means."""
    if not line.text.strip():
        return Said()
    first = line.followups[0] if line.followups else None
    named = [answers.get(words_in(line, unclear), "") for unclear in line.unclear]
    people = (*line.person_ids, *(each for each in named if each in names.people))
    meant = (names.account_of(each) for each in named if each)
    return Said(
        line.account_id or next(meant, ""), line.channel.value, line.on, line.minutes, line.topic,
        tuple(dict.fromkeys(people)), first.title if first else "", first.due if first else None,
    )  # fmt: skip


def words_in(line: TouchLine, unclear: Unclear) -> str:
    """An unclear name as it stands in the line."""
    return line.text[unclear.start : unclear.end].strip(" ,:;")


def doubt_in(line: TouchLine) -> str:
    """What is written as a day or a length and is none, in a sentence; empty when nothing is."""
    for part in line.doubtful:
        is_day = part.kind is PartKind.DAY
        text = (
            tr("{0} is no day of the calendar. Correct it, or put a colon before the topic.")
            if is_day
            else tr("{0} is longer than a day. Correct it, or put a colon before the topic.")
        )
        return text.format(quoted(line.text[part.start : part.end]))
    return ""


def read_names(book: Book, account_id: str | None = None) -> Names:
    """Everybody and every account of the book, or of one account alone, which is quick."""
    if account_id is not None:
        account = book.accounts.get(account_id)
        people, accounts = book.people.of(account_id), {str(account.id): account.name}
    else:
        people = book.people.all()
        accounts = book.accounts.names()
    there = {p.id: p for p in people if str(p.account_id) in accounts}
    return Names(known(there.values(), accounts.items()), there, accounts)


def read_line(
    text: str, today: date, names: Names, *, account_id: str | None, is_fixed: bool
) -> TouchLine:
    """What a line says; unless the account `is_fixed`, one the line names goes before it."""
    if account_id is not None and not is_fixed:
        free = parse_touch(text, today, names.known)
        if free.words_of(PartKind.ACCOUNT) and free.account_id not in (None, account_id):
            return free
    return parse_touch(text, today, names.known, account_id=account_id)


def chips(line: TouchLine, names: Names, today: date) -> list[tuple[str, str]]:
    """What was read, as (words, kind of chip), in the order one would say it."""
    found: list[tuple[str, str]] = []
    if line.words_of(PartKind.CHANNEL):
        found.append((CHANNEL_WORDS[line.channel], "outline"))
    for person_id in line.person_ids:
        person = names.people.get(person_id)
        found.append((one_line(person.name) if person else tr("somebody"), "outline"))
    if line.account_id is not None:
        found.append((names.who(line.account_id, PartKind.ACCOUNT), "outline"))
    if line.words_of(PartKind.DAY) or line.is_planned:
        on = day_words(line.on, today)
        is_ahead = line.is_planned
        words = tr("Planned for {0}").format(on) if is_ahead else on
        found.append((words, "accent" if is_ahead else "outline"))
    if line.at:
        found.append((line.at, "outline"))
    if line.minutes is not None:
        found.append((count_text(line.minutes, "minute"), "outline"))
    if line.topic:
        found.append((tr("About: {0}").format(line.topic), "plain"))
    for task in line.followups:
        by = tr(", by {0}").format(day_words(task.due, today)) if task.due else ""
        found.append((tr("Task: {0}{1}").format(task.title, by), "plain"))
    return found


class LineReading(QWidget):
    """Shows how a line was read; `answered(words, id)` says whom an unclear name means.

    The id is empty when the name is to be left out.
    """

    answered = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips = QWidget()
        self._flow = Flow(self._chips, spacing=6, row=24)
        self._question = PlainLabel("", px=12, colour="watch-ink")
        self._question.setWordWrap(True)
        self._ways = QWidget()
        self._offers = Flow(self._ways, spacing=6, row=26)
        self._offered: tuple[str, Sequence[str]] = ("", ())
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 0, 2, 2)
        column.setSpacing(4)
        for part in (self._chips, self._question, self._ways):
            column.addWidget(part)
        for number in range(_MOST + 1):
            keys = QShortcut(QKeySequence(f"Alt+{number}"), self)
            keys.activated.connect(lambda number=number: self._take(number))
        self.show_line([], None, None)

    @property
    def words(self) -> list[str]:
        """What the chips say."""
        return [chip.accessibleName() for chip in self._chips.findChildren(Chip)]

    def show_line(
        self, read: Sequence[tuple[str, str]], unclear: Unclear | None, names: Names | None,
        text: str = "",
    ) -> None:  # fmt: skip
        """Show chips, and the question whom a name means while one is `unclear`."""
        _empty(self._flow)
        for words, kind in read:
            chip = Chip(_short(words), self._chips, kind=kind)
            chip.setAccessibleName(words)
            self._flow.addWidget(chip)
        self._chips.setVisible(bool(read))
        _empty(self._offers)
        asks = unclear is not None and names is not None
        self._question.setVisible(asks)
        self._ways.setVisible(asks)
        self._offered = ("", ())
        if unclear is not None and names is not None:
            self._ask(unclear, names, text[unclear.start : unclear.end].strip(" ,:;"))
        self.setVisible(bool(read) or asks)

    def _ask(self, unclear: Unclear, names: Names, said: str) -> None:
        offered = unclear.ids[:_MOST]
        self._offered = (said, offered)
        question = tr("Whom does {0} mean?") if len(offered) > 1 else tr("Is {0} this one?")
        self._question.setText(question.format(quoted(said)))
        for number, record_id in enumerate(offered, 1):
            self._offer(number, names.who(record_id, unclear.kind))
        self._offer(0, tr("Nobody of these"))

    def _offer(self, number: int, words: str) -> None:
        button = Button(f"Alt {number}  {_short(words)}", self._ways, small=True)
        button.setAccessibleName(words)
        button.clicked.connect(lambda: self._take(number))
        self._offers.addWidget(button)
        button.show()

    def _take(self, number: int) -> None:
        said, offered = self._offered
        if said and number <= len(offered):
            self.answered.emit(said, offered[number - 1] if number else "")


def _empty(flow: Flow) -> None:
    while (item := flow.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"
