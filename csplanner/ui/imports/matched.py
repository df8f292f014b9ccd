"""How the accounts of a staged snapshot were found, counted and listed."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from csplanner.book.book import Book
from csplanner.book.staging_pages import StagedPages
from csplanner.book.staging_preview import accounts_found
from csplanner.crm.staged import Staged
from csplanner.language import tr
from csplanner.ui.imports.chooser import Choice
from csplanner.ui.imports.matching import Matched
from csplanner.ui.imports.words import new_accounts, one_line

_MOST = 500


def known(staged: Staged, kind: str) -> int:
    """How many records of a kind the book has already."""
    counts = staged.counts.get(kind, {})
    return counts.get("changed", 0) + counts.get("same", 0)


def by_id(staged: Staged, how: dict[str, int]) -> int:
    """How many accounts were found by their id."""
    return max(0, known(staged, "account") - how.get("name", 0) - how.get("domain", 0))


def matched_kinds(staged: Staged, how: dict[str, int]) -> frozenset[str]:
    """The kinds of record of which some were found in the book by their id."""
    found = {kind for kind in staged.counts if kind != "account" and known(staged, kind)}
    return frozenset(found | ({"account"} if by_id(staged, how) else set()))


def matched_of(staged: Staged, pages: StagedPages, book: Book) -> list[Matched]:
    """Each way accounts were matched, with what lists them."""
    how = pages.matched()
    absent = staged.counts.get("account", {}).get("absent", 0)
    in_book = book.overview.totals().accounts
    elsewhere = in_book - known(staged, "account") - absent
    listed = partial(_listed, staged.path)
    found = [
        Matched("id", tr("By account ID"), by_id(staged, how), listed("id")),
        Matched("name", tr("By exact name"), how.get("name", 0), listed("name")),
        Matched("domain", tr("By web domain"), how.get("domain", 0), listed("domain")),
        Matched("new", tr("New in these files"), new_accounts(staged.counts), listed("new")),
        Matched("absent", tr("Of this source, absent"), absent),
    ]
    if elsewhere > 0:
        found.append(Matched("elsewhere", tr("In your book from elsewhere"), elsewhere))
    return found


def _listed(path: Path, how: str) -> Callable[[], Sequence[Choice]]:
    def names() -> Sequence[Choice]:
        return [
            Choice("" if how == "new" else row_id, one_line(name), one_line(ext))
            for row_id, name, ext in accounts_found(path, how, _MOST)
        ]

    return names
