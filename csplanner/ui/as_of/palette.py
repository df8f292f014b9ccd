"""What the palette offers for a day that is typed: the book, and the account shown, as of then."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from csplanner.domain.wording import day_in
from csplanner.errors import UserError
from csplanner.language import current, noted, tr
from csplanner.ui.actions.typed import read_day
from csplanner.ui.as_of.commands import look_back, may_look
from csplanner.ui.shell.hits import Hit

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow

_BEGINS = re.compile(r"(as\s+of|as\s+at|back\s+to|look\s+at|stand|am)\s+")
"""What asks for a past day, in every language that ships: one types what one is used to."""
_SHORTEST = 5
"""A day typed alone is looked at from that length on; less is mostly something else."""
_HALF_A_YEAR = timedelta(days=183)


def past_hits(window: "BookWindow", text: str) -> Sequence[Hit]:
    """Looking at the book, and at the account that is shown, as of the day in `text`."""
    words = text.strip().casefold()
    begins = _BEGINS.match(words)
    begin = begins.group() if begins is not None else ""
    if not (begin or len(words) >= _SHORTEST) or not may_look(window) or window.session is None:
        return ()
    book = window.session.read
    day, first = _past_day(words.removeprefix(begin), book.as_of()), book.derived.first_day()
    if day is None or first is None:
        return ()
    why = ""
    if day < first:
        if not begin:
            return ()
        why = tr("The book knows nothing before {0}. Choose a later day.").format(first.isoformat())
    then = day_in(current().full_day, day)
    hits = [
        _hit(tr("Look at the book as of {0}").format(then), partial(look_back, window, day), why)
    ]
    account = window.account_now
    name = book.accounts.names([account]).get(account, "") if account is not None else ""
    if name:
        run = partial(look_back, window, day, account)
        hits.append(_hit(tr("Look at {0} as of {1}").format(name, then), run, why))
    return hits


def _hit(text: str, run: "partial[None]", why: str) -> Hit:
    return Hit(text, run, group=noted("Dates and filters"), icon="history", why=why)


def _past_day(words: str, today: date) -> date | None:
    """The past day they say, None when they say none; without a year the last one there was."""
    try:
        day = read_day(words, today)
        if day is not None and day > today:
            day = read_day(words, today - _HALF_A_YEAR)
    except UserError:
        return None
    return day if day is not None and day < today else None
