"""The catalogue of measures: what is scored, how, and what the book may hold beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from types import MappingProxyType

from csplanner.domain.account import Stage
from csplanner.domain.aggregate import Anchors, Config, Fading
from csplanner.language import Spoken, noted, tr


class Bucket(IntEnum):
    """The six buckets of the score, in the order they are shown."""

    OUTCOMES = 0
    ADOPTION = 1
    ENGAGEMENT = 2
    RELATIONSHIP = 3
    EXPERIENCE = 4
    COMMERCIAL = 5

    @property
    def key(self) -> str:
        """`outcomes`, `adoption`, …"""
        return self.name.lower()

    @property
    def title(self) -> str:
        """`Outcomes`, `Adoption`, …"""
        return _BUCKETS[self]


_BUCKETS = Spoken(
    {
        Bucket.OUTCOMES: noted("Outcomes"),
        Bucket.ADOPTION: noted("Adoption"),
        Bucket.ENGAGEMENT: noted("Engagement"),
        Bucket.RELATIONSHIP: noted("Relationship"),
        Bucket.EXPERIENCE: noted("Experience"),
        Bucket.COMMERCIAL: noted("Commercial"),
    }
)
USAGE = Fading(14, 30, 90)
PULSE = Fading(30, 30, 90)
RATING = Fading(90, 60, 180)
OBJECTIVE = Fading(45, 60, 180)
COMMERCIAL = Fading(30, 60, 180)
LIVE = Fading(0, 30, 90)
"""Computed on the day itself, so its age is always 0."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A scored measure. `early` holds the goalposts of young customers: (months below, anchors)."""

    id: str
    english: str
    """Its title as it stands in the catalogue of texts; `title` is what is shown."""
    unit: str
    bucket: Bucket
    weight: float
    anchors: Anchors
    fading: Fading
    early: tuple[tuple[int, Anchors], ...] = ()
    kind: str = "objective"
    """objective, customer (voiced) or judged (by the CSM)."""
    time: str = "leading"
    view: str = "internal"
    audience: str = "internal"

    @property
    def title(self) -> str:
        """What it is called."""
        return tr(self.english)

    def anchors_at(self, months: int | None) -> Anchors:
        """The goalposts for a customer of `months` months; unknown age counts as old."""
        for below, anchors in self.early:
            if months is not None and months < below:
                return anchors
        return self.anchors


SCORED: tuple[Measure, ...] = (
    Measure(
        "outcomes.progress", noted("Progress on their objectives"), "%", Bucket.OUTCOMES, 1.0,
        Anchors(0, 40, 75, 100), OBJECTIVE, kind="customer", time="lagging", view="customer",
        audience="customer",
    ),
    Measure(
        "adoption.seats", noted("Seats in use"), "% of seats bought", Bucket.ADOPTION, 2.0,
        Anchors(10, 50, 75, 95), USAGE,
        early=((6, Anchors(0, 10, 50, 75)), (9, Anchors(0, 30, 65, 90))), audience="customer",
    ),
    Measure(
        "adoption.modules", noted("Modules in use"), "% of modules bought", Bucket.ADOPTION, 1.0,
        Anchors(10, 50, 75, 100), USAGE, audience="customer",
    ),
    Measure(
        "adoption.trend", noted("Use against the quarter before"), "%", Bucket.ADOPTION, 1.0,
        Anchors(30, 75, 95, 115), USAGE,
    ),
    Measure(
        "engagement.recency", noted("Days since two-way contact"), "% of the tier’s rhythm",
        Bucket.ENGAGEMENT, 2.0, Anchors(300, 150, 100, 50), LIVE,
    ),
    Measure(
        "engagement.ratio", noted("Two-way contacts in 180 days"), "% of the tier’s norm",
        Bucket.ENGAGEMENT, 1.0, Anchors(0, 50, 80, 110), LIVE,
    ),
    Measure(
        "relationship.roles", noted("Required roles in touch"), "% of roles",
        Bucket.RELATIONSHIP, 2.0, Anchors(0, 45, 75, 100), LIVE,
    ),
    Measure(
        "relationship.breadth", noted("Effective contacts"), "people", Bucket.RELATIONSHIP, 1.0,
        Anchors(0, 1.5, 2.5, 4), LIVE,
    ),
    Measure(
        "experience.cases", noted("Open cases, urgent ones in full"), "cases",
        Bucket.EXPERIENCE, 2.0, Anchors(5, 2.5, 1, 0), LIVE, view="customer",
    ),
    Measure(
        "experience.rating", noted("Satisfaction answered"), "of 5", Bucket.EXPERIENCE, 2.0,
        Anchors(1.5, 3, 4, 5), RATING, kind="customer", time="lagging", view="customer",
        audience="customer",
    ),
    Measure(
        "experience.nps", noted("NPS"), "−100 to 100", Bucket.EXPERIENCE, 0.5,
        Anchors(-60, 0, 30, 70), RATING, kind="customer", time="lagging", view="customer",
        audience="customer",
    ),
    Measure(
        "commercial.overdue", noted("Days an invoice is overdue"), "days", Bucket.COMMERCIAL, 1.0,
        Anchors(90, 45, 20, 0), COMMERCIAL,
    ),
)  # fmt: skip
MEASURES: Mapping[str, Measure] = MappingProxyType({m.id: m for m in SCORED})

EQUIPPED_ITEMS = Spoken(
    {
        "equipped.owner": noted("A named owner with time allotted"),
        "equipped.trained": noted("Intended users trained and aware"),
        "equipped.process": noted("Their own process written down"),
        "equipped.integrated": noted("Integrations and data in place"),
        "equipped.self_solving": noted("Solves routine issues without us"),
        "equipped.backing": noted("Executive and budget back the change"),
        "equipped.resilience": noted("Two or more people able to run it"),
    }
)
POTENTIAL_ITEMS = Spoken(
    {
        "potential.whitespace": noted("Room left to buy"),
        "potential.growth": noted("Their own business grows"),
        "potential.fit": noted("What they lack fits an objective"),
        "potential.strategic": noted("Strategic value to us"),
        "potential.appetite": noted("Appetite and access to budget"),
    }
)
LOYALTY_ITEMS = Spoken(
    {
        "loyalty.contract": noted("A long contract holds them"),
        "loyalty.effort": noted("Moving data and integrations is hard"),
        "loyalty.retraining": noted("Their people would need retraining"),
        "loyalty.alternative": noted("They see no alternative"),
        "loyalty.mandate": noted("A policy or mandate keeps them"),
    }
)
"""What holds a customer who may not want us, 0 to 4 each (methods §16.1)."""
SELF_SERVICE_PROOF = "equipped.proof"
WATCHED = Spoken(
    {
        "usage.seats_bought": noted("Seats bought"),
        "usage.seats_active": noted("Seats active in 30 days"),
        "usage.events": noted("Uses of a feature"),
        "usage.modules_bought": noted("Modules bought"),
        "usage.modules_used": noted("Modules used"),
        "usage.minutes": noted("Minutes of use"),
        "usage.module_share": noted("Share of seats active in a module"),
        "usage.errors": noted("Errors met"),
        "voice.nps": noted("NPS at a touchpoint"),
        "voice.csat": noted("CSAT at a touchpoint"),
        "voice.ces": noted("Effort at a touchpoint"),
        "commercial.invoice_overdue_days": noted("Days an invoice is overdue"),
        "commercial.billing_disputes": noted("Billing disputes in 90 days"),
        SELF_SERVICE_PROOF: noted("A task was completed without help"),
        **EQUIPPED_ITEMS,
        **POTENTIAL_ITEMS,
        **LOYALTY_ITEMS,
    }
)
"""What a book may measure, by id, with its title; scored measures are computed from these."""
OTHER = "other"
"""Measures under a name of the book's own are `other.<name>`: shown, never scored."""


def is_other(measure: str) -> bool:
    """Whether it is a measure of the book's own: kept and shown, not scored."""
    return measure.startswith(f"{OTHER}.")


def measure_title(measure: str) -> str:
    """The title of a scored or watched measure, of one of the book's own the words of its name."""
    if measure in MEASURES:
        return MEASURES[measure].title
    if is_other(measure):
        return measure.removeprefix(f"{OTHER}.").replace("_", " ").capitalize()
    return WATCHED.get(measure, measure)


def _stage_weights() -> Mapping[Stage, tuple[float, ...]]:
    """The table of methods §3.6, in the order of Bucket: starting values, not evidence."""
    return MappingProxyType(
        {
            Stage.ONBOARDING: (15.0, 30.0, 25.0, 15.0, 10.0, 5.0),
            Stage.ADOPTION: (20.0, 35.0, 15.0, 15.0, 10.0, 5.0),
            Stage.MATURE: (30.0, 20.0, 10.0, 20.0, 10.0, 10.0),
        }
    )


@dataclass(frozen=True, eq=False)
class Definition:
    """What the score is made of. A changed definition carries a new version number."""

    version: int = 1
    measures: tuple[Measure, ...] = SCORED
    weights: Mapping[Stage, tuple[float, ...]] = field(default_factory=_stage_weights)
    min_coverage: float = 0.60
    min_buckets: int = 3
    margin: float = 5.0
    """Points above a cut that an improvement needs."""
    dwell_readings: int = 2
    dwell_days: int = 7
    _configs: dict[tuple[str, ...], dict[str, Config]] = field(default_factory=dict, repr=False)

    def configs(self, months: int | None, skip: tuple[str, ...] = ()) -> dict[str, Config]:
        """Bucket, weight and goalposts by measure, for a customer of that age, without `skip`."""
        age = "" if months is None or months >= 12 else str(months)
        key = (age, *skip)
        found = self._configs.get(key)
        if found is None:
            found = {
                m.id: Config(m.bucket, m.weight, m.anchors_at(months))
                for m in self.measures
                if m.id not in skip
            }
            self._configs[key] = found
        return found


DEFAULT_DEFINITION = Definition()
