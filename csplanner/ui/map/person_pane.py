"""All the map knows of who is selected, with what can be done about it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csplanner.domain.map_figures import Departure
from csplanner.domain.map_model import Card, LineKind, Ours, RelationMap, Standing
from csplanner.domain.person import Role
from csplanner.domain.wording import one_line
from csplanner.language import tr
from csplanner.paint.fonts import MEDIUM, SEMIBOLD
from csplanner.ui import veil
from csplanner.ui.account.parts import clear
from csplanner.ui.account.people_panes import Initials
from csplanner.ui.map.beside import Beside
from csplanner.ui.map.coverage_rows import letters
from csplanner.ui.map.departure_pane import DeparturePane
from csplanner.ui.map.judged_pane import JudgedPane
from csplanner.ui.map.person_rows import (
    STATE_INKS,
    STATE_WORDS,
    TieRow,
    bond_rows,
    elsewhere_words,
    head_words,
    judged_rows,
    tie_rows,
)
from csplanner.ui.map.side_parts import (
    PressRow,
    SideSection,
    give_way,
    leaned,
    link,
    one_stop,
    wrapped,
)
from csplanner.ui.map.value_words import roles_shown
from csplanner.ui.map.ways_pane import Way
from csplanner.ui.widgets.buttons import Button, changing
from csplanner.ui.widgets.format import day, number
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel
from csplanner.ui.widgets.panes import PADDING

if TYPE_CHECKING:
    from csplanner.ui.map.reading import MapSeen

_WARM = 30
_PLANNED = frozenset({Role.CHAMPION, Role.SPONSOR, Role.DECIDES, Role.BUYER})
"""Roles after whose going the next 30 days are planned."""


class PersonPane(QWidget):
    """One of theirs, an outsider, a vacant seat, one of ours, or several; `asked(verb, keys)`."""

    asked = Signal(str, tuple)
    card_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_nobody(self) -> None:
        """Say that nobody is selected."""
        clear(self._column)
        hint = wrapped(tr("Select somebody on the map to see what you know of them."), px=13)
        hint.setContentsMargins(PADDING, 14, PADDING, 14)
        self._column.addWidget(hint)

    def show_card(self, card: Card, seen: "MapSeen", beside: Beside) -> None:
        """Show one card."""
        clear(self._column)
        self._column.addWidget(_Head(one_line(card.name), head_words(card, seen.map), card))
        if card.standing is Standing.VACANT:
            self._add_vacancy(card)
        elif card.outside:
            self._add_lines(tr("Whom they are in contact with"), bond_rows(card, seen.map))
        else:
            self._add_verbs(card)
            self._add_person(card, seen, beside)
        self._column.addStretch(1)

    def show_ours(self, ours: Ours, seen: RelationMap) -> None:
        """Show one of ours and whom they know."""
        clear(self._column)
        self._column.addWidget(_Head(one_line(ours.name), one_line(ours.function), None))
        names = {c.key: one_line(c.name) for c in seen.cards}
        lines = [x for x in seen.of_kind(LineKind.TIE) if x.start == ours.key and x.end in names]
        lines.sort(key=lambda x: -(x.strength or 0))
        rows = [
            TieRow(
                x.end, names[x.end],
                tr("{0}, {1}").format(STATE_WORDS[x.state], number(x.strength or 0)),
                tr("last contact {0}").format(day(x.last, seen.day)) if x.last else "",
                STATE_INKS.get(x.state, "text2"), ours=False, line=x.key,
            )
            for x in lines
        ]  # fmt: skip
        self._add_lines(tr("Whom they know"), rows, empty=tr("Nobody yet."))
        self._column.addStretch(1)

    def show_several(self, cards: Sequence[Card]) -> None:
        """Show who is selected together."""
        clear(self._column)
        everybody = all(c.is_active for c in cards)
        title = tr("{0} people selected") if everybody else tr("{0} cards selected")
        self._column.addWidget(_Head(title.format(number(len(cards))), "", None, initials=False))
        self._add_shared_verbs(tuple(c.key for c in cards))
        rows = [
            TieRow(c.key, one_line(c.name), roles_shown(c), "", "text2", ours=False, line="")
            for c in cards
        ]
        self._add_lines(tr("Who they are"), rows)
        self._column.addStretch(1)

    def _add_shared_verbs(self, keys: tuple[str, ...]) -> None:
        """What is done with several at once."""
        section = SideSection(tr("With all of them"))
        for words, verb in (
            (tr("Line up in a row"), "line_up:top"),
            (tr("Line up in a column"), "line_up:left"),
            (tr("Set them the same distance apart"), "spread"),
            (tr("Say whom they report to"), "reports"),
            (tr("Begin a further map with them"), "new_map"),
            (tr("Take them off the map"), "park"),
        ):
            step = link(words, partial(self.asked.emit, verb, keys), writes=True)
            section.body.addWidget(leaned(step))
        self._column.addWidget(section)

    def _add_person(self, card: Card, seen: "MapSeen", beside: Beside) -> None:
        key = card.key
        lost = seen.departure(key)
        if lost is not None and card.is_active:
            leaving = DeparturePane()
            leaving.show_departure(lost)
            self._column.addWidget(leaving)
        elif card.standing is Standing.LEFT:
            self._add_left(card, lost)
        judged = JudgedPane()
        judged.show_rows(judged_rows(card, seen.map, beside))
        judged.judge_asked.connect(lambda field: self.asked.emit(f"judge:{field}", (key,)))
        judged.confirm_asked.connect(lambda field: self.asked.emit(f"confirm:{field}", (key,)))
        self._column.addWidget(judged)
        ties = tie_rows(card, seen.map)
        self._add_lines(
            tr("Who of ours knows them"), ties, empty=tr("Nobody of ours yet."),
            verb=(tr("Add who knows them"), lambda: self.asked.emit("connect", (key,))),
            opens=lambda row: self.asked.emit("line", (row.line,)),
            foot=elsewhere_words(card, seen.map),
        )  # fmt: skip
        if card.is_active and (card.strength or 0) < _WARM and not veil.is_on():
            self._add_way(card, seen)
        bonds = bond_rows(card, seen.map)
        self._add_lines(
            tr("Among themselves"), bonds, empty=tr("No influence is drawn."),
            verb=(tr("Draw a line"), lambda: self.asked.emit("draw", (key,))),
        )  # fmt: skip

    def _add_verbs(self, card: Card) -> None:
        """What is done most with somebody."""
        row = QHBoxLayout()
        row.setContentsMargins(PADDING, 0, PADDING, 12)
        row.setSpacing(8)
        if card.is_active:
            touch = Button(tr("Log a touch"), small=True, icon="plus")
            changing(touch)
            touch.clicked.connect(self._ask("touch", card))
            touch.setAccessibleDescription(one_line(card.name))
            row.addWidget(touch)
        edit = Button(tr("Change…"), small=True)
        changing(edit)
        edit.clicked.connect(self._ask("edit", card))
        edit.setAccessibleDescription(one_line(card.name))
        row.addWidget(edit)
        row.addStretch(1)
        self._column.addLayout(row)

    def _add_left(self, card: Card, lost: Departure | None) -> None:
        section = SideSection(tr("Since they left"))
        if lost is not None and not veil.is_on():
            section.body.addWidget(wrapped(lost.sentence, px=13, colour="text"))
        said = tr("The seat stays open until you give it to somebody.")
        section.body.addWidget(wrapped(said))
        fill = link(tr("Choose who follows"), self._ask("fill", card), writes=True)
        section.body.addWidget(leaned(fill))
        if not _PLANNED.isdisjoint(s.role for s in card.seats):
            days = link(tr("Plan the 30 days"), self._ask("plan_days", card), writes=True)
            section.body.addWidget(leaned(days))
        self._column.addWidget(section)

    def _add_vacancy(self, card: Card) -> None:
        section = SideSection(tr("This seat"))
        said = tr("Nobody known holds it. Who on the map could tell you who does?")
        section.body.addWidget(wrapped(said))
        fill = link(tr("Fill the seat"), self._ask("fill", card), writes=True)
        section.body.addWidget(leaned(fill))
        self._column.addWidget(section)

    def _add_way(self, card: Card, seen: "MapSeen") -> None:
        way = seen.way_to(card.key)
        section = SideSection(tr("Warmest introduction"))
        section.body.addWidget(Way(way))
        if way.ask:
            words = tr("Ask {0}").format(one_line(way.hops[-1].start_name))
            ask = link(
                words, lambda: self.asked.emit("introduce", (way.ask, card.key)), writes=True
            )
            section.body.addWidget(leaned(ask))
        self._column.addWidget(section)

    def _ask(self, verb: str, card: Card) -> Callable[..., object]:
        return lambda *_: self.asked.emit(verb, (card.key,))

    def _add_lines(
        self,
        title: str,
        rows: Sequence[TieRow],
        *,
        empty: str = "",
        verb: tuple[str, Callable[[], object]] | None = None,
        opens: Callable[[TieRow], object] | None = None,
        foot: str = "",
    ) -> None:
        section = SideSection(title, number(len(rows)) if rows else "")
        section.body.setSpacing(0)
        run = opens or (lambda row: self.card_asked.emit(row.key))
        made = [_tie_row(row, run) for row in rows]
        for each in made:
            section.body.addWidget(each)
        one_stop(made)
        if not rows and empty:
            section.body.addWidget(wrapped(empty))
        if foot:
            section.body.addWidget(wrapped(foot))
        if verb is not None:
            section.body.addWidget(leaned(link(*verb, writes=True)))
        self._column.addWidget(section)


def _tie_row(row: TieRow, run: Callable[[TieRow], object]) -> PressRow:
    """A name, how it stands, and a grey line below."""
    press = PressRow(
        f"{row.name}: {', '.join(x for x in (row.says, row.note) if x)}", run=lambda: run(row)
    )
    first = QHBoxLayout()
    first.setSpacing(8)
    first.addWidget(ElidedLabel(row.name, weight=MEDIUM), 1)
    first.addWidget(PlainLabel(row.says, px=12, colour=row.ink))
    column = QVBoxLayout()
    column.setContentsMargins(0, 4, 0, 4)
    column.setSpacing(0)
    column.addLayout(first)
    if row.note:
        column.addWidget(wrapped(row.note, colour="text3"))
    press.take(column)
    return press


class _Head(QWidget):
    """The name, the initials, and what they are."""

    def __init__(self, name: str, second: str, card: Card | None, *, initials: bool = True) -> None:
        super().__init__()
        give_way(self)
        gone = card is not None and card.standing in (Standing.LEFT, Standing.VACANT)
        vacant = card is not None and card.standing is Standing.VACANT
        words = QVBoxLayout()
        words.setSpacing(1)
        title = PlainLabel(name, px=15, weight=SEMIBOLD)
        title.setWordWrap(True)
        words.addWidget(title)
        if second:
            words.addWidget(wrapped(second))
        row = QHBoxLayout(self)
        row.setContentsMargins(PADDING, 14, PADDING, 12)
        row.setSpacing(10)
        if initials:
            row.addWidget(Initials("?" if vacant else letters(name), gone))
        row.addLayout(words, 1)
        self.setAccessibleName(f"{name}, {second}" if second else name)
