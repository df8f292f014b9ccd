"""The rows behind a number: what it rests on, each with its day and its source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from csplanner.domain.health import MeasureLine
from csplanner.domain.index import FileIndex, is_running
from csplanner.domain.judgement import Judgement
from csplanner.domain.measurement import Measurement
from csplanner.domain.measures import EQUIPPED_ITEMS, POTENTIAL_ITEMS
from csplanner.domain.signals_news import moved
from csplanner.domain.value import State
from csplanner.language import tr
from csplanner.ui import veil
from csplanner.ui.account.event_rows import channel_word
from csplanner.ui.account.said import Background
from csplanner.ui.today.words import source_line
from csplanner.ui.widgets import format as words
from csplanner.ui.words import amount_full, hours

_NOTHING = 0.05
"""Fewer points lost than this are none."""


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


def score_evidence(
    judgement: Judgement, as_of: date, bucket: str = "", index: FileIndex | None = None
) -> Evidence:
    """Return the measures of a bucket, or all of them, those that cost most first; below them
    what snapshots changed that speaks about it, which enters no score.
    """
    health = judgement.health
    lines = [x for x in health.lines if not bucket or x.bucket == bucket]
    lines.sort(key=lambda x: (x.score is None, -x.lost))
    title = (
        tr("The score, {0}").format(health.points)
        if health.points is not None
        else tr("The score is unknown")
    )
    sentence = health.band_reason
    for found in health.buckets:
        if found.key == bucket:
            title = found.title
            known = tr("{0} of {1} known").format(found.known, words.plural(found.total, "measure"))
            sentence = f"{known}. {found.why[:1].upper()}{found.why[1:]}."
    told = () if index is None else tuple(moved_lines(index, bucket))
    costly = sum(1 for x in lines if x.lost >= _NOTHING)
    shown = [measure_line(x, as_of) for x in lines]
    return Evidence(title, sentence, (*shown[:costly], *told, *shown[costly:]))


def moved_lines(index: FileIndex, bucket: str = "") -> Iterable[Line]:
    """Return what snapshots of the last 90 days changed, each with its day and its source."""
    for found in moved(index):
        if not bucket or found.bucket == bucket:
            row = found.evidence(index)
            source = source_line(row.source, row.as_of, index.as_of)
            yield Line(row.text, tr("not in the score"), source)


def measure_line(line: MeasureLine, as_of: date) -> Line:
    """Return one measure: what it says, what it costs, how old it is and where it is from."""
    why = f"{line.why[:1].upper()}{line.why[1:]}"
    if line.state is State.NOT_APPLICABLE:
        return Line(line.title, tr("does not apply"), why, is_missing=True)
    if line.score is None:
        return Line(line.title, tr("unknown"), why, is_missing=True)
    cost = tr("{0:.0f} of 100, {1} points lost").format(line.score, words.number(line.lost, 1))
    if line.lost < _NOTHING:
        cost = tr("{0:.0f} of 100, nothing lost").format(line.score)
    age = "" if line.freshness >= 0.995 else tr(", counts {0:.0f}%").format(100 * line.freshness)
    return Line(line.title, cost, f"{why} · {source_line(line.source, line.as_of, as_of)}{age}")


def pulse_evidence(index: FileIndex, behind: Background | None = None) -> Evidence:
    """Return what you said, newest first, and how you knew."""
    behind = behind or Background()
    said = [p for p in reversed(index.file.pulses) if p.on <= index.as_of]
    lines = tuple(
        Line(
            veil.note(p.because) or tr("No reason written down"),
            veil.judged(p.sentiment.word),
            words.day(p.on, index.as_of)
            + ("" if p.blind else tr(" · with the score in view"))
            + _how(behind, "pulse", p.id, "sentiment", index.as_of),
            is_missing=not p.because,
        )
        for p in said[:12]
    )
    sentence = (
        tr("Your judgement, kept apart from the score.") if said else tr("You have not said yet.")
    )
    return Evidence(tr("Your sentiment"), sentence, lines)


def arr_evidence(index: FileIndex) -> Evidence:
    """Return the ARR as recorded, and the subscriptions that run."""
    recorded = index.file.account.arr.value
    lines = []
    if recorded is not None:
        lines.append(Line(tr("ARR of the account"), amount_full(recorded), tr("account record")))
    for line in index.file.subscriptions:
        running = is_running(line, index.as_of)
        until = (
            tr("until {0}").format(words.day(line.end, index.as_of))
            if line.end
            else tr("without an end")
        )
        state = until if running else tr("does not count, {0}").format(until)
        seats = f", {words.plural(line.seats, 'seat')}" if line.seats else ""
        lines.append(
            Line(
                f"{line.product or 'Subscription'}{seats}",
                amount_full(line.arr.value),
                tr("subscriptions · {0}").format(state),
                is_missing=not running,
            )
        )
    if recorded is not None:
        sentence = tr("As recorded on the account; subscriptions stand beside it.")
    elif index.arr is not None:
        sentence = tr("The sum of the subscriptions that run now.")
    else:
        sentence = tr("Nobody recorded an ARR, and no running subscription has an amount.")
    return Evidence(tr("ARR"), sentence, tuple(lines))


def term_evidence(index: FileIndex) -> Evidence:
    """Return the contract terms, newest first."""
    lines = []
    for term in reversed(index.file.terms):
        start = words.day(term.start, index.as_of) if term.start else tr("an unknown day")
        notice = term.notice_deadline.value
        told = (
            tr("notice by {0}").format(words.day(notice, index.as_of))
            if notice
            else tr("notice date unknown")
        )
        kind = tr("Term {0}").format(term.ordinal) if term.ordinal else "Term"
        span = tr("{0}: {1} to {2}").format(kind, start, words.day(term.end, index.as_of))
        state = term.outcome.value.replace("_", " ")
        lines.append(Line(span, state, tr("contract · {0}").format(told)))
    sentence = tr("The countdown runs to the notice date, or to the end where none is known.")
    if not lines:
        sentence = tr("No contract term is in the book.")
    return Evidence(tr("Renewal"), sentence, tuple(lines))


def hours_evidence(index: FileIndex, judgement: Judgement) -> Evidence:
    """Return the touches of the last 91 days with their minutes."""
    recent = [t for t in reversed(index.touches) if index.days_since(t.on) < 91]
    silent = sum(1 for t in recent if not t.minutes)
    spent = hours(judgement.overview.hours_spent)
    sentence = tr("{0} logged in 91 days, {1} promised.").format(
        spent, hours(judgement.overview.hours_promised)
    )
    if silent:
        sentence += tr(" {0} without minutes.").format(words.plural(silent, "touch", "touches"))
    lines = tuple(
        Line(
            veil.note(t.topic) or channel_word(t.channel),
            tr("{0} min").format(t.minutes) if t.minutes else tr("minutes unknown"),
            f"{words.day(t.on, index.as_of)} · {t.channel.value}",
            is_missing=not t.minutes,
        )
        for t in recent[:14]
    )
    return Evidence(tr("Touch"), sentence, lines)


def gap_evidence(judgement: Judgement, index: FileIndex) -> Evidence:
    """Return score and sentiment side by side."""
    line = judgement.overview
    said = pulse_evidence(index)
    sentence = veil.judged(judgement.divergence.words or tr("Score and sentiment agree."))
    score = tr("unknown") if line.score is None else str(line.score)
    first = Line(tr("Score, measured"), score, judgement.health.band_reason, line.score is None)
    title = tr("Gap {0}").format(veil.judged(words.number(line.gap)))
    return Evidence(title, sentence, (first, *said.lines[:3]))


def measured_evidence(title: str, taken: Iterable[Measurement], as_of: date) -> Evidence:
    """Return measurements of one thing, newest first."""
    lines = tuple(
        Line(
            m.dimension or title,
            tr("unknown") if m.value.value is None else f"{m.value.value / 1000:g}",
            source_line(m.source, m.as_of, as_of),
            is_missing=m.value.value is None,
        )
        for m in taken
    )
    sentence = tr("Newest first.") if lines else tr("It was never measured.")
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
            lines.append(Line(question, tr("not answered"), "", is_missing=True))
        else:
            source = source_line(found.source or tr("your answer"), found.as_of, index.as_of)
            how = _how(behind, "measurement", found.id, "value", index.as_of)
            lines.append(
                Line(question, tr("{0:g} of 4").format(found.value.value / 1000), f"{source}{how}")
            )
    needed = 4 if equipped else 3
    title = tr("How equipped they are") if equipped else tr("Their potential")
    return Evidence(
        title, tr("The mean of the answers, from {0} answers on.").format(needed), tuple(lines)
    )


def _how(behind: Background, table: str, row_id: str, column: str, as_of: date) -> str:
    """How a judged value is known, to stand after its source; empty where nobody said."""
    how = behind.how(table, row_id, column, as_of)
    return f" · {how}" if how else ""
