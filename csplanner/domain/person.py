"""People and seats: a role in an account is not the person who holds it."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from csplanner.domain.account import AccountId
from csplanner.domain.value import UNKNOWN, Fact


class Side(StrEnum):
    """Whose people."""

    THEIRS = "theirs"
    OURS = "ours"


class Role(StrEnum):
    """The five roles an account needs, in the order they are drawn, and further ones."""

    SPONSOR = "sponsor"
    DECIDES = "decides"
    CHAMPION = "champion"
    DAY_TO_DAY = "day_to_day"
    FINANCE = "finance"
    INFLUENCER = "influencer"
    SCEPTIC = "sceptic"
    USER = "user"
    BUYER = "buyer"
    """Economic buyer: may say yes with money when everybody else says no."""
    COACH = "coach"
    EVALUATOR = "evaluator"
    ADMIN = "admin"
    PROCUREMENT = "procurement"
    LEGAL = "legal"
    MEMBER = "member"
    """In the picture, with no role found yet."""


CHAMPIONS = (Role.CHAMPION, Role.COACH)
"""The roles that the three yeses are asked of: without all three a champion is a coach."""
REQUIRED_ROLES = (Role.SPONSOR, Role.DECIDES, Role.CHAMPION, Role.DAY_TO_DAY, Role.FINANCE)


class PersonStatus(StrEnum):
    """Whether the person is still there."""

    ACTIVE = "active"
    LEAVING = "leaving"
    LEFT = "left"
    ON_LEAVE = "on_leave"
    UNVERIFIED = "unverified"


class Level(StrEnum):
    """How high somebody stands; a title does not say it."""

    EXEC = "exec"
    DIRECTOR = "director"
    MANAGER = "manager"
    USER = "user"
    UNKNOWN = "unknown"


class Outside(StrEnum):
    """Who stands at an account without being one of theirs."""

    PARTNER = "partner"
    CONSULTANT = "consultant"
    COMPETITOR = "competitor"


class Politics(StrEnum):
    """How near somebody stands to where it is decided; the last two are key players."""

    OUTSIDE = "outside"
    STRUCTURE = "structure"
    INNER = "inner"


class Adaptability(StrEnum):
    """How somebody takes to new ways, the quickest first."""

    INNOVATOR = "innovator"
    VISIONARY = "visionary"
    PRAGMATIST = "pragmatist"
    CONSERVATIVE = "conservative"
    LAGGARD = "laggard"


class Orientation(StrEnum):
    """What somebody looks at first when they decide."""

    FINANCIAL = "financial"
    TECHNICAL = "technical"
    RELATIONSHIP = "relationship"
    BUSINESS = "business"


class Relation(StrEnum):
    """What we are to somebody, from the lowest."""

    VENDOR = "vendor"
    CREDIBLE = "credible"
    SOLVER = "solver"
    ADVISOR = "advisor"


@dataclass(frozen=True, slots=True)
class Person:
    """A person at the customer, or one of ours."""

    id: str
    account_id: AccountId
    name: str
    side: Side = Side.THEIRS
    title: str = ""
    email: str = ""
    phone: str = ""
    department: str = ""
    status: PersonStatus = PersonStatus.ACTIVE
    left_on: date | None = None
    last_activity_on: date | None = None
    reports_to: str | None = None
    """Id of the person they report to."""
    level: Level = Level.UNKNOWN
    function: str = ""
    """What one of ours does: Sales, Support, Finance and so on."""
    joined_on: date | None = None
    """The day they took their present job."""
    sponsor_of: str | None = None
    """Id of the executive of theirs whom one of ours looks after."""
    outside: Outside | None = None
    """Set for outsiders, who are kept with the customer's side and are none of theirs."""
    company: str = ""
    """Where an outsider works."""
    politics: Politics | None = None
    adaptability: Adaptability | None = None
    orientation: Orientation | None = None
    relation_now: Relation | None = None
    relation_wanted: Relation | None = None

    @property
    def is_theirs(self) -> bool:
        """Whether the person works at the customer."""
        return self.side is Side.THEIRS and self.outside is None


def is_gone(person: Person, as_of: date) -> bool:
    """Whether the person had left by `as_of`."""
    if person.left_on is not None:
        return person.left_on <= as_of
    return person.status is PersonStatus.LEFT


_TOP = re.compile(
    r"\bchief\b.*\bofficer\b|\bc[a-z]{1,2}o\b|\bpresident\b|\bmanaging director\b|\b[es]?vp\b",
    re.IGNORECASE,
)
_BESIDE_TOP = re.compile(
    r"\b(assistant|secretary|office of|deputy to|to the|of staff)\b", re.IGNORECASE
)


def is_senior_person(person: Person) -> bool:
    """Whether they are an executive or a director; where nobody said how high they stand, whether
    their title says executive: `Chief financial officer`, `CFO`, `VP finance`.
    """
    if person.level is not Level.UNKNOWN:
        return person.level in (Level.EXEC, Level.DIRECTOR)
    return bool(_TOP.search(person.title)) and not _BESIDE_TOP.search(person.title)


@dataclass(frozen=True, slots=True)
class Seat:
    """A role in the account that a person holds (`person_id`) or nobody holds (None)."""

    id: str
    account_id: AccountId
    role: Role
    person_id: str | None = None
    influence: Fact[int] = UNKNOWN
    """1 to 5."""
    mood: Fact[int] = UNKNOWN
    """−2 to +2, our judgement of how they feel about us."""
    since: date | None = None
    """The day the present holder took the seat."""
    title: str = ""
    reports_to: str | None = None
    """Id of the seat above it."""
    has_power: bool | None = None
    """Of a champion: power and influence; None when not asked (methods §5.1)."""
    sells_for_us: bool | None = None
    """Of a champion: speaks for us when we are not there."""
    has_interest: bool | None = None
    """Of a champion: gains something if we succeed."""
