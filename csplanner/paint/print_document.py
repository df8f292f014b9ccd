"""Prints a document to PDF on A4 pages, in the light look, with a banner and page numbers."""

import os
import sys

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF
from PySide6.QtGui import QGuiApplication, QPageLayout, QPageSize, QPainter, QPdfWriter

from csplanner.paint.document import Document, Section
from csplanner.paint.fonts import SEMIBOLD, readable_letters
from csplanner.paint.print_parts import beginning, draw_parts
from csplanner.paint.print_sheet import Sheet

_DPI = 1200
_UNIT = 96
"""The sheet is measured in 96ths of an inch."""
_HEADING = 48.0
"""What the heading of a section takes."""


def print_document(document: Document) -> bytes:
    """The PDF of `document`; fonts are loaded by an application of its own where none runs."""
    running = application()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF()
        )
    )
    writer.setTitle(document.title)
    writer.setCreator("csplanner")
    if hasattr(writer, "setAuthor"):  # Qt 6.9
        writer.setAuthor(document.author)
    painter = QPainter(writer)
    try:
        painter.scale(_DPI / _UNIT, _DPI / _UNIT)
        with readable_letters():
            draw_document(Sheet(painter, writer, document))
    finally:
        painter.end()
    buffer.close()
    del running
    return bytes(content.data())


def application() -> QGuiApplication | None:
    """An application without a screen, needed for fonts; None where one runs already."""
    if QGuiApplication.instance() is not None:
        return None
    if sys.platform == "linux" and not os.environ.get("QT_QPA_PLATFORM"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return QGuiApplication(["csplanner"])


def draw_document(sheet: Sheet) -> None:
    """Draw the document of the sheet, page after page."""
    sheet.begin_page()
    sheet.text(sheet.document.title, size=20, weight=SEMIBOLD)
    sheet.text(sheet.document.subtitle, size=12, colour="text2")
    sheet.y += 8
    for section in sheet.document.sections:
        _section(sheet, section)


def _section(sheet: Sheet, section: Section) -> None:
    """A section begins where its heading and the beginning of what follows stand together."""
    sheet.room(_HEADING + (beginning(sheet, section.parts) if section.parts else 0))
    sheet.y += 10
    sheet.line("line", 0.8)
    sheet.y += 8
    sheet.text(section.title, size=15, weight=SEMIBOLD)
    sheet.y += 2
    draw_parts(sheet, section.parts)
