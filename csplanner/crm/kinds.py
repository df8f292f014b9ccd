"""What a file is by its first bytes: how it is read, or why it cannot be and what to do."""

from csplanner.crm.text import by_mark

_OTHERS = (
    (b"SQLite format 3\0", "is a csplanner book or another database, no snapshot",
     "Choose a CSV, XLSX or JSON file a CRM has exported."),
    (b"\xd0\xcf\x11\xe0", "is an old or protected Excel file",
     "Save it as XLSX without a password."),
    (b"PK\x05\x06", "is an empty archive", "Export it again."),
    (b"%PDF", "is a PDF, which is made to be looked at", "Export the same as CSV or XLSX."),
    (b"\x1f\x8b", "is packed with gzip", "Unpack it, then choose the file in it."),
    (b"7z\xbc\xaf\x27\x1c", "is packed with 7-Zip", "Unpack it, then choose the folder."),
    (b"Rar!", "is packed with RAR", "Unpack it, then choose the folder."),
    (b"BZh", "is packed with bzip2", "Unpack it, then choose the file in it."),
    (b"\x28\xb5\x2f\xfd", "is packed with zstd", "Unpack it, then choose the file in it."),
    (b"\xfd7zXZ", "is packed with xz", "Unpack it, then choose the file in it."),
    (b"PAR1", "is a Parquet file", "Export the same as CSV."),
    (b"Obj\x01", "is an Avro file", "Export the same as CSV."),
    (b"\x89PNG", "is a picture", "Export the same as CSV or XLSX."),
    (b"\xff\xd8\xff", "is a picture", "Export the same as CSV or XLSX."),
    (b"GIF8", "is a picture", "Export the same as CSV or XLSX."),
    (b"{\\rtf", "is a text document", "Export the same as CSV or XLSX."),
    (b"BEGIN:VCALENDAR", "is a calendar, no snapshot", "Import it with csplanner calendar."),
    (b"BEGIN:VCARD", "is an address book", "Export the contacts of your CRM as CSV."),
)  # fmt: skip
_PACKED = (
    ("xl/workbook.bin", "is a binary workbook", "Save it as XLSX, then import it."),
    ("word/document.xml", "is a text document", "Export the same as CSV or XLSX."),
    ("ppt/presentation.xml", "is a presentation", "Export the same as CSV or XLSX."),
    ("content.xml", "is an OpenDocument file", "Save it as XLSX, then import it."),
    ("Index/Document.iwa", "is an Apple Numbers file", "Export it as CSV or XLSX."),
)


def refusal(name: str, head: bytes) -> str:
    """Why a file with these first bytes cannot be read, in one sentence; empty when it can."""
    return next((f"{name} {is_}. {do}" for mark, is_, do in _OTHERS if head.startswith(mark)), "")


def packed_refusal(name: str, parts: list[str]) -> str:
    """Why an archive of these parts is neither a workbook nor an export; empty when it may be."""
    return next((f"{name} {is_}. {do}" for part, is_, do in _PACKED if part in parts), "")


def container(head: bytes) -> str:
    """`zip`, `json`, `html` or `csv` by the first bytes, in whatever encoding."""
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    encoding, skip = by_mark(head)
    start = head[skip : len(head) // 4 * 4]
    letters = start.replace(b"\0", b"") if encoding and encoding != "utf-8" else start
    first = letters.lstrip()[:1]
    if first in (b"{", b"["):
        return "json"
    return "html" if first == b"<" else "csv"
