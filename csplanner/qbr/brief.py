"""Writes the internal prep brief as plain data: everything you must know, nothing for sharing."""

from csplanner.domain.account import OpportunityState
from csplanner.domain.health import BucketResult
from csplanner.domain.wording import count_text, money_text, number_text
from csplanner.domain.wording import sentence as full_sentence
from csplanner.paint.document import (
    Bar,
    Bars,
    Document,
    Grid,
    GridColumn,
    Items,
    Lines,
    Paragraph,
    Part,
    Section,
)
from csplanner.qbr.brief_glance import Known, glance_section, or_unknown
from csplanner.qbr.brief_people import people_section
from csplanner.qbr.questions import questions
from csplanner.qbr.slides import Kind
from csplanner.qbr.words import full_day, sentence, short_day, sources_text

BANNER = "Internal – do not share"
_SIGNALS = 8


def brief(known: Known) -> Document:
    """The brief of methods §13.3 for one review."""
    name = known.file.account.name
    kind = "Executive review" if known.story.kind is Kind.EBR else "Quarterly review"
    day = known.judgement.health.as_of
    who = f", for {known.settings.csm}" if known.settings.csm else ""
    sections = (
        glance_section(known),
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


def _aim(known: Known) -> Section:
    signals = known.judgement.signals
    parts: list[Part] = []
    if signals:
        first = signals[0]
        parts.append(Paragraph("The one thing that puts the renewal at risk", "strong"))
        parts.append(Paragraph(f"{full_sentence(first.headline)} {first.why}".strip()))
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
                tuple((x.title, number_text(x.lost, 1), x.why, or_unknown(x.as_of)) for x in lost),
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
        f"open since {or_unknown(c.opened_on)}: {c.subject or 'no subject'}"
        for c in known.index.urgent_cases
    ]
    overdue = known.index.newest("commercial.invoice_overdue_days")
    if overdue is not None and overdue.value.value:
        late = count_text(round(overdue.value.value / 1000), "day")
        found.append(f"An invoice is {late} overdue.")
    disputes = known.index.newest("commercial.billing_disputes")
    if disputes is not None and disputes.value.value:
        count = count_text(round(disputes.value.value / 1000), "billing dispute")
        found.append(f"{count} in 90 days.")
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
            or_unknown(o.close_on),
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
