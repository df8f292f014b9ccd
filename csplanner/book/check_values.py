"""Rules about values: texts, days and their order, and records that cannot be read."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from csplanner.book.check_rule import (
    Find,
    Mend,
    Place,
    Rule,
    account_of,
    columns_of,
    delete_rows,
    rule_of,
)
from csplanner.book.news import is_line
from csplanner.book.records import shelves
from csplanner.book.rows import Codec
from csplanner.book.rows import codec as codec_of
from csplanner.book.schema import JOURNALLED
from csplanner.book.settings import unreadable_settings
from csplanner.book.snapshots import counts_of, files_of, is_snapshot
from csplanner.domain.account import Account
from csplanner.domain.recipe import is_mapping
from csplanner.errors import UserError

LONGEST_TEXT = 1_000_000
"""Characters of one text; nobody types more, and pages of lists would stall on it."""

_DAYS = ("_on", "_due", "_since", "_deadline")
_DAY_NAMES = frozenset({"on", "start", "end", "due", "as_of", "since", "until"})


def _bad_settings(db: sqlite3.Connection) -> list[Place]:
    return [Place("setting", name) for name in unreadable_settings(db)]


def _orders() -> Iterator[Rule]:
    fix = "Open each and correct the dates."
    for key, words, table, wrong in (
        ("term_backwards", "contract terms that end before they start", "term", '"end" < start'),
        ("case_backwards", "cases closed before they were opened", "support_case",
         "closed_on < opened_on"),
        ("subscription_backwards", "subscriptions that end before they start", "subscription",
         '"end" < start'),
        ("tenure_backwards", "tenures that end before they start", "tenure", "until < since"),
        ("measured_ahead", "measurements dated more than a year ahead", "measurement",
         "as_of > date((select max(at) from change), '+1 year')"),
    ):  # fmt: skip
        yield rule_of(
            key, words, f"select '{table}', id, account_id from {table} where {wrong}", fix
        )


def _texts(db: sqlite3.Connection) -> Iterator[Rule]:
    names = {
        table: [c for c, kind, _ in columns_of(db, table) if kind == "text"] for table in JOURNALLED
    }
    yield Rule(
        "bad_text", "rows with text that is no text", _texts_where(names, _is_no_text),
        "Puts � in the place of what cannot be read.", _mend_texts(names),
    )  # fmt: skip
    yield Rule(
        "long_text", f"rows with a text of more than {LONGEST_TEXT:,} characters",
        _texts_where(names, lambda text: len(text) > LONGEST_TEXT),
        "Open each and shorten the text.",
    )  # fmt: skip


def _is_no_text(text: bytes) -> bool:
    if b"\0" in text:
        return True
    try:
        text.decode()
    except UnicodeDecodeError:
        return True
    return False


def _texts_where(names: dict[str, list[str]], wrong: Callable[[bytes], bool]) -> Find:
    """Finds rows by the bytes of their texts, which a text that is none could not be read as."""

    def find(db: sqlite3.Connection) -> list[Place]:
        found = []
        for table, columns in names.items():
            # All texts of a row at once; what is wrong in none of them is wrong in no row.
            joined = " || char(10) || ".join(f"coalesce(\"{c}\", '')" for c in columns)
            sql = f"select rowid, cast({joined} as blob) from {table}"
            for rowid in [r for r, text in db.execute(sql) if wrong(text)]:
                if any(map(wrong, _bytes_of(db, table, columns, rowid).values())):
                    i, account = db.execute(
                        f"select cast(id as blob), {account_of(table)} from {table} t "
                        "where rowid = ?",
                        (rowid,),
                    ).fetchone()
                    found.append(Place(table, i.decode(errors="replace"), account or ""))
        return found

    return find


def _bytes_of(
    db: sqlite3.Connection, table: str, columns: Iterable[str], rowid: int
) -> dict[str, bytes]:
    names = list(columns)
    listed = ", ".join(f'cast("{c}" as blob)' for c in names)
    row = db.execute(f"select {listed} from {table} where rowid = ?", (rowid,)).fetchone()
    return {c: cell for c, cell in zip(names, row, strict=True) if cell is not None}


def _mend_texts(names: dict[str, list[str]]) -> Mend:
    def mend(db: sqlite3.Connection, places: Sequence[Place]) -> None:
        for place in places:
            row = db.execute(f"select rowid from {place.table} where id = ?", (place.id,))
            (rowid,) = row.fetchone() or (None,)
            if rowid is None:
                continue
            texts = _bytes_of(db, place.table, names[place.table], rowid)
            for column, text in texts.items():
                if _is_no_text(text):
                    db.execute(
                        f'update {place.table} set "{column}" = ? where rowid = ?',
                        (_readable(text), rowid),
                    )
        # The images of this change hold what was there, and must be readable to be undone.
        newest = "change_id = (select max(id) from change)"
        sql = f"select id, cast(before as blob), cast(after as blob) from change_row where {newest}"
        for entry, before, after in db.execute(sql).fetchall():
            for column, image in (("before", before), ("after", after)):
                if image is not None and _is_no_text(image):
                    db.execute(
                        f"update change_row set {column} = ? where id = ?",
                        (_readable(image), entry),
                    )

    return mend


def _readable(text: bytes) -> str:
    return text.decode(errors="replace").replace("\0", "")


def _dates(db: sqlite3.Connection) -> Iterator[Rule]:
    fixed, lost = [], []
    updates = []
    for table in JOURNALLED:
        columns = columns_of(db, table)
        for column, kind, needed in columns:
            if kind != "text" or not (column in _DAY_NAMES or column.endswith(_DAYS)):
                continue
            # Only with a modifier does SQLite see that February has no 31st.
            cell, day = f'"{column}"', f'substr("{column}", 1, 10)'
            wrong = f"{cell} is not null and date({cell}, '+0 days') is not {cell}"
            is_moment = f"date({day}, '+0 days') is {day}"
            rows = f"select '{table}', t.id, {account_of(table)} from {table} t where {wrong}"
            if needed:
                lost.append(f"{rows} and not ({is_moment})")
            fixed.append(f"{rows} and {is_moment}" if needed else rows)
            sets = f"{cell} = iif({is_moment}, {day}, null)"
            if any(name == f"{column}_state" for name, _, _ in columns):
                sets += f", {column}_state = iif({is_moment}, 'known', 'unknown')"
            known = f" and {is_moment}" if needed else ""
            updates.append(f"update {table} set {sets} where {wrong}{known}")

    def mend(db: sqlite3.Connection, _places: Sequence[Place]) -> None:
        for update in updates:
            db.execute(update)

    yield Rule(
        "odd_date", "dates that are no plain days", _union(fixed),
        "Keeps the day where a moment stands, else says unknown.", mend,
    )  # fmt: skip
    yield Rule("bad_date", "dates that are no dates", _union(lost),
               "Open each and correct the date.")  # fmt: skip


def _union(selects: Sequence[str]) -> Find:
    """Finds by many selects, more than one statement of SQLite may join."""

    def find(db: sqlite3.Connection) -> list[Place]:
        return [Place(t, str(i), a or "") for sql in selects for t, i, a in db.execute(sql)]

    return find


def _documents() -> Iterator[Rule]:
    """What imports keep as documents of names and values."""
    yield Rule(
        "bad_mapping", "remembered mappings that cannot be read",
        _rows_where("recipe", ("mapping",), lambda mapping: not is_mapping(_document(mapping))),
        "Forgets each: its columns are asked about again.", delete_rows,
    )  # fmt: skip
    yield Rule(
        "bad_files", "imports whose files or counts cannot be read",
        _rows_where("snapshot", ("files", "counts"), lambda *both: not is_snapshot(*both)),
        "Keeps what of them can be read.", _mend_snapshots,
    )  # fmt: skip
    yield Rule(
        "bad_news", "lines of news that cannot be read",
        _rows_where("news", ("on", "kind", "facts"), _is_no_news), "Removes each.", delete_rows,
    )  # fmt: skip
    yield Rule(
        "bad_cells", "rows set aside whose cells cannot be read",
        _rows_where("quarantine", ("cells",), lambda cells: bool(cells) and not _is_row(cells)),
        "Forgets their cells.", _mend_cells,
    )  # fmt: skip


def _document(text: bytes) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _is_no_news(on: bytes, kind: bytes, facts: bytes) -> bool:
    told = is_line(on.decode(errors="replace"), kind.decode(errors="replace"))
    return not (told and isinstance(_document(facts), dict))


def _is_row(cells: bytes) -> bool:
    found = _document(cells)
    return isinstance(found, dict) and all(isinstance(cell, str) for cell in found.values())


def _rows_where(table: str, columns: Sequence[str], wrong: Callable[..., bool]) -> Find:
    """Finds rows by the bytes of some cells."""
    listed = ", ".join(f'cast("{c}" as blob)' for c in columns)

    def find(db: sqlite3.Connection) -> list[Place]:
        rows = db.execute(f"select id, {account_of(table)}, {listed} from {table} t")
        return [Place(table, str(i), a or "") for i, a, *cells in rows if wrong(*cells)]

    return find


def _mend_snapshots(db: sqlite3.Connection, places: Sequence[Place]) -> None:
    for place in places:
        row = db.execute("select files, counts from snapshot where id = ?", (place.id,)).fetchone()
        files = json.dumps([asdict(f) for f in files_of(row[0])])
        values = (files, json.dumps(counts_of(row[1])), place.id)
        db.execute("update snapshot set files = ?, counts = ? where id = ?", values)


def _mend_cells(db: sqlite3.Connection, places: Sequence[Place]) -> None:
    for place in places:
        db.execute("update quarantine set cells = '' where id = ?", (place.id,))


def unreadable(db: sqlite3.Connection, known: frozenset[Place]) -> list[Place]:
    """Records that cannot be read, though SQLite finds nothing wrong; without those `known`."""
    found = []
    codecs: list[tuple[str, Codec[Any]]] = [(s.table, s.codec) for s in shelves()]
    for table, codec in [("account", codec_of(Account)), *codecs]:
        account = account_of(table)
        skip = {p.id for p in known if p.table == table}
        sql = f"select {codec.select}, id, {account} from {table} t"
        if skip:
            sql += " where id not in (select value from json_each(?))"
        for *cells, i, of in db.execute(sql, (json.dumps(sorted(skip)),) if skip else ()):
            try:
                codec.decode(cells)
            except UserError:
                found.append(Place(table, i, of or ""))
    return found


def value_rules(db: sqlite3.Connection) -> Iterator[Rule]:
    """The rules about values; texts come first, as other rules read them."""
    yield from _texts(db)
    yield Rule(
        "bad_setting", "settings that cannot be read", _bad_settings, "Gives each its default.",
        delete_rows,
    )  # fmt: skip
    yield from _documents()
    yield from _dates(db)
    yield from _orders()
