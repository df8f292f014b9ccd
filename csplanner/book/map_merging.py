"""Makes one map of two, and one person of two who stand for the same, as one step."""

from typing import TYPE_CHECKING, Any

from csplanner.book.joining import join_people, join_seats
from csplanner.book.map_keys import end_of
from csplanner.book.map_pasting import MapPasting
from csplanner.domain.map_chiefs import chiefs, said
from csplanner.domain.value import fact
from csplanner.errors import UserError
from csplanner.language import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

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
        from csplanner.domain.map_merge import plan_merge

        read = self._book.relation_map.read
        low = read(account_id, map_id=source)
        return plan_merge(low, low if source == into else read(account_id, map_id=into), choices)

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
        from csplanner.domain.map_merge import chosen_above

        book = self._book
        kept, gone = twin.kept.key[2:], twin.gone.key[2:]
        above = chosen_above(twin, choices)
        for key in (twin.kept.key, twin.gone.key):
            self._let_go(self._ground(account_id), end_of(book, account_id, key))
        self._take_fields(twin, choices)
        join_people(book.connection, kept, gone)
        self._one_seat_a_role(account_id, kept)
        above = alias.get(above, above) if above else None
        if above is not None and above != twin.kept.key:
            self.report_to(account_id, twin.kept.key, above)

    def _take_fields(self, twin: "Twin", choices: "Mapping[str, Keep]") -> None:
        from csplanner.domain.map_merge import FIELDS, JUDGED, Keep, conflict_key, value_of

        taken: dict[str, Any] = {}
        for field in (*FIELDS, *JUDGED):
            into, gone = value_of(twin.kept, field), value_of(twin.gone, field)
            wins = into is None or choices.get(conflict_key(twin, field)) is Keep.FROM
            if gone is not None and wins:
                taken[field] = gone
        own = {f: v for f, v in taken.items() if f in FIELDS}
        if own:
            self._book.people.update(twin.kept.key[2:], **own)
        facts: dict[str, Any] = {f: fact(v) for f, v in taken.items() if f in JUDGED}
        seats = twin.kept.seats or twin.gone.seats
        if facts and seats:
            self._book.seats.update(seats[0].id, **facts)

    def _one_seat_a_role(self, account_id: str, kept: str) -> None:
        """Remove a seat of a role that the person now holds twice; the first with a title stays."""
        found: dict[Role, Seat] = {}
        for seat in self._ground(account_id).held.get(kept, ()):
            first = found.setdefault(seat.role, seat)
            if first is not seat:
                for field in ("influence", "mood"):
                    value = getattr(seat, field)
                    if getattr(first, field).value is None and value.value is not None:
                        fields: dict[str, Any] = {field: value}
                        self._book.seats.update(first.id, **fields)
                join_seats(self._book.connection, first.id, seat.id)
