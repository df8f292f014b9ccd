"""The catalogue of what a column may become, with the names CRMs give it.

Names are compared without case, spaces and signs, and without a trailing `__c`.
"""

import re
from dataclasses import dataclass
from functools import cache

from csplanner.domain.measures import WATCHED


@dataclass(frozen=True, slots=True)
class Target:
    """What a column may become: `object.field`, its title, how it is read, its usual names."""

    object: str
    field: str
    title: str
    kind: str
    aliases: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """`account.name` and the like."""
        return f"{self.object}.{self.field}"


def header_key(header: str) -> str:
    """A header without case, spaces and signs, and without `__c`."""
    return re.sub(r"[\W_]+", "", re.sub(r"(?i)__c$", "", header.strip()).casefold())


def _targets(object_: str, lines: str) -> tuple[Target, ...]:
    made = []
    for entry in re.sub(r"\s*\n\s*\+", "", lines.strip()).splitlines():
        field, title, kind, aliases = (part.strip() for part in entry.split("|"))
        made.append(Target(object_, field, title, kind, tuple(aliases.split())))
    return tuple(made)


ACCOUNT = _targets(
    "account",
    """
    id | Account ID | id | id accountid recordid donotmodifyaccount hsobjectid accountaccountid
    name | Account | line | name accountname companyname organizationname account accountaccountname
        + customer customername company
    sector | Sector | line | industry sector accountindustry
    city | City | line | billingcity city address1city billingaddresscity accountbillingcity
    country | Country | line | billingcountry country countryregion address1countryregion
        + billingcountrycode
    domain | Web domain | domain | website websiteurl companydomainname domain accountwebsite
    owner | Owner | line | csm customersuccessmanager ownername accountowner companyowner owner
    segment | Segment | line | segment customersegment plantier customersize
    arr | ARR | money | arr annualrecurringrevenue arrusd arreur arramount currentarr acv
    currency | Currency | currency | currencyisocode currency arrcurrency accountcurrency
    criticality | Criticality | criticality | criticality
    customer_since | Customer since | date | customersince customersincedate signupdate
        + firstcontractdate
    first_value_on | First value on | date | firstvaluedate firstvalueon firstvalue golivedate
        + golive onboardingdone onboardingfinished
    gone | Deleted | bool | isdeleted
    modified | Last modified | stamp | systemmodstamp lastmodifieddate modifiedon
        + donotmodifymodifiedon lastmodified modifiedtime
    created | Created | created | createddate createdon createdate createdtime
    """,
)
TERM = _targets(
    "term",
    """
    id | Contract ID | id | id contractid contractnumber
    account | Account ID | ref | accountid accountaccountid
    account_name | Account | nameref | accountname account
    start | Term starts | date | startdate contractstartdate termstart
    end | Renewal date | date | enddate contractenddate renewaldate termend renewal contractend
    months | Term in months | months | contractterm termmonths
    notice_deadline | Notice deadline | date | noticedeadline noticedate noticeby
    notice_days | Notice in days | days | ownerexpirationnotice noticedays noticeperioddays
    ordinal | Number of the term | ordinal | termnumber ordinal
    arr | ARR of the term | money | arr annualrecurringrevenue arramount
    currency | Currency | currency | currencyisocode currency
    outcome | Outcome | outcome | outcome renewaloutcome status statuscode
    notice_given | Notice given | bool | noticegiven
    gone | Deleted | bool | isdeleted
    modified | Last modified | stamp | systemmodstamp lastmodifieddate
    """,
)
PERSON = _targets(
    "person",
    """
    id | Person ID | id | id contactid recordid donotmodifycontact hsobjectid personid
        + contactcontactid
    account | Account ID | ref | accountid associatedcompanyidsprimary associatedcompanyids
        + associatedcompanyid accountaccountid
    account_name | Account | nameref | accountname companyname account company associatedcompany
        + accountaccountname
    first | First name | line | firstname contactfirstname first
    last | Last name | line | lastname contactlastname surname
    name | Name | line | name fullname contactname
    title | Title | line | title jobtitle contacttitle position
    department | Department | line | department
    email | Person, by email | email | email emailaddress1 contactemail primaryemail emailaddress
    phone | Phone | line | phone businessphone phonenumber contactphone telephone1
    mobile | Mobile phone | line | mobilephone mobilephonenumber mobile
    left | No longer there | bool | nolongeratcompany leftcompany haslefth
    left_on | Left on | date | lefton leftdate leavingdate
    status | Status | personstatus | status contactstatus
    side | Side | side | side
    last_activity_on | Last activity | date | lastactivitydate lastactivity lastcontacted
    reports_to | Reports to (ID) | ref | reportstoid managerid
    role | Role in the account | roles | role roles buyingrole accountrole contactrole
    influence | Influence, 1 to 5 | influence | influence
    mood | Mood, −2 to 2 | mood | mood sentiment
    gone | Deleted | bool | isdeleted
    modified | Last modified | stamp | systemmodstamp lastmodifieddate modifiedon
    created | Created | created | createddate createdon createdate
    """,
)
SEAT = _targets(
    "seat",
    """
    account | Account ID | ref | accountid
    account_name | Account | nameref | accountname account
    person | Person ID | ref | contactid
    role | Role in the account | roles | role roles
    gone | Deleted | bool | isdeleted
    modified | Last modified | stamp | systemmodstamp lastmodifieddate
    """,
)
OPPORTUNITY = _targets(
    "opportunity",
    """
    id | Opportunity ID | id | id opportunityid recordid donotmodifyopportunity hsobjectid dealid
    account | Account ID | ref | accountid associatedcompanyidsprimary associatedcompanyids
    account_name | Account | nameref | accountname potentialcustomer account associatedcompany
    name | Opportunity | line | name opportunityname dealname topic dealtitle
    stage | Stage | line | stagename stage dealstage salesstage
    status | Status | oppstate | status
    is_closed | Closed | bool | isclosed closed isdealclosed
    is_won | Won | bool | iswon won isclosedwon
    close_on | Close date | date | closedate estclosedate closingdate
    actual_close | Closed on | date | actualclosedate
    amount | Amount | money | amount estrevenue dealvalue
    currency | Currency | currency | currencyisocode amountcurrency currency
    probability | Probability | percent | probability dealprobability
    kind | Kind | oppkind | type dealtype opportunitytype opportunitykind
    next_step | Next step | line | nextstep
    loss_reason | Loss reason | line | lossreason closedlostreason reasonforloss
    gone | Deleted | bool | isdeleted
    modified | Last modified | stamp | systemmodstamp lastmodifieddate modifiedon
    created | Created | created | createddate createdon createdate
    """,
)
CASE = _targets(
    "case",
    """
    id | Case ID | id | id caseid ticketid recordid donotmodifycase
    account | Account ID | ref | accountid associatedcompanyidsprimary associatedcompanyids
    account_name | Account | nameref | accountname customer account
    person | Person ID | ref | contactid associatedcontactids
    number | Case number | line | casenumber number
    subject | Subject | line | subject casetitle ticketname title
    status | Status | line | status ticketstatus
    priority | Priority | priority | priority severity
    opened_on | Opened on | date | createddate submittedat createdon createdate openedon opened
    closed_on | Closed on | date | closeddate closedat closedate resolvedon closedon
    is_closed | Closed | bool | isclosed closed
    escalated | Escalated | bool | isescalated escalationflag escalated
    satisfaction | Satisfaction, 1 to 5 | satisfaction | satisfactionscore satisfaction csatscore
        + csat
    gone | Deleted | bool | isdeleted
    modified | Last modified | stamp | systemmodstamp lastmodifieddate modifiedon
    """,
)
SUBSCRIPTION = _targets(
    "subscription",
    """
    id | Subscription ID | id | id subscriptionid assetid
    account | Account ID | ref | accountid
    account_name | Account | nameref | accountname account
    plan | Plan (one at a time) | line | plantier plan
    product | Product | line | product productname product2id name
    start | Start | date | startdate installdate purchasedate subscriptionstart
    end | End | date | enddate usageenddate subscriptionend
    seats | Seats | count | seats quantity licenses
    arr | ARR | money | arramount arr annualrecurringrevenue
    currency | Currency | currency | currencyisocode currency
    is_trial | Trial | bool | istrial trial
    auto_renew | Renews by itself | bool | autorenewflag autorenew
    gone | Deleted | bool | isdeleted
    modified | Last modified | stamp | systemmodstamp lastmodifieddate
    """,
)
EXIT = _targets(
    "exit",
    """
    id | Exit ID | id | id churneventid churnid exitid
    account | Account ID | ref | accountid
    account_name | Account | nameref | accountname account
    on | Left on | date | churndate exitdate lefton date
    outcome | Outcome | line | outcome
    cause | Cause | line | reasoncode reason cause churnreason
    destination | Went to | line | destination competitor
    evidence | Evidence | line | feedbacktext feedback evidence notes
    is_reactivation | Came back | bool | isreactivation reactivation
    gone | Deleted | bool | isdeleted
    """,
)
TOUCH = _targets(
    "touch",
    """
    id | Activity ID | id | id activityid taskid eventid
    account | Account ID | ref | accountid whatid
    account_name | Account | nameref | accountname account
    person | Person ID | ref | whoid contactid
    on | On | date | activitydate activitydatetime startdatetime starttime date activitydateonly
        + startdate
    subtype | Kind | channel | tasksubtype activitytype eventsubtype
    type | Kind, further | channel | type channel
    topic | Topic | line | subject topic calltitle meetingtitle
    note | Note | plain | description notes note body
    seconds | Seconds | seconds | calldurationinseconds
    minutes | Minutes | minutes | durationinminutes duration minutes
    status | Status | taskstatus | status activitystatus taskstatus
    two_way | Two-way | bool | twoway istwoway
    meaningful | Meaningful | bool | meaningful ismeaningful
    gone | Deleted | bool | isdeleted
    modified | Last modified | stamp | systemmodstamp lastmodifieddate
    """,
)
_MEASUREMENT = _targets(
    "measurement",
    """
    id | Measurement ID | id | usageid measurementid responseid
    account | Account ID | ref | accountid id
    account_name | Account | nameref | accountname account name
    subscription | Subscription ID | ref | subscriptionid
    as_of | Measured on | asof | asof usagedate date surveydate measuredon asofdate respondedon
    measure | Measure | measure | measure metric measureid
    value | Value | thousandths | value
    dimension | Part | line | featurename feature dimension touchpoint module part
    note | Note | line | note comment
    """,
)
_WIDE = {
    "usage.seats_bought": "seats seatsbought seatspurchased licenses licensespurchased",
    "usage.seats_active": "seatsactive seatsactive30d activeseats activeusers activeusers30d",
    "usage.events": "usagecount events eventcount",
    "usage.minutes": "usageminutes",
    "usage.errors": "errorcount errors",
    "usage.modules_bought": "modulesbought moduleslicensed",
    "usage.modules_used": "modulesused modulesactive",
    "usage.module_share": "moduleshare",
    "voice.nps": "nps npslast npsscore npsproduct",
    "voice.csat": "csat csatsupport csatscore",
    "voice.ces": "ces cesscore",
    "commercial.invoice_overdue_days": "invoiceoverduedays overduedays daysoverdue",
    "commercial.billing_disputes": (
        "billingdisputes invoicedisputes90d billingdisputes90d invoicedisputes"
    ),
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
    return (*made, seconds)


MEASUREMENT = (*_MEASUREMENT, *_measures())
CATALOGUE: dict[str, tuple[Target, ...]] = {
    "account": ACCOUNT, "term": TERM, "person": PERSON, "seat": SEAT,
    "opportunity": OPPORTUNITY, "case": CASE, "subscription": SUBSCRIPTION, "exit": EXIT,
    "touch": TOUCH, "measurement": MEASUREMENT,
}  # fmt: skip
"""Targets by object. A file of one object may also fill `account`, `term` and `measurement`."""

BESIDE: dict[str, tuple[str, ...]] = {"account": ("term.end", "term.notice_deadline")}
"""Targets of other objects that a file of the first may fill, besides the wide measures."""


def targets_of(object_: str) -> tuple[Target, ...]:
    """Everything a column of a file of that object may become."""
    own = CATALOGUE.get(object_, ())
    if object_ != "account":
        return own
    beside = tuple(t for t in TERM if t.key in BESIDE["account"])
    return (*own, *beside, *(t for t in MEASUREMENT if t.field not in _LONG))


_LONG = frozenset(t.field for t in _MEASUREMENT)
WIDE_FIELDS = frozenset(t.field for t in MEASUREMENT if t.field not in _LONG)
"""Fields of `measurement` that are a measure each."""


@cache
def target(key: str) -> Target:
    """The target with that key; KeyError when there is none."""
    object_, field = key.split(".", 1)
    for found in CATALOGUE[object_]:
        if found.field == field:
            return found
    raise KeyError(key)


@cache
def _known_headers() -> frozenset[str]:
    return frozenset(a for ts in CATALOGUE.values() for t in ts for a in t.aliases)


def header_score(cells: list[str]) -> int:
    """How many cells of a row are names of columns that CRMs use."""
    known = _known_headers()
    keys = [header_key(c) for c in cells]
    return sum(1 for k in dict.fromkeys(keys) if k in known or k.split("account")[-1] in known)
