"""Where you have been: back and forward as in a browser."""

from dataclasses import dataclass, field

Visit = tuple[str, object]
_MOST = 100


@dataclass
class History:
    """Visits in order and the one shown; a new visit drops what lay ahead."""

    visits: list[Visit] = field(default_factory=list)
    place: int = -1

    def visit(self, visit: Visit) -> None:
        """Remember a visit, unless it is the one shown."""
        if self.current() == visit:
            return
        self.visits = [*self.visits[: self.place + 1], visit][-_MOST:]
        self.place = len(self.visits) - 1

    def current(self) -> Visit | None:
        """Return the visit shown, or None at the start."""
        return self.visits[self.place] if self.place >= 0 else None

    def can_go(self, by: int) -> bool:
        """Say whether there is a visit that many steps away."""
        return 0 <= self.place + by < len(self.visits)

    def go(self, by: int) -> Visit:
        """Go that many steps and return the visit; raises IndexError when there is none."""
        if not self.can_go(by):
            raise IndexError(by)
        self.place += by
        return self.visits[self.place]
