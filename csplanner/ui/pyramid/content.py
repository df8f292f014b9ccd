"""Reads what the pyramid page shows in one go: tiers, shelf, hours, points and costly accounts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from csplanner.book.book import Book
from csplanner.book.overview import Totals
from csplanner.domain.account import Tier
from csplanner.domain.filters import Condition, View
from csplanner.domain.overview import Overview
from csplanner.paint.pyramid_hours import BookHours
from csplanner.paint.scatter import Cuts, Point
from csplanner.ui.pyramid.moves import Move
from csplanner.ui.pyramid.points import (
    Costly,
    costly_of,
    cuts_of,
    is_costly,
    points_of,
    scatter_note,
)
from csplanner.ui.pyramid.rows import (
    Hours,
    TierContent,
    book_hours,
    figures,
    first_of,
    short_names,
    token_of,
)

PLACED = View((Condition("tier", "is not", "not placed"),), sort="arr", descending=True)
OVERRIDES = View((Condition("override", "is", "yes"),), sort="arr", descending=True)
_LOOKED_AT = 2000
"""The scatter and the list beside it look at so many placed accounts, the largest ones."""


@dataclass(frozen=True)
class Content:
    """Everything the page shows of the book, moves of a what-if applied to the tokens."""

    tiers: tuple[TierContent, ...]
    shelf: TierContent
    hours: BookHours
    totals: Totals
    placed: int
    differ: int
    points: Sequence[Point]
    cuts: Cuts
    note: str
    costly: Sequence[Costly]
    costly_lines: Sequence[Overview]
    shorts: Mapping[str, str]
    """Short names of the accounts with a token."""


def tier_view(tier: Tier | None) -> View:
    """The accounts of a tier, the largest first."""
    value = "not placed" if tier is None else tier.value
    return View((Condition("tier", "is", value),), sort="arr", descending=True)


def read_content(book: Book, moves: Mapping[str, Move]) -> Content:
    """Ask the book; `moves` by account id are shown as if they were made."""
    totals, by_tier = book.overview.tally_by_tier()
    settings = book.settings
    lines = {tier: _first_lines(book, tier, by_tier[tier].accounts) for tier in (*Tier, None)}
    shown = [line for group in lines.values() for line in group]
    shown += [m.line for key, m in moves.items() if key not in {o.account_id for o in shown}]
    names = short_names([line.name for line in shown])
    shorts: dict[str, str] = {
        line.account_id: short for line, short in zip(shown, names, strict=True)
    }
    hours = Hours(settings.hours_per)
    tiers = tuple(
        _tier(tier, lines[tier], moves, by_tier=by_tier, shorts=shorts, hours=hours)
        for tier in Tier
    )
    shelf = _tier(None, lines[None], moves, by_tier=by_tier, shorts=shorts, hours=hours)
    ids = book.overview.ids(PLACED)
    looked_at = [
        line for at in range(0, min(len(ids), _LOOKED_AT), 500)
        for line in book.overview.rows(ids[at : at + 500])
    ]  # fmt: skip
    points = points_of(looked_at)
    planned = totals.hours_promised + sum(m.hours for m in moves.values()) if moves else None
    return Content(
        tiers,
        shelf,
        book_hours(by_tier, settings, planned=planned),
        totals,
        len(ids),
        book.overview.count(OVERRIDES),
        points,
        cuts_of(settings),
        scatter_note(len(ids), len(looked_at), len(points)),
        costly_of(looked_at, settings, book.as_of()),
        [line for line in looked_at if is_costly(line)],
        shorts,
    )


def _first_lines(book: Book, tier: Tier | None, count: int) -> list[Overview]:
    if not count:
        return []
    ids = book.overview.ids(tier_view(tier))
    return book.overview.rows(ids[: first_of(len(ids))])


def _tier(
    tier: Tier | None,
    lines: Sequence[Overview],
    moves: Mapping[str, Move],
    *,
    by_tier: Mapping[Tier | None, Totals],
    shorts: Mapping[str, str],
    hours: Hours,
) -> TierContent:
    """A tier with the accounts that leave and enter it in a what-if."""
    staying = [line for line in lines if line.account_id not in moves]
    entering = [m for m in moves.values() if m.tier is tier]
    tokens = [token_of(line, shorts[line.account_id]) for line in staying]
    tokens += [
        token_of(replace(m.line, tier=m.tier), shorts[m.account_id], planned=True) for m in entering
    ]
    totals = by_tier[tier]
    leaving = sum(m.line.tier is tier for m in moves.values())
    planned = None
    if moves and tier is not None:
        planned = totals.hours_promised
        for move in moves.values():
            planned -= move.line.hours_promised if move.line.tier is tier else 0
            planned += move.line.hours_promised + move.hours if move.tier is tier else 0
    more = totals.accounts - leaving - len(staying)
    shown = None if tier is None else figures(totals, hours, planned=planned)
    count = totals.accounts - leaving + len(entering)
    return TierContent(tier, tuple(tokens), max(0, more), shown, count)
