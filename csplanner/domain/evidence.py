"""On what a judged value rests, and how it changed: who said it, when, and what it was before."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class EvidenceKind(StrEnum):
    """How something came to be known."""

    OBSERVED = "observed"
    TOLD = "told"
    GUESSED = "guessed"
    UNSAID = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a value rests on; `by` who said it (you when empty), `on` the day (today when None)."""

    kind: EvidenceKind = EvidenceKind.UNSAID
    by: str = ""
    note: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What one column of a record was and became, as text; the same twice means confirmed.

    `source` is `csm` for you or the source of an import, `said_by` the person who said it.
    """

    field: str
    was: str | None
    became: str | None
    as_of: date
    source: str
    said_by: str = ""
    evidence: EvidenceKind = EvidenceKind.UNSAID
    note: str = ""
