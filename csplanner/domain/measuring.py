"""What a score rests on: an account's stage and tier, then its measures read and weighed."""

from dataclasses import dataclass
from typing import NamedTuple

from csplanner.domain.aggregate import Config, Point, freshness
from csplanner.domain.bands import Cuts
from csplanner.domain.context import BookContext
from csplanner.domain.explain import Basis
from csplanner.domain.index import FileIndex
from csplanner.domain.inputs import Input, Setting, inputs
from csplanner.domain.measures import MEASURES, Definition
from csplanner.domain.settings import BookSettings
from csplanner.domain.stage import StageFound, months_of, stage_of
from csplanner.domain.tiers import Choice, Standing, choose, standing_of
from csplanner.domain.value import State

RHYTHM_UNPLACED = 91
"""Days between touches an account that is not placed is measured against."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What an account is judged against besides its own records."""

    settings: BookSettings
    context: BookContext
    definition: Definition

    @property
    def cuts(self) -> Cuts:
        """Cuts of the book with the definition's rule of slow improvement."""
        return Cuts(
            float(self.settings.watch_from),
            float(self.settings.good_from),
            self.definition.margin,
            self.definition.dwell_readings,
            self.definition.dwell_days,
        )


class Situation(NamedTuple):
    """Where an account stands before its health is judged: stage, what the tier rule sees, tier."""

    stage: StageFound
    standing: Standing
    choice: Choice


def situate(index: FileIndex, frame: Frame) -> Situation:
    """Stage and tier, which do not depend on health."""
    stage = stage_of(index)
    standing = standing_of(index, frame.context, stage.stage)
    return Situation(stage, standing, choose(index, frame.settings, standing))


def measure(
    index: FileIndex, frame: Frame, situation: Situation
) -> tuple[tuple[Input, ...], Basis]:
    """The inputs of a day and the basis of the score: known, not expired, with its weight."""
    tier = situation.choice.tier
    rhythm = frame.settings.overdue_days[tier] if tier else RHYTHM_UNPLACED
    read = inputs(index, Setting(tier, rhythm, frame.context))
    points: dict[str, Point] = {}
    skip: list[str] = []
    today = index.as_of.toordinal()
    for name, value, on, _, _ in read:
        if value.value is not None:
            age = 0 if on is None else today - on.toordinal()
            fresh = freshness(age, MEASURES[name].fading)
            if fresh > 0.0:
                points[name] = Point(value.value, fresh)
        elif value.state is State.NOT_APPLICABLE:
            skip.append(name)
    configs: dict[str, Config] = frame.definition.configs(months_of(index), tuple(skip))
    return read, Basis(points, configs, frame.definition.weights[situation.stage.stage])
