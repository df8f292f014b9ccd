"""Writes the internal prep brief as plain data: everything you must know, nothing for sharing."""

from dataclasses import dataclass
from datetime import date

from csplanner.domain.account import OpportunityState, Regrettable
from csplanner.domain.account_file import AccountFile
from csplanner.domain.health import BucketResult
from csplanner.domain.index import FileIndex
from csplanner.domain.judgement import Judgement
from csplanner.domain.sentiment import Pulse
from csplanner.domain.settings import BookSettings
from csplanner.domain.wording import MINUS, band_word, money_text, number_text, tier_word
from csplanner.paint.document import (
    Bar,
    Bars,
    Document,
    Facts,
    Grid,
    GridColumn,
    Items,
    Lines,
    Marked,
    Paragraph,
    Part,
    Section,
)
from csplanner.qbr.brief_people import people_section
from csplanner.qbr.questions import questions
from csplanner.qbr.slides import Kind, Story
from csplanner.qbr.words import full_day, sentence, short_day, sources_text

BANNER = "Internal – do not share"
_SIGNALS = 8
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


def brief(known: Known) -> Document:
    """The brief of methods §13.3 for one review."""
    name = known.file.account.name
    kind = "Executive review" if known.story.kind is Kind.EBR else "Quarterly review"
    day = known.judgement.health.as_of
    who = f", for {known.settings.csm}" if known.settings.csm else ""
    sections = (
        _glance(known),
        _aim(known),
        _score(known),
        people_section(known.index, known.judgement),
        _landmines(known),
        _signals(known),
        _money(known),
        _deck(known),
        _gaps(known),
        Section(
            "Questions to ask, one for each unknown",
            (Items(questions(known.index, known.judgement), box=True),),
        ),
        _after(),
    )
    return Document(
        title=f"Prep brief: {name}",
        subtitle=f"{kind}{who}. Facts as of {full_day(day)}",
        banner=BANNER,
        sections=tuple(s for s in sections if s.parts),
        author=known.settings.csm,
    )


def _glance(known: Known) -> Section:
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
        ("Notice by", _or_unknown(term.notice_deadline.value if term else None)),
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
        f"This looks back: nothing dated after {full_day(day)} is in it. What carries no date, "
        "such as ARR, criticality and open opportunities, stands as it is in the book today."
    )


def _tier_words(known: Known) -> str:
    choice = known.judgement.choice
    word = tier_word(choice.tier)
    if choice.sentence.startswith((word, "You chose")):
        return choice.sentence
    return f"{word}, as you placed it. {choice.sentence}"


def _or_unknown(day: date | None) -> str:
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
    words = [
        f"{pulse.because.rstrip('.')}." if pulse.because else "",
        f"Entered {short_day(pulse.on)}.",
    ]
    gap = known.judgement.gap
    if gap is not None:
        sign = "+" if gap > 0 else MINUS if gap < 0 else ""
        words.append(f"Gap to the score {sign}{abs(gap)}.")
    if known.judgement.divergence.words:
        words.append(f"{known.judgement.divergence.words}")
    return Marked(
        band, f"Your sentiment: {pulse.sentiment.word}", " ".join(w for w in words if w), "hollow"
    )


def _aim(known: Known) -> Section:
    signals = known.judgement.signals
    parts: list[Part] = []
    if signals:
        first = signals[0]
        parts.append(Paragraph("The one thing that puts the renewal at risk", "strong"))
        parts.append(Paragraph(f"{first.headline.rstrip('.')}. {first.why}".strip()))
    parts.append(Lines("The outcome you want from this meeting"))
    return Section("What this meeting is for", tuple(parts))


def _score(known: Known) -> Section:
    health = known.judgement.health
    parts: list[Part] = [Bars(tuple(_bar(b, health.is_enough) for b in health.buckets))]
    if health.caps:
        parts.append(Paragraph("Caps in force", "strong"))
        parts.append(Items(tuple(c.sentence for c in health.caps)))
    lost = sorted((x for x in health.lines if x.lost >= 1), key=lambda x: -x.lost)[:5]
    if lost:
        parts.append(Paragraph("Where most points are lost", "strong"))
        parts.append(
            Grid(
                (
                    GridColumn("Measure", 3),
                    GridColumn("Points lost", 1.2),
                    GridColumn("Why", 4),
                    GridColumn("As of", 1.4),
                ),
                tuple((x.title, number_text(x.lost, 1), x.why, _or_unknown(x.as_of)) for x in lost),
            )
        )
    if health.robust:
        parts.append(Paragraph(health.robust, "quiet"))
    return Section("What makes the score", tuple(parts))


def _bar(bucket: BucketResult, is_enough: bool) -> Bar:
    """Points in the score; without enough evidence, in the weight the bucket would have."""
    words = f"{bucket.known} of {bucket.total} known. {sentence(bucket.why)}".strip()
    if bucket.score is None:
        return Bar(bucket.title, None, 100 * bucket.weight, words)
    if is_enough:
        return Bar(bucket.title, bucket.points, bucket.max_points, words)
    return Bar(bucket.title, bucket.weight * bucket.score, 100 * bucket.weight, words)


def _landmines(known: Known) -> Section:
    found = [
        f"Case {c.number or c.id}, {c.priority.value}{', escalated' if c.escalated else ''}, "
        f"open since {_or_unknown(c.opened_on)}: {c.subject or 'no subject'}"
        for c in known.index.urgent_cases
    ]
    overdue = known.index.newest("commercial.invoice_overdue_days")
    if overdue is not None and overdue.value.value:
        found.append(f"An invoice is {number_text(overdue.value.value / 1000)} days overdue.")
    disputes = known.index.newest("commercial.billing_disputes")
    if disputes is not None and disputes.value.value:
        found.append(f"{number_text(disputes.value.value / 1000)} billing disputes in 90 days.")
    low = [m for m in known.index.parts("voice.nps") if (m.value.value or 0) < 0]
    found += [
        f"NPS {number_text((m.value.value or 0) / 1000)} at "
        f"{m.dimension or 'no named touchpoint'}, {short_day(m.as_of)}"
        for m in low
    ]
    if not found:
        return Section(
            "Landmines", (Paragraph("No open escalation, overdue invoice or detractor is known."),)
        )
    return Section("Landmines", (Items(tuple(found)),))


def _signals(known: Known) -> Section:
    rest = known.judgement.signals[1 : _SIGNALS + 1]
    rows = tuple((s.headline, s.why, s.verb.label) for s in rest)
    if not rows:
        return Section("What else asks for you", ())
    columns = (GridColumn("What", 3), GridColumn("Why", 4.4), GridColumn("Do", 1.4))
    return Section("What else asks for you", (Grid(columns, rows),))


def _money(known: Known) -> Section:
    deals = [o for o in known.file.opportunities if o.state is OpportunityState.OPEN]
    if not deals:
        return Section("Open opportunities, not for the deck", ())
    rows = tuple(
        (
            o.name,
            o.kind.value,
            o.stage or "unknown",
            "unknown" if o.amount.value is None else money_text(o.amount.value),
            _or_unknown(o.close_on),
            "unknown" if o.probability is None else f"{o.probability}%",
        )
        for o in deals
    )
    columns = (
        GridColumn("Name", 3), GridColumn("Kind", 1.2), GridColumn("Stage", 1.4),
        GridColumn("Amount", 1.1), GridColumn("Close", 1.3), GridColumn("Chance", 0.9),
    )  # fmt: skip
    return Section("Open opportunities, not for the deck", (Grid(columns, rows),))


def _deck(known: Known) -> Section:
    rows = tuple(
        (str(n), s.title, f"{s.minutes} min" if s.minutes else "", sources_text(s.rests_on))
        for n, s in enumerate(known.story.slides, 1)
    )
    columns = (
        GridColumn("Page", 0.6), GridColumn("Headline", 4), GridColumn("Time", 0.9),
        GridColumn("Rests on", 3.6),
    )  # fmt: skip
    return Section(f"The deck, {known.story.minutes} minutes", (Grid(columns, rows),))


def _gaps(known: Known) -> Section:
    rows = tuple((str(o.number), o.title, o.why) for o in known.story.omitted)
    if not rows:
        return Section("Slides left out, and why", ())
    columns = (GridColumn("Slide", 0.6), GridColumn("Title", 3.2), GridColumn("Why", 4.6))
    return Section("Slides left out, and why", (Grid(columns, rows),))


def _after() -> Section:
    return Section(
        "After the meeting, within 24 hours",
        (
            Lines("What you heard", 3),
            Lines("What was decided", 2),
            Lines("Actions, owner and date", 3),
            Lines("Date of the next review", 1),
        ),
    )
