"""What explains one entry of Today, as ready strings: the story behind its place in the list."""

from dataclasses import dataclass
from datetime import date

from csplanner.domain.bands import is_held_below
from csplanner.domain.overview import Overview
from csplanner.domain.sentiment import YEAH_BUT_GAP
from csplanner.domain.signals import RANK_MOST, Signal
from csplanner.domain.today import TodayEntry
from csplanner.domain.wording import band_word, one_line
from csplanner.language import noted, tr
from csplanner.ui import veil
from csplanner.ui.today.words import (
    SEVERITY_INK,
    shown_words,
    signal_icon,
    source_icon,
    source_line,
)
from csplanner.ui.widgets import format as words
from csplanner.ui.words import (
    amount,
    renewal_words,
    sentiment_band,
    sentiment_word,
    tier_letter,
)

_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
)
_PARTS = (
    noted("ARR at stake"),
    noted("Time left to act"),
    noted("Signals that agree"),
    noted("How sure we are"),
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One line with its icon, and a second line that says where it is from."""

    icon: str
    ink: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Figure:
    """Score, sentiment or gap: its caption, what it says, and its mark."""

    caption: str
    text: str
    note: str = ""
    band: str = ""
    form: str = "filled"
    ink: str = "text"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the rank: points of the most there can be."""

    title: str
    points: int
    most: int


@dataclass(frozen=True, slots=True)
class Peek:
    """The inspector of one entry."""

    account_id: str
    name: str
    tier: str
    line: str
    figures: tuple[Figure, ...]
    reasons: tuple[Fact, ...]
    others: tuple[Fact, ...]
    rank_title: str
    total: str
    parts: tuple[Part, ...]
    stake_note: str
    next_step: str
    next_due: str
    verb: str


def peek_of(entry: TodayEntry, as_of: date, cuts: tuple[int, int]) -> Peek:
    """Return what the inspector says of an entry; watch and good begin at `cuts`."""
    line, signal = entry.overview, entry.signal
    renewal = renewal_words(line, as_of)
    due = line.next_step_due
    return Peek(
        line.account_id,
        one_line(line.name),
        tier_letter(line.tier),
        " · ".join(text for text in (_arr(line), renewal) if text),
        figures(line, as_of, cuts),
        tuple(
            Fact(
                source_icon(e.source),
                SEVERITY_INK.get(e.severity, "text2"),
                shown_words(e.source, e.text),
                source_line(e.source, e.as_of, as_of),
            )
            for e in signal.evidence
        ),
        tuple(
            Fact(
                signal_icon(s.kind),
                "text2",
                shown_words(s.kind, s.headline),
                shown_words(s.kind, s.why),
            )
            for s in entry.others
        ),
        tr("Why it ranks {0}").format(ordinal(entry.position)),
        str(signal.rank.total),
        _parts(signal),
        signal.stake_note,
        veil.note(one_line(line.next_step)),
        words.day(due, as_of) if due else "",
        signal.verb.label,
    )


def figures(line: Overview, as_of: date, cuts: tuple[int, int]) -> tuple[Figure, ...]:
    """Return score, sentiment and gap; each says so when it is unknown.

    A band held below the score's own, where watch and good begin at `cuts`, is named beside it.
    """
    if line.score is None:
        score = Figure(
            tr("Score, measured"), tr("unknown"), band="none", form="dashed", ink="text2"
        )
    else:
        change = words.signed(line.change_90d)
        if is_held_below(line.score, line.band, cuts):
            held = tr("held down: {0}").format(band_word(line.band))
            change = f"{held} · {change}" if change else held
        score = Figure(tr("Score, measured"), str(line.score), change, line.band.value)
    band = sentiment_band(line.sentiment)
    if line.sentiment is None:
        said = Figure(
            tr("Sentiment, yours"), tr("not said"), band="none", form="dashed", ink="text2"
        )
    else:
        since = (
            tr("since {0}").format(words.day(line.sentiment_on, as_of)) if line.sentiment_on else ""
        )
        said = Figure(tr("Sentiment, yours"), sentiment_word(line.sentiment), since, band, "hollow")
    if line.gap is None:
        return score, said
    wide = abs(line.gap) >= YEAH_BUT_GAP and not veil.is_on()
    gap = veil.judged(words.number(line.gap))
    return score, said, Figure(tr("Gap"), gap, ink="risk-ink" if wide else "text")


def ordinal(position: int) -> str:
    """Return `second`, or `13th` beyond twelve."""
    return _ORDINALS[position - 1] if position <= len(_ORDINALS) else f"{position}th"


def _arr(line: Overview) -> str:
    return amount(line.arr) if line.arr else tr("ARR unknown")


def _parts(signal: Signal) -> tuple[Part, ...]:
    together = zip(_PARTS, signal.rank, RANK_MOST, strict=True)
    return tuple(Part(tr(title), points, most) for title, points, most in together)
