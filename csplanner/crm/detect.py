"""What a table holds and where it comes from: by ids, by file name, by headers."""

import math
import re
from dataclasses import dataclass
from pathlib import PurePath

from csplanner.crm.fields import CATALOGUE, WIDE_FIELDS, Target, header_key, targets_of
from csplanner.crm.table import Table

_PREFIXES = {
    "001": "account", "003": "person", "006": "opportunity", "500": "case", "800": "term",
    "00T": "touch", "00U": "touch", "02i": "subscription", "00Q": "leads", "005": "users",
    "701": "campaigns", "00v": "campaign members", "00K": "seat", "07k": "seat", "01t": "products",
}  # fmt: skip
_WORDS = {
    "account": "account", "accounts": "account", "companies": "account", "company": "account",
    "contact": "person", "contacts": "person", "people": "person", "persons": "person",
    "opportunity": "opportunity", "opportunities": "opportunity", "deals": "opportunity",
    "case": "case", "cases": "case", "ticket": "case", "tickets": "case",
    "subscription": "subscription", "subscriptions": "subscription", "asset": "subscription",
    "contract": "term", "contracts": "term", "task": "touch", "tasks": "touch", "event": "touch",
    "events": "touch", "activities": "touch", "usage": "measurement", "survey": "measurement",
    "surveys": "measurement", "measurements": "measurement", "churn": "exit", "exits": "exit",
    "lead": "leads", "leads": "leads", "user": "users", "users": "users", "campaign": "campaigns",
    "campaignmember": "campaign members", "campaigns": "campaigns", "product": "products",
    "products": "products", "territory": "territories", "goal": "goals",
    "opportunitycontactrole": "seat",
    "accountcontactrelation": "seat", "emails": "e-mails",
    "appointments": "appointments",
}  # fmt: skip
_FIRST = (
    "churn",
    "usage",
    "opportunitycontactrole",
    "accountcontactrelation",
    "campaignmember",
    "lead",
    "leads",
)
NOT_USED = frozenset(
    ("leads", "users", "campaigns", "campaign members", "products", "territories",
     "goals", "e-mails", "appointments")
)  # fmt: skip
_NEEDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "opportunity": (("name",), ("stage", "close_on", "status"), ("account", "account_name")),
    "case": (("id", "number"), ("priority", "subject", "status"), ("account", "account_name")),
    "subscription": (("start", "end"), ("seats", "arr", "plan"), ("account", "account_name")),
    "exit": (("on",), ("account", "account_name"), ("cause", "evidence", "outcome")),
    "touch": (("on",), ("topic", "subtype", "type"), ("account", "account_name", "person")),
    "measurement": (("account", "account_name", "subscription"), ("measure", *sorted(WIDE_FIELDS))),
    "seat": (("person",), ("role",)),
    "term": (("end", "months"), ("account", "account_name"), ("start", "id")),
    "person": (("last", "name", "email"), ("account", "account_name")),
    "account": (("name",),),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """What a table holds: an object of the catalogue, a kind not used, or empty: unknown."""

    object: str
    source: str
    reason: str


def detect(table: Table, sample: list[list[str]]) -> Found:
    """The object and the source of a table; the object is empty when nothing fits."""
    keys = [header_key(h) for h in table.headers]
    if keys and keys[-1] in ("status", "error") and "id" in keys and table.headers[-1].isupper():
        return Found("results", "Salesforce", "It is a result file of Data Loader, no snapshot.")
    source = _source(table, keys, sample)
    prefix = _by_prefix(keys, sample)
    if prefix:
        return Found(prefix, source, "By the first characters of its ids.")
    named = _by_name(table.file)
    if named in NOT_USED:
        return Found(named, source, "By its name.")
    scores = {o: _score(o, keys) for o in _NEEDS if _fits(o, keys)}
    if named in scores:
        return Found(named, source, "By its name and its columns.")
    if not scores:
        return Found("", source, "None of its columns is known.")
    best = max(scores, key=lambda o: (scores[o], -list(_NEEDS).index(o)))
    return Found(best, source, "By its columns.")


def _by_prefix(keys: list[str], sample: list[list[str]]) -> str:
    if "id" not in keys:
        return ""
    at = keys.index("id")
    ids = [row[at].strip() for row in sample[:50] if row[at].strip()]
    if not ids or any(len(i) not in (15, 18) or not i.isalnum() for i in ids):
        return ""
    found = {_PREFIXES.get(i[:3], "") for i in ids}
    return found.pop() if len(found) == 1 else ""


def _by_name(file: str) -> str:
    stem = PurePath(file.replace("›", "/")).stem
    words = [w.casefold() for w in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", stem)]
    words.append("".join(words))
    for word in _FIRST:
        if word in words:
            return _WORDS[word]
    return next((_WORDS[w] for w in reversed(words) if w in _WORDS), "")


def matches(found: Target, key: str) -> bool:
    """Whether a header is one of the usual names of a target."""
    return key in found.aliases


def _fits(object_: str, keys: list[str]) -> bool:
    have = {t.field for t in targets_of(object_) for k in keys if matches(t, k)}
    return all(any(field in have for field in group) for group in _NEEDS[object_])


def _score(object_: str, keys: list[str]) -> float:
    own = CATALOGUE[object_]
    found = sum(1 for t in own if any(matches(t, k) for k in keys))
    return found / math.sqrt(math.sqrt(len(own)))


def _source(table: Table, keys: list[str], sample: list[list[str]]) -> str:
    if any(h.startswith("(Do Not Modify)") for h in table.headers):
        return "Dynamics 365"
    if {"potentialcustomer", "mainphone", "address1city"} & set(keys):
        return "Dynamics 365"
    if "recordid" in keys and {"dealname", "companyname", "ticketname", "email"} & set(keys):
        return "HubSpot"
    if {"systemmodstamp", "currencyisocode", "billingcity"} & set(keys) or _by_prefix(keys, sample):
        return "Salesforce"
    if any(h.casefold().endswith("__c") for h in table.headers):
        return "Salesforce"
    if "accountid" in keys and _salesforce_ids(keys, sample):
        return "Salesforce"
    return ""


def _salesforce_ids(keys: list[str], sample: list[list[str]]) -> bool:
    at = keys.index("accountid")
    return any(re.fullmatch(r"001[0-9A-Za-z]{12,15}", row[at].strip()) for row in sample[:20])
