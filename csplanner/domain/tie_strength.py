"""How strong the tie between one of ours and one of theirs is, of the touch log (methods §5.3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from csplanner.domain.index import is_two_way
from csplanner.domain.map_model import Line, TieState
from csplanner.domain.person import Level
from csplanner.domain.touch import Channel, Touch

WINDOW_DAYS = 90
"""Contacts of so many days say how often, and how mutual."""
LIVE_FROM, COOLING_FROM = 60, 30
DIVERGES_FROM = 30
"""Points between what you said and what the log says, above which the two are held apart."""


@dataclass(frozen=True, slots=True)
class Clock:
    """How fast contact with people of a level goes stale, and how much of it is expected."""

    half_life: int
    """Days in which recency halves."""
    expected: int
    """Two-way contacts in 90 days."""


CLOCKS: Mapping[Level, Clock] = MappingProxyType(
    {
        Level.USER: Clock(30, 3),
        Level.MANAGER: Clock(45, 3),
        Level.DIRECTOR: Clock(60, 2),
        Level.EXEC: Clock(90, 1),
        Level.UNKNOWN: Clock(45, 3),
    }
)
"""By level; somebody whose level is not known counts as a manager."""


@dataclass(slots=True)
class Contact:
    """What the touch log says of a pair, or of one person and all of ours."""

    last: date | None = None
    """Newest two-way contact."""
    two_way: int = 0
    """In the last 90 days."""
    all: int = 0
    """In the last 90 days; a campaign that nobody answered is no contact."""

    def add(self, touch: Touch, day: date) -> None:
        """Count one touch, dated up to `day`."""
        mutual = is_two_way(touch)
        if mutual and (self.last is None or self.last < touch.on):
            self.last = touch.on
        if (day - touch.on).days <= WINDOW_DAYS and (
            mutual or touch.channel is not Channel.CAMPAIGN
        ):
            self.all += 1
            self.two_way += mutual


def strength(contact: Contact, level: Level, day: date) -> int | None:
    """0 to 100: half recency, three tenths frequency, two tenths mutual share; None when there
    never was a two-way contact.
    """
    if contact.last is None:
        return None
    clock = CLOCKS[level]
    recency = 0.5 ** ((day - contact.last).days / clock.half_life)
    often = min(1.0, contact.two_way / clock.expected)
    mutual = contact.two_way / contact.all if contact.all else 0.0
    return _rounded(100 * (0.5 * recency + 0.3 * often + 0.2 * mutual))


def stated_now(stated: int, on: date | None, level: Level, day: date) -> int:
    """What is left on `day` of a strength you stated on `on` where no contact tells more; one
    without a day stands as stated.
    """
    if on is None or on >= day:
        return stated
    return _rounded(stated * 0.5 ** ((day - on).days / CLOCKS[level].half_life))


def state_of(strength: int | None) -> TieState:
    """How alive a tie of that strength is."""
    if strength is None:
        return TieState.NONE
    if strength >= LIVE_FROM:
        return TieState.LIVE
    return TieState.COOLING if strength >= COOLING_FROM else TieState.COLD


def diverges(line: Line) -> bool:
    """Whether what you said of a tie and what the touch log says lie far apart."""
    if line.stated is None or line.strength is None or line.last is None:
        return False
    return abs(line.stated - line.strength) > DIVERGES_FROM


def contacts(
    touches: Iterable[Touch], ours: frozenset[str], theirs: frozenset[str], you: str, day: date
) -> dict[tuple[str, str], Contact]:
    """What passed between each of `ours` and each of `theirs`, by both ids.

    A touch that names nobody of ours is yours (`you`); one that names some belongs to those.
    """
    found: dict[tuple[str, str], Contact] = {}
    for touch in touches:
        if touch.on > day:
            continue
        named = [p for p in touch.person_ids if p in ours] or [you]
        for them in touch.person_ids:
            if them in theirs:
                for us in named:
                    found.setdefault((us, them), Contact()).add(touch, day)
    return found


def met(touches: Iterable[Touch], theirs: frozenset[str], day: date) -> dict[str, Contact]:
    """What passed between all of ours and each of `theirs`, by id."""
    found: dict[str, Contact] = {}
    for touch in touches:
        if touch.on <= day:
            for them in theirs.intersection(touch.person_ids):
                found.setdefault(them, Contact()).add(touch, day)
    return found


def _rounded(value: float) -> int:
    return int(value + 0.5)
