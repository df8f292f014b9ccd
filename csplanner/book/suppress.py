"""The list of erased people, by salted hashes alone, so that an import does not bring them back.

A hash is two bytes of a keyed BLAKE2b, which tell nearly every other person apart at once, and
scrypt for the rest. It hides who was erased from a glance, not from somebody who has the book and
a name to try: no hash of a name can.
"""

import os
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b, scrypt

from csplanner.book.ids import new_id
from csplanner.book.mentions import Mark, folded
from csplanner.book.person_marks import Known, same_name

_COST, _BLOCK, _LENGTH = 2**12, 8, 16


def key_of_id(person_id: str) -> str:
    """What the person of that id is looked up by."""
    return f"id\x1f{person_id}"


def key_of_ref(source: str, external_id: str) -> str:
    """What the person another system calls so is looked up by."""
    return f"ref\x1f{source}\x1f{external_id}"


def key_of_email(email: str) -> str:
    """What the bearer of an e-mail is looked up by."""
    return f"email\x1f{folded(email).strip()}"


def key_of_name(account_id: str, name: str) -> str:
    """What a person of that name in one account is looked up by."""
    return f"name\x1f{account_id}\x1f{' '.join(folded(name).split())}"


@dataclass(frozen=True, slots=True)
class Suppressed:
    """The hashes of a book, ready to be asked for many people."""

    hashes: dict[bytes, dict[bytes, frozenset[bytes]]]
    """By salt, then by the first two bytes."""

    def __bool__(self) -> bool:
        return bool(self.hashes)

    def holds(self, key: str) -> bool:
        """Whether the bearer of `key` was erased."""
        for salt, by_start in self.hashes.items():
            known = by_start.get(_start(salt, key))
            if known is not None and _slow(salt, key) in known:
                return True
        return False

    def holds_any(self, keys: Iterable[str]) -> bool:
        """Whether the bearer of one of `keys` was erased."""
        return any(map(self.holds, keys))


def _start(salt: bytes, key: str) -> bytes:
    return blake2b(key.encode(), key=salt, digest_size=2).digest()


def _slow(salt: bytes, key: str) -> bytes:
    return scrypt(key.encode(), salt=salt, n=_COST, r=_BLOCK, p=1, dklen=_LENGTH)


def suppressed(db: sqlite3.Connection, schema: str = "main") -> Suppressed:
    """The hashes of the book; empty for one of a schema that had none."""
    if not _has_table(db, schema):
        return Suppressed({})
    found: dict[bytes, dict[bytes, set[bytes]]] = {}
    for salt, text in db.execute(f"select salt, hash from {schema}.suppressed"):
        whole = bytes.fromhex(text)
        found.setdefault(bytes.fromhex(salt), {}).setdefault(whole[:2], set()).add(whole[2:])
    return Suppressed(
        {salt: {k: frozenset(v) for k, v in starts.items()} for salt, starts in found.items()}
    )


def _has_table(db: sqlite3.Connection, schema: str = "main") -> bool:
    sql = f"select 1 from {schema}.sqlite_master where type = 'table' and name = 'suppressed'"
    return db.execute(sql).fetchone() is not None


def suppress(db: sqlite3.Connection, who: Known, on: str) -> None:
    """Keep the hashes of a person inside an open transaction; before their rows go.

    What another person of the book is known by as well is not kept: it would keep them out too.
    """
    found = db.execute("select salt from suppressed limit 1").fetchone()
    salt = bytes.fromhex(found[0]) if found else os.urandom(16)
    listed = suppressed(db)
    for key in _keys(db, who):
        if not listed.holds(key):
            whole = _start(salt, key) + _slow(salt, key)
            db.execute(
                'insert into suppressed (id, salt, hash, "on") values (?, ?, ?, ?)',
                (new_id(), salt.hex(), whole.hex(), on),
            )


def _keys(db: sqlite3.Connection, who: Known) -> list[str]:
    refs = db.execute(
        "select source, external_id from external_ref where tbl = 'person' and row_id = ?",
        (who.id,),
    )
    keys = [key_of_id(who.id), *(key_of_ref(*ref) for ref in refs)]
    keys += [key_of_email(m.text) for m in who.marks if m.kind == "email"]
    colleagues = db.execute(
        "select name from person where account_id = ? and id <> ?", (who.account_id, who.id)
    ).fetchall()
    keys += [
        key_of_name(who.account_id, mark.text)
        for mark in (*who.marks, *who.shared)
        if _tells(mark) and not any(same_name(mark.text, name) for (name,) in colleagues)
    ]
    return list(dict.fromkeys(keys))


def _tells(mark: Mark) -> bool:
    return mark.kind == "name" and not mark.is_one_word


def erased_before(db: sqlite3.Connection, *, account_id: str, name: str, email: str) -> str:
    """A sentence when a person just added by hand was erased before, else empty.

    Nothing is lifted: imports go on leaving them out.
    """
    keys = [key_of_name(account_id, name), *([key_of_email(email)] if email else [])]
    if not suppressed(db).holds_any(keys):
        return ""
    return "You erased this person before; imports go on leaving them out."


def carry_over(source: sqlite3.Connection, target: sqlite3.Connection) -> int:
    """Bring the hashes of one book into another, as after a restore; returns how many came."""
    if not (_has_table(source) and _has_table(target)):
        return 0
    came = 0
    for table in ("suppressed", "erasure"):
        rows = source.execute(f"select * from {table}").fetchall()
        marks = ", ".join("?" * len(rows[0])) if rows else ""
        for row in rows:
            sql = f"insert or ignore into {table} values ({marks})"
            came += target.execute(sql, row).rowcount
    return came
