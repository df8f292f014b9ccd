"""Which of somebody's seats a judged role is meant for: people have several (methods §5.1)."""

from collections.abc import Mapping

from csplanner.domain.person import CHAMPIONS, Role, Seat

ALSO = "also"
"""Instead of the id of a seat: a further role, beside those they have."""
YESES = frozenset({"has_power", "sells_for_us", "has_interest"})
OF_ROLE = YESES | {"role"}
"""What is said of one role; other judgements are of the person, whatever their roles."""


def seat_meant(seats: tuple[Seat, ...], values: Mapping[str, object], said: str) -> Seat | None:
    """The seat whose role or three yeses are judged; None for a further one.

    `said` is the id of the seat, `ALSO`, or empty: then champion, coach and the three yeses are
    meant for the seat of a champion or coach where there is one, and anything else for the first.
    A role they have already, or none found yet, is never doubled; to have no role found is to
    give one up.
    """
    role = values.get("role")
    same = next((s for s in seats if s.role is role), None)
    if role is Role.MEMBER and not said:
        return next((s for s in seats if s.role is not Role.MEMBER), seats[0])
    if same is not None:
        return same
    if said == ALSO:
        return next((s for s in seats if s.role is Role.MEMBER), None)
    named = next((s for s in seats if s.id == said), None)
    if named is not None:
        return named
    if role in CHAMPIONS or (role is None and YESES & set(values)):
        return next((s for s in seats if s.role in CHAMPIONS), seats[0])
    return seats[0]
