"""An account as it was known on a day that has passed: whatever is dated later is not there.

What carries no day, such as a title or the yearly revenue, is read of the history of its fields
before (`csplanner.book.as_known`); without a history it stands as it is recorded.
"""

from dataclasses import replace
from datetime import date

from csplanner.domain.account import Account, Case, ContractTerm, TermOutcome
from csplanner.domain.account_file import AccountFile
from csplanner.domain.objective import Objective, ObjectiveStatus
from csplanner.domain.person import Person, PersonStatus
from csplanner.domain.value import UNKNOWN, Fact


def known_on(file: AccountFile, day: date) -> AccountFile:
    """`file` without anything dated after `day`; what was undone later is as it was before."""
    return AccountFile(
        account=_account(file.account, day),
        terms=tuple(_term(t, day) for t in file.terms if _is_by(t.start, day)),
        people=tuple(_person(p, day) for p in file.people),
        seats=tuple(s for s in file.seats if _is_by(s.since, day)),
        opportunities=file.opportunities,
        cases=tuple(_case(c, day) for c in file.cases if _is_by(c.opened_on, day)),
        subscriptions=tuple(s for s in file.subscriptions if _is_by(s.start, day)),
        exits=tuple(x for x in file.exits if x.on <= day),
        touches=tuple(t for t in file.touches if t.on <= day),
        measurements=tuple(m for m in file.measurements if m.as_of <= day),
        pulses=tuple(p for p in file.pulses if p.on <= day),
        objectives=tuple(_objective(o, day) for o in file.objectives if _is_by(o.agreed_on, day)),
        placements=tuple(p for p in file.placements if p.on <= day),
        readings=tuple(r for r in file.readings if r.as_of < day),
    )


def _is_by(on: date | None, day: date) -> bool:
    return on is None or on <= day


def _account(account: Account, day: date) -> Account:
    """The next step is always of today; days that had not come were not known."""
    return replace(
        account,
        customer_since=_day_known(account.customer_since, day),
        first_value_on=_day_known(account.first_value_on, day),
        next_step="",
        next_step_due=None,
        missing_since=account.missing_since if _is_by(account.missing_since, day) else None,
    )


def _day_known(fact: Fact[date], day: date) -> Fact[date]:
    return fact if _is_by(fact.value, day) else UNKNOWN


def _term(term: ContractTerm, day: date) -> ContractTerm:
    """A term that still ran was not decided; on which day notice was given is not recorded."""
    if term.end < day:
        return term
    return replace(term, outcome=TermOutcome.UNDECIDED, notice_given=False)


def _person(person: Person, day: date) -> Person:
    if not _is_by(person.left_on, day):
        person = replace(person, left_on=None, status=PersonStatus.ACTIVE)
    if not _is_by(person.last_activity_on, day):
        person = replace(person, last_activity_on=None)
    return person


def _case(case: Case, day: date) -> Case:
    if _is_by(case.closed_on, day):
        return case
    return replace(case, closed_on=None, is_closed=False, status="", satisfaction=UNKNOWN)


def _objective(goal: Objective, day: date) -> Objective:
    """A figure without a day may be a later one, so it is not known either."""
    if goal.actual_on is not None and goal.actual_on <= day:
        return goal
    reached = goal.status is ObjectiveStatus.REACHED
    return replace(
        goal,
        actual=UNKNOWN,
        actual_on=None,
        actual_source="",
        status=ObjectiveStatus.AGREED if reached else goal.status,
    )
