"""Accounts as points of the scatter, and those that cost much and promise little."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from csplanner.domain.overview import Overview
from csplanner.domain.settings import BookSettings
from csplanner.domain.wording import day_text, money_full_text, number_text, tier_word, unit_word
from csplanner.language import tr, within
from csplanner.paint.scatter import Cuts, Point
from csplanner.ui import veil
from csplanner.ui.pyramid.rows import Hours, letter_of, short_names, tier_title
from csplanner.ui.words import amount

_HIDDEN_WEIGHT = 0.3
"""How large every point is while money is hidden, as a share of the largest."""

HIGH_MAINTENANCE = 1.5
"""Hours spent over hours promised from which an account is high maintenance (methods §4.6)."""
POTENTIAL_CUT = 50
POINTS_SHOWN = 400


@dataclass(frozen=True, slots=True)
class Costly:
    """An account that takes more hours than promised and has little potential."""

    account_id: str
    name: str
    arr: str
    spent: str
    promised: str
    regrettable: str
    plan: str


def cuts_of(settings: BookSettings) -> Cuts:
    """The cuts of the rule in force."""
    return Cuts(settings.equipped_cuts, settings.potential_cuts)


def points_of(lines: Sequence[Overview]) -> list[Point]:
    """The points of placed accounts whose answers are known, at most POINTS_SHOWN, in order."""
    known = [
        line for line in lines
        if line.tier is not None and line.equipped is not None and line.potential is not None
    ][:POINTS_SHOWN]  # fmt: skip
    largest: dict[str, int] = {}
    for line in known:
        if line.arr:
            largest[line.arr.currency] = max(largest.get(line.arr.currency, 0), line.arr.minor)
    names = short_names([line.name for line in known])
    return [_point(line, name, largest) for line, name in zip(known, names, strict=True)]


def _point(line: Overview, name: str, largest: dict[str, int]) -> Point:
    weight = 0.0
    if line.arr and largest.get(line.arr.currency, 0) > 0:
        weight = max(0.0, line.arr.minor / largest[line.arr.currency])
    if veil.is_on():
        weight = _HIDDEN_WEIGHT
    assert line.tier is not None
    arr = amount(line.arr) if line.arr else tr("ARR unknown")
    rule = ""
    if line.is_override and line.rule_tier is not None:
        rule = tr("; the rule says {0}").format(within(tier_word(line.rule_tier)))
    spoken = tr("{0}: equipped {1}, potential {2}, {3} ({4}), {5}{6}").format(
        line.name,
        line.equipped,
        line.potential,
        within(tier_title(line.tier)),
        letter_of(line.tier),
        arr,
        rule,
    )
    return Point(
        line.account_id,
        name,
        line.equipped or 0,
        line.potential or 0,
        letter_of(line.tier),
        weight,
        line.is_override,
        spoken,
        money_full_text(line.arr) if line.arr else "",
    )


def scatter_note(placed: int, read: int, drawn: int) -> str:
    """What size and ring mean, and what is not drawn; `read` of `placed` were looked at."""
    note = tr("Size is ARR. A ring: the rule would place it elsewhere.")
    if read < placed:
        note += tr(" The {0} largest of {1} are drawn.").format(
            number_text(drawn), number_text(placed)
        )
    elif drawn < read and drawn >= POINTS_SHOWN:
        note += tr(" The {0} largest are drawn.").format(number_text(drawn))
    elif drawn < read:
        note += tr(" {0} without answers are not drawn.").format(number_text(read - drawn))
    return note


def is_costly(line: Overview) -> bool:
    """High maintenance and low potential, both known."""
    return (
        line.tier is not None
        and line.potential is not None
        and line.potential < POTENTIAL_CUT
        and line.hours_promised > 0
        and line.hours_spent >= HIGH_MAINTENANCE * line.hours_promised
    )


def costly_of(lines: Sequence[Overview], settings: BookSettings, as_of: date) -> list[Costly]:
    """Those accounts, the most hours beyond what was promised first."""
    hours = Hours(settings.hours_per)
    found = sorted(
        (line for line in lines if is_costly(line)),
        key=lambda o: o.hours_promised - o.hours_spent,
    )
    return [
        Costly(
            line.account_id,
            line.name,
            amount(line.arr) if line.arr else tr("ARR unknown"),
            hours.text(line.hours_spent),
            tr("of {0} promised").format(hours.text(line.hours_promised)[:-2]),
            line.regrettable.value,
            _plan(line, hours, as_of),
        )
        for line in found
    ]


def _plan(line: Overview, hours: Hours, as_of: date) -> str:
    if line.next_step:
        due = (
            tr(", by {0}").format(day_text(line.next_step_due, as_of)) if line.next_step_due else ""
        )
        return tr("Plan: {0}{1}").format(veil.note(line.next_step), due)
    promised = tr("{0} a {1} stay promised").format(
        hours.text(line.hours_promised), unit_word(hours.unit)
    )
    if line.decision_on is not None and line.decision_on > as_of:
        return tr("We took their money: {0} to {1}.").format(
            promised, day_text(line.decision_on, as_of)
        )
    return tr("We took their money: {0}.").format(promised)
