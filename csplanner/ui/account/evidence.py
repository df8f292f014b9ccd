"""The rows behind a number: what it rests on, each with its day and its source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from csplanner.domain.health import MeasureLine
from csplanner.domain.index import FileIndex, is_running
from csplanner.domain.judgement import Judgement
from csplanner.domain.measurement import Measurement
from csplanner.domain.measures import EQUIPPED_ITEMS, POTENTIAL_ITEMS
from csplanner.domain.value import State
from csplanner.ui import veil
from csplanner.ui.account.said import Background
from csplanner.ui.today.words import source_line
from csplanner.ui.widgets import format as words
from csplanner.ui.words import amount_full, hours


@dataclass(frozen=True, slots=True)
class Line:
    """One row behind a number; a missing one is drawn dashed."""

    text: str
    value: str
    source: str
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a number rests on."""

    title: str
    sentence: str
    lines: tuple[Line, ...] = ()


def score_evidence(judgement: Judgement, as_of: date, bucket: str = "") -> Evidence:
    """Return the measures of a bucket, or all of them, those that cost most first."""
    health = judgement.health
    lines = [x for x in health.lines if not bucket or x.bucket == bucket]
    lines.sort(key=lambda x: (x.score is None, -x.lost))
    title = f"The score, {health.points}" if health.points is not None else "The score is unknown"
    sentence = health.band_reason
    for found in health.buckets:
        if found.key == bucket:
            title = found.title
            known = f"{found.known} of {words.plural(found.total, 'measure')} known"
            sentence = f"{known}. {found.why[:1].upper()}{found.why[1:]}."
    return Evidence(title, sentence, tuple(measure_line(x, as_of) for x in lines))


def measure_line(line: MeasureLine, as_of: date) -> Line:
    """Return one measure: what it says, what it costs, how old it is and where it is from."""
    why = f"{line.why[:1].upper()}{line.why[1:]}"
    if line.state is State.NOT_APPLICABLE:
        return Line(line.title, "does not apply", why, is_missing=True)
    if line.score is None:
        return Line(line.title, "unknown", why, is_missing=True)
    cost = f"{line.score:.0f} of 100, {line.lost:.1f} points lost"
    if line.lost < 0.05:
        cost = f"{line.score:.0f} of 100, nothing lost"
    age = "" if line.freshness >= 0.995 else f", counts {100 * line.freshness:.0f}%"
    return Line(line.title, cost, f"{why} · {source_line(line.source, line.as_of, as_of)}{age}")


def pulse_evidence(index: FileIndex, behind: Background | None = None) -> Evidence:
    """Return what you said, newest first, and how you knew."""
    behind = behind or Background()
    said = [p for p in reversed(index.file.pulses) if p.on <= index.as_of]
    lines = tuple(
        Line(
            veil.note(p.because) or "No reason written down",
            veil.judged(p.sentiment.word),
            words.day(p.on, index.as_of)
            + ("" if p.blind else " · with the score in view")
            + _how(behind, "pulse", p.id, "sentiment", index.as_of),
            is_missing=not p.because,
        )
        for p in said[:12]
    )
    sentence = "Your judgement, kept apart from the score." if said else "You have not said yet."
    return Evidence("Your sentiment", sentence, lines)


def arr_evidence(index: FileIndex) -> Evidence:
    """Return the ARR as recorded, and the subscriptions that run."""
    recorded = index.file.account.arr.value
    lines = []
    if recorded is not None:
        lines.append(Line("ARR of the account", amount_full(recorded), "account record"))
    for line in index.file.subscriptions:
        running = is_running(line, index.as_of)
        until = f"until {words.day(line.end, index.as_of)}" if line.end else "without an end"
        state = until if running else f"does not count, {until}"
        seats = f", {words.plural(line.seats, 'seat')}" if line.seats else ""
        lines.append(
            Line(
                f"{line.product or 'Subscription'}{seats}",
                amount_full(line.arr.value),
                f"subscriptions · {state}",
                is_missing=not running,
            )
        )
    if recorded is not None:
        sentence = "As recorded on the account; subscriptions stand beside it."
    elif index.arr is not None:
        sentence = "The sum of the subscriptions that run now."
    else:
        sentence = "Nobody recorded an ARR, and no running subscription has an amount."
    return Evidence("ARR", sentence, tuple(lines))


def term_evidence(index: FileIndex) -> Evidence:
    """Return the contract terms, newest first."""
    lines = []
    for term in reversed(index.file.terms):
        start = words.day(term.start, index.as_of) if term.start else "an unknown day"
        notice = term.notice_deadline.value
        told = f"notice by {words.day(notice, index.as_of)}" if notice else "notice date unknown"
        kind = f"Term {term.ordinal}" if term.ordinal else "Term"
        span = f"{kind}: {start} to {words.day(term.end, index.as_of)}"
        state = term.outcome.value.replace("_", " ")
        lines.append(Line(span, state, f"contract · {told}"))
    sentence = "The countdown runs to the notice date, or to the end where none is known."
    if not lines:
        sentence = "No contract term is in the book."
    return Evidence("Renewal", sentence, tuple(lines))


def hours_evidence(index: FileIndex, judgement: Judgement) -> Evidence:
    """Return the touches of the last 91 days with their minutes."""
    recent = [t for t in reversed(index.touches) if index.days_since(t.on) < 91]
    silent = sum(1 for t in recent if not t.minutes)
    spent = hours(judgement.overview.hours_spent)
    sentence = f"{spent} logged in 91 days, {hours(judgement.overview.hours_promised)} promised."
    if silent:
        sentence += f" {words.plural(silent, 'touch', 'touches')} without minutes."
    lines = tuple(
        Line(
            veil.note(t.topic) or t.channel.value.capitalize(),
            f"{t.minutes} min" if t.minutes else "minutes unknown",
            f"{words.day(t.on, index.as_of)} · {t.channel.value}",
            is_missing=not t.minutes,
        )
        for t in recent[:14]
    )
    return Evidence("Touch", sentence, lines)


def gap_evidence(judgement: Judgement, index: FileIndex) -> Evidence:
    """Return score and sentiment side by side."""
    line = judgement.overview
    said = pulse_evidence(index)
    sentence = veil.judged(judgement.divergence.words or "Score and sentiment agree.")
    score = "unknown" if line.score is None else str(line.score)
    first = Line("Score, measured", score, judgement.health.band_reason, line.score is None)
    title = f"Gap {veil.judged(words.number(line.gap))}"
    return Evidence(title, sentence, (first, *said.lines[:3]))


def measured_evidence(title: str, taken: Iterable[Measurement], as_of: date) -> Evidence:
    """Return measurements of one thing, newest first."""
    lines = tuple(
        Line(
            m.dimension or title,
            "unknown" if m.value.value is None else f"{m.value.value / 1000:g}",
            source_line(m.source, m.as_of, as_of),
            is_missing=m.value.value is None,
        )
        for m in taken
    )
    sentence = "Newest first." if lines else "It was never measured."
    return Evidence(title, sentence, lines[:12])


def history_of(index: FileIndex, measure: str, part: str) -> list[Measurement]:
    """Return every measurement of one part, newest first."""
    return [
        m
        for m in reversed(index.file.measurements)
        if m.measure == measure and m.dimension == part and m.as_of <= index.as_of
    ]


def answer_evidence(
    index: FileIndex, *, equipped: bool, behind: Background | None = None
) -> Evidence:
    """Return your answers on how equipped they are, or on their potential."""
    behind = behind or Background()
    items = EQUIPPED_ITEMS if equipped else POTENTIAL_ITEMS
    lines = []
    for item, question in items.items():
        found = index.newest(item)
        if found is None or found.value.value is None:
            lines.append(Line(question, "not answered", "", is_missing=True))
        else:
            source = source_line(found.source or "your answer", found.as_of, index.as_of)
            how = _how(behind, "measurement", found.id, "value", index.as_of)
            lines.append(Line(question, f"{found.value.value / 1000:g} of 4", f"{source}{how}"))
    needed = 4 if equipped else 3
    title = "How equipped they are" if equipped else "Their potential"
    return Evidence(title, f"The mean of the answers, from {needed} answers on.", tuple(lines))


def _how(behind: Background, table: str, row_id: str, column: str, as_of: date) -> str:
    """How a judged value is known, to stand after its source; empty where nobody said."""
    how = behind.how(table, row_id, column, as_of)
    return f" · {how}" if how else ""
