"""Signals about contracts, deals, cases and money."""

from collections.abc import Iterator

from csplanner.domain.account import ContractTerm, Opportunity, OpportunityKind, Tier
from csplanner.domain.index import has_left
from csplanner.domain.reading import Band
from csplanner.domain.sentiment import Sentiment
from csplanner.domain.signals import Evidence, Found, Group, Verb, View, state_line
from csplanner.domain.wording import count_text, day_text, money_text, number_text
from csplanner.language import noted, ntr, tr

RENEWAL_DAYS = {Tier.HIGH: 90, Tier.MEDIUM: 90, Tier.LOW: 60, Tier.DIGITAL: 30}
NOW_DAYS = 45
MANY_CASES = 4
CLOSING_DAYS = 14
STALE_DEAL_DAYS = 730
"""A deal open longer than this past its close date is bookkeeping, not news."""


def commercial_signals(view: View) -> Iterator[Found]:
    """Renewal and notice, overdue and open deals, support cases, unpaid invoices, exits."""
    left = has_left(view.index)
    if left is not None:
        yield from _exit_without_cause(view)
        return
    yield from _renewal(view)
    yield from _deals(view)
    yield from _cases(view)
    yield from _invoice(view)


def _renewal(view: View) -> Iterator[Found]:
    term, days = view.index.term, view.index.days_to_decision
    if term is None or days is None:
        return
    if term.notice_given:
        yield _notice_given(view, term)
    elif (term.end - view.as_of).days < 0:
        yield from _undecided(view)
    elif days <= RENEWAL_DAYS.get(view.choice.tier or Tier.MEDIUM, 90):
        yield from _renewal_near(view, term, days)


def _notice_given(view: View, term: ContractTerm) -> Found:
    return Found(
        "notice_given", 100, Group.NOW, tr("They gave notice of non-renewal"),
        tr("The contract ends {0}. {1}").format(
            day_text(term.end, view.as_of), state_line(view)
        ).rstrip(),
        (Evidence(tr("Notice of non-renewal received"), noted("contract"), None, "risk"),),
        Verb("open_renewal", tr("Open the renewal")), (term.id, "notice"), term.end, 10,
    )  # fmt: skip


def _renewal_near(view: View, term: ContractTerm, days: int) -> Iterator[Found]:
    is_digital = view.choice.tier is Tier.DIGITAL
    troubled = view.health.band is Band.RISK or (
        view.sentiment is not None and view.sentiment <= Sentiment.UNEASY
    )
    if is_digital and not troubled:
        return
    urgent = not is_digital and days <= (60 if troubled else NOW_DAYS)
    yield Found(
        "renewal_near",
        (80 if troubled else 62) + (5 if days <= 30 else 0),
        Group.NOW if urgent else Group.THIS_WEEK,
        _renewal_headline(term, days),
        state_line(view) or tr("No score and no word from you yet."),
        (Evidence(_contract_end(view, term), noted("contract"), term.decision_date),),
        Verb("open_renewal", tr("Check renewal")),
        (term.id, term.decision_date.isoformat(), view.health.band.value, str(urgent)),
        term.decision_date,
        10,
    )


def _contract_end(view: View, term: ContractTerm) -> str:
    """When the contract ends, and by when notice has to be given, as far as that is known."""
    end, notice = day_text(term.end, view.as_of), term.notice_deadline.value
    if notice:
        known = tr("Contract ends {0}, notice by {1}")
        return known.format(end, day_text(notice, view.as_of))
    return tr("Contract ends {0}, the notice date is not known").format(end)


def _renewal_headline(term: ContractTerm, days: int) -> str:
    """The day that decides by its name: the notice deadline, or the end of the contract."""
    is_first, is_notice = term.ordinal == 1, term.decision_date < term.end
    if days < 0:
        first = tr("First renewal and the notice date has passed")
        return first if is_first else tr("Renewal and the notice date has passed")
    when = ntr("in {0} day", "in {0} days", days) if days else tr("today")
    if is_notice:
        return (tr("First renewal, notice {0}") if is_first else tr("Renewal, notice {0}")).format(
            when
        )
    if is_first:
        return (
            tr("First renewal {0}").format(when) if days else tr("First renewal is decided today")
        )
    return tr("Renews {0}").format(when)


def _undecided(view: View) -> Iterator[Found]:
    term = view.index.term
    if term is None:
        return
    days = (view.as_of - term.end).days
    if days > 180:
        return
    yield Found(
        "renewal_undecided", 85, Group.NOW,
        tr("The contract ended {0} ago and nothing is decided").format(count_text(days, 'day')),
        tr("Say whether it was renewed. {0}").format(state_line(view)).rstrip(),
        (Evidence(tr("No outcome is recorded"), noted("contract"), term.end, "risk"),),
        Verb("open_renewal", tr("Record the outcome")), (term.id, "undecided"), term.end, 9,
    )  # fmt: skip


def _deals(view: View) -> Iterator[Found]:
    late = [
        o
        for o in view.index.open_opportunities
        if o.close_on is not None and view.index.days_since(o.close_on) > 0
    ]
    if not late:
        yield from _closing(view)
        return
    late.sort(key=_weight, reverse=True)
    top = late[0]
    if top.close_on is None:
        return
    days = view.index.days_since(top.close_on)
    is_renewal = top.kind is OpportunityKind.RENEWAL
    amount = top.amount.value
    worth = f"{money_text(amount)} " if amount else ""
    if days > 120:
        past = tr("since {0}").format(day_text(top.close_on, view.as_of))
    else:
        past = tr("by {0}").format(count_text(days, "day"))
    stage = tr("Stage {0}").format(top.stage) if top.stage else tr("Still open")
    if top.probability is not None:
        stage += f", {top.probability}%"
    headline = tr("{0}{1} past its close date {2}").format(
        worth, tr("renewal") if is_renewal else tr("deal"), past
    )
    why = f"{top.name}. {stage}."
    if len(late) > 1:
        why += tr(" {0} past the close date.").format(count_text(len(late) - 1, "more deal"))
    yield Found(
        "deal_overdue",
        (80 if is_renewal else 58) - (10 if days > STALE_DEAL_DAYS else 0),
        Group.NOW if is_renewal or days <= 120 else Group.THIS_WEEK,
        f"{headline[:1].upper()}{headline[1:]}",
        why,
        tuple(_deal_row(view, o) for o in late[:4]),
        Verb("open_opportunities", tr("Check the close date")),
        tuple(sorted(f"{o.id} {o.close_on} {o.stage}" for o in late)),
        view.as_of,
        10,
    )


def _closing(view: View) -> Iterator[Found]:
    """A deal that is to close within two weeks and has no next step."""
    soon = [
        o
        for o in view.index.open_opportunities
        if o.close_on is not None
        and -CLOSING_DAYS <= view.index.days_since(o.close_on) <= 0
        and not o.next_step
    ]
    if not soon:
        return
    top = max(soon, key=_weight)
    days = -view.index.days_since(top.close_on or view.as_of)
    when = tr("today") if days == 0 else ntr("in {0} day", "in {0} days", days)
    worth = f"{money_text(top.amount.value)} " if top.amount.value else ""
    headline = tr("{0}deal is to close {1}, no next step").format(worth, when)
    yield Found(
        "deal_closing", 45, Group.THIS_WEEK, f"{headline[:1].upper()}{headline[1:]}",
        f"{top.name}. {f'Stage {top.stage}' if top.stage else 'Open'}.",
        tuple(_deal_row(view, o) for o in soon[:4]),
        Verb("open_opportunities", tr("Look at the deal")), tuple(sorted(o.id for o in soon)),
        top.close_on, 8,
    )  # fmt: skip


def _deal_row(view: View, deal: Opportunity) -> Evidence:
    worth = f", {money_text(deal.amount.value)}" if deal.amount.value else ""
    day = day_text(deal.close_on or view.as_of, view.as_of)
    text = f"{deal.name}{worth}{_tense(view, deal)} {day}"
    return Evidence(text, noted("deals"), deal.close_on)


def _tense(view: View, deal: Opportunity) -> str:
    past = deal.close_on is not None and deal.close_on < view.as_of
    return tr(", was to close") if past else tr(", is to close")


def _weight(deal: Opportunity) -> tuple[bool, int, str]:
    amount = deal.amount.value
    return deal.kind is OpportunityKind.RENEWAL, amount.minor if amount else 0, deal.id


def _cases(view: View) -> Iterator[Found]:
    opened, urgent = view.index.open_cases, view.index.urgent_cases
    if urgent:
        oldest = min(urgent, key=lambda c: (c.opened_on or view.as_of, c.id))
        age = view.index.days_since(oldest.opened_on) if oldest.opened_on else None
        since = tr(" Open for {0}.").format(count_text(age, "day")) if age is not None else ""
        other = len(opened) - len(urgent)
        more = tr(" {0} open.").format(count_text(other, "other case")) if other else ""
        if any(c.escalated for c in urgent):
            headline = ntr(
                "{0} escalated case is open", "{0} escalated cases are open", len(urgent)
            )
        else:
            headline = ntr("{0} urgent case is open", "{0} urgent cases are open", len(urgent))
        stale = age is not None and age > 365
    elif len(opened) >= MANY_CASES:
        oldest, stale = opened[0], False
        headline = tr("{0} are open at once").format(count_text(len(opened), "case"))
        since, more = "", f" {state_line(view)}"
    else:
        return
    title = f"{oldest.subject or oldest.number or 'Case without a subject'}.".replace("..", ".")
    yield Found(
        "cases_urgent" if urgent else "cases_many",
        78 if urgent else 46,
        Group.NOW if urgent and not stale else Group.THIS_WEEK,
        headline,
        f"{title}{since}{more}".rstrip(),
        tuple(
            Evidence(
                f"{c.number} {c.subject}".strip() or tr("Case without a subject"),
                noted("support cases"),
                c.opened_on,
                "risk" if c in urgent else "watch",
            )
            for c in (urgent or opened)[:4]
        ),
        Verb("open_cases", tr("Look at the cases")),
        tuple(sorted(c.id for c in (urgent or opened))),
        view.as_of if urgent else None,
        10,
    )


def _invoice(view: View) -> Iterator[Found]:
    overdue = view.index.newest("commercial.invoice_overdue_days")
    disputes = view.index.newest("commercial.billing_disputes")
    days = (overdue.value.value or 0) // 1000 if overdue else 0
    count = (disputes.value.value or 0) // 1000 if disputes else 0
    old = overdue is not None and view.index.days_since(overdue.as_of) > 90
    if overdue is None or old or (days < 30 and not (count and days > 0)):
        return
    rows = [
        Evidence(
            tr("Oldest invoice {0} overdue").format(count_text(days, "day")),
            overdue.source,
            overdue.as_of,
        )
    ]
    why = tr("Bills belong to Finance: ask what holds it up.")
    if disputes is not None and count:
        rows.append(Evidence(count_text(count, "billing dispute"), disputes.source, disputes.as_of))
        why = tr("{0} disputed in 90 days. Bills belong to Finance.").format(
            count_text(count, "bill")
        )
    yield Found(
        "invoice_overdue", 52, Group.THIS_WEEK,
        tr("An invoice is {0} overdue").format(count_text(days, 'day')), why, tuple(rows),
        Verb("open_account", tr("Ask Finance")), (str(days > 60), number_text(count)), None, 9,
    )  # fmt: skip


def _exit_without_cause(view: View) -> Iterator[Found]:
    last = next((e for e in reversed(view.index.file.exits) if e.on <= view.as_of), None)
    if last is None or last.cause or view.index.days_since(last.on) > 180:
        return
    yield Found(
        "exit_cause", 30, Group.DECISION, tr("They left and the cause is not written down"),
        tr("Left {0}. A destination is not a cause.").format(day_text(last.on, view.as_of)),
        (Evidence(tr("Exit without a cause"), noted("exit record"), last.on),),
        Verb("open_account", tr("Record the cause")), (last.id,), None, 9,
    )  # fmt: skip
