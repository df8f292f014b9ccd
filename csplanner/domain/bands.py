"""From a score to the band shown: cuts, slow improvement, caps (methods §3.5)."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from csplanner.domain.reading import Band, Reading

_LEVEL = {Band.RISK: 0, Band.WATCH: 1, Band.GOOD: 2}
_LOOK_BACK = 32
"""Readings before the last uncapped one that the slow improvement may still need."""
_BY_LEVEL = (Band.RISK, Band.WATCH, Band.GOOD)


class Cuts(NamedTuple):
    """Scores from which a band is watch and good, and what an improvement needs beyond them."""

    watch: float = 50.0
    good: float = 75.0
    margin: float = 5.0
    readings: int = 2
    days: int = 7


class Cap(NamedTuple):
    """The best band something allows while it lasts, and the sentence that says why."""

    band: Band
    sentence: str


class Dated(NamedTuple):
    """A score on a day."""

    on: date
    score: float


class Held(NamedTuple):
    """The band after slow improvement, since when it is that one, and whether it lags.

    It is blocked when it lags because no figure improved, not because time is missing.
    """

    band: Band
    since: date | None
    is_waiting: bool
    is_blocked: bool = False


def band_of(score: float, cuts: Cuts) -> Band:
    """The band a score falls into; exactly on a cut is the better one."""
    if score >= cuts.good:
        return Band.GOOD
    return Band.WATCH if score >= cuts.watch else Band.RISK


def is_held_below(score: int | None, band: Band, cuts: tuple[int, int]) -> bool:
    """Whether the band in force is worse than that of the score; `cuts` begin watch and good."""
    if score is None or band is Band.NONE:
        return False
    watch, good = cuts
    return band is not Band.GOOD if score >= good else band is Band.RISK and score >= watch


def shown_score(score: float, cuts: Cuts) -> int:
    """The score in whole points, rounded so that number and band never disagree."""
    whole = round(score)
    return whole if band_of(whole, cuts) is band_of(score, cuts) else int(score)


def worse(one: Band, other: Band) -> Band:
    """The worse of two known bands."""
    return one if _LEVEL[one] <= _LEVEL[other] else other


def is_worse(one: Band, other: Band) -> bool:
    """Whether `one` is worse than `other`; unknown is neither."""
    return one in _LEVEL and other in _LEVEL and _LEVEL[one] < _LEVEL[other]


def next_band(shown: Band, history: Sequence[Dated], cuts: Cuts) -> Band:
    """The band after the newest score of `history` (oldest first): worse at once, better slowly.

    Better needs `cuts.margin` points above the cut in each of the last `cuts.readings` readings,
    which lie at least `cuts.days` apart; readings between them must keep it too.
    """
    raw = band_of(history[-1].score, cuts)
    if shown is Band.NONE or _LEVEL[raw] <= _LEVEL[shown]:
        return raw
    held = _held_for(history, cuts)
    if held is None:
        return shown
    best = _LEVEL[shown]
    if held >= cuts.good + cuts.margin:
        best = 2
    elif held >= cuts.watch + cuts.margin:
        best = max(best, 1)
    return _BY_LEVEL[best]


def _held_for(history: Sequence[Dated], cuts: Cuts) -> float | None:
    """Lowest score over the stretch that counts, None while the stretch is too short."""
    lowest, counted, last = history[-1].score, 1, history[-1].on
    for dated in reversed(history[:-1]):
        if counted >= cuts.readings:
            break
        lowest = min(lowest, dated.score)
        if (last - dated.on).days >= cuts.days:
            counted += 1
            last = dated.on
    return lowest if counted >= cuts.readings else None


def hold(readings: Sequence[Reading], now: Dated, cuts: Cuts) -> Held:
    """The band now, before caps, from the stored readings before `now` (oldest first)."""
    known = [r for r in readings if r.raw_band is not Band.NONE and r.as_of < now.on]
    start = _last_uncapped(known)
    shown, since = _run_at(known, start)
    history = [_dated(r) for r in known[max(0, start - _LOOK_BACK) : start + 1]]
    for reading in known[start + 1 :]:
        history.append(_dated(reading))
        before = shown
        shown = next_band(shown, history, cuts)
        if shown is not before:
            since = reading.as_of
    history.append(now)
    band = next_band(shown, history, cuts)
    if band is not shown:
        since = now.on
    return Held(band, since, is_worse(band, band_of(now.score, cuts)))


def _dated(reading: Reading) -> Dated:
    return Dated(reading.as_of, (reading.score or 0) / 1000)


def _run_at(readings: Sequence[Reading], start: int) -> tuple[Band, date | None]:
    """The band stored at `start` and the first day of its run; nothing without such a reading."""
    if start < 0:
        return Band.NONE, None
    band, since = readings[start].band, readings[start].as_of
    for reading in reversed(readings[:start]):
        if reading.band is not band or reading.caps:
            break
        since = reading.as_of
    return band, since


def _last_uncapped(readings: Sequence[Reading]) -> int:
    """Index of the newest reading whose stored band is the held one, −1 without any."""
    for number in range(len(readings) - 1, -1, -1):
        reading = readings[number]
        if not reading.caps and reading.band is not Band.NONE:
            return number
    return -1
