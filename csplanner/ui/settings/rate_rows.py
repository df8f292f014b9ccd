"""The rate table in words, and rates as they are typed."""

import re
from dataclasses import dataclass
from datetime import date

from csplanner.book.book import Book
from csplanner.domain.money import Money
from csplanner.domain.rate import Rate, read_rate
from csplanner.errors import UserError
from csplanner.language import tr
from csplanner.ui.words import amount


@dataclass(frozen=True, slots=True)
class RatesView:
    """The rates, newest first, and the ARR of each currency that has none of the day judged."""

    currency: str
    rates: tuple[Rate, ...]
    missing: tuple[Money, ...]


def rates_view(book: Book) -> RatesView:
    """Read the rates of a book and what is without one."""
    currency, table = book.settings.currency, book.rates.table()
    missing = tuple(
        found
        for found in book.overview.totals().arr
        if table.used(found.currency, currency, book.as_of()) is None
    )
    rates = sorted(book.rates.all(), key=lambda r: (r.on, r.from_currency), reverse=True)
    return RatesView(currency, tuple(rates), missing)


def missing_words(found: Money, currency: str) -> str:
    """What a currency without a rate keeps out of the totals."""
    return tr("{0} ARR stands apart: there is no rate of {1} to {2}.").format(
        amount(found), found.currency, currency
    )


def typed_rate(text: str) -> int:
    """Millionths of a typed rate; raises UserError, in words, for what is none."""
    try:
        return read_rate(text)
    except ValueError:
        raise UserError(tr("Type what one unit is worth as a number, such as 1.08.")) from None


def read_code(text: str) -> str:
    """A currency code as typed; raises UserError for what is none."""
    code = text.strip().upper()
    if not re.fullmatch("[A-Z]{3}", code):
        raise UserError(tr("Type the three letters of the currency, such as USD or EUR."))
    return code


def set_rate(book: Book, *, rate: Rate, was: Rate | None = None) -> str:
    """Keep a rate, in place of `was` when one is changed, as one step; returns the line to say."""
    with book.change(tr("Set the rate {0} to {1}").format(rate.from_currency, rate.to_currency)):
        if was is not None and _place(was) != _place(rate):
            book.rates.remove(was.id)
        book.rates.set(rate)
    return tr("1 {0} is {1} {2}").format(rate.from_currency, rate.text, rate.to_currency)


def remove_rate(book: Book, *, rate: Rate) -> str:
    """Remove a rate and return the line to say."""
    book.rates.remove(rate.id)
    return tr("Removed the rate {0} to {1}").format(rate.from_currency, rate.to_currency)


def _place(rate: Rate) -> tuple[str, str, date]:
    return rate.from_currency, rate.to_currency, rate.on
