"""What asks for your attention, why, and in which order."""

import re
from dataclasses import replace

import pytest

from csplanner.domain.account import (
    Account,
    AccountId,
    Case,
    CasePriority,
    Exit,
    Opportunity,
    OpportunityKind,
    OpportunityState,
    Subscription,
    Tier,
)
from csplanner.domain.account_file import AccountFile
from csplanner.domain.attention import Attention, Verdict
from csplanner.domain.context import BookContext
from csplanner.domain.divergence import Divergence
from csplanner.domain.judgement import Judgement, judge
from csplanner.domain.money import Money
from csplanner.domain.news import News, NewsKind
from csplanner.domain.objective import Objective
from csplanner.domain.person import Level, Person, PersonStatus, Role, Seat
from csplanner.domain.placement import Placement
from csplanner.domain.reading import Band
from csplanner.domain.sentiment import Sentiment
from csplanner.domain.settings import BookSettings
from csplanner.domain.signals import RANK_MOST, Group
from csplanner.domain.task import Task
from csplanner.domain.today import Today, rank
from csplanner.domain.value import UNKNOWN, fact
from tests.domain.build import (
    ACME,
    TODAY,
    account,
    ago,
    healthy,
    measured,
    objective,
    people,
    pulse,
    rated_axes,
    reading,
    term,
    touch,
)

CONTEXT = BookContext(True, True, True, True, {"USD": 400_000_00})
BARE = AccountFile(Account(ACME, "Acme"))


def judged(file: AccountFile, context: BookContext = CONTEXT) -> Judgement:
    """The judgement of a file today."""
    return judge(file, BookSettings(), as_of=TODAY, context=context)


def signal(file: AccountFile, kind: str, context: BookContext = CONTEXT):
    """The signal of that kind, None when there is none."""
    return next((s for s in judged(file, context).signals if s.kind == kind), None)


def placed(tier: Tier) -> tuple[Placement, ...]:
    """A placement by hand."""
    return (Placement("p", ACME, ago(60), tier),)


def deal(days_late: int, **fields) -> Opportunity:
    """An open deal of $50k that was to close so many days ago."""
    known = {"amount": fact(Money(50_000_00, "USD")), "close_on": ago(days_late)}
    return Opportunity("o", ACME, "Rollout", "Negotiation", **{**known, **fields})


def test_an_account_where_all_is_well_asks_for_nothing():
    assert judged(healthy(pulses=(pulse(Sentiment.CONFIDENT),))).signals == ()


def test_a_name_alone_asks_for_nothing():
    assert judged(BARE).signals == ()


def test_a_deal_past_its_close_date_comes_now_with_amount_and_stage():
    found = signal(replace(BARE, opportunities=(deal(40, probability=90),)), "deal_overdue")
    assert found.headline == "$50k deal past its close date by 40 days"
    assert found.why == "Rollout. Stage Negotiation, 90%."
    assert found.group is Group.NOW
    assert found.verb.label == "Check the close date"
    assert found.stake_note == "ARR unknown, $50k in open deals"
    assert found.evidence[0].as_of == ago(40)


@pytest.mark.parametrize("state", [OpportunityState.WON, OpportunityState.LOST])
def test_a_closed_deal_is_no_longer_late(state):
    assert signal(replace(BARE, opportunities=(deal(40, state=state),)), "deal_overdue") is None


def test_a_deal_that_closes_soon_without_a_next_step_comes_this_week():
    assert signal(replace(BARE, opportunities=(deal(-5),)), "deal_closing").headline == (
        "$50k deal is to close in 5 days, no next step"
    )
    planned = replace(BARE, opportunities=(deal(-5, next_step="Call Ann"),))
    assert signal(planned, "deal_closing") is None


def test_nobody_known_counts_only_in_a_book_that_knows_people():
    file = replace(BARE, opportunities=(deal(-60),))
    found = signal(file, "nobody_known")
    assert found.why == "1 open deal, and no person to talk to."
    assert signal(file, "nobody_known", BookContext()) is None


def test_an_escalated_case_comes_now_and_many_cases_this_week():
    escalated = Case("c", ACME, "42", "Down", escalated=True, opened_on=ago(14))
    found = signal(replace(BARE, cases=(escalated,)), "cases_urgent")
    assert (found.group, found.headline) == (Group.NOW, "1 escalated case is open")
    assert found.why == "Down. Open for 14 days."
    four = tuple(Case(f"c{n}", ACME, opened_on=ago(200)) for n in range(4))
    assert signal(replace(BARE, cases=four), "cases_many").group is Group.THIS_WEEK


def test_a_first_renewal_that_is_near_says_so_and_comes_now():
    found = signal(healthy(terms=(term(30, ordinal=1),)), "renewal_near")
    assert found.headline == "First renewal in 30 days"
    assert found.group is Group.NOW
    assert found.due == ago(-30)
    assert "notice date" not in found.why
    assert found.evidence[0].text.endswith(", the notice date is not known")


def test_the_countdown_runs_to_the_notice_date_when_that_is_earlier():
    early = term(200, notice_deadline=fact(ago(-40)))
    assert signal(healthy(terms=(early,)), "renewal_near").headline == "Renewal, notice in 40 days"


def test_notice_and_an_undecided_end_come_before_a_near_renewal():
    notice = judged(healthy(terms=(term(80, notice_given=True),)))
    assert notice.signals[0].kind == "notice_given"
    undecided = judged(healthy(terms=(term(-10),)))
    assert undecided.signals[0].headline == (
        "The contract ended 10 days ago and nothing is decided"
    )


def test_a_touch_is_overdue_by_the_rhythm_of_its_tier():
    quiet = {"touches": (touch(70, "ann", "ben", "cleo", "dan"),)}
    late = signal(healthy(placements=placed(Tier.MEDIUM), **quiet), "touch_overdue")
    assert late.headline == "Touch overdue by 28 days"
    assert late.why == "Medium touch means every 42 days, the last was 70 days ago."
    assert signal(healthy(placements=placed(Tier.LOW), **quiet), "touch_overdue") is None
    near = healthy(placements=placed(Tier.MEDIUM), terms=(term(41),), **quiet)
    assert signal(near, "touch_overdue").headline == "Touch overdue by 28 days, renewal in 41"
    assert signal(near, "touch_overdue").group is Group.NOW


def test_a_departure_nobody_covers_comes_now():
    persons, seats = people()
    gone = tuple(
        replace(p, status=PersonStatus.LEFT, left_on=ago(16)) if p.name == "Cleo" else p
        for p in persons
    )
    found = signal(healthy(people=gone, seats=seats), "person_left")
    assert found.headline == "The champion left and nobody has taken over"
    assert found.why.startswith("Cleo left 24 Feb.")
    assert found.verb.label == "Plan the next 30 days"


def test_missing_roles_are_a_blind_spot_where_the_tier_needs_them():
    _, seats = people()
    file = healthy(seats=seats[1:], placements=placed(Tier.HIGH))
    assert signal(file, "role_missing").headline == "Blind spot: no sponsor known"
    assert signal(replace(file, placements=placed(Tier.LOW)), "role_missing") is None


def test_yeah_but_asks_what_the_score_does_not_see():
    file = healthy(pulses=(pulse(Sentiment.UNEASY),), terms=(term(110),))
    found = judged(file)
    assert found.divergence is Divergence.YEAH_BUT
    assert found.gap is not None
    assert found.gap >= 25
    assert found.signals[0].headline.startswith("Yeah, but… the score is")
    assert found.signals[0].group is Group.NOW


def test_a_good_score_with_an_unsure_pulse_is_a_yeah_but_within_25_points():
    unsure = judged(healthy(pulses=(pulse(Sentiment.UNSURE),)))
    assert unsure.divergence is Divergence.YEAH_BUT


def test_an_old_pulse_no_longer_argues_with_the_score():
    assert judged(healthy(pulses=(pulse(Sentiment.ALARMED, 46),))).divergence is Divergence.NONE


def test_a_low_score_with_a_calm_pulse_is_better_than_it_looks():
    low = tuple(
        replace(m, value=fact(5000)) if m.measure == "usage.seats_active" else m
        for m in healthy().measurements
    )
    file = healthy(
        measurements=low,
        objectives=(objective(0.1),),
        pulses=(pulse(Sentiment.CONFIDENT),),
    )
    found = judged(file)
    assert found.divergence is Divergence.BETTER_THAN_IT_LOOKS
    assert signal(file, "better_than_it_looks").group is Group.DECISION


def test_health_that_fell_to_risk_comes_now():
    file = healthy(
        measurements=(measured("usage.seats_bought", 100), measured("usage.seats_active", 20)),
        objectives=(objective(0.1),),
        touches=(touch(85, "ann"),),
        readings=(reading(10, 80, Band.GOOD),),
        cases=tuple(
            Case(f"c{n}", ACME, priority=CasePriority.HIGH, opened_on=ago(200)) for n in range(9)
        ),
    )
    found = signal(file, "health_fell")
    assert found.headline.startswith("Health fell from good to at risk")
    assert found.group is Group.NOW


def test_a_poor_touchpoint_is_told_against_the_best_one():
    rated = (measured("voice.csat", 2.9, 9, "billing"), *healthy().measurements)
    found = signal(healthy(measurements=rated), "detractor")
    assert found.headline == "Good on support (4.5), poor on billing (2.9)"


def test_full_adoption_without_a_new_objective_is_stagnation():
    old = replace(objective(0.9), agreed_on=ago(300))
    found = signal(healthy(objectives=(old,)), "stagnant")
    assert found.headline == "Stagnant: everything adopted, nothing new"
    assert signal(healthy(objectives=(objective(0.9),)), "stagnant") is None
    first = healthy(objectives=(old,), terms=(term(250, ordinal=1),))
    assert signal(first, "stagnant") is None


def test_high_maintenance_with_low_potential_is_worth_a_decision():
    axes = rated_axes((1, 1, 1, 1), (1, 1, 0))
    busy = tuple(touch(d, "ann", minutes=60) for d in range(85, 0, -4))
    file = healthy(
        placements=placed(Tier.LOW), touches=busy, measurements=(*axes, *healthy().measurements)
    )
    found = signal(file, "cost_potential")
    assert found.headline.startswith("High maintenance, low potential: 7.3 h a month of 0.5")
    assert found.group is Group.DECISION


def test_a_rule_above_the_chosen_tier_is_worth_comparing():
    axes = rated_axes((1, 1, 1, 1), (3, 3, 3))
    file = healthy(placements=placed(Tier.LOW), measurements=(*axes, *healthy().measurements))
    assert signal(file, "potential_above_tier").verb.label == "Compare tiers"


def test_falling_use_ended_subscriptions_and_exits_show_in_a_bare_export():
    use = (measured("usage.events", 100, 120, "f"), measured("usage.events", 30, 20, "f"))
    assert signal(replace(BARE, measurements=use), "use_fell").headline == (
        "Use fell 70% against the quarter before"
    )
    dollars = fact(Money(100_000_00, "USD"))
    subs = (
        Subscription("a", ACME, start=ago(400), arr=dollars),
        Subscription("b", ACME, start=ago(400), end=ago(30), arr=dollars),
    )
    file = replace(BARE, subscriptions=subs)
    assert signal(file, "arr_fell").headline == (
        "Subscriptions fell from $200k to $100k in half a year"
    )
    left = replace(file, exits=(Exit("e", ACME, ago(20), cause="pricing"),))
    assert signal(left, "part_left").group is Group.NOW


def test_an_account_that_left_asks_only_for_its_cause():
    gone = AccountFile(account(), exits=(Exit("e", ACME, ago(20)),), opportunities=(deal(40),))
    assert [s.kind for s in judged(gone).signals] == ["exit_cause"]
    told = replace(gone, exits=(Exit("e", ACME, ago(20), cause="pricing"),))
    assert judged(told).signals == ()


def test_an_archived_account_is_silent():
    file = replace(BARE, account=account(archived=True), opportunities=(deal(40),))
    assert judged(file).signals == ()


def test_the_rank_has_four_parts_within_their_bounds():
    for file in (
        healthy(terms=(term(10, notice_given=True),), pulses=(pulse(Sentiment.ALARMED),)),
        replace(BARE, opportunities=(deal(400),)),
    ):
        for found in judged(file).signals:
            assert all(0 <= part <= most for part, most in zip(found.rank, RANK_MOST, strict=True))
            assert found.rank.total <= 100


def test_more_money_and_less_time_rank_higher():
    small = healthy(account=account(arr=fact(Money(10_000_00, "USD"))), terms=(term(30),))
    large = healthy(terms=(term(30),))
    later = healthy(terms=(term(80),))
    parts = [signal(f, "renewal_near").rank for f in (small, large, later)]
    assert parts[0].arr < parts[1].arr
    assert parts[2].time < parts[1].time


def listed(*files: AccountFile, verdicts: tuple[Attention, ...] = (), **more) -> Today:
    """Today over several accounts."""
    rows = [judged(f) for f in files]
    return rank([(j.overview, j.signals) for j in rows], verdicts, TODAY, **more)


def named(number: int, **fields) -> AccountFile:
    """Another account with an overdue deal."""
    known = {"opportunities": (deal(40),)}
    key = AccountId(f"a{number:03}")
    return AccountFile(Account(key, f"Account {number:03}"), **{**known, **fields})


def test_today_lists_one_entry_for_an_account_and_the_rest_behind_it():
    file = healthy(terms=(term(30),), opportunities=(deal(40),))
    entry = listed(file).entries[0]
    assert entry.position == 1
    assert entry.signal.kind == "renewal_near"
    assert [s.kind for s in entry.others] == ["deal_overdue"]


def test_today_is_short_and_counts_the_rest():
    today = listed(*[named(n) for n in range(30)])
    assert len(today.entries) == 12
    assert (today.total, today.more_count) == (30, 18)
    assert today.more[Group.NOW] == 18
    assert [e.overview.name for e in today.entries[:2]] == ["Account 000", "Account 001"]
    assert len(listed(*[named(n) for n in range(30)], limit=None).entries) == 30


def test_a_long_first_group_leaves_room_for_the_others():
    decide = [named(50 + n, opportunities=(deal(-100),)) for n in range(5)]
    calm = BookContext()
    rows = [judged(f, calm) for f in [*[named(n) for n in range(30)], *decide]]
    today = rank([(j.overview, j.signals) for j in rows], (), TODAY)
    assert len(today.group(Group.NOW)) == 10
    assert len(today.group(Group.DECISION)) == 2


def verdict(file: AccountFile, said: Verdict, **fields) -> Attention:
    """A verdict on the account's strongest signal."""
    found = judged(file).signals[0]
    return Attention(file.account.id, found.kind, said, found.digest, TODAY, **fields)


def test_done_and_dismissed_stick_until_the_evidence_changes():
    file = replace(
        BARE, opportunities=(deal(40, amount=UNKNOWN),), people=(Person("p", ACME, "Ann"),)
    )
    for said in (Verdict.DONE, Verdict.DISMISSED):
        put_away = verdict(file, said)
        kinds = [e.signal.kind for e in listed(file, verdicts=(put_away,)).entries]
        assert kinds == ["arr_unknown"]
        later = judge(file, BookSettings(), as_of=ago(-3), context=CONTEXT)
        assert later.signals[0].digest == put_away.digest
        moved = replace(file, opportunities=(deal(10, amount=UNKNOWN),))
        assert listed(moved, verdicts=(put_away,)).entries[0].signal.kind == "deal_overdue"
    assert listed(file, verdicts=(verdict(file, Verdict.DONE),)).done_today


def test_a_snooze_is_over_on_its_day():
    file = named(1)
    until = listed(file, verdicts=(verdict(file, Verdict.SNOOZED, until=ago(-2)),))
    assert until.snoozed
    assert all(e.signal.kind != "deal_overdue" for e in until.entries)
    over = listed(file, verdicts=(verdict(file, Verdict.SNOOZED, until=TODAY),))
    assert over.entries[0].signal.kind == "deal_overdue"


def test_a_late_renewal_deal_outranks_a_late_sale():
    late = deal(300, kind=OpportunityKind.RENEWAL)
    assert signal(replace(BARE, opportunities=(late,)), "deal_overdue").group is Group.NOW
    assert signal(replace(BARE, opportunities=(deal(300),)), "deal_overdue").group is (
        Group.THIS_WEEK
    )


def test_an_objective_without_any_figure_does_not_stop_the_judgement():
    empty = Objective("o", ACME, "Answer faster")
    assert judged(replace(BARE, objectives=(empty,))).health.points is None


def test_a_departure_says_what_broke_until_the_plan_is_made_it_offers_one():
    persons, seats = people()
    gone = tuple(
        replace(p, status=PersonStatus.LEFT, left_on=ago(16)) if p.name == "Cleo" else p
        for p in persons
    )
    cleo = next(p for p in gone if p.name == "Cleo")
    below = tuple(replace(p, reports_to=cleo.id) if p.name == "Dan" else p for p in gone)
    file = healthy(people=below, seats=seats, placements=placed(Tier.HIGH))
    found = signal(file, "person_left")
    said = [e.text for e in found.evidence]
    assert "Dan reported to Cleo" in said
    assert any(re.fullmatch(r"Roles in touch (\d) → (\d) of 5", words) for words in said)
    assert found.verb.key == "plan_departure"
    task = Task("t", file.account.id, "Ask", due=ago(-2), person_id=cleo.id)
    assert signal(replace(file, tasks=(task,)), "person_left").verb.label == "Find a champion"


def test_somebody_senior_who_came_lately_and_met_nobody_is_a_window_of_sixty_days():
    persons, seats = people()
    new = Person("new", persons[0].account_id, "Nadia", title="COO", level=Level.EXEC)
    came = {days: (*persons, replace(new, joined_on=ago(days))) for days in (10, 60, 61)}
    file = healthy(people=came[10], seats=seats, placements=placed(Tier.HIGH))
    found = signal(file, "newcomer")
    assert found.headline == "Nadia is new and has not met you"
    assert found.why.startswith("COO since")
    assert "50 days left of the first 60" in found.why
    assert signal(replace(file, people=came[60]), "newcomer") is not None
    assert signal(replace(file, people=came[61]), "newcomer") is None
    met = (*file.touches, touch(3, "new"))
    assert signal(replace(file, touches=met), "newcomer") is None
    assert signal(replace(file, placements=placed(Tier.LOW)), "newcomer") is None


def test_since_when_somebody_is_there_is_said_by_you_before_a_snapshot():
    persons, seats = people()
    new = Person("new", persons[0].account_id, "Nadia", title="COO", level=Level.EXEC)
    brought = News(
        "n", "shot", persons[0].account_id, ago(2), NewsKind.JOINED, 35, {}, "person", "new"
    )
    file = healthy(
        people=(*persons, new), seats=seats, placements=placed(Tier.HIGH), news=(brought,)
    )
    assert "58 days left" in signal(file, "newcomer").why
    seat = Seat("s", persons[0].account_id, Role.DECIDES, "new", since=ago(10))
    assert "50 days left" in signal(replace(file, seats=(*seats, seat)), "newcomer").why
    long = replace(seat, since=ago(400))
    assert signal(replace(file, seats=(*seats, long)), "newcomer") is None
