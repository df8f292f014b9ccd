"""Refuses whoever would report to themselves on the map, whichever of its records says so."""

from typing import TYPE_CHECKING

from csplanner.domain.map_chiefs import chiefs, circle_above
from csplanner.domain.map_ground import Ground
from csplanner.errors import UserError
from csplanner.language import tr

if TYPE_CHECKING:
    from csplanner.book.book import Book


Ends = tuple[str | None, str | None]


def ground_of(book: "Book", account_id: str) -> Ground:
    """What tells who stands on the map of everybody and who reports to whom."""
    return Ground(book.relation_map.bones(account_id))


def refuse_circle(ground: Ground, child: str, chief: str) -> None:
    """Raise UserError, naming everybody in it, where `chief` reports to `child`; both are keys."""
    above: dict[str, str | None] = {c: a for c, (a, _) in chiefs(ground).items()}
    circle = circle_above(above, child, chief)
    if circle:
        names = [ground.name_of(key) for key in (child, *circle)]
        raise UserError(
            tr("{0} would report to {1} in a circle: {2}. Choose somebody outside it.").format(
                names[0], names[1], " → ".join(names)
            )
        )


def refuse_with_lines(book: "Book", account_id: str, child: Ends, chief: Ends) -> None:
    """The same for a link that a person or a seat is to keep, where lines or seats say more.

    `child` and `chief` are each the id of a person and that of a seat, one of them None.
    """
    says_more = book.connection.execute(
        "select exists (select 1 from tie where account_id = :account and kind = 'reports') "
        "or exists (select 1 from seat where account_id = :account and reports_to is not null)",
        {"account": account_id},
    ).fetchone()[0]
    if not says_more:
        return
    ground = ground_of(book, account_id)
    low, high = ground.end(*child), ground.end(*chief)
    if low is not None and high is not None:
        refuse_circle(ground, low, high)
