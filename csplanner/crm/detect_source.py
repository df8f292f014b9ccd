"""Which CRM a table comes from, and what its headers alone say it holds: first hit wins."""

import re
from collections.abc import Sequence

from csplanner.crm.table import Table

DYNAMICS, HUBSPOT, ZOHO = "Dynamics 365", "HubSpot", "Zoho CRM"
PIPEDRIVE, SALESFORCE = "Pipedrive", "Salesforce"
PREFIXES = {
    "001": "account", "003": "person", "006": "opportunity", "500": "case", "800": "term",
    "00T": "touch", "00U": "touch", "02i": "subscription", "00Q": "leads", "005": "user",
    "701": "campaign", "00v": "member", "00K": "seat", "07k": "seat", "01t": "products",
    "00k": "line items", "0Q0": "quotes", "801": "orders", "802": "line items",
}  # fmt: skip
_NOT_MODIFY = re.compile(
    r"\((?:Do Not Modify|Nicht ändern|Nicht bearbeiten|Ne pas modifier|No modificar|Niet wijzigen"
    r"|Non modificare|Não Modificar)\) (.+)",
    re.IGNORECASE,
)
_ID = re.compile(r"([0-9A-Za-z]{3})[0-9A-Za-z]{2}0[0-9A-Za-z]{9}(?:[A-Z0-5]{3})?")
_JOINED = re.compile(r"(?:Account|Contact|Opportunity|Case|Contract|Asset)(?: Name)?: \S")
_PIPEDRIVE = re.compile(r"(Activity|Deal|Lead|Person|Organization|Product) - (.+)")


def dynamics_object(headers: Sequence[str]) -> str:
    """The entity a column such as “(Do Not Modify) Account” names, in the file's language."""
    found = (_NOT_MODIFY.fullmatch(h.strip()) for h in headers[:1])
    return next((f[1] for f in found if f), "")


def hubspot_object(headers: Sequence[str], keys: Sequence[str]) -> str:
    """What an export of HubSpot holds, by labels or internal names; empty for other files."""
    have = set(keys)
    internal = "hsobjectid" in have
    if not internal and ("recordid" not in have or _has_linked_ids(headers)):
        return ""
    if {"dealname", "dealstage"} & have:
        return "opportunity"
    if {"ticketname", "ticketstatus", "hsticketpriority", "hspipelinestage"} & have:
        return "case"
    if {"firstname", "lastname"} & have or ("email" in have and "companyname" not in have):
        return "person"
    if "companyname" in have or (internal and {"name", "domain"} & have):
        return "account"
    return ""


def zoho_object(headers: Sequence[str], keys: Sequence[str]) -> str:
    """What an export of Zoho holds; empty for other files."""
    have = set(keys)
    if "recordid" not in have or not _has_linked_ids(headers):
        return ""
    for owner, object_ in (
        ("leadowner", "leads"), ("dealowner", "opportunity"), ("caseowner", "case"),
        ("contactowner", "person"), ("accountowner", "account"), ("taskowner", "touch"),
    ):  # fmt: skip
        if owner in have or f"{owner}id" in have:
            return object_
    return "opportunity" if "dealname" in have else ""


def pipedrive_object(headers: Sequence[str]) -> str:
    """What an export of Pipedrive holds; empty for other files."""
    found = [f for f in map(_PIPEDRIVE.fullmatch, headers) if f]
    if 2 * len(found) <= len(headers):
        return ""
    named = {(f[1], f[2]) for f in found}
    for sign, object_ in (
        (("Activity", "Subject"), "touch"), (("Lead", "Title"), "leads"),
        (("Deal", "Title"), "opportunity"), (("Person", "Name"), "person"),
        (("Organization", "Name"), "account"),
    ):  # fmt: skip
        if sign in named:
            return object_
    return ""


def by_prefix(keys: Sequence[str], sample: list[list[str]]) -> str:
    """What the ids of Salesforce say the records are; empty where they say nothing."""
    if "id" not in keys:
        return ""
    at = keys.index("id")
    ids = [row[at].strip() for row in sample[:50] if row[at].strip()]
    if not ids or any(len(i) not in (15, 18) or not i.isalnum() for i in ids):
        return ""
    found = {PREFIXES.get(i[:3], "") for i in ids}
    return found.pop() if len(found) == 1 else ""


def source_of(table: Table, keys: Sequence[str], sample: list[list[str]]) -> str:
    """The CRM a table comes from, empty where nothing tells it."""
    have = set(keys)
    if table.origin:
        return table.origin
    if dynamics_object(table.headers) or {"potentialcustomer", "mainphone", "address1city"} & have:
        return DYNAMICS
    if zoho_object(table.headers, keys):
        return ZOHO
    if pipedrive_object(table.headers):
        return PIPEDRIVE
    if hubspot_object(table.headers, keys) or _has_property_names(table.headers):
        return HUBSPOT
    if sum(1 for h in table.headers if _JOINED.match(h)) > 1 or _is_report(table):
        return SALESFORCE
    marks = {"systemmodstamp", "currencyisocode", "billingcity", "isdeleted"}
    if marks & have or any(h.casefold().endswith(("__c", "__r")) for h in table.headers):
        return SALESFORCE
    return SALESFORCE if _has_salesforce_ids(sample) else ""


def _is_report(table: Table) -> bool:
    """Whether it is a formatted report of Salesforce, by the line that says who made it."""
    made = any(" • " in cell for line in table.above for cell in line)
    return made and any(h.endswith(("↑", "↓")) for h in table.headers)


def _has_linked_ids(headers: Sequence[str]) -> bool:
    return any(h.strip().casefold().endswith(".id") for h in headers)


def _has_property_names(headers: Sequence[str]) -> bool:
    """Whether a warehouse wrote HubSpot's properties."""
    return sum(1 for h in headers if h.casefold().startswith("property_")) > 1


def _has_salesforce_ids(sample: list[list[str]]) -> bool:
    """Whether a column holds ids of Salesforce, whatever it is called."""
    for column in zip(*sample[:20], strict=True):
        found = [_ID.fullmatch(cell.strip()) for cell in column if cell.strip()]
        if found and all(f and f[1] in PREFIXES for f in found):
            return True
    return False
