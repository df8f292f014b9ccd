"""Which column is proposed for what: its own object's names first, then what stands beside."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from csplanner.crm.fields import CATALOGUE, targets_of
from csplanner.crm.periods import are_over_time, split_period
from csplanner.crm.targets import Target, header_key, slug
from csplanner.domain.measures import OTHER

BY_NAME = "Its name."
_BESIDE = "Its name says so: the rows hold {0} as well."
_OBJECTS = {
    "account": "account accountname company companyname organization organisation konto firma "
    "compte cuenta associatedcompany",
    "person": "contact contactname person kontakt contacto associatedcontact primarycontact",
    "opportunity": "opportunity opportunityname deal opportunite oportunidad verkaufschance",
    "case": "case ticket casenumber kundenvorgang requete caso",
    "subscription": "asset subscription",
    "term": "contract vertrag contrat contrato",
}
_OF_PREFIX = {word: object_ for object_, words in _OBJECTS.items() for word in words.split()}
_WORDS = {"account": "accounts", "person": "people", "opportunity": "opportunities",
          "case": "cases", "subscription": "subscriptions", "term": "contract terms"}  # fmt: skip
_PREFIXED = re.compile(r"\s*([^:]{2,40}?)\s*:\s*(.+)|([^.\s]{2,40})\.(.+)|(.{2,40}?) - (.+)")
_RELATED = re.compile(r"(.+?) \([^()]+\) \(([^()]+)\)")
# What a column without a prefix may be beside its file's own object; false friends are not here:
# a phone or a city of a person is not the account's, the ARR of a deal not either.
_ACCOUNT_HEADERS = frozenset(
    ("industry", "billingcity", "billingcountry", "accountowner", "companyowner", "branche")
)
_PERSON_ACCOUNT_HEADERS = _ACCOUNT_HEADERS | frozenset(
    ("arr", "annualrecurringrevenue", "currentarr", "customersince", "renewaldate",
     "contractenddate", "customersegment", "accountsegment")
)  # fmt: skip
_PERSON_HEADERS = frozenset(
    ("firstname", "lastname", "email", "jobtitle", "department", "mobilephone", "contactid",
     "contactemail", "contactname", "contactfullname", "contacttitle", "contactphone", "fullname",
     "contactrole", "buyingrole", "ansprechpartner", "kontaktperson", "mail", "primaryemail",
     "vorname", "nachname", "prenom", "nomdefamille", "apellidos")
)  # fmt: skip
LEFT_OUT = {
    "It is the amount in another currency; the amount itself is used.":
        "amountconverted amountconvertedcurrency estrevenuebase amountincompanycurrency "
        "actualrevenuebase amountinhomecurrency arrconverted annualrevenueconverted",
    "The book has no place for parent accounts.":
        "parentid parentaccount parentaccountid parentcompanyid hsparentcompanyid "
        "parentaccountname parentaccountidcurrency subsidiaryof",
    "The book sends nothing, so it keeps no opt-outs and bounces.":
        "hasoptedoutofemail donotcall donotemail unsubscribedfromallemail emailbouncedreason "
        "emailbounceddate isemailbounced emailhardbouncereason invalidemailaddress "
        "donotallowemails marketingcontactstatus hasoptedoutoffax",
    "It is what the customer earns, not what they pay you.": "annualrevenue revenue jahresumsatz "
        "chiffredaffaires ingresosanuales",
    "It is private and no use here.": "birthdate birthday dateofbirth gender maritalstatus ssn "
        "anniversary password",
}  # fmt: skip
_LEFT_OUT = {key: why for why, keys in LEFT_OUT.items() for key in keys.split()}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a column is proposed for; `key` is empty where it is left out, `why` says the reason."""

    key: str
    why: str


def choose_columns(
    object_: str, names: Sequence[str], *, source: str = "", file: str = ""
) -> dict[int, Choice]:
    """Column → what it is proposed for, for the rows of a file of that object.

    A column of another object is proposed where its prefix says so (`Account: Industry`,
    `Person - Name`, `Website (Company Name) (Account)`) or its name can mean nothing else.
    """
    keys = [header_key(n) for n in names]
    prefixed = [_prefixed(n) for n in names]
    chosen: dict[int, Choice] = {}
    own = _own_keys(object_, keys, prefixed)
    for at, goal in _choose(own, _goals(object_, source)).items():
        chosen[at] = Choice(goal.key, BY_NAME)
    if object_ in _OBJECTS or object_ in ("touch", "measurement", "exit", "seat"):
        for at, goal in targets_beside(object_, names, taken=chosen).items():
            chosen[at] = Choice(goal.key, _BESIDE.format(_WORDS[goal.object]))
    if object_ in ("account", "measurement") and are_over_time(tuple(names)):
        chosen |= _over_time(names, chosen, file)
    if object_ == "measurement":
        chosen |= _answers(keys, chosen, file)
    if object_ == "account" and not source:
        chosen |= _contract_end(keys, chosen)
    for at, key in enumerate(keys):
        if at not in chosen and key in _LEFT_OUT:
            chosen[at] = Choice("", _LEFT_OUT[key])
    return chosen


def _contract_end(keys: list[str], chosen: dict[int, Choice]) -> dict[int, Choice]:
    """A close date in a list of accounts that tells of no deals: the day their contract closes.

    CRMs call so the day a company became a customer, so this holds for lists of one's own alone.
    """
    goals = {c.key for c in chosen.values()}
    tells_deals = any(key.startswith(("opportunity.", "term.end")) for key in goals)
    if tells_deals or "closedate" not in keys or not goals & _OF_CONTRACTS:
        return {}
    at = keys.index("closedate")
    return {} if at in chosen else {at: Choice("term.end", BY_NAME)}


_OF_CONTRACTS = {"account.arr", "measurement.usage.seats_bought"}
"""What a list says of accounts that have a contract."""


def targets_beside(
    object_: str, names: Sequence[str], *, taken: Iterable[int] = ()
) -> dict[int, Target]:
    """The columns of a file of that object that fill other objects, by prefix or plain name."""
    free = set(range(len(names))) - set(taken)
    found: dict[int, Target] = {}
    for beside in _OBJECTS:
        if beside == object_ or (object_ in ("seat", "exit") and beside != "account"):
            continue
        keys = [""] * len(names)
        for at in free - set(found):
            about, rest = _prefixed(names[at])
            plain = header_key(names[at])
            if about == beside:
                keys[at] = rest
            elif not about and plain in _plain_names(object_, beside):
                keys[at] = plain
        here = _choose(keys, _beside_goals(beside))
        if _tells(beside, object_, {t.field for t in here.values()}):
            found |= here
    return found


def _plain_names(object_: str, beside: str) -> frozenset[str]:
    if beside == "account":
        return _PERSON_ACCOUNT_HEADERS if object_ == "person" else _ACCOUNT_HEADERS
    if beside == "person" and object_ in ("account", "opportunity", "case"):
        return _PERSON_HEADERS
    if beside == "term" and object_ == "person":
        return _PERSON_ACCOUNT_HEADERS
    return frozenset()


def _tells(beside: str, object_: str, fields: set[str]) -> bool:
    """Whether columns say enough of an object to tell its records apart."""
    if beside == "person":
        named = fields & {"first", "last", "name", "email"}
        return bool(named) and bool(fields & {"id", "email"} or {"first", "last"} <= fields)
    needs = {"opportunity": {"id", "name"}, "case": {"id", "number", "subject"},
             "subscription": {"id", "product"}, "term": {"id", "end"}}.get(beside)  # fmt: skip
    del object_
    return bool(fields) and (needs is None or bool(fields & needs))


def _beside_goals(beside: str) -> Iterator[Target]:
    """What columns beside a file's own object may be: never who or whose it is by name alone."""
    skipped = ("account", "account_name", "currency", "modified", "created", "gone", "accounts",
               "accounts_names", "inactive")  # fmt: skip
    for goal in CATALOGUE[beside]:
        if goal.field not in skipped:
            yield goal


def _prefixed(name: str) -> tuple[str, str]:
    """The object a name's prefix tells, and the key of the rest; both empty without one."""
    related = _RELATED.fullmatch(name.strip())
    if related is not None:
        return _OF_PREFIX.get(header_key(related[2]), ""), header_key(related[1])
    found = _PREFIXED.fullmatch(name)
    if found is None:
        return "", ""
    head = found[1] or found[3] or found[5]
    rest = found[2] or found[4] or found[6]
    return _OF_PREFIX.get(header_key(head), ""), header_key(rest)


def _own_keys(object_: str, keys: list[str], prefixed: list[tuple[str, str]]) -> list[str]:
    """Header keys; of an unknown one whose prefix names the file's own object, the rest."""
    known = {alias for goal in targets_of(object_) for alias in goal.aliases}
    return [
        rest if about == object_ and key not in known and rest else key
        for key, (about, rest) in zip(keys, prefixed, strict=True)
    ]


def _goals(object_: str, source: str) -> Iterator[Target]:
    """The targets of an object with the names one CRM alone uses."""
    for goal in targets_of(object_):
        extra = _OF_SOURCE.get((source, goal.key), ())
        yield Target(goal.object, goal.field, goal.title, goal.kind, (*goal.aliases, *extra))


_OF_SOURCE = {
    ("Dynamics 365", "account.inactive"): ("status", "statut", "estado"),
    ("Pipedrive", "opportunity.name"): ("title",),
    ("Pipedrive", "opportunity.amount"): ("value",),
    ("Zoho", "person.reports_to"): ("reportingtoid",),
}


def _choose(keys: Sequence[str], goals: Iterable[Target]) -> dict[int, Target]:
    """Column → target; a target takes the column whose name stands first among its usual names."""
    where: dict[str, list[int]] = {}
    for at, key in enumerate(keys):
        where.setdefault(key, []).append(at)
    chosen: dict[int, Target] = {}
    for goal in goals:
        places = (at for alias in goal.aliases for at in where.get(alias, ()) if at not in chosen)
        first = next(places, None)
        if first is not None:
            chosen[first] = goal
    return chosen


def _over_time(
    names: Sequence[str], chosen: dict[int, Choice], file: str
) -> dict[int, Choice]:  # fmt: skip
    """Columns that are months or days: figures of the measure their name or the file's tells."""
    by_row = any(c.key == "measurement.measure" for c in chosen.values())
    found = {}
    for at, name in enumerate(names):
        parts = split_period(name)
        if at in chosen or parts is None:
            continue
        measure = _measure(parts[0]) if parts[0] else "value" if by_row else _measure_of_file(file)
        found[at] = Choice(f"measurement.{measure}@{parts[1]}", "It is a period, to its last day.")
    return found


def _measure(words: str) -> str:
    """The measure some words name: one the book watches, else one of its own."""
    key = header_key(words)
    for goal in targets_of("account"):
        if goal.object == "measurement" and key in goal.aliases:
            return goal.field
    return f"{OTHER}.{slug(words) or 'figures'}"


def _measure_of_file(file: str) -> str:
    stem = re.sub(r"\d+", " ", PurePath(file.replace("›", "/")).stem)
    words = [w for w in re.split(r"[\W_]+", stem) if w and w.casefold() not in _FURNITURE]
    return _measure(" ".join(words))


_FURNITURE = frozenset(("by", "month", "monthly", "per", "export", "report", "months", "account",
                        "accounts", "over", "time", "customer", "customers"))  # fmt: skip
_SURVEYS = (("nps", "voice.nps"), ("promoter", "voice.nps"), ("csat", "voice.csat"),
            ("satisf", "voice.csat"), ("ces", "voice.ces"), ("effort", "voice.ces"))  # fmt: skip
_ANSWERED = frozenset(("answeredat", "answeredon", "respondedat", "respondedon", "responsedate",
                       "dateofresponse", "submittedat", "submitdate"))  # fmt: skip
"""Columns of days that only answers have."""
_GRADES = ("score", "rating", "answer", "grade", "value", "response")


def _answers(keys: list[str], chosen: dict[int, Choice], file: str) -> dict[int, Choice]:
    """Columns of single answers, where rows name who answered."""
    goals = {c.key for c in chosen.values()}
    if goals & {"measurement.person", "measurement.person_mail"}:
        why = "Rows name who answered: single answers."
    elif _ANSWERED & set(keys):
        why = "Rows say when somebody answered: single answers."
    else:
        return {}
    found = {
        at: Choice(f"{c.key}:answer", why)
        for at, c in chosen.items()
        if c.key in ("measurement.voice.nps", "measurement.voice.csat", "measurement.voice.ces")
    }
    if found or "measurement.measure" in goals:
        return found
    survey = next((m for word, m in _SURVEYS if word in header_key(file)), None)
    at = next((keys.index(grade) for grade in _GRADES if grade in keys), None)
    if survey is not None and at is not None:
        found[at] = Choice(f"measurement.{survey}:answer", "The file’s name says which survey.")
    return found
