"""Signals about people and contact: who left, who is missing, who has not been heard of."""

from collections.abc import Iterator

from csplanner.domain.account import Tier
from csplanner.domain.coverage import ROLE_WORDS, has_roles, missing_roles
from csplanner.domain.person import Role
from csplanner.domain.signals import Evidence, Found, Group, Verb, View, stake, state_line
from csplanner.domain.signals_departures import (
    NEAR_RENEWAL,
    departure_signals,
    renewal_evidence,
)
from csplanner.domain.wording import (
    count_text,
    day_text,
    list_text,
    money_text,
    sentence,
    tier_word,
)
from csplanner.language import noted, tr

_PLACED_HIGH = (Tier.HIGH, Tier.MEDIUM)


def people_signals(view: View) -> Iterator[Found]:
    """Departures, missing people and roles, overdue contact, overdue next step."""
    yield from departure_signals(view)
    yield from _nobody(view)
    yield from _roles(view)
    yield from _overdue(view)
    yield from _next_step(view)
    yield from _missing(view)


def _nobody(view: View) -> Iterator[Found]:
    """No person known although there is something to lose, in a book that knows people at all."""
    if not view.context.has_people or next(view.index.present(), None) is not None:
        return
    amount, _ = stake(view.index)
    cases, deals = len(view.index.open_cases), len(view.index.open_opportunities)
    if amount is None and not cases and not deals:
        return
    stakes = []
    if view.index.arr is not None:
        stakes.append(tr("{0} of ARR").format(money_text(view.index.arr)))
    if deals:
        stakes.append(count_text(deals, "open deal"))
    if cases:
        stakes.append(count_text(cases, "open case"))
    gone = len(view.index.people)
    first = tr("Everyone we knew there has left") if gone else tr("Nobody is known at this account")
    busy = bool(deals or cases) and view.choice.tier is not Tier.DIGITAL
    yield Found(
        "nobody_known",
        55,
        Group.THIS_WEEK if busy else Group.DECISION,
        first,
        tr("{0}{1}, and no person to talk to.").format(
            list_text(stakes)[:1].upper(), list_text(stakes)[1:]
        ),
        tuple(
            Evidence(text, noted("book"), None) for text in (tr("No person in the book"), *stakes)
        ),
        Verb("add_person", tr("Add a person")),
        (str(gone),),
        sure=9,
    )


def _roles(view: View) -> Iterator[Found]:
    """A blind spot: required roles that nobody is known to hold, once people are known at all."""
    if view.choice.tier not in _PLACED_HIGH or not has_roles(view.index):
        return
    missing = missing_roles(view.letters, view.choice.tier)
    days = view.index.days_to_decision
    near = days is not None and 0 <= days <= NEAR_RENEWAL
    if not missing or not (len(missing) >= 2 or near or Role.SPONSOR in missing):
        return
    words = [ROLE_WORDS[r] for r in missing]
    yield Found(
        "role_missing",
        45,
        Group.THIS_WEEK if near else Group.DECISION,
        tr("Blind spot: no {0} known").format(_or_text(words)),
        tr("{0} touch needs them. {1}")
        .format(tier_word(view.choice.tier), state_line(view))
        .rstrip(),
        tuple(
            Evidence(tr("Nobody is known as {0}").format(w), noted("relationship map"))
            for w in words
        ),
        Verb("add_person", tr("Find a {0}").format(words[0])),
        tuple(words),
        view.index.term.decision_date if near and view.index.term else None,
        7,
    )


def _or_text(words: list[str]) -> str:
    return (
        words[0] if len(words) == 1 else tr("{0} or {1}").format(", ".join(words[:-1]), words[-1])
    )


def _overdue(view: View) -> Iterator[Found]:
    """Longer without a touch than the tier allows; usage that stopped makes it a blind spot."""
    tier = view.choice.tier
    if tier is None:
        return
    rhythm = view.settings.overdue_days[tier]
    last = view.index.last_touch
    if last is None:
        if view.context.has_touches and tier in _PLACED_HIGH:
            yield _never_touched(view, tier, rhythm)
        return
    days = view.index.days_since(last.on)
    if days <= rhythm:
        return
    left = view.index.days_to_decision
    near = left is not None and 0 <= left <= 60
    headline = tr("Touch overdue by {0}").format(count_text(days - rhythm, "day"))
    if near:
        headline += tr(", renewal in {0}").format(left)
    why = tr("{0} touch means every {1} days, the last was {2} days ago.").format(
        tier_word(tier), rhythm, days
    )
    missing = missing_roles(view.letters, tier) if has_roles(view.index) else []
    if missing:
        why += tr(" No {0}.").format(ROLE_WORDS[missing[0]])
    yield Found(
        "touch_overdue",
        70 if near else min(60, 40 + 20 * (days - rhythm) // max(1, rhythm)),
        _overdue_group(tier, near=near),
        headline,
        why,
        (
            Evidence(
                tr("Last touch: {0}").format(last.topic or last.channel.value),
                noted("touch log"),
                last.on,
            ),
            *renewal_evidence(view),
        ),
        Verb("log_touch", tr("Plan a touch")),
        (last.id, tier.value),
        view.index.term.decision_date if near and view.index.term else None,
        10,
    )


def _overdue_group(tier: Tier, *, near: bool) -> Group:
    if near and tier is not Tier.DIGITAL:
        return Group.NOW
    return Group.DECISION if tier is Tier.DIGITAL else Group.THIS_WEEK


def _never_touched(view: View, tier: Tier, rhythm: int) -> Found:
    return Found(
        "touch_overdue",
        50,
        Group.THIS_WEEK,
        tr("No touch is known"),
        tr("{0} touch means every {1} days. {2}")
        .format(tier_word(tier), rhythm, state_line(view))
        .rstrip(),
        (Evidence(tr("No touch in the book"), noted("touch log")),),
        Verb("log_touch", tr("Plan a touch")),
        ("never", tier.value),
        sure=6,
    )


def _next_step(view: View) -> Iterator[Found]:
    account = view.index.file.account
    due = account.next_step_due
    if not account.next_step or due is None or due > view.as_of:
        return
    days = view.index.days_since(due)
    late = tr("is due today") if days == 0 else tr("is {0} late").format(count_text(days, "day"))
    yield Found(
        "next_step_due",
        48,
        Group.THIS_WEEK,
        tr("Your next step {0}").format(late),
        f"{sentence(account.next_step)} {state_line(view)}".rstrip(),
        (Evidence(account.next_step, noted("your plan"), due),),
        Verb("next_step", tr("Open the step")),
        (account.next_step, due.isoformat()),
        due,
        10,
    )


def _missing(view: View) -> Iterator[Found]:
    """The newest full snapshot no longer holds the account."""
    since = view.index.file.account.missing_since
    if since is None or since > view.as_of:
        return
    yield Found(
        "missing",
        36,
        Group.DECISION,
        tr("Missing from the CRM since the snapshot of {0}").format(day_text(since, view.as_of)),
        tr("Left, merged or moved to somebody else? Nothing was deleted here."),
        (Evidence(tr("Not in the full snapshot"), noted("import"), since),),
        Verb("open_account", tr("Decide")),
        (since.isoformat(),),
        sure=10,
    )
