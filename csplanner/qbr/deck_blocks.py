"""Writes tables, lists, figures and notes of a deck as native, editable shapes."""

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from csplanner.qbr.place import CAPTION, CELL_GAP, Box, Placed, figure_boxes, row_heights
from csplanner.qbr.slides import Chart, Column, Figures, Item, Note, Points, Table

if TYPE_CHECKING:
    from pptx.shapes.autoshape import Shape
    from pptx.shapes.shapetree import SlideShapes

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_EMU = 914_400
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


def draw_caption(shapes: "SlideShapes", chart: Chart, box: Box) -> Box:
    """Title and unit above a chart; returns what is left of `box`."""
    unit = f"  {chart.unit}" if chart.unit else ""
    text = _runs((chart.title, 1300, "tx1", True), (unit, 1200, "tx2", False))
    _text_box(shapes, f"{chart.title}, title", Box(box.left, box.top, box.width, CAPTION), text)
    return Box(box.left, box.top + CAPTION, box.width, box.height - CAPTION)


def draw_table(shapes: "SlideShapes", table: Table, placed: Placed) -> None:
    """A native table: headings, hairlines under the rows, no fill."""
    from pptx.oxml import parse_xml
    from pptx.util import Inches

    box = placed.box
    frame = shapes.add_table(
        1, 1, Inches(box.left), Inches(box.top), Inches(box.width), Inches(box.height)
    )
    properties = frame.element.nvGraphicFramePr.cNvPr
    properties.set("name", table.title)
    properties.set("descr", f"{table.title}: {len(table.rows)} rows.")
    old = frame.element.find(f".//{{{_A}}}tbl")
    old.getparent().replace(old, parse_xml(_table_xml(table, box.width, placed.size)))


def _table_xml(table: Table, width: float, size: int) -> str:
    total = sum(c.share for c in table.columns)
    grid = "".join(
        f'<a:gridCol w="{round(width * c.share / total * _EMU)}"/>' for c in table.columns
    )
    heights = row_heights(table, width, size)
    heading = "".join(
        _cell(c.title, c, size=(size - 1) * 100, colour="tx2", bold=True, strong=True)
        for c in table.columns
    )
    rows = [f'<a:tr h="{round(heights[0] * _EMU)}">{heading}</a:tr>']
    for row, height in zip(table.rows, heights[1:], strict=True):
        cells = "".join(
            _cell(text, column, size=size * 100, colour="tx1", bold=number == 0)
            for number, (text, column) in enumerate(zip(row, table.columns, strict=True))
        )
        rows.append(f'<a:tr h="{round(height * _EMU)}">{cells}</a:tr>')
    return (
        f'<a:tbl xmlns:a="{_A}"><a:tblPr firstRow="1"><a:tableStyleId>{_NO_STYLE}'
        f"</a:tableStyleId></a:tblPr><a:tblGrid>{grid}</a:tblGrid>{''.join(rows)}</a:tbl>"
    )


def _cell(
    text: str, column: Column, *, size: int, colour: str, bold: bool = False, strong: bool = False
) -> str:
    align = "r" if column.align == "right" else "l"
    shade = 70000 if strong else 88000
    line = (
        f'<a:lnB w="{12700 if strong else 9525}"><a:solidFill><a:schemeClr val="bg1">'
        f'<a:lumMod val="{shade}"/></a:schemeClr></a:solidFill></a:lnB>'
    )
    none = "".join(f'<a:ln{side} w="0"><a:noFill/></a:ln{side}>' for side in "LRT")
    return (
        f'<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn="{align}"/>'
        f"{_run(text, size, colour, bold=bold)}</a:p></a:txBody>"
        f'<a:tcPr marL="0" marR="{round(CELL_GAP[column.align] * _EMU)}" marT="45720" '
        f'marB="45720" anchor="ctr">{none}{line}'
        "<a:noFill/></a:tcPr></a:tc>"
    )


def draw_points(shapes: "SlideShapes", points: Points, placed: Placed) -> None:
    """A numbered list, each point with its detail in a quieter line."""
    box, size = placed.box, placed.size * 100
    if points.title:
        heading = _runs((points.title, 1400, "tx2", True))
        _text_box(shapes, points.title, Box(box.left, box.top, box.width, CAPTION), heading)
        box = Box(box.left, box.top + CAPTION, box.width, box.height - CAPTION)
    paragraphs = "".join(_point(item, number, size) for number, item in enumerate(points.items, 1))
    _text_box(shapes, points.title or "Points", box, paragraphs)


def _point(item: Item, number: int, size: int) -> str:
    detail = (
        f'<a:br><a:rPr sz="{size - 400}"/></a:br>{_run(item.detail, size - 400, "tx2")}'
        if item.detail
        else ""
    )
    indent = round(0.45 * _EMU)
    return (
        f'<a:p><a:pPr marL="{indent}" indent="-{indent}"><a:spcAft>'
        f'<a:spcPts val="{size * 8 // 10}"/>'
        '</a:spcAft><a:buClr><a:schemeClr val="accent1"/></a:buClr><a:buFont typeface="+mj-lt"/>'
        f'<a:buAutoNum type="arabicPlain" startAt="{number}"/></a:pPr>'
        f"{_run(item.text, size, 'tx1', bold=True)}{detail}</a:p>"
    )


def draw_figures(shapes: "SlideShapes", figures: Figures, box: Box) -> None:
    """Large figures side by side, each with what it counts under it."""
    boxes, size = figure_boxes(figures, box)
    for figure, place in zip(figures.figures, boxes, strict=True):
        paragraphs = (
            f"<a:p>{_run(figure.value, size * 100, 'accent1', bold=True)}</a:p>"
            f"<a:p>{_run(figure.label, 1200, 'tx2')}</a:p>"
        )
        _text_box(shapes, figure.label, place, paragraphs)


def draw_note(shapes: "SlideShapes", note: Note, box: Box, *, size: int = 14) -> None:
    """A quiet sentence."""
    _text_box(shapes, "Note", box, _runs((note.text, size * 100, "tx2", False)))


def _runs(*runs: tuple[str, int, str, bool]) -> str:
    inner = "".join(_run(t, size, colour, bold=bold) for t, size, colour, bold in runs if t)
    return f"<a:p>{inner}</a:p>"


def _run(text: str, size: int, colour: str, *, bold: bool = False) -> str:
    weight = ' b="1"' if bold else ' b="0"'
    return (
        f'<a:r><a:rPr lang="en-GB" sz="{size}"{weight}><a:solidFill><a:schemeClr val="{colour}"/>'
        f"</a:solidFill></a:rPr><a:t>{escape(text)}</a:t></a:r>"
    )


def _text_box(shapes: "SlideShapes", name: str, box: Box, paragraphs: str) -> "Shape":
    from pptx.oxml import parse_xml
    from pptx.util import Inches

    shape = shapes.add_textbox(
        Inches(box.left), Inches(box.top), Inches(box.width), Inches(box.height)
    )
    shape.name = name
    fresh = parse_xml(
        f'<p:txBody xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
        f'xmlns:a="{_A}"><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0"/>'
        f"<a:lstStyle/>{paragraphs}</p:txBody>"
    )
    shape.element.replace(shape.element.txBody, fresh)
    return shape
