"""Files and folders to tables. The container is told by content, never by the file's extension."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from csplanner.crm.csv_table import read_csv
from csplanner.crm.stored import Stored, of_path
from csplanner.crm.table import Table
from csplanner.errors import UserError

_NEVER_TABLES = frozenset((".txt", ".md", ".yml", ".yaml", ".pdf", ".py", ".toml", ""))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file of the snapshot that is not used, and why."""

    file: str
    reason: str
    records: int = 0


def read_tables(paths: Sequence[Path]) -> tuple[list[Table], list[LeftOut]]:
    """Every table in the files and folders, by name, and what a folder holds beside them.

    Raises UserError when a file named outright is no snapshot, or nothing at all is found.
    """
    tables: list[Table] = []
    left: list[LeftOut] = []
    for path in sorted(paths, key=lambda p: (p.name, str(p))):
        if not path.exists():
            raise UserError(f"There is no file {path.name}. Check the path.")
        if path.is_dir():
            _read_folder(path, tables, left)
            continue
        found = _read_file(path)
        if not found:
            raise _no_snapshot(path.name)
        tables.extend(found)
    if not tables:
        raise _no_snapshot(", ".join(p.name for p in paths) or "Nothing")
    return sorted(tables, key=lambda t: (t.file, t.sha256)), left


def _no_snapshot(name: str) -> UserError:
    return UserError(
        f"{name} holds no CRM export. Choose a CSV, XLSX or JSON file a CRM has exported."
    )


def _read_folder(folder: Path, tables: list[Table], left: list[LeftOut]) -> None:
    for path in sorted(folder.iterdir()):
        if not path.is_file() or path.name.startswith("."):
            continue
        found = [] if path.suffix.casefold() in _NEVER_TABLES else _read_file(path)
        if not found:
            left.append(LeftOut(path.name, "It is no table."))
        tables.extend(found)


def _read_file(path: Path) -> list[Table]:
    try:
        with path.open("rb") as stream:
            head = stream.read(4096)
    except OSError as error:
        raise UserError(f"{path.name} cannot be read: {error.strerror}.") from None
    return _by_content(of_path(path), head)


def _by_content(stored: Stored, head: bytes) -> list[Table]:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if head.startswith(b"PK\x03\x04"):
        from csplanner.crm.archive import read_zip

        return read_zip(stored)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise UserError(
            f"{stored.name} is an old or protected Excel file. Save it as XLSX without a password."
        )
    if start in (b"{", b"["):
        from csplanner.crm.json_table import read_json

        return read_json(stored)
    if start == b"<":
        from csplanner.crm.html_table import read_html

        return read_html(stored)
    return [read_csv(stored)]
