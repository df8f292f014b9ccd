"""Python's own calls to the file system, any one of which can be made to fail."""

import builtins
import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

MAKING = ("open", "mkdir", "rename", "replace", "link", "fsync", "chmod", "truncate", "utime")
"""Calls without which nothing new can come about."""
REMOVING = ("unlink", "remove", "rmdir")
"""Calls without which something old cannot go away."""
LOOKING = ("stat", "lstat", "scandir", "listdir")
"""Calls that only look; `exists` passes an error of the drive on."""


@dataclass(slots=True)
class Calls:
    """Counts the calls below a folder and fails the `at`-th of them."""

    below: Path
    at: int
    code: int
    seen: int = 0
    failed: str = ""
    names: list[str] = field(default_factory=list)

    def meet(self, name: str, place: object) -> None:
        """Count a call and fail it when it is its turn."""
        if not self._is_ours(place):
            return
        self.seen += 1
        self.names.append(name)
        if self.seen == self.at:
            self.failed = f"{name} of {place}"
            raise OSError(self.code, os.strerror(self.code), str(place))

    def _is_ours(self, place: object) -> bool:
        if isinstance(place, int):
            try:
                place = Path(f"/proc/self/fd/{place}").readlink()
            except OSError:
                return False
        return str(place).startswith(str(self.below))


@contextmanager
def failing_call(
    below: Path, names: tuple[str, ...], at: int, code: int = errno.EIO
) -> Iterator[Calls]:
    """Fail the `at`-th of the named calls on anything below a folder, and only that one."""
    calls = Calls(below, at, code)
    with pytest.MonkeyPatch.context() as patch:
        for name in names:
            if name == "open":
                # `open` of a file that is only read looks; of one that is written it makes.
                for place in (io, builtins):
                    patch.setattr(place, "open", _watched(calls, "open", io.open))
            patch.setattr(os, name, _watched(calls, name, getattr(os, name)))
        yield calls


def _watched(calls: Calls, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
    def call(place: Any, *rest: Any, **named: Any) -> Any:
        calls.meet(name, place)
        return real(place, *rest, **named)

    return call
