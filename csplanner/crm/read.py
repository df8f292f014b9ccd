"""Files and folders to tables. The container is told by content, never by the file's extension."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from csplanner.crm.csv_table import read_csv
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
        else:
            tables.extend(_read_file(path))
    if not tables:
        names = ", ".join(p.name for p in paths)
        raise UserError(
            f"{names} holds no CRM export. Choose a CSV, XLSX or JSON file a CRM has exported."
        )
    return tables, left


def _read_folder(folder: Path, tables: list[Table], left: list[LeftOut]) -> None:
    for path in sorted(folder.iterdir()):
        if not path.is_file() or path.name.startswith("."):
            continue
        if path.suffix.casefold() in _NEVER_TABLES:
            left.append(LeftOut(path.name, "It is no table."))
            continue
        tables.extend(_read_file(path))


def _read_file(path: Path) -> Iterator[Table]:
    name = path.name
    try:
        with path.open("rb") as stream:
            head = stream.read(4096)
    except OSError as error:
        raise UserError(f"{name} cannot be read: {error.strerror}.") from None
    if head.startswith(b"PK\x03\x04"):
        from csplanner.crm.archive import read_zip

        yield from read_zip(path, name)
    elif head.startswith(b"\xd0\xcf\x11\xe0"):
        raise UserError(f"{name} is an old Excel file. Save it as XLSX or CSV, then import it.")
    elif head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        from csplanner.crm.json_table import read_json

        yield from read_json(path, name)
    elif head.lstrip()[:1] == b"<":
        from csplanner.crm.html_table import read_html

        yield from read_html(path, name)
    else:
        yield read_csv(path, name)
