"""All a relationship map says: figures, risks, goals and departures, in one go."""

from collections.abc import Mapping
from dataclasses import dataclass

from csplanner.domain.departure import departures
from csplanner.domain.map_figures import (
    Departure,
    Goal,
    Headcount,
    Ladder,
    MapMetrics,
    MapRisk,
    MapVerb,
)
from csplanner.domain.map_goals import goals, ladder
from csplanner.domain.map_metrics import headcount, metrics
from csplanner.domain.map_model import RelationMap
from csplanner.domain.map_risks import risks


@dataclass(frozen=True, slots=True)
class Told:
    """What a map says."""

    metrics: MapMetrics
    risks: tuple[MapRisk, ...]
    goals: tuple[Goal, ...]
    ladder: Ladder
    headcount: Headcount
    departures: Mapping[str, Departure]
    """What breaks if somebody left, by the key of the card."""


def told_of(shown: RelationMap, whole: RelationMap | None = None) -> Told:
    """What a map says; `whole` is the map of everybody where `shown` is a further one.

    Figures and goals are those of the account whichever map is shown: who covers a role or is
    planned for a meeting need not stand on this one. Risks and departures are of who does.
    """
    of = shown if whole is None else whole
    lost = departures(of)
    found = risks(of, lost=lost)
    if whole is not None:
        here = {card.key for card in shown.placed()}
        found = tuple(risk for risk in found if _about(risk) in here)
    figures = metrics(of, lost=lost)
    if whole is not None:
        lost = {key: each for key, each in lost.items() if key in here}
    return Told(figures, found, goals(of), ladder(of), headcount(of), lost)


def _about(risk: MapRisk) -> str:
    """The card a risk is about; empty where it is about nobody who is known."""
    if not risk.cards:
        return ""
    return risk.cards[-1] if risk.verb is MapVerb.INTRODUCE else risk.cards[0]
