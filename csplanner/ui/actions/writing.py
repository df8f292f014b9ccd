"""The writes behind the verbs: each takes the writing book and returns the line to say."""

from datetime import date

from csplanner.book.book import Book
from csplanner.domain.account import Tier
from csplanner.domain.attention import Attention, Verdict
from csplanner.domain.placement import Placement
from csplanner.domain.wording import day_text, tier_word
from csplanner.errors import UserError
from csplanner.language import ntr, tr

_NAMED = 5
"""Kinds of records a line names."""


def place(
    book: Book, *, account_id: str, tier: Tier, reason: str = "", review_on: date | None = None
) -> str:
    """Write a placement of today beside what the rule says now; UserError where it must not be."""
    from csplanner.domain.tiers import refusal  # the rules are loaded when something is judged

    file, judgement = book.derived.judge(account_id)
    name = file.account.name
    barred = refusal(judgement.overview, tier)
    if barred:
        raise UserError(barred)
    book.placements.add(
        Placement(
            "", file.account.id, book.today, tier, reason.strip(), judgement.choice.rule, review_on
        ),
        label=tr("Set tier, {0}").format(name),
    )
    return tr("{0} gets {1} touch").format(name, tier_word(tier).lower())


def pin(book: Book, *, account_id: str) -> str:
    """Pin an account or take it off."""
    account = book.accounts.get(account_id)
    book.accounts.pin(account_id, pinned=not account.pinned)
    return (
        tr("{0} is no longer pinned").format(account.name)
        if account.pinned
        else tr("{0} is pinned").format(account.name)
    )


def archive(book: Book, *, account_id: str) -> str:
    """Put an account away, or bring it back when it is away."""
    account = book.accounts.get(account_id)
    name = account.name
    book.accounts.archive(account_id, archived=not account.archived)
    if account.archived:
        return tr("{0} is back in the book").format(name)
    return tr("{0} is archived; nothing of it is lost").format(name)


def remove_touch(book: Book, *, touch_id: str) -> str:
    """Take a touch out of the log."""
    book.touches.remove(touch_id)
    return tr("The touch is out of the log")


def merge(book: Book, *, keep: str, others: tuple[str, ...]) -> str:
    """Move all of some accounts to one, as one step."""
    from csplanner.book.belongings import belongings

    name = book.accounts.get(keep).name
    # Of several the counts would have to be added up in words: the history tells them.
    moved = belongings(book, others[0]).counts if len(others) == 1 else ()
    with book.change(tr("Merge accounts called {0}").format(name)):
        for other in others:
            book.accounts.merge(keep, other)
    line = tr("Merged into one account, {0}").format(name)
    counted = ", ".join(f"{count} {words}" for count, words in moved[:_NAMED])
    return f"{line}: {counted}" if counted else line


def attend(book: Book, *, attention: Attention) -> str:
    """Put a signal away until its evidence changes."""
    name = book.accounts.get(attention.account_id).name
    label = {
        Verdict.DONE: tr("Finish in Today, {0}").format(name),
        Verdict.SNOOZED: tr("Snooze, {0}").format(name),
        Verdict.DISMISSED: tr("Dismiss, {0}").format(name),
    }[attention.verdict]
    book.attention.set(attention, label)
    if attention.verdict is Verdict.SNOOZED and attention.until is not None:
        return tr("{0} is snoozed until {1}").format(name, day_text(attention.until, book.today))
    ended = "finished" if attention.verdict is Verdict.DONE else "dismissed"
    return tr("{0} is {1} until something changes").format(name, ended)


def plan_departure(book: Book, *, account_id: str) -> str:
    """Make the tasks of the 30 days after somebody who mattered left."""
    made = book.departures.plan(account_id)
    return ntr("{0} task for the next 30 days", "{0} tasks for the next 30 days", made).format(made)
