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

    All of it is of the whole account whichever map is shown: who covers a role, is planned for a
    meeting or breaks it by leaving need not stand on this one. Risks about who does come first.
    """
    of = shown if whole is None else whole
    lost = departures(of)
    found = risks(of, lost=lost)
    if whole is not None:
        here = {card.key for card in shown.placed()}
        found = tuple(sorted(found, key=lambda risk: risk_about(risk) not in here))
    figures = metrics(of, lost=lost)
    return Told(figures, found, goals(of), ladder(of), headcount(of), lost)


def risk_about(risk: MapRisk) -> str:
    """The card a risk is about; empty where it is about nobody who is known."""
    if not risk.cards:
        return ""
    return risk.cards[-1] if risk.verb is MapVerb.INTRODUCE else risk.cards[0]
