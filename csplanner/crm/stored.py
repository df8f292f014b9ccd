"""Bytes of a file or of a member of an archive, opened anew as often as needed."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Stored:
    """A name to show, how to open the bytes, and how many there are."""

    name: str
    open: Callable[[], BinaryIO]
    size: int

    def read(self) -> bytes:
        """All bytes."""
        with self.open() as stream:
            return stream.read()


def name_of(path: Path) -> str:
    """The name of a file as it can be shown and kept; signs that are none in UTF-8 become `?`s."""
    return path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def of_path(path: Path, name: str) -> Stored:
    """The bytes of a file, under the name to show."""
    return Stored(name, lambda: path.open("rb"), path.stat().st_size)


def of_bytes(name: str, data: bytes) -> Stored:
    """Bytes already read."""
    return Stored(name, lambda: io.BytesIO(data), len(data))
