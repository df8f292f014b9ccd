"""Every verb of the map: gestures, menus, keys and the panel beside it all end here."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from csplanner.book.book import Book
from csplanner.domain.evidence import Evidence, EvidenceKind
from csplanner.domain.map_model import Card, Line, LineKind, RelationMap, Standing
from csplanner.domain.map_proposals import Choice, Proposal
from csplanner.domain.person import Role
from csplanner.language import tr
from csplanner.ui.actions import Actions
from csplanner.ui.map import writing
from csplanner.ui.map.judged import value_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from csplanner.ui.actions.form import Form
    from csplanner.ui.map.page import MapTab


_AT_ONCE = (LineKind.INFLUENCES, LineKind.DOUBTS)
"""Lines that say enough as they are drawn; opening one says more of it."""


class MapVerbs:
    """What can be done with the map a page shows; each change is one step that can be undone."""

    def __init__(self, page: "MapTab", actions: Actions) -> None:
        self._page, self._actions = page, actions

    # What it works on

    @property
    def shown(self) -> RelationMap | None:
        """The map that is shown."""
        return self._page.shown

    def chosen_cards(self) -> tuple[Card, ...]:
        """The cards selected, in their order."""
        if self.shown is None:
            return ()
        cards = self.shown.by_key()
        return tuple(cards[key] for key in self._page.selected if key in cards)

    def one_card(self) -> Card | None:
        """The card selected, where it is a single one."""
        chosen = self.chosen_cards()
        return chosen[0] if len(chosen) == 1 else None

    @property
    def can_change(self) -> bool:
        """Whether the map shown can be changed: the book allows it, and it is the map of now."""
        return self.shown is not None and self._actions.can_write and not self._page.is_past

    def _may(self) -> bool:
        """Whether it can be changed; says why where it cannot."""
        if self._page.is_past:
            self._actions.refuse(tr("This is the past. Go back to today to change the map."))
            return False
        return self.shown is not None and self._actions.may_write()

    def _write(self, work: Callable[[Book], str], at: str = "") -> None:
        """Write; what the book refuses is said at the card `at`."""
        if not self._may():
            return

        def refused(sentence: str) -> None:
            if at:
                self._page.view.say(at, sentence)
            else:
                self._actions.refuse(sentence)

        self._actions.session.write(
            work, lambda text: self._actions.say(text) if text else None, failed=refused
        )

    def _open(self, make: "Callable[[QWidget | None, RelationMap], Form]") -> None:
        shown = self.shown
        if shown is not None and self._may():
            self._actions.open_form(lambda parent: make(parent, shown))

    # Hierarchy, places, lines

    def report_to(self, child: str, above: str) -> None:
        """Let a card report to another one, or to nobody; a circle is refused at the card."""
        self.report_all((child,), above)

    def report_all(self, keys: tuple[str, ...], above: str) -> None:
        """Let these cards report to another one, or to nobody."""
        self._write(
            partial(
                writing.report_to, account_id=self._page.account_id, keys=keys, above=above or None
            ),
            at=keys[0],
        )

    def ask_above(self) -> None:
        """Ask whom the cards selected report to."""
        from csplanner.ui.map.report_form import ReportForm

        keys = tuple(card.key for card in self.chosen_cards())
        if keys:
            session = self._actions.session
            self._open(lambda parent, shown: ReportForm(session, parent, shown=shown, keys=keys))

    def place(self, spots: Mapping[str, tuple[int, int]]) -> None:
        """Keep where cards were put."""
        self._write(
            partial(
                writing.place, account_id=self._page.account_id, map_id=self._page.map_id,
                spots=dict(spots),
            )
        )  # fmt: skip

    def put_on_map(self, keys: tuple[str, ...], at: tuple[int, int] | None) -> None:
        """Put people who are parked on the map, at a point or where the layout decides."""
        self._write(
            partial(
                writing.put_on_map, account_id=self._page.account_id, map_id=self._page.map_id,
                keys=keys, at=at,
            )
        )  # fmt: skip

    def park(self, keys: tuple[str, ...]) -> None:
        """Take cards off the map; they stay known, in the list beside it."""
        self._write(
            partial(
                writing.park, account_id=self._page.account_id, map_id=self._page.map_id, keys=keys
            )
        )

    def tidy(self) -> None:
        """Let the layout decide again, for the cards selected or for all."""
        self.lay_out(tuple(card.key for card in self.chosen_cards()))

    def lay_out(self, keys: tuple[str, ...]) -> None:
        """Let the layout decide again where these cards stand; none means all of the map."""
        moved = {c.key for c in self.shown.placed() if c.at is not None} if self.shown else set()
        wanted = tuple(sorted(moved & set(keys) or moved))
        if not wanted:
            self._actions.say(tr("Every card stands where the layout puts it"), undo=False)
            return
        self._write(
            partial(
                writing.unplace, account_id=self._page.account_id, map_id=self._page.map_id,
                keys=wanted,
            )
        )  # fmt: skip

    def add_line(self) -> None:
        """Draw a line, from the first card selected to the second where there are any."""
        chosen = self._page.selected
        start, end = (*chosen[:2], "", "")[:2]
        self.draw_line(start, end, "")

    def draw_line(self, start: str, end: str, kind: str) -> None:
        """Draw a line: influence and doubt at once, of others it is asked what they say."""
        from csplanner.ui.map.tie_form import TieForm

        if kind == LineKind.REPORTS.value:
            self.report_to(start, end)
            return
        wanted = LineKind(kind) if kind else None
        if wanted is None and self._is_ours(end) and not self._is_ours(start):
            start, end = end, start
        if wanted in _AT_ONCE and start and end:
            ends = (start, end)
            self._write(
                partial(writing.connect, account_id=self._page.account_id, kind=wanted, ends=ends),
                at=start,
            )
            return
        session = self._actions.session
        self._open(
            lambda parent, shown: TieForm(
                session, parent, shown=shown, start=start, end=end, kind=wanted
            )
        )  # fmt: skip

    def _is_ours(self, key: str) -> bool:
        return self.shown is not None and any(o.key == key for o in self.shown.ours)

    def line(self, key: str) -> Line | None:
        """The line of that key."""
        found = self.shown.lines if self.shown is not None else ()
        return next((line for line in found if line.key == key), None)

    def open_line(self, key: str) -> None:
        """Change a line, or whom somebody reports to."""
        from csplanner.ui.map.report_form import ReportForm
        from csplanner.ui.map.tie_form import TieForm

        line, session = self.line(key), self._actions.session
        if line is None:
            return
        if line.kind is LineKind.REPORTS:
            keys = (line.start,)
            self._open(lambda parent, shown: ReportForm(session, parent, shown=shown, keys=keys))
        elif line.tie_id:
            self._open(lambda parent, shown: TieForm(session, parent, shown=shown, line=line))
        else:
            self.draw_line(line.start, line.end, line.kind.value)

    def remove_line(self, key: str) -> None:
        """Take a line away; contact that the touch log shows stays."""
        self._write(partial(writing.disconnect, account_id=self._page.account_id, keys=(key,)))

    def remove(self, keys: tuple[str, ...]) -> None:
        """Take away what Delete was pressed on: a line is removed, cards leave the map."""
        lines = tuple(key for key in keys if self.line(key) is not None)
        cards = tuple(key for key in keys if self.shown and key in self.shown.by_key())
        if lines:
            self.remove_line(lines[0])
        elif cards:
            self.park(cards)

    # People and seats

    def open_card(self, key: str) -> None:
        """Open what a card stands for: a person's form, or who takes a vacant seat."""
        shown = self.shown
        if shown is None:
            return
        card = shown.by_key().get(key)
        if card is not None and card.standing in (Standing.VACANT, Standing.LEFT) and card.seats:
            if self._may():
                self._actions.fill_seat(card.seats[0].id)
            return
        self.edit_person(key)

    def edit_person(self, key: str) -> None:
        """Change the person of a card, or one of ours."""
        shown = self.shown
        if shown is None or not self._may():
            return
        people = {c.key: c.person for c in shown.cards} | {o.key: o.person for o in shown.ours}
        person = people.get(key)
        if person is not None:
            self._actions.edit_person(person.id, shown.account_id)

    def remove_vacancy(self, key: str) -> None:
        """Take a vacant seat out of the account."""
        from csplanner.ui.actions.seat_form import drop_seat

        card = self.shown.by_key().get(key) if self.shown is not None else None
        if card is not None and card.seats:
            self._write(partial(drop_seat, seat_id=card.seats[0].id))

    def add_card(self, above: str = "", role: Role | None = None) -> None:
        """Add a person to the map."""
        from csplanner.ui.map.card_form import CardForm

        session = self._actions.session
        self._open(
            lambda parent, shown: CardForm(session, parent, shown=shown, above=above, role=role)
        )

    def add_vacancy(self, above: str = "", role: Role | None = None) -> None:
        """Add a seat nobody holds."""
        from csplanner.ui.map.vacancy_form import VacancyForm

        session = self._actions.session
        self._open(
            lambda parent, shown: VacancyForm(session, parent, shown=shown, above=above, role=role)
        )

    def add_outsider(self) -> None:
        """Add a partner, a consultant or a competitor."""
        from csplanner.ui.map.outsider_form import OutsiderForm

        card, session = self.one_card(), self._actions.session
        close = card.key if card is not None and not card.outside else ""
        self._open(lambda parent, shown: OutsiderForm(session, parent, shown=shown, close_to=close))

    def paste(self) -> None:
        """Paste names and titles as people of the map."""
        from csplanner.ui.map.paste_form import PasteForm

        session = self._actions.session
        self._open(lambda parent, shown: PasteForm(session, parent, shown=shown))

    def import_contacts(self) -> None:
        """Show the import, which brings contacts with their managers and roles."""
        if self._actions.may_write():
            self._actions.import_snapshot()

    def log_touch(self, key: str = "") -> None:
        """Log a touch with the account, with the person of the card named."""
        if self._may():
            card = self.shown.by_key().get(key) if self.shown is not None else None
            person = card.person.id if card is not None and card.person is not None else None
            self._actions.log_touch(self._page.account_id, person)

    # Judging

    def judge(self, key: str, field: str = "") -> None:
        """Judge somebody, with questions that help to decide."""
        from csplanner.ui.map.judge_form import JudgeForm

        shown = self.shown
        card = shown.by_key().get(key) if shown is not None else None
        if card is None or card.person is None:
            self._actions.refuse(tr("Choose a person on the map first."))
            return
        session = self._actions.session
        self._open(
            lambda parent, shown: JudgeForm(session, parent, shown=shown, card=card, field=field)
        )

    def confirm(self, key: str, field: str) -> None:
        """Keep a judgement as it is, known again as of today."""
        card = self.shown.by_key().get(key) if self.shown is not None else None
        if card is None:
            return
        value = value_of(card, field)
        evidence = Evidence(EvidenceKind.OBSERVED, note=tr("Confirmed"))
        self._write(
            partial(
                writing.judge, account_id=self._page.account_id, key=key, values={field: value},
                evidence=evidence,
            )
        )  # fmt: skip

    def judge_chosen(self, field: str = "") -> None:
        """Judge the person selected."""
        card = self.one_card()
        if card is not None:
            self.judge(card.key, field)

    # Proposals

    def answer(self, proposal: Proposal, choice: Choice | None) -> None:
        """Do what a choice says, or leave the map as it is."""
        self._write(
            partial(
                writing.answer, account_id=self._page.account_id, proposal=proposal, choice=choice
            )
        )

    # Maps

    def new_map(self) -> None:
        """Begin a further map with the cards selected, or with nobody."""
        from csplanner.ui.map.name_form import NameForm

        keys, session = tuple(c.key for c in self.chosen_cards()), self._actions.session

        def make(parent: "QWidget | None", shown: RelationMap) -> "Form":
            form = NameForm(session, parent, account_id=shown.account_id, keys=keys)
            form.made.connect(self._page.show_map)
            return form

        self._open(make)

    def rename_map(self) -> None:
        """Give the map shown another name."""
        from csplanner.ui.map.name_form import NameForm

        if not self._page.map_id:
            return
        session = self._actions.session
        self._open(
            lambda parent, shown: NameForm(
                session, parent, account_id=shown.account_id, map_id=shown.map_id,
                name=shown.map_name,
            )
        )  # fmt: skip

    def remove_map(self) -> None:
        """Remove the map shown; its people stay, on the map of everybody."""
        if self._page.map_id:
            self._write(partial(writing.remove_map, map_id=self._page.map_id))

    def merge_maps(self) -> None:
        """Merge two maps of the account, with what contradicts told before."""
        from csplanner.ui.map.merge_form import MergeMapsForm

        seen, session = self._page.seen, self._actions.session
        if seen is None:
            return
        self._open(
            lambda parent, shown: MergeMapsForm(session, parent, shown=shown, maps=seen.maps)
        )

    # Looking and leaving

    def show_table(self) -> None:
        """Show the map as a table."""
        self._page.view.show_table()

    def export(self) -> None:
        """Ask for a file, and write the map there as a picture, a list or a slide."""
        from csplanner.ui.map.export_form import ask_to_export

        ask_to_export(self._page, self._actions)

    def to_qbr(self) -> None:
        """Choose the map's slide for the review of the account, and show that."""
        from csplanner.ui.map.to_qbr import choose_slide

        choose_slide(self._actions, self._page.account_id)

    def open_menu(self, key: str, point: QPoint) -> None:
        """Open the menu of a card, a line or the ground at a point of the screen."""
        from csplanner.ui.map.card_menu import open_menu

        open_menu(self._page, key, point)
