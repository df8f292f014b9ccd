"""Who may see which field: the allow-list through which anything reaches a customer (§13.3)."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, replace
from types import MappingProxyType
from typing import Any, TypeVar

from csplanner.domain.account import Account, Case, ContractTerm
from csplanner.domain.account_file import AccountFile
from csplanner.domain.measurement import Measurement
from csplanner.domain.objective import Objective, ObjectiveStatus
from csplanner.domain.settings import BookSettings

R = TypeVar("R")

CUSTOMER_FIELDS: Mapping[type, frozenset[str]] = MappingProxyType(
    {
        Account: frozenset({"name", "customer_since"}),
        ContractTerm: frozenset({"start", "end", "notice_deadline"}),
        Case: frozenset(
            {"number", "opened_on", "closed_on", "is_closed", "escalated", "satisfaction"}
        ),
        Measurement: frozenset({"measure", "value", "as_of", "dimension"}),
        Objective: frozenset(
            {
                "title", "unit", "baseline", "actual", "target", "actual_on", "actual_source",
                "due", "owner", "agreed_on", "status",
            }
        ),
        BookSettings: frozenset({"csm", "fiscal_start_month"}),
    }
)  # fmt: skip
"""Every field a customer may see. A record class or field that is not named here is internal."""

CUSTOMER_MEASURES = frozenset(
    {
        "usage.seats_bought", "usage.seats_active", "usage.modules_bought", "usage.modules_used",
        "usage.events", "usage.module_share", "voice.nps", "voice.csat",
    }
)  # fmt: skip
"""Measures of the customer's own use and their own answers."""

# Without a default of its own a text is blanked; anything else would not be taken along.
_BLANK = ""


def customer_side(file: AccountFile) -> AccountFile:
    """The same account with every internal field blanked and every internal record left out."""
    return AccountFile(
        account=allowed(file.account),
        terms=tuple(allowed(t) for t in file.terms),
        cases=tuple(allowed(c) for c in file.cases),
        measurements=tuple(allowed(m) for m in file.measurements if m.measure in CUSTOMER_MEASURES),
        objectives=tuple(
            allowed(o) for o in file.objectives if o.status is not ObjectiveStatus.DROPPED
        ),
    )


def allowed(record: R) -> R:
    """`record` with every field blanked that CUSTOMER_FIELDS does not name for its class.

    Raises KeyError for a class of which a customer may see nothing.
    """
    shown = CUSTOMER_FIELDS[type(record)]
    hidden: dict[str, Any] = {
        f.name: _default(f)
        for f in fields(record)  # type: ignore[arg-type]
        if f.name not in shown
    }
    return replace(record, **hidden)  # type: ignore[type-var]


def _default(field: "Field[Any]") -> object:
    if field.default is not MISSING:
        return field.default
    return _BLANK if field.default_factory is MISSING else field.default_factory()
