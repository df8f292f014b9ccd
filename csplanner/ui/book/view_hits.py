"""What the palette finds in the text of a view: the view, or what is wrong with the text."""

from collections.abc import Callable
from datetime import date

from csplanner.domain.filters_view import ViewText, is_view_text, parse_view, view_text
from csplanner.language import tr
from csplanner.ui.shell.hits import Hit


def view_hits(text: str, today: date, navigate: Callable[[str, object], object]) -> list[Hit]:
    """The hit that opens the view written in `text`; none for other texts.

    `navigate(place, what)` shows a place of the window.
    """
    if not is_view_text(text):
        return []
    try:
        found = parse_view(text, today)
    except ValueError as error:
        return [_wrong(str(error))]
    return [_hit(found, navigate)]


def _wrong(sentence: str) -> Hit:
    """A row that cannot be chosen: what was pasted stays, to be mended."""
    why = tr("Change the text of the view above, then press Enter again.")
    return Hit(sentence, lambda: None, group="Views", icon="circle-alert", why=why)


def _hit(found: ViewText, navigate: Callable[[str, object], object]) -> Hit:
    return Hit(
        tr("Open this view in the Book"),
        lambda: navigate("book", found),
        detail=view_text(found.view).removeprefix("book: "),
        group="Views",
        icon="list-filter",
    )
