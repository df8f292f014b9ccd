"""What a disk may hold after the power went, built from the record of what was done to it.

What was synced is there. Of each file's later writes every one survives or not by the throw of a
coin, and may be torn between two sectors. Names appear and vanish in order, so that some first
part of the later changes of names survives. Files are told apart by inode, not by name: a new
journal is not the old one of the same name.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.disk import Event

_SECTOR = 512
_TORN = 0.25


@dataclass(slots=True)
class _File:
    synced: bytearray = field(default_factory=bytearray)
    later: list[Event] = field(default_factory=list)


class Platter:
    """The disk's state as the events go by: `advance`, then `image` as often as wanted."""

    def __init__(self, names: dict[str, int], contents: dict[int, bytes]) -> None:
        self._names = dict(names)
        self._later_names: list[Event] = []
        self._files = {inode: _File(bytearray(held)) for inode, held in contents.items()}

    def advance(self, event: Event) -> None:
        """Take one more event in."""
        match event.kind:
            case "write" | "truncate":
                self._files[event.inode].later.append(event)
            case "sync":
                synced = self._files[event.inode]
                for write in synced.later:
                    _apply(synced.synced, write)
                synced.later.clear()
            case "create" | "delete":
                self._files.setdefault(event.inode, _File())
                self._later_names.append(event)
            case "folder-sync":
                for change in self._later_names:
                    _rename(self._names, change)
                self._later_names.clear()

    def image(self, dice: random.Random) -> dict[str, bytes]:
        """The files by name as they may be found when the power comes back."""
        names = dict(self._names)
        for change in self._later_names[: dice.randint(0, len(self._later_names))]:
            _rename(names, change)
        return {name: self._content(self._files[inode], dice) for name, inode in names.items()}

    def _content(self, file: _File, dice: random.Random) -> bytes:
        held = bytearray(file.synced)
        for write in file.later:
            if dice.random() < 0.5:
                _apply(held, _torn(write, dice))
        return bytes(held)


def _rename(names: dict[str, int], change: Event) -> None:
    if change.kind == "create":
        names[change.name] = change.inode
    else:
        names.pop(change.name, None)


def _apply(held: bytearray, event: Event) -> None:
    if event.kind == "truncate":
        del held[event.offset :]
        return
    if len(held) < event.offset:
        held.extend(bytes(event.offset - len(held)))
    held[event.offset : event.offset + len(event.content)] = event.content


def _torn(write: Event, dice: random.Random) -> Event:
    """The write, or now and then only its first or only its last sectors."""
    sectors = len(write.content) // _SECTOR
    if write.kind != "write" or sectors < 2 or dice.random() >= _TORN:
        return write
    at = _SECTOR * dice.randrange(1, sectors)
    if dice.random() < 0.5:
        return Event("write", write.inode, "", write.offset, write.content[:at])
    return Event("write", write.inode, "", write.offset + at, write.content[at:])


def cuts(events: Sequence[Event], how_many: int, dice: random.Random) -> list[int]:
    """Moments to cut the power at, in order: half anywhere, half close to where it matters."""
    close = [at for at, e in enumerate(events) if e.kind not in ("write", "truncate")]
    chosen = []
    for number in range(how_many):
        at = dice.choice(close) + dice.randint(-3, 3) if number % 2 else dice.randrange(len(events))
        chosen.append(min(max(at, 0), len(events)))
    return sorted(chosen)


def put_down(image: dict[str, bytes], folder: Path) -> None:
    """Write what an image holds of the folder above into an empty one."""
    for name, content in image.items():
        # A backup made on the way lies elsewhere.
        if Path(name).parent == folder.parent:
            (folder / Path(name).name).write_bytes(content)
