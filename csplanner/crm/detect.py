"""What a table holds and where it comes from: by what the file says, by ids, names and headers."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath

from csplanner.crm.detect_source import (
    by_prefix,
    dynamics_object,
    hubspot_object,
    pipedrive_object,
    source_of,
    zoho_object,
)
from csplanner.crm.fields import CATALOGUE, WIDE_FIELDS, Target, header_key, targets_of
from csplanner.crm.not_snapshots import no_snapshot
from csplanner.crm.periods import are_over_time
from csplanner.crm.table import Table

_WORDS = {
    "account": "account", "accounts": "account", "companies": "account", "company": "account",
    "organizations": "account", "organization": "account", "firma": "account", "konto": "account",
    "konten": "account", "firmen": "account", "compte": "account", "comptes": "account",
    "cuenta": "account", "cuentas": "account",
    "contact": "person", "contacts": "person", "people": "person", "persons": "person",
    "kontakt": "person", "kontakte": "person", "contacto": "person", "contactos": "person",
    "opportunity": "opportunity", "opportunities": "opportunity", "deals": "opportunity",
    "deal": "opportunity", "verkaufschance": "opportunity", "verkaufschancen": "opportunity",
    "opportunite": "opportunity", "oportunidad": "opportunity", "oportunidades": "opportunity",
    "case": "case", "cases": "case", "ticket": "case", "tickets": "case", "incident": "case",
    "incidents": "case", "anfrage": "case", "fall": "case", "caso": "case",
    "subscription": "subscription", "subscriptions": "subscription", "asset": "subscription",
    "assets": "subscription", "sbqqsubscription": "subscription",
    "contract": "term", "contracts": "term", "vertrag": "term", "task": "touch", "tasks": "touch",
    "event": "touch", "events": "touch", "activities": "touch", "activity": "touch",
    "phonecalls": "touch", "calls": "touch",
    "meetings": "touch", "emails": "touch", "email": "touch", "appointments": "touch",
    "appointment": "touch",
    "usage": "measurement", "survey": "measurement", "surveys": "measurement",
    "measurements": "measurement", "nps": "measurement", "churn": "exit", "exits": "exit",
    "invoice": "invoice", "invoices": "invoice", "rechnungen": "invoice", "factures": "invoice",
    "lead": "leads", "leads": "leads", "user": "user", "users": "user",
    "campaign": "campaign", "campaigns": "campaign", "campaignmember": "member",
    "campaignmembers": "member", "product": "products", "products": "products",
    "territory": "territories", "goal": "goals", "opportunitycontactrole": "seat",
    "opportunitycontactroles": "seat", "accountcontactrelation": "seat",
    "opportunitylineitem": "line items", "opportunitylineitems": "line items",
}  # fmt: skip
_ENTITIES = {
    "activitypointer": "touch", "phonecall": "touch", "opportunityproduct": "line items",
    "orderitem": "line items", "quote": "quotes", "order": "orders", "salesorder": "orders",
    "systemuser": "user",
}  # fmt: skip
"""Words that mean something only where a file says outright what its records are."""
_FIRST = (
    "churn",
    "usage",
    "opportunitycontactrole",
    "accountcontactrelation",
    "campaignmember",
    "campaignmembers",
    "opportunitylineitem",
    "lead",
    "leads",
)
NOT_USED = frozenset(
    ("leads", "products", "territories", "goals", "line items", "quotes", "orders")
)
_NEEDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "opportunity": (("name",), ("stage", "close_on", "status"), ("account", "account_name")),
    "case": (("id", "number"), ("priority", "subject", "status"), ("account", "account_name")),
    "invoice": (("id", "number"), ("due", "issued"), ("account", "account_name"),
                ("amount", "balance")),
    "subscription": (("start", "end"), ("seats", "arr", "plan"), ("account", "account_name")),
    "exit": (("on",), ("account", "account_name"), ("cause", "evidence", "outcome")),
    "touch": (("on",), ("topic", "subtype", "type"),
              ("account", "account_name", "person", "party", "party_to", "person_mail")),
    "measurement": (("account", "account_name", "subscription", "person_mail"),
                    ("measure", "value", *sorted(WIDE_FIELDS)), ("as_of", *sorted(WIDE_FIELDS))),
    "member": (("campaign", "campaign_name"), ("person", "lead", "person_mail")),
    "seat": (("person",), ("role",)),
    "term": (("end", "months"), ("account", "account_name"), ("start", "id")),
    "person": (("last", "name", "email"), ("account", "account_name")),
    "account": (("name",),),
}  # fmt: skip
_BY_NAME_ALONE = {
    "user": (("id", "name", "last"), ("name", "last", "email")),
    "campaign": (("name",),),
    "person": (("last", "name"), ("id", "email")),
}


@dataclass(frozen=True, slots=True)
class Found:
    """What a table holds: an object of the catalogue, a kind not used, or empty: unknown."""

    object: str
    source: str
    reason: str


def detect(table: Table, sample: list[list[str]]) -> Found:
    """The object and the source of a table; the object is empty when nothing fits."""
    called = table.names if len(table.names) == len(table.headers) else table.headers
    keys = [header_key(h) for h in called]
    source = source_of(table, keys, sample)
    told = _told(table, keys)
    if told:
        return Found(told, source, "The file says so itself.")
    none = no_snapshot(table, keys, sample)
    if none is not None and none.kind != "consumers":
        return Found(none.kind, source, none.reason)
    prefix = by_prefix(keys, sample)
    if prefix:
        return Found(prefix, source, "By the first characters of its ids.")
    if none is not None:
        return Found(none.kind, source, none.reason)
    return _by_columns(table, keys, source)


def _told(table: Table, keys: Sequence[str]) -> str:
    """The object a file names outright, or the habits of one CRM do."""
    for word in (table.entity, dynamics_object(table.headers)):
        found = _WORDS.get(header_key(word), "") or _ENTITIES.get(header_key(word), "")
        if found and (found not in CATALOGUE or _names_something(found, keys)):
            return found
    return (
        zoho_object(table.headers, keys)
        or pipedrive_object(table.headers)
        or hubspot_object(table.headers, keys)
    )


def _names_something(object_: str, keys: Sequence[str]) -> bool:
    """Whether any column is one the object has, so that the file can be read as that."""
    return any(matches(t, k) for t in targets_of(object_) for k in keys)


def _by_columns(table: Table, keys: Sequence[str], source: str) -> Found:
    named = by_name(table.file)
    if named in NOT_USED:
        return Found(named, source, "By its name.")
    if _is_long_over_time(table, keys):
        return Found("measurement", source, "Its rows name a measure, its columns periods.")
    scores = {o: _score(o, keys) for o, needs in _NEEDS.items() if _fits(o, needs, keys)}
    by_name_alone = named in _BY_NAME_ALONE and _fits(named, _BY_NAME_ALONE[named], keys)
    if named in scores or by_name_alone:
        return Found(named, source, "By its name and its columns.")
    if not scores:
        return Found("", source, "None of its columns is known.")
    best = max(scores, key=lambda o: (scores[o], -list(_NEEDS).index(o)))
    if best == "account" and [k for k in keys if k in _account_names()] == ["name"]:
        return Found("", source, "It has names, but nothing tells whose.")
    return Found(best, source, "By its columns.")


def _is_long_over_time(table: Table, keys: Sequence[str]) -> bool:
    """Whether each row is one measure of an account, with its figures over time beside it."""
    needs = (("account", "account_name", "subscription"), ("measure",))
    called = table.names if len(table.names) == len(table.headers) else table.headers
    return _fits("measurement", needs, keys) and are_over_time(tuple(called))


@cache
def _account_names() -> frozenset[str]:
    return frozenset(alias for goal in targets_of("account") for alias in goal.aliases)


def by_name(file: str) -> str:
    """What a file's name says it holds, empty where it says nothing."""
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


def _fits(object_: str, needs: Sequence[Sequence[str]], keys: Sequence[str]) -> bool:
    have = {t.field for t in targets_of(object_) for k in keys if matches(t, k)}
    return all(any(field in have for field in group) for group in needs)


def _score(object_: str, keys: Sequence[str]) -> float:
    own = CATALOGUE[object_]
    found = sum(1 for t in own if any(matches(t, k) for k in keys))
    return found / math.sqrt(math.sqrt(len(own)))
