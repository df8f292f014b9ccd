"""Where a goal stands against the time that has passed (methods §12.1)."""

from datetime import date
from enum import StrEnum

from csplanner.qbr.customer_view import Goal

OLD_AFTER_DAYS = 60
"""A figure older than this says nothing about where the goal stands today."""
_ON_COURSE, _BEHIND = 0.10, 0.30


class Pace(StrEnum):
    """Where a goal stands; the value is the word shown."""

    REACHED = "Reached"
    ON_COURSE = "On course"
    BEHIND = "Behind"
    OFF_COURSE = "Off course"
    UNDER_WAY = "Under way"
    """Measured, but without the dates that say how far it should be."""
    OLD_FIGURE = "Old figure"
    NO_FIGURE = "No figure yet"
    TO_CONFIRM = "To confirm"


MISSED = frozenset({Pace.BEHIND, Pace.OFF_COURSE})
UNMEASURED = frozenset({Pace.OLD_FIGURE, Pace.NO_FIGURE})


def way(goal: Goal) -> float | None:
    """Share of the way from start to target (below 0 and above 1 where it is so)."""
    if goal.start is None or goal.now is None or goal.target is None:
        return None
    if goal.target == goal.start:
        return 1.0 if goal.now == goal.target else None
    return (goal.now - goal.start) / (goal.target - goal.start)


def expected(goal: Goal, as_of: date) -> float | None:
    """Share of the time between agreement and due date that has passed, 0 to 1."""
    if goal.agreed_on is None or goal.due is None or goal.due <= goal.agreed_on:
        return None
    passed = (as_of - goal.agreed_on).days / (goal.due - goal.agreed_on).days
    return max(0.0, min(1.0, passed))


def is_old(goal: Goal, as_of: date) -> bool:
    """Whether the newest figure is more than 60 days old."""
    return goal.now_on is not None and (as_of - goal.now_on).days > OLD_AFTER_DAYS


def pace(goal: Goal, as_of: date) -> Pace:
    """Reached at 1, on course within 0.10 of the time passed, behind within 0.30, else off."""
    if not goal.is_agreed:
        return Pace.TO_CONFIRM
    if goal.is_reached:
        return Pace.REACHED
    share = way(goal)
    if share is None or goal.now_on is None:
        return Pace.NO_FIGURE if goal.now is None else Pace.UNDER_WAY
    if is_old(goal, as_of):
        return Pace.OLD_FIGURE
    if share >= 1:
        return Pace.REACHED
    wanted = expected(goal, as_of)
    if wanted is None:
        return Pace.UNDER_WAY
    if share >= wanted - _ON_COURSE:
        return Pace.ON_COURSE
    return Pace.BEHIND if share >= wanted - _BEHIND else Pace.OFF_COURSE
