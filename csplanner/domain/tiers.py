"""Who belongs where in the touch pyramid: a grid of two axes, then visible floors (methods §4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from csplanner.domain.account import Stage, Tier
from csplanner.domain.account_file import AccountFile
from csplanner.domain.context import BookContext
from csplanner.domain.index import FileIndex
from csplanner.domain.measurement import Measurement
from csplanner.domain.measures import EQUIPPED_ITEMS, POTENTIAL_ITEMS, SELF_SERVICE_PROOF
from csplanner.domain.overview import Overview
from csplanner.domain.placement import Placement
from csplanner.domain.settings import BookSettings
from csplanner.domain.stage import stage_of
from csplanner.domain.value import UNKNOWN, Fact
from csplanner.domain.wording import day_text, list_text, tier_word
from csplanner.language import noted, tr

MIN_EQUIPPED, MIN_POTENTIAL = 4, 3
LIFE_CRITICAL = 3
"""From this criticality on an account is never left to digital touch."""
ASSESSED_DAYS = 180
"""How long an assessment of how equipped they are lets an account be Digital."""
_ORDER = (Tier.DIGITAL, Tier.LOW, Tier.MEDIUM, Tier.HIGH)
_GRID = (
    (Tier.LOW, Tier.LOW, Tier.DIGITAL),
    (Tier.MEDIUM, Tier.MEDIUM, Tier.LOW),
    (Tier.HIGH, Tier.HIGH, Tier.MEDIUM),
)
_CRITICAL = (
    noted("convenience"),
    noted("important"),
    noted("business-critical"),
    noted("mission-critical"),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rule looks at. None means unknown; both scores run from 0 to 100."""

    equipped: int | None
    potential: int | None
    criticality: int | None = None
    top_arr: bool = False
    before_first_value: bool = False
    assessed_days: int | None = None
    """Days since how equipped they are was last assessed."""
    proved: bool = False
    """They completed a task without help, and it was written down."""


@dataclass(frozen=True, slots=True)
class Placed:
    """The rule's tier (None is Not placed), one sentence, and each floor that raised it."""

    tier: Tier | None
    reason: str
    floors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """The tier in force beside the rule's."""

    tier: Tier | None
    rule: Tier | None
    is_override: bool
    sentence: str
    """Why the rule says what it says."""
    review_on: date | None = None
    reason: str = ""
    """The CSM's own words for placing it elsewhere."""
    floors: tuple[str, ...] = ()


def higher(one: Tier, other: Tier) -> Tier:
    """The one of two tiers with more touch."""
    return max(one, other, key=_ORDER.index)


def is_higher(one: Tier, other: Tier) -> bool:
    """Whether `one` has more touch than `other`."""
    return _ORDER.index(one) > _ORDER.index(other)


def equipped(file: AccountFile, as_of: date) -> Fact[int]:
    """0 to 100: how able they are to run without us; unknown below four of seven answers."""
    return _mean_of(_answers(FileIndex(file, as_of), EQUIPPED_ITEMS), MIN_EQUIPPED)


def potential(file: AccountFile, as_of: date) -> Fact[int]:
    """0 to 100: what they could become; unknown below three of five answers."""
    return _mean_of(_answers(FileIndex(file, as_of), POTENTIAL_ITEMS), MIN_POTENTIAL)


def _answers(index: FileIndex, items: Iterable[str]) -> list[Measurement]:
    """The newest known answer to each of the questions that has one."""
    measured = index.measured
    return [m for item in items if item in measured and (m := index.newest(item)) is not None]


def _mean_of(answers: list[Measurement], needed: int) -> Fact[int]:
    known = [m.value.value for m in answers if m.value.value is not None]
    if len(known) < needed:
        return UNKNOWN
    return Fact(min(100, max(0, int(sum(known) / len(known) * 25 / 1000 + 0.5))))


def standing_of(index: FileIndex, context: BookContext, stage: Stage) -> Standing:
    """What the rule needs, read from an account's records."""
    able = _answers(index, EQUIPPED_ITEMS)
    proof = index.newest(SELF_SERVICE_PROOF)
    arr = index.arr
    cut = None if arr is None else context.arr_top_cut.get(arr.currency)
    return Standing(
        equipped=_mean_of(able, MIN_EQUIPPED).value,
        potential=_mean_of(_answers(index, POTENTIAL_ITEMS), MIN_POTENTIAL).value,
        criticality=index.file.account.criticality.value,
        top_arr=arr is not None and cut is not None and 0 < cut <= arr.minor,
        before_first_value=stage is Stage.ONBOARDING,
        assessed_days=index.days_since(max(m.as_of for m in able)) if able else None,
        proved=proof is not None and bool(proof.value.value),
    )


def place(standing: Standing, settings: BookSettings) -> Placed:
    """The tier the rule gives: grid of potential × equipped, then floors that only raise it."""
    if standing.equipped is None or standing.potential is None:
        return Placed(None, _unplaced(standing))
    able = _level(standing.equipped, settings.equipped_cuts)
    room = _level(standing.potential, settings.potential_cuts)
    tier = _GRID[room][able]
    words = tr("potential {0} ({1}), {2} equipped ({3})").format(
        (tr("low"), tr("middling"), tr("high"))[room],
        standing.potential,
        (tr("poorly"), tr("partly"), tr("well"))[able],
        standing.equipped,
    )
    raised, met = [], []
    for floor, name in _floors(standing, settings):
        if is_higher(floor, tier):
            raised.append(
                tr("{0} raises it from {1} to {2}").format(name, tier_word(tier), tier_word(floor))
            )
            tier = floor
        elif name != tr(_GUARD):
            met.append(tr("{0} already met").format(name))
    tail = "".join([f"; {text}" for text in (raised or met[:1])])
    return Placed(tier, f"{tier_word(tier)} — {words}{tail}.", tuple(raised))


_GUARD = noted("the digital guard")


def _floors(standing: Standing, settings: BookSettings) -> list[tuple[Tier, str]]:
    able = (standing.equipped or 0) >= settings.equipped_cuts[1]
    found = []
    if (standing.criticality or 0) >= 2:
        levels = (Tier.LOW, Tier.MEDIUM) if standing.criticality == 2 else (Tier.MEDIUM, Tier.HIGH)
        name = tr("{0} floor").format(tr(_CRITICAL[min(3, standing.criticality or 0)]))
        found.append((levels[0] if able else levels[1], name))
    if standing.top_arr:
        found.append((Tier.MEDIUM, tr("the floor for your top fifth by ARR")))
    if standing.before_first_value:
        found.append((Tier.LOW, tr("the floor before first value")))
    fresh = standing.assessed_days is not None and standing.assessed_days <= ASSESSED_DAYS
    if not (able and fresh and standing.proved):
        found.append((Tier.LOW, tr(_GUARD)))
    return found


def _unplaced(standing: Standing) -> str:
    missing = []
    if standing.equipped is None:
        missing.append(tr("how equipped they are"))
    if standing.potential is None:
        missing.append(tr("their potential"))
    said = (
        tr("Not placed — {0} are unknown.")
        if len(missing) == 2
        else tr("Not placed — {0} is unknown.")
    )
    return said.format(list_text(missing))


def _level(value: int, cuts: tuple[int, int]) -> int:
    return (value >= cuts[0]) + (value >= cuts[1])


def choose(index: FileIndex, settings: BookSettings, standing: Standing) -> Choice:
    """The tier in force: your newest placement, else the rule's."""
    placed = place(standing, settings)
    newest = _newest_placement(index)
    if newest is None:
        return Choice(placed.tier, placed.tier, False, placed.reason, floors=placed.floors)
    differs = placed.tier is not None and placed.tier is not newest.tier
    sentence = placed.reason
    if differs:
        sentence = tr("You chose {0} on {1}; ").format(
            tier_word(newest.tier), day_text(newest.on, index.as_of)
        )
        sentence += tr("the rule says {0}").format(placed.reason)
    return Choice(
        newest.tier,
        placed.tier,
        differs,
        sentence,
        newest.review_on,
        newest.reason,
        placed.floors,
    )


def chosen(
    file: AccountFile, settings: BookSettings, as_of: date, context: BookContext | None = None
) -> Choice:
    """The same, straight from a file."""
    index = FileIndex(file, as_of)
    standing = standing_of(index, context or BookContext(), stage_of(index).stage)
    return choose(index, settings, standing)


def _newest_placement(index: FileIndex) -> Placement | None:
    return next((p for p in reversed(index.file.placements) if p.on <= index.as_of), None)


def refusal(line: Overview, tier: Tier) -> str:
    """Why an account cannot go to a tier, in a sentence; empty when it can."""
    if tier is not Tier.DIGITAL:
        return ""
    if line.criticality is not None and line.criticality >= LIFE_CRITICAL:
        return tr(
            "{0} cannot go to digital touch: lives or the whole operation depend on it. "
            "Choose low touch or more."
        ).format(line.name)
    if line.equipped is None or line.potential is None:
        return tr(
            "{0} cannot go to digital touch while nobody knows how equipped they are. "
            "Answer the questions first, or choose low touch or more."
        ).format(line.name)
    return ""
