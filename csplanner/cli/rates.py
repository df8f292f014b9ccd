"""The verb about exchange rates: list, set, remove."""

from argparse import Namespace

from csplanner.book.book import Book
from csplanner.cli.books import opened
from csplanner.cli.output import money, one_line, print_json, print_table
from csplanner.domain.money import Money
from csplanner.domain.rate import Rate, read_rate
from csplanner.errors import UserError


def rates(options: Namespace) -> int:
    """Set or remove a rate where asked, then list the rates there are."""
    changes = options.set or options.remove
    with opened(options, read_only=not changes) as book:
        if options.set:
            _set(book, options)
        elif options.remove:
            _remove(book, options)
        _print(book, as_json=options.json)
    return 0


def _set(book: Book, options: Namespace) -> None:
    source, to, typed = options.set
    rate = Rate(
        *_pair(source, to), options.on or book.today, _millionths(typed), options.source or ""
    )
    book.rates.set(rate)


def _remove(book: Book, options: Namespace) -> None:
    pair = _pair(*options.remove)
    found = [r for r in book.rates.all() if (r.from_currency, r.to_currency) == pair]
    found = [r for r in found if options.on is None or r.on == options.on]
    if not found:
        raise UserError(f"There is no such rate of {pair[0]} to {pair[1]}. List them without "
                        "--remove.")  # fmt: skip
    if len(found) > 1:
        raise UserError(f"There are {len(found)} rates of {pair[0]} to {pair[1]}. Say which day "
                        "with --on.")  # fmt: skip
    book.rates.remove(found[0].id)


def _pair(source: str, to: str) -> tuple[str, str]:
    pair = source.upper(), to.upper()
    if pair[0] == pair[1]:
        raise UserError("A rate is between two currencies. Name two different ones.")
    for code in pair:
        if not (len(code) == 3 and code.isascii() and code.isalpha()):
            raise UserError(f"“{code}” is no currency code. Type three letters such as EUR.")
    return pair


def _millionths(typed: str) -> int:
    try:
        return read_rate(typed)
    except ValueError:
        raise UserError(
            f"“{typed}” is no rate. Type what one unit is worth, such as 1.08, with at most six "
            "decimals."
        ) from None


def _print(book: Book, *, as_json: bool) -> None:
    worth, listed = book.overview.totals().worth, book.rates.all()
    apart = worth.apart or _foreign(worth.whole, book.settings.currency)
    if as_json:
        print_json({
            "currency": book.settings.currency,
            "rates": [
                {"from": r.from_currency, "to": r.to_currency, "rate": r.text, "on": r.on,
                 "source": r.source} for r in listed
            ],
            "total": [m for m in worth.whole if m not in apart], "without_rate": list(apart),
        })  # fmt: skip
        return
    if listed:
        print_table(
            ("From", "To", "Rate", "On", "Source"),
            [
                (r.from_currency, r.to_currency, r.text, r.on.isoformat(), one_line(r.source))
                for r in listed
            ],
            "llrll",
        )
    else:
        print("There is no exchange rate in the book.")
    for amount in apart:
        print(f"No rate: {money(amount)} of ARR stands apart.")


def _foreign(amounts: tuple[Money, ...], currency: str) -> tuple[Money, ...]:
    """Amounts that stand alone because nothing in the book is of its own currency."""
    return tuple(m for m in amounts if m.currency != currency)
