"""Everything the book knows about one account, in one value that the judgements read."""

from dataclasses import dataclass

from csplanner.domain.account import (
    Account,
    Case,
    ContractTerm,
    Exit,
    Opportunity,
    Subscription,
)
from csplanner.domain.measurement import Measurement
from csplanner.domain.news import News
from csplanner.domain.objective import Objective
from csplanner.domain.person import Person, Seat
from csplanner.domain.placement import Placement
from csplanner.domain.reading import Reading
from csplanner.domain.sentiment import Pulse
from csplanner.domain.tag import Tag
from csplanner.domain.task import Task
from csplanner.domain.touch import Touch


@dataclass(frozen=True, slots=True)
class AccountFile:
    """One account with all its records, each list oldest first."""

    account: Account
    terms: tuple[ContractTerm, ...] = ()
    people: tuple[Person, ...] = ()
    seats: tuple[Seat, ...] = ()
    opportunities: tuple[Opportunity, ...] = ()
    cases: tuple[Case, ...] = ()
    subscriptions: tuple[Subscription, ...] = ()
    exits: tuple[Exit, ...] = ()
    touches: tuple[Touch, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    pulses: tuple[Pulse, ...] = ()
    objectives: tuple[Objective, ...] = ()
    placements: tuple[Placement, ...] = ()
    readings: tuple[Reading, ...] = ()
    tasks: tuple[Task, ...] = ()
    tags: tuple[Tag, ...] = ()
    news: tuple[News, ...] = ()
    """What snapshots changed of it."""
