"""Who works at the accounts of the sample, in which role."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from csplanner.domain.person import REQUIRED_ROLES, Role
from tools.sample.accounts import Profile, lines_of

_FIRST, _LAST = (line.split() for line in lines_of(Path(__file__).with_name("names.txt")))
_TITLES = {
    Role.SPONSOR: ("Chief operating officer", "Managing director", "VP operations"),
    Role.DECIDES: ("Director of customer service", "Head of operations", "General manager"),
    Role.CHAMPION: ("Contact centre manager", "Service improvement lead", "Customer care lead"),
    Role.DAY_TO_DAY: ("Systems administrator", "Team leader", "Operations coordinator"),
    Role.FINANCE: ("Finance director", "Financial controller", "Procurement manager"),
}
_SMALL = {
    Role.CHAMPION: ("Shop manager", "Practice manager", "Office manager"),
    Role.DAY_TO_DAY: ("Office administrator", "Front desk lead", "Branch assistant"),
    Role.FINANCE: ("Bookkeeper", "Accounts assistant", "Owner"),
}
_DEPARTMENTS = {
    Role.SPONSOR: "Executive",
    Role.DECIDES: "Operations",
    Role.CHAMPION: "Customer service",
    Role.DAY_TO_DAY: "Customer service",
    Role.FINANCE: "Finance",
}
_SEEN = {"Starling Press": date(2026, 1, 15)}


@dataclass(frozen=True)
class Character:
    """A person at an account: how they end (`letter` f in touch, h quiet) and since when."""

    key: str
    first: str
    last: str
    title: str
    department: str
    role: Role | None
    letter: str
    since: date | None = None
    until: date | None = None
    last_seen: date | None = None
    active_on: date | None = None
    """Last seen by the CRM, where that is not a touch."""
    boss: str = ""

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first} {self.last}"


def characters(profile: Profile) -> tuple[Character, ...]:
    """Everybody known at an account."""
    if profile.name == "Tidewater Health Network":
        return _TIDEWATER
    small = profile.arr_k < 40
    found: list[Character] = []
    for at, (role, letter) in enumerate(zip(REQUIRED_ROLES, profile.roles, strict=True)):
        if letter == "o":
            continue
        spot = profile.number * 5 + at
        titles = _SMALL.get(role, _TITLES[role]) if small else _TITLES[role]
        found.append(
            Character(
                role.value,
                _FIRST[(spot * 7 + 3) % len(_FIRST)],
                _LAST[(spot * 11 + profile.number) % len(_LAST)],
                titles[(profile.number + at) % len(titles)],
                _DEPARTMENTS[role],
                role,
                letter,
                boss=found[0].key if found else "",
                active_on=_SEEN.get(profile.name) if letter == "f" else None,
            )
        )
    return tuple(found)


_D = date
_TIDEWATER = (
    Character("amara", "Amara", "Nwosu", "Chief operating officer", "Executive", Role.DECIDES, "h",
              since=_D(2026, 3, 2)),
    Character("lena", "Lena", "Park", "Chief medical officer", "Medical", Role.INFLUENCER, "f"),
    Character("victor", "Victor", "Hale", "VP finance", "Finance", Role.FINANCE, "f",
              last_seen=_D(2026, 2, 19)),
    Character("priscilla", "Priscilla", "Ong", "Head of IT", "IT", Role.SCEPTIC, "f",
              last_seen=_D(2026, 1, 7), boss="lena"),
    Character("joel", "Joel", "Baptiste", "Patient access, acting", "Patient access",
              Role.DAY_TO_DAY, "f", active_on=_D(2026, 3, 9), boss="amara"),
    Character("rosa", "Rosa", "Delgado", "Director of patient access", "Patient access",
              Role.CHAMPION, "f", until=_D(2026, 2, 24), last_seen=_D(2026, 2, 23), boss="amara"),
    Character("kim", "Kim", "Sato", "Workforce manager", "Patient access", Role.USER, "f",
              boss="joel"),
    Character("marcus", "Marcus", "Bell", "Contact centre lead", "Patient access", Role.USER, "f",
              boss="joel"),
)  # fmt: skip
