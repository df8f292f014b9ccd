"""The health of an account: one score that says what it rests on, what is missing and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from csplanner.domain.account_file import AccountFile
from csplanner.domain.aggregate import Aggregate, aggregate
from csplanner.domain.bands import Cap, Cuts, Dated, Held, band_of, hold, shown_score, worse
from csplanner.domain.caps import caps_of, outcomes_unknown
from csplanner.domain.context import BookContext
from csplanner.domain.explain import Basis, decompose, robustness
from csplanner.domain.index import FileIndex
from csplanner.domain.inputs import Input
from csplanner.domain.measures import DEFAULT_DEFINITION, MEASURES, Bucket
from csplanner.domain.measuring import Frame, Situation, measure, situate
from csplanner.domain.reading import Band, Reading
from csplanner.domain.settings import BookSettings
from csplanner.domain.stage import StageFound
from csplanner.domain.value import Fact, State
from csplanner.domain.wording import band_word, count_text, day_text, number_text
from csplanner.language import tr


@dataclass(frozen=True, slots=True)
class BucketResult:
    """One bucket: its share of the weight (0 to 1), score, coverage and points in the score."""

    key: str
    title: str
    weight: float
    score: float | None
    coverage: float
    points: float
    max_points: float
    known: int
    total: int
    why: str


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One measure: value in `unit`, its score, freshness (0 to 1), day, source and points lost."""

    measure: str
    title: str
    bucket: str
    value: Fact[float]
    unit: str
    score: float | None
    freshness: float
    as_of: date | None
    source: str
    lost: float
    why: str
    state: State


@dataclass(frozen=True, slots=True)
class Health:
    """A score of 0 to 100 with its bounds, coverage (0 to 1), bands and reasons.

    `score` is None only when nothing is known; `band` is NONE when too little is.
    """

    as_of: date
    stage: StageFound
    score: float | None
    low: float
    high: float
    coverage: float
    raw_band: Band
    band: Band
    band_reason: str
    could_be: tuple[Band, Band] | None
    caps: tuple[Cap, ...]
    basis: Basis
    cuts: Cuts
    aggregate: Aggregate
    read: tuple[Input, ...]
    since: date | None
    """The day since which the band is held, before caps."""
    last_band: tuple[Band, date] | None = None
    """The last band shown, to be drawn grey, when there is not enough data now."""

    @property
    def is_enough(self) -> bool:
        """Whether there is enough evidence for a band."""
        return self.raw_band is not Band.NONE

    @property
    def points(self) -> int | None:
        """The score in whole points, None without enough evidence."""
        if self.score is None or not self.is_enough:
            return None
        return shown_score(self.score, self.cuts)

    @property
    def buckets(self) -> tuple[BucketResult, ...]:
        """The six buckets in their order."""
        return tuple(self._bucket(bucket) for bucket in Bucket)

    @property
    def lines(self) -> tuple[MeasureLine, ...]:
        """Every scored measure in the catalogue's order; points lost sum to 100 − score."""
        return tuple(self._line(read) for read in self.read)

    def costliest(self, most: int) -> tuple[MeasureLine, ...]:
        """The measures that cost most points, at least one each, most first."""
        lost = [(self._lost(read.measure), read) for read in self.read]
        lost = sorted([x for x in lost if x[0] >= 1], key=lambda x: -x[0])[:most]
        return tuple(self._line(read) for _, read in lost)

    @property
    def weakest(self) -> str:
        """`Relationship 31`, or empty without a known bucket."""
        known = [(m, b) for b, m in enumerate(self.aggregate.buckets) if m is not None]
        if not known:
            return ""
        mean, number = min(known)
        return f"{Bucket(number).title} {number_text(round(mean))}"

    @property
    def robust(self) -> str:
        """Whether the band hangs on one weight, in a sentence (methods §3.6)."""
        if not self.is_enough:
            return ""
        return robustness(self.basis, self.cuts)

    def _bucket(self, bucket: Bucket) -> BucketResult:
        weights = self.basis.weights
        mean = self.aggregate.buckets[bucket]
        due = sum(w for w, known in zip(weights, self.aggregate.buckets, strict=True)
                  if known is not None)  # fmt: skip
        lines = [self._line(read) for read in self.read if self._in(read, bucket)]
        applicable = [x for x in lines if x.state is not State.NOT_APPLICABLE]
        return BucketResult(
            bucket.key,
            bucket.title,
            weights[bucket] / sum(weights),
            mean,
            self.aggregate.bucket_coverage[bucket],
            0.0 if mean is None else weights[bucket] * mean / due,
            0.0 if mean is None else 100.0 * weights[bucket] / due,
            sum(1 for x in applicable if x.score is not None),
            len(applicable),
            _main_cause(lines),
        )

    def _in(self, read: Input, bucket: Bucket) -> bool:
        return MEASURES[read.measure].bucket is bucket

    def _lost(self, measure: str) -> float:
        score = self.aggregate.scores.get(measure)
        share = self.aggregate.shares.get(measure, 0.0)
        return 0.0 if score is None else share * (100.0 - score)

    def _line(self, read: Input) -> MeasureLine:
        measure = MEASURES[read.measure]
        score = self.aggregate.scores.get(read.measure)
        point = self.basis.points.get(read.measure)
        state, why = read.value.state, read.why
        if state is State.KNOWN and point is None:
            state = State.UNKNOWN
            when = day_text(read.as_of, self.as_of) if read.as_of else tr("an unknown day")
            why = tr("{0}, but that is from {1} and no longer counts").format(why, when)
        return MeasureLine(
            read.measure,
            measure.title,
            measure.bucket.key,
            read.value,
            measure.unit,
            score,
            point.freshness if point else 0.0,
            read.as_of,
            read.source,
            self._lost(read.measure),
            why,
            state,
        )


def _main_cause(lines: list[MeasureLine]) -> str:
    """What costs most points; else what is missing; else what is known."""
    known = [x for x in lines if x.score is not None]
    if known:
        return max(known, key=lambda x: x.lost).why
    return lines[0].why if lines else ""


def assess(
    file: AccountFile,
    settings: BookSettings,
    *,
    as_of: date,
    previous: Sequence[Reading] | None = None,
    context: BookContext | None = None,
) -> Health:
    """The health of a file on a day; `previous` are readings before it (default: the file's)."""
    frame = Frame(settings, context or BookContext(), DEFAULT_DEFINITION)
    index = FileIndex(file, as_of)
    readings = file.readings if previous is None else previous
    return assess_index(index, frame, situate(index, frame), readings=readings)


def assess_index(
    index: FileIndex, frame: Frame, situation: Situation, *, readings: Sequence[Reading]
) -> Health:
    """The same, from an index that is already there."""
    stage = situation.stage
    read, basis = measure(index, frame, situation)
    summed = aggregate(basis.points, basis.configs, basis.weights)
    cuts = frame.cuts
    caps = caps_of(index, stage)
    definition = frame.definition
    known = sum(1 for mean in summed.buckets if mean is not None)
    enough = summed.coverage >= definition.min_coverage and known >= definition.min_buckets
    if summed.score is None or not enough:
        return _without_band(index, stage, (read, basis, summed), (cuts, caps, readings))
    held = hold(readings, Dated(index.as_of, summed.score), cuts)
    held = _blocked(index, frame, held, readings=readings, basis=basis)
    if summed.buckets[Bucket.OUTCOMES] is None and not _mentions_objective(caps):
        caps = (*caps, outcomes_unknown())
    band = held.band
    for cap in caps:
        band = worse(band, cap.band)
    raw = band_of(summed.score, cuts)
    edges = band_of(summed.low, cuts), band_of(summed.high, cuts)
    return Health(
        index.as_of,
        stage,
        summed.score,
        summed.low,
        summed.high,
        summed.coverage,
        raw,
        band,
        _reason(summed.score, held, (raw, band), caps=caps, cuts=cuts, as_of=index.as_of),
        edges if edges[0] is not edges[1] else None,
        caps,
        basis,
        cuts,
        summed,
        read,
        held.since,
    )


def _mentions_objective(caps: tuple[Cap, ...]) -> bool:
    return any(c.sentence.startswith("No objective") for c in caps)


def _without_band(
    index: FileIndex,
    stage: StageFound,
    measured: tuple[tuple[Input, ...], Basis, Aggregate],
    rest: tuple[Cuts, tuple[Cap, ...], Sequence[Reading]],
) -> Health:
    read, basis, summed = measured
    cuts, caps, readings = rest
    earlier = [r for r in readings if r.as_of <= index.as_of]
    last = next(((r.band, r.as_of) for r in reversed(earlier) if r.band is not Band.NONE), None)
    percent = int(100 * summed.coverage)
    known = sum(1 for mean in summed.buckets if mean is not None)
    reason = tr("Not enough data: {0}% of the evidence is known, in {1} of 6 buckets.").format(
        percent, known
    )
    return Health(
        index.as_of, stage, summed.score, summed.low, summed.high, summed.coverage, Band.NONE,
        Band.NONE, reason, None, caps, basis, cuts, summed, read, None, last,
    )  # fmt: skip


def _blocked(
    index: FileIndex,
    frame: Frame,
    held: Held,
    *,
    readings: Sequence[Reading],
    basis: Basis,
) -> Held:
    """Keeps the band before when values themselves did not improve since it was first shown.

    An improvement that only comes from evidence going dark, or from new weights, is not one.
    """
    if held.since != index.as_of or not readings:
        return held
    earlier = [r for r in readings if r.as_of < index.as_of and r.raw_band is not Band.NONE]
    if not earlier:
        return held
    cuts = frame.cuts
    before = hold(earlier[:-1], Dated(earlier[-1].as_of, (earlier[-1].score or 0) / 1000), cuts)
    if before.since is None or worse(held.band, before.band) is held.band:
        return held
    then = FileIndex(index.file, before.since)
    old = measure(then, frame, situate(then, frame))[1]
    if decompose(old, basis).values > 0:
        return held
    return Held(before.band, before.since, is_waiting=True, is_blocked=True)


def _reason(
    score: float,
    held: Held,
    bands: tuple[Band, Band],
    *,
    caps: tuple[Cap, ...],
    cuts: Cuts,
    as_of: date,
) -> str:
    """Why the band is that one, in a sentence or two."""
    raw, band = bands
    whole = number_text(shown_score(score, cuts))
    here = tr("{0} is in the {1} range").format(whole, band_word(raw))
    since = tr(" (since {0})").format(day_text(held.since, as_of)) if held.since else ""
    binding = [c.sentence for c in caps if c.band is band and band is not held.band]
    if binding:
        rest = tr(" Without that it {0}").format(_waits(held, raw, cuts)) if held.is_waiting else ""
        return f"{here}. {' '.join(binding)}{rest}"
    if held.is_blocked:
        return tr(
            "{0}, but no figure is better than before: evidence went missing or weights "
            "changed. It stays {1}{2} until a figure improves."
        ).format(here, band_word(held.band), since)
    if held.is_waiting:
        return tr("{0}; it {1} Until then {2}{3}.").format(
            here, _waits(held, raw, cuts), band_word(held.band), since
        )
    if band is Band.GOOD:
        return tr("{0} is {1} or more.").format(whole, number_text(cuts.good))
    if band is Band.WATCH:
        return tr("{0} is below {1}.").format(whole, number_text(cuts.good))
    return tr("{0} is below {1}.").format(whole, number_text(cuts.watch))


def _waits(held: Held, raw: Band, cuts: Cuts) -> str:
    """What a better band still needs: a score with some room, held for some time."""
    if held.is_blocked:
        return tr("stays {0} until a figure improves.").format(band_word(held.band))
    need = number_text((cuts.good if raw is Band.GOOD else cuts.watch) + cuts.margin)
    times = tr("two readings") if cuts.readings == 2 else count_text(cuts.readings, "reading")
    apart = "a week" if cuts.days == 7 else count_text(cuts.days, "day")
    return tr("counts as {0} once {1} {2} apart reach {3}.").format(
        band_word(raw), times, apart, need
    )
