"""The sections of a review, and its plain lists: new, missing, doubled, not used, unchanged."""

from collections.abc import Sequence

from csplanner.book.staged_review import Review, Wanted
from csplanner.book.staging_pages import StagedPages
from csplanner.crm.importing import Staged
from csplanner.language import Spoken, noted, tr
from csplanner.ui.imports import answers, new_records
from csplanner.ui.imports.crm_words import in_words
from csplanner.ui.imports.parts import Entry
from csplanner.ui.imports.table import STRETCH, ListModel
from csplanner.ui.imports.words import (
    kind_of,
    named,
    new_accounts,
    new_others,
    objects,
    one_line,
    unchanged,
    with_days,
)
from csplanner.ui.widgets.format import number, plural

Sheet = tuple[ListModel, tuple[int, ...]]
"""A model and the widths of its columns."""


TITLES = Spoken(
    {
        "new": noted("New in these files"),
        "missing": noted("Missing from the files"),
        "quarantined": noted("What could not be read as it stands"),
        "doubled": noted("Names several accounts share"),
        "not_used": noted("Files that are not used"),
        "notes": noted("Worth knowing"),
        "unchanged": noted("As it is in your book"),
    }
)


def entries_of(staged: Staged, pages: StagedPages, review: Review) -> list[Entry]:
    """What the files bring by kind, with how many of each."""
    fields, conflicts = review.count(Wanted()), review.count(Wanted(conflicts=True))
    others, missing = new_others(staged.counts), missing_total(pages)
    entries = [
        Entry("new", tr("New accounts"), number(new_accounts(staged.counts)),
              _new_note(others, new_records.left_out(pages)), "plus"),
        Entry("changed", tr("Changed"), number(review.changed_accounts(Wanted())),
              plural(fields, "field") if fields else "", "pencil"),
        Entry("conflicts", tr("Conflicts"), number(conflicts),
              tr("your edit is newer") if conflicts else "", "git-compare",
              "watch-ink" if conflicts else "text2"),
        *_asked(pages),
        Entry("missing", tr("Missing from file"), number(missing),
              tr("kept, marked") if missing else "", "circle-dashed"),
        Entry("unchanged", tr("Unchanged"), number(unchanged(staged.counts)), "", "equal"),
    ]  # fmt: skip
    odd = (
        ("quarantined", tr("Problems"), staged.quarantined, "triangle-alert"),
        ("doubled", tr("Doubled names"), staged.doubled, "users"),
        ("not_used", tr("Not used files"), len(staged.left_out), "eye-off"),
        ("notes", tr("Worth knowing"), len(staged.notes), "eye"),
    )
    return [*entries, *(Entry(key, words, number(n), "", icon) for key, words, n, icon in odd if n)]


def _new_note(others: int, left_out: int) -> str:
    if left_out:
        return tr("{0} left out").format(number(left_out))
    return plural(others, "other record") if others else ""


def _asked(pages: StagedPages) -> list[Entry]:
    """What is asked of who is who, what goes and what is merged, where there is any."""
    asked, lines = answers.questions(pages), answers.answerable(pages)
    gone, merged = pages.gone_count(), len(pages.merges())
    entries = []
    if lines:
        note = tr("new until you say") if asked else tr("taken by name")
        colour = "watch-ink" if asked else "text2"
        count = number(asked or lines)
        entries.append(Entry("matches", tr("Same name?"), count, note, "users", colour))
    if gone:
        note = tr("{0} archived").format(number(pages.gone_count(taken=True)))
        entries.append(Entry("gone", tr("Deleted in the CRM"), number(gone), note, "archive"))
    if merged:
        entries.append(Entry("merged", tr("Merged in the CRM"), number(merged), "", "git-compare"))
    return entries


def first_of(entries: Sequence[Entry], wanted: str = "") -> str:
    """The section shown first: the one wanted, what changed, else the first with anything."""
    filled = [entry.key for entry in entries if entry.count != number(0)]
    if wanted in filled:
        return wanted
    return "changed" if "changed" in filled or not filled else filled[0]


def sheet(key: str, staged: Staged, pages: StagedPages) -> Sheet:
    """The list of a section by its key."""
    return _SHEETS[key](staged, pages)


def missing_total(pages: StagedPages) -> int:
    """How many accounts will be marked, and open records that complete files lack."""
    absent = pages.connection.execute("select count(*) from d_absent").fetchone()[0]
    return pages.missing_count() + int(absent)


def _missing(_staged: Staged, pages: StagedPages) -> Sheet:
    accounts = pages.missing_count()

    def load(offset: int, limit: int) -> list[tuple[str, ...]]:
        found: list[tuple[str, ...]] = []
        if offset < accounts:
            marked = tr("Kept, marked as missing")
            found = [
                (one_line(name), kind_of("account"), "", marked)
                for _, name in pages.missing(offset=offset, limit=limit)
            ]
        rest = limit - len(found)
        if rest > 0:
            found += [
                (one_line(r.title), kind_of(r.object), one_line(r.account), tr("Kept as it is"))
                for r in pages.absent(offset=max(offset - accounts, 0), limit=rest)
            ]
        return found

    heads = (tr("Not in the files"), tr("Kind"), tr("Account"), tr("What happens"))
    return ListModel(heads, missing_total(pages), load), (STRETCH, 130, 180, 180)


def _doubled(_staged: Staged, pages: StagedPages) -> Sheet:
    rows = [
        (one_line(name), plural(len(ids), "account"), tr("Both stay; merge them afterwards if one"))
        for name, ids in pages.doubled()
    ]
    return _fixed(("Name", tr("Shared by"), tr("What happens")), rows), (STRETCH, 110, 280)


def _not_used(staged: Staged, _pages: StagedPages) -> Sheet:
    rows = [(one_line(out.file), one_line(in_words(out.reason))) for out in staged.left_out]
    return _fixed(("File", tr("Why it is not used")), rows), (240, STRETCH)


def _notes(staged: Staged, _pages: StagedPages) -> Sheet:
    rows = [(with_days(one_line(note)),) for note in staged.notes]
    return _fixed((tr("What was assumed and left out"),), rows), (STRETCH,)


def _unchanged(staged: Staged, _pages: StagedPages) -> Sheet:
    rows = [(objects(o), named(o, n["same"])) for o, n in staged.counts.items() if n.get("same")]
    return _fixed(("Kind", tr("As they are in your book")), rows), (STRETCH, 240)


def _fixed(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> ListModel:
    return ListModel(heads, len(rows), lambda offset, limit: rows[offset : offset + limit])


_SHEETS = {
    "missing": _missing,
    "doubled": _doubled,
    "not_used": _not_used,
    "notes": _notes,
    "unchanged": _unchanged,
}
