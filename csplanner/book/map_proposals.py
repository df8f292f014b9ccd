"""Proposed changes of maps: read from what snapshots brought, done or refused in one step."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from csplanner.book.ids import new_id
from csplanner.domain.account import AccountId
from csplanner.domain.evidence import Evidence, EvidenceKind
from csplanner.domain.map_proposals import (
    Answer,
    Choice,
    Happened,
    Proposal,
    proposals,
)
from csplanner.domain.map_record import MapVerdict
from csplanner.domain.news import NewsKind, Told
from csplanner.domain.person import PersonStatus, Role, Seat
from csplanner.errors import UserError
from csplanner.language import tr

if TYPE_CHECKING:
    from csplanner.book.book import Book


class MapProposals:
    """What the maps of a book could take over, account by account."""

    def __init__(self, book: "Book") -> None:
        self._book = book

    def of(self, account_id: str) -> tuple[Proposal, ...]:
        """What is proposed for the map of an account, and was not answered yet."""
        book, told = self._book, self._book.news.of_account(account_id)
        return proposals(
            Happened(
                book.people.of(account_id),
                book.seats.of(account_id),
                tuple(t.news for t in told),
                book.map_answers.of(account_id),
                book.as_of(),
                {t.news.text("other"): t.other for t in told if t.other},
                self._standing(account_id, told),
            )
        )

    def _standing(self, account_id: str, told: Iterable[Told]) -> frozenset[str]:
        """The people who stand on the map, where somebody new may be among them."""
        if all(t.news.kind is not NewsKind.JOINED for t in told):
            return frozenset()
        placed = self._book.relation_map.read(account_id).placed()
        return frozenset(c.person.id for c in placed if c.person is not None)

    def take(self, account_id: str, proposal: Proposal, choice: Choice) -> None:
        """Do what the choice says and remember it, as one step that can be undone.

        Raises UserError when it can no longer be done, such as a person who is gone by now, or
        was answered meanwhile.
        """
        self._need_open(account_id, proposal)
        label = tr("Answer: {0} {1}").format(proposal.headline, choice.words)
        with self._book.change(label):
            self._do(AccountId(account_id), proposal, choice)
            self._book.map_edit.answer(account_id, proposal.key, MapVerdict.TAKEN)

    def refuse(self, account_id: str, proposal: Proposal) -> None:
        """Leave the map as it is; the same is not proposed again.

        Raises UserError where it was answered meanwhile.
        """
        self._need_open(account_id, proposal)
        with self._book.change(tr("Leave the map as it is: {0}").format(proposal.name)):
            self._book.map_edit.answer(account_id, proposal.key, MapVerdict.REFUSED)

    def _need_open(self, account_id: str, proposal: Proposal) -> None:
        if proposal.key not in [each.key for each in self.of(account_id)]:
            words = tr("It was answered already: {0} The map shows how it is now.")
            raise UserError(words.format(proposal.headline))

    def _do(self, account_id: AccountId, proposal: Proposal, choice: Choice) -> None:
        book, person = self._book, proposal.person_id
        match choice.answer:
            case Answer.KEEP_OPEN:
                # Who left stays named in the seat, which is vacant all the same.
                pass
            case Answer.CLOSE:
                book.seats.remove(choice.seat_id)
            case Answer.GIVE:
                book.seats.fill(choice.seat_id, choice.person_id)
            case Answer.FILL:
                book.seats.fill(choice.seat_id, person)
            case Answer.STEP_DOWN:
                book.seats.vacate(choice.seat_id, on=proposal.on, why=tr("another title"))
                self._bring(account_id, person)
            case Answer.ADD:
                self._bring(account_id, person)
            case Answer.MARK_LEFT:
                said = Evidence(EvidenceKind.OBSERVED, on=proposal.on)
                book.people.update(
                    person, on_evidence=said, status=PersonStatus.LEFT, left_on=proposal.on
                )
            case Answer.STILL_THERE:
                book.people.update(
                    person, on_evidence=Evidence(EvidenceKind.TOLD), status=PersonStatus.ACTIVE
                )

    def _bring(self, account_id: AccountId, person_id: str) -> None:
        """A seat without a role, for who has none."""
        if all(s.person_id != person_id for s in self._book.seats.of(account_id)):
            self._book.seats.add(Seat(new_id(), account_id, Role.MEMBER, person_id))
