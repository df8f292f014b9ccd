"""What holds a band down whatever the score says, and says so in a sentence (methods §3.5)."""

from csplanner.domain.account import CasePriority, Stage
from csplanner.domain.bands import Cap
from csplanner.domain.coverage import ROLE_WORDS, unfilled_departures
from csplanner.domain.index import FileIndex
from csplanner.domain.objective import ObjectiveStatus
from csplanner.domain.person import Role
from csplanner.domain.reading import Band
from csplanner.domain.stage import StageFound
from csplanner.domain.wording import count_text, day_text
from csplanner.language import tr

RENEWAL_DAYS = 120
OVERDUE_DAYS = 60


def outcomes_unknown() -> Cap:
    """The cap where no outcome is known."""
    return Cap(Band.WATCH, tr("No outcome is known, so it is watch at most."))


def caps_of(index: FileIndex, stage: StageFound) -> tuple[Cap, ...]:
    """The caps in force on the as-of date; each lifts at once when its cause ends."""
    found: list[Cap] = []
    if index.term is not None and index.term.notice_given:
        found.append(Cap(Band.RISK, tr("They gave notice of non-renewal, so it is at risk.")))
    found += _departures(index)
    severe = [c for c in index.open_cases if _is_severe(c.priority, escalated=c.escalated)]
    if severe:
        text = count_text(len(severe), "urgent case")
        verb = "is" if len(severe) == 1 else "are"
        found.append(
            Cap(Band.RISK, tr("{0} {1} open, so it is at risk until closed.").format(text, verb))
        )
    if _lacks_objective(index, stage):
        found.append(
            Cap(Band.WATCH, tr("No objective is agreed with the customer, so it is watch at most."))
        )
    overdue = index.newest("commercial.invoice_overdue_days")
    if overdue is not None and (overdue.value.value or 0) > OVERDUE_DAYS * 1000:
        days = (overdue.value.value or 0) // 1000
        disputes = index.newest("commercial.billing_disputes")
        disputed = tr(" and disputed") if disputes is not None and disputes.value.value else ""
        found.append(
            Cap(
                Band.WATCH,
                tr("An invoice is {0} days overdue{1}, so it is watch at most.").format(
                    days, disputed
                ),
            )
        )
    return tuple(found)


def _departures(index: FileIndex) -> list[Cap]:
    found = []
    days = index.days_to_decision
    near = days is not None and days <= RENEWAL_DAYS
    for role, person in unfilled_departures(index):
        if role is Role.DECIDES:
            continue
        when = tr(" on {0}").format(day_text(person.left_on, index.as_of)) if person.left_on else ""
        text = tr("{0}, {1}, left{2} and nobody holds the role").format(
            person.name, ROLE_WORDS[role], when
        )
        if near:
            found.append(
                Cap(
                    Band.RISK,
                    tr("{0} within {1} days of the decision, so it is at risk.").format(
                        text, RENEWAL_DAYS
                    ),
                )
            )
        else:
            found.append(Cap(Band.WATCH, tr("{0}, so it is watch at most.").format(text)))
    return found


def _is_severe(priority: CasePriority, *, escalated: bool) -> bool:
    return priority is CasePriority.URGENT or (escalated and priority is CasePriority.HIGH)


def _lacks_objective(index: FileIndex, stage: StageFound) -> bool:
    """No agreed objective although first value was due."""
    if stage.stage is Stage.ONBOARDING:
        return False
    agreed = (ObjectiveStatus.AGREED, ObjectiveStatus.REACHED)
    return not any(o.status in agreed for o in index.file.objectives)
