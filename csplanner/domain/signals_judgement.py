"""Signals that come from judging: score against sentiment, falls, blind spots, cost, tiers."""

from collections.abc import Iterator

from csplanner.domain.account import Tier
from csplanner.domain.capacity import hours_spent
from csplanner.domain.coverage import ROLE_WORDS, unfilled_departures
from csplanner.domain.divergence import Divergence
from csplanner.domain.index import is_running
from csplanner.domain.objective import ObjectiveStatus
from csplanner.domain.reading import Band
from csplanner.domain.sentiment import Sentiment
from csplanner.domain.signals import Evidence, Found, Group, Verb, View, state_line
from csplanner.domain.stage import ONBOARDING_DAYS
from csplanner.domain.tiers import is_higher
from csplanner.domain.wording import (
    band_word,
    count_text,
    day_text,
    number_text,
    sentence,
)
from csplanner.language import noted, tr

PULSE_DAYS = {Tier.HIGH: 45, Tier.MEDIUM: 60}
_TOUCHPOINT_LOW = 3000


def judgement_signals(view: View) -> Iterator[Found]:
    """Divergence, falling health, detractors, stagnation, cost, tier and data gaps."""
    yield from _divergence(view)
    yield from _fall(view)
    yield from _onboarding(view)
    yield from _usage_stopped(view)
    yield from _detractor(view)
    yield from _stagnant(view)
    yield from _cost(view)
    yield from _tier(view)
    yield from _pulse(view)


def _divergence(view: View) -> Iterator[Found]:
    pulse, points = view.index.pulse, view.health.points
    if view.divergence is Divergence.NONE or pulse is None or points is None:
        return
    word = pulse.sentiment.word.lower()
    said = Evidence(tr("You said {0}").format(word), noted("your pulse"), pulse.on, "watch")
    rows = (said, *_top_lines(view))
    basis = (pulse.id, view.divergence.value)
    if view.divergence is Divergence.YEAH_BUT:
        days = view.index.days_to_decision
        near = days is not None and 0 <= days <= 120
        sure = pulse.sentiment <= Sentiment.UNEASY
        # Where the score itself says at risk, the gap is no news.
        agreed = view.health.raw_band is Band.RISK
        but = tr("you are {0}").format(word)
        for role, _ in unfilled_departures(view.index)[:1]:
            but = tr("the {0} left").format(ROLE_WORDS[role])
        yield Found(
            "yeah_but", 30 if agreed else 95 if near else 72,
            Group.NOW if near and sure and not agreed and _is_close(view) else Group.THIS_WEEK,
            tr("Yeah, but… the score is {0} and {1}").format(points, but),
            sentence(pulse.because) or tr("What does the score not see? One line is enough."), rows,
            Verb("explain_gap", tr("Say what is missing")), basis,
            view.index.term.decision_date if near and view.index.term else None, 6,
        )  # fmt: skip
    else:
        yield Found(
            "better_than_it_looks", 35, Group.DECISION,
            tr("Better than it looks: the score is {0} and you are {1}").format(points, word),
            sentence(pulse.because) or tr("Weakest: {0}. What does it not see?").format(
                view.health.weakest
            ),
            rows,
            Verb("explain_gap", tr("Say what is missing")), basis, None, 6,
        )  # fmt: skip


def _is_close(view: View) -> bool:
    """Whether the tier leaves room to step in by hand at once; not placed counts as yes."""
    return view.choice.tier not in (Tier.LOW, Tier.DIGITAL)


def _top_lines(view: View) -> tuple[Evidence, ...]:
    """The two measures that cost most points."""
    return tuple(
        Evidence(f"{x.title}: {x.why}", x.source, x.as_of, "info") for x in view.health.costliest(2)
    )


def _fall(view: View) -> Iterator[Found]:
    band = view.health.band
    if view.fallen_from is None and band is not Band.RISK:
        return
    points = view.health.points
    if view.fallen_from is None:
        headline = tr("Health is at risk: {0}").format(points)
    else:
        headline = tr("Health fell from {0} to {1}").format(
            band_word(view.fallen_from), band_word(band)
        )
        headline += "" if points is None else f": {points}"
    capped = view.health.caps[0].sentence if view.health.caps else ""
    why = tr("Weakest: {0}. {1}").format(view.health.weakest, capped).rstrip()
    yield Found(
        "health_fell" if view.fallen_from else "health_at_risk",
        74 if band is Band.RISK and view.fallen_from else 56,
        Group.NOW
        if band is Band.RISK and view.fallen_from and view.choice.tier is not Tier.DIGITAL
        else Group.THIS_WEEK,
        headline,
        why,
        _top_lines(view),
        Verb("open_health", tr("See what changed")),
        (band.value, str(view.fallen_from), str(view.health.since)),
        view.index.term.decision_date if view.index.term else None,
        6,
    )


def _onboarding(view: View) -> Iterator[Found]:
    """First value is not confirmed although onboarding should be over, in the first 18 months."""
    since = view.index.file.account.customer_since.value
    if not view.health.stage.onboarding_overdue or since is None:
        return
    days = view.index.days_since(since) - ONBOARDING_DAYS
    if view.choice.tier not in PULSE_DAYS or not 0 < days <= 365:
        return
    yield Found(
        "onboarding_late", 51, Group.THIS_WEEK,
        tr("Onboarding is {0} late").format(count_text(days, 'day')),
        tr("First value was never confirmed. {0}").format(state_line(view)).rstrip(),
        (Evidence(tr("A customer without confirmed first value"), noted("account"), since),),
        Verb("edit_account", tr("Confirm first value")), (since.isoformat(),), None, 7,
    )  # fmt: skip


def _usage_stopped(view: View) -> Iterator[Found]:
    """Usage was measured once and is too old to count now: a blind spot, not a zero."""
    taken = [
        m.as_of
        for name in ("usage.seats_active", "usage.events", "usage.modules_used")
        for m in view.index.parts(name)
    ]
    if not taken or view.choice.tier is Tier.DIGITAL:
        return
    newest = max(taken)
    days = view.index.days_since(newest)
    if days <= 90:
        return
    contact = view.index.last_touch
    silent = (
        tr("{0} days without contact, ").format(view.index.days_since(contact.on))
        if contact
        else ""
    )
    yield Found(
        "blind_spot", 44, Group.THIS_WEEK if view.choice.tier is Tier.HIGH else Group.DECISION,
        tr("Blind spot: {0}usage data stopped").format(silent),
        tr("The last usage figure is {0} old. The score rests on {1} of {2} measures.").format(
            count_text(days, "day"),
            len(view.health.aggregate.scores),
            len(view.health.read),
        ),
        (Evidence(tr("Newest usage figure"), noted("usage"), newest),),
        Verb("open_account", tr("Find a way in")), (newest.isoformat(),), None, 7,
    )  # fmt: skip


def _detractor(view: View) -> Iterator[Found]:
    """One touchpoint is rated badly; said against the best one."""
    rated = [
        m
        for m in view.index.parts("voice.csat")
        if m.dimension and view.index.days_since(m.as_of) <= 180
    ]
    if not rated:
        return
    low = min(rated, key=lambda m: (m.value.value or 0, m.dimension))
    grade = low.value.value or 0
    if grade > _TOUCHPOINT_LOW:
        return
    best = max(rated, key=lambda m: (m.value.value or 0, m.dimension))
    low_text = number_text(grade / 1000, 1)
    headline = tr("Dissatisfied with {0}: {1} of 5").format(_lower(low.dimension), low_text)
    if best.value.value is not None and best.value.value >= 4000:
        headline = tr("Good on {0} ").format(_lower(best.dimension))
        headline += f"({number_text(best.value.value / 1000, 1)}), "
        headline += tr("poor on {0} ({1})").format(_lower(low.dimension), low_text)
    yield Found(
        "detractor", 50, Group.THIS_WEEK, headline,
        sentence(low.note) or tr("Who is accountable for it, and do they know?"),
        tuple(
            Evidence(
                tr("{0}: {1} of 5").format(
                    m.dimension, number_text((m.value.value or 0) / 1000, 1)
                ),
                m.source, m.as_of, "risk" if m is low else "info",
            )
            for m in ((low, best) if best is not low else (low,))
        ),
        Verb("open_experience", tr("Follow up")), (low.dimension, low.id), None, 8,
    )  # fmt: skip


def _lower(name: str) -> str:
    """A touchpoint inside a sentence; names in capitals stay."""
    return name if name[1:2].isupper() else f"{name[:1].lower()}{name[1:]}"


def _stagnant(view: View) -> Iterator[Found]:
    """Everything adopted, nothing new (methods §6.7), on accounts past their first term."""
    seats = next((x for x in view.health.read if x.measure == "adoption.seats"), None)
    modules = next((x for x in view.health.read if x.measure == "adoption.modules"), None)
    term = view.index.term
    if seats is None or modules is None or term is None or (term.ordinal or 1) < 2:
        return
    if (seats.value.value or 0) < 90 or (modules.value.value or 0) < 100:
        return
    live = [o for o in view.index.file.objectives if o.status is not ObjectiveStatus.DROPPED]
    newest = max((o.agreed_on for o in live if o.agreed_on), default=None)
    if newest is not None and view.index.days_since(newest) <= 180:
        return
    bought = [s.start for s in view.index.file.subscriptions if is_running(s, view.as_of)]
    if any(start and view.index.days_since(start) <= 365 for start in bought):
        return
    since = tr("No new objective since {0}.").format(day_text(newest, view.as_of)) if newest else ""
    yield Found(
        "stagnant", 54, Group.THIS_WEEK, tr("Stagnant: everything adopted, nothing new"),
        tr("Year {0}. {1} {2}").format(
            term.ordinal, since or tr('No objective is agreed.'), state_line(view)
        ).rstrip(),
        (
            Evidence(tr("Seats: {0}").format(seats.why), seats.source, seats.as_of, "good"),
            Evidence(tr("Modules: {0}").format(modules.why), modules.source, modules.as_of, "good"),
        ),
        Verb("add_objective", tr("Ask what is next")), (str(newest), str(term.ordinal)), None, 6,
    )  # fmt: skip


def _cost(view: View) -> Iterator[Found]:
    """High maintenance, low potential: 1.5 times the promised hours, two months in a row."""
    tier, potential = view.choice.tier, view.potential
    if tier is None or potential is None or potential >= 50:
        return
    budget = view.settings.hours_a_quarter[tier]
    spent = hours_spent(view.index)
    if spent < 1.5 * budget or any(
        hours_spent(view.index, 30, until_days_ago=ago) < 1.5 * budget * 30 / 91 for ago in (0, 30)
    ):
        return
    month, promise = number_text(spent / 3000, 1), number_text(budget / 3000, 1)
    yield Found(
        "cost_potential", 40, Group.DECISION,
        tr("High maintenance, low potential: {0} h a month of {1} promised").format(month, promise),
        tr("Equipped {0}, potential {1}. Would losing them be regrettable churn?").format(
            view.equipped, potential
        ),
        (
            Evidence(tr("{0} h logged in 91 days").format(
                number_text(spent / 1000, 1)
            ), noted("touch log"),
                     view.as_of),
            Evidence(tr("Potential {0} of 100").format(potential), noted("your assessment")),
        ),
        Verb("place", tr("Decide")), (tier.value, str(potential)), None, 8,
    )  # fmt: skip


def _tier(view: View) -> Iterator[Found]:
    tier, rule = view.choice.tier, view.choice.rule
    review = view.choice.review_on
    if tier is not None and rule is not None and is_higher(rule, tier):
        yield Found(
            "potential_above_tier", 38, Group.DECISION,
            _above(view, tier, rule),
            view.choice.sentence, (Evidence(view.choice.sentence, noted("tier rule"), view.as_of),),
            Verb("place", tr("Compare tiers")), (tier.value, rule.value), review, 7,
        )  # fmt: skip
    elif view.choice.is_override and review is not None and review <= view.as_of:
        yield Found(
            "override_expired", 32, Group.DECISION, tr("Your choice of tier is due for review"),
            view.choice.sentence,
            (
                Evidence(
                    view.choice.reason or tr("No reason given"), noted("your placement"), review
                ),
            ),
            Verb("place", tr("Compare tiers")), (review.isoformat(),), review, 10,
        )  # fmt: skip


def _above(view: View, tier: Tier, rule: Tier) -> str:
    potential = view.potential
    if potential is not None and potential >= view.settings.potential_cuts[0]:
        return tr("Potential {0} while the account sits in {1} touch").format(potential, tier.value)
    return tr("The rule says {0}, the account sits in {1} touch").format(rule.value, tier.value)


def _pulse(view: View) -> Iterator[Found]:
    limit = PULSE_DAYS.get(view.choice.tier) if view.choice.tier else None
    pulse = view.index.pulse
    if limit is None or pulse is None or view.index.days_since(pulse.on) <= limit:
        return
    days = view.index.days_since(pulse.on)
    yield Found(
        "pulse_old", 15, Group.DECISION,
        tr("You last said how you feel {0} ago").format(count_text(days, 'day')),
        tr("It was {0} on {1}.").format(
            pulse.sentiment.word.lower(), day_text(pulse.on, view.as_of)
        ),
        (Evidence(tr("You said {0}").format(
            pulse.sentiment.word.lower()
        ), noted("your pulse"), pulse.on),),
        Verb("answer_pulse", tr("Say how you feel")), (pulse.id,), None, 10,
    )  # fmt: skip
