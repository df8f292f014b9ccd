"""The slide of a review that shows who works with whom: only where you ask for it."""

from dataclasses import replace

from csplanner.domain.map_model import RelationMap
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
    slides = [_slide(page, shown, n, len(pages)) for n, page in enumerate(pages, 1)]
    at = next(
        (n for n, slide in enumerate(story.slides) if slide.number and slide.number >= _PLAN),
        len(story.slides),
    )
    return replace(story, slides=(*story.slides[:at], *slides, *story.slides[at:]))


def _slide(page: Diagram, shown: RelationMap, number: int, count: int) -> Slide:
    theirs = sum(1 for b in page.boxes if b.kind == "card")
    ours = sum(1 for b in page.boxes if b.kind == "ours")
    people = "1 of your people" if theirs == 1 else f"{theirs} of your people"
    together = f"{people} and {ours} of ours work together"
    part = f"Part {number} of {count}: {page.head}" if count > 1 else ""
    return Slide(
        key="people" if number == 1 else f"people-{number}",
        number=None,
        title=together if ours else f"{people} on this page, by who reports to whom",
        subtitle=part or "Is anybody missing, and does everybody have the right person of ours?",
        blocks=(page,),
        minutes=_MINUTES if number == 1 else 0,
        rests_on=(Source("your people and ours as we know them", shown.day),),
    )
