"""Answers on how equipped an account is and on its potential, so that they come out right."""

from collections.abc import Sequence
from random import Random

_EQUIPPED_CUTS, _POTENTIAL_CUTS = (40, 70), (34, 67)


def equipped_answers(name: str, aim: int) -> list[int | None]:
    """Seven answers of 0 to 4, some left open, whose mean times 25 is near `aim`."""
    return _answers(f"equipped {name}", aim, (7, 4), _EQUIPPED_CUTS)


def potential_answers(name: str, aim: int) -> list[int | None]:
    """Five answers of 0 to 4, some left open, whose mean times 25 is near `aim`."""
    return _answers(f"potential {name}", aim, (5, 3), _POTENTIAL_CUTS)


def _level(value: float, cuts: Sequence[int]) -> int:
    return sum(int(value + 0.5) >= cut for cut in cuts)


def _answers(seed: str, aim: int, counts: tuple[int, int], cuts: Sequence[int]) -> list[int | None]:
    most, least = counts
    options = [
        (abs(25 * total / count - aim) + 0.4 * (most - count), count, total)
        for count in range(most, least - 1, -1)
        for total in range(4 * count + 1)
        if _level(25 * total / count, cuts) == _level(aim, cuts)
    ]
    _, count, total = min(options)
    rng = Random(seed)
    given = [total // count + (at < total % count) for at in range(count)]
    for _ in range(count):
        up, down = rng.randrange(count), rng.randrange(count)
        if up != down and given[up] < 4 and given[down] > 0 and abs(given[up] - given[down]) < 2:
            given[up] += 1
            given[down] -= 1
    rng.shuffle(given)
    open_at = set(rng.sample(range(most), most - count))
    rest = iter(given)
    return [None if at in open_at else next(rest) for at in range(most)]
