"""A table from the clipboard, kept as a private file so that it is read as any other."""

import os
from pathlib import Path

from csplanner.book.room import new_folder, remove_folder
from csplanner.errors import UserError
from csplanner.language import tr

_MOST = 32 << 20
_SIGNS = ("\t", ";", ",", "|")


def keep_pasted(text: str) -> Path:
    """Write the text as a table that only you can read; its folder is `put_away` afterwards.

    Raises UserError when the text holds no table.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if len(text) > _MOST:
        raise UserError(tr("The clipboard holds more than 32 MB. Save it as a file and choose it."))
    if len(lines) < 2 or not any(sign in lines[0] for sign in _SIGNS):
        raise UserError(
            tr("The clipboard holds no table. Copy its cells with the row of headers, then paste.")
        )
    folder = new_folder("pasted")
    ending = "tsv" if "\t" in lines[0] else "csv"
    path = folder / f"{tr('Pasted table')}.{ending}"
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as stream:
        stream.write(text)
    return path


def put_away(path: Path) -> None:
    """Remove a pasted table and its folder."""
    remove_folder(path.parent)
