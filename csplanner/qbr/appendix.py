"""Tells what a reader looks up later: all goals, the months behind the charts, definitions."""

from csplanner.domain.wording import number_text
from csplanner.qbr.customer_view import CustomerView
from csplanner.qbr.goal_words import in_columns
from csplanner.qbr.goals import SHOWN
from csplanner.qbr.pace import OLD_AFTER_DAYS, Pace, pace
from csplanner.qbr.slides import Column, Slide, Source, Table
from csplanner.qbr.words import counted, full_day, month_name, sentence, short_day

_ROWS = 11
_COURSE = (
    "The way made is at least the share of time passed since the goal was agreed, less 10 "
    "points. “Behind” is less than that, “off course” more than 30 points less."
)


def appendix(view: CustomerView, told: list[Slide]) -> list[Slide]:
    """Slides after the last one: only what the slides told so far refer to."""
    keys = {slide.key for slide in told}
    slides = []
    if len(view.goals) > SHOWN:
        slides += _all_goals(view)
    if "usage" in keys and len(view.seats_active) > 1:
        slides.append(_months(view))
    terms = _definitions(view, keys)
    if terms:
        means = "it means" if len(terms) == 1 else "each means"
        slides.append(
            Slide(
                key="definitions",
                number=None,
                title=f"{sentence(counted(len(terms), 'word'))} used here, and what {means}",
                subtitle=f"Appendix. Figures as known on {full_day(view.as_of)}",
                blocks=(
                    Table("Definitions", (Column("Word", 2.2), Column("Meaning", 8.6)), terms),
                ),
            )
        )
    return slides


def _all_goals(view: CustomerView) -> list[Slide]:
    columns = (
        Column("Goal", 4.4), Column("Start", 1.2, "right"), Column("Now", 1.2, "right"),
        Column("Target", 1.2, "right"), Column("By", 1.4), Column("Stands", 1.5),
    )  # fmt: skip
    told = [in_columns(g, view) for g in view.goals]
    rows = [
        (t.title, t.start, t.now, t.target, short_day(g.due), pace(g, view.as_of).value)
        for t, g in zip(told, view.goals, strict=True)
    ]
    pages = [tuple(rows[at : at + _ROWS]) for at in range(0, len(rows), _ROWS)]
    return [
        Slide(
            key=f"all-goals-{number}",
            number=None,
            title=f"All {len(rows)} goals, {number * _ROWS + 1} to {number * _ROWS + len(page)}",
            subtitle="Appendix",
            blocks=(Table("All goals", columns, page),),
            rests_on=(Source("Goals as written down with you", None),),
        )
        for number, page in enumerate(pages)
    ]


def _months(view: CustomerView) -> Slide:
    bought = {(p.on.year, p.on.month): p.value for p in view.seats_bought}
    rows = []
    for p in view.seats_active:
        seats = bought.get((p.on.year, p.on.month))
        share = f"{number_text(100 * p.value / seats)}%" if seats else "unknown"
        rows.append(
            (
                month_name(p.on),
                number_text(p.value),
                "unknown" if seats is None else number_text(seats),
                share,
            )
        )
    return Slide(
        key="months",
        number=None,
        title=f"Seats in each of the last {counted(len(rows), 'month')}",
        subtitle="Appendix",
        blocks=(
            Table(
                "Seats by month",
                (
                    Column("Month", 3), Column("Seats active", 2, "right"),
                    Column("Seats bought", 2, "right"), Column("Share active", 2, "right"),
                ),
                tuple(rows),
            ),
        ),
        rests_on=(Source("Our usage records", view.seats_active[-1].on),),
    )  # fmt: skip


def _definitions(view: CustomerView, keys: set[str]) -> tuple[tuple[str, str], ...]:
    states = {pace(g, view.as_of) for g in view.goals}
    terms: list[tuple[str, str]] = []
    if "outcomes" in keys:
        terms.append(("Way to target", "(now − start) ÷ (target − start), of your own figure."))
        terms.append(
            (
                Pace.ON_COURSE.value,
                _COURSE,
            )
        )
    if Pace.OLD_FIGURE in states:
        terms.append(
            (Pace.OLD_FIGURE.value, f"The newest figure is more than {OLD_AFTER_DAYS} days old.")
        )
    if "usage" in keys and view.seats_active:
        terms.append(("Seat active", "A person who used it at least once in 30 days."))
    if "experience" in keys and view.nps:
        terms.append(
            ("NPS", "Percent who answered 9 or 10 less percent who answered 0 to 6, −100 to 100.")
        )
    if "experience" in keys and view.csat:
        terms.append(("CSAT", "Mean of the answers from 1 (poor) to 5 (good)."))
    if view.cases is not None and "trouble" in keys:
        terms.append(("Case open too long", "Not closed more than 30 days after it was opened."))
    return tuple(terms)
