"""Whether the pyramid fits the hours: promised, spent and available a quarter (methods §4.5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from csplanner.domain.account import Stage, Tier
from csplanner.domain.account_file import AccountFile
from csplanner.domain.index import FileIndex
from csplanner.domain.overview import Overview
from csplanner.domain.reading import Band
from csplanner.domain.settings import BookSettings
from csplanner.domain.stage import stage_of
from csplanner.language import tr

QUARTER_DAYS = 91
ONBOARDING_ADDER = 9000
ESCALATION_ADDER = 4000
AT_RISK_ADDER = 4000
RENEWAL_ADDER = {Tier.HIGH: 12000, Tier.MEDIUM: 6000, Tier.LOW: 2000, Tier.DIGITAL: 300}
AMBER_LOAD, RED_LOAD = 1.10, 1.30


@dataclass(frozen=True, slots=True)
class Adder:
    """Hours beyond the tier's, in thousandths, and what they are for."""

    hours: int
    reason: str


@dataclass(frozen=True, slots=True)
class TierLoad:
    """One tier's accounts and hours, in thousandths a quarter."""

    accounts: int
    promised: int
    spent: int


@dataclass(frozen=True, slots=True)
class Load:
    """The whole book's hours a quarter, in thousandths; `share` 1.0 means exactly full."""

    promised: int
    available: int
    spent: int
    by_tier: dict[Tier, TierLoad]

    @property
    def share(self) -> float | None:
        """Promised over available, None without any hours to give."""
        return self.promised / self.available if self.available else None

    @property
    def band(self) -> Band:
        """Watch above 110 %, risk above 130 %."""
        if self.share is None:
            return Band.NONE
        if self.share > RED_LOAD:
            return Band.RISK
        return Band.WATCH if self.share > AMBER_LOAD else Band.GOOD


def supply(weekly_hours: float, *, utilisation: float = 0.75, admin_share: float = 0.15) -> float:
    """Hours a quarter that reach customers: 40 h a week give 331.5."""
    return weekly_hours * 13 * utilisation * (1 - admin_share)


def adders(index: FileIndex, tier: Tier, band: Band) -> tuple[Adder, ...]:
    """What this quarter asks beyond the tier's hours."""
    found = []
    since = index.file.account.customer_since.value
    is_new = since is not None and 0 <= index.days_since(since) <= QUARTER_DAYS
    if is_new and stage_of(index).stage is Stage.ONBOARDING:
        found.append(Adder(ONBOARDING_ADDER, "onboarding"))
    days = index.days_to_decision
    if days is not None and 0 <= days <= QUARTER_DAYS:
        found.append(Adder(RENEWAL_ADDER[tier], tr("renewal this quarter")))
    if any(c.escalated for c in index.open_cases):
        found.append(Adder(ESCALATION_ADDER, tr("open escalation")))
    if band is Band.RISK:
        found.append(Adder(AT_RISK_ADDER, tr("health at risk")))
    return tuple(found)


def promised(index: FileIndex, tier: Tier | None, settings: BookSettings, band: Band) -> int:
    """Hours this quarter in thousandths: the tier's and the adders; 0 when not placed."""
    if tier is None:
        return 0
    return settings.hours_a_quarter[tier] + sum(a.hours for a in adders(index, tier, band))


def hours_promised(
    tier: Tier | None,
    file: AccountFile,
    *,
    settings: BookSettings,
    as_of: date,
    band: Band = Band.NONE,
) -> int:
    """The same, straight from a file."""
    return promised(FileIndex(file, as_of), tier, settings, band)


def hours_spent(index: FileIndex, days: int = QUARTER_DAYS, *, until_days_ago: int = 0) -> int:
    """Thousandths of an hour logged in the `days` before `until_days_ago` days ago."""
    minutes = 0
    for touch in reversed(index.touches):
        age = index.days_since(touch.on)
        if age >= days + until_days_ago:
            break
        if age >= until_days_ago and touch.minutes:
            minutes += touch.minutes
    return round(minutes * 1000 / 60)


def load(overviews: Iterable[Overview], settings: BookSettings) -> Load:
    """Promised, spent and available hours of the book; accounts not placed promise nothing."""
    counts: dict[Tier, list[int]] = {tier: [0, 0, 0] for tier in Tier}
    spent = 0
    for row in overviews:
        spent += row.hours_spent
        if row.tier is not None:
            cell = counts[row.tier]
            cell[0] += 1
            cell[1] += row.hours_promised
            cell[2] += row.hours_spent
    by_tier = {tier: TierLoad(*cell) for tier, cell in counts.items()}
    total = sum(t.promised for t in by_tier.values())
    return Load(total, settings.available_a_quarter, spent, by_tier)


def moves_to_fit(
    overviews: Iterable[Overview], settings: BookSettings, as_of: date
) -> list[tuple[Overview, Tier]]:
    """Accounts to move one tier down until the load is under 100 %, smallest margin first.

    None within 90 days of its decision, none at risk, none into Digital.
    """
    rows = list(overviews)
    over = sum(r.hours_promised for r in rows if r.tier) - settings.available_a_quarter
    down = {Tier.HIGH: Tier.MEDIUM, Tier.MEDIUM: Tier.LOW}
    free = [r for r in rows if r.tier in down and _may_move(r, as_of)]
    moves = []
    for row in sorted(free, key=lambda r: (_margin(r, settings), r.account_id)):
        if over <= 0 or row.tier is None:
            break
        lower = down[row.tier]
        moves.append((row, lower))
        over -= settings.hours_a_quarter[row.tier] - settings.hours_a_quarter[lower]
    return moves


def _may_move(row: Overview, as_of: date) -> bool:
    near = row.decision_on is not None and (row.decision_on - as_of).days <= 90
    return not near and row.band is not Band.RISK and (row.criticality or 0) < 2


def _margin(row: Overview, settings: BookSettings) -> int:
    """Points of potential above the nearest cut below: what keeps it in its tier."""
    if row.potential is None:
        return 101
    below = [cut for cut in settings.potential_cuts if cut <= row.potential]
    return row.potential - max(below) if below else 100


def promised_after(row: Overview, tier: Tier, settings: BookSettings, as_of: date) -> int:
    """Hours a quarter, in thousandths, once the account is placed in `tier`.

    What onboarding and an escalation add stays as it is for a placed account.
    """
    days = (row.decision_on - as_of).days if row.decision_on else None
    is_renewing = days is not None and 0 <= days <= QUARTER_DAYS

    def base(of: Tier) -> int:
        return settings.hours_a_quarter[of] + (RENEWAL_ADDER[of] if is_renewing else 0)

    if row.tier is None:
        return base(tier) + (AT_RISK_ADDER if row.band is Band.RISK else 0)
    return row.hours_promised - base(row.tier) + base(tier)
