"""What makes the score, as ready strings: buckets, sentences, points lost and the curve."""

from dataclasses import dataclass
from datetime import date, timedelta

from csplanner.domain.health import BucketResult, Health, assess
from csplanner.domain.index import FileIndex
from csplanner.domain.judgement import BookContext, Judgement
from csplanner.domain.reading import Band
from csplanner.domain.settings import BookSettings
from csplanner.domain.value import State
from csplanner.domain.wording import band_word
from csplanner.language import tr, within
from csplanner.ui.account.head_rows import STAGES
from csplanner.ui.widgets import format as words
from csplanner.ui.words import sentiment_band

CHANGE_DAYS, CURVE_DAYS = 90, 396
_EVENTS = 4


@dataclass(frozen=True, slots=True)
class BucketRow:
    """One bucket of the score; `share` is its weight, 0 to 1."""

    key: str
    title: str
    share: float
    points: str
    most: str
    known: str
    is_thin: bool
    why: str
    change: str
    change_ink: str


@dataclass(frozen=True, slots=True)
class LossRow:
    """One measure with the points it costs, or what is missing of it."""

    bucket: str
    title: str
    lost: str
    why: str
    is_missing: bool


@dataclass(frozen=True, slots=True)
class ScoreView:
    """The pane of the score."""

    title: str
    chip: str
    points: tuple[float, ...]
    watch: int
    good: int
    sentences: tuple[str, ...]
    buckets: tuple[BucketRow, ...]
    losses: tuple[LossRow, ...]


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A score, or a sentiment in points, on a day, with its band and what it says aloud."""

    on: date
    value: int
    band: str
    spoken: str
    word: str = ""
    """The word of a sentiment."""


@dataclass(frozen=True, slots=True)
class CurveEvent:
    """Something that happened, named at the top of the chart."""

    on: date
    title: str


@dataclass(frozen=True, slots=True)
class CurveView:
    """Score and sentiment over 13 months."""

    start: date
    end: date
    watch: int
    good: int
    scores: tuple[CurvePoint, ...]
    sentiments: tuple[CurvePoint, ...]
    events: tuple[CurveEvent, ...]
    gap: int | None


def score_view(
    index: FileIndex, judgement: Judgement, settings: BookSettings, context: BookContext
) -> ScoreView:
    """Return the pane of the score; the change of a bucket is against 90 days before."""
    health = judgement.health
    before = assess(
        index.file,
        settings,
        as_of=index.as_of - timedelta(days=CHANGE_DAYS),
        context=context,
    )
    earlier = {b.key: b for b in before.buckets} if before.is_enough else {}
    rows = []
    for bucket in health.buckets:
        known, then = bucket.score is not None, earlier.get(bucket.key)
        change = None
        if known and then is not None and then.score is not None:
            change = round(bucket.points - then.points)
        rows.append(
            BucketRow(
                bucket.key,
                bucket.title,
                bucket.weight,
                *_points(bucket, counts=health.is_enough),
                f"{bucket.known}/{bucket.total}",
                bucket.known < bucket.total,
                bucket.why,
                words.signed(change),
                "text2" if not change else "good-ink" if change > 0 else "risk-ink",
            )
        )
    shown = tr("unknown") if health.points is None else str(health.points)
    return ScoreView(
        tr("What makes the score {0}").format(shown)
        if health.points is not None
        else tr("The score is unknown"),
        tr("Weights for {0}").format(within(STAGES[health.stage.stage])),
        tuple(b.points for b in health.buckets if b.score is not None and health.is_enough),
        round(health.cuts.watch),
        round(health.cuts.good),
        tuple(_sentences(health)),
        tuple(rows),
        tuple(_losses(health)),
    )


def _points(bucket: BucketResult, *, counts: bool) -> tuple[str, str]:
    """`15.9` and `of 20`; in words where there are none."""
    if bucket.score is None:
        return tr(words.UNKNOWN), ""
    if not counts:
        return tr("not counted"), ""
    return words.number(bucket.points, 1), tr("of {0:.0f}").format(bucket.max_points)


def _sentences(health: Health) -> list[str]:
    """Why the band, the bounds, what caps it, and how robust it is."""
    found = [health.band_reason] if health.band_reason else []
    percent = int(100 * health.coverage + 1e-9)
    bounds = tr("Between {0:.0f} and {1:.0f}: {2}% of the evidence is known").format(
        health.low, health.high, percent
    )
    found.append(tr("{0} and fresh.").format(bounds))
    if health.could_be is not None:
        low, high = health.could_be
        found.append(
            tr("With what is missing it could be {0} or {1}.").format(
                band_word(low), band_word(high)
            )
        )
    said = " ".join(found)
    found += [cap.sentence for cap in health.caps if cap.sentence not in said]
    if health.last_band is not None and health.band is Band.NONE:
        band, on = health.last_band
        found.append(
            tr("Last known as {0} on {1}.").format(band_word(band), words.day(on, health.as_of))
        )
    return [*found, health.robust] if health.robust else found


def _losses(health: Health) -> list[LossRow]:
    """What costs most first, then what is missing."""
    counted = [x for x in health.lines if x.score is not None and health.is_enough]
    known = sorted(counted, key=lambda x: -x.lost)
    rows = [
        LossRow(x.bucket, x.title, words.number(-x.lost, 1), x.why, is_missing=False)
        for x in known
        if x.lost >= 0.05
    ]
    missing = [x for x in health.lines if x.score is None and x.state is not State.NOT_APPLICABLE]
    return rows + [LossRow(x.bucket, x.title, "?", x.why, is_missing=True) for x in missing]


def curve_view(index: FileIndex, judgement: Judgement) -> CurveView:
    """Return score and sentiment of 13 months with what happened meanwhile."""
    as_of, line = index.as_of, judgement.overview
    start = as_of - timedelta(days=CURVE_DAYS)
    scores = [
        _score(r.as_of, round(r.score / 1000), r.band.value, as_of)
        for r in index.file.readings
        if r.score is not None and start <= r.as_of < as_of
    ]
    if line.score is not None:
        scores.append(_score(as_of, line.score, line.band.value, as_of))
    cuts = judgement.health.cuts
    return CurveView(
        start,
        as_of,
        round(cuts.watch),
        round(cuts.good),
        tuple(scores),
        tuple(_sentiments(index, start)),
        tuple(_events(index, start)),
        line.gap,
    )


def _score(on: date, value: int, band: str, as_of: date) -> CurvePoint:
    spoken = tr("{0}: score {1}, {2}").format(words.day(on, as_of), value, band_word(Band(band)))
    return CurvePoint(on, value, band, spoken)


def _sentiments(index: FileIndex, start: date) -> list[CurvePoint]:
    """Every pulse of the time shown, and the one in force when it begins."""
    said = [p for p in index.file.pulses if p.on <= index.as_of]
    before = [p for p in said if p.on < start][-1:]
    found = []
    for pulse in (*before, *(p for p in said if p.on >= start)):
        day = words.day(pulse.on, index.as_of)
        because = f": {pulse.because}" if pulse.because else ""
        spoken = tr("{0}: you were {1}{2}").format(day, pulse.sentiment.word.lower(), because)
        band = sentiment_band(pulse.sentiment)
        word = pulse.sentiment.word
        found.append(CurvePoint(max(pulse.on, start), pulse.sentiment.points, band, spoken, word))
    return found


def _events(index: FileIndex, start: date) -> list[CurveEvent]:
    """Who left, first value, exits and escalations: the newest few."""
    file, found = index.file, list[CurveEvent]()
    for person in file.people:
        if person.is_theirs and person.left_on is not None:
            found.append(
                CurveEvent(
                    person.left_on, tr("{0} left", "a person").format(person.name.split()[0])
                )
            )
    first = file.account.first_value_on.value
    if first is not None:
        found.append(CurveEvent(first, tr("First value")))
    found += [
        CurveEvent(e.on, tr("Came back") if e.is_reactivation else tr("Left us"))
        for e in file.exits
    ]
    found += [
        CurveEvent(c.opened_on, "Escalation") for c in file.cases if c.escalated and c.opened_on
    ]
    shown = sorted((e for e in found if start <= e.on <= index.as_of), key=lambda e: e.on)
    return shown[-_EVENTS:]
