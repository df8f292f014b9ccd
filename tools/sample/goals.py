"""What each account of the sample wants to achieve, in its own metric."""

from dataclasses import dataclass
from pathlib import Path

from tools.sample.accounts import lines_of

_GOALS = Path(__file__).with_name("goals.txt")


@dataclass(frozen=True)
class Goal:
    """An objective with its way, in thousandths of its unit."""

    key: str
    title: str
    unit: str
    baseline: int
    target: int
    grain: int
    """Figures are rounded to so many thousandths."""

    def actual(self, progress: float) -> int:
        """The figure after that share of the way."""
        way = self.baseline + progress * (self.target - self.baseline)
        return round(way / self.grain) * self.grain


def goals() -> dict[str, tuple[Goal, ...]]:
    """The objectives of every account by its name."""
    found = {}
    for line in lines_of(_GOALS):
        name, rest = line.split(": ", 1)
        made = []
        for at, text in enumerate(rest.split("; ")):
            title, unit, start, goal = text.split("|")
            baseline, target = round(float(start) * 1000), round(float(goal) * 1000)
            grain = 50 if abs(target - baseline) < 5000 else 1000
            made.append(Goal(f"g{at + 1}", title, unit, baseline, target, grain))
        found[name] = tuple(made)
    return found


FINAL = {
    "Tidewater Health Network": (81_000, 69_000, 33_000, 7_850),
}
"""Figures that the story fixes."""
