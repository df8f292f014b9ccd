"""Loyal or stuck: whether they want us, and how free they are to leave (methods §16.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from csplanner.domain.index import FileIndex
from csplanner.domain.journey import CHOOSE_AGAIN
from csplanner.domain.measures import LOYALTY_ITEMS
from csplanner.domain.person import Role, is_gone
from csplanner.domain.rating import Rating, Respondent


class Bond(StrEnum):
    """What keeps a customer."""

    LOYAL = "loyal"
    LOCKED = "locked"
    """Loyal, and locked in besides."""
    STUCK = "stuck"
    LEAVING = "leaving"
    UNDECIDED = "undecided"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Loyalty:
    """The answer (0 to 10, None when nobody was asked), want and freedom (0 to 100), the bond."""

    asked: Rating | None
    want: float | None
    freedom: float | None
    bond: Bond

    @property
    def answer(self) -> int | None:
        """What they answered, 0 to 10."""
        return None if self.asked is None else self.asked.value.value


def loyalty(index: FileIndex, ratings: Sequence[Rating]) -> Loyalty:
    """Want is the mean of their answer and the sponsor's mood; freedom is what the answers on
    what holds them leave. Without an answer of theirs nothing is concluded.
    """
    asked = newest_answer(index, ratings)
    want = _want(index, asked)
    held = [m for item in LOYALTY_ITEMS if (m := index.newest(item)) is not None]
    freedom = None
    if held:
        freedom = 100 - sum((m.value.value or 0) / 40 for m in held) / len(held)
    return Loyalty(asked, want, freedom, _bond(want, freedom, is_asked=asked is not None))


def newest_answer(index: FileIndex, ratings: Sequence[Rating]) -> Rating | None:
    """The newest answer of somebody senior, else the newest."""
    known = [
        r for r in ratings
        if r.touchpoint == CHOOSE_AGAIN and r.on <= index.as_of and r.value.is_known
    ]  # fmt: skip
    senior = [r for r in known if r.level is Respondent.SENIOR]
    return (senior or known)[-1] if known else None


def _want(index: FileIndex, asked: Rating | None) -> float | None:
    parts: list[float] = []
    if asked is not None and asked.value.value is not None:
        parts.append(asked.value.value * 10)
    for seat in index.file.seats:
        person = index.people.get(seat.person_id or "")
        if seat.role is not Role.SPONSOR or seat.mood.value is None:
            continue
        if person is not None and not is_gone(person, index.as_of):
            parts.append((seat.mood.value + 2) * 25)
    return sum(parts) / len(parts) if parts else None


def _bond(want: float | None, freedom: float | None, *, is_asked: bool) -> Bond:
    if not is_asked or want is None or freedom is None:
        return Bond.UNKNOWN
    if want >= 70:
        return Bond.LOYAL if freedom >= 50 else Bond.LOCKED
    if want < 50:
        return Bond.LEAVING if freedom >= 50 else Bond.STUCK
    return Bond.UNDECIDED
