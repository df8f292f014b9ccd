"""Money as integer minor units with its currency; different currencies are never added."""

from collections.abc import Iterable
from dataclasses import dataclass

# ISO 4217 currencies whose minor unit is not a hundredth.
_MINOR_DIGITS = {"JPY": 0, "KRW": 0, "CLP": 0, "ISK": 0, "VND": 0, "BHD": 3, "KWD": 3, "TND": 3}


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in minor units (cents) of one ISO 4217 currency."""

    minor: int
    currency: str

    def __add__(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise ValueError("amounts of different currencies cannot be added without a rate")
        return Money(self.minor + other.minor, self.currency)


def minor_digits(currency: str) -> int:
    """How many decimals the minor unit of `currency` has (2 unless ISO 4217 says otherwise)."""
    return _MINOR_DIGITS.get(currency, 2)


def totals(amounts: Iterable[Money]) -> tuple[Money, ...]:
    """One total per currency, largest first."""
    sums: dict[str, int] = {}
    for amount in amounts:
        sums[amount.currency] = sums.get(amount.currency, 0) + amount.minor
    return tuple(
        sorted((Money(m, c) for c, m in sums.items()), key=lambda x: (-x.minor, x.currency))
    )
