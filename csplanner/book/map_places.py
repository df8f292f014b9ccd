"""Where cards stand on a map and who is parked beside it; further maps of an account."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from csplanner.book.ids import new_id
from csplanner.book.map_keys import End, end_of
from csplanner.domain.account import AccountId
from csplanner.domain.map_record import AccountMap, MapPlace, near
from csplanner.errors import UserError
from csplanner.language import ntr, tr

if TYPE_CHECKING:
    from csplanner.book.book import Book


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a card stands; nowhere in particular lets the layout decide."""

    x: int | None = None
    y: int | None = None
    parked: bool = False


_ANYWHERE, _PARKED = _Spot(), _Spot(parked=True)


class MapPlacing:
    """The verbs that say where cards stand; each is one step of undo."""

    def __init__(self, book: "Book") -> None:
        self._book = book

    def place(self, account_id: str, map_id: str, at: Mapping[str, tuple[int, int]]) -> None:
        """Keep where cards were put, by key; nobody of ours, whose row the layout draws."""
        ends = self._ends(account_id, at)
        count = ntr("Move {0} card", "Move {0} cards", len(ends))
        with self._book.change(_label(tr("Move {0}"), count, ends)):
            self._put(account_id, map_id, {k: (e, _Spot(*near(*at[k]))) for k, e in ends.items()})

    def unplace(self, account_id: str, map_id: str, keys: Iterable[str]) -> None:
        """Let the layout decide again where those cards stand."""
        ends = self._ends(account_id, keys)
        count = ntr("Let the layout place {0} card", "Let the layout place {0} cards", len(ends))
        with self._book.change(_label(tr("Let the layout place {0}"), count, ends)):
            there = self._places(account_id, map_id)
            for end in ends.values():
                place = there.get((end.person_id, end.seat_id))
                if place is not None:
                    self._book.map_places.update(place.id, x=None, y=None)

    def park(self, account_id: str, map_id: str, keys: Iterable[str]) -> None:
        """Take cards off the map; they stand in the list beside it."""
        ends = self._ends(account_id, keys)
        count = ntr("Park {0} card", "Park {0} cards", len(ends))
        with self._book.change(_label(tr("Park {0}"), count, ends)):
            if not map_id:
                self._put(account_id, "", {k: (e, _PARKED) for k, e in ends.items()})
                return
            there = self._places(account_id, map_id)
            for end in ends.values():
                if (end.person_id, end.seat_id) in there:
                    self._book.map_places.remove(there[end.person_id, end.seat_id].id)

    def unpark(self, account_id: str, map_id: str, keys: Iterable[str]) -> None:
        """Put cards on the map, where the layout wants them."""
        ends = self._ends(account_id, keys)
        count = ntr("Put {0} card on the map", "Put {0} cards on the map", len(ends))
        with self._book.change(_label(tr("Put {0} on the map"), count, ends)):
            self._put(account_id, map_id, {k: (e, _ANYWHERE) for k, e in ends.items()})

    def add_map(self, account_id: str, name: str, keys: Iterable[str] = ()) -> AccountMap:
        """A further map of the account with those cards on it; UserError without a name of its
        own.
        """
        self._book.accounts.get(account_id)
        kept = self._book.maps.of(account_id)
        self._need_name(kept, name)
        position = 1 + max((m.position for m in kept), default=-1)
        made = AccountMap(new_id(), AccountId(account_id), name.strip(), position)
        with self._book.change(tr("Add the map {0}").format(made.name)):
            self._book.maps.add(made)
            ends = self._ends(account_id, keys)
            self._put(account_id, made.id, {k: (e, _ANYWHERE) for k, e in ends.items()})
        return made

    def rename_map(self, map_id: str, name: str) -> None:
        """Call a further map otherwise; UserError without a name of its own."""
        found = self._book.maps.get(map_id)
        others = tuple(m for m in self._book.maps.of(found.account_id) if m.id != map_id)
        self._need_name(others, name)
        label = tr("Rename the map {0} to {1}").format(found.name, name.strip())
        self._book.maps.update(map_id, label=label, name=name.strip())

    def remove_map(self, map_id: str) -> None:
        """Remove a further map; its people stay in the account."""
        found = self._book.maps.get(map_id)
        with self._book.change(tr("Remove the map {0}").format(found.name)):
            for place in self._book.map_places.of(found.account_id):
                if place.map_id == map_id:
                    self._book.map_places.remove(place.id)
            self._book.maps.remove(map_id)

    def _need_name(self, others: Iterable[AccountMap], name: str) -> None:
        wanted = name.strip().casefold()
        if not wanted:
            raise UserError(tr("The map needs a name. Type one, such as that of a division."))
        if any(m.name.casefold() == wanted for m in others):
            raise UserError(
                tr("There is already a map called {0}. Choose another name.").format(name.strip())
            )

    def _ends(self, account_id: str, keys: Iterable[str]) -> dict[str, End]:
        found = {key: end_of(self._book, account_id, key) for key in keys}
        return {key: end for key, end in found.items() if not end.is_ours}

    def _places(
        self, account_id: str, map_id: str
    ) -> dict[tuple[str | None, str | None], MapPlace]:
        """What is kept of a map, by the ids of person and seat; UserError for no such map of the
        account.
        """
        if map_id:
            need_of(self._book, account_id, map_id)
        return {
            (p.person_id, p.seat_id): p
            for p in self._book.map_places.of(account_id)
            if (p.map_id or "") == map_id
        }

    def _put(self, account_id: str, map_id: str, wanted: Mapping[str, tuple[End, _Spot]]) -> None:
        there = self._places(account_id, map_id)
        for end, spot in wanted.values():
            place = there.get((end.person_id, end.seat_id))
            if place is not None:
                self._book.map_places.update(place.id, x=spot.x, y=spot.y, parked=spot.parked)
                continue
            made = MapPlace(
                new_id(), AccountId(account_id), map_id or None, end.person_id, end.seat_id,
                spot.x, spot.y, spot.parked,
            )  # fmt: skip
            self._book.map_places.add(made)

    def keep_on_map(self, account_id: str, map_id: str, keys: Iterable[str]) -> None:
        """Have cards on a map: who stands there already stays where they are, who was parked
        stands where the layout wants them.
        """
        ends = self._ends(account_id, keys)
        count = ntr("Put {0} card on the map", "Put {0} cards on the map", len(ends))
        with self._book.change(_label(tr("Put {0} on the map"), count, ends)):
            self._keep_on(account_id, map_id, ends.values())

    def _keep_on(self, account_id: str, map_id: str, ends: Iterable[End]) -> None:
        """Have cards on a map; who stands there already stays where they are."""
        there = self._places(account_id, map_id)
        places = {k: None if p.parked else p for k, p in there.items()}
        missing = [e for e in ends if places.get((e.person_id, e.seat_id)) is None]
        self._put(account_id, map_id, {e.key: (e, _ANYWHERE) for e in missing})


def need_of(book: "Book", account_id: str, map_id: str) -> AccountMap:
    """A further map of the account; UserError where it is gone, or of another account."""
    found = book.maps.get(map_id)
    if found.account_id != account_id:
        raise UserError(tr("That map is of another account. Choose one of this account."))
    return found


def _label(one: str, many: str, ends: Mapping[str, End]) -> str:
    """The step in words: the one card by its name, several by their number."""
    names = [end.name for end in ends.values()]
    return one.format(names[0]) if len(names) == 1 else many
