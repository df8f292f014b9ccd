"""What amounts of several currencies come to: one sum by the rates there are, the rest apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from csplanner.domain.money import Money, minor_digits, totals
from csplanner.domain.rate import Rate, Rates


@dataclass(frozen=True, slots=True)
class Converted:
    """A sum of one currency that stands in the total of another, by the rate of a day."""

    source: Money
    became: Money
    rate: Fraction
    on: date


@dataclass(frozen=True, slots=True)
class Worth:
    """Amounts as they can be shown: `whole` is what was summed, `apart` what has no rate.

    `whole` has one amount; several, one a currency, only where none is of the book's currency or
    has a rate to it; none where nothing is known. `converted` is what of the whole was converted.
    """

    whole: tuple[Money, ...] = ()
    apart: tuple[Money, ...] = ()
    converted: tuple[Converted, ...] = ()


def worth(amounts: Iterable[Money], rates: Rates, to: str, on: date) -> Worth:
    """The sum of amounts in the currency `to` by the rates of the day `on`.

    Each currency is summed before it is converted; without a rate it is never added.
    """
    summed: Money | None = None
    apart, converted = [], []
    for amount in totals(amounts):
        became = rates.convert(amount, to, on)
        if became is None:
            apart.append(amount)
            continue
        summed = became if summed is None else summed + became
        used = rates.used(amount.currency, to, on)
        if used is not None and amount.currency != to:
            converted.append(Converted(amount, became, *used))
    if summed is None:
        return Worth(tuple(apart))
    return Worth((summed,), tuple(apart), tuple(converted))


def factors(listed: Iterable[Rate], to: str, on: date) -> dict[str, float]:
    """For each currency with a rate of that day what a minor unit of it is in minor units of `to`.

    For putting amounts in order. Empty without any rate.
    """
    kept = list(listed)
    if not kept:
        return {}
    rates = Rates(kept, to)
    named = {code for rate in kept for code in (rate.from_currency, rate.to_currency)}
    found = {}
    for code in sorted(named | {to}):
        used = rates.used(code, to, on)
        if used is not None:
            found[code] = float(used[0] * Fraction(10) ** (minor_digits(to) - minor_digits(code)))
    return found
