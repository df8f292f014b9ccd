"""Signals a bare export can show: use, revenue, cases and satisfaction moving the wrong way."""

from collections.abc import Iterator
from datetime import date, timedelta

from csplanner.domain.account import Tier
from csplanner.domain.index import is_running
from csplanner.domain.money import Money, totals
from csplanner.domain.signals import Evidence, Found, Group, Verb, View, state_line
from csplanner.domain.wording import count_text, day_text, money_text, number_text
from csplanner.language import noted, tr

FELL_TO = 60.0
"""Percent of the quarter before under which falling use is a signal."""
_MIN_USES = 20_000


def trend_signals(view: View) -> Iterator[Found]:
    """Use and ARR that fell, parts that left, cases that pile up, answers that turn bad."""
    yield from _use_fell(view)
    yield from _arr_fell(view)
    yield from _part_left(view)
    yield from _cases_rising(view)
    yield from _unsatisfied(view)
    yield from _unknown_arr(view)


def _use_fell(view: View) -> Iterator[Found]:
    read = next((x for x in view.health.read if x.measure == "adoption.trend"), None)
    if read is None or read.value.value is None or read.value.value >= FELL_TO:
        return
    if read.as_of is None or view.index.days_since(read.as_of) > 90:
        return
    if _uses(view, read.as_of - timedelta(90), 90) < _MIN_USES:
        return
    fell = round(100 - read.value.value)
    yield Found(
        "use_fell", 57 if fell >= 60 else 47,
        Group.DECISION if view.choice.tier is Tier.DIGITAL else Group.THIS_WEEK,
        tr("Use stopped in the last quarter") if fell >= 100
        else tr("Use fell {0}% against the quarter before").format(fell),
        f"{read.why[:1].upper()}{read.why[1:]}. {state_line(view)}".rstrip(),
        (Evidence(read.why, read.source or "usage", read.as_of, "risk"),),
        Verb("log_touch", tr("Ask what changed")),
        (read.as_of.isoformat(), str(fell // 10)), None, 6,
    )  # fmt: skip


def _uses(view: View, end: date, days: int) -> int:
    """Uses in thousandths in the `days` up to `end`."""
    return sum(
        m.value.value
        for m in view.index.uses
        if m.value.value is not None and 0 <= (end - m.as_of).days < days
    )


def _running_arr(view: View, day: date) -> Money | None:
    running = [s.arr.value for s in view.index.file.subscriptions if is_running(s, day)]
    found = totals(a for a in running if a is not None)
    return found[0] if len(found) == 1 else None


def _arr_fell(view: View) -> Iterator[Found]:
    """What the subscriptions bring now against half a year ago."""
    then_on = view.as_of - timedelta(180)
    then, now = _running_arr(view, then_on), _running_arr(view, view.as_of)
    if then is None or not then.minor or (now is not None and now.currency != then.currency):
        return
    left = now.minor if now else 0
    if left > 0.8 * then.minor:
        return
    worth = money_text(Money(left, then.currency))
    yield Found(
        "arr_fell", 60, Group.THIS_WEEK,
        tr("Subscriptions fell from {0} to {1} in half a year").format(money_text(then), worth),
        tr("Expansion or a way out, which is it? {0}").format(state_line(view)).rstrip(),
        (
            Evidence(tr("{0} were running").format(
                money_text(then)
            ), noted("subscriptions"), then_on, "info"),
            Evidence(tr("{0} run now").format(worth), noted("subscriptions"), view.as_of, "risk"),
        ),
        Verb("open_account", tr("See what ended")), (worth,), None, 9,
    )  # fmt: skip


def _part_left(view: View) -> Iterator[Found]:
    """An exit is recorded in the last quarter although something still runs."""
    recent = [e for e in view.index.file.exits if 0 <= view.index.days_since(e.on) <= 90]
    if not recent or recent[-1].is_reactivation:
        return
    last = recent[-1]
    cause = (
        tr("Cause: {0}.").format(last.cause) if last.cause else tr("The cause is not written down.")
    )
    said = tr(" They said: {0}.").format(last.evidence) if last.evidence else ""
    arr = (
        tr("{0} still run").format(money_text(view.index.arr))
        if view.index.arr
        else tr("Something still runs")
    )
    yield Found(
        "part_left", 68, Group.NOW if view.index.days_since(last.on) <= 45 else Group.THIS_WEEK,
        tr("An exit is recorded for {0}, yet they are still here").format(
            day_text(last.on, view.as_of)
        ),
        f"{arr}. {cause}{said}",
        tuple(
            Evidence(tr("Exit: {0}").format(
                e.cause or tr('cause unknown')
            ), noted("exit record"), e.on, "risk")
            for e in recent[-3:]
        ),
        Verb("open_account", tr("Find out what holds")), tuple(e.id for e in recent), last.on, 8,
    )  # fmt: skip


def _cases_rising(view: View) -> Iterator[Found]:
    ages = [view.index.days_since(c.opened_on) for c in view.index.file.cases if c.opened_on]
    now, before = sum(1 for a in ages if 0 <= a < 90), sum(1 for a in ages if 90 <= a < 180)
    if now < 5 or now < 2 * max(1, before) or not view.index.open_cases:
        return
    yield Found(
        "cases_rising", 43, Group.THIS_WEEK,
        tr("{0} in 90 days, {1} in the 90 before").format(count_text(now, 'case'), before),
        tr("{0} open now. {1}").format(
            count_text(len(view.index.open_cases), 'case'), state_line(view)
        ).rstrip(),
        (
            Evidence(
                tr("{0} cases opened in 90 days").format(now), noted("support cases"), view.as_of
            ),
        ),
        Verb("open_cases", tr("Look at the cases")), (str(now // 2), str(before)), None, 8,
    )  # fmt: skip


def _unsatisfied(view: View) -> Iterator[Found]:
    """Three or more answered cases in half a year, 3 or less on average."""
    answered = [
        (c, c.satisfaction.value)
        for c in view.index.file.cases
        if c.satisfaction.value is not None
        and c.opened_on is not None
        and 0 <= view.index.days_since(c.opened_on) <= 180
    ]
    if len(answered) < 3:
        return
    mean = sum(grade for _, grade in answered) / len(answered)
    if mean > 3.0:
        return
    worst = sorted(answered, key=lambda pair: (pair[1], pair[0].id))[:3]
    yield Found(
        "unsatisfied", 49, Group.THIS_WEEK,
        tr("Support satisfaction is {0} of 5").format(number_text(mean, 1)),
        tr("From {0} answered cases in 180 days. {1}").format(
            len(answered), state_line(view)
        ).rstrip(),
        tuple(
            Evidence(tr("{0}: {1} of 5").format(
                c.number or tr('Case'), grade
            ), noted("support cases"), c.opened_on, "risk")
            for c, grade in worst
        ),
        Verb("open_cases", tr("Look at the cases")),
        tuple(sorted(c.id for c, _ in answered)), None, 8,
    )  # fmt: skip


def _unknown_arr(view: View) -> Iterator[Found]:
    if view.index.arr is not None or not view.index.open_opportunities:
        return
    amounts = [o.amount.value for o in view.index.open_opportunities if o.amount.value]
    top = max(amounts, key=lambda m: m.minor, default=None)
    worth = tr(", the largest {0}").format(money_text(top)) if top else ""
    deals = count_text(len(view.index.open_opportunities), "open deal")
    yield Found(
        "arr_unknown", 20, Group.DECISION, tr("The ARR is not known"),
        tr("{0}{1}. Without ARR it ranks by the deals.").format(deals, worth),
        (Evidence(f"{deals}{worth}", noted("deals")),),
        Verb("edit_account", tr("Add the ARR")), ("arr",), None, 10,
    )  # fmt: skip
