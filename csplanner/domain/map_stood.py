"""How a map stood when it was last shown, so that one change moves only what it must."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

Spot = tuple[int, int]


class Shape(NamedTuple):
    """What teams are laid out as."""

    row: int | None = None
    """So many of a team who lead nobody stand in one row; None: by how many people there are."""
    broad: float = 0.7
    """How broad columns of people who lead nobody are together, beside how high."""
    narrow: int = 10
    """Cards that may always stand in one row before there are shelves; wider ones may, up to the
    spare of a good shelf.
    """
    apart: int = 8
    """From a manager to their team, in slots of a card."""
    hung: int | None = None
    """From so far below the top teams stand as lists, one below the other; None: nowhere."""


PLAIN = Shape()


@dataclass(frozen=True, slots=True)
class Row:
    """The row of our people as it stood below cards that reached from `left` to `right`."""

    at: Mapping[str, Spot]
    """The x of each, and how far below the upper edge of the row."""
    left: int
    right: int

    def kept(self, given: Sequence[str]) -> list[str]:
        """Some of us in the order they stood in, line by line."""
        places: dict[str | None, tuple[str, ...]] = {
            None: tuple(sorted(self.at, key=lambda key: self.at[key][::-1]))
        }
        return Stood(places).kept({None: list(given)})[None]


@dataclass(frozen=True, slots=True)
class Stood:
    """The order and shape a map was laid out in; a new layout keeps to it."""

    teams: Mapping[str | None, tuple[str, ...]]
    """Who stood below whom, in their order."""
    shape: Shape = PLAIN
    linked: frozenset[tuple[str, str]] = frozenset()
    """Cards that had air between them for words."""
    beside: Mapping[str, Spot] = field(default_factory=dict)
    """Where outsiders stood whom nobody reports to."""
    ours: Row | None = None

    def is_as(self, teams: Mapping[str | None, Iterable[str]]) -> bool:
        """Whether exactly these people report to each other in exactly this order."""
        return self.teams == {over: tuple(below) for over, below in teams.items()}

    def kept(self, given: Mapping[str | None, list[str]]) -> dict[str | None, list[str]]:
        """The teams with everybody in the order they stood in; who is new stands behind whom
        they stand behind in the order given, or where somebody stood who is there no more.
        """
        here = {key for below in given.values() for key in below}
        heirs = self._heirs(given, here)
        was = {
            heirs.get(key, key): (heirs.get(over or "", over), n)
            for over, below in self.teams.items()
            for n, key in enumerate(below)
        }
        return {over: _in_order(over, below, was) for over, below in given.items()}

    def _heirs(self, given: Mapping[str | None, list[str]], here: set[str]) -> dict[str, str]:
        """For who is gone, the one new card in their team: somebody took over their seat."""
        known = {key for below in self.teams.values() for key in below}
        found: dict[str, str] = {}
        for over, below in self.teams.items():
            gone = [key for key in below if key not in here]
            new = [key for key in given.get(over, ()) if key not in known]
            if len(gone) == len(new) == 1:
                found[gone[0]] = new[0]
        return found


def _in_order(
    over: str | None, below: list[str], was: Mapping[str, tuple[str | None, int]]
) -> list[str]:
    """A team in the order it stood in; who did not stand in it follows whom they follow in the
    order given.
    """
    stayed = {key: was[key][1] for key in below if key in was and was[key][0] == over}
    found = sorted(stayed, key=stayed.__getitem__)
    for n, key in enumerate(below):
        if key not in stayed:
            found.insert(found.index(below[n - 1]) + 1 if n else 0, key)
    return found
