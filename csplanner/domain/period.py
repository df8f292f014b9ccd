"""Calendar arithmetic: fiscal quarters, months, ages in days."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


def add_months(day: date, months: int) -> date:
    """The same day `months` later (or earlier), the month's last day where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A fiscal quarter, named by the calendar year in which its fiscal year ends."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"

    def start(self, fiscal_start_month: int = 1) -> date:
        """First day of the quarter for a fiscal year that starts in `fiscal_start_month`."""
        first_year = self.year if fiscal_start_month == 1 else self.year - 1
        return add_months(date(first_year, fiscal_start_month, 1), 3 * (self.number - 1))

    def end(self, fiscal_start_month: int = 1) -> date:
        """Last day of the quarter."""
        return add_months(self.start(fiscal_start_month), 3) - timedelta(days=1)


def quarter_of(day: date, fiscal_start_month: int = 1) -> Quarter:
    """The fiscal quarter that holds `day`."""
    offset = (day.month - fiscal_start_month) % 12
    starts_earlier = fiscal_start_month != 1 and day.month >= fiscal_start_month
    return Quarter(day.year + (1 if starts_earlier else 0), offset // 3 + 1)


def parse_quarter(text: str) -> Quarter:
    """The quarter written as `2026Q1`; raises ValueError for anything else."""
    match = re.fullmatch(r"(\d{4})-?[Qq]([1-4])", text.strip())
    if match is None or not 1970 <= int(match[1]) < 2200:
        raise ValueError(f"“{text}” is not a quarter like 2026Q1")
    return Quarter(int(match[1]), int(match[2]))
