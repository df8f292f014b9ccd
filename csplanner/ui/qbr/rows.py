"""What QBR prep says of a review: its sections, what to look at before export, and its accounts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from csplanner.domain.coverage import ROLE_WORDS, missing_roles
from csplanner.domain.judgement import Judgement
from csplanner.domain.overview import Overview
from csplanner.domain.period import Quarter, add_months, quarter_of
from csplanner.domain.wording import count_text, day_text, list_text, money_text, number_text
from csplanner.language import Spoken, noted, tr
from csplanner.qbr.export import Prepared
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
from csplanner.qbr.words import full_day, sources_text

QUARTERS_OFFERED = 5
_NAMES = Spoken(
    {
        "cover": noted("Cover"),
        "decisions": noted("Decisions we need"),
        "goals": noted("Your goals"),
        "learn": noted("What we need to learn"),
        "outcomes": noted("What you got"),
        "trouble": noted("What did not go well"),
        "usage": noted("How it is used"),
        "experience": noted("Experience by touchpoint"),
        "people": noted("Who works with whom"),
        "next": noted("Plan for the next quarter"),
        "asks": noted("Asks and next steps"),
        "months": noted("Appendix: seats by month"),
        "definitions": noted("Appendix: definitions"),
    }
)
_PLAN_NAMES = Spoken(
    {
        1: noted("Decisions we need"),
        2: noted("Your goals"),
        3: noted("What you got"),
        4: noted("What we promised"),
        5: noted("What did not go well"),
        6: noted("How you graded us"),
        7: noted("How it is used"),
        8: noted("Experience by touchpoint"),
        9: noted("Plan for the next quarter"),
        10: noted("What is coming"),
        11: noted("Asks and next steps"),
    }
)
_INTERNAL = (
    "tier",
    "high touch",
    "digital touch",
    "GRR",
    "NRR",
    "churn",
    "upsell",
    "cross-sell",
    "health score",
    "at risk",
    "whitespace",
    "pulse",
    "ARR",
    "regrettable",
)
"""Words of ours that are not the customer's language."""
_FIRST_APPENDIX = 12


@dataclass(frozen=True, slots=True)
class SectionRow:
    """One section: `state` is in, old (a figure is) or out; `slide` counts from 0, −1 when out."""

    title: str
    detail: str
    state: str
    slide: int

    @property
    def spoken(self) -> str:
        """The row in words."""
        return f"{self.title}: {self.detail}"


@dataclass(frozen=True, slots=True)
class Check:
    """Something to look at: `state` is stop, look, note or fine; a verb key and its words."""

    state: str
    title: str
    detail: str
    verb: str = ""
    verb_words: str = ""
    slide: int = -1


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account to prepare a review for."""

    account_id: str
    name: str
    band: str
    arr: str
    renewal: str
    days: int | None


# Sections


def section_rows(story: Story) -> list[SectionRow]:
    """Slides in order with those left out in the place they would have had."""
    rows: list[tuple[float, SectionRow]] = []
    place = 0.0
    for at, slide in enumerate(story.slides):
        place = slide.number if slide.number else place + (0.01 if place else 0)
        if slide.key in ("months", "definitions") or slide.key.startswith("all-goals"):
            place = max(place, _FIRST_APPENDIX)
        rows.append((place, _section(slide, at)))
    for left in story.omitted:
        name = _PLAN_NAMES.get(left.number, left.title)
        rows.append(
            (left.number, SectionRow(name, tr("left out: {0}").format(tr(left.why)), "out", -1))
        )
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]


def _section(slide: Slide, at: int) -> SectionRow:
    old = stale_figures(slide)
    parts = [tr("slide {0}").format(at + 1)]
    if slide.minutes:
        parts.append(tr("{0} min").format(slide.minutes))
    if old:
        parts.append(
            tr("one figure is old") if len(old) == 1 else tr("{0} figures are old").format(len(old))
        )
    name = _NAMES.get(slide.key.partition("-")[0], tr("Appendix: all goals"))
    return SectionRow(name, ", ".join(parts), "old" if old else "in", at)


def section_note(story: Story) -> str:
    """`11 slides, 46 min`."""
    return tr("{0}, {1} min").format(count_text(len(story.slides), "slide"), story.minutes)


def slide_note(story: Story, at: int) -> str:
    """`of 11, Your goals`."""
    return tr("of {0}, {1}").format(len(story.slides), _section(story.slides[at], at).title)


def stale_figures(slide: Slide) -> list[str]:
    """What the figures that are too old measure."""
    found: list[str] = []
    for block in (*slide.blocks, *slide.beside):
        if isinstance(block, Chart):
            for series in block.series:
                old = zip(block.categories, series.stale, strict=False)
                found += [name for name, is_old in old if is_old and name not in found]
    return found


def notes_text(slide: Slide) -> str:
    """What the deck carries as speaker notes of a slide."""
    return sources_text(slide.rests_on) or tr("Nothing: this slide rests on no figure.")


# Checks


def checks(prepared: Prepared) -> list[Check]:
    """What to look at before the review goes out, gravest first."""
    story, judgement = prepared.story, prepared.judgement
    found = [*_goal_checks(prepared), *_voices(judgement), *_old(story), *_words(story)]
    found += [Check("look", tr("Changed on its way out"), warning) for warning in prepared.warnings]
    found += _left_out(story)
    if prepared.view.is_past:
        day = full_day(prepared.view.as_of)
        found.append(
            Check(
                "note",
                tr("As of {0}").format(day),
                tr("What is dated later is not in this review."),
            )
        )
    elif judgement.overview.sentiment is None:
        found.append(
            Check(
                "note",
                tr("Your sentiment is not entered"),
                tr("The internal brief compares it."),
                "answer_pulse",
                tr("Set sentiment"),
            )
        )
    found.append(
        Check(
            "fine",
            tr("Nothing private goes out"),
            tr("Score, sentiment, tier and notes stay here."),
        )
    )
    order = ("stop", "look", "note", "fine")
    return sorted(found, key=lambda check: order.index(check.state))


def _goal_checks(prepared: Prepared) -> list[Check]:
    goals = prepared.view.goals
    if not goals:
        return [
            Check(
                "stop",
                tr("No goal of theirs is written down"),
                tr("The deck asks for goals in place of showing outcomes."),
                "add_objective",
                tr("Add an objective"),
            )
        ]
    ownerless = [g.title for g in goals if not g.owner and not g.is_reached]
    if not ownerless:
        return []
    title = (
        tr("A goal has no owner")
        if len(ownerless) == 1
        else tr("{0} goals have no owner").format(len(ownerless))
    )
    return [
        Check(
            "look",
            title,
            tr("At their side: {0}.").format(list_text(ownerless)),
            "open_account",
            tr("Name one"),
        )
    ]


def _voices(judgement: Judgement) -> list[Check]:
    missing = missing_roles(judgement.roles, judgement.choice.tier)
    if not missing:
        return []
    words = list_text([ROLE_WORDS[role] for role in missing])
    return [
        Check(
            "stop",
            tr("Missing: a voice"),
            tr("Not in touch: {0}.").format(words),
            "add_person",
            tr("Add a person"),
        )
    ]


def _old(story: Story) -> list[Check]:
    return [
        Check(
            "look",
            tr("Old figure: {0}").format(name),
            tr("Shown as old, dashed, on the slide."),
            "open_account",
            tr("Enter a newer one"),
            at,
        )
        for at, slide in enumerate(story.slides)
        for name in stale_figures(slide)
    ]


def _words(story: Story) -> list[Check]:
    found = []
    for at, slide in enumerate(story.slides):
        words = internal_words(slide)
        if words:
            said = ", ".join(f"“{w}”" for w in words)
            found.append(
                Check(
                    "look",
                    tr("Internal words on slide {0}").format(at + 1),
                    tr("{0}: not their language.").format(said),
                    "open_account",
                    "Reword",
                    at,
                )
            )
    return found


def _left_out(story: Story) -> list[Check]:
    if not story.omitted:
        return []
    count = len(story.omitted)
    names = list_text([_PLAN_NAMES.get(o.number, o.title) for o in story.omitted])
    title = (
        tr("1 slide is left out")
        if count == 1
        else tr("{0} slides are left out").format(number_text(count))
    )
    return [Check("note", title, tr("{0}. The brief says why.").format(names))]


def internal_words(slide: Slide) -> list[str]:
    """Words of ours in the texts of a slide."""
    text = "\n".join(texts_of(slide))
    return [
        word
        for word in _INTERNAL
        if re.search(rf"\b{re.escape(word)}\b", text, 0 if word.isupper() else re.IGNORECASE)
    ]


def texts_of(slide: Slide) -> Iterator[str]:
    """Every text of a slide."""
    yield slide.title
    yield slide.subtitle
    for block in (*slide.blocks, *slide.beside):
        if isinstance(block, Table):
            yield from (cell for row in block.rows for cell in row)
        elif isinstance(block, Points):
            yield from (part for item in block.items for part in (item.text, item.detail))
        elif isinstance(block, Chart):
            yield from (block.title, *block.categories)
        elif isinstance(block, Figures):
            yield from (figure.label for figure in block.figures)
        elif isinstance(block, Note):
            yield block.text
        elif isinstance(block, Diagram):
            yield from (line for box in block.boxes for line in box.lines)


def checks_note(found: Sequence[Check]) -> str:
    """`4 to look at`, empty when nothing is."""
    count = sum(check.state in ("stop", "look") for check in found)
    return tr("{0} to look at").format(count) if count else ""


# Choices


def quarters(day: date, fiscal_start_month: int) -> list[tuple[str, str]]:
    """Quarters to choose from as (`2026Q1`, `Q1 2026`), the one that holds the day first."""
    found = [
        quarter_of(add_months(day, -3 * back), fiscal_start_month)
        for back in range(QUARTERS_OFFERED)
    ]
    return [(str(q), quarter_words(q)) for q in found]


def quarter_words(quarter: Quarter) -> str:
    """`Q1 2026`."""
    return f"Q{quarter.number} {quarter.year}"


KINDS = ((Kind.QBR.value, noted("Quarterly")), (Kind.EBR.value, noted("Executive")))


def account_row(line: Overview, as_of: date) -> AccountRow:
    """An account as the list shows it."""
    days = None if line.decision_on is None else (line.decision_on - as_of).days
    return AccountRow(
        line.account_id,
        line.name,
        line.band.value,
        money_text(line.arr) if line.arr else tr("ARR unknown"),
        renewal_text(line, as_of),
        days,
    )


def renewal_text(line: Overview, as_of: date) -> str:
    """`decides 1 May, 50 days to go`."""
    if line.decision_on is None:
        return tr("renewal unknown")
    days = (line.decision_on - as_of).days
    when = day_text(line.decision_on, as_of)
    if days < 0:
        return tr("was to decide {0}, {1} ago").format(when, count_text(-days, "day"))
    return tr("decides {0}, {1} to go").format(when, count_text(days, "day"))
