"""The hidden sheet of Dynamics exports: what the columns are called, whatever the language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote_plus

_TOLD = re.compile(r"([a-z][a-z0-9_]*):[^:]{0,200}:(\w+=.+)", re.DOTALL)
_ANY = {
    "checksumlogicalname": "(Do Not Modify) Row Checksum",
    "modifiedon": "(Do Not Modify) Modified On",
    "ownerid": "Owner",
    "transactioncurrencyid": "Currency",
    "statecode": "Status",
    "statuscode": "Status Reason",
    "createdon": "Created On",
    "regardingobjectid": "Regarding",
    "prioritycode": "Priority",
    "address1_city": "Address 1: City",
    "address1_country": "Address 1: Country/Region",
}
_OF = {
    "account": {
        "name": "Account Name", "industrycode": "Industry", "revenue": "Annual Revenue",
        "telephone1": "Main Phone", "parentaccountid": "Parent Account",
        "primarycontactid": "Primary Contact", "customertypecode": "Relationship Type",
        "territoryid": "Territory", "websiteurl": "Website",
    },
    "contact": {
        "parentcustomerid": "Company Name", "emailaddress1": "Email", "jobtitle": "Job Title",
        "firstname": "First Name", "lastname": "Last Name", "fullname": "Full Name",
        "telephone1": "Business Phone", "mobilephone": "Mobile Phone", "department": "Department",
        "accountrolecode": "Role", "managername": "Manager",
    },
    "opportunity": {
        "name": "Topic", "customerid": "Potential Customer", "parentaccountid": "Account",
        "estimatedvalue": "Est. revenue", "actualvalue": "Actual Revenue",
        "estimatedclosedate": "Est. close date", "actualclosedate": "Actual Close Date",
        "closeprobability": "Probability", "salesstage": "Sales Stage",
        "stepname": "Pipeline Phase", "parentcontactid": "Contact",
    },
    "incident": {
        "title": "Case Title", "ticketnumber": "Case Number", "customerid": "Customer",
        "casetypecode": "Case Type", "isescalated": "Is Escalated", "primarycontactid": "Contact",
    },
    "contract": {
        "contractnumber": "Contract ID", "customerid": "Customer",
        "activeon": "Contract Start Date", "expireson": "Contract End Date",
    },
}  # fmt: skip
_OBJECT_NAMES = {"incident": "Case", "activitypointer": "Activity"}


@dataclass(frozen=True, slots=True)
class Told:
    """The kind of record a hidden sheet tells of, and its columns: title to logical name."""

    entity: str
    titles: dict[str, str]


def told_in(cell: str) -> Told | None:
    """What the first cell of a hidden sheet tells, None where it tells nothing of Dynamics."""
    found = _TOLD.fullmatch(cell.strip())
    if found is None:
        return None
    pairs = (pair.partition("=") for pair in found[2].split("&"))
    titles = {unquote_plus(title).strip(): unquote_plus(name) for name, _, title in pairs}
    return Told(found[1], titles)


def english(told: Told, headers: Sequence[str]) -> tuple[str, ...]:
    """What each column is called in an English Dynamics; its logical name where that is unsaid."""
    return tuple(_english(told, told.titles.get(header, ""), header) for header in headers)


def _english(told: Told, logical: str, header: str) -> str:
    name = logical.casefold()
    if not name:
        return header
    if name == f"{told.entity}id":
        called = _OBJECT_NAMES.get(told.entity, told.entity.replace("_", " ").title())
        return f"(Do Not Modify) {called}"
    return _OF.get(told.entity, {}).get(name) or _ANY.get(name) or logical
