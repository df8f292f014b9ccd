"""Tells what lies ahead: decisions wanted today, the plan for the next quarter, asks."""

from csplanner.domain.period import Quarter
from csplanner.qbr.customer_view import CustomerView, Goal
from csplanner.qbr.goal_words import in_columns
from csplanner.qbr.goals import SHOWN, agreed, behind
from csplanner.qbr.pace import UNMEASURED, Pace, pace
from csplanner.qbr.slides import Block, Column, Item, Note, Points, Slide, Source, Table
from csplanner.qbr.words import (
    count_word,
    counted,
    figure,
    full_day,
    month_name,
    sentence,
    short,
    short_day,
)

RENEWAL_DAYS = 180
"""A renewal this near belongs among the decisions."""
_MOST = 3


def decision_slide(view: CustomerView) -> Slide | str:
    """Slide 1: at most three decisions, each with what we suggest."""
    items = [*_renewal(view), *_goal_decisions(view), *_confirmations(view)][:_MOST]
    if not items:
        return "no renewal is near and no goal needs a decision; consider a written update"
    renewals = len(_renewal(view))
    rests_on = [Source("Your contract", None)] if renewals else []
    if len(items) > renewals:
        rests_on.append(Source("Goals as written down with you", None))
    return Slide(
        key="decisions",
        number=1,
        title=f"{sentence(counted(len(items), 'decision'))} we would like from you today",
        subtitle=f"What we suggest stands under {'it' if len(items) == 1 else 'each'}",
        blocks=(Points(tuple(items)),),
        minutes=3,
        rests_on=tuple(rests_on),
    )


def _renewal(view: CustomerView) -> list[Item]:
    if view.term_end is None or (view.term_end - view.as_of).days > RENEWAL_DAYS:
        return []
    notice = view.notice_by
    until = (
        f", with notice by {full_day(notice)}"
        if notice is not None and view.as_of <= notice < view.term_end
        else ""
    )
    return [
        Item(
            f"How do you want to decide on your next term? This one ends {full_day(view.term_end)}"
            f"{until}.",
            "We suggest to agree today who takes part and what they need to see.",
        )
    ]


def _goal_decisions(view: CustomerView) -> list[Item]:
    return [
        Item(
            f"“{g.title}” is behind: keep {figure(g.target, g.unit)} by {short_day(g.due)}, "
            "or change it?",
            "We suggest to keep the target and agree what stands in the way."
            if pace(g, view.as_of) is Pace.BEHIND
            else "We suggest to set a target that can be reached, with a plan for it.",
        )
        for g in behind(view)
    ]


def _confirmations(view: CustomerView) -> list[Item]:
    open_goals = [g for g in view.goals if not g.is_agreed]
    untargeted = [g for g in agreed(view) if g.target is None]
    items = []
    if untargeted:
        items.append(
            Item(
                f"What target do you set for “{untargeted[0].title}”?",
                "We suggest a figure and a day, so that both of us can see it reached.",
            )
        )
    if open_goals:
        items.append(
            Item(
                f"Is “{open_goals[0].title}” a goal of yours?",
                "We suggest to confirm it, change it, or take it off the list.",
            )
        )
    return items


def next_slide(view: CustomerView) -> Slide | str:
    """Slide 9: the agreed goals still open, what they move to, who owns them, by when."""
    goals = _open_goals(view)
    if not goals:
        return "no agreed goal is still open"
    rows = tuple(_next_row(g, view) for g in goals[:SHOWN])
    table = Table(
        "Plan for the next quarter",
        (
            Column("What we move together", 4.0),
            Column("Now and target", 1.7),
            Column("Owner at your side", 2.3),
            Column("Owner at ours", 1.9),
            Column("By", 1.6),
        ),
        rows,
    )
    ahead = _next_quarter(view.quarter)
    blocks: list[Block] = [table]
    nameless = [g for g in goals if not g.owner]
    if nameless:
        blocks.append(
            Note(f"{sentence(counted(len(nameless), 'goal'))} still without an owner at your side.")
        )
    return Slide(
        key="next",
        number=9,
        title=f"{sentence(counted(len(goals), 'goal'))} to move in {_quarter_words(ahead)}",
        subtitle=_due_words(goals),
        blocks=tuple(blocks),
        minutes=10,
        rests_on=(Source("Goals as written down with you", None),),
    )


def _next_row(goal: Goal, view: CustomerView) -> tuple[str, ...]:
    told = in_columns(goal, view)
    return (
        told.title,
        f"{told.now} → {told.target}",
        short(goal.owner, 32) or "to name",
        view.csm or "to name",
        short_day(goal.due),
    )


def _open_goals(view: CustomerView) -> list[Goal]:
    still = [g for g in agreed(view) if pace(g, view.as_of) is not Pace.REACHED]
    return sorted(still, key=lambda g: (g.due is None, str(g.due), g.title))


def _due_words(goals: list[Goal]) -> str:
    first = goals[0].due
    if first is None:
        return "None of them has a due date yet"
    count = sum(1 for g in goals if g.due == first)
    if count == len(goals):
        return f"{'Due' if count == 1 else 'All due'} by {full_day(first)}"
    return f"{sentence(count_word(count))} due first, by {full_day(first)}"


def _next_quarter(quarter: Quarter) -> Quarter:
    if quarter.number == 4:
        return Quarter(quarter.year + 1, 1)
    return Quarter(quarter.year, quarter.number + 1)


def _quarter_words(quarter: Quarter) -> str:
    return f"Q{quarter.number} {quarter.year}"


def ask_slide(view: CustomerView) -> Slide | str:
    """Slide 11: what we ask of them, what we do next, and when we meet again."""
    asks = _asks(view)[:5]
    steps = _steps(view)[:5]
    if not asks and not steps:
        return "nothing is asked of them and no next step follows from the facts"
    ahead = _quarter_words(_next_quarter(view.quarter))
    closing = Item(f"Next review in {ahead}", "The day to agree before we part today.")
    title = f"{sentence(counted(len(asks), 'ask'))} of you" if asks else "No asks of you"
    return Slide(
        key="asks",
        number=11,
        title=f"{title}, {counted(len(steps) + 1, 'next step')} from us",
        subtitle=f"Until we meet again in {ahead}",
        blocks=(Points(tuple(asks), "What we ask of you"),) if asks else (),
        beside=(Points((*steps, closing), "What we propose to do"),),
        minutes=7,
        rests_on=(),
    )


def _asks(view: CustomerView) -> list[Item]:
    items = []
    for g in agreed(view):
        state = pace(g, view.as_of)
        who = g.owner or "whoever keeps it"
        if state in UNMEASURED:
            items.append(Item(f"A current figure for “{g.title}” from {who}", _last(g, view)))
    items += [
        Item(f"An owner at your side for “{g.title}”", "So that it does not rest on us alone.")
        for g in agreed(view)
        if not g.owner and pace(g, view.as_of) is not Pace.REACHED
    ]
    items += [
        Item(f"A day by which “{g.title}” counts", "It has no due date yet.")
        for g in agreed(view)
        if g.due is None and pace(g, view.as_of) is not Pace.REACHED
    ]
    return items


def _last(goal: Goal, view: CustomerView) -> str:
    if goal.now_on is not None:
        return f"The last one is of {month_name(goal.now_on)}."
    return f"None was known on {full_day(view.as_of)}." if view.is_past else "There is none."


def _steps(view: CustomerView) -> list[Item]:
    items = []
    cases = view.cases
    escalated = [c for c in cases.open if c.escalated] if cases is not None else []
    if escalated:
        numbers = ", ".join(c.number for c in escalated[:3] if c.number)
        items.append(
            Item(
                f"A dated answer on {counted(len(escalated), 'escalated case')}",
                f"Case {numbers}." if numbers else "",
            )
        )
    plans = [f"A plan to bring “{g.title}” back on course" for g in behind(view)]
    return [*items, *(Item(plan, "In writing, after today.") for plan in plans)]
