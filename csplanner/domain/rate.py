"""Dated exchange rates: amounts of two currencies meet only by one of these.

Arithmetic is exact; one rounding, half to even, to the minor unit of the target currency.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from csplanner.domain.money import Money, minor_digits, totals

MILLION = 1_000_000
_TYPED = re.compile(r"([0-9]{1,7})(?:[.,]([0-9]{1,6}))?")
_MOST = 1_000_000 * MILLION


@dataclass(frozen=True, slots=True)
class Rate:
    """One unit of `from_currency` is `millionths` / 1,000,000 of `to_currency` from day `on`."""

    from_currency: str
    to_currency: str
    on: date
    millionths: int
    source: str = ""
    id: str = ""

    def __post_init__(self) -> None:
        if self.millionths <= 0 or self.from_currency == self.to_currency:
            raise ValueError("a rate is above zero and between two currencies")

    @property
    def text(self) -> str:
        """The rate in full as `read_rate` reads it: `1.08`."""
        whole, rest = divmod(self.millionths, MILLION)
        return f"{whole}.{rest:06d}".rstrip("0").rstrip(".")


def read_rate(text: str) -> int:
    """Millionths of a rate typed as `1.08` or `1,08`; ValueError for what is none."""
    match = _TYPED.fullmatch(text.strip())
    found = int(match[1]) * MILLION + int((match[2] or "").ljust(6, "0")) if match else 0
    if not 0 < found <= _MOST:
        raise ValueError(text)
    return found


class Rates:
    """The rates of a book; `book_currency` is the one that two others may be crossed by."""

    def __init__(self, rates: Iterable[Rate], book_currency: str) -> None:
        self._book_currency = book_currency
        self._days: dict[tuple[str, str], list[date]] = {}
        self._values: dict[tuple[str, str], list[int]] = {}
        for rate in sorted(rates, key=lambda r: r.on):
            pair = (rate.from_currency, rate.to_currency)
            self._days.setdefault(pair, []).append(rate.on)
            self._values.setdefault(pair, []).append(rate.millionths)

    def convert(self, money: Money, to: str, on: date) -> Money | None:
        """`money` in the currency `to` by the rates of that day; None where there is none.

        The newest rate on or before the day counts; the opposite rate only where there is no
        other; two rates through the book's currency only where neither is there.
        """
        used = self.used(money.currency, to, on)
        if used is None:
            return None
        factor = used[0]
        scale = Fraction(10) ** (minor_digits(to) - minor_digits(money.currency))
        return Money(round(money.minor * factor * scale), to)

    def total(self, amounts: Iterable[Money], to: str, on: date) -> tuple[Money, tuple[Money, ...]]:
        """The sum in `to` of all that has a rate, and apart from it a sum for each currency that
        has none, largest first. Each currency is summed before it is converted.
        """
        summed, apart = Money(0, to), []
        for amount in totals(amounts):
            converted = self.convert(amount, to, on)
            if converted is None:
                apart.append(amount)
            else:
                summed += converted
        return summed, tuple(apart)

    def used(self, source: str, to: str, on: date) -> tuple[Fraction, date] | None:
        """What one unit of `source` is in `to` on that day, and the day of the rate (the older
        one of two); None where there is none.
        """
        if source == to:
            return Fraction(1), on
        straight = self._pair(source, to, on)
        if straight is not None:
            return straight
        first = self._pair(source, self._book_currency, on)
        second = self._pair(self._book_currency, to, on)
        if first is None or second is None:
            return None
        return first[0] * second[0], min(first[1], second[1])

    def _pair(self, source: str, to: str, on: date) -> tuple[Fraction, date] | None:
        straight = self._newest(source, to, on)
        if straight is not None:
            return Fraction(straight[0], MILLION), straight[1]
        opposite = self._newest(to, source, on)
        return None if opposite is None else (Fraction(MILLION, opposite[0]), opposite[1])

    def _newest(self, source: str, to: str, on: date) -> tuple[int, date] | None:
        days = self._days.get((source, to), [])
        at = bisect_right(days, on)
        return (self._values[source, to][at - 1], days[at - 1]) if at else None
