"""Names of columns for figures: measures long, wide and over time, and answers to surveys."""

from csplanner.crm.targets import Target, header_key, targets
from csplanner.domain.measures import OTHER, WATCHED

LONG = targets(
    "measurement",
    """
    id | Measurement ID | id | usageid measurementid responseid
    account | Account ID | ref | accountid id customerid companyid
    account_name | Account | nameref | accountname account name customer company companyname
        + customername organizationname
    subscription | Subscription ID | ref | subscriptionid
    person | Person ID | ref | contactid respondentid
    person_mail | Person, by e-mail | mail | email contactemail respondentemail emailaddress
        + recipientemail
    as_of | Measured on | asof | asof usagedate date surveydate measuredon asofdate respondedon
        + responsedate answeredat respondedat submittedat month period week answeredon submitdate
        + completedat dateofresponse
    measure | Measure | measure | measure metric measureid kpi
    value | Value | thousandths | value score
    dimension | Part | line | featurename feature dimension touchpoint module part survey
        + surveyname
    note | Note | line | note comment comments feedback verbatim reason
    """,
)
_WIDE = {
    "usage.seats_bought": "seats seatsbought seatspurchased licenses licensespurchased",
    "usage.seats_active": "seatsactive seatsactive30d activeseats activeusers activeusers30d mau "
    "monthlyactiveusers",
    "usage.events": "usagecount events eventcount",
    "usage.minutes": "usageminutes",
    "usage.errors": "errorcount errors",
    "usage.modules_bought": "modulesbought moduleslicensed",
    "usage.modules_used": "modulesused modulesactive",
    "usage.module_share": "moduleshare",
    "voice.nps": "nps npslast npsscore npsproduct netpromoterscore npsrating "
    "howlikelyareyoutorecommend hsnpsscore",
    "voice.csat": "csat csatsupport csatscore satisfactionscore",
    "voice.ces": "ces cesscore customereffortscore effortscore",
    "commercial.invoice_overdue_days": "invoiceoverduedays overduedays daysoverdue",
    "commercial.billing_disputes": "billingdisputes invoicedisputes90d billingdisputes90d "
    "invoicedisputes",
}


def _measures() -> tuple[Target, ...]:
    made = [
        Target("measurement", m, title, "thousandths",
               (header_key(m), header_key(title), *_WIDE.get(m, "").split()))
        for m, title in WATCHED.items()
    ]  # fmt: skip
    names = ("usagedurationsecs", "usageseconds", "durationsecs")
    seconds = Target(
        "measurement", "usage.minutes:seconds", "Minutes of use (from seconds)", "asminutes", names
    )
    answers = (
        Target("measurement", "voice.nps:answer", "NPS, single answers of 0 to 10", "answer10"),
        Target("measurement", "voice.csat:answer", "CSAT, single answers of 1 to 5", "answer5"),
        Target("measurement", "voice.ces:answer", "Effort, single answers of 1 to 7", "answer7"),
    )
    other = Target("measurement", OTHER, "Another measure (kept, not scored)", "thousandths")
    return (*made, seconds, *answers, other)


WIDE = _measures()
MEASUREMENT = (*LONG, *WIDE)
LONG_FIELDS = frozenset(t.field for t in LONG)
WIDE_FIELDS = frozenset(t.field for t in WIDE)
"""Fields of `measurement` that are a measure each."""


def is_figure(field: str) -> bool:
    """Whether a field of `measurement` holds figures of one measure: every field but the long."""
    return field not in LONG_FIELDS


def measure_of(field: str) -> tuple[str, str | None]:
    """The measure of a wide field and the ISO day it names; `value@…`: the row's own measure."""
    measure, _, day = field.partition("@")
    return measure.partition(":")[0], day or None
