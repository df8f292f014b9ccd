"""A relationship map as a file: picture, pages, list or slide, by the ending of its name."""

from pathlib import Path

from csplanner.book.outgoing import place, safe_file_name
from csplanner.domain.map_customer import customer_map
from csplanner.domain.map_model import Lens, RelationMap
from csplanner.errors import UserError

ENDINGS = (".png", ".svg", ".pdf", ".xlsx", ".pptx")
"""What a map can be written as."""


def map_file_name(shown: RelationMap, ending: str = ".pdf") -> str:
    """What the file of a map is called: `Tidewater Health Network map 2026-03-12.pdf`."""
    parts = (safe_file_name(shown.account_name), safe_file_name(shown.map_name, "map"))
    return f"{' '.join(parts)} {shown.day.isoformat()}{ending}"


def export_map(
    shown: RelationMap,
    path: Path,
    *,
    lens: Lens = Lens.REPORTING,
    customer: bool = False,
    csm: str = "",
) -> Path:
    """Write a map to `path`, for us or, with `customer`, as the customer may see it.

    Nothing is overwritten: a file of that name stays and the new one is numbered. Returns the path
    it got. Raises UserError where the ending is none of `ENDINGS`, nobody is on the map, or the
    folder cannot be written to.
    """
    ending = path.suffix.casefold()
    if ending not in ENDINGS:
        listed = ", ".join(ENDINGS)
        raise UserError(f"A map cannot be written as “{path.name}”. End the name in {listed}.")
    given = customer_map(shown, csm) if customer else shown
    if not given.placed():
        raise UserError(
            f"Nobody is on the map of {shown.account_name}. Put people on it, then export it."
        )
    content = _content(given, ending, lens=lens, customer=customer, csm=csm)
    return place(path.parent, path.name, content)


def _content(shown: RelationMap, ending: str, *, lens: Lens, customer: bool, csm: str) -> bytes:
    if ending == ".pptx":
        from csplanner.qbr.map_slide import write_map_slides

        return write_map_slides(shown, lens=lens, customer=customer, author=csm)
    if ending == ".xlsx":
        from csplanner.qbr.map_list import write_map_list

        return write_map_list(shown, customer=customer)
    return _picture(shown, ending, lens=lens, customer=customer, csm=csm)


def _picture(shown: RelationMap, ending: str, *, lens: Lens, customer: bool, csm: str) -> bytes:
    from csplanner.paint.map_drawing import drawing

    ready = drawing(shown, lens, plain=customer, csm=csm)
    if ending == ".pdf":
        from csplanner.paint.map_pages import pdf

        return pdf(ready)
    from csplanner.paint.map_picture import png, svg

    return png(ready) if ending == ".png" else svg(ready)
