"""The lines of the Book as ready strings: what is drawn, said, shown in full and copied."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from csplanner.book.overview import Totals
from csplanner.domain.account import Tier
from csplanner.domain.bands import is_held_below
from csplanner.domain.filters_groups import Group
from csplanner.domain.money import minor_digits
from csplanner.domain.overview import Overview
from csplanner.domain.sentiment import YEAH_BUT_GAP
from csplanner.domain.settings import BookSettings
from csplanner.domain.wording import unit_word
from csplanner.language import Spoken, noted, speaking, tr
from csplanner.paint.marks import WORDS as BAND_WORDS
from csplanner.paint.sparks import Spark
from csplanner.ui import veil
from csplanner.ui.book import more_cells
from csplanner.ui.book.columns import Col
from csplanner.ui.widgets import format as words
from csplanner.ui.words import (
    TIER_LETTERS,
    gap_text,
    hours,
    sentiment_band,
    sentiment_word,
    worth_text,
)

LIFE_CRITICAL = 3
_RANKS = {Tier.HIGH: 3, Tier.MEDIUM: 2, Tier.LOW: 1, Tier.DIGITAL: 0}
_SEATS = {"f": "in_touch", "h": "quiet", "o": "nobody"}
_SEAT_WORDS = Spoken({"f": noted("in touch"), "h": noted("quiet"), "o": noted("nobody")})
ROLE_TITLES = ("sponsor", "decides", "champion", "day-to-day", "finance")


@dataclass(frozen=True, slots=True)
class BookRow:
    """One account; tokens are colours, texts are ready to draw."""

    id: int
    account_id: str
    name: str
    note: str
    is_critical: bool
    tier: str
    rule: str
    band: str
    score: str
    change: str
    change_token: str
    spark: Spark
    feeling_band: str
    feeling: str
    gap: str
    gap_token: str
    arr: str
    renewal: str
    left: str
    left_token: str
    year: str
    touch: str
    is_late: bool
    touch_days: int | None
    cadence: int
    seats: tuple[str, ...]
    step: str
    line: Overview
    today: date
    unit: str
    """What hours are said by: week, month or quarter."""
    is_held: bool = False
    """Whether the band is held below that of the score, which stands under a line then."""

    def more(self, column: int) -> more_cells.Cell:
        """One cell of the columns one may add."""
        return more_cells.cell(self.line, column, today=self.today, unit=self.unit)


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group's heading in the table."""

    group: Group
    title: str
    note: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """What turning a line into a row needs to know: the day and the settings of the book."""

    as_of: date
    settings: BookSettings

    def row(self, row_id: int, line: Overview) -> BookRow:
        """Return the row of one line."""
        days = (self.as_of - line.last_touch).days if line.last_touch else None
        cadence = line.cadence_days or 0
        gap = line.gap or 0
        return BookRow(
            row_id,
            line.account_id,
            line.name,
            line.sector,
            (line.criticality or 0) >= LIFE_CRITICAL,
            TIER_LETTERS[line.tier] if line.tier else "",
            _rule(line),
            line.band.value,
            "" if line.score is None else str(line.score),
            words.signed(line.change_90d),
            _signed_token(line.change_90d),
            _spark_of(line, self.settings),
            sentiment_band(line.sentiment),
            sentiment_word(line.sentiment),
            gap_text(line.gap),
            _gap_token(gap),
            words.money(line.arr.minor, line.arr.currency) if line.arr else tr(words.UNKNOWN),
            words.day(line.decision_on, self.as_of) if line.decision_on else "",
            words.days_left(line.decision_on, self.as_of),
            words.days_left_colour(line.decision_on, self.as_of),
            "" if line.year is None else str(line.year),
            "" if days is None else tr("{0}d").format(words.number(days)),
            days is not None and 0 < cadence < days,
            days,
            cadence,
            tuple(_SEATS[letter] for letter in line.roles),
            veil.note(line.next_step),
            line,
            self.as_of,
            self.settings.hours_per,
            is_held_below(line.score, line.band, self.settings.cuts),
        )


def group_row(group: Group, totals: Totals, *, unit: str, is_open: bool) -> GroupRow:
    """Return a group's heading with its sums; hours are said a `unit`."""
    parts = [words.plural(totals.accounts, "account")]
    if totals.arr:
        parts.append(worth_text(totals.worth, ""))
    spent = hours(totals.hours_spent, unit).removesuffix(" h")
    if not totals.hours_promised:
        parts.append(tr("no hours promised"))
    else:
        parts.append(
            tr("{0} h a {1} spent of {2} promised").format(
                spent, unit_word(unit), hours(totals.hours_promised, unit)
            )
        )
    return GroupRow(group, group.title, "  ·  ".join(parts), is_open)


def spoken(row: BookRow, column: int) -> str:
    """One cell in words, for screen readers."""
    said = _SPOKEN.get(column)
    if said is None:
        return more_cells.said(row.line, column, today=row.today, unit=row.unit)
    return said(row)


def full(row: BookRow, column: int) -> str:
    """What a tooltip adds to a cell: the whole value, or why it is so; empty for nothing more."""
    line = row.line
    if column == Col.ACCOUNT:
        critical = "life-critical" if row.is_critical else ""
        return ", ".join(t for t in (line.name, line.sector, critical) if t)
    if column == Col.TIER:
        return line.tier_reason
    if column == Col.HEALTH:
        known = tr("{0}% of the evidence is known and fresh").format(line.coverage)
        return f"{_health(row)}. {line.band_reason}. {known}.".replace(". .", ".").replace(
            "..", "."
        )
    if column == Col.ARR:
        return (
            words.money_full(line.arr.minor, line.arr.currency) if line.arr else tr("ARR unknown")
        )
    if column == Col.STEP:
        due = (
            tr(", due {0}").format(words.day(line.next_step_due, date.max))
            if line.next_step_due
            else ""
        )
        return f"{veil.note(line.next_step)}{due}" if line.next_step else ""
    return spoken(row, column)


@speaking("en")
def plain(row: BookRow, column: int) -> str:
    """One cell as text to copy or export: whole amounts, ISO dates, a plain minus, and words that
    are the same whatever the window speaks.
    """
    line = row.line
    values: dict[int, object] = {
        Col.ACCOUNT: line.name,
        Col.TIER: line.tier.value.capitalize() if line.tier else "",
        Col.HEALTH: line.score,
        Col.CHANGE: line.change_90d,
        Col.SPARK: " ".join("?" if v is None else str(v) for v in line.spark),
        Col.SENTIMENT: line.sentiment.word if line.sentiment else "",
        Col.GAP: line.gap,
        Col.ARR: _decimal(line),
        Col.RENEWAL: line.decision_on,
        Col.YEAR: line.year,
        Col.TOUCH: line.last_touch,
        Col.COVERAGE: _coverage(row),
        Col.STEP: line.next_step,
    }
    value = values[column] if column in values else more_cells.copied(line, column)
    return "" if value is None else str(value)


def _decimal(line: Overview) -> str:
    if line.arr is None:
        return ""
    places = minor_digits(line.arr.currency)
    return f"{Decimal(line.arr.minor).scaleb(-places):.{places}f}"


def _rule(line: Overview) -> str:
    if line.rule_tier is None or line.rule_tier is line.tier or line.tier is None:
        return ""
    arrow = "↑" if _RANKS[line.rule_tier] > _RANKS[line.tier] else "↓"
    return arrow + TIER_LETTERS[line.rule_tier]


def _signed_token(value: int | None) -> str:
    if not value:
        return "text3"
    return "risk-ink" if value < 0 else "good-ink"


def _gap_token(gap: int) -> str:
    if veil.is_on():
        return "text3"
    return "risk-ink" if gap >= YEAH_BUT_GAP else "good-ink" if gap <= -YEAH_BUT_GAP else "text3"


def _health(row: BookRow) -> str:
    if not row.score:
        return tr("Health unknown")
    held = tr("Health {0}, held down: {1}") if row.is_held else tr("Health {0}, {1}")
    return held.format(row.score, BAND_WORDS[row.band])


def _tier(row: BookRow) -> str:
    if not row.tier:
        return tr("Not placed in a tier")
    rule = row.line.rule_tier
    said = tr("Tier {0}").format(row.line.tier)
    return tr("{0}, the rule says {1}").format(said, rule) if row.rule else said


def _change(row: BookRow) -> str:
    value = row.line.change_90d
    if value is None:
        return tr("Change of health unknown")
    way = "up" if value > 0 else "down"
    return (
        tr("Health {0} {1} in 90 days").format(way, abs(value))
        if value
        else tr("Health unchanged in 90 days")
    )


def _spark_of(line: Overview, settings: BookSettings) -> Spark:
    shown = () if veil.is_on() else line.spark
    return Spark(shown, line.band.value, settings.good_from)


def _spark(row: BookRow) -> str:
    if veil.is_on():
        return veil.cover_words()
    known = [v for v in row.line.spark if v is not None]
    if not known:
        return tr("No health known over 13 months")
    return tr("Health over 13 months, from {0} to {1}").format(known[0], known[-1])


def _gap(row: BookRow) -> str:
    return tr("Gap {0}").format(row.gap) if row.gap else tr("Gap unknown")


def _renewal(row: BookRow) -> str:
    if row.line.decision_on is None:
        return tr("Renewal unknown")
    days = int(row.left.removesuffix("d").replace(words.MINUS, "-").replace(",", ""))
    when = (
        tr("in {0}").format(words.plural(days, "day"))
        if days >= 0
        else tr("{0} ago").format(words.plural(-days, "day"))
    )
    return tr("Renewal {0}, {1}").format(row.renewal, when)


def _touch(row: BookRow) -> str:
    if row.touch_days is None:
        return tr("Last touch unknown")
    late = ", overdue" if row.is_late else ""
    rhythm = tr(", every {0}").format(words.plural(row.cadence, "day")) if row.cadence else ""
    return tr("Last touch {0} ago{1}{2}").format(words.plural(row.touch_days, "day"), late, rhythm)


def _coverage(row: BookRow) -> str:
    letters = zip(ROLE_TITLES, row.line.roles, strict=False)
    return ", ".join(f"{role} {_SEAT_WORDS[letter]}" for role, letter in letters)


_SPOKEN: dict[int, Callable[[BookRow], str]] = {
    Col.CHECK: lambda row: row.name,
    Col.ACCOUNT: lambda row: full(row, Col.ACCOUNT),
    Col.TIER: _tier,
    Col.HEALTH: _health,
    Col.CHANGE: _change,
    Col.SPARK: _spark,
    Col.SENTIMENT: lambda row: tr("Sentiment {0}").format(row.feeling.lower() or tr(words.UNKNOWN)),
    Col.GAP: _gap,
    Col.ARR: lambda row: tr("ARR {0}").format(row.arr),
    Col.RENEWAL: _renewal,
    Col.YEAR: lambda row: tr("Contract year {0}").format(row.year or tr(words.UNKNOWN)),
    Col.TOUCH: _touch,
    Col.COVERAGE: lambda row: tr("Coverage: {0}").format(_coverage(row)),
    Col.STEP: lambda row: tr("Next step: {0}").format(row.step or tr("none")),
}
