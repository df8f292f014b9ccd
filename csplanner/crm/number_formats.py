"""What number formats of a workbook say that its cells do not: the currency, or a percentage."""

import re
import zipfile
from html import unescape

Marks = dict[tuple[int, int], str]
"""(row, column), from 0, to `%` or what shows the currency."""
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*?\b(?:\w+:)?id=[\"']([^\"']+)[\"'][^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)>")
_ATTRIBUTE = re.compile(rb"\b(\w+)=(?:\"([^\"]*)\"|'([^']*)')")
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b([^>]*)>")
_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(rb"<(?:\w+:)?xf\b([^>]*)>")
_BRACKETED = re.compile(r"\[\$([^\]-]*)(?:-([0-9A-Fa-f]+))?\]")
_QUOTED = re.compile(r"\"([^\"]*)\"|([€£¥$])")
_DOLLARS = {"409": "USD", "1009": "CAD", "C0C": "CAD", "C09": "AUD", "1409": "NZD", "4809": "SGD"}
"""Languages of countries whose currency a `$` then is."""
_SIGN = re.compile(r"[€£¥$]|US\$|[A-Z]{3}|[A-Z]{1,2}\$")
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*\bhidden=[\"'](?:1|true)[\"']")


def sheet_parts(archive: zipfile.ZipFile) -> list[str]:
    """The part of each sheet, in the order the workbook names them; none where that is unclear."""
    try:
        book = archive.read("xl/workbook.xml")
        relations = archive.read("xl/_rels/workbook.xml.rels")
    except KeyError:
        return []
    targets = {}
    for found in _RELATION.findall(relations):
        said = _attributes(found)
        target = said.get("Target", "").removeprefix("/")
        targets[said.get("Id", "")] = target if target.startswith("xl/") else f"xl/{target}"
    return [targets.get(i.decode("utf-8", "replace"), "") for i in _SHEET.findall(book)]


def marks_of(archive: zipfile.ZipFile, part: str) -> tuple[Marks, int]:
    """What the formats of a sheet's cells say, and how many of its rows are hidden."""
    try:
        sheet = archive.read(part)
    except KeyError:
        return {}, 0
    hidden = len(_HIDDEN_ROW.findall(sheet))
    styles = _styles(archive)
    if not styles:
        return {}, hidden
    chosen = b"|".join(str(n).encode() for n in styles)
    cell = re.compile(rb"<(?:\w+:)?c\s[^>]*?\bs=[\"'](?:" + chosen + rb")[\"'][^>]*>")
    marks = {}
    for found in cell.finditer(sheet):
        said = _attributes(found[0])
        place = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", said.get("r", ""))
        if place:
            marks[int(place[2]) - 1, _column(place[1])] = styles[int(said["s"])]
    return marks, hidden


def _styles(archive: zipfile.ZipFile) -> dict[int, str]:
    """The cell styles that say something, with what they say."""
    try:
        data = archive.read("xl/styles.xml")
    except KeyError:
        return {}
    codes = {"9": "%", "10": "%"}
    for found in _FORMAT.findall(data):
        said = _attributes(found)
        if mark := _mark(unescape(said.get("formatCode", ""))):
            codes[said.get("numFmtId", "")] = mark
    block = _STYLES.search(data)
    used = _STYLE.findall(block[0]) if block else []
    numbers = (_attributes(style).get("numFmtId", "") for style in used)
    return {at: codes[number] for at, number in enumerate(numbers) if number in codes}


def _mark(code: str) -> str:
    """`%`, an ISO code or a sign of currency, empty for formats that say neither."""
    for sign, language in _BRACKETED.findall(code):
        sign = sign.strip()
        if sign == "$" and language.upper() in _DOLLARS:
            return _DOLLARS[language.upper()]
        if _SIGN.fullmatch(sign):
            return str(sign)
    for quoted, bare in _QUOTED.findall(_BRACKETED.sub("", code)):
        if _SIGN.fullmatch((quoted or bare).strip()):
            return str((quoted or bare).strip())
    return "%" if "%" in code else ""


def _attributes(tag: bytes) -> dict[str, str]:
    return {
        name.decode(): (one or two).decode("utf-8", "replace")
        for name, one, two in _ATTRIBUTE.findall(tag)
    }


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
