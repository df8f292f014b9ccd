"""Signals about contracts, deals, cases and money."""

from collections.abc import Iterator

from csplanner.domain.account import ContractTerm, Opportunity, OpportunityKind, Tier
from csplanner.domain.index import has_left
from csplanner.domain.reading import Band
from csplanner.domain.sentiment import Sentiment
from csplanner.domain.signals import Evidence, Found, Group, Verb, View, state_line
from csplanner.domain.wording import count_text, day_text, money_text, number_text

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
        yield Found(
            "notice_given", 100, Group.NOW, "They gave notice of non-renewal",
            f"The contract ends {day_text(term.end, view.as_of)}. {state_line(view)}".rstrip(),
            (Evidence("Notice of non-renewal received", "contract", None, "risk"),),
            Verb("open_renewal", "Open the renewal"), (term.id, "notice"), term.end, 10,
        )  # fmt: skip
        return
    if (term.end - view.as_of).days < 0:
        yield from _undecided(view)
        return
    tier = view.choice.tier
    if days > RENEWAL_DAYS.get(tier or Tier.MEDIUM, 90):
        return
    troubled = view.health.band is Band.RISK or (
        view.sentiment is not None and view.sentiment <= Sentiment.UNEASY
    )
    if tier is Tier.DIGITAL and not troubled:
        return
    urgent = tier is not Tier.DIGITAL and days <= (60 if troubled else NOW_DAYS)
    notice = term.notice_deadline.value
    headline = _renewal_headline(term, days)
    why = state_line(view) or "No score and no word from you yet."
    yield Found(
        "renewal_near",
        (80 if troubled else 62) + (5 if days <= 30 else 0),
        Group.NOW if urgent else Group.THIS_WEEK,
        headline,
        why,
        (
            Evidence(
                f"Contract ends {day_text(term.end, view.as_of)}"
                + (
                    f", notice by {day_text(notice, view.as_of)}"
                    if notice
                    else ", the notice date is not known"
                ),
                "contract",
                term.decision_date,
            ),
        ),
        Verb("open_renewal", "Check renewal"),
        (term.id, term.decision_date.isoformat(), view.health.band.value, str(urgent)),
        term.decision_date,
        10,
    )


def _renewal_headline(term: ContractTerm, days: int) -> str:
    """The day that decides by its name: the notice deadline, or the end of the contract."""
    is_first, is_notice = term.ordinal == 1, term.decision_date < term.end
    which = "First renewal" if is_first else "Renewal" if is_notice or days < 0 else "Renews"
    if days < 0:
        return f"{which} and the notice date has passed"
    when = f"in {count_text(days, 'day')}" if days else "today"
    if is_notice:
        return f"{which}, notice {when}"
    return f"{which} is decided today" if is_first and not days else f"{which} {when}"


def _undecided(view: View) -> Iterator[Found]:
    term = view.index.term
    if term is None:
        return
    days = (view.as_of - term.end).days
    if days > 180:
        return
    yield Found(
        "renewal_undecided", 85, Group.NOW,
        f"The contract ended {count_text(days, 'day')} ago and nothing is decided",
        f"Say whether it was renewed. {state_line(view)}".rstrip(),
        (Evidence("No outcome is recorded", "contract", term.end, "risk"),),
        Verb("open_renewal", "Record the outcome"), (term.id, "undecided"), term.end, 9,
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
        past = f"since {day_text(top.close_on, view.as_of)}"
    else:
        past = f"by {count_text(days, 'day')}"
    stage = f"Stage {top.stage}" if top.stage else "Still open"
    if top.probability is not None:
        stage += f", {top.probability}%"
    headline = f"{worth}{'renewal' if is_renewal else 'deal'} past its close date {past}"
    why = f"{top.name}. {stage}."
    if len(late) > 1:
        why += f" {count_text(len(late) - 1, 'more deal')} past the close date."
    yield Found(
        "deal_overdue",
        (80 if is_renewal else 58) - (10 if days > STALE_DEAL_DAYS else 0),
        Group.NOW if is_renewal or days <= 120 else Group.THIS_WEEK,
        f"{headline[:1].upper()}{headline[1:]}",
        why,
        tuple(_deal_row(view, o) for o in late[:4]),
        Verb("open_opportunities", "Check the close date"),
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
    when = "today" if days == 0 else f"in {count_text(days, 'day')}"
    worth = f"{money_text(top.amount.value)} " if top.amount.value else ""
    headline = f"{worth}deal is to close {when}, no next step"
    yield Found(
        "deal_closing", 45, Group.THIS_WEEK, f"{headline[:1].upper()}{headline[1:]}",
        f"{top.name}. {f'Stage {top.stage}' if top.stage else 'Open'}.",
        tuple(_deal_row(view, o) for o in soon[:4]),
        Verb("open_opportunities", "Look at the deal"), tuple(sorted(o.id for o in soon)),
        top.close_on, 8,
    )  # fmt: skip


def _deal_row(view: View, deal: Opportunity) -> Evidence:
    worth = f", {money_text(deal.amount.value)}" if deal.amount.value else ""
    day = day_text(deal.close_on or view.as_of, view.as_of)
    text = f"{deal.name}{worth}{_tense(view, deal)} {day}"
    return Evidence(text, "opportunities", deal.close_on)


def _tense(view: View, deal: Opportunity) -> str:
    past = deal.close_on is not None and deal.close_on < view.as_of
    return ", was to close" if past else ", is to close"


def _weight(deal: Opportunity) -> tuple[bool, int, str]:
    amount = deal.amount.value
    return deal.kind is OpportunityKind.RENEWAL, amount.minor if amount else 0, deal.id


def _cases(view: View) -> Iterator[Found]:
    opened, urgent = view.index.open_cases, view.index.urgent_cases
    if urgent:
        oldest = min(urgent, key=lambda c: (c.opened_on or view.as_of, c.id))
        age = view.index.days_since(oldest.opened_on) if oldest.opened_on else None
        word = "escalated case" if any(c.escalated for c in urgent) else "urgent case"
        verb = "is" if len(urgent) == 1 else "are"
        since = f" Open for {count_text(age, 'day')}." if age is not None else ""
        other = len(opened) - len(urgent)
        more = f" {count_text(other, 'other case')} open." if other else ""
        headline = f"{count_text(len(urgent), word)} {verb} open"
        stale = age is not None and age > 365
    elif len(opened) >= MANY_CASES:
        oldest, stale = opened[0], False
        headline = f"{count_text(len(opened), 'case')} are open at once"
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
                f"{c.number} {c.subject}".strip() or "Case without a subject",
                "support cases",
                c.opened_on,
                "risk" if c in urgent else "watch",
            )
            for c in (urgent or opened)[:4]
        ),
        Verb("open_cases", "Look at the cases"),
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
        Evidence(f"Oldest invoice {count_text(days, 'day')} overdue", overdue.source, overdue.as_of)
    ]
    why = "Bills belong to Finance: ask what holds it up."
    if disputes is not None and count:
        rows.append(Evidence(count_text(count, "billing dispute"), disputes.source, disputes.as_of))
        why = f"{count_text(count, 'bill')} disputed in 90 days. Bills belong to Finance."
    yield Found(
        "invoice_overdue", 52, Group.THIS_WEEK,
        f"An invoice is {count_text(days, 'day')} overdue", why, tuple(rows),
        Verb("open_account", "Ask Finance"), (str(days > 60), number_text(count)), None, 9,
    )  # fmt: skip


def _exit_without_cause(view: View) -> Iterator[Found]:
    last = next((e for e in reversed(view.index.file.exits) if e.on <= view.as_of), None)
    if last is None or last.cause or view.index.days_since(last.on) > 180:
        return
    yield Found(
        "exit_cause", 30, Group.DECISION, "They left and the cause is not written down",
        f"Left {day_text(last.on, view.as_of)}. A destination is not a cause.",
        (Evidence("Exit without a cause", "exit record", last.on),),
        Verb("open_account", "Record the cause"), (last.id,), None, 9,
    )  # fmt: skip
