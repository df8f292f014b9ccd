"""What the book would be after an import as decided now: accounts and recorded ARR."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from csplanner.book.overview import Totals
from csplanner.book.staging_pages import StagedPages
from csplanner.domain.money import Money
from csplanner.ui.imports.words import Counts, amount_of, new_accounts


@dataclass(frozen=True, slots=True)
class Effect:
    """Accounts and ARR in the book now and once applied; sums per currency."""

    accounts: tuple[int, int]
    arr: tuple[tuple[Money, ...], tuple[Money, ...]]
    from_subscriptions: bool
    """New subscriptions come in: where an account has no ARR of its own, theirs will count."""


def effect_of(totals: Totals, pages: StagedPages, counts: Counts) -> Effect:
    """The effect of a staged snapshot with the decisions made so far."""
    after = _after(totals.arr, pages.new_arr(), pages.taken_arr())
    return Effect(
        (totals.accounts, totals.accounts + new_accounts(counts)),
        (totals.arr, after),
        bool(counts.get("subscription", {}).get("new")),
    )


def _after(
    before: Sequence[Money],
    new: Iterable[tuple[str, int]],
    changes: Iterable[tuple[str | None, str | None]],
) -> tuple[Money, ...]:
    total: Counter[str] = Counter()
    order = [m.currency for m in before]
    for amount in before:
        total[amount.currency] += amount.minor
    for currency, minor in new:
        total[currency] += minor
    for was, becomes in changes:
        for raw, sign in ((was, -1), (becomes, 1)):
            found = amount_of(raw)
            if found is not None:
                total[found.currency] += sign * found.minor
    shown = [*order, *(c for c in sorted(total) if c not in order)]
    return tuple(Money(total[c], c) for c in shown if total[c] or c in order)
