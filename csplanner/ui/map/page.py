"""The relationship map of an account: the canvas, the row above it, and what is not on it."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from csplanner.domain.map_model import Lens, RelationMap, Standing
from csplanner.errors import UserError
from csplanner.language import ntr, tr
from csplanner.ui import veil
from csplanner.ui.actions import Actions
from csplanner.ui.actions.typed import day_shown
from csplanner.ui.map.asked import MapAsked
from csplanner.ui.map.differences import differences, marks
from csplanner.ui.map.lens_row import LensRow
from csplanner.ui.map.maps_menu import fill_adding, fill_maps
from csplanner.ui.map.nothing import all_parked, nobody_placed
from csplanner.ui.map.parking import Parking
from csplanner.ui.map.proposals_bar import ProposalsBar
from csplanner.ui.map.reading import MapSeen, Wanted, look
from csplanner.ui.map.side import MapSide
from csplanner.ui.map.time_row import TimeRow
from csplanner.ui.map.verbs import MapVerbs
from csplanner.ui.map.view import MapView
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.progress import WaitBar

if TYPE_CHECKING:
    from csplanner.domain.map_stood import Stood

_LENS = "map.lens"
_HERE = (Standing.HERE, Standing.AWAY)


class MapTab(QWidget):
    """Shows the map of one account at a time and hands every gesture to the verb that does it.

    `navigate(key, argument)` asks for another page; `chosen_changed` says that other cards are
    selected.
    """

    navigate = Signal(str, object)
    chosen_changed = Signal()

    def __init__(
        self, session: BookSession, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._actions = session, actions
        self._wanted = Wanted("")
        self._stood: dict[tuple[str, str], Stood | None] = {}
        """How the maps looked at so far stood."""
        self.seen: MapSeen | None = None
        self.selected: tuple[str, ...] = ()
        self._lens = _kept_lens(session)
        self._time_open = self._parking_open = False
        self._day_shown: date | None = None
        self.row, self.time, self.proposals = LensRow(), TimeRow(), ProposalsBar()
        self.view, self.parking, self.side = MapView(), Parking(), MapSide()
        self.verbs = MapVerbs(self, actions)
        self.asked = MapAsked(self, actions, self.verbs)
        self._waiting = WaitBar(self)
        self._lay_out()
        self._connect()

    # Building

    def _lay_out(self) -> None:
        self._nobody, self._parked = nobody_placed(self.verbs), all_parked(self.verbs)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._nobody)
        self._stack.addWidget(self._parked)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.parking)
        middle.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.proposals, self.row, self.time):
            column.addWidget(part)
        column.addLayout(middle, 1)
        for hidden in (self.proposals, self.time, self.parking):
            hidden.hide()
        self.row.show_lens(self._lens)
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        row, time, view, verbs = self.row, self.time, self.view, self.verbs
        row.lens_chosen.connect(lambda key: self.show_lens(Lens(key)))
        row.past_asked.connect(lambda on: self.open_time(on=on))
        row.parking_asked.connect(lambda on: self.open_parking(on=on))
        row.fill_menus(partial(fill_maps, self), partial(fill_adding, verbs))
        row.finder.found.connect(lambda key: self.select((key,)))
        row.finder.ended.connect(self._end_find)
        time.day_chosen.connect(self.show_day)
        time.closed.connect(lambda: self.open_time(on=False))
        time.keys_asked.connect(self._show_changed)
        time.other_asked.connect(self._other_day)
        self.proposals.answered.connect(verbs.answer)
        self.proposals.keys_asked.connect(self.select)
        self.parking.list.wanted.connect(lambda keys: verbs.put_on_map(keys, None))
        self.parking.list.chosen.connect(self._parked_chosen)
        view.selected.connect(self._selected)
        view.opened.connect(lambda key: verbs.open_card(key))
        view.report_asked.connect(verbs.report_to)
        view.reports_asked.connect(verbs.report_all)
        view.line_asked.connect(verbs.draw_line)
        view.line_opened.connect(verbs.open_line)
        view.placed.connect(verbs.place)
        view.park_asked.connect(verbs.park)
        view.vacancy_asked.connect(verbs.add_vacancy)
        view.menu_asked.connect(verbs.open_menu)
        view.dropped.connect(verbs.put_on_map)
        view.remove_asked.connect(verbs.remove)
        view.unplace_asked.connect(verbs.lay_out)
        view.person_asked.connect(lambda: verbs.add_card())
        view.canvas.keys.paste_asked.connect(verbs.paste_copied)
        self.side.card_asked.connect(lambda key: self.select((key,)))
        self.side.cards_asked.connect(self.select)
        self.side.action_asked.connect(self.asked.act)
        veil.veil().changed.connect(self._show_veil)

    # Reading

    @property
    def wanted(self) -> Wanted:
        """Which map is asked for, and how it stood when it was last shown."""
        return replace(self._wanted, stood=self._stood.get((self.account_id, self.map_id)))

    @property
    def lens(self) -> Lens:
        """What the map is looked at for."""
        return self._lens

    @property
    def account_id(self) -> str:
        """The account whose map is shown."""
        return self._wanted.account_id

    @property
    def map_id(self) -> str:
        """The map shown; empty for the map of everybody."""
        return self._wanted.map_id

    @property
    def shown(self) -> RelationMap | None:
        """The map shown; None before there was an answer."""
        return self.seen.map if self.seen is not None else None

    @property
    def whole(self) -> RelationMap | None:
        """The map of everybody, also while a further one is shown, with lines of all of them."""
        return self.seen.whole or self.seen.map if self.seen is not None else None

    @property
    def is_past(self) -> bool:
        """Whether an earlier day is shown, which can be looked at alone."""
        return self._wanted.day is not None

    def show_account(self, account_id: str) -> None:
        """Show the map of an account as the book holds it now."""
        if account_id != self.account_id:
            self._wanted = Wanted(account_id)
            self.seen, self.selected = None, ()
            self._time_open, self._day_shown = False, None
            self.time.hide()
        self.read()

    def show_map(self, map_id: str) -> None:
        """Show another map of the account; an empty one is the map of everybody."""
        self.selected = ()
        self._wanted = replace(self._wanted, map_id=map_id)
        self.read()

    def show_day(self, day: date) -> None:
        """Show the map as it was known on a day; from today on it is the map of now."""
        past = day if day < self._session.read.as_of() else None
        self._wanted = Wanted(self.account_id, self.map_id, past, self._last_quarter())
        self.read()

    def _last_quarter(self) -> date | None:
        """The stop before today while the row of quarters is open: the map of today then tells
        what became of whom since.
        """
        days = self.seen.days if self._time_open and self.seen is not None else ()
        return days[-2] if len(days) > 1 else None

    def read(self) -> None:
        """Ask the book again; what is shown stays until the answer comes."""
        if not self.account_id:
            return
        self._waiting.begin()
        work = partial(look, wanted=self.wanted)
        self._session.ask(self, work, self._show, about="map", failed=self._not_read)

    def forget_order(self) -> None:
        """Let the layout find the best order of everybody when the map is read again."""
        self._stood.pop((self.account_id, self.map_id), None)

    def _not_read(self, error: UserError) -> None:
        self._waiting.end()
        if self.map_id:
            # The map was removed, perhaps by undo: everybody is still there.
            self.show_map("")
            return
        self._actions.refuse(str(error))

    def _show(self, seen: MapSeen) -> None:
        self._waiting.end()
        self.seen = seen
        if not seen.past:
            self._stood[seen.map.account_id, seen.map.map_id] = seen.places.stood
        known = seen.map.by_key().keys() | {o.key for o in seen.map.ours}
        self.selected = tuple(key for key in self.selected if key in known)
        self._show_again()
        self.chosen_changed.emit()

    def _show_veil(self, _on: bool) -> None:
        self._show_again()

    def _show_again(self) -> None:
        seen = self.seen
        if seen is None:
            return
        whole = self._sees_whole()
        self._show_around(seen)
        self.view.set_editable(self._actions.can_write and not seen.past, self._barred(seen))
        self.view.set_us("", self._session.read.settings.csm)
        self.view.show_map(seen.map, self._lens, places=seen.places, changes=marks(seen.changes))
        self.view.select(self.selected)
        if whole and self._day_shown not in (None, seen.map.day) and not self._sees_whole():
            self.view.fit()
        self._day_shown = seen.map.day
        self.side.show_seen(seen, self.selected)
        self.side.qbr_button.setVisible(not self._shows_past)

    @property
    def _shows_past(self) -> bool:
        """Whether the whole window shows a past day."""
        return not getattr(self.window(), "keeps", True)

    def _sees_whole(self) -> bool:
        return self.view.canvas.seen_part().contains(self.view.scene.bounds())

    def _show_around(self, seen: MapSeen) -> None:
        """Show what stands around the canvas first: it takes of its room."""
        self.proposals.show_proposals(seen.proposals)
        self.parking.list.show_cards(seen.map.parking())
        self.parking.setVisible(self._parking_open and bool(seen.map.parking()))
        self._show_row(seen)
        self.row.finder.look_in(seen.map)
        nobody = self._parked if seen.map.parking() else self._nobody
        self._stack.setCurrentWidget(self.view if seen.map.placed() else nobody)
        layout = self.layout()
        if layout is not None:
            layout.activate()

    def _barred(self, seen: MapSeen) -> str:
        """Why the map cannot be changed; empty where it can."""
        if seen.past:
            return tr("This is the past. Go back to today to change the map.")
        return self._actions.barred

    def _show_row(self, seen: MapSeen) -> None:
        past = seen.past or self._shows_past
        day = tr("As of {0}").format(day_shown(seen.map.day)) if past else tr("As of today")
        self.row.show_day(day, past=self._time_open)
        self.row.add.setEnabled(not seen.past)
        self.row.show_map_name(seen.map.map_name)
        self.row.show_parking(len(seen.map.parking()), shown=self.parking.isVisible())
        if self._time_open:
            self.time.show_days(seen.days, seen.map.day)
            since = None if seen.past or seen.changes is None else seen.changes.since
            self.time.show_differences(differences(seen.changes), since)

    # What is looked at

    def show_lens(self, lens: Lens) -> None:
        """Look at the map for something else; the next map is looked at for the same."""
        self._lens = lens
        self._session.memory.keep(_LENS, lens.value)
        self.row.show_lens(lens)
        if self.seen is not None:
            self.view.show_map(
                self.seen.map, lens, places=self.seen.places, changes=marks(self.seen.changes)
            )
            self.view.select(self.selected)

    def open_time(self, *, on: bool) -> None:
        """Open the row of quarters, or close it and go back to today."""
        self._time_open = on
        self.time.setVisible(on)
        if on and self.seen is not None:
            self._show_row(self.seen)
            self._wanted = replace(self._wanted, since=self._last_quarter())
            self.read()
            self.time.slider.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not on:
            self._wanted = Wanted(self.account_id, self.map_id)
            self.read()
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def step_time(self, by: int) -> None:
        """Look a quarter earlier (−1) or later (1)."""
        if not self._time_open:
            self.open_time(on=True)
        self.time.step(by)

    def _show_changed(self, keys: tuple[str, ...]) -> None:
        """Select whom a change is about; of who does not stand there yet, say what is known."""
        seen = self.seen
        if seen is None:
            return
        here = {card.key for card in seen.map.placed()}
        self.select(tuple(key for key in keys if key in here))
        told = [c.sentence for key in keys if key not in here and seen.changes
                for c in seen.changes.of(key)[:1]]  # fmt: skip
        if told:
            self._actions.say(" ".join(told), undo=False)

    def _other_day(self) -> None:
        commands = getattr(self.window(), "commands", None)
        if commands is not None and not commands.run("account.as_of"):
            self._actions.refuse(tr("This window shows a past date already."))

    def open_parking(self, *, on: bool) -> None:
        """Show or hide who is known and not on the map."""
        self._parking_open = on
        self._show_again()
        if on and self.parking.isVisible():
            self.parking.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_find(self) -> None:
        """Look for somebody on the map."""
        self.row.finder.show()
        self.row.finder.selectAll()
        self.row.finder.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _end_find(self) -> None:
        self.row.finder.hide()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # Selecting

    def select(self, keys: tuple[str, ...]) -> None:
        """Select these cards and bring them into sight."""
        self.view.select(keys)
        self._selected(keys)

    def _selected(self, keys: tuple[str, ...]) -> None:
        if tuple(keys) == self.selected:
            return
        self.selected = tuple(keys)
        self.side.show_selected(self.selected)
        self.chosen_changed.emit()

    def _parked_chosen(self, keys: tuple[str, ...]) -> None:
        if keys:
            self._selected(keys)

    def chosen_text(self) -> str:
        """Whom the map holds, and how many of them are chosen."""
        if self.shown is None:
            return ""
        placed = self.shown.placed()
        people = sum(1 for c in placed if c.standing in _HERE and not c.outside)
        text = ntr("{0} person", "{0} people", people)
        if self.selected:
            text = tr("{0} · {1} selected").format(text, len(self.selected))
        return text


def _kept_lens(session: BookSession) -> Lens:
    """The lens the last map was looked through."""
    kept = session.memory.get(_LENS)
    return Lens(kept) if isinstance(kept, str) and kept in set(Lens) else Lens.REPORTING
