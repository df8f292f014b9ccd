"""Who looks after what: what is already sold, who sells more, and how the two interlock
(methods §10).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from csplanner.domain.index import FileIndex
from csplanner.domain.journey import JOURNEY
from csplanner.domain.person import is_gone
from csplanner.domain.raci import Letter, RaciCell, RaciSide
from csplanner.language import noted

ADOPTION = noted("Adoption of what is sold")
EXPANSION = noted("Expansion")
RENEWING = noted("Renewal terms")
INTERLOCK = noted("Interlock")
ACTIVITIES = (
    ADOPTION, EXPANSION, RENEWING, INTERLOCK, noted("Onboarding plan"), noted("Success plan"),
    noted("Business review"), noted("Escalation"), noted("Product request"),
    *(name for name, _ in JOURNEY),
)  # fmt: skip
"""What can be looked after; any other words do as well."""

PARTIES = (
    "CSM", "Sales", "Renewals", "Support", "Services", "Product", "Finance", "Legal", "Education",
    "Executive sponsor",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who is accountable for an activity; `problem` says what is wrong with it."""

    cell: RaciCell
    person: str
    problem: str = ""
    """`left`, `several` or `unnamed`; empty when all is well."""


@dataclass(frozen=True, slots=True)
class Care:
    """The three questions of an account; None where nobody agreed."""

    sold: Keeper | None
    renewing: Keeper | None
    more: Keeper | None
    interlock: Keeper | None
    others: tuple[Keeper, ...] = ()
    """Further activities; those of the journey stand with their touchpoint."""


def care(index: FileIndex, cells: Sequence[RaciCell]) -> Care:
    """Who answers for what, by what was agreed among us; the customer's own table is apart."""
    ours = [c for c in cells if c.side is RaciSide.INTERNAL and c.letter is Letter.ACCOUNTABLE]
    by_activity: dict[str, list[RaciCell]] = {}
    for cell in ours:
        by_activity.setdefault(cell.activity.casefold(), []).append(cell)
    kept = {name: _keeper(found, index) for name, found in by_activity.items()}
    named = (ADOPTION, RENEWING, EXPANSION, INTERLOCK)
    sold, renewing, more, interlock = (kept.pop(name.casefold(), None) for name in named)
    for name, _ in JOURNEY:
        kept.pop(name.casefold(), None)
    rest = sorted(kept.values(), key=lambda k: k.cell.activity)
    return Care(sold, renewing, more, interlock, tuple(rest))


def _keeper(cells: Sequence[RaciCell], index: FileIndex) -> Keeper:
    newest = max(cells, key=lambda c: c.agreed_on or date.min)
    person = index.people.get(newest.person_id or "")
    if len(cells) > 1:
        problem = "several"
    elif person is None:
        problem = "unnamed"
    else:
        problem = "left" if is_gone(person, index.as_of) else ""
    return Keeper(newest, person.name if person else "", problem)
