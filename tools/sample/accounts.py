"""The 41 fictional accounts of the sample: who they are and where their story ends."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from csplanner.domain.account import Tier
from csplanner.domain.sentiment import Sentiment

END = date(2026, 3, 12)
"""The day the story is told on; its newest snapshot is two days older."""
SNAPSHOTS = tuple(
    date.fromisoformat(day)
    for day in (
        "2025-03-11", "2025-04-08", "2025-05-13", "2025-06-10", "2025-07-08", "2025-08-12",
        "2025-09-09", "2025-10-14", "2025-11-11", "2025-12-09", "2026-01-13", "2026-02-10",
        "2026-03-10",
    )
)  # fmt: skip
MODULES = ("Voice", "Messaging", "Workforce", "Quality", "Knowledge", "Analytics")

_TABLE = Path(__file__).with_name("accounts.txt")

_SINCE = {
    # A first term of ten months: both sides wanted the renewal in April.
    "Merrow Telecom": date(2025, 7, 4),
    # A first term of eighteen months.
    "Okapi Mobility": date(2025, 7, 19),
}
_CRITICAL = {
    "Lantern Crisis Line": 3,
    "Tidewater Health Network": 2,
    "Brightwell Energy": 2,
    "Corvane Bank": 2,
    "Merrow Telecom": 2,
    "Pinnace Software": 1,
}
_LESSER_SECTORS = {"Retail", "Home goods", "Pub group", "Bike retail", "Food retail", "Publishing"}
NOTICE = {
    "Tidewater Health Network": date(2026, 5, 1),
    "Corvane Bank": date(2026, 7, 31),
    "Solace Insurance Group": date(2026, 9, 1),
    "Harbour & Lane": date(2026, 6, 15),
}
NO_FIRST_VALUE = {"Merrow Telecom"}
SEATS = {"Tidewater Health Network": 1240, "Okapi Mobility": 240}


@dataclass(frozen=True)
class Profile:
    """One account: its card, and the figures its story should end with."""

    name: str
    sector: str
    city: str
    country: str
    arr_k: int
    tier: Tier
    equipped: int
    potential: int
    score: int | None
    change: int | None
    sentiment: Sentiment
    renewal: date
    year: int
    touch_days: int
    roles: str
    hours: float
    modules: int
    number: int = field(default=0)

    @property
    def since(self) -> date:
        """The day they became a customer."""
        if self.name in _SINCE:
            return _SINCE[self.name]
        return years_before(self.renewal, self.year) + timedelta(days=1)

    @property
    def first_value(self) -> date | None:
        """The day they confirmed first value; None when they have not."""
        if self.name in NO_FIRST_VALUE:
            return None
        return self.since + timedelta(days=52 + (self.number * 17) % 44)

    @property
    def criticality(self) -> int:
        """0 to 3."""
        return _CRITICAL.get(self.name, 0 if self.sector in _LESSER_SECTORS else 1)

    @property
    def last_touch(self) -> date:
        """The day of the last touch."""
        return END - timedelta(days=self.touch_days)

    @property
    def seats(self) -> int:
        """Seats bought at the end."""
        return SEATS.get(self.name, max(12, self.arr_k * 3))

    @property
    def domain(self) -> str:
        """Their web domain, in the name space reserved for examples."""
        words = "".join(c if c.isalnum() else " " for c in self.name.lower()).split()
        return "".join(words[:2]) + ".example"


def years_before(day: date, years: int) -> date:
    """The same day some years earlier."""
    return day.replace(year=day.year - years)


def lines_of(path: Path) -> list[str]:
    """The lines of a table, without comments."""
    text = path.read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def profiles() -> tuple[Profile, ...]:
    """Every account, in the order of the table."""
    found = []
    for number, line in enumerate(lines_of(_TABLE)):
        cells = line.split("|")
        city, country = cells[2].split(", ")
        found.append(
            Profile(
                cells[0], cells[1], city, country, int(cells[3]), Tier(cells[4]), int(cells[5]),
                int(cells[6]), int(cells[7]) if cells[7] else None,
                int(cells[8]) if cells[8] else None, Sentiment(int(cells[9])),
                date.fromisoformat(cells[10]), int(cells[11]), int(cells[12]), cells[13],
                float(cells[14]), int(cells[15]), number,
            )
        )  # fmt: skip
    return tuple(found)
