"""Tells the review: the slides of methods §13.2 that the facts support, the others listed."""

from collections.abc import Callable

from csplanner.language import noted
from csplanner.qbr.ahead import ask_slide, decision_slide, next_slide
from csplanner.qbr.appendix import appendix
from csplanner.qbr.customer_view import CustomerView
from csplanner.qbr.experience import experience_slide, trouble_slide
from csplanner.qbr.goals import goals_slide, learn_slide, outcomes_slide
from csplanner.qbr.slides import Kind, Note, Omitted, Slide, Story
from csplanner.qbr.usage import usage_slide
from csplanner.qbr.words import full_day

Teller = Callable[[CustomerView], Slide | str]
"""Tells a slide, or says in one clause why there is nothing to tell."""

_NOT_KEPT = {
    4: ("What we promised last time", noted("this deck has no slide for promises yet")),
    6: ("How you graded us", noted("this deck has no slide for scorecards yet")),
    10: ("What is coming that serves your goals", noted("no roadmap is recorded in the book")),
}
PLAN: tuple[tuple[int, str, Teller], ...] = (
    (1, "What we want to decide today", decision_slide),
    (2, "Your goals, as you told us", goals_slide),
    (3, "What you got: outcomes against target", outcomes_slide),
    (5, "What did not go well and what we change", trouble_slide),
    (7, "How it is being used", usage_slide),
    (8, "Experience by touchpoint", experience_slide),
    (9, "Plan for the next quarter", next_slide),
    (11, "Asks and next steps", ask_slide),
)
EXECUTIVE = frozenset({1, 2, 3, 5, 9, 11})
"""The slides of an executive review, 40 minutes."""


def story(view: CustomerView, kind: Kind = Kind.QBR) -> Story:
    """The slides the view supports, in order, with a cover; what is missing is in `omitted`.

    Without a single goal the deck offers one page of what we need to learn in their place.
    """
    slides: list[Slide] = [_cover(view, kind)]
    omitted: list[Omitted] = []
    for number, title, tell in PLAN:
        if kind is Kind.EBR and number not in EXECUTIVE:
            continue
        told = tell(view)
        if isinstance(told, Slide):
            slides.append(told)
        else:
            omitted.append(Omitted(number, title, told))
        if number == 2 and not view.goals:
            slides.append(learn_slide(view))
    if kind is Kind.QBR:
        omitted += [Omitted(number, *words) for number, words in _NOT_KEPT.items()]
        slides += appendix(view, slides)
    return Story(kind, view.account_name, tuple(slides), tuple(sorted(omitted, key=_by_number)))


def _by_number(omitted: Omitted) -> int:
    return omitted.number


def _cover(view: CustomerView, kind: Kind) -> Slide:
    name = "Executive review" if kind is Kind.EBR else "Quarterly review"
    by = f"Prepared by {view.csm}, " if view.csm else ""
    day = full_day(view.as_of)
    if view.is_past:
        day = f"as of {day}" if by else f"As of {day}"
    return Slide(
        key="cover",
        number=None,
        title=view.account_name or "Your review",
        subtitle=f"{name}, Q{view.quarter.number} {view.quarter.year}",
        blocks=(Note(f"{by}{day}"),),
    )
