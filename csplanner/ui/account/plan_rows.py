"""What they want, what they use, how equipped they are: ready strings of an account."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from csplanner.domain.index import FileIndex
from csplanner.domain.judgement import Judgement
from csplanner.domain.measures import MEASURES
from csplanner.domain.objective import Objective, ObjectiveStatus
from csplanner.language import tr
from csplanner.ui import veil
from csplanner.ui.widgets import format as words

STALE_DAYS = MEASURES["outcomes.progress"].fading.grace
"""A figure older than this counts for less from day to day, so it is said to be stale."""
_NEARLY_A_YEAR = 330
_SHORT_UNIT = 2
_ALL, _MODULES = 0.995, 6
_SIGNS = ("$", "€", "£", "¥")


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """One objective in the customer's metric; `share` is the way gone, None when unknown.

    A long unit stands apart from the figures, in `unit`.
    """

    id: str
    title: str
    start: str
    now: str
    goal: str
    unit: str
    owner: str
    has_owner: bool
    age: str
    is_stale: bool
    share: float | None
    spoken: str


@dataclass(frozen=True, slots=True)
class UseRow:
    """One module and its share of active seats."""

    title: str
    share: float
    words: str
    ink: str
    is_bought: bool = True


@dataclass(frozen=True, slots=True)
class PlaceView:
    """How equipped they are, their potential, and what the rule makes of it."""

    equipped: str
    potential: str
    sentence: str
    reason: str
    review: str


def objective_rows(index: FileIndex) -> list[ObjectiveRow]:
    """Return the objectives in force."""
    live = [o for o in index.file.objectives if o.status is not ObjectiveStatus.DROPPED]
    live.sort(key=lambda o: o.status is ObjectiveStatus.REACHED)
    return [_objective(o, index) for o in live]


def _objective(objective: Objective, index: FileIndex) -> ObjectiveRow:
    is_long = len(objective.unit) > _SHORT_UNIT
    unit = objective.unit if is_long else ""
    start, now, goal = (
        figure(f.value, "" if is_long else objective.unit)
        for f in (objective.baseline, objective.actual, objective.target)
    )
    on, as_of = objective.actual_on, index.as_of
    stale = on is None or (as_of - on).days > STALE_DAYS
    age = tr("no figure yet")
    if on is not None:
        source = objective.actual_source or tr("source unknown")
        age = (
            tr("last figure {0}, stale").format(_month(on, as_of))
            if stale
            else f"{source}, {words.day(on, as_of)}"
        )
    elif objective.status is ObjectiveStatus.PROPOSED:
        age = tr("proposed, no figure yet")
    if objective.status is ObjectiveStatus.REACHED:
        age = tr("reached; {0}").format(age)
    owner = objective.owner or tr("no owner")
    return ObjectiveRow(
        objective.id,
        objective.title,
        start,
        now,
        goal,
        unit,
        owner,
        bool(objective.owner),
        age,
        stale,
        objective.progress,
        tr("{0}: from {1}, now {2}, goal {3}, {4}, {5}").format(
            objective.title, start, now, goal, unit or owner, age
        ),
    )


def _month(on: date, as_of: date) -> str:
    """`Nov`, with the year where the month alone could be another year's."""
    name, year = words.month(on).split()
    return name[:3] if (as_of - on).days < _NEARLY_A_YEAR else f"{name[:3]} {year}"


def agreed_note(index: FileIndex) -> str:
    """Return `agreed 29 Jan` for the newest agreement."""
    days = [o.agreed_on for o in index.file.objectives if o.agreed_on is not None]
    return tr("agreed {0}").format(words.day(max(days), index.as_of)) if days else ""


def figure(thousandths: int | None, unit: str) -> str:
    """Return `81%`, `$7.85` or `41 days`; `unknown` without a value."""
    if thousandths is None:
        return tr(words.UNKNOWN)
    value = thousandths / 1000
    places = 0 if value == int(value) else 2
    text = words.number(value, places)
    if unit in _SIGNS:
        return f"{unit}{text}"
    return f"{text}{unit}" if unit == "%" else f"{text} {unit}".strip()


def use_rows(index: FileIndex, others: Iterable[str] = ()) -> list[UseRow]:
    """Return the modules they bought with the share of seats active, most used first, then as far
    as a line has room those of the `others` in the book that they did not buy.
    """
    rows = []
    for found in index.parts("usage.module_share"):
        share = (found.value.value or 0) / 100_000
        said, ink = tr("{0}%").format(words.number(round(100 * share))), "text2"
        if share >= _ALL:
            said = tr("all")
        elif share == 0:
            said, ink = tr("unused"), "watch-ink"
        rows.append(UseRow(found.dimension or tr("All"), min(share, 1.0), said, ink))
    rows.sort(key=lambda row: -row.share)
    if not rows:
        return []
    known = {row.title for row in rows}
    missing = sorted(set(others) - known - {""})[: max(0, _MODULES - len(rows))]
    return rows + [UseRow(m, 0.0, tr("not bought"), "text3", is_bought=False) for m in missing]


def place_view(index: FileIndex, judgement: Judgement) -> PlaceView:
    """Return the two axes of the pyramid and what follows from them."""
    line, choice = judgement.overview, judgement.choice
    review = ""
    if choice.review_on is not None:
        review = tr("Look again on {0}.").format(words.day(choice.review_on, index.as_of))
    return PlaceView(
        "unknown" if line.equipped is None else tr("{0} of 100").format(line.equipped),
        "unknown" if line.potential is None else tr("{0} of 100").format(line.potential),
        choice.sentence,
        tr("Your reason: {0}").format(veil.note(choice.reason)) if choice.reason else "",
        review,
    )
