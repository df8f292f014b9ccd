"""Every verb of the map: gestures, menus, keys and the panel beside it all end here."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from csplanner.domain.evidence import Evidence, EvidenceKind
from csplanner.domain.map_model import RelationMap, Standing
from csplanner.domain.map_proposals import Choice, Proposal
from csplanner.domain.person import Role
from csplanner.language import tr
from csplanner.ui.map import writing
from csplanner.ui.map.drawing_verbs import DrawingVerbs
from csplanner.ui.map.judged import value_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from csplanner.ui.actions.form import Form


class MapVerbs(DrawingVerbs):
    """Everything that can be done with a map; each change is one step that can be undone."""

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

    def paste_copied(self) -> None:
        """Paste what was copied, where it looks like a list of people."""
        from csplanner.ui.map.paste_form import copied_list

        if copied_list():
            self.paste()
        else:
            self._actions.refuse(tr("What was copied is no list of names. Copy one, then paste."))

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
        evidence = Evidence(EvidenceKind.OBSERVED)
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
        """Show the review of the account with the slide of who works with whom in it."""
        self._page.navigate.emit("qbr", (self._page.account_id, "map"))

    def open_menu(self, key: str, point: QPoint) -> None:
        """Open the menu of a card, a line or the ground at a point of the screen."""
        from csplanner.ui.map.card_menu import open_menu

        open_menu(self._page, key, point)
