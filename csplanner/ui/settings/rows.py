"""The settings of a book as entries of text: what is shown, and what is read back."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from csplanner.book.check import Finding
from csplanner.domain.account import Tier
from csplanner.domain.settings import BookSettings
from csplanner.domain.wording import tier_word
from csplanner.errors import UserError
from csplanner.language import noted, tr
from csplanner.ui.actions.typed import (
    read_thousandths,
    read_whole,
    required,
    thousandths_shown,
)
from csplanner.ui.widgets.format import number, plural

PARTS = {"week": 13, "month": 3, "quarter": 1}
"""How many of each unit a quarter has."""

_MOST_HOURS = 2_000_000
_MOST_DAYS = 1_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One setting: its key and caption, its text now, and the settings that a text makes.

    `change` raises UserError when the text cannot be read. `label` is the step in the history.
    """

    key: str
    caption: str
    label: str
    text: Callable[[BookSettings], str]
    change: Callable[[BookSettings, str], BookSettings]


def entries() -> dict[str, Entry]:
    """Every setting that is typed, by key."""
    found = [*_names(), *_bands(), _available()]
    for tier in Tier:
        found += [_hours(tier), _cadence(tier)]
    return {entry.key: entry for entry in found}


def with_month(settings: BookSettings, number: str) -> BookSettings:
    """The settings with another first month of the fiscal year, `1` to `12`."""
    return replace(settings, fiscal_start_month=int(number))


def with_unit(settings: BookSettings, unit: str) -> BookSettings:
    """The settings with hours shown per `week`, `month` or `quarter`."""
    return replace(settings, hours_per=unit)


def finding_text(finding: Finding) -> str:
    """What a rule found, with its count: `3 people who report to themselves`."""
    return f"{number(finding.count)} {finding.words}"


def mending_text(findings: list[Finding]) -> str:
    """What mending will do, before it is done."""
    steps = list(dict.fromkeys(f.fix for f in findings if f.fix))
    return " ".join(
        [*steps, "A backup is made first. It is one step in the history, which undo takes back."]
    )


def mended_text(findings: list[Finding]) -> str:
    """What a repair mended, in words."""
    rows = sum(f.count for f in findings)
    return (
        tr("Mended {0}").format(plural(rows, "row"))
        if findings
        else tr("There was nothing to mend")
    )


def _names() -> list[Entry]:
    return [
        Entry(
            "name",
            tr("Name of the book"),
            noted("Rename the book"),
            lambda s: s.name,
            lambda s, text: replace(s, name=required(text, "A book needs a name. Type one.")),
        ),
        Entry(
            "csm",
            tr("Your name"),
            noted("Change your name"),
            lambda s: s.csm,
            lambda s, text: replace(s, csm=text.strip()),
        ),
        Entry(
            "currency",
            tr("Currency"),
            noted("Change the currency"),
            lambda s: s.currency,
            lambda s, text: replace(s, currency=_currency(text)),
        ),
    ]


def _currency(text: str) -> str:
    code = text.strip().upper()
    if not re.fullmatch("[A-Z]{3}", code):
        raise UserError(tr("Type the three letters of the currency, such as USD or EUR."))
    return code


def _bands() -> list[Entry]:
    return [
        Entry(
            "watch_from",
            tr("Watch from"),
            noted("Change the cut of watch"),
            lambda s: str(s.watch_from),
            lambda s, text: _cuts(
                s, watch=read_whole(text, least=1, most=98, what=tr("the score"))
            ),
        ),
        Entry(
            "good_from",
            tr("Good from"),
            noted("Change the cut of good"),
            lambda s: str(s.good_from),
            lambda s, text: _cuts(s, good=read_whole(text, least=2, most=99, what=tr("the score"))),
        ),
    ]


def _cuts(settings: BookSettings, *, watch: int = 0, good: int = 0) -> BookSettings:
    low, high = watch or settings.watch_from, good or settings.good_from
    if low >= high:
        raise UserError(
            tr("Watch ({0}) must begin below good ({1}). Change the other one first.").format(
                low, high
            )
        )
    return replace(settings, watch_from=low, good_from=high)


def _available() -> Entry:
    return Entry(
        "available",
        tr("Hours you have"),
        noted("Change the hours available"),
        lambda s: _shown(s.available_a_quarter, s),
        lambda s, text: replace(s, available_a_quarter=_read_hours(text, s)),
    )


def _hours(tier: Tier) -> Entry:
    word = tier_word(tier)

    def change(settings: BookSettings, text: str) -> BookSettings:
        hours = settings.hours_a_quarter | {tier: _read_hours(text, settings)}
        return replace(settings, hours_a_quarter=hours)

    return Entry(
        f"hours.{tier.value}",
        tr("{0}: hours promised").format(word),
        tr("Change the hours of {0} touch").format(word.lower()),
        lambda s: _shown(s.hours_a_quarter[tier], s),
        change,
    )


def _cadence(tier: Tier) -> Entry:
    word = tier_word(tier)

    def change(settings: BookSettings, text: str) -> BookSettings:
        days = read_whole(text, least=1, most=_MOST_DAYS, what=tr("the days"))
        return replace(settings, overdue_days=settings.overdue_days | {tier: days})

    return Entry(
        f"days.{tier.value}",
        tr("{0}: days until a touch is overdue").format(word),
        tr("Change the cadence of {0} touch").format(word.lower()),
        lambda s: str(s.overdue_days[tier]),
        change,
    )


def _shown(thousandths: int, settings: BookSettings) -> str:
    return thousandths_shown(10 * round(thousandths / PARTS[settings.hours_per] / 10))


def _read_hours(text: str, settings: BookSettings) -> int:
    value = read_thousandths(text)
    if value is None or value < 0:
        raise UserError(tr("Type the hours as a number, such as 9 or 1.5."))
    hours = value * PARTS[settings.hours_per]
    if hours > _MOST_HOURS:
        raise UserError(tr("That is more than 2,000 hours a quarter. Type fewer."))
    return hours
