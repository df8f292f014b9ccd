"""Files and folders to tables. The container is told by content, never by the file's extension."""

import stat
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from csplanner.book.export import EXPORT_MARK, GUARD_MARK
from csplanner.crm.archive import FURNITURE, NO_TABLE, Read, is_furniture, read_zip
from csplanner.crm.csv_table import read_csv
from csplanner.crm.kinds import container, refusal
from csplanner.crm.stored import Stored, name_of, of_path
from csplanner.crm.table import EmptyFileError, LeftOut, NoTableError, Table, own_export
from csplanner.errors import UserError

_NEVER_TABLES = frozenset((".txt", ".md", ".yml", ".yaml", ".pdf", ".py", ".toml", ""))
_DEEPEST = 4
"""Folders within the folder named are read so far down."""
_MOST_FILES = 2_000


def read_tables(
    paths: Sequence[Path], encodings: Mapping[str, str] | None = None
) -> tuple[list[Table], list[LeftOut]]:
    """Every table in the files and folders, by name, and what a folder holds beside them.

    `encodings` says by the shown name of a file how its letters are written, `*` for all text
    files. The same content given twice is used once. Raises UserError when a file named outright
    is no snapshot, or nothing at all is found; Question where an encoding cannot be told.
    """
    tables: list[Table] = []
    left: list[LeftOut] = []
    names = _shown(paths)
    reading = _Reading(encodings or {})
    for path in sorted(paths, key=lambda p: (name_of(p), str(p))):
        with _reasons_in_words(name_of(path)):
            found, beside = reading.read(path, names[path])
        _refuse_own_export(found, name_of(path))
        tables += found
        left += beside
    if not tables:
        raise _no_snapshot(", ".join(name_of(p) for p in paths) or "Nothing", left)
    return _used_once(sorted(tables, key=lambda t: (t.file, t.sha256)), left), left


def _shown(paths: Sequence[Path]) -> dict[Path, str]:
    """A name to show for each path, with its folder before it where names stand twice."""
    counted = Counter(name_of(p) for p in set(paths))
    return {
        p: name_of(p) if counted[name_of(p)] == 1 else f"{p.parent.name}/{name_of(p)}"
        for p in paths
    }


@contextmanager
def _reasons_in_words(name: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise UserError(f"There is no file {name}. Check the path.") from None
    except OSError as error:
        raise UserError(f"{name} cannot be read: {error.strerror}. Check its rights.") from None


def _no_snapshot(name: str, left: Sequence[LeftOut]) -> UserError:
    why = left[0].reason if len(left) == 1 and left[0].reason != NO_TABLE else ""
    if why:
        return UserError(f"{left[0].file} cannot be used: {why[:1].lower()}{why[1:]}")
    return UserError(
        f"{name} holds no CRM export. Choose a CSV, XLSX or JSON file a CRM has exported."
    )


def _refuse_own_export(tables: list[Table], name: str) -> None:
    headings = {h.strip().casefold() for t in tables for h in t.headers}
    if headings & {EXPORT_MARK, GUARD_MARK}:
        raise own_export(name)


def _used_once(tables: list[Table], left: list[LeftOut]) -> list[Table]:
    """The tables without those of the same content as another; these are told in `left`."""
    seen: dict[tuple[str, str], str] = {}
    kept = []
    for table in tables:
        part = table.file.rpartition(" › ")[2] if table.container != "CSV" else ""
        key = (table.sha256, part if " › " in table.file else "")
        if key in seen:
            words = "It was given twice" if seen[key] == table.file else (
                f"It holds the same as {seen[key]}"
            )  # fmt: skip
            left.append(LeftOut(table.file, f"{words} and is used once."))
            continue
        seen[key] = table.file
        kept.append(table)
    return kept


class _Reading:
    """One look through files and folders."""

    def __init__(self, encodings: Mapping[str, str]) -> None:
        self._encodings = encodings

    def read(self, path: Path, name: str) -> Read:
        """The tables of a file or a folder that was named outright."""
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return self._folder(path)
        if not stat.S_ISREG(mode):
            raise UserError(
                f"{name_of(path)} is neither a file nor a folder. Choose a file a CRM has exported."
            )
        found, left = self._file(path, name)
        if not found:
            raise _no_snapshot(name_of(path), left)
        return found, left

    def _folder(self, folder: Path, within: str = "", deeper: int = _DEEPEST) -> Read:
        """The tables in a folder; where it has none itself, those of the folders in it.

        Older exports are often kept in a folder beside the new ones. Links are not followed.
        """
        tables: list[Table] = []
        left: list[LeftOut] = []
        entries = sorted(folder.iterdir())
        if len(entries) > _MOST_FILES:
            raise UserError(
                f"{name_of(folder)} holds more than {_MOST_FILES:,} files. Choose fewer."
            )
        folders = [p for p in entries if p.is_dir() and not is_furniture(name_of(p))]
        for path in (p for p in entries if p not in folders):
            found, beside = self._member(path, within + name_of(path))
            tables += found
            left += beside
        has_own = bool(tables)
        for inner in folders:
            name = f"{within}{name_of(inner)}/"
            if has_own or inner.is_symlink() or not deeper:
                left.append(LeftOut(name, "It is a folder; import it by itself."))
            else:
                found, beside = self._folder(inner, name, deeper - 1)
                tables += found
                left += beside
        return tables, left

    def _member(self, path: Path, name: str) -> Read:
        """The tables of a file in a folder, or why it is not used."""
        if is_furniture(name):
            return [], [LeftOut(name, FURNITURE)]
        if not path.is_file() or path.suffix.casefold() in _NEVER_TABLES:
            return [], [LeftOut(name, NO_TABLE)]
        try:
            found, beside = self._file(path, name)
        except EmptyFileError:
            return [], [LeftOut(name, "It is empty.")]
        except NoTableError as error:
            return [], [LeftOut(name, str(error).replace(name, "It", 1))]
        return found, beside or ([] if found else [LeftOut(name, NO_TABLE)])

    def _file(self, path: Path, name: str) -> Read:
        encoding = self._encodings.get(name, self._encodings.get("*", ""))
        return _by_content(of_path(path, name), encoding)


def _by_content(stored: Stored, encoding: str) -> Read:
    with stored.open() as stream:
        head = stream.read(4096)
    if why := refusal(stored.name, head):
        raise NoTableError(why)
    kind = container(head)
    if kind == "zip":
        return read_zip(stored, lambda member: _by_content(member, encoding))
    if kind == "json":
        from csplanner.crm.json_table import read_json

        return read_json(stored)
    if kind == "html":
        from csplanner.crm.html_table import read_html

        return read_html(stored)
    return [read_csv(stored, encoding)], []
