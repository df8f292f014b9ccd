"""What many verbs of the command line take."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

_FIRST_YEAR, _LAST_YEAR = 1970, 2199
Verb = tuple[str, Callable[[argparse.ArgumentParser], None], str]
"""What a verb does in a line, what adds its options, and `module:function` where it runs."""


def day(text: str) -> date:
    """The date a word says; for `type=` of an option."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a date like 2026-03-12") from None
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise argparse.ArgumentTypeError(f"{text} is not between {_FIRST_YEAR} and {_LAST_YEAR}")
    return found


def add_book(verb: argparse.ArgumentParser) -> None:
    """The book, named first."""
    verb.add_argument("book", type=Path, help="the .csbook file")


def add_json(verb: argparse.ArgumentParser) -> None:
    """`--json`."""
    verb.add_argument("--json", action="store_true", help="print one JSON document")


def add_as_of(verb: argparse.ArgumentParser) -> None:
    """`--as-of`."""
    verb.add_argument(
        "--as-of", type=day, default=None, help="the book as it was known on that day (ISO)"
    )


def add_take_over(verb: argparse.ArgumentParser) -> None:
    """`--take-over`."""
    verb.add_argument(
        "--take-over", action="store_true",
        help="also when another computer seems to have the book open",
    )  # fmt: skip
