"""What each scored measure is worth on a day, read from the records of an account."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from csplanner.domain.account import CasePriority, Tier
from csplanner.domain.context import BookContext
from csplanner.domain.coverage import effective_contacts, has_roles, role_letters, role_share
from csplanner.domain.index import FileIndex, is_running, is_two_way
from csplanner.domain.objective import Objective, ObjectiveStatus
from csplanner.domain.value import UNKNOWN, Fact
from csplanner.domain.wording import count_text, day_text, number_text
from csplanner.language import tr


class Input(NamedTuple):
    """A measure's value in its unit with its day, its source and what it rests on."""

    measure: str
    value: Fact[float]
    as_of: date | None
    source: str
    why: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What values are read against: the tier in force, its rhythm in days, and the book."""

    tier: Tier | None
    rhythm: int
    context: BookContext


def inputs(index: FileIndex, setting: Setting) -> tuple[Input, ...]:
    """One input per scored measure, in the catalogue's order; unknown stays unknown."""
    return tuple([read(index, setting) for read in _READERS.values()])


def _unknown(measure: str, why: str) -> Input:
    return Input(measure, UNKNOWN, None, "", why)


def _known(measure: str, value: float, as_of: date, source: str, why: str) -> Input:
    return Input(measure, Fact(value), as_of, source, why)


def _progress(index: FileIndex, setting: Setting) -> Input:
    """Mean way from baseline to target over live objectives with a figure of the last 180 days."""
    del setting
    name = "outcomes.progress"
    live = [o for o in index.file.objectives if o.status is not ObjectiveStatus.DROPPED]
    if not live:
        return _unknown(name, tr("no objective is written down"))
    shares, days, stale = [], [], 0
    for objective in live:
        share, on = _objective_share(objective, index.as_of)
        if share is None or on is None:
            continue
        if index.days_since(on) > 180:
            stale += 1
            continue
        shares.append(share)
        days.append(on.toordinal())
    if not shares:
        return _unknown(name, tr("no objective has a figure of the last 180 days"))
    why = tr("{0} of {1} with a figure").format(len(shares), count_text(len(live), "objective"))
    if stale:
        why += tr(", {0} stale").format(stale)
    middle = date.fromordinal(sum(days) // len(days))
    return _known(name, 100.0 * sum(shares) / len(shares), middle, "objectives", why)


def _objective_share(objective: Objective, as_of: date) -> tuple[float | None, date | None]:
    on = objective.actual_on
    if objective.status is ObjectiveStatus.REACHED:
        return 1.0, on if on is not None and on <= as_of else objective.agreed_on
    if on is None or on > as_of:
        return None, None
    return objective.progress, on


def _seats(index: FileIndex, setting: Setting) -> Input:
    del setting
    name = "adoption.seats"
    active = index.newest("usage.seats_active")
    if active is None or active.value.value is None:
        return _unknown(name, tr("seats in use were never counted"))
    bought = index.newest("usage.seats_bought")
    if bought is not None and bought.value.value:
        seats = bought.value.value / 1000
    else:
        running = [s.seats for s in index.file.subscriptions if is_running(s, index.as_of)]
        seats = float(sum(n for n in running if n))
    if not seats:
        return _unknown(name, tr("how many seats they bought is not known"))
    used = active.value.value / 1000
    why = tr("{0} of {1} seats in use").format(number_text(used), number_text(seats))
    return _known(name, 100.0 * used / seats, active.as_of, active.source, why)


def _modules(index: FileIndex, setting: Setting) -> Input:
    del setting
    name = "adoption.modules"
    used, bought = index.newest("usage.modules_used"), index.newest("usage.modules_bought")
    if used is not None and bought is not None and used.value.value is not None:
        total = (bought.value.value or 0) / 1000
        if total:
            live = used.value.value / 1000
            why = tr("{0} of {1} modules in use").format(number_text(live), number_text(total))
            return _known(name, 100.0 * live / total, used.as_of, used.source, why)
    shares = index.parts("usage.module_share")
    if not shares:
        return _unknown(name, tr("which modules they use was never measured"))
    live_parts = [m for m in shares if (m.value.value or 0) >= 10_000]
    newest = max(shares, key=lambda m: m.as_of)
    why = tr("{0} of {1} modules in use").format(len(live_parts), len(shares))
    return _known(name, 100.0 * len(live_parts) / len(shares), newest.as_of, newest.source, why)


def _trend(index: FileIndex, setting: Setting) -> Input:
    """Uses in the 90 days up to the newest usage figure against the 90 days before."""
    name = "adoption.trend"
    if not index.uses:
        return _unknown(name, tr("use of features was never imported"))
    through = setting.context.usage_through
    if through is None or through > index.as_of:
        through = index.uses[0].as_of
    end = through.toordinal()
    now = before = 0
    source = ""
    for m in index.uses:
        age = end - m.as_of.toordinal()
        if age >= 180:
            break
        count = m.value.value
        if count is None or age < 0:
            continue
        if age < 90:
            now += count
            source = source or m.source
        else:
            before += count
    if not before:
        return _unknown(name, tr("no use is known for the quarter before"))
    why = tr("{0} uses in 90 days, {1} before").format(
        number_text(now / 1000), number_text(before / 1000)
    )
    return _known(name, 100.0 * now / before, through, source, why)


def _recency(index: FileIndex, setting: Setting) -> Input:
    name = "engagement.recency"
    last = index.last_two_way
    if last is None:
        return _unknown(name, tr("no two-way contact is logged"))
    days = index.days_since(last.on)
    when = "today" if days == 0 else tr("{0} ago").format(count_text(days, "day"))
    why = tr("last two-way contact {0}, rhythm {1} days").format(when, setting.rhythm)
    return _known(name, 100.0 * days / max(1, setting.rhythm), index.as_of, tr("touch log"), why)


def _ratio(index: FileIndex, setting: Setting) -> Input:
    name = "engagement.ratio"
    if index.last_touch is None:
        return _unknown(name, tr("no touch is logged"))
    contacts = 0
    for touch in reversed(index.touches):
        if index.days_since(touch.on) > 180:
            break
        if is_two_way(touch) and touch.meaningful.value is not False:
            contacts += 1
    norm = max(0.5, 180 / max(1, setting.rhythm))
    why = tr("{0} in 180 days, norm {1}").format(
        count_text(contacts, "two-way contact"), number_text(norm, 1)
    )
    return _known(name, 100.0 * contacts / norm, index.as_of, tr("touch log"), why)


def _roles(index: FileIndex, setting: Setting) -> Input:
    name = "relationship.roles"
    if not has_roles(index):
        return _unknown(name, tr("nobody’s role is recorded"))
    letters = role_letters(index)
    why = tr("{0} of 5 roles in touch, {1} with nobody").format(
        letters.count("f"), letters.count("o")
    )
    share = role_share(letters, setting.tier)
    return _known(name, share, index.as_of, tr("relationship map"), why)


def _breadth(index: FileIndex, setting: Setting) -> Input:
    del setting
    name = "relationship.breadth"
    people = index.people
    counts = [n for p, n in index.contacts_90.items() if p not in people or people[p].is_theirs]
    if counts:
        value = effective_contacts(counts)
        why = tr("{0} reached in 90 days, ").format(count_text(len(counts), "person", "people"))
        why += tr("as good as {0}").format(number_text(value, 1))
        return _known(name, value, index.as_of, tr("touch log"), why)
    if index.last_two_way is None:
        return _unknown(name, tr("no two-way contact is logged"))
    if index.days_since(index.last_two_way.on) <= 90:
        return _unknown(name, tr("recent contacts name nobody"))
    return _known(name, 0.0, index.as_of, tr("touch log"), tr("nobody reached in 90 days"))


def _cases(index: FileIndex, setting: Setting) -> Input:
    name = "experience.cases"
    if not index.file.cases and not setting.context.has_cases:
        return _unknown(name, tr("support cases were never imported"))
    opened = index.open_cases
    urgent = len(index.urgent_cases)
    high = sum(1 for c in opened if c.priority is CasePriority.HIGH and not c.escalated)
    weight = urgent + 0.5 * high + 0.25 * (len(opened) - urgent - high)
    why = tr("no case is open")
    if opened:
        why = tr("{0} open, {1} urgent or escalated").format(
            count_text(len(opened), "case"), urgent
        )
    return _known(name, weight, index.as_of, tr("support cases"), why)


def _rating(index: FileIndex, setting: Setting) -> Input:
    """Mean of the newest CSAT of each touchpoint, else of the cases answered in 180 days."""
    del setting
    name = "experience.rating"
    rated = [m for m in index.parts("voice.csat") if index.days_since(m.as_of) <= 180]
    if rated:
        value = sum([m.value.value or 0 for m in rated]) / len(rated) / 1000
        newest = max(rated, key=lambda m: m.as_of)
        worst = min(rated, key=lambda m: m.value.value or 0)
        why = tr("{0} over {1}").format(number_text(value, 1), count_text(len(rated), "touchpoint"))
        if worst.dimension and len(rated) > 1:
            why += tr(", lowest {0} {1}").format(
                worst.dimension, number_text((worst.value.value or 0) / 1000, 1)
            )
        return _known(name, value, newest.as_of, newest.source, why)
    answers = [
        (c.closed_on or c.opened_on, c.satisfaction.value)
        for c in index.file.cases
        if c.satisfaction.value is not None
    ]
    recent = [
        (on, grade)
        for on, grade in answers
        if on is not None and on <= index.as_of and index.days_since(on) <= 180
    ]
    if not recent:
        return _unknown(name, tr("nobody answered in 180 days"))
    mean = sum([grade for _, grade in recent]) / len(recent)
    why = tr("{0} from {1} answered").format(number_text(mean, 1), count_text(len(recent), "case"))
    return _known(name, mean, max(on for on, _ in recent), tr("support cases"), why)


def _nps(index: FileIndex, setting: Setting) -> Input:
    del setting
    name = "experience.nps"
    found = index.newest("voice.nps")
    if found is None:
        parts = index.parts("voice.nps")
        found = max(parts, key=lambda m: m.as_of) if parts else None
    if found is None or found.value.value is None:
        return _unknown(name, tr("NPS was not asked"))
    value = found.value.value / 1000
    sign = "+" if value > 0 else ""
    why = tr("{0}{1} on {2}").format(sign, number_text(value), day_text(found.as_of, index.as_of))
    return _known(name, value, found.as_of, found.source, why)


def _overdue(index: FileIndex, setting: Setting) -> Input:
    del setting
    name = "commercial.overdue"
    found = index.newest("commercial.invoice_overdue_days")
    if found is None or found.value.value is None:
        return _unknown(name, tr("payment was never imported"))
    days = found.value.value / 1000
    why = (
        tr("an invoice is {0} overdue").format(count_text(round(days), "day"))
        if days
        else tr("paid on time")
    )
    return _known(name, days, found.as_of, found.source, why)


_READERS: Mapping[str, Callable[[FileIndex, Setting], Input]] = {
    "outcomes.progress": _progress,
    "adoption.seats": _seats,
    "adoption.modules": _modules,
    "adoption.trend": _trend,
    "engagement.recency": _recency,
    "engagement.ratio": _ratio,
    "relationship.roles": _roles,
    "relationship.breadth": _breadth,
    "experience.cases": _cases,
    "experience.rating": _rating,
    "experience.nps": _nps,
    "commercial.overdue": _overdue,
}
