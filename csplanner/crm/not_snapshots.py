"""Tables that look like exports of a CRM and are none: results, pivots, consumers, plain text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from csplanner.crm.fields import header_key, header_score
from csplanner.crm.table import Table

_RESULTS = "It tells what became of records that were loaded into a CRM; it is no snapshot."
_PIVOT = "It is a pivot table: it holds sums, not records. Export the records it was made from."
_CONSUMERS = (
    "It lists people who buy for themselves, not accounts: companies whose success you look after."
)
_TEXT = "It holds a single column of text, no table."
_LABELS = frozenset((
    "rowlabels", "columnlabels", "zeilenbeschriftungen", "spaltenbeschriftungen",
    "etiquettesdelignes", "etiquettesdecolonnes", "etiquetasdefila", "etiquetasdecolumna",
    "etiquetasdefilas", "etiquetasdecolumnas",
))  # fmt: skip
_OF = re.compile(
    r"(?i)(?:sum|count|average|max|min|summe|anzahl|mittelwert|somme|moyenne|suma|recuento"
    r"|promedio) (?:of|von|de|d’|d') ?\S.*"
)
_TOTALS = frozenset((
    "total", "grandtotal", "gesamt", "gesamtergebnis", "summe", "totalgeneral", "sum",
))  # fmt: skip
_VALUE = re.compile(
    r"(?i)\d[\d.,/-]*|(?:q[1-4]|h[12]|kw ?\d+|w\d+)?[ /-]?(?:fy)?\d{2,4}|\d{4}[ -]?q[1-4]"
    r"|(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])\w*\.?[ /-]?(?:\d{2,4})?"
)
_ACCOUNTS = frozenset((
    "accountname", "accountid", "account", "accountaccountname", "companyname", "company",
    "companyid", "organization", "organizationname", "organisation", "firma", "kontoname",
    "website", "domain", "arr", "mrr", "renewaldate", "associatedcompany", "associatedcompanyids",
    "plantier", "csm", "potentialcustomer", "accountowner",
))  # fmt: skip
_PERSONAL = frozenset((
    "gender", "sex", "age", "dateofbirth", "birthdate", "dob", "maritalstatus", "seniorcitizen",
    "dependents", "loyaltypoints", "loyaltycard", "householdincome", "annualincome", "incomelevel",
    "educationlevel", "spendingscore", "acceptsmarketing", "acceptsemailmarketing", "totalspent",
    "totalorders", "creditscore", "estimatedsalary",
))  # fmt: skip
_ORDERED = frozenset((
    "orderid", "ordernumber", "orderdate", "transactionid", "transactiondate", "sku", "stockcode",
    "unitprice", "quantity", "productcategory", "paymentmethod", "shipmode", "shipdate", "basketid",
    "cartid", "financialstatus", "fulfillmentstatus", "lineitemname", "lineitemquantity",
    "shippingmethod", "couponcode", "ordertotal", "storeid", "invoiceno", "returnstatus",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class NoSnapshot:
    """What a table is instead of a snapshot, and the sentence that says so."""

    kind: str
    reason: str


def no_snapshot(table: Table, keys: Sequence[str], sample: list[list[str]]) -> NoSnapshot | None:
    """What a table is when it is no snapshot; None when it may be one."""
    if _is_result(table, keys, sample):
        return NoSnapshot("results", _RESULTS)
    if _is_pivot(table, keys):
        return NoSnapshot("pivot", _PIVOT)
    if _are_consumers(set(keys)):
        return NoSnapshot("consumers", _CONSUMERS)
    if len(keys) == 1 and not header_score(list(table.headers)):
        return NoSnapshot("text", _TEXT)
    return None


def _is_result(table: Table, keys: Sequence[str], sample: list[list[str]]) -> bool:
    """Whether a loader wrote it: Data Loader, the bulk interface, or Workbench."""
    if {"sfid", "sfcreated"} <= set(keys) or "sferror" in keys:
        return True
    if {"salesforceid", "result"} <= set(keys) or {"salesforceid", "success"} <= set(keys):
        return True
    last = table.headers[-1] if table.headers else ""
    if last == "ERROR" and len(keys) > 1:
        return True
    # Cases have a status too, and old exports write every header in capitals.
    said = [row[-1] for row in sample[:50] if row[-1].strip()]
    return last == "STATUS" and all(re.fullmatch(r"(?i)item \w+", s.strip()) for s in said)


def _is_pivot(table: Table, keys: Sequence[str]) -> bool:
    cells = [cell for line in table.above for cell in line if cell.strip()]
    if _LABELS & {*keys, *map(header_key, cells)}:
        return True
    if any(_OF.fullmatch(h) and not header_score([h]) for h in table.headers):
        return not _ACCOUNTS & set(keys)
    values = [h for h in table.headers[1:] if _VALUE.fullmatch(h.strip())]
    return (
        len(keys) > 3
        and keys[-1] in _TOTALS
        and len(values) >= len(keys) - 2
        and not header_score(list(table.headers[:1]))
    )


def _are_consumers(keys: set[str]) -> bool:
    if keys & _ACCOUNTS:
        return False
    personal, ordered = len(keys & _PERSONAL), len(keys & _ORDERED)
    buyer = any(k.startswith(("customer", "client", "buyer", "user", "member")) for k in keys)
    return personal > 1 or ordered > 2 or (buyer and personal + ordered > 1)
