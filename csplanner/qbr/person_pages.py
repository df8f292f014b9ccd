"""Everything about one person as printed pages."""

from pathlib import Path

from csplanner.book.book import Book
from csplanner.book.outgoing import place
from csplanner.book.person_export import (
    PersonFile,
    PrintedTable,
    file_name,
    person_file,
    write_json,
)
from csplanner.paint.document import Document, Facts, Grid, GridColumn, Paragraph, Part, Section

BANNER = "Personal data. Give it to nobody but the person it is about."
_MOST_COLUMNS = 6
_WIDE = frozenset({"Words", "Note", "Subject", "Label", "Evidence", "Topic"})


def export_person(book: Book, person_id: str, out_dir: Path) -> list[Path]:
    """Write everything about a person as JSON and as PDF into `out_dir`; returns both paths.

    Nothing is overwritten. Raises UserError when there is no such person or the folder cannot be
    written to.
    """
    from csplanner.paint.print_document import print_document

    about = person_file(book, person_id)
    pages = print_document(person_pages(about, book.today.isoformat()))
    return [write_json(about, out_dir), place(out_dir, f"{file_name(about)}.pdf", pages)]


def person_pages(about: PersonFile, day: str) -> Document:
    """The document that is printed."""
    tables = [Section(t.title, _parts(t)) for t in about.tables]
    facts = Section("Their record", (Facts(about.facts),))
    nothing = () if tables else (Section("More", (Paragraph("Nothing else is known."),)),)
    return Document(
        about.name,
        f"Everything the book holds about them, as of {day}",
        BANNER,
        (facts, *tables, *nothing),
    )


def _parts(table: PrintedTable) -> tuple[Part, ...]:
    """A grid, or one block of facts for each row of a table too wide for a page."""
    if len(table.columns) <= _MOST_COLUMNS:
        columns = tuple(GridColumn(c, 2.4 if c in _WIDE else 1.0) for c in table.columns)
        return (Grid(columns, table.rows),)
    parts: list[Part] = []
    for number, row in enumerate(table.rows, 1):
        pairs = tuple((c, v) for c, v in zip(table.columns, row, strict=True) if v != "—")
        parts += [Paragraph(f"{number} of {len(table.rows)}", tone="strong"), Facts(pairs)]
    return tuple(parts)
