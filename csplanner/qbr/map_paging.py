"""Splits a large relationship map by branch into parts that can each be read on one slide."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

MOST = 40
"""So many people stand in one part at most; fewer where the boxes would get too small."""
_STEPS = (MOST, 32, 26, 20, 16, 12, 9, 6, 4, 2, 1)
Fits = Callable[[Sequence[str]], bool]
"""Whether so many cards can be read together."""


@dataclass(frozen=True, slots=True)
class Part:
    """The cards of one part, and how many stand below a card in another part."""

    keys: tuple[str, ...]
    below: Mapping[str, int]
    parts: Mapping[str, int]
    """Where those below a card stand: the number of the part, from 1."""
    head: str = ""
    """The card whose people it shows."""


class _Tree:
    """Who reports to whom, in the order the cards were given."""

    def __init__(self, above: Mapping[str, str | None]) -> None:
        self.below: dict[str | None, list[str]] = {}
        for key, chief in above.items():
            self.below.setdefault(chief if chief in above else None, []).append(key)

    def kids(self, key: str | None) -> list[str]:
        return self.below.get(key, [])

    def branch(self, key: str) -> tuple[str, ...]:
        """A card and everybody below it, managers before their people."""
        found, waiting = [], deque([key])
        while waiting:
            at = waiting.popleft()
            found.append(at)
            waiting.extend(self.kids(at))
        return tuple(found)


def split(above: Mapping[str, str | None], fits: Fits) -> tuple[Part, ...]:
    """The parts of a map, the top of the house first; every card stands in one at least.

    `above` says for each card whom it reports to, without circles. A manager whose people stand
    in another part stands in both.
    """
    keys = tuple(above)
    if len(keys) <= MOST and fits(keys):
        return (Part(keys, {}, {}),)
    tree = _Tree(above)
    found: list[Part] = []
    small: list[str] = []
    waiting = deque([_start(tree)])
    while waiting:
        head, kids = waiting.popleft()
        part, rest = _grown(tree, head, kids, fits)
        found.append(part)
        if rest:
            waiting.appendleft((head, rest))
        for key in part.below:
            branch = tree.branch(key)
            if len(branch) <= MOST and fits(branch):
                small.append(key)
            else:
                waiting.append((key, tree.kids(key)))
    return _numbered([*found, *_packed(tree, small, fits)])


def _start(tree: _Tree) -> tuple[str | None, list[str]]:
    tops = tree.kids(None)
    return (tops[0], tree.kids(tops[0])) if len(tops) == 1 else (None, tops)


def _grown(
    tree: _Tree, head: str | None, kids: Sequence[str], fits: Fits
) -> tuple[Part, list[str]]:
    """A manager with direct reports and whoever below them has room; and the reports left over."""
    top = [] if head is None else [head]
    first = next(n for n in _STEPS if n == 1 or (n + len(top) <= MOST and fits([*top, *kids[:n]])))
    keys, rest = [*top, *kids[:first]], list(kids[first:])
    below = {}
    waiting = deque(kids[:first])
    while waiting:
        key = waiting.popleft()
        group = tree.kids(key)
        if not group:
            continue
        if not rest and len(keys) + len(group) <= MOST and fits([*keys, *group]):
            keys += group
            waiting.extend(group)
        else:
            below[key] = len(tree.branch(key)) - 1
    return Part(tuple(keys), below, {}, head or ""), rest


def _packed(tree: _Tree, heads: Sequence[str], fits: Fits) -> list[Part]:
    """Parts of several small branches each, in their order."""
    found: list[Part] = []
    some: tuple[str, ...] = ()
    first = ""
    for key in heads:
        branch = tree.branch(key)
        more = (*some, *branch)
        if some and (len(more) > MOST or not fits(more)):
            found.append(Part(some, {}, {}, first))
            some = ()
        first = first if some else key
        some = (*some, *branch)
    return [*found, Part(some, {}, {}, first)] if some else found


def _numbered(found: Sequence[Part]) -> tuple[Part, ...]:
    """The parts with the numbers of those that go on where they were cut."""
    where: dict[str, int] = {}
    for number, part in enumerate(found, 1):
        for key in part.keys:
            if key not in part.below:
                where.setdefault(key, number)
    return tuple(
        replace(part, parts={k: where[k] for k in part.below if k in where}) for part in found
    )
