"""The relationship map as PowerPoint slides of native shapes, for you or for the customer."""

from io import BytesIO
from typing import TYPE_CHECKING

from csplanner.domain.map_model import Lens, RelationMap
from csplanner.domain.wording import full_day_text, one_line
from csplanner.errors import UserError
from csplanner.language import speaking
from csplanner.qbr.deck import close_page, fill, our_deck, same_every_time, set_properties
from csplanner.qbr.map_diagram import diagrams
from csplanner.qbr.map_shapes import draw_diagram
from csplanner.qbr.place import Box
from csplanner.qbr.slides import Diagram

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide as NativeSlide

_INCH = 914_400
_INTERNAL = "Internal: judgements of named people. Not for the customer."


@speaking("en")
def write_map_slides(
    shown: RelationMap, *, lens: Lens = Lens.REPORTING, customer: bool = False, author: str = ""
) -> bytes:
    """A map as PPTX, the same bytes for the same map: one slide, or more where it is large.

    `customer` writes names, titles, departments, who reports to whom and who of us looks after
    whom, and nothing else. Raises UserError for a map with nobody on it.
    """
    pages = diagrams(shown, lens, customer=customer, csm=author)
    if not pages:
        raise UserError("Nobody is on this map. Add people first, then export it.")
    deck = our_deck()
    for number, page in enumerate(pages, 1):
        _add(deck, shown, page, f"{number} of {len(pages)}" if len(pages) > 1 else "")
    title = f"Relationship map: {one_line(shown.account_name)}"
    set_properties(deck, title, shown.day, author)
    stream = BytesIO()
    deck.save(stream)
    return same_every_time(stream)


def _add(deck: "Presentation", shown: RelationMap, page: Diagram, part: str) -> None:
    native = deck.slides.add_slide(deck.slide_layouts[1])
    people = sum(1 for b in page.boxes if b.kind in ("card", "left", "outside"))
    if native.shapes.title is not None:
        native.shapes.title.text_frame.text = page.title
    ours = sum(1 for b in page.boxes if b.kind == "ours")
    who = f"{people} of your people, {ours} of ours" if page.plain else f"{people} of them"
    said = [who, f"as of {full_day_text(shown.day)}"]
    if part:
        said = [f"Part {part}: {page.head}", *said]
    elif shown.map_name and not page.plain:
        said = [one_line(shown.map_name), *said]
    fill(native, {13: ", ".join(said), 14: "" if page.plain else _INTERNAL})
    _raise(native)
    width = (deck.slide_width or 0) / _INCH
    draw_diagram(native.shapes, page, Box(0.75, 1.25, width - 1.5, 5.5))
    close_page(native)


def _raise(native: "NativeSlide") -> None:
    """Title and the line under it move to the edge: a map needs the room."""
    places = {0: (0.3, 0.55), 13: (0.82, 0.35)}
    for holder in native.placeholders:
        if (place := places.get(holder.placeholder_format.idx)) is not None:
            left, width = holder.left, holder.width
            holder.left, holder.width = left, width
            holder.top, holder.height = round(place[0] * _INCH), round(place[1] * _INCH)
