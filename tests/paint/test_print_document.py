"""Printed documents: what stands together on a page."""

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from csplanner.paint.document import (
    Document,
    Grid,
    GridColumn,
    Items,
    Lines,
    Paragraph,
    Section,
)
from csplanner.paint.print_document import draw_document
from csplanner.paint.print_sheet import Sheet

COLUMNS = (GridColumn("Measure"), GridColumn("Why", 3))
PARTS = {
    "lines": (Lines("First", 3), Lines("Second", 2)),
    "a table": (Grid(COLUMNS, (("First", "why " * 80), ("Second", "x"))),),
    "a list": (Items(("First " + "word " * 60, "Second")),),
    "words that lead in": (Paragraph("Lead", "strong"), Grid(COLUMNS, (("First", "why " * 60),))),
}


class NotingSheet(Sheet):
    """A sheet that knows on which page each text came to stand."""

    pages: dict[str, int]

    def text(self, text, **look):
        """Set the text and note the page."""
        super().text(text, **look)
        self.pages.setdefault(text.split()[0], self.page)

    def cell(self, box, text, face, **look):
        """Set the cell and note the page."""
        super().cell(box, text, face, **look)
        self.pages.setdefault(text.split()[0], self.page)


def pages_of(sections):
    """The page of each text, by its first word."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    a4 = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(a4, QPageLayout.Orientation.Portrait, QMarginsF()))
    writer.setResolution(96)
    with QPainter(writer) as painter:
        sheet = NotingSheet(painter, writer, Document("Title", "Below", "Internal", sections))
        sheet.pages = {}
        draw_document(sheet)
    return sheet.pages


@pytest.mark.parametrize("kind", PARTS)
def test_a_heading_is_never_parted_from_what_follows(qapp, kind):
    turned = 0
    for filler in range(34, 52):
        above = Section("Above", tuple(Paragraph(f"{n}. line") for n in range(filler)))
        pages = pages_of((above, Section("Heading", PARTS[kind])))
        assert pages["Heading"] == pages["First"], filler
        assert pages.get("Lead", pages["First"]) == pages["First"], filler
        assert pages.get("Measure", pages["First"]) == pages["First"], filler
        turned += pages["Heading"] == 2
    assert 0 < turned < 18


def test_a_row_higher_than_a_page_leaves_no_empty_page(qapp):
    pages = pages_of((Section("Heading", (Grid(COLUMNS, (("First", "why " * 5000),)),)),))
    assert (pages["Heading"], pages["First"]) == (2, 2)
