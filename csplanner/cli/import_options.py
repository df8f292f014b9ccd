"""What the options of the verb `import` mean."""

import codecs
import json
from argparse import Namespace
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from csplanner.book.book import Book
from csplanner.crm.importing import look
from csplanner.crm.mapping import FileMapping, from_json
from csplanner.crm.options import Fix, Options
from csplanner.crm.remembered import headers_key
from csplanner.crm.vocabulary import CHOICES
from csplanner.errors import UserError

_UNREADABLE = (
    "{} is not a mapping csplanner can read. Save one with: csplanner import BOOK FILES "
    "--dry-run --json > mapping.json"
)


def options_of(asked: Namespace, book: Book) -> Options:
    """What was asked for; raises UserError naming what cannot be understood."""
    options = Options(
        source=asked.source or "",
        as_of=asked.as_of,
        scope=asked.scope,
        date_order=asked.date_order or "",
        currency=(asked.currency or "").upper(),
        decimal=asked.decimal or "",
        today=asked.today,
        complete=tuple(dict.fromkeys(asked.complete)),
        within=asked.within or "",
        blanks=asked.blanks,
        same_names=asked.same_names,
        recall=not asked.no_recall,
        encodings=dict(map(_encoding, asked.encoding)),
        fixes=tuple(map(_fix, asked.fix)),
        matches=_matches(asked.match, book),
        meanings=_meanings(asked.meaning),
    )
    return replace(options, mappings=_mappings(asked, options, book))


# Words of single options


def _pair(text: str, flag: str, shape: str) -> tuple[str, str]:
    """What stands before and behind the last equals sign."""
    name, sign, value = text.rpartition("=")
    if not (name and sign):
        raise UserError(f"“{text}” is no {shape}. Write {flag} {shape}.")
    return name, value


def _encoding(text: str) -> tuple[str, str]:
    file, name = _pair(text, "--encoding", "FILE=NAME")
    try:
        codecs.lookup(name)
    except (LookupError, ValueError):
        raise UserError(f"“{name}” is no encoding. Write one such as utf-8 or cp1252.") from None
    return file, name


def _fix(text: str) -> Fix:
    shape = "FILE:ROW:HEADER=VALUE"
    place, sign, value = text.partition("=")
    file, _, rest = place.rpartition(":")
    file, _, row = file.rpartition(":")
    if not (sign and file and row.isdigit()):
        raise UserError(f"“{text}” is no {shape}. Write --fix {shape}.")
    return Fix(file, int(row), rest, value)


def _matches(given: list[str], book: Book) -> dict[str, str]:
    found = {}
    for text in given:
        key, name = _pair(text, "--match", "ID=ACCOUNT")
        found[key] = name if name == "new" else book.accounts.only(name).id
    return found


def _meanings(given: list[str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for text in given:
        name, meaning = _pair(text, "--meaning", "KIND:WORD=MEANING")
        kind, _, word = name.partition(":")
        if not word:
            raise UserError(f"“{text}” names no word. Write --meaning stage:Verbal=won.")
        choices = CHOICES.get(kind)
        if choices is None:
            raise UserError(f"“{kind}” is no kind of word. Say one of {', '.join(CHOICES)}.")
        if meaning not in choices:
            raise UserError(f"A {kind} cannot mean “{meaning}”. Say one of {', '.join(choices)}.")
        found[kind][word] = meaning
    return dict(found)


# Mappings


def _mappings(asked: Namespace, options: Options, book: Book) -> dict[str, FileMapping]:
    """The mappings said, by file: a saved one, and what single options change of it."""
    given = _fitted(read_mappings(asked.mapping), asked, options) if asked.mapping else {}
    changes = asked.object or asked.column or asked.remember_as or asked.no_remember
    if not changes:
        return given
    found = look(asked.paths, replace(options, mappings=given), book.path)
    known = {m.file: m for m in (*found.mappings, *found.unusable)}
    chosen = {m.file: m for m in found.mappings if asked.remember_as or asked.no_remember}
    for text in asked.object:
        file, object_ = _pair(text, "--object", "FILE=KIND")
        chosen[file] = _known(chosen | known, file).with_object(object_)
    for text in asked.column:
        place, key = _pair(text, "--column", "FILE:HEADER=TARGET")
        file, _, header = place.partition(":")
        mapping = _known(known | chosen, file)
        if header not in {c.header for c in mapping.columns}:
            raise UserError(f"{file} has no column “{header}”. Write its header as it stands.")
        chosen[file] = _targeted(mapping, header, key)
    named = {
        file: replace(m, remember=not asked.no_remember, remember_as=asked.remember_as or "")
        for file, m in chosen.items()
    }
    return {**given, **named}


def _known(mappings: Mapping[str, FileMapping], file: str) -> FileMapping:
    if file not in mappings:
        listed = ", ".join(sorted(mappings))
        raise UserError(f"No file is called {file}. Say one of {listed}.")
    return mappings[file]


def _targeted(mapping: FileMapping, header: str, key: str) -> FileMapping:
    try:
        return mapping.with_target(header, key)
    except KeyError:
        raise UserError(
            f"A column cannot become “{key}”. Targets look like account.name; csplanner import "
            "BOOK FILES --dry-run --json shows those in use."
        ) from None


def read_mappings(path: Path) -> dict[str, FileMapping]:
    """The mappings in a file: what `--json` printed, a list of mappings, or one of them."""
    try:
        if path.exists() and not path.is_file():
            raise UserError(_UNREADABLE.format(path.name))
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UserError(f"{path.name} cannot be read: {error.strerror}. Check the path.") from None
    except (ValueError, RecursionError):
        raise UserError(_UNREADABLE.format(path.name)) from None
    if isinstance(document, dict):
        document = document.get("mappings", [document])
    if not isinstance(document, list) or not document:
        raise UserError(_UNREADABLE.format(path.name))
    if not all(isinstance(entry, dict) and "columns" in entry for entry in document):
        raise UserError(_UNREADABLE.format(path.name))
    return {mapping.file: mapping for mapping in map(from_json, document)}


def _fitted(
    given: Mapping[str, FileMapping], asked: Namespace, options: Options
) -> dict[str, FileMapping]:
    """The mappings under the names of these files.

    Exports are often named by their day: a file takes the mapping of its own name, else the one
    that has the same columns.
    """
    found = look(asked.paths, replace(options, mappings=given))
    files = (*found.mappings, *found.unusable)
    fitted = {m.file: given[m.file] for m in files if m.file in given}
    by_columns = {_headers(m): m for m in given.values()}
    for one in files:
        alike = by_columns.get(_headers(one))
        if one.file not in fitted and alike is not None:
            fitted[one.file] = replace(alike, file=one.file)
    if not fitted:
        raise UserError(
            f"{asked.mapping.name} fits none of these files: neither names nor columns are "
            "alike. Save a mapping of these with --dry-run --json."
        )
    return fitted


def _headers(mapping: FileMapping) -> str:
    return headers_key(column.header for column in mapping.columns)
