"""The whole timeline of an account, with filters by kind, person, words and days."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from csplanner.errors import UserError
from csplanner.language import tr
from csplanner.ui.account.event_rows import TableRow
from csplanner.ui.account.lists import ListPane
from csplanner.ui.account.timeline_rows import KIND_WORDS, Event, EventFilter, EventKind
from csplanner.ui.actions.day_field import DayField
from csplanner.ui.actions.pick import Pick
from csplanner.ui.actions.typed import read_day
from csplanner.ui.widgets import format as words
from csplanner.ui.widgets.buttons import WRITES, Button
from csplanner.ui.widgets.fields import SearchField
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Ground

_DAY, _PAUSE_MS = 132, 120
_PERSON_SIGNS = 14
"""How wide names of people may make their list; hundreds of them are not measured."""


class TimelineTab(QWidget):
    """A row of filters over a table; `asked` carries the event whose record is wanted."""

    asked = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._events: Sequence[Event] = ()
        self._shown: list[Event] = []
        self._today = today
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PAUSE_MS)
        self._wait.timeout.connect(self.sift)
        self.list = ListPane(
            self.tr("Timeline"),
            (self.tr("Day"), self.tr("About"), self.tr("What"), self.tr("Details")),
            3,
            verbs=(("edit", self.tr("Open the record")),),
            empty=self.tr("Nothing happened yet that the book knows of."),
        )
        self.list.asked.connect(lambda _verb, place: self._open(place))
        for button in self.list.buttons.values():
            button.setProperty(WRITES, False)  # it opens, and changes nothing
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._filters())
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.list)

    def _filters(self) -> QWidget:
        row = Ground("surface", lines="b")
        line = QHBoxLayout(row)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(8)
        self.text = SearchField(self.tr("Words in the timeline"))
        self.kind, self.person = Pick([("", self.tr("Everything"))]), Pick([])
        self.person.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.person.setMinimumContentsLength(_PERSON_SIGNS)
        for kind, said in KIND_WORDS.items():
            self.kind.addItem(tr(said), kind.value)
        self.since, self.until = DayField(self._today), DayField(self._today)
        self.wrong = PlainLabel("", px=12, colour="risk-ink")
        self.clear_button = Button(self.tr("Clear the filters"), kind="link", small=True)
        self.clear_button.clicked.connect(self.clear)
        line.addWidget(self.text, 1)
        for name, field in (
            (self.tr("Kind"), self.kind),
            (self.tr("Person"), self.person),
            (self.tr("From"), self.since),
            (self.tr("To"), self.until),
        ):
            label = PlainLabel(name, px=12, colour="text2")
            label.setBuddy(field)
            field.setAccessibleName(name)
            line.addWidget(label)
            line.addWidget(field)
        for day in (self.since, self.until):
            day.setFixedWidth(_DAY)
            day.textChanged.connect(self._wait.start)
        line.addWidget(self.wrong)
        line.addWidget(self.clear_button)
        self.text.textChanged.connect(self._wait.start)
        self.kind.currentIndexChanged.connect(self.sift)
        self.person.currentIndexChanged.connect(self.sift)
        return row

    def show_events(self, events: Sequence[Event], people: dict[str, str], today: date) -> None:
        """Show other events; `people` names by id those they may be about."""
        self._events, self._today = events, today
        chosen = self.person.key
        named = {key for event in events for key in event.people} & people.keys()
        self.person.blockSignals(True)
        self.person.clear()
        self.person.addItem(self.tr("Anybody"), "")
        for key in sorted(named, key=lambda k: people[k]):
            self.person.addItem(people[key], key)
        self.person.choose(chosen)
        self.person.blockSignals(False)
        self.sift()

    def clear(self) -> None:
        """Let everything pass."""
        for field in (self.text, self.since, self.until):
            field.setText("")
        self.kind.choose("")
        self.person.choose("")
        self.sift()
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def sift(self) -> None:
        """Show what the filters let pass."""
        self._wait.stop()
        wanted = self._wanted()
        if wanted is None:
            return
        self._shown = [e for e in self._events if wanted.takes(e)]
        rows = [
            TableRow(
                str(at),
                (words.day(e.on, self._today), tr(KIND_WORDS[e.kind]), e.title, e.note),
                is_quiet=e.kind in (EventKind.IMPORT, EventKind.FIELD),
            )
            for at, e in enumerate(self._shown)
        ]
        note = words.share(len(rows), len(self._events)) if len(rows) < len(self._events) else ""
        self.list.say_empty(
            self.tr("Nothing of this kind happened. Clear the filters to see everything.")
            if self._events
            else self.tr("Nothing happened yet that the book knows of.")
        )
        self.list.show_rows(rows, note)
        self.clear_button.setVisible(not wanted.is_empty)

    def choose_news(self, news_id: str) -> None:
        """Make a line of news current, whatever the filters let pass before."""
        if all(e.news != news_id for e in self._shown):
            self.clear()
        at = next((n for n, e in enumerate(self._shown) if e.news == news_id), -1)
        if at >= 0:
            self.list.table.choose(str(at))
            self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_find(self) -> None:
        """Give the keyboard to the words looked for."""
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _wanted(self) -> EventFilter | None:
        """The filter set; None while a day cannot be read, which is said beside it."""
        try:
            since, until = self._day(self.since), self._day(self.until)
        except UserError as error:
            self.wrong.setText(str(error))
            return None
        self.wrong.setText("")
        return EventFilter(self.kind.key, self.person.key, self.text.text(), since, until)

    def _day(self, field: QLineEdit) -> date | None:
        return read_day(field.text(), self._today)

    def _open(self, place: str) -> None:
        if place.isdecimal() and int(place) < len(self._shown):
            self.asked.emit(self._shown[int(place)])
