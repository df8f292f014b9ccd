"""New words of a picklist, asked once: what each means in the book."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from csplanner.crm.mapping import ColumnMapping
from csplanner.crm.staged import UnknownWord
from csplanner.crm.vocabulary import CHOICES, LEFT_OUT
from csplanner.domain.measures import WATCHED
from csplanner.language import Spoken, noted, tr
from csplanner.paint.fonts import SEMIBOLD
from csplanner.ui.actions.pick import Pick
from csplanner.ui.imports.reading_words import kind_of
from csplanner.ui.imports.words import one_line
from csplanner.ui.widgets.format import number, plural
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel

_MOST = 40
_NAMES = {"roles": "role", "oppkind": "kind", "oppstate": "status", "stagestate": "stage"}
_MEANINGS = Spoken(
    {
        "open": noted("open"), "won": noted("won"), "lost": noted("lost"),
        "on_hold": noted("on hold"), "low": noted("low"), "medium": noted("medium"),
        "high": noted("high"), "urgent": noted("urgent"), "sponsor": noted("sponsor"),
        "decides": noted("decides"), "champion": noted("champion"),
        "day_to_day": noted("day-to-day"), "user": noted("user"), "finance": noted("finance"),
        "influencer": noted("influencer"), "sceptic": noted("sceptic"),
        "renewal": noted("renewal"), "expansion": noted("expansion"),
        "new": noted("new business"), "other": noted("something else"),
        "meeting": noted("meeting"), "call": noted("call"), "email": noted("e-mail"),
        "visit": noted("visit"), "message": noted("message"), "qbr": noted("QBR"),
        "campaign": noted("campaign"), "renewed": noted("renewed"),
        "opted_out": noted("opted out"), "undecided": noted("undecided"),
        "not_due": noted("not due"), "active": noted("active"), "leaving": noted("leaving"),
        "left": noted("left"), "on_leave": noted("on leave"),
        "unverified": noted("not verified"), "theirs": noted("theirs"), "ours": noted("ours"),
        "closed": noted("closed"), "running": noted("running"), "ended": noted("ended"),
        "paid": noted("paid"), "disputed": noted("disputed"), "void": noted("void"),
        "sent": noted("sent"), "opened": noted("opened"), "clicked": noted("clicked"),
        "responded": noted("responded"), "0": noted("convenience"), "1": noted("important"),
        "2": noted("business-critical"), "3": noted("mission-critical"),
        LEFT_OUT: noted("says nothing"), "": noted("says nothing"),
    }
)  # fmt: skip


def words_of(column: ColumnMapping, words: Sequence[UnknownWord]) -> Sequence[UnknownWord]:
    """The new words that stand in a column, by the kind of list it goes to."""
    kind = kind_of(column)
    name = "stage" if column.target == "opportunity.stage" else _NAMES.get(kind, kind)
    return [word for word in words if name and word.kind == name]


def meaning_shown(meaning: str) -> str:
    """What a word may mean, in words."""
    if meaning in WATCHED:
        return tr(WATCHED[meaning])
    return _MEANINGS.get(meaning, meaning)


class WordPanel(QWidget):
    """A line per new word with what it means; `said` when an answer was chosen.

    `meanings` are the answers given: kind of list → key of the word → meaning.
    """

    said = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.meanings: dict[str, dict[str, str]] = {}
        self.picks: dict[str, Pick] = {}
        self._title = PlainLabel("", weight=SEMIBOLD)
        self._note = PlainLabel("", px=12, colour="text2")
        for label in (self._title, self._note):
            label.setWordWrap(True)
        self._lines = QWidget()
        self._grid = QGridLayout(self._lines)
        self._grid.setContentsMargins(0, 4, 0, 0)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for part in (self._title, self._note, self._lines):
            column.addWidget(part)
        self._shown: Sequence[UnknownWord] = ()
        self.hide()

    def forget(self) -> None:
        """Forget the answers: other files come."""
        self.meanings = {}
        self._shown = ()
        self.hide()

    def take_keyboard(self) -> None:
        """Give the keyboard to the first word."""
        first = next(iter(self.picks.values()), None)
        if first is not None:
            first.setFocus()

    def show_words(self, column: ColumnMapping, words: Sequence[UnknownWord]) -> None:
        """Ask for the meaning of these words of a column."""
        self.setVisible(bool(words))
        if list(words) == list(self._shown):
            return
        self._shown = words
        self.picks = {}
        while (item := self._grid.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.hide()
                part.deleteLater()
        new = plural(len(words), "word is new", "words are new")
        self._title.setText(tr("{0}: {1}").format(one_line(column.header), new))
        self._note.setText(self.tr("Say once what they mean; the next import knows."))
        for row, word in enumerate(words[:_MOST]):
            self._add(row, word)
        if len(words) > _MOST:
            more = self.tr("and {0} more, read as shown for the first.")
            rest = PlainLabel(more.format(number(len(words) - _MOST)), px=12, colour="text2")
            self._grid.addWidget(rest, _MOST, 0, 1, 2)

    def _add(self, row: int, word: UnknownWord) -> None:
        name = one_line(word.word)
        label = ElidedLabel(f"{name} ({number(word.count)})")
        label.set_plain_tooltip(name)
        choices = CHOICES.get(word.kind, ())
        pick = Pick([(key, meaning_shown(key)) for key in choices])
        pick.setAccessibleName(self.tr("{0} means").format(name))
        said = self.meanings.get(word.kind, {}).get(word.word)
        pick.choose(said if said is not None else word.read_as or LEFT_OUT)
        pick.activated.connect(lambda _at: self._say(word, pick.key))
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(pick, row, 1)
        self.picks[word.word] = pick

    def _say(self, word: UnknownWord, meaning: str) -> None:
        self.meanings.setdefault(word.kind, {})[word.word] = meaning
        self.said.emit()
