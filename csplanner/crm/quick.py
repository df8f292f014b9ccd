"""Whole columns of plain cells read at once; what is not plain is left to the readers of cells.

Each function gives what reading cell by cell would give, or None where any cell needs a look.
"""

import re

from csplanner.book.rows import Cell
from csplanner.crm.table import MAX_CELL
from csplanner.crm.values import NULLS

_NULL_WORDS = NULLS - {""}
_LENGTHS_OF_IDS = frozenset((15, 36, 38))
"""Ids of these lengths may be written in another way; one of 18 characters stays as it is."""
_HOST = re.compile(
    r"^(?:https?://)?(?:www\.)?+([a-z0-9](?:[a-z0-9-]*\.)+(?:[a-z0-9-]*[a-z0-9]))/?$", re.MULTILINE
)
_DIGITS = 15


def tidy_text(cells: tuple[str, ...], *, is_id: bool) -> list[Cell] | None:
    """The cells as they are, empty ones as None, where every one is tidy text on one line."""
    joined = "|".join(cells)
    tidy = (
        joined.isascii()
        and joined.isprintable()
        and "  " not in joined
        and "| " not in joined
        and " |" not in joined
        and joined[:1] != " "
        and joined[-1:] != " "
        and _NULL_WORDS.isdisjoint(cells)
        and max(map(len, cells)) <= MAX_CELL
    )
    if not tidy or (
        is_id
        and not (
            "zcrm_" not in joined
            and _LENGTHS_OF_IDS.isdisjoint(map(len, cells))
            and "E+" not in joined
            and "e+" not in joined
        )
    ):
        return None
    return [cell or None for cell in cells] if "" in cells else list(cells)


def plain_hosts(cells: tuple[str, ...]) -> list[Cell] | None:
    """The hosts of lower-case web addresses without path, port or user."""
    joined = "\n".join(cells)
    if not joined.isascii() or joined.count("\n") >= len(cells):
        return None
    hosts: list[Cell] = _HOST.findall(joined)
    return hosts if len(hosts) == len(cells) else None


def plain_thousandths(cells: tuple[str, ...]) -> list[Cell] | None:
    """Whole numbers in plain digits, in thousandths."""
    joined = "".join(cells)
    if not (joined.isascii() and joined.isdigit() and "" not in cells):
        return None
    if max(map(len, cells)) >= _DIGITS:
        return None
    return [int(cell) * 1000 for cell in cells]
