"""Values of a block of rows, and the staged columns that records of every kind share."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING

from csplanner.book.accounts import fold
from csplanner.book.ids import derived_id, ids_under
from csplanner.book.rows import Cell
from csplanner.crm.currencies import DOLLAR, DOLLARS, UNREADABLE
from csplanner.crm.values import is_damaged_name
from csplanner.domain.money import minor_digits
from csplanner.domain.snapshot import Quarantined

if TYPE_CHECKING:
    from csplanner.crm.ledger import Ledger

Cells = list[Cell]
Staged = tuple[str, dict[str, Cells]]
"""An object and the columns staged for it."""


@dataclass(slots=True)
class Block:
    """A block of rows: their numbers and, per target, their values."""

    file: str
    numbers: list[int]
    values: dict[str, Cells]
    ledger: "Ledger"
    joined: bool = False
    """Whether a row holds several records, so that one may stand in many rows."""
    own: str = ""
    """Of joined rows: the object the file is of."""

    def get(self, key: str) -> Cells:
        """The values of a target; all None when no column has it."""
        return self.values.get(key) or [None] * len(self.numbers)

    def has(self, key: str) -> bool:
        """Whether a column has that target."""
        return key in self.values

    def is_beside(self, object_: str) -> bool:
        """Whether rows of another object's file merely name that one."""
        return self.joined and self.own != object_

    def refuse(self, at: int, reason: str) -> None:
        """Report a row that is not taken in."""
        self.ledger.staging.quarantine([Quarantined(self.file, self.numbers[at], "", "", reason)])


def record_ids(block: Block, object_: str, exts: Cells) -> Cells:
    """The ids records will have in the book, derived from the CRM's."""
    made = ids_under(block.ledger.source, object_)
    return [None if e is None else made(str(e)) for e in exts]


def base_columns(block: Block, object_: str, exts: Cells) -> dict[str, Cells]:
    """Where each record stands, its ids, and whether the CRM marks it as deleted."""
    return {
        "file": [block.file] * len(block.numbers),
        "row": list(block.numbers),
        "ext": exts,
        "id": record_ids(block, object_, exts),
        "gone": [1 if g else 0 for g in block.get(f"{object_}.gone")],
    }


def kept_rows(columns: dict[str, Cells], keep: list[bool]) -> dict[str, Cells]:
    """The columns with only the rows to keep."""
    if all(keep):
        return columns
    return {name: list(compress(cells, keep)) for name, cells in columns.items()}


def in_order(block: Block, starts: Cells, ends: Cells, *, needs_end: bool = False) -> list[bool]:
    """Which rows do not end before they start, or lack the end they need; others are reported."""
    fits = []
    for at, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if end is None:
            if needs_end and not block.joined:
                block.refuse(at, "It has no end date.")
            fits.append(not needs_end)
            continue
        fits.append(start is None or str(start) <= str(end))
        if not fits[-1]:
            block.refuse(at, f"It ends on {end}, before it starts on {start}.")
    return fits


def as_read(block: Block, object_: str, *fields: str) -> dict[str, Cells]:
    """The columns of fields that are stored as they are read, where a column has them."""
    return {f: block.get(f"{object_}.{f}") for f in fields if block.has(f"{object_}.{f}")}


def money_columns(block: Block, object_: str, field: str) -> dict[str, Cells]:
    """Minor units and currency of an amount read in thousandths."""
    if not block.has(f"{object_}.{field}"):
        return {}
    amounts = block.get(f"{object_}.{field}")
    own = block.ledger.currency
    given = block.get(f"{object_}.currency")
    if None in given:
        beside = zip(amounts, given, strict=True)
        given = [c or getattr(a, "currency", own) for a, c in beside]
    currencies = [_told(str(c), own) for c in given]
    if UNREADABLE in currencies or DOLLAR in currencies:
        for at, (amount, currency) in enumerate(zip(amounts, currencies, strict=True)):
            if amount is not None and currency in _NO_CURRENCY:
                block.refuse(at, _NO_CURRENCY[currency])
        amounts = [
            None if c in _NO_CURRENCY else a for a, c in zip(amounts, currencies, strict=True)
        ]
        currencies = [UNREADABLE if c == DOLLAR else c for c in currencies]
    parts = {c: 10 ** (3 - minor_digits(c)) for c in set(currencies)}
    minor: Cells = [
        None if a is None else _minor(int(a), parts[c])
        for a, c in zip(amounts, currencies, strict=True)
    ]
    kept: Cells = [None if a is None else c for a, c in zip(minor, currencies, strict=True)]
    return {field: minor, f"{field}_currency": kept}


_NO_CURRENCY = {
    UNREADABLE: "Its currency cannot be read, so its amount was left out.",
    DOLLAR: "Its amount is in dollars, but not whose: say the currency. It was left out.",
}


def _told(currency: str, own: str) -> str:
    """`$` is the currency in force where that is a dollar."""
    return own if currency == DOLLAR and own in DOLLARS else currency


def _minor(thousandths: int, part: int) -> int:
    return thousandths if part == 1 else round(thousandths / part)


def account_refs(block: Block, object_: str) -> Cells:
    """The CRM's id of each row's account, else its name as an id."""
    ids, names = block.get(f"{object_}.account"), block.get(f"{object_}.account_name")
    if not block.has(f"{object_}.account_name"):
        return ids
    return [i if i is not None else name_key(n) for i, n in zip(ids, names, strict=True)]


def name_key(name: Cell) -> str | None:
    """The key of an account known by its name alone; None for a name that lost its letters."""
    if name is None or is_damaged_name(str(name)):
        return None
    return "name:" + fold(str(name))


def named_accounts(block: Block, object_: str, refs: Cells) -> Iterator[Staged]:
    """Accounts that rows of another object name: one staged row each, marked as weak."""
    # Of joined rows that hold accounts as well, their builder makes them.
    if not block.has(f"{object_}.account_name") or (block.joined and block.has("account.name")):
        return
    seen = block.ledger.weak_seen
    picked = []
    for at, (ref, name) in enumerate(zip(refs, block.get(f"{object_}.account_name"), strict=True)):
        if ref is not None and name is not None and ref not in seen:
            seen.add(str(ref))
            picked.append((at, ref, name))
    exts: Cells = [ref for _, ref, _ in picked]
    yield (
        "account",
        {
            "file": [block.file] * len(picked),
            "row": [block.numbers[at] for at, _, _ in picked],
            "ext": exts,
            "id": record_ids(block, "account", exts),
            "gone": [0] * len(picked),
            "weak": [1] * len(picked),
            "name": [name for _, _, name in picked],
            "name_key": [fold(str(name)) for _, _, name in picked],
        },
    )


def external_ids(block: Block, object_: str, *identity: Cells) -> Cells:
    """The CRM's ids; for rows without one, an id made of what tells them apart.

    `identity` begins with the account. A row that holds several records may hold none of these;
    one that is told apart alike in two such rows is the same.
    """
    ids = block.get(f"{object_}.id")
    if None not in ids:
        return ids
    made: Cells = []
    telling = 1 if block.joined else 0
    for ext, *parts in zip(ids, *identity, strict=True):
        if ext is not None or all(p is None for p in parts[telling:]):
            made.append(ext)
            continue
        key = derived_id(object_, *(str(p) for p in parts))
        if block.joined:
            made.append(f"row:{key}")
            continue
        count = block.ledger.occurrences.get(key, 0)
        block.ledger.occurrences[key] = count + 1
        made.append(f"row:{key}" if not count else f"row:{key}#{count}")
    return made
