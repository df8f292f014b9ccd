"""A disk that can be told to fail at its k-th call, and that remembers every call.

An apsw VFS between SQLite and the file system. What it remembers is replayed by `power`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import apsw

_WITH_FOLDER_SYNC = (
    apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_SUPER_JOURNAL | apsw.SQLITE_OPEN_WAL
)


@dataclass(frozen=True, slots=True)
class Event:
    """One call that changed the disk; `inode` tells a file from a later one of its name."""

    kind: str
    """write, truncate, sync, create, delete, folder-sync or acked."""
    inode: int = 0
    name: str = ""
    offset: int = 0
    content: bytes = b""


@dataclass(slots=True)
class Failure:
    """Which call fails and how: `call` is write, sync, delete or folder-sync; `at` counts from 1.

    A failing folder-sync comes after the deletion it should make lasting.
    """

    call: str
    at: int
    code: int
    """SQLite's number for what is wrong."""
    lasting: bool
    """Whether all later calls of that kind fail as well."""
    seen: int = 0
    struck: bool = False

    def meet(self, call: str, *, grows: bool) -> None:
        """Count a call and fail it when its turn has come; a full disk only fails growth."""
        if call != self.call or (self.code == apsw.SQLITE_FULL and not grows):
            return
        self.seen += 1
        if self.seen == self.at or (self.lasting and self.seen > self.at):
            self.struck = True
            raise apsw.exception_for(self.code)


@dataclass(slots=True)
class Record:
    """What happened on the disk so far."""

    events: list[Event] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)
    sizes: dict[int, int] = field(default_factory=dict)
    last: int = 0

    def inode(self, name: str) -> int:
        """The file of that name; a new one when there is none."""
        if name not in self.names:
            self.last += 1
            self.names[name] = self.last
            self.events.append(Event("create", self.last, name))
        return self.names[name]


class Disk(apsw.VFS):
    """The VFS: `failing` arms it, `record` holds what it did. Nothing is really synced."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.record = Record()
        self.failure: Failure | None = None
        self.is_recording = False
        super().__init__(name, "")

    def xOpen(self, name: Any, flags: list[int]) -> "File":
        return File(self, name, flags)

    def xDelete(self, name: str, sync_folder: bool) -> None:
        self.meet("delete")
        super().xDelete(name, sync_folder)
        if sync_folder:
            self.meet("folder-sync")
        if self.is_recording:
            gone = self.record.names.pop(name, None)
            if gone is not None:
                self.record.events.append(Event("delete", gone, name))
            if sync_folder:
                self.record.events.append(Event("folder-sync"))

    @contextmanager
    def failing(self, call: str, at: int, code: int, *, lasting: bool = False) -> Iterator[Failure]:
        """Fail the `at`-th call of that kind inside this block."""
        self.failure = Failure(call, at, code, lasting)
        try:
            yield self.failure
        finally:
            self.failure = None

    def meet(self, call: str, *, grows: bool = False) -> None:
        """Let an armed failure strike."""
        if self.failure is not None:
            self.failure.meet(call, grows=grows)

    def acked(self, step: str) -> None:
        """Note that a step was told to be done."""
        self.record.events.append(Event("acked", name=step))


class File(apsw.VFSFile):
    """One open file of the disk."""

    def __init__(self, disk: Disk, name: Any, flags: list[int]) -> None:
        self._disk = disk
        self._name = "" if name is None else str(getattr(name, "filename", lambda: name)())
        self._syncs_folder = bool(flags[0] & _WITH_FOLDER_SYNC)
        super().__init__("", name, flags)
        self._inode = 0
        if disk.is_recording and self._name:
            self._inode = disk.record.inode(self._name)

    def xWrite(self, content: bytes, offset: int) -> None:
        disk = self._disk
        if disk.failure is not None:
            disk.meet("write", grows=offset + len(content) > super().xFileSize())
        super().xWrite(content, offset)
        if self._inode:
            disk.record.events.append(Event("write", self._inode, "", offset, bytes(content)))

    def xTruncate(self, size: int) -> None:
        super().xTruncate(size)
        if self._inode:
            self._disk.record.events.append(Event("truncate", self._inode, "", size))

    def xSync(self, flags: int) -> None:
        del flags
        disk = self._disk
        disk.meet("sync")
        if self._inode:
            disk.record.events.append(Event("sync", self._inode))
            # SQLite's own VFS syncs the folder when a new journal is synced for the first time.
            if self._syncs_folder:
                disk.record.events.append(Event("folder-sync"))
                self._syncs_folder = False
