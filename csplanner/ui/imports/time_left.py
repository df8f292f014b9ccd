"""How long reading will still take, said only when it can be told."""

from collections.abc import Callable
from time import monotonic

from csplanner.language import ntr, tr

_QUIET = 3.0
_LEAST_SHARE = 0.03


class TimeLeft:
    """Turns (done, total) into words with a share and, after 3 s, the time left."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._began = clock()
        self._total = 0

    def begin(self) -> None:
        """Start anew."""
        self._began, self._total = self._clock(), 0

    def words(self, done: int, total: int, said: str) -> str:
        """`Reading Account.csv, 40 %, about 20 s left`."""
        if not 0 < done <= total or total <= 2:
            return said
        if total != self._total:
            self._began, self._total = self._clock(), total
        share = done / total
        words = tr("{0}, {1} %").format(said, int(share * 100))
        spent = self._clock() - self._began
        if spent < _QUIET or share < _LEAST_SHARE or share >= 1:
            return words
        return f"{words}, {_about(spent / share * (1 - share))}"


def _about(seconds: float) -> str:
    if seconds < 90:
        return tr("about {0} s left").format(max(1, round(seconds / 5) * 5 or 1))
    return ntr("about {0} minute left", "about {0} minutes left", round(seconds / 60))
