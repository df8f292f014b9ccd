"""The dated rate table of a book."""

from datetime import date
from typing import TYPE_CHECKING

from csplanner.book.records import Rows, records_of
from csplanner.domain.rate import Rate, Rates
from csplanner.errors import UserError
from csplanner.language import tr

if TYPE_CHECKING:
    from csplanner.book.book import Book


class BookRates:
    """Exchange rates by pair of currencies and day."""

    def __init__(self, book: "Book") -> None:
        self._book = book
        self._rows = Rows(book, records_of(Rate))

    def set(self, rate: Rate) -> Rate:
        """Keep a rate, in the place of one of the same pair and day, and return what was kept.

        Raises UserError for a code that is no currency's.
        """
        for code in (rate.from_currency, rate.to_currency):
            if not (len(code) == 3 and code.isascii() and code.isupper()):
                raise UserError(f"“{code}” is no currency code. Type three letters such as EUR.")
        label = tr("Set the rate {0} to {1}").format(rate.from_currency, rate.to_currency)
        for kept in self._rows.all():
            if _place(kept) == _place(rate):
                self._rows.update(
                    kept.id, label=label, millionths=rate.millionths, source=rate.source
                )
                return self._rows.get(kept.id)
        return self._rows.add(rate, label)

    def remove(self, rate_id: str) -> None:
        """Delete a rate (undo brings it back)."""
        self._rows.remove(rate_id)

    def all(self) -> tuple[Rate, ...]:
        """Every rate, oldest first."""
        return self._rows.all()

    def table(self) -> Rates:
        """The rates for converting and adding, crossed by the book's currency."""
        return Rates(self.all(), self._book.settings.currency)


def _place(rate: Rate) -> tuple[str, str, date]:
    return rate.from_currency, rate.to_currency, rate.on
