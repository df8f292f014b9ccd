"""The other lists of a review: new, missing, quarantined, doubled, not used, unchanged."""

from collections.abc import Sequence

from csplanner.book.staging_pages import StagedPages
from csplanner.crm.importing import Staged
from csplanner.language import tr
from csplanner.ui.imports.table import STRETCH, ListModel
from csplanner.ui.imports.words import named, objects, one_line
from csplanner.ui.widgets.format import number, plural

Sheet = tuple[ListModel, tuple[int, ...]]
"""A model and the widths of its columns."""
_KIND = 150


def sheet(key: str, staged: Staged, pages: StagedPages) -> Sheet:
    """The list of a section by its key."""
    return _SHEETS[key](staged, pages)


def _new(staged: Staged, pages: StagedPages) -> Sheet:
    kinds = [(o, n["new"]) for o, n in staged.counts.items() if n.get("new")]
    kinds.sort(key=lambda kind: kind[0] != "account")

    def load(offset: int, limit: int) -> list[tuple[str, ...]]:
        found: list[tuple[str, ...]] = []
        for kind, count in kinds:
            if offset < count and limit > 0:
                records = pages.new(kind, offset=offset, limit=min(limit, count - offset))
                found += [
                    (one_line(r.title), objects(kind), one_line(r.file), number(r.row))
                    for r in records
                ]
                limit -= count - offset
                offset = count
            offset -= count
        return found

    heads = (tr("New record"), "Kind", "File", "Row")
    total = sum(count for _, count in kinds)
    return ListModel(heads, total, load, right=frozenset({3})), (STRETCH, _KIND, 240, 70)


def _missing(_staged: Staged, pages: StagedPages) -> Sheet:
    listed = pages.missing(limit=-1)
    rows = [(one_line(name), tr("Kept, marked as missing")) for _, name in listed]
    return _fixed(("Account", tr("What happens")), rows), (STRETCH, 260)


def _quarantined(staged: Staged, pages: StagedPages) -> Sheet:
    def load(offset: int, limit: int) -> list[tuple[str, ...]]:
        return [
            (one_line(q.reason), one_line(q.value), one_line(q.column), one_line(q.file),
             number(q.row))
            for q in pages.quarantined(offset=offset, limit=limit)
        ]  # fmt: skip

    heads = (tr("What is wrong"), "Value", "Column", "File", "Row")
    model = ListModel(heads, staged.quarantined, load, right=frozenset({4}))
    return model, (STRETCH, 100, 90, 150, 64)


def _doubled(_staged: Staged, pages: StagedPages) -> Sheet:
    rows = [
        (one_line(name), plural(len(ids), "account"), tr("Both stay; merge them afterwards if one"))
        for name, ids in pages.doubled()
    ]
    return _fixed(("Name", tr("Shared by"), tr("What happens")), rows), (STRETCH, 110, 280)


def _not_used(staged: Staged, _pages: StagedPages) -> Sheet:
    rows = [(one_line(out.file), one_line(out.reason)) for out in staged.left_out]
    return _fixed(("File", tr("Why it is not used")), rows), (240, STRETCH)


def _unchanged(staged: Staged, _pages: StagedPages) -> Sheet:
    rows = [(objects(o), named(o, n["same"])) for o, n in staged.counts.items() if n.get("same")]
    return _fixed(("Kind", tr("As they are in your book")), rows), (STRETCH, 240)


def _fixed(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> ListModel:
    return ListModel(heads, len(rows), lambda offset, limit: rows[offset : offset + limit])


_SHEETS = {
    "new": _new, "missing": _missing, "quarantined": _quarantined, "doubled": _doubled,
    "not_used": _not_used, "unchanged": _unchanged,
}  # fmt: skip
