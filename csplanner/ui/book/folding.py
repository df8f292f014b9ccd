"""Which line of the table is which: groups with their headings, open or folded."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from csplanner.domain.filters_groups import Group


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line of the table leads: a heading's group, or the position of an id."""

    group: int
    position: int
    """The place in the list of ids; −1 for a heading."""


class Folding:
    """Maps lines of the table to positions in a list of ids, group after group."""

    def __init__(
        self, count: int, groups: Sequence[tuple[Group, int]], folded: frozenset[Group]
    ) -> None:
        """Hold `count` ids, in groups of (group, size) when there are any."""
        self.count = count
        self.groups = tuple(groups)
        self.folded = folded
        self._tops: list[int] = []
        self._starts: list[int] = []
        line = start = 0
        for group, size in self.groups:
            self._tops.append(line)
            self._starts.append(start)
            line += 1 + (0 if group in folded else size)
            start += size
        self.lines = line if self.groups else count

    def at(self, line: int) -> Place:
        """Return what a line is."""
        if not self.groups:
            return Place(-1, line)
        group = bisect_right(self._tops, line) - 1
        inside = line - self._tops[group] - 1
        return Place(group, -1 if inside < 0 else self._starts[group] + inside)

    def line_of(self, position: int) -> int:
        """Return the line an id's position is on; its heading when folded."""
        if not self.groups:
            return position
        group = bisect_right(self._starts, position) - 1
        top = self._tops[group]
        is_folded = self.groups[group][0] in self.folded
        return top if is_folded else top + 1 + position - self._starts[group]
