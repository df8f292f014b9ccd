"""Turns every unknown into one question to ask."""

from csplanner.domain.coverage import ROLE_WORDS, missing_roles
from csplanner.domain.index import FileIndex
from csplanner.domain.judgement import Judgement
from csplanner.domain.objective import Objective, ObjectiveStatus
from csplanner.domain.value import State

_MOST = 24
_ASK = {
    "outcomes.progress": "What do they want to achieve, and where does it stand today?",
    "adoption.seats": "How many of their people use it in a month?",
    "adoption.modules": "Which of the modules they bought do they use?",
    "adoption.trend": "Do they use it more or less than last quarter, and why?",
    "engagement.recency": "Whom did you last speak with, and when? Log it.",
    "engagement.ratio": "How often do the two of you really talk? Log it.",
    "relationship.roles": "Who are sponsor, decision maker and champion?",
    "relationship.breadth": "Who else, besides your usual contact, should you know?",
    "experience.cases": "Do they have open issues that you do not see?",
    "experience.rating": "How satisfied are they with the last help they got, 1 to 5?",
    "experience.nps": "Would they recommend you, 0 to 10, and why that number?",
    "commercial.overdue": "Are all invoices paid? Ask Finance before the meeting.",
}


def questions(index: FileIndex, judgement: Judgement) -> tuple[str, ...]:
    """One question per unknown: dates and money, goals, roles, then measures; 24 at most."""
    found = [*_contract(index), *_goals(index)]
    found += [
        f"Who is their {ROLE_WORDS[role]}?"
        for role in missing_roles(judgement.roles, judgement.choice.tier)
    ]
    line = judgement.overview
    if line.equipped is None:
        found.append("How well equipped are they? Answer the seven questions.")
    if line.potential is None:
        found.append("What potential do they have? Answer the five questions.")
    if line.criticality is None:
        found.append("How critical is this to their own work?")
    found += [
        _ASK.get(x.measure, f"{x.title}: what is it today?")
        for x in judgement.health.lines
        if x.state is State.UNKNOWN
    ]
    unique = tuple(dict.fromkeys(found))[:_MOST]
    return unique or ("Is everything you know still true? Pick one figure and ask.",)


def _contract(index: FileIndex) -> list[str]:
    account, term = index.file.account, index.term
    found = []
    if term is None:
        found.append("When does their contract end, and by when must they give notice?")
    elif term.notice_deadline.state is State.UNKNOWN:
        found.append("By when must they give notice?")
    if index.arr is None:
        found.append("What do they pay a year? Ask Finance.")
    if account.first_value_on.state is State.UNKNOWN:
        found.append("When did they first get value, in their own words?")
    return found


def _goals(index: FileIndex) -> list[str]:
    found = []
    for goal in index.file.objectives:
        if goal.status in (ObjectiveStatus.DROPPED, ObjectiveStatus.REACHED):
            continue
        missing = _missing(goal)
        if missing:
            found.append(f"“{goal.title}”: what is the {missing}?")
    return found


def _missing(goal: Objective) -> str:
    if goal.target.value is None:
        return "target"
    if goal.baseline.value is None:
        return "figure they started from"
    if goal.actual.value is None:
        return "figure today"
    if goal.due is None:
        return "day by which it counts"
    return "" if goal.owner else "name of its owner"
