"""How each experience of the journey went: its latest result, how many answered, and who is
accountable for it (methods §9.1).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from csplanner.domain.index import FileIndex
from csplanner.domain.measurement import Measurement
from csplanner.domain.raci import Letter, RaciCell, RaciSide
from csplanner.domain.rating import Rating, Scale
from csplanner.domain.reading import Band
from csplanner.language import noted

CHOOSE_AGAIN = "Choose us again"
"""The touchpoint under which it is kept whether they would choose us again (methods §16.1)."""

JOURNEY: tuple[tuple[str, str], ...] = (
    (noted("Buying"), noted("Sales")),
    (noted("Contract"), noted("Legal")),
    (noted("Onboarding"), noted("Services")),
    (noted("Training"), noted("Education")),
    (noted("Product"), noted("Product")),
    (noted("Support"), noted("Support")),
    (noted("Billing"), noted("Finance")),
    (noted("Renewal"), noted("Renewals")),
)
"""The experiences every account goes through, with the function accountable unless agreed."""

FEW = 5
"""Of fewer answers than this no NPS is made: they are counted (methods §9.1)."""

_RECENT = timedelta(days=365)
_MEASURED = {"voice.nps": Scale.NPS, "voice.csat": Scale.CSAT, "voice.ces": Scale.CES}
_GOALPOSTS: dict[Scale, tuple[float, float, float, float]] = {
    Scale.NPS: (-100.0, 0.0, 30.0, 100.0),
    Scale.CSAT: (1.0, 3.0, 4.0, 5.0),
    Scale.CES: (1.0, 4.0, 5.0, 7.0),
}
"""Lowest, where watch begins, where good begins, highest."""
_TEN = (0.0, 7.0, 9.0, 10.0)
_POOR = {Scale.NPS: 6, Scale.CSAT: 2, Scale.CES: 3}
"""An answer of this or less opens a loop that somebody has to close."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One experience. Without `value` nobody was asked yet.

    `value` is CSAT 1 to 5, CES 1 to 7, or NPS −100 to 100; with `is_few` the mean of the answers
    0 to 10. `height` is 0 to 1 with watch from a third and good from two thirds. `answers` is None
    where a survey did not say how many. `loop` is a poor answer that nobody closed yet.
    """

    touchpoint: str
    scale: Scale | None = None
    value: float | None = None
    is_few: bool = False
    answers: int | None = None
    on: date | None = None
    band: Band = Band.NONE
    height: float | None = None
    function: str = ""
    person: str = ""
    is_agreed: bool = False
    """Whether the function was said to be accountable, not only supposed."""
    loop: Rating | None = None


def journey(
    index: FileIndex, ratings: Sequence[Rating], cells: Sequence[RaciCell]
) -> tuple[Stop, ...]:
    """The experiences in the order of the journey, others of the account before the renewal."""
    known = [r for r in ratings if r.on <= index.as_of and r.touchpoint != CHOOSE_AGAIN]
    names = [name for name, _ in JOURNEY]
    asked = {m.dimension for measure in _MEASURED for m in index.parts(measure)}
    asked |= {r.touchpoint for r in known}
    further = sorted((asked - {""}) - set(names))
    return tuple(
        _stop(name, index, [r for r in known if r.touchpoint == name], cells)
        for name in (*names[:-1], *further, names[-1])
    )


def worst(stops: Iterable[Stop]) -> Stop | None:
    """The poorest experience that is at risk; one with an open loop comes first."""
    poor = [s for s in stops if s.band is Band.RISK or s.loop is not None]
    return min(poor, key=lambda s: (s.loop is None, s.height or 0.0), default=None)


def answers_in(note: str) -> int | None:
    """How many answered, where the note of a survey begins with it: `126 answers, Support`."""
    found = re.match(r"\s*(\d{1,7})\s+answers?\b", note)
    return int(found[1]) if found else None


def is_poor(rating: Rating) -> bool:
    """Whether an answer is so poor that somebody has to find the cause and close the loop."""
    return rating.value.value is not None and rating.value.value <= _POOR[rating.scale]


def _stop(
    name: str, index: FileIndex, ratings: Sequence[Rating], cells: Sequence[RaciCell]
) -> Stop:
    function, person, is_agreed = accountable(name, index, ratings, cells)
    loops = [r for r in ratings if is_poor(r) and r.closed_on is None]
    loop = loops[-1] if loops else None
    survey = max(
        (m for measure in _MEASURED if (m := index.newest(measure, name)) is not None),
        key=lambda m: m.as_of,
        default=None,
    )
    found = _result(survey, [r for r in ratings if r.value.is_known], index.as_of)
    if found is None:
        return Stop(name, function=function, person=person, is_agreed=is_agreed, loop=loop)
    posts = _TEN if found.is_few else _GOALPOSTS[found.scale]
    height = _height(found.value, posts)
    band = Band.GOOD if found.value >= posts[2] else Band.WATCH
    band = Band.RISK if found.value < posts[1] else band
    return Stop(
        name, found.scale, found.value, found.is_few, found.answers, found.on, band, height,
        function, person, is_agreed, loop,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Result:
    scale: Scale
    value: float
    answers: int | None
    on: date
    is_few: bool = False


def _result(survey: Measurement | None, ratings: Sequence[Rating], as_of: date) -> _Result | None:
    """A survey with the answers since added where it said how many it counts; else the newer."""
    told = None
    if survey is not None and survey.value.value is not None:
        scale, value = _MEASURED[survey.measure], survey.value.value / 1000
        told = _Result(scale, value, answers_in(survey.note), survey.as_of)
    recent = [r for r in ratings if as_of - r.on <= _RECENT]
    since = [r for r in recent if told is None or r.on > told.on]
    if not since:
        return told if told is not None or not ratings else _of_answers(ratings)
    own = _of_answers([r for r in since if r.scale is since[-1].scale])
    if told is None or told.answers is None or told.scale is not since[-1].scale:
        return own
    count = told.answers + (own.answers or 0)
    exact = _points([r for r in since if r.scale is told.scale])
    mean = (told.value * told.answers + sum(exact)) / count
    return _Result(told.scale, mean, count, own.on)


def _of_answers(ratings: Sequence[Rating]) -> _Result:
    """What single answers on the scale of the newest of them come to."""
    scale = ratings[-1].scale
    same = [r for r in ratings if r.scale is scale]
    if scale is Scale.NPS and len(same) < FEW:
        plain = [float(r.value.value or 0) for r in same]
        return _Result(scale, sum(plain) / len(plain), len(same), same[-1].on, is_few=True)
    points = _points(same)
    return _Result(scale, sum(points) / len(points), len(same), same[-1].on)


def _points(ratings: Iterable[Rating]) -> list[float]:
    """What each answer adds to a mean: itself, or 100, 0 and −100 for NPS."""
    found = []
    for rating in ratings:
        value = rating.value.value or 0
        if rating.scale is not Scale.NPS:
            found.append(float(value))
        else:
            found.append(100.0 if value >= 9 else 0.0 if value >= 7 else -100.0)
    return found


def _height(value: float, posts: tuple[float, float, float, float]) -> float:
    """0 to 1, a third of it for each band."""
    for at in range(3):
        low, high = posts[at], posts[at + 1]
        if value <= high or at == 2:
            return (at + max(0.0, min(1.0, (value - low) / (high - low)))) / 3
    return 1.0


def accountable(
    name: str, index: FileIndex, ratings: Sequence[Rating], cells: Sequence[RaciCell]
) -> tuple[str, str, bool]:
    """Function and person accountable for an experience, and whether anybody said so.

    A line of who looks after what comes first, then the newest answer that names one.
    """
    for cell in cells:
        is_ours = cell.side is RaciSide.INTERNAL and cell.letter is Letter.ACCOUNTABLE
        if is_ours and cell.activity.casefold() == name.casefold():
            person = index.people.get(cell.person_id or "")
            return cell.party, person.name if person else "", True
    for rating in reversed(ratings):
        if rating.function:
            return rating.function, rating.owner, True
    return dict(JOURNEY).get(name, ""), "", False
