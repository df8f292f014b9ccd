"""Reading SQLite's pages without SQLite: what is left of a damaged file, row by row.

After the file format (sqlite.org/fileformat2.html). Everything is bounds-checked: a page may hold
any bytes at all. Never used on a file that a connection of this process has open.
"""

import mmap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

Value = str | int | float | bytes | None

TABLE_LEAF, TABLE_INNER, INDEX_LEAF, INDEX_INNER = 0x0D, 0x05, 0x0A, 0x02
_MAGIC = b"SQLite format 3\0"
_USUAL_PAGE = 4096
_WIDTHS = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)
_MOST_COLUMNS = 2000


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its row number and values, and whether something in it could not be read."""

    rowid: int
    values: tuple[Value, ...]
    is_whole: bool = True


@dataclass(slots=True)
class Tree:
    """The pages of one table or index that can be reached, and whether any could not."""

    leaves: list[int] = field(default_factory=list)
    inner: list[int] = field(default_factory=list)
    broken: bool = False


class Pages:
    """A file seen as pages numbered from 1; a torn last page counts as filled up with zeros."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self.size = path.stat().st_size
        self._map = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ) if self.size else b""
        self.header = bytes(self._map[:100]).ljust(100, b"\0")
        self.has_header = self.header.startswith(_MAGIC)
        self.page_size = self._page_size()
        self.usable = self.page_size - (self.header[20] if self.has_header else 0)
        self.count = -(-self.size // self.page_size)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if isinstance(self._map, mmap.mmap):
            self._map.close()
        self._file.close()

    def _page_size(self) -> int:
        if not self.has_header:
            return _USUAL_PAGE
        size = int.from_bytes(self.header[16:18], "big")
        size = 65536 if size == 1 else size
        return size if 512 <= size <= 65536 and size & (size - 1) == 0 else _USUAL_PAGE

    def page(self, number: int) -> bytes:
        """The bytes of a page; ValueError when the file has no such page."""
        if not 1 <= number <= self.count:
            raise ValueError(number)
        start = (number - 1) * self.page_size
        return bytes(self._map[start : start + self.page_size]).ljust(self.page_size, b"\0")

    def kind(self, number: int) -> int:
        """The type byte of a page, 0 when it is none of a b-tree or is not there."""
        at = (number - 1) * self.page_size + (100 if number == 1 else 0)
        if not 1 <= number <= self.count or at >= self.size:
            return 0
        kind = self._map[at]
        return kind if kind in (TABLE_LEAF, TABLE_INNER, INDEX_LEAF, INDEX_INNER) else 0

    def free(self) -> set[int]:
        """The pages that SQLite keeps for later use, as far as the list of them can be read."""
        found: set[int] = set()
        trunk = int.from_bytes(self.header[32:36], "big") if self.has_header else 0
        while 1 < trunk <= self.count and trunk not in found:
            found.add(trunk)
            page = self.page(trunk)
            many = min(int.from_bytes(page[4:8], "big"), self.usable // 4 - 2)
            found.update(_u32s(page, 8, many))
            trunk = int.from_bytes(page[:4], "big")
        return found

    def tree(self, root: int) -> Tree:
        """What can be reached of the table or index whose root is that page."""
        found = Tree()
        seen: set[int] = set()
        kinds: tuple[int, int] | None = None
        waiting = [root]
        while waiting:
            number = waiting.pop()
            kind = self.kind(number)
            if number in seen or kind == 0:
                found.broken = True
                continue
            seen.add(number)
            if kinds is None:
                is_table = kind in (TABLE_LEAF, TABLE_INNER)
                kinds = (TABLE_LEAF, TABLE_INNER) if is_table else (INDEX_LEAF, INDEX_INNER)
            if kind == kinds[0]:
                found.leaves.append(number)
            elif kind == kinds[1]:
                found.inner.append(number)
                waiting += reversed(self.children(number))
            else:
                found.broken = True
        return found

    def children(self, number: int) -> list[int]:
        """The pages below an inner page, in order."""
        page = self.page(number)
        start = 100 if number == 1 else 0
        below = [int.from_bytes(page[at : at + 4], "big") for at in self._cells(page, start, 12)]
        return [*below, int.from_bytes(page[start + 8 : start + 12], "big")]

    def cell_count(self, number: int) -> int:
        """How many rows or entries a page says it has."""
        is_inner = self.kind(number) in (TABLE_INNER, INDEX_INNER)
        start = 100 if number == 1 else 0
        return len(self._cells(self.page(number), start, 12 if is_inner else 8))

    def rows(self, number: int) -> Iterator[Row]:
        """The rows of a leaf page of a table; what cannot be a row is left out."""
        page = self.page(number)
        for at in self._cells(page, 100 if number == 1 else 0, 8):
            try:
                size, at = _varint(page, at)
                rowid, at = _varint(page, at)
                payload, complete = self._payload(page, at, size, self.usable - 35)
                values, sound = _record(payload)
            except (ValueError, IndexError):
                continue
            if values:
                # Row numbers are signed; a varint is read as if it were not.
                yield Row(rowid - (rowid >> 63 << 64), values, complete and sound)

    def entries(self, number: int) -> Iterator[tuple[Value, ...]]:
        """The entries of a page of an index, inner or leaf."""
        page = self.page(number)
        is_inner = self.kind(number) == INDEX_INNER
        most = (self.usable - 12) * 64 // 255 - 23
        for at in self._cells(page, 0, 12 if is_inner else 8):
            try:
                size, at = _varint(page, at + 4 if is_inner else at)
                payload, complete = self._payload(page, at, size, most)
                values, sound = _record(payload)
            except (ValueError, IndexError):
                continue
            if complete and sound:
                yield values

    def _cells(self, page: bytes, start: int, head: int) -> list[int]:
        """Where the cells of a page begin."""
        many = int.from_bytes(page[start + 3 : start + 5], "big")
        first = start + head
        last = first + 2 * many
        if last > self.usable:
            return []
        places = [page[at] << 8 | page[at + 1] for at in range(first, last, 2)]
        return [at for at in places if last <= at < self.usable - 2]

    def _payload(self, page: bytes, at: int, size: int, most: int) -> tuple[bytes, bool]:
        """A cell's content with what overflowed to other pages, and whether it is complete."""
        if not 0 < size <= self.size:
            raise ValueError(size)
        if size <= most:
            if at + size > self.usable:
                raise ValueError(size)
            return page[at : at + size], True
        least = (self.usable - 12) * 32 // 255 - 23
        local = least + (size - least) % (self.usable - 4)
        local = local if local <= most else least
        if at + local + 4 > self.usable:
            raise ValueError(size)
        parts, have = [page[at : at + local]], local
        following = int.from_bytes(page[at + local : at + local + 4], "big")
        # The sizes bound the loop, even where pages point at each other in a circle.
        while have < size and 1 < following <= self.count:
            more = self.page(following)
            part = more[4 : min(self.usable, 4 + size - have)]
            parts.append(part)
            have += len(part)
            following = int.from_bytes(more[:4], "big")
        return b"".join(parts), have == size and following == 0


def _record(data: bytes) -> tuple[tuple[Value, ...], bool]:
    """The values of a record, and whether all of them could be read as they were written."""
    head, at = _varint(data, 0)
    if head > len(data) or head < 2:
        raise ValueError(head)
    values: list[Value] = []
    sound = True
    body = head
    while at < head:
        serial = data[at]
        at += 1
        if serial >= 0x80:
            serial, at = _varint(data, at - 1)
        if serial >= 12:
            end = body + (serial - 12) // 2
            part = data[body:end]
            sound = sound and len(part) == end - body
            if serial & 1:
                try:
                    values.append(part.decode())
                except UnicodeDecodeError:
                    values.append(part.decode(errors="replace"))
                    sound = False
            else:
                values.append(part)
            body = end
            continue
        value, body, there = _number(data, serial, body)
        values.append(value)
        sound = sound and there
    if at != head or len(values) > _MOST_COLUMNS:
        raise ValueError(head)
    return tuple(values), sound and body == len(data)


def _number(data: bytes, serial: int, body: int) -> tuple[Value, int, bool]:
    """A value of one of the fixed kinds, where the next begins, and whether it was there."""
    if serial == 0:
        return None, body, True
    if serial >= 10:
        raise ValueError(serial)
    if serial >= 8:
        return serial - 8, body, True
    end = body + _WIDTHS[serial]
    if end > len(data):
        return None, end, False
    if serial == 7:
        from struct import unpack

        return float(unpack(">d", data[body:end])[0]), end, True
    return int.from_bytes(data[body:end], "big", signed=True), end, True


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes and where the next begins."""
    value = data[at]
    at += 1
    if value < 0x80:
        return value, at
    value &= 0x7F
    for _ in range(7):
        byte = data[at]
        at += 1
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at
    return value << 8 | data[at], at + 1


def _u32s(page: bytes, at: int, many: int) -> Sequence[int]:
    return [int.from_bytes(page[at + 4 * n : at + 4 * n + 4], "big") for n in range(many)]
