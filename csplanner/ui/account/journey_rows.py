"""The journey of a customer as ready strings, and what stands behind each touchpoint."""

from collections.abc import Sequence
from dataclasses import dataclass

from csplanner.domain.index import FileIndex
from csplanner.domain.journey import FEW, Stop, journey, worst
from csplanner.domain.rating import Rating, Scale
from csplanner.domain.wording import one_line
from csplanner.language import ntr, tr
from csplanner.ui import veil
from csplanner.ui.account.evidence import Evidence, Line, history_of
from csplanner.ui.account.kept import Kept
from csplanner.ui.today.words import source_line
from csplanner.ui.widgets import format as words

SCALES = {Scale.NPS: "NPS", Scale.CSAT: "CSAT", Scale.CES: "CES"}
_MOST = {Scale.NPS: 10, Scale.CSAT: 5, Scale.CES: 7}
_MEASURES = {Scale.NPS: "voice.nps", Scale.CSAT: "voice.csat", Scale.CES: "voice.ces"}


@dataclass(frozen=True, slots=True)
class StopRow:
    """One touchpoint: its name, result and answers, who is accountable; `key` is its own name.

    `height` is 0 to 1, None where nobody was asked.
    """

    key: str
    title: str
    value: str
    tail: str
    band: str
    height: float | None
    function: str
    person: str
    is_agreed: bool
    spoken: str


@dataclass(frozen=True, slots=True)
class JourneyView:
    """The strip, and the chip of the worst touchpoint; `asked` is how many have a result."""

    stops: tuple[StopRow, ...] = ()
    chip: str = ""
    chip_key: str = ""
    asked: int = 0


def journey_view(index: FileIndex, kept: Kept) -> JourneyView:
    """Return the journey of an account."""
    stops = journey(index, kept.ratings, kept.cells)
    poor = worst(stops)
    return JourneyView(
        tuple(_row(stop) for stop in stops),
        "" if poor is None else _chip(poor, index),
        "" if poor is None else poor.touchpoint,
        sum(1 for stop in stops if stop.value is not None),
    )


def _row(stop: Stop) -> StopRow:
    title = tr(stop.touchpoint)
    value, tail = result_words(stop)
    function = tr(stop.function) if stop.function else tr("nobody")
    person = one_line(stop.person) or tr("nobody named")
    by = tr("Accountable: {0}, {1}.").format(function, person)
    spoken = f"{title}: {value} {tail}. {by}"
    return StopRow(
        stop.touchpoint, title, value, tail, stop.band.value, stop.height, function, person,
        stop.is_agreed, spoken,
    )  # fmt: skip


def result_words(stop: Stop) -> tuple[str, str]:
    """`4.6` and `CSAT, 3`; of a few answers on the scale of NPS each counts by itself."""
    if stop.value is None or stop.scale is None:
        return "", tr("not asked yet")
    count = "" if stop.answers is None else words.number(stop.answers)
    if stop.is_few:
        return words.number(stop.value, 0 if stop.value == int(stop.value) else 1), (
            tr("of 10, {0}").format(count)
        )
    if stop.scale is Scale.NPS:
        value = words.signed(round(stop.value))
    else:
        value = words.number(stop.value, 1)
    scale = SCALES[stop.scale]
    return value, f"{scale}, {count}" if count else scale


def _chip(stop: Stop, index: FileIndex) -> str:
    title = tr(stop.touchpoint)
    function = tr(stop.function)
    if stop.loop is not None and function:
        since = words.day(stop.loop.on, index.as_of)
        return tr("{0}: with {1} since {2}").format(title, function, since)
    if not function:
        return tr("{0}: nobody is accountable").format(title)
    return tr("{0}: belongs to {1}").format(title, function)


def stop_evidence(index: FileIndex, kept: Kept, touchpoint: str) -> Evidence:
    """Return surveys and single answers of a touchpoint, newest first, and who answers for it."""
    stop = next(s for s in journey(index, kept.ratings, kept.cells) if s.touchpoint == touchpoint)
    said = [r for r in kept.ratings if r.touchpoint == touchpoint and r.on <= index.as_of]
    rows = [(r.on, rating_line(r, index)) for r in said]
    for scale, measure in _MEASURES.items():
        for found in history_of(index, measure, touchpoint):
            value = found.value.value
            shown = tr(words.UNKNOWN) if value is None else _survey(value / 1000, scale)
            source = source_line(found.source, found.as_of, index.as_of)
            line = Line(
                veil.note(one_line(found.note)) or tr("Survey"), shown, source, value is None
            )
            rows.append((found.as_of, line))
    rows.sort(key=lambda row: row[0], reverse=True)
    row = _row(stop)
    sentence = tr("Accountable: {0}, {1}.").format(row.function, row.person)
    if not stop.is_agreed:
        sentence += " " + tr("That is where it usually belongs; nobody agreed on it here.")
    if stop.is_few:
        sentence += " " + tr("Fewer than {0} answers make no NPS.").format(FEW)
    if not rows:
        sentence += " " + tr("Nobody was asked yet.")
    return Evidence(row.title, sentence, tuple(line for _, line in rows[:14]))


def _survey(value: float, scale: Scale) -> str:
    if scale is Scale.NPS:
        return tr("{0} NPS").format(words.signed(round(value)))
    return tr("{0} of {1} {2}").format(words.number(value, 1), _MOST[scale], SCALES[scale])


def rating_line(rating: Rating, index: FileIndex) -> Line:
    """Return one answer: who said what, and what became of it."""
    person = index.people.get(rating.person_id or "")
    who = one_line(person.name) if person else tr("Somebody")
    text = f"{who}: “{veil.note(one_line(rating.words))}”" if rating.words else who
    value = answer_words(rating)
    told = [words.day(rating.on, index.as_of)]
    if rating.function:
        by = ", ".join(part for part in (rating.function, one_line(rating.owner)) if part)
        told.append(tr("with {0}").format(by))
    if rating.cause:
        told.append(tr("cause: {0}").format(veil.note(one_line(rating.cause))))
    if rating.closed_on is not None:
        told.append(tr("closed {0}").format(words.day(rating.closed_on, index.as_of)))
    return Line(text, value, " · ".join(told), is_missing=not rating.value.is_known)


def answer_words(rating: Rating) -> str:
    """`3 of 5 CSAT`; `unknown` without an answer."""
    if rating.value.value is None:
        return tr("no answer")
    number = words.number(rating.value.value)
    return tr("{0} of {1} {2}").format(number, _MOST[rating.scale], SCALES[rating.scale])


def answered(ratings: Sequence[Rating]) -> str:
    """`12 answers`."""
    return ntr("{0} answer", "{0} answers", len(ratings))
