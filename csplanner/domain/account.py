"""The account and what it has bought: terms, opportunities, subscriptions, cases, exits."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from csplanner.domain.money import Money
from csplanner.domain.outcome import Control, ExitKind, Foreseen, ToldBy
from csplanner.domain.value import UNKNOWN, Fact

AccountId = NewType("AccountId", str)


class Tier(StrEnum):
    """How much human touch an account gets."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    DIGITAL = "digital"


class Stage(StrEnum):
    """Where an account stands in its journey (methods §3.6)."""

    ONBOARDING = "onboarding"
    ADOPTION = "adoption"
    MATURE = "mature"


class Regrettable(StrEnum):
    """Whether losing the account would be regrettable; set before the fact (methods §4.7)."""

    YES = "yes"
    NO = "no"
    UNDECIDED = "undecided"


class IcpFit(StrEnum):
    """How well the account fits the customers we are made for."""

    GOOD = "good"
    PARTIAL = "partial"
    POOR = "poor"
    UNKNOWN = "unknown"


class ArrUnit(StrEnum):
    """What the yearly amount was given as: yearly, monthly, or per contract year."""

    ARR = "arr"
    MRR = "mrr"
    ACV = "acv"
    UNKNOWN = "unknown"


class Expectation(StrEnum):
    """Whether first value was what the account had been promised (methods §16.2)."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Account:
    """One customer in the book. Empty text means nobody said."""

    id: AccountId
    name: str
    sector: str = ""
    city: str = ""
    country: str = ""
    domain: str = ""
    owner: str = ""
    segment: str = ""
    arr: Fact[Money] = UNKNOWN
    criticality: Fact[int] = UNKNOWN
    """0 convenience, 1 important, 2 business-critical, 3 mission-critical or life safety."""
    customer_since: Fact[date] = UNKNOWN
    first_value_on: Fact[date] = UNKNOWN
    """The day the customer confirmed first value; unknown while onboarding."""
    stage_override: Stage | None = None
    regrettable: Regrettable = Regrettable.UNDECIDED
    next_step: str = ""
    next_step_due: date | None = None
    pinned: bool = False
    archived: bool = False
    missing_since: date | None = None
    """As-of date of the first full snapshot that no longer holds the account."""
    icp_fit: IcpFit = IcpFit.UNKNOWN
    arr_unit: ArrUnit = ArrUnit.UNKNOWN
    acquired_by: str = ""
    """The channel of first touch."""
    acquired_promise: str = ""
    """The promise that attracted them, as they remember it."""
    expectation: Expectation = Expectation.UNKNOWN
    first_value_promised: date | None = None
    """The day they were told first value would come."""
    first_value_by: str = ""
    """Who at the customer confirmed first value."""
    success: str = ""
    """What success is, in one sentence of the customer's."""
    success_on: date | None = None
    """The day that sentence was confirmed."""
    regrettable_on: date | None = None
    """The day it was decided whether losing the account would be regrettable."""


class TermOutcome(StrEnum):
    """What happened at the end of a contract term."""

    RENEWED = "renewed"
    OPTED_OUT = "opted_out"
    UNDECIDED = "undecided"
    NOT_DUE = "not_due"


@dataclass(frozen=True, slots=True)
class ContractTerm:
    """One contract term; `ordinal` k is the decision at the end of the k-th term."""

    id: str
    account_id: AccountId
    end: date
    start: date | None = None
    notice_deadline: Fact[date] = UNKNOWN
    ordinal: int | None = None
    arr: Fact[Money] = UNKNOWN
    outcome: TermOutcome = TermOutcome.UNDECIDED
    notice_given: bool = False
    """The customer gave notice of non-renewal."""
    outcome_on: date | None = None
    arr_after: Fact[Money] = UNKNOWN
    escalator: Fact[Money] = UNKNOWN
    """Part of the ARR after that comes from an agreed rise of the price."""

    @property
    def decision_date(self) -> date:
        """T0 of the renewal countdown: the earlier of end and notice deadline."""
        if self.notice_deadline.value is None:
            return self.end
        return min(self.end, self.notice_deadline.value)


class OpportunityState(StrEnum):
    """Where an opportunity stands, whatever the CRM calls the stage."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


class OpportunityKind(StrEnum):
    """What an opportunity is about."""

    RENEWAL = "renewal"
    EXPANSION = "expansion"
    NEW = "new"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Opportunity:
    """A deal as the CRM knows it; `stage` keeps the CRM's own word."""

    id: str
    account_id: AccountId
    name: str
    stage: str = ""
    state: OpportunityState = OpportunityState.OPEN
    kind: OpportunityKind = OpportunityKind.OTHER
    amount: Fact[Money] = UNKNOWN
    close_on: date | None = None
    first_close_on: date | None = None
    """The close date when first seen; later than that means the deal was pushed."""
    probability: int | None = None
    next_step: str = ""
    loss_reason: str = ""


class CasePriority(StrEnum):
    """Case priority, mapped from the CRM's words."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Case:
    """A support case. Open while `closed_on` is None and `is_closed` is False."""

    id: str
    account_id: AccountId
    number: str = ""
    subject: str = ""
    status: str = ""
    priority: CasePriority = CasePriority.MEDIUM
    opened_on: date | None = None
    closed_on: date | None = None
    is_closed: bool = False
    escalated: bool = False
    person_id: str | None = None
    satisfaction: Fact[int] = UNKNOWN
    """1 to 5 as the customer answered."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A line of what was bought; `superseded` rows never count into ARR."""

    id: str
    account_id: AccountId
    product: str = ""
    start: date | None = None
    end: date | None = None
    seats: int | None = None
    arr: Fact[Money] = UNKNOWN
    is_trial: bool = False
    auto_renew: bool | None = None
    superseded: bool = False


@dataclass(frozen=True, slots=True)
class Exit:
    """Why a customer left, was won, or did not expand: outcome, destination, cause and evidence
    kept apart (methods §7).
    """

    id: str
    account_id: AccountId
    on: date
    outcome: str = ""
    destination: str = ""
    cause: str = ""
    evidence: str = ""
    is_reactivation: bool = False
    kind: ExitKind = ExitKind.EXIT
    contributing: tuple[str, ...] = ()
    """Up to two causes beside the first one."""
    first_signal: str = ""
    first_signal_on: date | None = None
    """The day of the first sign; the time from then to `on` was the warning."""
    controllable: Control = Control.UNKNOWN
    foreseen: Foreseen = Foreseen.UNKNOWN
    band_before: str | None = None
    """The band shown 90 days before: good, watch, risk or none."""
    evidence_on: date | None = None
    told_by: ToldBy = ToldBy.UNKNOWN
    function: str = ""
    """The function accountable for the cause."""
    term_id: str | None = None
    arr: Fact[Money] = UNKNOWN
    """What was lost or won a year."""
