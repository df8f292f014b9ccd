"""The right column of the overview: people, next step, what is open, and the timeline."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csplanner.language import tr
from csplanner.paint.fonts import MEDIUM, font
from csplanner.ui.account.event_rows import TableRow
from csplanner.ui.account.nothing import (
    NothingYet,
    draw_dashed_journey,
    draw_dashed_person,
)
from csplanner.ui.account.parts import (
    CoverageDots,
    InfluenceBars,
    RowButton,
    clear,
    one_tab_stop,
)
from csplanner.ui.account.people_rows import PersonRow, RolesView
from csplanner.ui.account.seat_rows import VacancyRow
from csplanner.ui.account.timeline_rows import Event
from csplanner.ui.look import theme_of
from csplanner.ui.widgets.buttons import Button, IconButton, changing
from csplanner.ui.widgets.chips import MarkWidget
from csplanner.ui.widgets.fields import IconLabel
from csplanner.ui.widgets.format import day, number
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel, set_plain_tooltip
from csplanner.ui.widgets.panes import Pane

_TOP = Qt.AlignmentFlag.AlignTop
_EVENTS, _PEOPLE, _OPEN = 5, 6, 3


class Initials(QWidget):
    """Two letters in a disc; only a ring for someone who left."""

    def __init__(self, letters: str, gone: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letters, self._gone = letters, gone
        self.setFixedSize(28, 28)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(look.colour("text3"), 1)
        pen.setDashPattern([2, 2])
        painter.setPen(pen if self._gone else Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush if self._gone else look.colour("none-tint"))
        painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.setFont(font(11, MEDIUM))
        painter.setPen(look.colour("text2"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letters)
        painter.end()


class PeoplePane(Pane):
    """Who they are: role, influence, mood and last contact; `edited` carries a person's id."""

    edited = Signal(str)
    menu_asked = Signal(str, QPoint)
    """A person's id, and where on the screen their menu was asked for."""
    fill_asked = Signal(str)
    """A seat's id, of one nobody holds."""
    added = Signal()
    all_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("People"), parent, token="window")
        self._dots = CoverageDots()
        self.title_row.insertWidget(2, self._dots)
        add = IconButton("plus", self.tr("Add a person"), keys="Ctrl+Shift+N")
        changing(add)
        add.clicked.connect(self.added)
        self.add_action(add)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.setContentsMargins(16, 0, 16, 8)
        self.body.addLayout(self._rows)

    def show_rows(
        self, rows: Sequence[PersonRow], vacant: Sequence[VacancyRow], roles: RolesView
    ) -> None:
        """Show other people, and after those who are there the seats nobody holds."""
        self.set_title(self.tr("People"), roles.note)
        self._dots.show_seats(roles.seats, roles.spoken)
        clear(self._rows)
        there = [row for row in rows if not row.is_gone]
        gone = [row for row in rows if row.is_gone]
        room = max(_PEOPLE - len(vacant[:_PEOPLE]), _PEOPLE // 2)
        listed = there[:room]
        seats = vacant[: _PEOPLE - len(listed)]
        left = gone[: _PEOPLE - len(listed) - len(seats)]
        buttons = [self._row(row) for row in listed]
        buttons += [self._vacancy(row) for row in seats]
        buttons += [self._row(row) for row in left]
        for button in buttons:
            self._rows.addWidget(button)
        one_tab_stop(buttons)
        if not rows and not vacant:
            words, verb = self.tr("Nobody is known here yet."), self.tr("Add the first person")
            nothing = NothingYet(words, draw_dashed_person, verb=verb, run=self.added.emit)
            self._rows.addWidget(nothing)
        elif len(rows) + len(vacant) > len(buttons):
            words = self.tr("All {0} people").format(number(len(rows)))
            more = Button(words, kind="link", small=True)
            more.clicked.connect(self.all_asked)
            self._rows.addWidget(more)

    def _row(self, row: PersonRow) -> RowButton:
        button = RowButton(row.spoken, run=lambda: self.edited.emit(row.id))
        button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        button.customContextMenuRequested.connect(
            lambda at: self.menu_asked.emit(row.id, button.mapToGlobal(at))
        )
        name = ElidedLabel(row.name, weight=MEDIUM, colour="text2" if row.is_gone else "text")
        if row.is_gone:
            struck = name.font()
            struck.setStrikeOut(True)
            name.setFont(struck)
        contact = PlainLabel(row.contact, px=12, colour=row.contact_ink)
        line = _row_line(Initials(row.initials, row.is_gone), name, row.title)
        line.addWidget(PlainLabel(row.role, px=12, colour="text2"))
        line.addWidget(InfluenceBars(row.level))
        form = "dashed" if row.mood == "none" else "hollow"
        line.addWidget(MarkWidget(row.mood, form=form, size=14))
        line.addWidget(_at_right(contact))
        button.take(line)
        set_plain_tooltip(button, row.hover)
        button.setAccessibleDescription(row.hover)
        return button

    def _vacancy(self, row: VacancyRow) -> RowButton:
        button = RowButton(row.spoken, run=lambda: self.fill_asked.emit(row.seat_id))
        name = ElidedLabel(self.tr("Vacant"), weight=MEDIUM, colour="text2")
        line = _row_line(Initials("–", gone=True), name, row.was)
        line.addWidget(PlainLabel(row.role, px=12, colour="text2"))
        line.addWidget(InfluenceBars(row.level))
        line.addWidget(MarkWidget("none", form="dashed", size=14))
        fill = PlainLabel(self.tr("Fill…"), px=12, weight=MEDIUM, colour="accent-text")
        line.addWidget(_at_right(fill))
        button.take(line)
        set_plain_tooltip(button, row.hover)
        button.setAccessibleDescription(row.hover)
        return button


class StepPane(Pane):
    """The next step, and how to change it."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Next step"), parent, token="window")
        self._edit = IconButton("pencil", self.tr("Change the next step"))
        changing(self._edit)
        self._edit.clicked.connect(self.asked)
        self.add_action(self._edit)
        self._step = PlainLabel("")
        self._step.setWordWrap(True)
        self._due = PlainLabel("", px=12, colour="text2")
        self.body.setContentsMargins(16, 0, 16, 8)
        self.body.setSpacing(0)
        self.body.addWidget(self._step)
        self.body.addWidget(self._due)

    def show_step(self, step: str, due: str, *, is_late: bool) -> None:
        """Show another step; an empty one says that there is none."""
        self._step.setText(step or self.tr("None yet."))
        self._step.set_colour("text" if step else "text2")
        self._due.setText(due)
        self._due.setVisible(bool(due))
        self._due.set_colour("risk-ink" if is_late else "text2")


class OpenPane(Pane):
    """Open cases and deals; `asked` opens the tab that holds them all."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Open now"), parent, token="window")
        more = Button(self.tr("All"), kind="link", small=True)
        more.clicked.connect(self.asked)
        self.add_action(more)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self.body.setContentsMargins(16, 0, 16, 8)
        self.body.addLayout(self._rows)

    def show_rows(self, cases: Sequence[TableRow], deals: Sequence[TableRow]) -> None:
        """Show what is open."""
        clear(self._rows)
        opened = [r for r in cases if not r.is_quiet]
        for row in opened[:_OPEN]:
            number, subject, priority, status, _, age = row.cells
            note = ", ".join(text for text in (number, priority, status, age) if text)
            self._rows.addWidget(_line("life-buoy", subject, note))
        live = [r for r in deals if not r.is_quiet]
        for row in live[:_OPEN]:
            name, kind, stage, amount, day, _ = row.cells
            note = ", ".join((kind, stage, amount, tr("closes {0}").format(day)))
            self._rows.addWidget(_line("handshake", name, note))
        if not opened and not live:
            words = self.tr("No case and no deal is open.")
            self._rows.addWidget(PlainLabel(words, px=12, colour="text2"))


class TimelinePane(Pane):
    """What happened, newest first; `all_asked` opens all of it, `asked` carries an event."""

    all_asked = Signal()
    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Timeline"), parent, token="window")
        self._all = Button("", kind="link", small=True)
        self._all.clicked.connect(self.all_asked)
        self.add_action(self._all)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self.body.setContentsMargins(16, 0, 16, 8)
        self.body.addLayout(self._rows)

    def show_rows(self, rows: Sequence[Event], total: int, today: date) -> None:
        """Show the newest events; `total` is how many there are with the quiet ones."""
        clear(self._rows)
        self._all.set_text(self.tr("All {0}").format(number(total)))
        self._all.setVisible(total > 0)
        buttons = [self._row(event, today) for event in rows[:_EVENTS]]
        for button in buttons:
            self._rows.addWidget(button)
        one_tab_stop(buttons)
        if not rows:
            words = self.tr("Nothing happened yet that the book knows of.")
            self._rows.addWidget(NothingYet(words, draw_dashed_journey))

    def _row(self, event: Event, today: date) -> RowButton:
        on = day(event.on, today)
        name = f"{on} {event.title}. {event.note}".strip()
        button = RowButton(name, run=lambda: self.asked.emit(event), line="")
        button.take(_event_line(event.icon, event.title, event.note, day=on, ink=event.ink))
        set_plain_tooltip(button, event.note)
        return button


def _row_line(head: QWidget, name: ElidedLabel, below: str) -> QHBoxLayout:
    """The left part of a row: a disc, a name, and a second line below it."""
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(name)
    words.addWidget(ElidedLabel(below, px=12, colour="text2"))
    line = QHBoxLayout()
    line.setContentsMargins(0, 3, 0, 3)
    line.setSpacing(8)
    line.addWidget(head)
    line.addLayout(words, 1)
    return line


def _at_right(label: PlainLabel) -> PlainLabel:
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    label.setMinimumWidth(58)
    return label


def _line(icon: str, title: str, note: str) -> QWidget:
    box = QWidget()
    box.setLayout(_event_line(icon, title, note))
    box.setAccessibleName(f"{title}. {note}".strip())
    return box


def _event_line(
    icon: str, title: str, note: str, *, day: str = "", ink: str = "text2"
) -> QHBoxLayout:
    """An icon, a title with a second line below, and at the right the day."""
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(ElidedLabel(title, weight=MEDIUM))
    if note:
        words.addWidget(ElidedLabel(note, px=12, colour="text2"))
    line = QHBoxLayout()
    line.setContentsMargins(0, 2, 0, 2)
    line.setSpacing(8)
    line.addWidget(IconLabel(icon, colour=ink), 0, _TOP)
    line.addLayout(words, 1)
    if day:
        line.addWidget(PlainLabel(day, px=12, colour="text2"), 0, _TOP)
    return line
