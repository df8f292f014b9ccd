"""A relationship map as a file: picture, pages, list or slide, by the ending of its name."""

from pathlib import Path
from typing import TYPE_CHECKING

from csplanner.book.outgoing import place, safe_file_name
from csplanner.domain.map_customer import customer_map
from csplanner.domain.map_figures import MapChange
from csplanner.domain.map_model import Lens, RelationMap
from csplanner.errors import UserError
from csplanner.language import tr

if TYPE_CHECKING:
    from csplanner.paint.map_drawing import Drawing

PICTURES = (".png", ".svg", ".pdf")
ENDINGS = (*PICTURES, ".xlsx", ".pptx")
"""What a map can be written as."""


def map_file_name(shown: RelationMap, ending: str = ".pdf", *, customer: bool = False) -> str:
    """What the file of a map is called: `Tidewater Health Network map 2026-03-12.pdf`.

    What you call a further map is not for the customer to read.
    """
    name = "" if customer else shown.map_name
    parts = (safe_file_name(shown.account_name), safe_file_name(name, "map"))
    return f"{' '.join(parts)} {shown.day.isoformat()}{ending}"


def export_map(
    shown: RelationMap,
    path: Path,
    *,
    lens: Lens = Lens.REPORTING,
    customer: bool = False,
    csm: str = "",
    changes: MapChange | None = None,
) -> Path:
    """Write a map to `path`, for us or, with `customer`, as the customer may see it.

    In pictures and pages for us the cards are tagged with their `changes` since an earlier day.

    Nothing is overwritten: a file of that name stays and the new one is numbered. Returns the path
    it got. Raises UserError where the ending is none of `ENDINGS`, nobody is on the map, or the
    folder cannot be written to.
    """
    ending = path.suffix.casefold()
    if ending not in ENDINGS:
        listed = ", ".join(ENDINGS)
        words = tr("A map cannot be written as “{0}”. End the name in {1}.")
        raise UserError(words.format(path.name, listed))
    given = customer_map(shown, csm) if customer else shown
    if not given.placed():
        words = tr("Nobody is on the map of {0}. Put people on it, then export it.")
        raise UserError(words.format(shown.account_name))
    if ending in PICTURES:
        from csplanner.paint.map_drawing import drawing
        from csplanner.paint.print_document import application

        # Letters cannot even be measured without one.
        running = application()
        told = None if customer else changes
        ready = drawing(given, lens, plain=customer, csm=csm, changes=told)
        content = _picture(ready, ending)
        del running
    else:
        content = _office(given, ending, lens=lens, customer=customer, csm=csm)
    return place(path.parent, path.name, content)


def _office(shown: RelationMap, ending: str, *, lens: Lens, customer: bool, csm: str) -> bytes:
    if ending == ".pptx":
        from csplanner.qbr.map_slide import write_map_slides

        return write_map_slides(shown, lens=lens, customer=customer, author=csm)
    from csplanner.qbr.map_list import write_map_list

    return write_map_list(shown, customer=customer)


def _picture(ready: "Drawing", ending: str) -> bytes:
    if ending == ".pdf":
        from csplanner.paint.map_pages import pdf

        return pdf(ready)
    from csplanner.paint.map_picture import png, svg

    return png(ready) if ending == ".png" else svg(ready)
