"""Watches from inside a process what it must never do: reach a network, or leave a file that
others on the machine can read.

A test runs a scene (see `scenes.py`) in a process of its own, as neither watch can be taken off.
"""

import contextlib
import ctypes
import os
import platform
import socket
import stat
import struct
import sys
from pathlib import Path

_SOCKET_CALL = {"x86_64": (41, 0xC000003E), "aarch64": (198, 0xC00000B7)}
_NETS = (socket.AF_INET, socket.AF_INET6)
_ASKS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.getnameinfo", "urllib.Request")
_REACHES = ("socket.connect", "socket.bind", "socket.sendto")


class Reached(BaseException):
    """Something reached for a network; no code of ours may catch it."""


def forbid_network(seen: list[str]) -> bool:
    """Fail on what Python asks of a network, and end the process (and those it starts) when
    anything below Python, such as Qt, makes a network socket; returns whether the latter holds.
    """

    def look(event: str, args: tuple[object, ...]) -> None:
        to_net = event in _REACHES and getattr(args[0], "family", None) in _NETS
        if to_net or event in _ASKS:
            seen.append(event)
            raise Reached(event)

    sys.addaudithook(look)
    return _forbid_sockets()


def _forbid_sockets() -> bool:
    """Have the kernel end this process when it makes a socket of IPv4 or IPv6."""
    if not sys.platform.startswith("linux") or platform.machine() not in _SOCKET_CALL:
        return False
    number, machine = _SOCKET_CALL[platform.machine()]
    load, equal, leave = 0x20, 0x15, 0x06
    allow, end = 0x7FFF0000, 0x80000000
    steps = (
        (load, 0, 0, 4), (equal, 0, 5, machine), (load, 0, 0, 0), (equal, 0, 3, number),
        (load, 0, 0, 16), (equal, 2, 0, socket.AF_INET), (equal, 1, 0, socket.AF_INET6),
        (leave, 0, 0, allow), (leave, 0, 0, end),
    )  # fmt: skip
    raw = b"".join(struct.pack("HBBI", *step) for step in steps)
    kept = ctypes.create_string_buffer(raw)
    program = ctypes.create_string_buffer(struct.pack("H6xQ", len(steps), ctypes.addressof(kept)))
    kernel = ctypes.CDLL(None)
    return kernel.prctl(38, 1, 0, 0, 0) == 0 and kernel.prctl(22, 2, program, 0, 0) == 0


class Modes:
    """Notes every file and folder below `root` that others may read, also those that do not last:
    each is looked at before Python removes or renames it.
    """

    def __init__(self, root: Path) -> None:
        self.root = os.fspath(root)
        self.open: dict[str, str] = {}
        self.looked_at = 0
        sys.addaudithook(self._see)

    def walk(self) -> None:
        """Look at everything there is."""
        for folder, folders, files in os.walk(self.root):
            for name in (*folders, *files):
                self._look(f"{folder}/{name}")

    def _see(self, event: str, args: tuple[object, ...]) -> None:
        if event in ("os.remove", "os.rename", "os.rmdir", "os.link") and isinstance(
            args[0], str | Path
        ):
            self._look(os.fspath(args[0]))
        elif event == "shutil.rmtree":
            self.walk()

    def _look(self, path: str) -> None:
        if not path.startswith(self.root + "/"):
            return
        with contextlib.suppress(OSError):
            found = os.lstat(path)
            if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
                return
            self.looked_at += 1
            if stat.S_IMODE(found.st_mode) & 0o077:
                self.open[path.removeprefix(self.root)] = oct(stat.S_IMODE(found.st_mode))
