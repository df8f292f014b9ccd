"""The definition log: what changed in how accounts are judged, when and why (methods §3.10)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DefinitionPart(StrEnum):
    """What a definition is of."""

    SCORING = "scoring"
    TIERS = "tiers"
    MEASURES = "measures"


@dataclass(frozen=True, slots=True)
class DefinitionChange:
    """One change of a rule; `before` and `after` are JSON or words, empty for none."""

    id: str
    on: date
    part: DefinitionPart
    what: str
    why: str = ""
    before: str = ""
    after: str = ""
    said_by: str = ""
