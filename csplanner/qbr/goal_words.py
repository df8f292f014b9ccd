"""The figures of a goal as a slide writes them, all with as many decimals as the finest needs."""

from dataclasses import dataclass

from csplanner.qbr.customer_view import CustomerView, Goal
from csplanner.qbr.words import decimals, figure, has_sign, short


@dataclass(frozen=True, slots=True)
class Told:
    """A goal in words: what it is called, where it started, where it is, where it is to be."""

    title: str
    start: str
    now: str
    target: str


def spoken(goal: Goal, view: CustomerView) -> Told:
    """Every figure with its unit, to stand in a sentence or on a bar."""
    return _told(goal, view, goal.title, goal.unit)


def in_columns(goal: Goal, view: CustomerView, limit: int = 90) -> Told:
    """For a table: a unit in words is said once, with the title, and the figures stand alone."""
    title = short(goal.title, limit)
    if not goal.unit or has_sign(goal.unit):
        return _told(goal, view, title, goal.unit)
    return _told(goal, view, f"{title}, in {goal.unit}", "")


def _told(goal: Goal, view: CustomerView, title: str, unit: str) -> Told:
    known = [v for v in (goal.start, goal.now, goal.target) if v is not None]
    digits = decimals(known, 1 if unit in ("%", "percent") else 2)
    start, now, target = (figure(v, unit, digits) for v in (goal.start, goal.now, goal.target))
    if goal.now is None and view.is_past:
        now = "not known then"
    return Told(title, start, now, target)
