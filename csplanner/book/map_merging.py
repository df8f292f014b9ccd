"""Makes one map of two, and one person of two who stand for the same, as one step."""

from typing import TYPE_CHECKING, Any

from csplanner.book.joining import join_people, join_seats
from csplanner.book.map_keys import end_of
from csplanner.book.map_pasting import MapPasting
from csplanner.book.seat_judgements import carry
from csplanner.domain.map_chiefs import chiefs, said
from csplanner.domain.map_merge import (
    FIELDS,
    JUDGED,
    YESES,
    chosen_above,
    gone_wins,
    plan_merge,
)
from csplanner.domain.value import UNKNOWN, Fact
from csplanner.errors import UserError
from csplanner.language import tr

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from csplanner.domain.map_merge import Keep, MergePlan, Twin
    from csplanner.domain.person import Role, Seat


class MapMerging(MapPasting):
    """The verb that merges maps."""

    def plan_merge(
        self,
        account_id: str,
        source: str,
        into: str,
        choices: "Mapping[str, Keep] | None" = None,
    ) -> "MergePlan":
        """What merging the map `source` into `into` (empty: of everybody) would do."""
        low = self._whole(account_id, source)
        into_map = low if source == into else self._whole(account_id, into, without=source)
        return plan_merge(low, into_map, choices)

    def merge_maps(
        self,
        account_id: str,
        source: str,
        into: str,
        choices: "Mapping[str, Keep] | None" = None,
    ) -> "MergePlan":
        """Merge a map into another one and remove it; returns what was done.

        Who stands on both as two becomes one person, with every line, touch and place. Raises
        UserError, naming it, while somebody would report to themselves in a circle.
        """
        plan = self.plan_merge(account_id, source, into, choices)
        if plan.circles:
            raise UserError(
                tr(
                    "The maps say in a circle who reports to whom: {0}. Choose whom they report to."
                ).format(plan.circles[0])
            )
        label = tr("Merge the map {0} into {1}").format(self._named(source), self._named(into))
        with self._book.change(label):
            alias = {t.gone.key: t.kept.key for t in plan.twins}
            for twin in plan.twins:
                self._join(account_id, twin, choices or {}, alias)
            self._keep_on(account_id, into, [end_of(self._book, account_id, k) for k in plan.comes])
            if source and source != into:
                self.remove_map(source)
            ground = self._ground(account_id)
            if said(ground).keys() != chiefs(ground).keys():
                raise UserError(
                    tr("After the merge somebody would report to themselves in a circle. "
                       "Choose whom they report to, then merge again.")
                )  # fmt: skip
        return plan

    def _named(self, map_id: str) -> str:
        return self._book.maps.get(map_id).name if map_id else tr("of everybody")

    def _join(
        self, account_id: str, twin: "Twin", choices: "Mapping[str, Keep]", alias: dict[str, str]
    ) -> None:
        book = self._book
        kept, gone = twin.kept.key[2:], twin.gone.key[2:]
        above = chosen_above(twin, choices)
        for key in (twin.kept.key, twin.gone.key):
            self._let_go(self._ground(account_id), end_of(book, account_id, key))
        for field in FIELDS:
            if gone_wins(twin, field, choices):
                carry(book, "person", kept, gone, field)
        own = {seat.id for seat in self._held(account_id, kept)}
        join_people(book.connection, kept, gone)
        self._one_judgement(account_id, kept, own, {
            field for field in (*JUDGED, *YESES) if gone_wins(twin, field, choices)
        })  # fmt: skip
        above = alias.get(above, above) if above else None
        if above is not None and above != twin.kept.key:
            self.report_to(account_id, twin.kept.key, above)

    def _held(self, account_id: str, person_id: str) -> "tuple[Seat, ...]":
        return self._ground(account_id).held.get(person_id, ())

    def _one_judgement(
        self, account_id: str, kept: str, own: "Collection[str]", taken: "Collection[str]"
    ) -> None:
        """Leave one seat a role, and of each judgement what stands: of the seats of the person's
        `own`, but for those `taken` from the one who goes.
        """
        seats = sorted(self._held(account_id, kept), key=lambda s: s.id not in own)
        first: dict[Role, Seat] = {}
        settled = set()
        for seat in seats:
            stays = first.setdefault(seat.role, seat)
            if stays is not seat:
                settled |= {(stays.id, f) for f in self._join_seat(stays, seat, taken)}
        for seat in first.values():
            lost = [f for f in JUDGED if (f in taken) == (seat.id in own)]
            self._unsay(seat.id, [f for f in lost if (seat.id, f) not in settled])

    def _join_seat(self, stays: "Seat", goes: "Seat", taken: "Collection[str]") -> list[str]:
        """Make one seat of two of a role; returns what it takes of the one that goes."""
        carried = [f for f in (*JUDGED, *YESES) if f in taken and _says(goes, f) is not None]
        for field in carried:
            carry(self._book, "seat", stays.id, goes.id, field)
        empty = {f: getattr(goes, f) for f in ("title", "since") if not getattr(stays, f)}
        missing: dict[str, Any] = {field: value for field, value in empty.items() if value}
        if missing:
            self._book.seats.update(stays.id, **missing)
        join_seats(self._book.connection, stays.id, goes.id)
        return carried

    def _unsay(self, seat_id: str, fields: "Collection[str]") -> None:
        """Take what does not stand out of a seat; nobody judged it anew."""
        seat = self._book.seats.get(seat_id)
        known: dict[str, Any] = {f: UNKNOWN for f in fields if _says(seat, f) is not None}
        if known:
            self._book.seats.update(seat_id, **known)


def _says(seat: "Seat", field: str) -> object:
    value = getattr(seat, field)
    return value.value if isinstance(value, Fact) else value
