"""Who reports to whom, and the other lines of a relationship map: drawn, changed, removed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from csplanner.book.ids import new_id
from csplanner.book.map_circles import ground_of, refuse_circle
from csplanner.book.map_keys import End, end_of
from csplanner.book.map_places import MapPlacing
from csplanner.domain.account import AccountId
from csplanner.domain.map_build import build
from csplanner.domain.map_chiefs import chiefs
from csplanner.domain.map_ground import Ground
from csplanner.domain.map_model import YOU, RelationMap
from csplanner.domain.map_record import LineSaid
from csplanner.domain.tie import Tie, TieKind
from csplanner.domain.value import UNKNOWN, fact
from csplanner.errors import UserError
from csplanner.language import tr

if TYPE_CHECKING:
    from csplanner.book.book import Book

_OURS_FIRST = (TieKind.KNOWS, TieKind.PAIRED)
"""Lines that have no direction: ours comes first."""


class MapLines(MapPlacing):
    """The verbs that draw lines; each is one step of undo."""

    # --- who reports to whom ---

    def report_to(self, account_id: str, child: str, above: str | None) -> None:
        """Let a card report to another one, or to nobody.

        Raises UserError, naming it, for a circle, and for one of ours.
        """
        book = self._book
        low, high = self._card(account_id, child), self._card(account_id, above)
        if low is None:
            return
        ground = self._ground(account_id)
        if high is not None:
            if chiefs(ground).get(low.key, ("", None))[0] == high.key:
                return
            refuse_circle(ground, low.key, high.key)
        label = tr("Let {0} report to {1}") if high else tr("Let {0} report to nobody")
        with book.change(label.format(low.name, high.name if high else "")):
            own = bool(low.person_id and high is not None and high.person_id)
            self._let_go(ground, low, with_own=not own)
            if high is not None:
                self._say_above(ground, low, high)
            self._stay(account_id, ground, (low.key, *chiefs(ground).get(low.key, ())[:1]))

    def _say_above(self, ground: Ground, low: End, high: End) -> None:
        book = self._book
        if low.person_id and high.person_id:
            self._clear_hidden(ground, high)
            book.people.update(low.person_id, reports_to=high.person_id)
            return
        book.ties.add(
            Tie(
                new_id(), AccountId(ground.of.account_id), TieKind.REPORTS, low.person_id,
                high.person_id, low.seat_id, high.seat_id, as_of=book.today,
            )
        )  # fmt: skip

    def _stay(self, account_id: str, was: Ground, keys: Iterable[str | None]) -> None:
        """Keep cards on the map of everybody that stood there by a line which is gone now."""
        there = {was.end(p.person_id, p.seat_id) for p in was.of.places}
        drawn = build(self._book.relation_map.bones(account_id)).by_key()
        alone = [k for k in keys if k and k not in there and k in drawn and drawn[k].parked]
        if alone:
            self._keep_on(account_id, "", [end_of(self._book, account_id, k) for k in alone])

    def _card(self, account_id: str, key: str | None) -> End | None:
        if key is None:
            return None
        found = end_of(self._book, account_id, key)
        if found.is_ours:
            raise UserError(
                tr(
                    "{0} is one of ours and has no place among theirs. Choose one of theirs."
                ).format(found.name)
            )
        return found

    def _ground(self, account_id: str) -> Ground:
        return ground_of(self._book, account_id)

    def _whole(self, account_id: str, map_id: str, *, without: str = "") -> RelationMap:
        """A map whose cards tell their chief also where that one is not on it; as it is once the
        further map `without` is gone.
        """
        above = {key: chief for key, (chief, _) in chiefs(self._ground(account_id)).items()}
        of = self._book.relation_map.material(account_id, map_id=map_id)
        shown = build(replace(of, elsewhere=tuple(p for p in of.elsewhere if p.map_id != without)))
        return replace(shown, cards=tuple(replace(c, above=above.get(c.key)) for c in shown.cards))

    def _let_go(self, ground: Ground, low: End, *, with_own: bool = True) -> None:
        """Clear everything that says whom the card reports to, with or without what the person
        says.
        """
        for tie in ground.of.ties:
            if tie.kind is TieKind.REPORTS and ground.ends(tie)[0] == low.key:
                self._book.ties.remove(tie.id)
        for seat in ground.of.seats:
            if seat.reports_to and ground.end(None, seat.id) == low.key:
                self._book.seats.update(seat.id, reports_to=None)
        if with_own and low.person is not None and low.person.reports_to:
            self._book.people.update(low.person.id, reports_to=None)

    def _clear_hidden(self, ground: Ground, high: End) -> None:
        """Clear what people above say of their chief and a seat or a line says otherwise, so that
        nothing hidden can close a circle.
        """
        chief = chiefs(ground)
        at, seen = high.person, set[str]()
        while at is not None and at.reports_to is not None and at.id not in seen:
            seen.add(at.id)
            shown = chief.get(f"p:{at.id}", (None, None))[0]
            if shown != f"p:{at.reports_to}":
                self._book.people.update(at.id, reports_to=None)
                return
            at = ground.people.get(at.reports_to)

    # --- other lines ---

    def connect(
        self, account_id: str, kind: TieKind, start: str, end: str, *, said: LineSaid | None = None
    ) -> str:
        """Draw a line, or say anew of the one there is; returns the id of what is kept.

        REPORTS is kept where it belongs and returns an empty id. Raises UserError where such a
        line makes no sense between those two.
        """
        if kind is TieKind.REPORTS:
            self.report_to(account_id, start, end)
            return ""
        book = self._book
        need_past(book, said.on if said else None)
        names = [tr("you") if k == YOU else end_of(book, account_id, k).name for k in (start, end)]
        with book.change(tr("Draw a line from {0} to {1}").format(*names)):
            ends = [end_of(book, account_id, key, make=True) for key in (start, end)]
            low, high = _in_order(kind, *ends)
            _need_sense(kind, low, high)
            there = self._line(account_id, kind, low, high)
            if there is None:
                there = Tie(
                    new_id(), AccountId(account_id), kind, low.person_id, high.person_id,
                    low.seat_id, high.seat_id, as_of=book.today,
                )  # fmt: skip
                book.ties.add(said_of(there, said or LineSaid(), book.today))
            else:
                self.restate(there.id, kind, said or LineSaid())
        return there.id

    def restate(self, tie_id: str, kind: TieKind, said: LineSaid) -> None:
        """Say anew what a line says, in all its words."""
        was = self._book.ties.get(tie_id)
        becomes = said_of(was, said, self._book.today)
        fields: dict[str, object] = {
            name: getattr(becomes, name)
            for name in ("strength", "evidence", "as_of", "label", "weight", "due", "ours_did",
                         "they_asked")
        }  # fmt: skip
        fields["kind"] = kind
        self._book.ties.write(tie_id, fields, label=tr("Change a line"))

    def disconnect(self, account_id: str, line_key: str) -> None:
        """Remove a line by its key on the map; UserError for contact, which the touch log tells."""
        book, ground = self._book, self._ground(account_id)
        lines = book.relation_map.read(account_id).lines
        line = next((x for x in lines if x.key == line_key), None)
        if line_key.startswith("r:"):
            self.report_to(account_id, line_key[2:], None)
            return
        kept = line.tie_id if line is not None else None
        if kept is not None or line_key.startswith("t:"):
            tie = book.ties.get(kept or line_key[2:])
            ends = [end_of(book, account_id, key) for key in ground.ends(tie) if key]
            label = tr("Remove a line of {0}").format(ends[0].name if ends else tr("nobody"))
            with book.change(label):
                book.ties.remove(tie.id)
                self._stay(account_id, ground, [end.key for end in ends])
            return
        if line is not None and line_key.startswith("e:"):
            book.people.update(line.start[2:], label=tr("Remove a planned pair"), sponsor_of=None)
            return
        raise UserError(
            tr("That line is contact from the touch log. Remove the touch, or park the card.")
        )

    def _line(self, account_id: str, kind: TieKind, low: End, high: End) -> Tie | None:
        ground = self._ground(account_id)
        wanted = (low.key, high.key)
        for tie in ground.of.ties:
            ends = ground.ends(tie)
            if tie.kind is kind and (
                ends == wanted or (kind in _OURS_FIRST and ends[::-1] == wanted)
            ):
                return tie
        return None


def said_of(tie: Tie, said: LineSaid, today: date) -> Tie:
    """The line with everything that is said of it, as of the day it was said."""
    return replace(
        tie,
        strength=UNKNOWN if said.strength is None else fact(said.strength),
        evidence=said.evidence,
        as_of=said.on or today,
        label=said.label,
        weight=said.weight,
        due=said.due,
        ours_did=said.ours_did,
        they_asked=said.they_asked,
    )


def need_past(book: "Book", day: date | None) -> None:
    """Raise UserError for a day that has not come: what is said of it would never fade."""
    if day is not None and day > max(book.today, book.as_of()):
        raise UserError(tr("{0} has not come yet. Choose the day it was said.").format(day))


def _in_order(kind: TieKind, start: End, end: End) -> tuple[End, End]:
    if kind in _OURS_FIRST and _rank(start) > _rank(end):
        return end, start
    return start, end


def _rank(end: End) -> int:
    return 0 if end.is_ours else 1 if end.is_outsider else 2


def _need_sense(kind: TieKind, low: End, high: End) -> None:
    if low.key == high.key:
        raise UserError(
            tr("A line needs two ends. Draw it from {0} to somebody else.").format(low.name)
        )
    ranks = (_rank(low), _rank(high))
    if kind is TieKind.PAIRED and ranks != (0, 2):
        raise UserError(
            tr("A planned pair is one of ours and one of theirs. Draw it between two such cards.")
        )
    if kind is TieKind.KNOWS and ranks not in ((0, 2), (1, 2)):
        raise UserError(
            tr(
                "Who knows whom is drawn from one of ours, or an outsider, to one of theirs. "
                "Between two of theirs draw influence."
            )
        )
    if kind in (TieKind.INFLUENCES, TieKind.DOUBTS) and low.is_ours + high.is_ours:
        raise UserError(
            tr("Influence and doubt are drawn between two of theirs. Choose two such cards.")
        )
