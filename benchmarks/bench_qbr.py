"""A customer deck of 12 slides, 6 charts and 3 tables, beside bare python-pptx."""

from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path

from benchmarks.runner import Benchmark, Operation
from csplanner.qbr.deck import write_deck
from csplanner.qbr.slides import (
    Chart,
    ChartKind,
    Column,
    Item,
    Kind,
    Points,
    Series,
    Slide,
    Source,
    Story,
    Table,
)

_DAY = date(2026, 3, 12)
_MONTHS = tuple(f"Month {n}" for n in range(12))
_VALUES = tuple(float(800 + 20 * n) for n in range(12))
_ROWS = tuple(tuple(f"Cell {r} {c}" for c in range(5)) for r in range(8))
_POINTS = tuple(f"Point {n} of the slide, in a sentence of some length" for n in range(5))


def _story() -> Story:
    slides = []
    for n in range(12):
        block: Chart | Table | Points
        if n < 6:
            block = Chart(
                ChartKind.LINE if n % 2 else ChartKind.BAR, "Chart", _MONTHS,
                (Series("One", _VALUES), Series("Two", _VALUES)), "Two series.", low=0,
            )  # fmt: skip
        elif n < 9:
            block = Table("Table", tuple(Column(f"Head {c}") for c in range(5)), _ROWS)
        else:
            block = Points(tuple(Item(text) for text in _POINTS))
        slides.append(
            Slide(f"s{n}", n, f"Headline number {n}", "Subtitle", (block,),
                  rests_on=(Source("Records", _DAY),))
        )  # fmt: skip
    return Story(Kind.QBR, "Acme", tuple(slides), ())


def _bare(folder: Path) -> None:
    """The same shapes with the library's own template and no finish."""
    from pptx import Presentation
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches

    deck = Presentation()
    place = Inches(1), Inches(2), Inches(8), Inches(4)
    for n in range(12):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text_frame.text = f"Headline number {n}"
        for text in ("Subtitle", "Source: Records"):
            slide.shapes.add_textbox(*place).text_frame.text = text
        if n < 6:
            data = CategoryChartData()  # type: ignore[no-untyped-call]
            data.categories = _MONTHS
            data.add_series("One", _VALUES)  # type: ignore[no-untyped-call]
            data.add_series("Two", _VALUES)  # type: ignore[no-untyped-call]
            kind = XL_CHART_TYPE.LINE if n % 2 else XL_CHART_TYPE.BAR_CLUSTERED
            slide.shapes.add_chart(kind, *place, data)
        elif n < 9:
            table = slide.shapes.add_table(9, 5, *place).table
            for c in range(5):
                table.cell(0, c).text = f"Head {c}"
                for r, row in enumerate(_ROWS, 1):
                    table.cell(r, c).text = row[c]
        else:
            frame = slide.shapes.add_textbox(*place).text_frame
            for text in _POINTS:
                frame.add_paragraph().text = text
        notes = slide.notes_slide.notes_text_frame
        if notes is not None:
            notes.text = "Source: Records"
    stream = BytesIO()
    deck.save(stream)
    (folder / "bare.pptx").write_bytes(stream.getvalue())


def _deck(folder: Path) -> None:
    (folder / "deck.pptx").write_bytes(write_deck(_story(), day=_DAY, author="Maren"))


def _prepare(folder: Path) -> tuple[Operation, Operation]:
    return partial(_deck, folder), partial(_bare, folder)


BENCHMARKS = [Benchmark("QBR deck: 12 slides, 6 charts, 3 tables", goal=1.2, prepare=_prepare)]
