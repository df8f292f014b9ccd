"""Intervals for shares of small samples: Wilson, and Newcombe's for a difference (methods §6.5)."""

from math import sqrt

from csplanner.language import tr

Z95 = 1.959963984540054


def wilson(successes: int, trials: int, z: float = Z95) -> tuple[float, float]:
    """Lower and upper bound of the true share, 0 to 1; (0, 1) when nothing was tried."""
    if trials == 0:
        return 0.0, 1.0
    share = successes / trials
    spread = 1 + z * z / trials
    centre = (share + z * z / (2 * trials)) / spread
    half = z / spread * sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    low = 0.0 if successes == 0 else max(0.0, centre - half)
    high = 1.0 if successes == trials else min(1.0, centre + half)
    return low, high


def difference(first: tuple[int, int], second: tuple[int, int]) -> tuple[float, float, float]:
    """First share minus second with Newcombe's hybrid 95 % bounds; each is (successes, trials).

    Covers 0 means "cannot tell yet". Raises ValueError when one of them has no trials.
    """
    if not first[1] or not second[1]:
        raise ValueError("a share without trials cannot be compared")
    one, two = first[0] / first[1], second[0] / second[1]
    low_one, high_one = wilson(*first)
    low_two, high_two = wilson(*second)
    gap = one - two
    low = gap - sqrt((one - low_one) ** 2 + (high_two - two) ** 2)
    high = gap + sqrt((high_one - one) ** 2 + (two - low_two) ** 2)
    return gap, max(-1.0, low), min(1.0, high)


def share_text(successes: int, trials: int) -> str:
    """How a share of a small sample is shown (methods §17): counts below 5, then an interval."""
    if trials == 0:
        return tr("none yet")
    if trials < 5:
        return tr("{0} of {1}").format(successes, trials)
    low, high = wilson(successes, trials)
    percent = f"{100 * successes / trials:.0f}% ({100 * low:.0f}–{100 * high:.0f}%)"
    return tr("{0} of {1}").format(percent, trials) if trials < 20 else percent
