"""Catalogues in gettext's formats: read and written as PO, compiled to MO without other tools."""

import ast
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.words.extract import Text

_HEADS = {
    "": "nplurals=2; plural=(n != 1);",
    "de": "nplurals=2; plural=(n != 1);",
}


@dataclass(frozen=True)
class Entry:
    """A text, what it says in the language (one form, or one per plural), and where it stands."""

    text: Text
    said: tuple[str, ...]
    files: tuple[str, ...] = ()


def read_po(path: Path) -> dict[Text, Entry]:
    """The entries of a PO file by text; empty when there is no such file."""
    if not path.exists():
        return {}
    found: dict[Text, Entry] = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        fields, files = _fields(block)
        if fields.get("msgid"):
            text = Text(fields["msgid"], fields.get("msgid_plural", ""), fields.get("msgctxt", ""))
            said = tuple(value for key, value in fields.items() if key.startswith("msgstr"))
            found[text] = Entry(text, said, files)
    return found


def _fields(block: str) -> tuple[dict[str, str], tuple[str, ...]]:
    fields: dict[str, str] = {}
    files: list[str] = []
    last = ""
    for line in block.splitlines():
        if line.startswith("#: "):
            files += line[3:].split()
        elif line.startswith('"'):
            fields[last] += ast.literal_eval(line)
        elif line and not line.startswith("#"):
            last, _, value = line.partition(" ")
            fields[last] = ast.literal_eval(value)
    return fields, tuple(files)


def po_text(entries: Mapping[Text, Entry], code: str) -> str:
    """A PO file; a template when `code` is empty. Lines change only where a text does."""
    head = (
        'msgid ""\nmsgstr ""\n'
        f'"Project-Id-Version: csplanner\\n"\n"Language: {code}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        f'"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: {_HEADS[code]}\\n"'
    )
    return "\n\n".join([head, *(_block(entries[text]) for text in sorted(entries))]) + "\n"


def _block(entry: Entry) -> str:
    lines = [f"#: {file}" for file in entry.files]
    if entry.text.context:
        lines.append(f"msgctxt {_quoted(entry.text.context)}")
    lines.append(f"msgid {_quoted(entry.text.one)}")
    if entry.text.many:
        lines.append(f"msgid_plural {_quoted(entry.text.many)}")
        lines += [f"msgstr[{n}] {_quoted(said)}" for n, said in enumerate(entry.said)]
    else:
        lines.append(f"msgstr {_quoted(entry.said[0])}")
    return "\n".join(lines)


def _quoted(text: str) -> str:
    for plain, written in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        text = text.replace(plain, written)
    return f'"{text}"'


def blank(text: Text) -> tuple[str, ...]:
    """No translation yet, in as many forms as the text has."""
    return ("", "") if text.many else ("",)


def mo_bytes(entries: Mapping[Text, Entry], code: str) -> bytes:
    """The same compiled, as `gettext.GNUTranslations` reads it; what is not translated is left
    out and stays English.
    """
    pairs = {b"": _head(code)}
    for text, entry in entries.items():
        if all(entry.said):
            key = f"{text.one}\0{text.many}" if text.many else text.one
            key = f"{text.context}\4{key}" if text.context else key
            pairs[key.encode()] = "\0".join(entry.said).encode()
    names = sorted(pairs)
    start = 28 + 16 * len(names)
    originals, others, blob = [], [], b""
    for name in names:
        originals += [len(name), start + len(blob)]
        blob += name + b"\0"
    for name in names:
        others += [len(pairs[name]), start + len(blob)]
        blob += pairs[name] + b"\0"
    count = len(names)
    head = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, 0)
    return head + struct.pack(f"<{4 * count}I", *originals, *others) + blob


def _head(code: str) -> bytes:
    return (
        f"Language: {code}\nContent-Type: text/plain; charset=UTF-8\nPlural-Forms: {_HEADS[code]}\n"
    ).encode()
