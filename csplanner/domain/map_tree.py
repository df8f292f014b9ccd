"""Where people stand under each other: tidy rows, long fans in columns, wide rows on shelves.

After Reingold and Tilford (1981): every team is as narrow as it can be without touching the next,
and a manager stands above the middle of theirs. Lengths are pixels on a grid of 4; down the map
they are counted in slots, six to a card with the air below it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil, sqrt

from csplanner.domain.map_stood import PLAIN, Shape

GRID = 4
SIDE_GAP, TEAM_GAP, WORDS_GAP = 12, 20, 56
"""Between two cards of a row, between two teams, and where the words of a line fit between."""
RAIL = 16
"""Between a card and the upright line beside it."""
_PAIR_GAP = 24
_CARD_SLOTS = 6
_ASPECT = 2.0
_SPARE = 1.6
_FEW_ALONE = 4
_LISTED = 6
"""More people who lead nobody stand in columns also where a team is a list."""
_SMALL, _MIDDLE = 12, 40


@dataclass(slots=True)
class Block:
    """Cards that keep their places towards each other; x counts from an origin of its own."""

    left: list[int]
    """The leftmost x of every slot, from the top."""
    right: list[int]
    head: int
    """The x its manager's line aims at."""
    key: str | None = None
    """The card at the top, where there is one."""
    parts: list[tuple["Block", int, int]] = field(default_factory=list)
    """What it is made of, each moved by x and by slots."""
    rails: list[tuple[str, int, bool]] = field(default_factory=list)
    """Cards whose line comes down at an x; whether it enters at their side."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a card is, and how far apart cards stand."""

    wide: int
    high: int
    linked: frozenset[tuple[str, str]] = frozenset()
    """Cards that want air between them for the words of a line, in either order."""
    shape: Shape = PLAIN

    @property
    def pitch(self) -> int:
        """From one card to the next below it."""
        return _CARD_SLOTS * self.slot

    @property
    def drop(self) -> int:
        """Below a manager, where lines to their team turn to the side: half the air there."""
        return (self.shape.apart * self.slot - self.high) // 2

    @property
    def slot(self) -> int:
        """The height of one slot."""
        return ceil((self.high + 22) / _CARD_SLOTS / GRID) * GRID

    def people_in_row(self, teams: Mapping[str | None, Sequence[str]]) -> int:
        """So many of a team who lead nobody stand in one row."""
        count = sum(map(len, teams.values()))
        return self.shape.row or (4 if count <= _SMALL else 2 if count <= _MIDDLE else 1)

    def gap(self, one: Block, other: Block) -> tuple[int, int]:
        """The air between two neighbours: between their heads, and between who is below them."""
        ends = one.key or "", other.key or ""
        air = TEAM_GAP if one.parts or other.parts else SIDE_GAP
        linked = ends in self.linked or ends[::-1] in self.linked
        return (WORDS_GAP if linked else air), air


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a card stands on its own; `rail` is the x its line comes down on, if not its middle."""

    x: int
    y: int
    rail: int | None = None
    by_side: bool = False


def stand(teams: Mapping[str | None, Sequence[str]], size: Size) -> dict[str, Stand]:
    """A place for everybody below None, given who reports to whom, in the order they stand in."""
    whole = _whole(teams, size)
    return _spots(whole, size) if whole is not None else {}


def outline(teams: Mapping[str | None, Sequence[str]], size: Size) -> tuple[int, int]:
    """How wide and how high everybody takes where `stand` puts them, in pixels."""
    whole = _whole(teams, size)
    if whole is None:
        return 0, 0
    return max(whole.right) - min(whole.left), len(whole.left) * size.slot


def _whole(teams: Mapping[str | None, Sequence[str]], size: Size) -> Block | None:
    row = size.people_in_row(teams)
    blocks: dict[str, Block] = {}
    depths = _top_down(teams)
    for key in reversed(depths):
        below = [blocks.pop(k) for k in teams.get(key, ())]
        if size.shape.hung is not None and below and depths[key] >= size.shape.hung:
            blocks[key] = _hung(key, below, size)
        else:
            blocks[key] = _under(key, below, row, size) if below else _card(key, size)
    trees = [blocks[k] for k in teams.get(None, ())]
    return _forest(trees, size) if trees else None


def _top_down(teams: Mapping[str | None, Sequence[str]]) -> dict[str, int]:
    """Everybody from the top, with how many stand above them."""
    found = dict.fromkeys(teams.get(None, ()), 0)
    todo = list(found)
    for key in todo:
        below = teams.get(key, ())
        todo.extend(below)
        found.update(dict.fromkeys(below, found[key] + 1))
    return found


def _card(key: str, size: Size) -> Block:
    return Block([0] * _CARD_SLOTS, [size.wide] * _CARD_SLOTS, size.wide // 2, key)


def _under(key: str, below: list[Block], row: int, size: Size) -> Block:
    """A manager above their team."""
    alone = [b for b in below if not b.parts]
    if len(alone) > row:
        team = _shelved([b for b in below if b.parts], _column(alone, size), size)
    else:
        team = _shelved(below, None, size)
    x = (team.head - size.wide // 2) // GRID * GRID
    air = size.shape.apart - _CARD_SLOTS
    team.left[:0] = [x] * _CARD_SLOTS + [min(x, team.left[0])] * air
    team.right[:0] = [x + size.wide] * _CARD_SLOTS + [max(x + size.wide, team.right[0])] * air
    whole = Block(team.left, team.right, x + size.wide // 2, key)
    whole.parts = [(_card(key, size), x, 0), (team, 0, size.shape.apart)]
    return whole


def _hung(key: str, below: list[Block], size: Size) -> Block:
    """A manager above their team, one below the other, those who lead nobody first."""
    alone = [b for b in below if not b.parts]
    first = [_column(alone, size)] if len(alone) > _LISTED else alone
    made = Block([0] * size.shape.apart, [size.wide] * size.shape.apart, size.wide // 2, key)
    made.parts = [(_card(key, size), 0, 0)]
    for block in (*first, *(b for b in below if b.parts)):
        x, slot = (0 if block.rails and not block.key else RAIL + GRID), len(made.left)
        made.parts.append((block, x, slot))
        if block.key is not None:
            made.rails.append((block.key, GRID, True))
        made.left += [0] * len(block.left)
        made.right += [right + x for right in block.right]
    return made


def _column(cards: list[Block], size: Size) -> Block:
    """People who lead nobody, one below the other in as many columns as read well."""
    columns = 1 if len(cards) <= 5 else max(1, round(sqrt(size.shape.broad * len(cards))))
    rows = ceil(len(cards) / columns)
    columns = ceil(len(cards) / rows)
    made = Block([], [], 0)
    x = 0
    for at in range(columns):
        paired = at % 2 == 1
        last_alone = at == columns - 1 and not paired
        x += 2 * RAIL if paired else (_PAIR_GAP if at else 0) + (RAIL + GRID if last_alone else 0)
        rail = x - RAIL if paired or last_alone else x + size.wide + RAIL
        for n, card in enumerate(cards[at * rows : (at + 1) * rows]):
            made.parts.append((card, x, n * _CARD_SLOTS))
            made.rails.append((card.key or "", rail, True))
        x += size.wide
    made.left = [0] * (rows * _CARD_SLOTS)
    made.right = [x] * (rows * _CARD_SLOTS)
    made.head = x // 2
    return made


def _shelved(blocks: list[Block], column: Block | None, size: Size) -> Block:
    """A team in one row, or where that got far too wide on shelves with a line before them."""
    row = [*blocks, column] if column else blocks
    if (room := _room(row, size)) is None:
        return _row(row, size)
    first = [column] if column else []
    shelves = _shelves([*first, *blocks], room)
    made = _pile(shelves, size)
    trunk = min(made.left) - RAIL - GRID
    for shelf in shelves[1:]:
        made.rails.extend((block.key or "", trunk, False) for block in shelf)
    made.left = [trunk] * len(made.left)
    made.head = (trunk + max(made.right)) // 2
    return made


def _forest(trees: list[Block], size: Size) -> Block:
    """All who report to nobody; those who lead nobody either stand together behind the rest."""
    alone = [t for t in trees if not t.parts]
    if len(alone) > _FEW_ALONE:
        trees = [t for t in trees if t.parts] + [_grid(alone, size)]
    tallest = max(trees, key=lambda tree: len(tree.left))
    rest = [tree for tree in trees if tree is not tallest]
    if len(rest) > 1 and len(tallest.left) > 2 * max(len(tree.left) for tree in rest):
        return _row([tallest, _beside(rest, len(tallest.left), size)], size)
    room = _room(trees, size)
    return _row(trees, size) if room is None else _pile(_shelves(trees, room), size)


def _beside(trees: list[Block], slots: int, size: Size) -> Block:
    """Small trees on shelves about as high together as the tall one they stand beside."""
    widths = [max(tree.right) - min(tree.left) + TEAM_GAP for tree in trees]
    shelves = max(1, slots // (max(len(tree.left) for tree in trees) + 1))
    return _pile(_shelves(trees, max(*widths, sum(widths) // shelves)), size)


def _grid(cards: list[Block], size: Size) -> Block:
    columns = max(round(6 * size.shape.broad), round(sqrt(size.shape.broad * len(cards))))
    rows = [_row(cards[n : n + columns], size) for n in range(0, len(cards), columns)]
    made = Block([], [], 0)
    for n, row in enumerate(rows):
        made.parts.append((row, 0, n * _CARD_SLOTS))
        made.left += row.left
        made.right += [max(rows[0].right)] * len(row.right)
    made.head = max(made.right) // 2
    return made


def _room(blocks: list[Block], size: Size) -> int | None:
    """How wide shelves may be; None where one row will do."""
    if len(blocks) < 3:
        return None
    widths = [max(b.right) - min(b.left) + TEAM_GAP for b in blocks]
    total = sum(widths)
    if total <= size.shape.narrow * (size.wide + SIDE_GAP):
        return None
    area = sum(w * len(b.left) * size.slot for w, b in zip(widths, blocks, strict=True))
    room = max(*widths, int(sqrt(area * _ASPECT)), size.shape.narrow // 2 * (size.wide + SIDE_GAP))
    return None if total <= room * _SPARE else room


def _shelves(blocks: list[Block], room: int) -> list[list[Block]]:
    """The blocks in their order, as many on each shelf as have room."""
    shelves: list[list[Block]] = []
    left = 0
    for block in blocks:
        wide = max(block.right) - min(block.left) + TEAM_GAP
        if not shelves or wide > left:
            shelves.append([])
            left = room
        shelves[-1].append(block)
        left -= wide
    return shelves


def _pile(shelves: list[list[Block]], size: Size) -> Block:
    """Shelves below each other, their left edges in one line."""
    made = Block([], [], 0)
    for shelf in shelves:
        row = _row(shelf, size)
        edge = min(row.left)
        wide = max(row.right) - edge
        if made.left:
            air = size.shape.apart - _CARD_SLOTS
            made.left += [0] * air
            made.right += [max(made.right[-1], wide)] * air
        made.parts.append((row, -edge, len(made.left)))
        made.left += [0] * len(row.left)
        made.right += [wide] * len(row.right)
    made.head = max(made.right) // 2
    return made


def _row(blocks: list[Block], size: Size) -> Block:
    """Blocks side by side, as close as they can be, with what air there is shared out evenly.

    Both packings, from the left and from the right, keep them apart; so does their mean.
    """
    if len(blocks) == 1:
        only = blocks[0]
        return Block(only.left, only.right, only.head, parts=[(only, 0, 0)])
    gaps = [size.gap(a, b) for a, b in pairwise(blocks)]
    forth = _packed([(b.left, b.right) for b in blocks], gaps, 1)
    back = _packed([(b.right, b.left) for b in reversed(blocks)], gaps[::-1], -1)
    lag = forth[-1] - back[0]
    mean = [(a + b + lag) // 2 // GRID * GRID for a, b in zip(forth, back[::-1], strict=True)]
    deepest = max(range(len(blocks)), key=lambda n: len(blocks[n].left))
    at = [x - mean[deepest] for x in mean]
    return _joined(blocks, at, deepest)


def _packed(
    edges: list[tuple[list[int], list[int]]], gaps: list[tuple[int, int]], sign: int
) -> list[int]:
    """The x of each block by its near and its far edge, every one as close behind those before
    it as these edges let it; with `sign` −1 from the right.
    """
    found = [0]
    reached = [x * sign for x in edges[0][1]]
    for n, (near, far) in enumerate(edges[1:], 1):
        met = [e - v * sign for e, v in zip(reached, near, strict=False)]
        heads, others = gaps[n - 1]
        x = max(met) + others
        if heads != others:
            x = max(x, max(met[:_CARD_SLOTS]) + heads)
        found.append(x * sign)
        deepest = max((len(later) for later, _ in edges[n + 1 :]), default=0)
        reached = [v * sign + x for v in far[:deepest]] + reached[len(near) : deepest]
    return found


def _joined(blocks: list[Block], at: list[int], deepest: int) -> Block:
    """The blocks at their x as one, whose edges are those of the deepest but where others reach."""
    left, right = blocks[deepest].left, blocks[deepest].right
    for n in range(deepest - 1, -1, -1):
        left[: len(blocks[n].left)] = [x + at[n] for x in blocks[n].left]
    for n in range(deepest + 1, len(blocks)):
        right[: len(blocks[n].right)] = [x + at[n] for x in blocks[n].right]
    head = (blocks[0].head + at[0] + blocks[-1].head + at[-1]) // 2
    made = Block(left, right, head)
    made.parts = [(b, x, 0) for b, x in zip(blocks, at, strict=True)]
    return made


def _spots(whole: Block, size: Size) -> dict[str, Stand]:
    """Every card with its place on the map, none left of or above 0."""
    cards: dict[str, tuple[int, int]] = {}
    rails: dict[str, tuple[int, bool]] = {}
    todo = [(whole, -min(whole.left), 0)]
    while todo:
        block, x, slot = todo.pop()
        if not block.parts and block.key is not None:
            cards[block.key] = (x, slot * size.slot)
        rails.update((key, (rail + x, side)) for key, rail, side in block.rails)
        todo.extend((part, x + dx, slot + down) for part, dx, down in block.parts)
    return {key: Stand(*spot, *rails.get(key, (None, False))) for key, spot in cards.items()}
