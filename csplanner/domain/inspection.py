"""Renewal inspections: another pair of eyes, before it knows our colour (methods §11)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from csplanner.domain.account import AccountId
from csplanner.domain.reading import Band


class Answer(StrEnum):
    """What was found at one item of the list."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class InspectionItem:
    """One item of the checklist with what it rests on."""

    key: str
    answer: Answer = Answer.UNKNOWN
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Inspection:
    """A review of one term; `band` is the reviewer's own colour, None until set."""

    id: str
    account_id: AccountId
    on: date
    term_id: str | None = None
    reviewer: str = ""
    items: tuple[InspectionItem, ...] = ()
    band: Band | None = None
    words: str = ""
    """Their reasons."""
    wrong_if: str = ""
    """What would make the reviewer wrong."""
    revealed_on: date | None = None
    """The day the reviewer saw our colour."""
