"""What the steps show of files that were read: as staged, or as far as they are known."""

from collections.abc import Mapping, Sequence

from csplanner.book.book import Book
from csplanner.book.staging_columns import ColumnFact, column_facts
from csplanner.book.staging_columns import Place as Field
from csplanner.book.staging_pages import StagedPages
from csplanner.book.staging_preview import first_rows
from csplanner.crm.fields import target
from csplanner.crm.mapping import FileMapping
from csplanner.crm.staged import Staged
from csplanner.language import tr
from csplanner.ui.imports.crm_words import in_words
from csplanner.ui.imports.found_files import FoundFile
from csplanner.ui.imports.mapping_step import Found
from csplanner.ui.imports.matched import matched_kinds, matched_of
from csplanner.ui.imports.new_words import Place
from csplanner.ui.imports.reading_words import LISTS


def found_of(
    staged: Staged,
    pages: StagedPages,
    book: Book,
    *,
    waiting: Mapping[Place, str],
    currencies: Sequence[str] = (),
) -> Found:
    """What the columns step shows of a staged snapshot, beside the book; `waiting` are columns
    with the flag of the question they wait for.
    """
    return Found(
        staged.mappings,
        matched_of(pages, book),
        matched_kinds(staged, pages.match_counts()),
        waiting,
        currencies,
        staged.source,
        staged.currency,
        staged.unknown_words,
        first_rows(staged.path, [m.file for m in staged.mappings]),
        facts_of(staged),
    )


def facts_of(staged: Staged) -> dict[Field, ColumnFact]:
    """What the columns of the files turned out to hold, as far as something is said of it."""
    wanted = {}
    for mapping in staged.mappings:
        for column in mapping.used:
            goal = target(column.target)
            place = (mapping.file, goal.object, goal.field)
            if goal.key == "person.email":
                wanted[place] = "known"
            elif goal.kind in LISTS:
                wanted[place] = "different"
            elif mapping.rows - column.filled == 1:
                wanted[place] = "lacks"
    accounts = [m.file for m in staged.mappings if m.object == "account"]
    return column_facts(staged.path, wanted, accounts)


def files_of(staged: Staged) -> list[FoundFile]:
    """The files of a staged snapshot, with those that are not used."""
    used = [
        FoundFile(m.file, m.object, m.rows, len(m.used), len(m.columns),
                  m.encoding, in_words(m.reason))
        for m in staged.mappings
    ]  # fmt: skip
    unused = {m.file: m for m in staged.unused}
    out = [
        FoundFile(o.file, "", o.records, 0, len(unused[o.file].columns) if o.file in unused else 0,
                  unused[o.file].encoding if o.file in unused else "", in_words(o.reason),
                  can_use=o.file in unused)
        for o in staged.left_out
    ]  # fmt: skip
    return [*used, *out]


def draft_files(draft: Sequence[FileMapping], said: Mapping[str, FileMapping]) -> list[FoundFile]:
    """Files none of whose columns is known, with what somebody said their rows are."""
    return [
        FoundFile(
            m.file, said[m.file].object if m.file in said else "", m.rows,
            len(said[m.file].used) if m.file in said else 0, len(m.columns), m.encoding,
            tr("None of its columns is known. Choose what its rows are."),
        )
        for m in draft
    ]  # fmt: skip
