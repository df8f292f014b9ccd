"""Who could take over from somebody who left."""

from collections.abc import Iterable
from datetime import date

from csplanner.domain.person import Person, is_gone

MOST = 3
"""So many are named."""


def heirs(gone: Person, people: Iterable[Person], day: date) -> list[Person]:
    """Who could take over: an acting one, who reported to them, who shared their manager or
    department; at most `MOST`.
    """

    def near(other: Person) -> tuple[bool, bool, bool, str]:
        acting = "acting" in other.title.casefold()
        below = other.reports_to == gone.id
        beside = gone.reports_to is not None and other.reports_to == gone.reports_to
        return (not acting, not below, not beside, other.name)

    there = [p for p in people if p.id != gone.id and not is_gone(p, day)]
    close = [p for p in there if near(p)[:3] != (True, True, True) or _same_part(p, gone)]
    return sorted(close, key=near)[:MOST]


def _same_part(one: Person, other: Person) -> bool:
    return bool(one.department) and one.department == other.department
