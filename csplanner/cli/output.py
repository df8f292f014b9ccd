"""Printing: one JSON document, or aligned text; unknown is said as unknown."""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum

from csplanner.domain.money import Money, minor_digits
from csplanner.domain.value import Fact

_WIDEST = 120


def plain(value: object) -> object:
    """`value` as JSON takes it: records as objects, dates ISO, unknown null, money minor."""
    if isinstance(value, Fact):
        return plain(value.value)
    if isinstance(value, Money):
        return {"minor": value.minor, "currency": value.currency}
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(plain(k)): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(v) for v in value]
    return value


def print_json(document: dict[str, object]) -> None:
    """Print one JSON document and nothing else."""
    readable = "utf" in (sys.stdout.encoding or "").lower()
    print(json.dumps(plain(document), ensure_ascii=not readable, indent=2))


def print_table(heads: Sequence[str], rows: Iterable[Sequence[str]], right: str = "") -> None:
    """Print rows under their heads; `right` marks right-aligned columns with `r`, as in `lrl`."""
    listed = [[_short(one_line(cell)) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(heads, *listed, strict=True)]

    def line(cells: Sequence[str]) -> str:
        made = [
            c.rjust(w) if right[i : i + 1] == "r" else c.ljust(w)
            for i, (c, w) in enumerate(zip(cells, widths, strict=True))
        ]
        return "  ".join(made).rstrip()

    print(line(heads))
    for row in listed:
        print(line(row))


def _short(text: str) -> str:
    """At most as much of a cell as a line can bear."""
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


def one_line(text: str) -> str:
    """`text` without control characters, so that no name can move the cursor or add lines."""
    return "".join(c if c.isprintable() else " " for c in text)


def money(amount: Money | None) -> str:
    """`412,000 USD`, or a dash for unknown."""
    if amount is None:
        return "—"
    digits = minor_digits(amount.currency)
    return f"{amount.minor / 10**digits:,.0f} {amount.currency}"


def number(value: int | None, *, signed: bool = False) -> str:
    """The number with a true minus, or a dash for unknown."""
    if value is None:
        return "—"
    return (f"{value:+d}" if signed else str(value)).replace("-", "−")


def day(value: date | None) -> str:
    """The ISO date, or a dash for unknown."""
    return value.isoformat() if value else "—"


def refuse(sentence: str) -> int:
    """Say on stderr why not and what to do; returns exit code 1."""
    print(one_line(sentence), file=sys.stderr)
    return 1
