"""The figures behind a deck as a workbook: one sheet per table and chart, and the sources."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from csplanner.book.outgoing import placing
from csplanner.qbr.slides import Chart, Slide, Story, Table
from csplanner.qbr.words import short_day

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_TEXT_ONLY = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_SHEET_NAME = 31
Cell = str | float | None


def write_workbook(story: Story, folder: Path, name: str) -> Path:
    """Write the figures of a story, which holds nothing internal; returns the path it got."""
    from xlsxwriter import Workbook

    used: set[str] = set()
    with (
        placing(folder, name) as placement,
        Workbook(str(placement.temporary), _TEXT_ONLY) as book,
    ):
        book.set_properties({"title": story.account_name, "author": "", "comments": ""})
        for slide in story.slides:
            for block in (*slide.blocks, *slide.beside):
                if isinstance(block, Table | Chart):
                    rows = _table(block) if isinstance(block, Table) else _chart(block)
                    _write(book, _sheet_name(f"{slide.key} {block.title}", used), rows)
        _write(book, _sheet_name("Sources", used), _sources(story.slides))
    return placement.path


def _table(table: Table) -> list[list[Cell]]:
    head: list[Cell] = [c.title for c in table.columns]
    body: list[list[Cell]] = [list(row) for row in table.rows]
    return [head, *body]


def _chart(chart: Chart) -> list[list[Cell]]:
    head: list[Cell] = ["", *(s.name for s in chart.series)]
    body: list[list[Cell]] = [
        [category, *(s.values[n] for s in chart.series)]
        for n, category in enumerate(chart.categories)
    ]
    return [head, *body]


def _sources(slides: tuple[Slide, ...]) -> list[list[Cell]]:
    rows: list[list[Cell]] = [["Slide", "Source", "As of"]]
    rows += [
        [slide.title, source.words, short_day(source.as_of) if source.as_of else ""]
        for slide in slides
        for source in slide.rests_on
    ]
    return rows


def _write(book: "Workbook", name: str, rows: list[list[Cell]]) -> None:
    sheet: Worksheet = book.add_worksheet(name)
    heading = book.add_format({"bold": True})
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 12, 18)
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(r, c, value, heading if r == 0 else None)
            elif value is not None:
                sheet.write_number(r, c, value)


def _sheet_name(text: str, used: set[str]) -> str:
    base = " ".join(re.sub(r"[\[\]:*?/\\']+", " ", text).split())[:_SHEET_NAME] or "Sheet"
    name, number = base, 1
    while name.casefold() in used:
        number += 1
        name = f"{base[: _SHEET_NAME - 4]} {number}"
    used.add(name.casefold())
    return name
