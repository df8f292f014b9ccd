"""Tells their goals, what came of them, and, where there are none, what we need to learn."""

from datetime import date

from csplanner.qbr.customer_view import CustomerView, Goal
from csplanner.qbr.goal_words import in_columns, spoken
from csplanner.qbr.pace import MISSED, Pace, is_old, pace, way
from csplanner.qbr.slides import (
    Chart,
    ChartKind,
    Column,
    Figure,
    Figures,
    Item,
    Note,
    Points,
    Series,
    Slide,
    Source,
    Table,
)
from csplanner.qbr.usage import when
from csplanner.qbr.words import (
    count_word,
    counted,
    full_day,
    month_name,
    quoted,
    sentence,
    short,
    short_day,
    short_month,
)

SHOWN = 6
"""Goals on one slide; the appendix lists all."""
_ROOM = 12
"""Percent of the way from which a bar is long enough to carry its figure."""


def agreed(view: CustomerView) -> list[Goal]:
    """The goals they agreed to."""
    return [g for g in view.goals if g.is_agreed]


def goals_slide(view: CustomerView) -> Slide | str:
    """Slide 2: their goals in their own metrics, and whether these are still right."""
    goals = list(view.goals)
    if not goals:
        return "no goal of theirs is written down; the page “What we need to learn” stands instead"
    confirmed = agreed(view)
    table = Table(
        "Your goals",
        (
            Column("Goal", 4.2),
            Column("At the start", 1.5, "right"),
            Column("Your target", 1.5, "right"),
            Column("By", 1.5),
            Column("Owner at your side", 2.0),
        ),
        tuple(_goal_row(g, view) for g in goals[:SHOWN]),
    )
    return Slide(
        key="goals",
        number=2,
        title=_goals_title(len(goals), len(confirmed)),
        subtitle=_agreed_words(confirmed),
        blocks=(table, Note(_goals_note(goals))),
        minutes=7,
        rests_on=(Source("Goals as written down with you", _last_agreed(confirmed)),),
    )


def _goals_title(total: int, confirmed: int) -> str:
    if total == confirmed:
        return f"{sentence(counted(total, 'goal'))} of yours we work towards"
    if not confirmed:
        return f"{sentence(counted(total, 'goal'))} we believe are yours: are they right?"
    rest = total - confirmed
    return f"{sentence(counted(confirmed, 'goal'))} agreed with you, {count_word(rest)} to confirm"


def _agreed_words(confirmed: list[Goal]) -> str:
    day = _last_agreed(confirmed)
    if day is None:
        return "In your own metrics"
    return f"In your own metrics, as agreed with you on {full_day(day)}"


def _last_agreed(goals: list[Goal]) -> date | None:
    return max((g.agreed_on for g in goals if g.agreed_on is not None), default=None)


def _goal_row(goal: Goal, view: CustomerView) -> tuple[str, ...]:
    told = in_columns(goal, view)
    return (
        told.title if goal.is_agreed else f"{told.title} (to confirm)",
        told.start,
        told.target,
        short_day(goal.due),
        short(goal.owner, 40) or "nobody named",
    )


def _goals_note(goals: list[Goal]) -> str:
    more = f" The other {len(goals) - SHOWN} are in the appendix." if len(goals) > SHOWN else ""
    return f"Are these still the right goals, with the right targets?{more}"


def outcomes_slide(view: CustomerView) -> Slide | str:
    """Slide 3: how far each goal has come, from start to target."""
    goals = agreed(view)
    if not goals:
        return "no goal is agreed with them yet" if view.goals else "no goal is written down"
    measured = [g for g in goals if way(g) is not None][:SHOWN]
    if not measured and view.is_past:
        return f"no current figure of an agreed goal was known on {full_day(view.as_of)}"
    if not measured:
        return "no agreed goal has a start, a target and a current figure"
    table = Table(
        "Where your goals stand",
        (
            Column("Goal", 3.6),
            Column("Start", 1.1, "right"),
            Column("Now", 1.1, "right"),
            Column("Target", 1.1, "right"),
            Column("By", 1.5),
            Column("Stands", 1.4),
            Column("Figure from", 2.9),
        ),
        tuple(_outcome_row(g, view) for g in goals[:SHOWN]),
    )
    return Slide(
        key="outcomes",
        number=3,
        title=_outcomes_title(goals, view),
        subtitle="Way from where you started to your target, in your own figures",
        blocks=(_progress_chart(measured, view), table),
        minutes=8,
        rests_on=tuple(
            dict.fromkeys(Source(g.source or "Figures you gave us", g.now_on) for g in measured)
        )[:3],
    )


def _outcomes_title(goals: list[Goal], view: CustomerView) -> str:
    states = [pace(g, view.as_of) for g in goals]
    total = len(goals)
    said = [
        (states.count(Pace.REACHED), "reached"),
        (states.count(Pace.ON_COURSE), "on course"),
    ]
    parts = [(count, words) for count, words in said if count]
    if not parts:
        missed = sum(1 for s in states if s in MISSED)
        if missed:
            parts = [(missed, "behind plan")]
    if not parts:
        known = sum(1 for g in goals if way(g) is not None)
        has = "has" if known == 1 else "have"
        return sentence(f"{_share_of(known, total)} {has} a figure so far")
    (count, words), *rest = parts
    first = f"{_share_of(count, total)} {_is(count)} {words}"
    return sentence(", ".join([first, *(f"{count_word(n)} {_is(n)} {w}" for n, w in rest)]))


def _share_of(count: int, total: int) -> str:
    """`one goal`, `both your goals`, `all four of your goals`, `two of your four goals`."""
    if total == 1:
        return "one goal"
    if count == total:
        return "both your goals" if total == 2 else f"all {count_word(total)} of your goals"
    return f"{count_word(count)} of your {counted(total, 'goal')}"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _progress_chart(goals: list[Goal], view: CustomerView) -> Chart:
    shares = [max(0.0, min(1.0, way(g) or 0.0)) * 100 for g in goals]
    told = [spoken(g, view) for g in goals]
    words = [f"{t.title}: {t.now}, from {t.start} towards {t.target}" for t in told]
    return Chart(
        kind=ChartKind.PROGRESS,
        title="From start to target",
        categories=tuple(short(g.title, 48) for g in goals),
        series=(
            Series(
                "Done",
                tuple(round(s, 1) for s in shares),
                labels=tuple(
                    t.now if s >= _ROOM else "" for t, s in zip(told, shares, strict=True)
                ),
                stale=tuple(is_old(g, view.as_of) for g in goals),
            ),
            Series(
                "To go",
                tuple(round(100 - s, 1) for s in shares),
                labels=tuple(
                    t.target if s >= _ROOM else f"now {t.now}, target {t.target}"
                    for t, s in zip(told, shares, strict=True)
                ),
            ),
        ),
        alt="; ".join(words) + ".",
        unit=_legend(goals, view),
        low=0,
        high=100,
    )


def _legend(goals: list[Goal], view: CustomerView) -> str:
    dashed = ", dashed: the figure is old" if any(is_old(g, view.as_of) for g in goals) else ""
    return f"filled: where you are now, right end: your target{dashed}"


def _outcome_row(goal: Goal, view: CustomerView) -> tuple[str, ...]:
    source = short(goal.source, 40) or ("you" if goal.now is not None else "")
    when = month_name(goal.now_on) if goal.now_on is not None else ""
    told = in_columns(goal, view, 60)
    return (
        told.title,
        told.start,
        told.now,
        told.target,
        short_day(goal.due),
        pace(goal, view.as_of).value,
        ", ".join(p for p in (source, when) if p)
        or ("not known then" if view.is_past else "no figure yet"),
    )


def learn_slide(view: CustomerView) -> Slide:
    """In place of slides 2, 3 and 9: what we must ask before a review can speak of value."""
    questions = (
        Item(
            "What do you want to be better at a year from now?",
            "In your own words, before any word of ours.",
        ),
        Item(
            "In which of your own figures would you see it?",
            "Its name, where it is kept, and who reads it.",
        ),
        Item(
            "Where does that figure stand today, and where should it be?",
            "Start, target and the day by which it counts.",
        ),
        Item(
            "Who decides at your side whether this was worth it?",
            "And who else should hear how it goes.",
        ),
        Item("What would make you say it failed?", "So that you hear it from us first."),
    )
    return Slide(
        key="learn",
        number=2,
        title=f"{sentence(count_word(len(questions)))} things we need to learn from you",
        subtitle="We have no goals of yours written down, so we ask before we report",
        blocks=(*_known_today(view), Points(questions)),
        minutes=20,
    )


def _known_today(view: CustomerView) -> tuple[Figures, ...]:
    found = []
    if view.customer_since is not None:
        found.append(Figure(short_month(view.customer_since), "customer since"))
    if view.seats_active and view.seats_bought:
        active, bought = view.seats_active[-1], view.seats_bought[-1]
        label = f"seats active{when(active.on, view.as_of)}"
        found.append(Figure(f"{active.value:,.0f} of {bought.value:,.0f}", label))
    if view.cases is not None:
        found.append(Figure(f"{len(view.cases.open):,}", "cases open"))
    return (Figures(tuple(found)),) if found else ()


def behind(view: CustomerView) -> list[Goal]:
    """Agreed goals that are behind or off course."""
    return [g for g in agreed(view) if pace(g, view.as_of) in MISSED]


def names(goals: list[Goal]) -> str:
    """The titles of goals in quotation marks."""
    return quoted([g.title for g in goals])
