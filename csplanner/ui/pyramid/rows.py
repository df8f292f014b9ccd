"""What the pyramid shows of the book as ready strings: tiers, tokens, hours and the shelf."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from csplanner.book.overview import Totals
from csplanner.domain.account import Tier
from csplanner.domain.overview import Overview
from csplanner.domain.settings import BookSettings
from csplanner.domain.wording import number_text, tier_word
from csplanner.language import tr
from csplanner.paint.marks import mark_words
from csplanner.paint.pyramid import Token
from csplanner.paint.pyramid_hours import BookHours, Stretch, TierFigures
from csplanner.ui.widgets.format import plural
from csplanner.ui.words import TIER_TITLES, amounts

UNITS = {"week": 13, "month": 3, "quarter": 1}
"""How many of the unit shown make a quarter."""
TOKENS_SHOWN = 60
"""Above this many accounts a tier shows its largest ones and says how many more there are."""
FIRST_TOKENS = 11
_MINOR_WORDS = frozenset({"the", "a", "an", "st", "dr"})
_SHORT = 14


@dataclass(frozen=True, slots=True)
class Hours:
    """Writes hours, kept in thousandths a quarter, in the unit of the book."""

    unit: str = "quarter"

    def value(self, thousandths: int) -> float:
        """Hours in the unit."""
        return thousandths / 1000 / UNITS[self.unit]

    def text(self, thousandths: int) -> str:
        """`54 h`, `2.5 h`: one decimal below a hundred where it matters."""
        hours = self.value(thousandths)
        return f"{number_text(hours, 1 if abs(hours) < 100 else 0)} h"

    def whole(self, thousandths: int) -> str:
        """`54 h`, `3.8 h`: no decimal from ten on."""
        hours = self.value(thousandths)
        return f"{number_text(hours, 1 if abs(hours) < 10 else 0)} h"

    def change(self, thousandths: int) -> str:
        """`+2.5 h`, `−1.2 h`, `0 h`."""
        text = self.text(thousandths)
        return f"+{text}" if thousandths > 0 and not text.startswith("0 ") else text


def tier_title(tier: Tier | None) -> str:
    """`High touch`, or `Not placed`."""
    return tr("Digital touch") if tier is Tier.DIGITAL else TIER_TITLES[tier]


def letter_of(tier: Tier) -> str:
    """H, M, L or D."""
    return tier.value[0].upper()


def short_names(names: Sequence[str]) -> list[str]:
    """The first word of each name that tells it from the others; the whole name where none does."""
    firsts = [_first_word(name) for name in names]
    seen: dict[str, int] = {}
    for first in firsts:
        seen[first] = seen.get(first, 0) + 1
    return [first if seen[first] == 1 else name for first, name in zip(firsts, names, strict=True)]


def _first_word(name: str) -> str:
    parts = name.split()
    while len(parts) > 1 and parts[0].casefold().strip(".") in _MINOR_WORDS:
        parts.pop(0)
    word = parts[0].rstrip(",;:") if parts else name
    if len(word) <= 3 and len(parts) > 1:
        word = f"{word} {parts[1]}"
    return word if len(word) <= _SHORT else f"{word[: _SHORT - 1]}…"


def first_of(count: int) -> int:
    """How many tokens of a tier of `count` accounts are shown."""
    return count if count <= TOKENS_SHOWN else FIRST_TOKENS


def token_of(line: Overview, short: str, *, planned: bool = False) -> Token:
    """An account as a token; `planned` while it stands there only in a what-if."""
    score = tr("score unknown") if line.score is None else tr("score {0}").format(line.score)
    band = mark_words(line.band.value)
    spoken = f"{line.name}, {tier_title(line.tier)}, {score}, {band}"
    if line.is_override and line.rule_tier is not None:
        spoken = tr("{0}; the rule says {1}").format(spoken, line.rule_tier.value)
    return Token(line.account_id, short, line.band.value, spoken, planned=planned)


def figures(totals: Totals, hours: Hours, *, planned: int | None = None) -> TierFigures:
    """What stands beside a tier; `planned` are the hours promised in a what-if."""
    return TierFigures(
        count=plural(totals.accounts, "account"),
        arr=arr_text(totals),
        promised=hours.value(totals.hours_promised),
        spent=hours.value(totals.hours_spent),
        planned=None if planned is None else hours.value(planned),
        promised_text=hours.whole(totals.hours_promised),
        spent_text=hours.whole(totals.hours_spent),
    )


def arr_text(totals: Totals) -> str:
    """`$1.91M ARR`, what has no rate beside it, or `ARR unknown`."""
    if not totals.arr:
        return tr("ARR unknown") if totals.accounts else ""
    worth = totals.worth
    return tr("{0} ARR").format(amounts((*worth.whole, *worth.apart)))


def book_hours(
    by_tier: Mapping[Tier | None, Totals], settings: BookSettings, *, planned: int | None = None
) -> BookHours:
    """The bar of the whole book: promised by tier, spent, and what there is to give."""
    hours = Hours(settings.hours_per)
    promised = sum(t.hours_promised for t in by_tier.values())
    spent = sum(t.hours_spent for t in by_tier.values())
    left = settings.available_a_quarter - promised
    word = (
        tr("{0} free").format(hours.whole(left))
        if left >= 0
        else tr("{0} short").format(hours.whole(-left))
    )
    stretches = tuple(
        Stretch(
            letter_of(tier),
            hours.value(by_tier[tier].hours_promised),
            f"{tier_word(tier)} {_bare(hours.whole(by_tier[tier].hours_promised))}",
        )
        for tier in Tier
        if tier in by_tier
    )
    return BookHours(
        stretches,
        spent=hours.value(spent),
        available=hours.value(settings.available_a_quarter),
        planned=None if planned is None else hours.value(planned),
        promised_text=tr("{0} promised").format(hours.whole(promised)),
        spent_text=tr("{0} spent").format(hours.whole(spent)),
        available_text=tr("{0} available, {1}").format(
            hours.whole(settings.available_a_quarter), word
        ),
        is_short=left < 0,
    )


def _bare(text: str) -> str:
    return text.removesuffix(" h")


def differ_text(placed: int, differ: int) -> str:
    """`8 of 41 placements differ from the rule`."""
    if not placed:
        return tr("Nothing is placed yet")
    share = tr("{0} of {1} {2}").format(
        number_text(differ), number_text(placed), tr("differs") if differ == 1 else tr("differ")
    )
    is_many = placed >= 8 and differ * 4 > placed
    return (
        tr("{0}: look at the rule").format(share)
        if is_many
        else tr("{0} from the rule").format(share)
    )


def shelf_text(count: int) -> str:
    """Why accounts are not placed and what to do."""
    who = tr("1 account is") if count == 1 else tr("{0} accounts are").format(number_text(count))
    return tr(
        "{0} not placed: nobody said yet how equipped they are or what they could become."
    ).format(who)


@dataclass(frozen=True, slots=True)
class TierContent:
    """What one tier, or the shelf (tier None), holds in the scene."""

    tier: Tier | None
    tokens: tuple[Token, ...] = ()
    more: int = 0
    """Accounts beyond the tokens shown."""
    figures: TierFigures | None = None
    count: int = 0

    @property
    def title(self) -> str:
        """`High touch`, `Not placed`."""
        return tier_title(self.tier)
