"""What is done to many accounts at once: each is one change of the book, one step to undo."""

from collections.abc import Sequence
from datetime import date

from csplanner.book.book import Book
from csplanner.domain.account import Tier
from csplanner.domain.capacity import promised_after
from csplanner.domain.money import totals
from csplanner.domain.overview import Overview
from csplanner.domain.placement import Placement
from csplanner.domain.settings import BookSettings
from csplanner.domain.tiers import refusal
from csplanner.domain.wording import count_text, tier_word
from csplanner.errors import UserError
from csplanner.language import tr
from csplanner.ui.widgets import format as words
from csplanner.ui.words import amounts

_AT_ONCE = 500


def lines_of(book: Book, ids: Sequence[int]) -> list[Overview]:
    """The lines of the accounts chosen."""
    return [
        line
        for at in range(0, len(ids), _AT_ONCE)
        for line in book.overview.rows(ids[at : at + _AT_ONCE])
    ]


def hours_moved(lines: Sequence[Overview], tier: Tier, settings: BookSettings, as_of: date) -> int:
    """How many hours a quarter, in thousandths, placing these accounts adds to what you promise."""
    return sum(promised_after(x, tier, settings, as_of) - x.hours_promised for x in lines)


def refused(lines: Sequence[Overview], tier: Tier) -> str:
    """Why the first account that cannot be in `tier` cannot; empty when all of them can."""
    return next((barred for line in lines if (barred := refusal(line, tier))), "")


def place(
    book: Book, *, ids: Sequence[int], tier: Tier, reason: str, review_on: date | None
) -> str:
    """Place accounts in a tier; raises UserError when one of them must not be there."""
    lines = lines_of(book, ids)
    barred = refused(lines, tier)
    if barred:
        raise UserError(tr("{0} You can also clear it from the selection.").format(barred))
    what = _accounts(lines)
    with book.change(tr("Set tier of {0}").format(what)):
        for line in lines:
            placement = Placement(
                "", line.account_id, book.today, tier, reason.strip(), line.rule_tier, review_on
            )
            book.placements.add(placement)
    verb = "gets" if len(lines) == 1 else "get"
    return tr("{0} {1} {2} touch").format(what, verb, tier_word(tier).lower())


def set_step(book: Book, *, ids: Sequence[int], step: str, due: date | None) -> str:
    """Write the same next step for accounts."""
    lines = lines_of(book, ids)
    what = _accounts(lines)
    with book.change(tr("Set next step of {0}").format(what)):
        for line in lines:
            book.accounts.update(line.account_id, next_step=step, next_step_due=due)
    return (
        tr("The next step of {0} is “{1}”").format(what, step)
        if step
        else tr("{0}: no next step now").format(what)
    )


def pin(book: Book, *, ids: Sequence[int]) -> str:
    """Pin accounts to the sidebar; when all are pinned already, take them off."""
    lines = lines_of(book, ids)
    pinned = not all(line.pinned for line in lines)
    what = _accounts(lines)
    with book.change((tr("Pin {0}") if pinned else tr("Unpin {0}")).format(what)):
        for line in lines:
            if line.pinned != pinned:
                book.accounts.pin(line.account_id, pinned=pinned)
    return tr("Pinned {0}").format(what) if pinned else tr("Took {0} off the sidebar").format(what)


def tag(book: Book, *, ids: Sequence[int], word: str, on: bool) -> str:
    """Put a tag on accounts, or take it off those that bear it; UserError when it is no tag."""
    lines = lines_of(book, ids)
    what = _accounts(lines)
    accounts = [line.account_id for line in lines]
    if not on:
        book.tags.unset(accounts, word)
        return tr("Took the tag {0} off {1}").format(word, what)
    kept = book.tags.set(accounts, word)
    return tr("Tagged {0}: {1}").format(what, kept)


def sums(lines: Sequence[Overview]) -> str:
    """Return `3 accounts, $527k ARR`."""
    money = amounts(totals(line.arr for line in lines if line.arr))
    count = words.plural(len(lines), "account")
    return tr("{0}, {1} ARR").format(count, money) if money else count


def archive(book: Book, *, ids: Sequence[int]) -> str:
    """Put accounts away; nothing of them is lost."""
    lines = lines_of(book, ids)
    what = _accounts(lines)
    with book.change(tr("Archive {0}").format(what)):
        for line in lines:
            book.accounts.archive(line.account_id)
    return tr("Archived {0}; nothing is lost").format(what)


def _accounts(lines: Sequence[Overview]) -> str:
    return lines[0].name if len(lines) == 1 else count_text(len(lines), "account")
