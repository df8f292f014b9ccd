"""How the accounts of a staged snapshot were found, counted and listed."""

from collections.abc import Callable, Sequence

from csplanner.book.book import Book
from csplanner.book.staging_pages import StagedPages
from csplanner.book.staging_preview import account_ids
from csplanner.crm.staged import Staged
from csplanner.language import tr
from csplanner.ui.imports.chooser import Choice
from csplanner.ui.imports.matching import Matched
from csplanner.ui.imports.words import one_line

_MOST = 500
Names = Callable[[], Sequence[Choice]]


def matched_kinds(staged: Staged, counts: dict[str, int]) -> frozenset[str]:
    """The kinds of record of which some were found in the book by their id."""
    found = {kind for kind in staged.counts if kind != "account" and _known(staged, kind)}
    return frozenset(found | ({"account"} if counts["id"] else set()))


def matched_of(pages: StagedPages, book: Book) -> list[Matched]:
    """Each way accounts were matched, with what lists them; rare ways only where they occur."""
    counts = pages.match_counts()
    taken = sum(counts[how] for how in ("id", "domain", "name", "chosen"))
    alone = book.overview.totals().accounts - taken
    always = ("id", "name", "new", "book")
    ways = (
        Matched("id", tr("By account ID"), counts["id"], _taken(pages, "id")),
        Matched("domain", tr("By web domain"), counts["domain"], _taken(pages, "domain")),
        Matched("name", tr("By exact name"), counts["name"], _taken(pages, "name")),
        Matched("chosen", tr("As you said"), counts["chosen"], _taken(pages, "chosen")),
        Matched("open", tr("Same name, asked in the review"), counts["open"],
                _asked(pages, "open")),
        Matched("ambiguous", tr("One name, several accounts"), counts["ambiguous"],
                _asked(pages, "ambiguous")),
        Matched("new", tr("New in these files"), counts["new"], _new(pages)),
        Matched("book", tr("In your book only"), max(0, alone), _alone(pages, book)),
    )  # fmt: skip
    return [way for way in ways if way.count or way.key in always]


def _known(staged: Staged, kind: str) -> int:
    counts = staged.counts.get(kind, {})
    return counts.get("changed", 0) + counts.get("same", 0)


def _taken(pages: StagedPages, how: str) -> Names:
    def names() -> Sequence[Choice]:
        found = pages.matches(how=how, state="" if how == "id" else "taken", limit=_MOST)
        return [
            Choice(m.account_id, one_line(m.account or m.name), one_line(m.ext), words=m.name)
            for m in found
        ]

    return names


def _asked(pages: StagedPages, state: str) -> Names:
    def names() -> Sequence[Choice]:
        found = pages.matches(state=state, limit=_MOST)
        return [Choice(m.account_id, one_line(m.name), one_line(m.ext)) for m in found]

    return names


def _new(pages: StagedPages) -> Names:
    def names() -> Sequence[Choice]:
        return [
            Choice("", one_line(n.title), tr("{0}, row {1}").format(one_line(n.file), n.row))
            for n in pages.new("account", limit=_MOST)
        ]

    return names


def _alone(pages: StagedPages, book: Book) -> Names:
    def names() -> Sequence[Choice]:
        here = account_ids(pages.connection)
        found = [a for a in book.accounts.all() if a.id not in here][:_MOST]
        return [Choice(a.id, one_line(a.name), one_line(a.owner)) for a in found]

    return names
