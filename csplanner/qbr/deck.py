"""Writes a story as a PowerPoint file: native text, tables and charts, nothing else inside."""

import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from struct import pack_into, unpack_from
from typing import TYPE_CHECKING

from csplanner.book.outgoing import Cleaner
from csplanner.qbr.deck_blocks import (
    draw_caption,
    draw_figures,
    draw_note,
    draw_points,
    draw_table,
)
from csplanner.qbr.deck_charts import draw_chart
from csplanner.qbr.map_shapes import draw_diagram
from csplanner.qbr.place import COLUMN_GAP, Box, Placed, side_by_side, stack
from csplanner.qbr.slides import (
    Chart,
    Diagram,
    Figures,
    Kind,
    Note,
    Points,
    Slide,
    Story,
    Table,
)
from csplanner.qbr.words import sources_text
from csplanner.resources import resource

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.shapes.shapetree import SlideShapes
    from pptx.slide import Slide as NativeSlide
    from pptx.slide import SlideLayout

_SUBTITLE, _SOURCE = 13, 14
"""Placeholder numbers of our own template."""
# Where a zip file keeps the time of a part, in the header before it and in the directory at the
# end, and 1 January 1980, the first day it can say (APPNOTE.TXT 4.3.7, 4.3.12, 4.4.6).
_LOCAL_TIME = 10
_CENTRAL, _CENTRAL_TIME, _CENTRAL_LENGTHS, _CENTRAL_SIZE = b"PK\x01\x02", 12, 28, 46
_FIRST_DAY = 1 << 5 | 1
_INCH = 914_400
_WIDE = 10.0


@dataclass(frozen=True, slots=True)
class Layouts:
    """The layouts of a template a deck is made of, and the area its content may take."""

    cover: "SlideLayout"
    page: "SlideLayout"
    area: Box
    """In inches."""
    is_ours: bool


def write_deck(
    story: Story, *, day: date, author: str = "", template: bytes | None = None
) -> bytes:
    """The deck as PPTX, the same bytes for the same story; `template` has passed the guard."""
    from pptx import Presentation

    if template is None:
        deck = our_deck()
    else:
        deck = Presentation(BytesIO(template))
        _drop_slides(deck)
    layouts = _layouts(deck, ours=template is None)
    for slide in story.slides:
        _add_slide(deck, layouts, slide)
    kind = "Executive review" if story.kind is Kind.EBR else "Quarterly review"
    set_properties(deck, f"{kind}: {story.account_name}", day, author)
    stream = BytesIO()
    deck.save(stream)
    return same_every_time(stream)


def our_deck() -> "Presentation":
    """An empty deck of our own template: its second layout is a page with a title."""
    from pptx import Presentation

    deck = Presentation(BytesIO(resource("qbr/template.pptx").read_bytes()))
    _drop_slides(deck)
    return deck


def _drop_slides(deck: "Presentation") -> None:
    """A template may hold example slides; what is no longer referred to is not saved."""
    ids = deck.slides._sldIdLst  # noqa: SLF001
    for entry in list(ids):
        deck.part.drop_rel(entry.rId)
        ids.remove(entry)


def _layouts(deck: "Presentation", *, ours: bool) -> Layouts:
    width, height = (deck.slide_width or 0) / _INCH, (deck.slide_height or 0) / _INCH
    if ours:
        cover, page = deck.slide_layouts[0], deck.slide_layouts[1]
        return Layouts(cover, page, Box(0.75, 1.95, width - 1.5, 4.75), is_ours=True)
    from csplanner.qbr.template import choose_layouts, title_bottom

    cover, page = choose_layouts(deck)
    top = title_bottom(page, deck) / _INCH + 0.45
    side = width * 0.056
    area = Box(side, top, width - 2 * side, height * 0.9 - top)
    return Layouts(cover, page, area, is_ours=False)


def _add_slide(deck: "Presentation", layouts: Layouts, slide: Slide) -> None:
    is_cover = slide.key == "cover"
    native = deck.slides.add_slide(layouts.cover if is_cover else layouts.page)
    if native.shapes.title is not None:
        native.shapes.title.text_frame.text = slide.title
    if is_cover:
        notes = [b.text for b in slide.blocks if isinstance(b, Note)]
        fill(native, {1: slide.subtitle, _SUBTITLE: "\n".join(notes)})
        return
    source = sources_text(slide.rests_on)
    shapes = native.shapes
    if layouts.is_ours:
        fill(native, {_SUBTITLE: slide.subtitle, _SOURCE: source})
    else:
        fill(native, {})
        _fit_title(native, layouts.area.width)
        above = Box(layouts.area.left, layouts.area.top - 0.42, layouts.area.width, 0.3)
        below = Box(above.left, layouts.area.top + layouts.area.height + 0.05, above.width, 0.25)
        draw_note(shapes, Note(slide.subtitle), above)
        if source:
            draw_note(shapes, Note(source), below, size=10)
    for placed in _placed(slide, layouts.area):
        _draw(shapes, placed)
    if layouts.is_ours:
        close_page(native)
    if source:
        _note_sources(native, slide)


def _fit_title(native: "NativeSlide", width: float) -> None:
    """A foreign title may be set for three words; ours are sentences."""
    from pptx.util import Pt

    title = native.shapes.title
    if title is not None:
        for paragraph in title.text_frame.paragraphs:
            for run in paragraph.runs:
                run.font.size = Pt(28 if width > _WIDE else 24)


def _placed(slide: Slide, area: Box) -> list[Placed]:
    if not slide.beside:
        return stack(slide.blocks, area)
    if not slide.blocks:
        return stack(slide.beside, area)
    half = (area.width - COLUMN_GAP) / 2
    right = Box(area.left + half + COLUMN_GAP, area.top, half, area.height)
    left = Box(area.left, area.top, half, area.height)
    return side_by_side(
        stack(slide.blocks, left, alone=False), stack(slide.beside, right, alone=False)
    )


def _draw(shapes: "SlideShapes", placed: Placed) -> None:
    block, box = placed.block, placed.box
    if isinstance(block, Chart):
        draw_chart(shapes, block, draw_caption(shapes, block, box))
    elif isinstance(block, Table):
        draw_table(shapes, block, placed)
    elif isinstance(block, Points):
        draw_points(shapes, block, placed)
    elif isinstance(block, Figures):
        draw_figures(shapes, block, box)
    elif isinstance(block, Diagram):
        draw_diagram(shapes, block, box)
    else:
        draw_note(shapes, block, box)


def fill(native: "NativeSlide", texts: dict[int, str]) -> None:
    """Put texts into placeholders by number; an empty one would show a prompt, so it goes."""
    for holder in list(native.placeholders):
        number = holder.placeholder_format.idx
        if number == 0:
            continue
        text = texts.get(number, "")
        if text:
            holder.text_frame.text = text
        else:
            holder.element.getparent().remove(holder.element)


def close_page(native: "NativeSlide") -> None:
    """Source and slide number last, in the order in which a page is read aloud."""
    from copy import deepcopy

    tree = native.shapes.element
    for holder in list(native.placeholders):
        if holder.placeholder_format.idx == _SOURCE:
            tree.append(holder.element)
    for holder in native.slide_layout.placeholders:  # type: ignore[misc]
        if holder.placeholder_format.type is not None and holder.name == "Slide number":
            number = deepcopy(holder.element)
            number.nvSpPr.cNvPr.set("id", str(native.shapes._next_shape_id))  # noqa: SLF001
            tree.append(number)


def _note_sources(native: "NativeSlide", slide: Slide) -> None:
    """Speaker notes carry source and as-of only."""
    frame = native.notes_slide.notes_text_frame
    if frame is not None:
        frame.text = sources_text(slide.rests_on)


def set_properties(deck: "Presentation", title: str, day: date, author: str) -> None:
    """What the file says of itself: title, author and the day, and nothing of a template."""
    moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - written as UTC
    properties = deck.core_properties
    clean = Cleaner()
    properties.title = clean.line(title, 255)
    properties.author = properties.last_modified_by = clean.line(author, 255)
    properties.created = properties.modified = moment
    properties.revision = 1
    for name in ("category", "comments", "content_status", "identifier", "keywords", "subject"):
        setattr(properties, name, "")
    properties.language = "en-GB"
    properties.version = ""


def same_every_time(stream: BytesIO) -> bytes:
    """The package with one fixed moment in place of the time of day of each part.

    Written over in place: packing everything a second time would take a fifth of the whole.
    """
    content = bytearray(stream.getvalue())
    with zipfile.ZipFile(stream) as package:
        at = package.start_dir
        for entry in package.infolist():
            pack_into("<HH", content, entry.header_offset + _LOCAL_TIME, 0, _FIRST_DAY)
    while content[at : at + 4] == _CENTRAL:
        pack_into("<HH", content, at + _CENTRAL_TIME, 0, _FIRST_DAY)
        at += _CENTRAL_SIZE + sum(unpack_from("<HHH", content, at + _CENTRAL_LENGTHS))
    return bytes(content)
