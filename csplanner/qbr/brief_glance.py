"""Tells at a glance where an account stands: the first section of the internal brief."""

from dataclasses import dataclass
from datetime import date

from csplanner.domain.account import Regrettable
from csplanner.domain.account_file import AccountFile
from csplanner.domain.index import FileIndex
from csplanner.domain.judgement import Judgement
from csplanner.domain.sentiment import Pulse
from csplanner.domain.settings import BookSettings
from csplanner.domain.wording import MINUS, band_word, money_text, number_text, tier_word
from csplanner.domain.wording import sentence as full_sentence
from csplanner.paint.document import Facts, Marked, Paragraph, Part, Section
from csplanner.qbr.slides import Story
from csplanner.qbr.words import full_day, short_day

_CRITICALITY = (
    "convenience", "important", "business-critical", "mission-critical or life safety",
)  # fmt: skip
_REGRETTABLE = {
    Regrettable.YES: "yes",
    Regrettable.NO: "no",
    Regrettable.UNDECIDED: "not decided",
}


@dataclass(frozen=True, slots=True)
class Known:
    """All that the brief is made of: the records, what was judged, and what the deck says."""

    file: AccountFile
    judgement: Judgement
    settings: BookSettings
    story: Story
    index: FileIndex
    is_past: bool = False
    """Whether the book knows of later days than the review."""


def glance_section(known: Known) -> Section:
    """Health, sentiment, tier, money and the days that matter, as of the day of the review."""
    health, line = known.judgement.health, known.judgement.overview
    points = health.points
    shown = "Not enough data for a score" if points is None else f"Health {points}"
    spread = (
        f"Between {number_text(health.low)} and {number_text(health.high)}; "
        f"{number_text(100 * health.coverage)}% of the evidence is known and fresh."
    )
    reason = f"{health.band_reason} {spread}".strip()
    parts: list[Part] = [
        Marked(health.band.value, f"{shown}, {band_word(health.band)}", reason),
        _pulse(known.index.pulse, known),
    ]
    if known.is_past:
        parts.append(Paragraph(_as_it_was(health.as_of), "quiet"))
    account = known.file.account
    term = known.index.term
    pairs = [
        ("Tier", _tier_words(known)),
        ("ARR", "unknown" if line.arr is None else money_text(line.arr)),
        ("Renewal clock", _clock(known)),
        ("Contract ends", "unknown" if term is None else short_day(term.end)),
        ("Notice by", or_unknown(term.notice_deadline.value if term else None)),
        ("Renewal number", "unknown" if term is None or not term.ordinal else str(term.ordinal)),
        ("Losing them", f"regrettable: {_REGRETTABLE[account.regrettable]}"),
        (
            "Criticality",
            "unknown"
            if account.criticality.value is None
            else _CRITICALITY[account.criticality.value],
        ),
        ("Equipped", _or_text(line.equipped)),
        ("Potential", _or_text(line.potential)),
        ("Next step", account.next_step or ("not known then" if known.is_past else "none")),
        ("Due", short_day(account.next_step_due)),
    ]
    return Section("At a glance", (*parts, Facts(tuple(pairs))))


def _as_it_was(day: date) -> str:
    return (
        f"This looks back: nothing dated after {full_day(day)} is in it. ARR, roles, deals "
        "and dates stand as the book’s history says they were known then; what has no history "
        "stands as it is in the book today."
    )


def _tier_words(known: Known) -> str:
    choice = known.judgement.choice
    word = tier_word(choice.tier)
    if choice.sentence.startswith((word, "You chose")):
        return choice.sentence
    return f"{word}, as you placed it. {choice.sentence}"


def or_unknown(day: date | None) -> str:
    """`24 Feb 2026`, or `unknown`."""
    return "unknown" if day is None else short_day(day)


def _or_text(value: int | None) -> str:
    return "unknown" if value is None else f"{value} of 100"


def _clock(known: Known) -> str:
    days = known.index.days_to_decision
    term = known.index.term
    if days is None or term is None:
        return "no running term is known"
    when = short_day(term.decision_date)
    given = ", notice was given" if term.notice_given else ""
    if days < 0:
        return f"decision was due {when}, {-days} days ago{given}"
    return f"{days} days to the decision, {when}{given}"


def _pulse(pulse: Pulse | None, known: Known) -> Marked:
    if pulse is None and known.is_past:
        return Marked("none", "Your sentiment: none entered by then")
    if pulse is None:
        return Marked("none", "Your sentiment: not entered", "Enter it before the meeting.")
    band = "risk" if pulse.sentiment <= 2 else "watch" if pulse.sentiment == 3 else "good"
    words = [full_sentence(pulse.because), f"Entered {short_day(pulse.on)}."]
    gap = known.judgement.gap
    if gap is not None:
        sign = "+" if gap > 0 else MINUS if gap < 0 else ""
        words.append(f"Gap to the score {sign}{abs(gap)}.")
    if known.judgement.divergence.words:
        words.append(f"{known.judgement.divergence.words}")
    return Marked(
        band, f"Your sentiment: {pulse.sentiment.word}", " ".join(w for w in words if w), "hollow"
    )
