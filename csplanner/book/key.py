"""The key of an encrypted book, and the keys this run of the program was given.

An encrypted book is an SQLCipher 4 file with its usual settings: the passphrase becomes a key by
PBKDF2 (SHA-512, 256,000 rounds) over a salt, which is the first 16 bytes of the file. So the salt
tells which key a file needs: a book and its backups share both, and the slow step is done once.
A key is kept in memory only, and never shown.
"""

import hmac
import os
from dataclasses import dataclass
from hashlib import pbkdf2_hmac
from pathlib import Path
from unicodedata import normalize

from csplanner.errors import UserError

PAGE = 4096
"""Bytes of a page of every encrypted book."""

SHORTEST = 8
"""Letters a new passphrase must have."""

NO_WAY_BACK = "There is no way back in without the passphrase: write it down."

_PLAIN = b"SQLite format 3\0"
_SALT, _RESERVED, _SUM = 16, 80, 64
_ROUNDS, _LENGTH, _SUM_ROUNDS, _SUM_MASK = 256_000, 32, 2, 0x3A
_DIFFERENT_BYTES = 240
"""A page of 4,096 random bytes holds nearly all 256 values."""

_JOURNAL = bytes.fromhex("d9d505f920a163d7")
_RECORD = 4 + PAGE + 4
"""Bytes a journal keeps of a page: its number, the page, a sum."""


class NeedsPassphrase(UserError):  # noqa: N818 - named for what is asked for
    """The file at `path` is encrypted and its key is not known yet: ask, `unlock`, try again."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.name} is encrypted, or it is not a csplanner book. "
            "Give its passphrase to open it."
        )
        self.path = path


class WrongPassphrase(UserError):  # noqa: N818 - as above
    """The passphrase does not open the file."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"That is not the passphrase of {path.name}. Check capital letters and the keyboard’s "
            "language, then type it again. A lost passphrase cannot be recovered."
        )


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """What opens files that begin with `salt`; shows nothing of itself."""

    raw: bytes
    salt: bytes

    def __repr__(self) -> str:
        return "Key(…)"

    @property
    def spec(self) -> str:
        """The key as SQLCipher takes it."""
        return f"x'{self.raw.hex()}{self.salt.hex()}'"

    @classmethod
    def of(cls, passphrase: str, salt: bytes) -> "Key":
        """The key that `passphrase` makes with that salt; takes about a quarter of a second."""
        words = normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
        return cls(pbkdf2_hmac("sha512", words, salt, _ROUNDS, _LENGTH), salt)


_held: dict[bytes, Key] = {}


def new_key(passphrase: str) -> Key:
    """A key for a book to be encrypted, held from now on; UserError when it is too short."""
    if len(passphrase) < SHORTEST:
        raise UserError(
            f"A passphrase needs at least {SHORTEST} letters. Several words are easier to "
            "remember than signs."
        )
    key = Key.of(passphrase, os.urandom(_SALT))
    hold(key)
    return key


def hold(key: Key) -> None:
    """Open every file of that key from now on, until the program ends."""
    _held[key.salt] = key


def forget(key: Key) -> None:
    """Ask for the passphrase of its files again from now on."""
    _held.pop(key.salt, None)


def key_for(path: Path) -> Key | None:
    """The key the closed file at `path` needs, None when it is not encrypted.

    Raises NeedsPassphrase when its passphrase was not given yet. Must not be called while this
    process has the file open.
    """
    start = _start_of(path)
    if not looks_encrypted(start, path.stat().st_size):
        return None
    key = _held.get(start[:_SALT])
    if key is None:
        raise NeedsPassphrase(path)
    return key


def is_encrypted(path: Path) -> bool:
    """Whether the closed file at `path` looks like an encrypted book."""
    try:
        return looks_encrypted(_start_of(path), path.stat().st_size)
    except OSError:
        return False


def is_locked(path: Path) -> bool:
    """Whether the closed file at `path` needs a passphrase that was not given yet."""
    try:
        key_for(path)
    except NeedsPassphrase:
        return True
    except OSError:
        return False
    return False


def looks_encrypted(start: bytes, size: int) -> bool:
    """Whether a file of `size` bytes that begins so can be an encrypted book: random from the
    first byte on. Whole pages are not asked for, as it may be cut short.
    """
    page = start[:PAGE]
    return (
        size >= PAGE
        and len(page) == PAGE
        and not page.startswith(_PLAIN)
        and len(set(page)) >= _DIFFERENT_BYTES
        and max(map(page.count, set(page))) < PAGE // 64
    )


def unlock(path: Path, passphrase: str) -> Key:
    """Hold the key that `passphrase` makes for the closed file at `path`.

    Raises WrongPassphrase when it does not open the file, UserError when the file is not
    encrypted. Takes about a quarter of a second; safe to call on any thread.
    """
    start = _start_of(path)
    if not looks_encrypted(start, path.stat().st_size):
        raise UserError(f"{path.name} is not encrypted. Open it without a passphrase.")
    key = Key.of(passphrase, start[:_SALT])
    if not any(_fits(page, key) for page in (start[:PAGE], *_pages_kept(path))):
        raise WrongPassphrase(path)
    hold(key)
    return key


def _fits(page: bytes, key: Key) -> bool:
    """Whether the sum at the end of a first page was made with that key."""
    if len(page) != PAGE or page[:_SALT] != key.salt:
        return False
    salt = bytes(byte ^ _SUM_MASK for byte in key.salt)
    sum_key = pbkdf2_hmac("sha512", key.raw, salt, _SUM_ROUNDS, _LENGTH)
    end = PAGE - _RESERVED + _SALT  # the ciphertext and what it was begun with
    made = hmac.digest(sum_key, page[_SALT:end] + (1).to_bytes(4, "little"), "sha512")
    return hmac.compare_digest(made, page[end : end + _SUM])


def _pages_kept(path: Path) -> list[bytes]:
    """The first page as a journal beside the file keeps it, where a crash tore the file's own."""
    return first_pages_in(path.with_name(path.name + "-journal"))


def first_pages_in(journal: Path) -> list[bytes]:
    """The first pages a journal keeps, as they were; none when it cannot be read."""
    try:
        kept = journal.read_bytes()
    except OSError:
        return []
    pages, at = [], 0
    while kept.startswith(_JOURNAL, at):
        # It is written in parts; each has a header of one sector.
        count = int.from_bytes(kept[at + 8 : at + 12], "big")
        sector = int.from_bytes(kept[at + 20 : at + 24], "big")
        if not 32 <= sector <= 65536:
            break
        end = min(at + sector + count * _RECORD, len(kept))
        starts = range(at + sector, end, _RECORD)
        pages += [kept[s + 4 : s + 4 + PAGE] for s in starts if kept.startswith(b"\0\0\0\1", s)]
        at = -(-end // sector) * sector
    return pages


def _start_of(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(PAGE)
