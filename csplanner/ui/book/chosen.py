"""The cells chosen in the Book: one rectangle from an anchor to a corner, by lines and places."""

from dataclasses import dataclass, replace

FIRST = 1
"""The first place that can be chosen: the box before it is for ticking accounts."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A rectangle of lines and of visual places of columns; −1 where nothing is chosen.

    The anchor is where it began and the corner where it ends; either may be the upper one.
    """

    line: int = -1
    place: int = FIRST
    to_line: int = -1
    to_place: int = FIRST

    @staticmethod
    def at(line: int, place: int) -> "Chosen":
        """One cell."""
        return Chosen(line, max(place, FIRST), line, max(place, FIRST))

    def to(self, line: int, place: int) -> "Chosen":
        """The rectangle from the same anchor to another corner."""
        if self.line < 0:
            return Chosen.at(line, place)
        return replace(self, to_line=line, to_place=max(place, FIRST))

    @property
    def lines(self) -> range:
        """The lines it takes in, headings among them."""
        if self.line < 0:
            return range(0)
        return range(min(self.line, self.to_line), max(self.line, self.to_line) + 1)

    @property
    def places(self) -> range:
        """The visual places it takes in, hidden ones among them."""
        if self.line < 0:
            return range(0)
        return range(min(self.place, self.to_place), max(self.place, self.to_place) + 1)

    @property
    def is_many(self) -> bool:
        """Whether it is more than one cell."""
        return len(self.lines) > 1 or len(self.places) > 1
