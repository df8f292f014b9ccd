"""What a book knows about itself: currency, calendar, hours, cadence, cuts."""

from dataclasses import dataclass, field

from csplanner.domain.account import Tier


def _hours() -> dict[Tier, int]:
    return {Tier.HIGH: 16000, Tier.MEDIUM: 6000, Tier.LOW: 1500, Tier.DIGITAL: 300}


def _cadence() -> dict[Tier, int]:
    return {Tier.HIGH: 28, Tier.MEDIUM: 42, Tier.LOW: 91, Tier.DIGITAL: 365}


@dataclass(frozen=True, slots=True)
class BookSettings:
    """Settings of one book, with the defaults of methods §3.5, §4.3, §4.5 (editable)."""

    name: str = "My book"
    csm: str = ""
    currency: str = "USD"
    time_zone: str = "UTC"
    fiscal_start_month: int = 1
    week_start: int = 1
    """ISO weekday, 1 = Monday."""
    hours_a_quarter: dict[Tier, int] = field(default_factory=_hours)
    """Promised hours per account and quarter, in thousandths of an hour."""
    available_a_quarter: int = 331_500
    """Hours to give per quarter, in thousandths: 40 × 13 × 0.75 × 0.85 (methods §4.5)."""
    overdue_days: dict[Tier, int] = field(default_factory=_cadence)
    watch_from: int = 50
    good_from: int = 75
    equipped_cuts: tuple[int, int] = (40, 70)
    potential_cuts: tuple[int, int] = (34, 67)
    hours_per: str = "quarter"
    """Unit in which hours are shown: week, month or quarter."""

    @property
    def cuts(self) -> tuple[int, int]:
        """Where watch and good begin."""
        return self.watch_from, self.good_from
