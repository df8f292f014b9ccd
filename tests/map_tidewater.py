"""The map of the design’s picture: Tidewater Health Network on 12 March 2026."""

from datetime import date, timedelta

from csplanner.domain.account import AccountId, Tier
from csplanner.domain.map_model import (
    YOU,
    Card,
    Judged,
    Line,
    LineKind,
    Ours,
    RelationMap,
    Standing,
    TieState,
)
from csplanner.domain.person import Person, PersonStatus, Role, Seat, Side

DAY = date(2026, 3, 12)
ACCOUNT = AccountId("tidewater")
# Key, name, title, role, above, influence, mood, days since the last contact, strength.
_THEIRS = (
    ("amara", "Amara Nwosu", "Chief operating officer", Role.DECIDES, "s:sponsor", 5, None, None,
     None),
    ("victor", "Victor Hale", "VP finance", Role.FINANCE, "s:sponsor", 4, 0, 21, 61),
    ("lena", "Dr Lena Park", "Chief medical officer", Role.INFLUENCER, "s:sponsor", 4, 1, 6, 75),
    ("joel", "Joel Baptiste", "Patient access, acting", Role.DAY_TO_DAY, "p:amara", 3, 1, 3, 95),
    ("rosa", "Rosa Delgado", "Patient access lead", Role.CHAMPION, "p:amara", 4, 2, 16, 40),
    ("priscilla", "Priscilla Ong", "Head of IT", Role.SCEPTIC, "p:lena", 4, -1, 64, 22),
    ("kim", "Kim Sato", "Workforce manager", Role.USER, "p:joel", 2, 1, 9, 90),
    ("marcus", "Marcus Bell", "Contact centre lead", Role.USER, "p:joel", 2, 1, 15, 70),
)  # fmt: skip
_OURS = (
    ("ingrid", "Ingrid", "Support"), ("dele", "Dele", "Services"), (YOU, "Maren Oduya", "CSM"),
    ("tomas", "Tomas", "Sales"), ("priya", "Priya", "Renewals"), ("helen", "Helen", "Sponsor"),
    ("sofia", "Sofia", "Product"),
)  # fmt: skip
_TIES = (
    ("ingrid", "joel", 60), ("ingrid", "kim", 90), ("ingrid", "marcus", 55), ("dele", "kim", 35),
    (YOU, "joel", 95), (YOU, "lena", 75), ("tomas", "victor", 65), ("priya", "victor", 40),
    ("sofia", "priscilla", 32),
)  # fmt: skip


def tidewater() -> RelationMap:
    """Eight people, one vacant seat, seven of ours, and every kind of line."""
    cards = [Card("s:sponsor", "Executive sponsor", standing=Standing.VACANT,
                  seats=(Seat("sponsor", ACCOUNT, Role.SPONSOR),))]  # fmt: skip
    cards += [_card(*row) for row in _THEIRS]
    lines = [Line(f"r:{c.key}", LineKind.REPORTS, c.key, c.above) for c in cards if c.above]
    lines += [
        Line(f"t:{a}:{b}", LineKind.TIE, _our(a), f"p:{b}", strength=s,
             state=TieState.LIVE if s >= 60 else TieState.COOLING)
        for a, b, s in _TIES
    ]  # fmt: skip
    lines += [
        Line("i:1", LineKind.INFLUENCES, "p:victor", "p:amara", weight=1, label="budget"),
        Line("i:2", LineKind.INFLUENCES, "p:lena", "p:amara", weight=3,
             label="listens to, strongly"),
        Line("d:1", LineKind.DOUBTS, "p:priscilla", "p:lena", weight=1),
        Line("x:1", LineKind.PAIRED, "p:helen", "p:amara", due=date(2026, 3, 27)),
    ]  # fmt: skip
    ours = tuple(Ours(_our(key), name, what, is_you=key == YOU) for key, name, what in _OURS)
    return RelationMap(ACCOUNT, "Tidewater Health Network", DAY, Tier.HIGH, cards=tuple(cards),
                       ours=ours, lines=tuple(lines), decision_on=date(2026, 6, 30))  # fmt: skip


def _our(key: str) -> str:
    return key if key == YOU else f"p:{key}"


def _card(
    key: str, name: str, title: str, role: Role, above: str, influence: int, mood: int | None,
    days: int | None, strength: int | None,
) -> Card:  # fmt: skip
    gone = key == "rosa"
    person = Person(key, ACCOUNT, name, Side.THEIRS, title, department="Operations",
                    status=PersonStatus.LEFT if gone else PersonStatus.ACTIVE,
                    left_on=date(2026, 2, 24) if gone else None)  # fmt: skip
    on = DAY - timedelta(days=20)
    return Card(
        f"p:{key}", name, title, Standing.LEFT if gone else Standing.HERE, person,
        (Seat(f"seat-{key}", ACCOUNT, role, key),), above, Judged(influence, on),
        Judged(mood, None if mood is None else on), strength=strength,
        last_contact=None if days is None else DAY - timedelta(days=days),
    )  # fmt: skip
