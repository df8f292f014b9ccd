"""Ids: random for what a person adds, derived from the source for what a snapshot brings."""

import os
from collections.abc import Callable
from hashlib import blake2b


def new_id() -> str:
    """A random id of 20 hexadecimal characters."""
    return os.urandom(10).hex()


def derived_id(*parts: str) -> str:
    """The same id for the same parts, so that files in any order make the same book."""
    return blake2b("\x1f".join(parts).encode(), digest_size=10).hexdigest()


def ids_under(*parts: str) -> Callable[[str], str]:
    """A function of the last part that gives what `derived_id` gives: for many ids alike."""
    start = blake2b(("\x1f".join(parts) + "\x1f").encode(), digest_size=10)

    def made(last: str) -> str:
        digest = start.copy()
        digest.update(last.encode())
        return digest.hexdigest()

    return made
