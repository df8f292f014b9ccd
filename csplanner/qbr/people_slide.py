"""The slide of a review that shows who works with whom: only where you ask for it."""

from dataclasses import replace

from csplanner.domain.map_customer import customer_map
from csplanner.domain.map_model import LineKind, RelationMap
from csplanner.qbr.map_diagram import diagrams
from csplanner.qbr.slides import Diagram, Slide, Source, Story

_MINUTES = 2
_PLAN = 9
"""Our people stand before the plan for the next quarter, which names them."""


def with_people(story: Story, shown: RelationMap, csm: str = "") -> Story:
    """The story with the map a customer may see before the plan; the same where nobody is on it.

    A large map takes several slides, one branch each.
    """
    pages = diagrams(shown, customer=True, csm=csm)
    title = _title(customer_map(shown, csm))
    slides = [_slide(page, title, shown, n, len(pages)) for n, page in enumerate(pages, 1)]
    at = next(
        (n for n, slide in enumerate(story.slides) if slide.number and slide.number >= _PLAN),
        len(story.slides),
    )
    return replace(story, slides=(*story.slides[:at], *slides, *story.slides[at:]))


def _title(seen: RelationMap) -> str:
    """How many work together: who only stands on the map does not."""
    ties = tuple(seen.of_kind(LineKind.TIE))
    theirs, ours = {line.end for line in ties}, {line.start for line in ties}
    if ties:
        return f"{_people(len(theirs))} and {len(ours)} of ours work together"
    return f"{_people(len(seen.cards))}, by who reports to whom"


def _people(count: int) -> str:
    return "1 of your people" if count == 1 else f"{count} of your people"


def _slide(page: Diagram, title: str, shown: RelationMap, number: int, count: int) -> Slide:
    part = f"Part {number} of {count}: {page.head}" if count > 1 else ""
    return Slide(
        key="people" if number == 1 else f"people-{number}",
        number=None,
        title=title,
        subtitle=part or "Is anybody missing, and does everybody have the right person of ours?",
        blocks=(page,),
        minutes=_MINUTES if number == 1 else 0,
        rests_on=(Source("your people and ours as we know them", shown.day),),
    )
