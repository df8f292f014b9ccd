"""What is typed into a cell of the Book, read as a value; what cannot be read gets one sentence."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, TypeVar

from csplanner.domain.account import Tier
from csplanner.domain.divergence import gap_points
from csplanner.domain.money import Money
from csplanner.domain.overview import Overview
from csplanner.domain.period import add_months
from csplanner.domain.sentiment import Sentiment
from csplanner.domain.tag import in_order, tag_word
from csplanner.domain.wording import one_line, tier_word
from csplanner.errors import UserError
from csplanner.language import Spoken, noted, tr
from csplanner.ui.actions.typed import money_typed, read_day, read_money
from csplanner.ui.book.columns import Col
from csplanner.ui.book.more_cells import CRITICALITY

T = TypeVar("T")
LONGEST = 2000
_SPLIT = re.compile(r"\s*(?:[,:;]|\s[–—-]\s|\bbecause\b)\s*", re.IGNORECASE)
_SPAN = re.compile(r"(?:in\s+)?(\d{1,4})\s*(d|days?|w|weeks?|months?|y|years?)", re.IGNORECASE)
_HAS_YEAR = re.compile(r"\d{4}|[’']\s?\d\d|\d[./-]\d{1,2}[./-]\d\d|^[a-z+−-]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a cell needs to know of the book: the day, and its currency."""

    today: date
    currency: str
    """Of an amount without a sign or code of its own; empty writes the code beside each amount."""

    def of(self, line: Overview) -> "Reading":
        """The same for one account: its amounts are in the currency it has already."""
        return self if line.arr is None else replace(self, currency=line.arr.currency)


@dataclass(frozen=True, slots=True)
class Choice:
    """A tier typed in, with the reason typed beside it."""

    tier: Tier
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Feeling:
    """A sentiment typed in, with why when it was said."""

    sentiment: Sentiment
    because: str = ""


@dataclass(frozen=True, slots=True)
class CellField:
    """One kind of cell that can be changed.

    `read` turns a typed text into the value, raising UserError with what to type instead; `text`
    is what the editor begins with and what is copied; `show` is the line as it will look.
    """

    read: Callable[[str, Reading], Any]
    text: Callable[[Overview, Reading], str]
    show: Callable[[Overview, Any], Overview]
    is_clearable: bool = True


# Reading


def read_tier(text: str, _: Reading) -> Choice:
    """`h`, `High` or `high: the board asked`; raises UserError for what is no tier."""
    words, reason = _two_parts(text)
    return Choice(
        _one_of(words, [(t, (t.value, tier_word(t), tr("{0} touch").format(
            t.value
        ))) for t in Tier],
                tr("“{0}” is no tier. Type h, m, l or d, and a reason after a comma.")),
        reason,
    )  # fmt: skip


def read_feeling(text: str, _: Reading) -> Feeling:
    """`2`, `uneasy` or `uneasy, new COO`; raises UserError for what is no sentiment."""
    words, because = _two_parts(text)
    choices = [(s, (str(int(s)), s.name, s.word)) for s in Sentiment]
    sentence = tr("“{0}” is no sentiment. Type 1 for alarmed to 5 for confident, or the word.")
    return Feeling(_one_of(words, choices, sentence), because)


def read_criticality(text: str, _: Reading) -> int | None:
    """`2` or `business-critical`; None for an empty cell."""
    if not text.strip():
        return None
    choices = [(at, (str(at), word, tr(word))) for at, word in enumerate(CRITICALITY)]
    sentence = tr("“{0}” is no criticality. Type 0 for convenience to 3 for mission-critical.")
    return _one_of(one_line(text), choices, sentence)


def read_coming(text: str, reading: Reading) -> date | None:
    """A day as `read_day` reads it, also `in 90 days`; without a year it is the next such day."""
    words = one_line(text)
    today = reading.today
    if match := _SPAN.fullmatch(words):
        count, unit = int(match[1]), match[2][0].casefold()
        if unit in "my":
            return add_months(today, min(count * (12 if unit == "y" else 1), 1200))
        return today + timedelta(days=count * (7 if unit == "w" else 1))
    day = read_day(words, today)
    if day is None or day >= today or _HAS_YEAR.search(words):
        return day
    return read_day(f"{day.day}/{day.month}/{day.year + 1}", today)


def read_renewal(text: str, reading: Reading) -> date:
    """The day of the renewal; raises UserError for an empty cell."""
    day = read_coming(text, reading)
    if day is None:
        raise UserError(tr("A contract has an end. Type a day like 30 Jun, or press Escape."))
    return day


def read_name(text: str, _: Reading) -> str:
    """A name on one line; raises UserError when there is none."""
    name = _words(text)
    if not name:
        raise UserError(tr("An account needs a name. Type one, or press Escape."))
    return name


def read_tags(text: str, _: Reading) -> tuple[str, ...]:
    """Words parted by commas, each once, by alphabet."""
    words = {w.casefold(): w for w in (tag_word(p) for p in text.split(",") if p.strip(" #"))}
    return tuple(sorted(words.values(), key=in_order))


def read_arr(text: str, reading: Reading) -> Money | None:
    """`412k`, `€1.2m`; None for an empty cell."""
    return read_money(text, reading.currency)


def _read_text(text: str, _: Reading) -> str:
    return _words(text)


def _words(text: str) -> str:
    words = one_line(text)
    if len(words) > LONGEST:
        raise UserError(tr("That is too long for a cell. Keep it below {0} characters.").format(
            LONGEST
        ))  # fmt: skip
    return words


def _two_parts(text: str) -> tuple[str, str]:
    first, _, rest = (_SPLIT.sub("\0", one_line(text), count=1)).partition("\0")
    return first.strip(), rest.strip()


def _one_of(typed: str, choices: Sequence[tuple[T, tuple[str, ...]]], sentence: str) -> T:
    """The choice whose words are or uniquely begin with what was typed."""
    key = typed.casefold().strip()
    names = [(value, [w.casefold() for w in words]) for value, words in choices]
    exact = [value for value, words in names if key in words]
    found = exact or [v for v, words in names if key and any(w.startswith(key) for w in words)]
    if len(found) != 1:
        raise UserError(sentence.format(typed))
    return found[0]


# The fields


def _plain(name: str) -> CellField:
    return CellField(
        _read_text,
        lambda line, _: getattr(line, name),
        lambda line, value: replace(line, **{name: value}),
    )


def _day_text(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _show_tier(line: Overview, value: Choice) -> Overview:
    if value.tier is line.tier and (not value.reason or value.reason == line.tier_reason):
        return line
    reason = value.reason or line.tier_reason
    other = line.rule_tier is not None and line.rule_tier is not value.tier
    return replace(line, tier=value.tier, tier_reason=reason, is_override=other)


def _show_feeling(line: Overview, value: Feeling) -> Overview:
    return replace(line, sentiment=value.sentiment, gap=gap_points(line.score, value.sentiment))


def _show_step(line: Overview, value: str) -> Overview:
    return replace(line, next_step=value, next_step_due=line.next_step_due if value else None)


FIELDS: dict[int, CellField] = {
    Col.ACCOUNT: CellField(
        read_name, lambda line, _: line.name, lambda x, v: replace(x, name=v), is_clearable=False
    ),
    Col.TIER: CellField(
        read_tier, lambda line, _: tier_word(line.tier) if line.tier else "", _show_tier,
        is_clearable=False,
    ),
    Col.SENTIMENT: CellField(
        read_feeling, lambda line, _: line.sentiment.word if line.sentiment else "",
        _show_feeling, is_clearable=False,
    ),
    Col.ARR: CellField(
        read_arr, lambda line, reading: money_typed(line.arr, reading.currency),
        lambda x, v: replace(x, arr=v),
    ),
    Col.RENEWAL: CellField(
        read_renewal, lambda line, _: _day_text(line.decision_on),
        lambda x, v: replace(x, decision_on=v), is_clearable=False,
    ),
    Col.STEP: CellField(_read_text, lambda line, _: line.next_step, _show_step),
    Col.STEP_DUE: CellField(
        read_coming, lambda line, _: _day_text(line.next_step_due),
        lambda x, v: replace(x, next_step_due=v),
    ),
    Col.SECTOR: _plain("sector"),
    Col.OWNER: _plain("owner"),
    Col.SEGMENT: _plain("segment"),
    Col.COUNTRY: _plain("country"),
    Col.CITY: _plain("city"),
    Col.TAGS: CellField(
        read_tags, lambda line, _: ", ".join(line.tags), lambda x, v: replace(x, tags=v)
    ),
    Col.CRITICALITY: CellField(
        read_criticality,
        lambda line, _: "" if line.criticality is None else tr(CRITICALITY[line.criticality]),
        lambda x, v: replace(x, criticality=v),
    ),
}  # fmt: skip

FIXED: Mapping[int, str] = Spoken(
    {
        Col.CHECK: noted("The box selects the account for the bar below: press Space."),
        Col.HEALTH: noted("Health is computed: press Space to see why."),
        Col.CHANGE: noted("The change is computed from health: press Space to see why."),
        Col.SPARK: noted("The 13 months are computed from health: press Space to see why."),
        Col.GAP: noted("The gap is health minus sentiment: set the sentiment instead."),
        Col.YEAR: noted("The year is counted from the contract terms: change the renewal instead."),
        Col.TOUCH: noted("The last touch comes from the log: press Ctrl L to log one."),
        Col.COVERAGE: noted(
            "Coverage comes from people and touches: press Enter to open the account."
        ),
        Col.TASKS: noted("Open tasks are counted: press Enter to open the account."),
        Col.TASK_DUE: noted(
            "This is the day of the next open task: press Enter to open the account."
        ),
        Col.STAGE: noted(
            "The stage is computed from first value and use: press Space to see more."
        ),
        Col.CASES: noted("Open cases come from the CRM: press Enter to open the account."),
        Col.EQUIPPED: noted("This comes from your answers on how equipped they are: press Enter."),
        Col.POTENTIAL: noted("This comes from your answers on their potential: press Enter."),
        Col.PROMISED: noted("Hours promised follow from the tier: set the tier instead."),
        Col.SPENT: noted("Hours spent are summed from logged touches: press Ctrl L to log one."),
    }
)
