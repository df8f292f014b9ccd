"""Cells to values: one memo per column, so that a repeated cell is read once."""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from string import ascii_lowercase, ascii_uppercase, digits

from csplanner.book.rows import Cell
from csplanner.crm.currencies import CODES, MARKS, NAMES, UNREADABLE
from csplanner.crm.table import MAX_CELL

NULLS = frozenset(
    ("", "#N/A", "N/A", "NULL", "\\N", "-", "--", "(No value)", "[not provided]", "Default Value",
     "000000000000000", "000000000000000AAA", "\u2013", "\u2014")
)  # fmt: skip
_TRUE = frozenset(
    ("true", "t", "yes", "y", "on", "1", "1.0", "x", "wahr", "ja", "oui", "vrai", "sí", "si",
     "verdadero", "sim", "verdadeiro", "sì", "vero", "sand", "sant", "tosi", "kyllä", "tak",
     "prawda", "ano", "da", "да", "истина", "evet", "doğru", "是", "はい", "예", "checked", "✓",
     "✔", "☑", "waar", "aktiviert")
)  # fmt: skip
_FALSE = frozenset(
    ("false", "f", "no", "n", "off", "0", "0.0", "falsch", "nein", "non", "faux", "falso", "não",
     "nao", "nee", "onwaar", "nej", "falsk", "falskt", "epätosi", "ei", "nie", "fałsz", "ne",
     "нет", "ложь", "hayır", "yanlış", "否", "いいえ", "아니요", "unchecked", "✗", "✘", "☐")
)  # fmt: skip
_CHECK = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_SALESFORCE_ID = re.compile(r"[0-9A-Za-z]{5}0[0-9A-Za-z]{9}(?:[A-Z0-5]{3})?")

TOO_LONG = f"It is longer than {MAX_CELL:,} characters and was cut there."

Read = Callable[[str], Cell]


class Memo(dict[str, Cell]):
    """Cell → value, read on first sight; unreadable cells stand in `bad` with the reason."""

    def __init__(self, read: Read, *, cuts: bool = True) -> None:
        """`cuts`: the reader takes the first 32,767 characters of a cell, which is to be said."""
        super().__init__()
        self._read = read
        self._cuts = cuts
        self.bad: dict[str, str] = {}

    def __missing__(self, cell: str) -> Cell:
        text = cell.strip()
        value: Cell = None
        if text not in NULLS:
            try:
                value = self._read(text)
            except ValueError as error:
                self.bad[cell] = str(error)
            if value == "":
                # A cell of nothing but signs that nobody sees is empty.
                value = None
            if self._cuts and len(text) > MAX_CELL:
                self.bad.setdefault(cell, TOO_LONG)
        self[cell] = value
        return value

    def column(self, cells: tuple[str, ...]) -> list[Cell]:
        """The values of a column of cells."""
        if len(self) > 50_000:
            self.clear()
        return list(map(self.__getitem__, cells))


_JOINERS = frozenset("\u200c\u200d")
"""Invisible, but part of how words of Persian and joined signs are written."""


def text(cell: str) -> str:
    """The text in composed form, without control characters, at most 32,767 characters.

    What is invisible and steers, such as a change of direction, is taken out; other control
    characters become a space.
    """
    if not cell.isascii():
        cell = unicodedata.normalize("NFC", cell)
    if not cell.isprintable():
        cell = "".join(map(_shown, cell)).strip()
    return cell[:MAX_CELL]


def _shown(sign: str) -> str:
    if sign.isprintable() or sign == "\n" or sign in _JOINERS:
        return sign
    return "" if unicodedata.category(sign) == "Cf" else " "


def line(cell: str) -> str:
    """The text on one line."""
    found = text(cell)
    return " ".join(found.split()) if "\n" in found or "  " in found else found


def external_id(cell: str) -> str:
    """The CRM's id: Salesforce's 15 characters become 18, GUIDs lower case without braces."""
    if len(cell) == 15 and _SALESFORCE_ID.fullmatch(cell):
        return salesforce_id(cell)
    if cell.startswith("zcrm_") and cell[5:].isdigit():
        return cell[5:]
    if len(cell) in (36, 38) and cell.count("-") == 4:
        return cell.strip("{}").lower()
    if re.fullmatch(r"\d(?:[.,]\d+)?[Ee]\+\d+", cell):
        raise ValueError("A spreadsheet has shortened this id. Export the file again.")
    return text(cell)


def own_id(cell: str) -> str:
    """The id of a record itself; ValueError where its check characters say it was damaged."""
    if is_damaged_id(cell):
        raise ValueError("The last three characters of this id do not fit the others.")
    return external_id(cell)


SALESFORCE_PREFIXES = frozenset(
    ("001", "003", "005", "006", "00Q", "00T", "00U", "00K", "00v", "02i", "07k", "500", "701",
     "800")
)  # fmt: skip
"""First characters of the ids of Salesforce's own objects."""
_UPPER = str.maketrans(
    {**dict.fromkeys(ascii_uppercase, "1"), **dict.fromkeys(ascii_lowercase + digits, "0")}
)
_LETTER = {
    "".join("1" if value >> bit & 1 else "0" for bit in range(5)): letter
    for value, letter in enumerate(_CHECK)
}


def salesforce_id(short: str) -> str:
    """The 18-character form of a 15-character Salesforce id (case-sensitive)."""
    capitals = short.translate(_UPPER)
    return short + _LETTER[capitals[:5]] + _LETTER[capitals[5:10]] + _LETTER[capitals[10:]]


def is_damaged_id(cell: str) -> bool:
    """Whether it is a Salesforce id of 18 characters whose last three do not fit the others."""
    return (
        len(cell) == 18
        and cell[:3] in SALESFORCE_PREFIXES
        and not cell.isdigit()
        and _SALESFORCE_ID.fullmatch(cell) is not None
        and salesforce_id(cell[:15]) != cell
    )


def boolean(cell: str) -> int:
    """1 or 0."""
    word = cell.casefold()
    if word in _TRUE:
        return 1
    if word in _FALSE:
        return 0
    raise ValueError("This is neither yes nor no.")


def email(cell: str) -> str:
    """An e-mail address; of several, as some CRMs write them, the first."""
    found = text(cell)
    if "@" not in found:
        raise ValueError("This is not an e-mail address.")
    first = re.split(r"[,;\s]+", found, maxsplit=1)[0]
    return first if "@" in first and first != found else found


def is_damaged_name(name: str) -> bool:
    """Whether a name lost its letters on the way: question marks stand for them."""
    return "???" in name and not any(sign.isalnum() for sign in name)


def domain(cell: str) -> str:
    """The host of a web address, lower case, without www."""
    host = text(cell).casefold().split("://")[-1].split("/")[0].split("@")[-1].split(":")[0]
    host = host.removeprefix("www.").strip(". ")
    if "." not in host or " " in host:
        raise ValueError("This is not a web address.")
    return host


def number(decimal: str) -> Callable[[str], Decimal]:
    """A reader of numbers whose decimal sign is `decimal`; empty: each cell tells its own."""

    def read(cell: str) -> Decimal:
        bare = bare_number(cell)
        sign = decimal or sign_of(bare)
        if sign == "?":
            raise ValueError("This can be read as a fraction or as thousands.")
        return _figure(bare, sign or ".")

    return read


def bare_number(cell: str) -> str:
    """The figure of a cell with a plain minus in front, without spaces, quotes and percent."""
    bare = re.sub(r"(?<=\d)[\s'\u2019](?=\d{3}(?!\d))", "", cell.replace("−", "-"))
    bare = re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", bare).removesuffix("%")
    if bare.startswith("(") and bare.endswith(")"):
        return "-" + bare[1:-1]
    return "-" + bare[:-1] if bare.endswith("-") else bare


def sign_of(bare: str) -> str:
    """The decimal sign a bare number shows; empty when it has none, `?` when it reads both ways."""
    dots, commas = bare.count("."), bare.count(",")
    if dots and commas:
        return "." if bare.rfind(".") > bare.rfind(",") else ","
    if not dots and not commas:
        return ""
    sign = "." if dots else ","
    if dots + commas > 1:
        return "," if dots else "."
    whole, _, rest = bare.lstrip("+-").partition(sign)
    reads_both_ways = re.fullmatch(r"[1-9]\d{0,2}", whole) and re.fullmatch(r"\d{3}", rest)
    return "?" if reads_both_ways else sign


_FIGURES = {
    sign: re.compile(
        rf"[+-]?(?=[{sign}]?\d)(?:\d+|\d{{1,3}}(?:[{group}]\d{{3}})+|"
        rf"\d{{1,2}}(?:[{group}]\d{{2}})+[{group}]\d{{3}})?(?:[{sign}]\d*)?"
        r"(?:[eE][+-]?\d{1,3})?"
    )
    for sign, group in ((".", ","), (",", "."))
}
"""Numbers whose groups are of three digits (or of two before the last, as in India)."""


def _figure(bare: str, decimal: str) -> Decimal:
    if not _FIGURES[decimal].fullmatch(bare):
        raise ValueError("This is not a number.")
    try:
        found = Decimal(bare.replace("," if decimal == "." else ".", "").replace(decimal, "."))
    except InvalidOperation:
        raise ValueError("This is not a number.") from None
    if abs(found) > 10**15:
        raise ValueError("This number is out of range.")
    return found


def thousandths(decimal: str, factor: Decimal = Decimal(1)) -> Callable[[str], int]:
    """Numbers as integer thousandths, times `factor`."""
    parse = number(decimal)
    plain_factor = factor == 1

    def read(cell: str) -> int:
        if plain_factor and cell.isascii() and cell.isdigit() and len(cell) < 15:
            return int(cell) * 1000
        return int((parse(cell) * factor * 1000).to_integral_value())

    return read


def share(cell: str) -> int:
    """A probability in percent from a fraction of 1, or from a percent above 1."""
    found = _figure(bare_number(cell), sign_of(bare_number(cell)).replace("?", "") or ".")
    percent = found * 100 if found <= 1 and "%" not in cell else found
    if not 0 <= percent <= 100:
        raise ValueError("This is not between 0 and 100.")
    return int(percent.to_integral_value())


def whole(low: int, high: int) -> Read:
    """Whole numbers between `low` and `high`; `1.234` is thousands where that is in the range."""

    def read(cell: str) -> int:
        bare = bare_number(cell)
        sign = sign_of(bare)
        readings = ((",", ".") if "." in bare else (".", ",")) if sign == "?" else (sign or ".",)
        for reading in readings:
            found = int(_figure(bare, reading).to_integral_value())
            if low <= found <= high:
                return found
        raise ValueError(f"This is not between {low} and {high}.")

    return read


_MARK = "|".join(re.escape(mark) for mark in sorted(MARKS, key=len, reverse=True))
_BESIDE = re.compile(rf"\s*([A-Za-z]{{3}}|{_MARK})?\s*(.*?)\s*([A-Za-z]{{3}}|{_MARK})?\s*")


def answer(low: int, high: int) -> Read:
    """One answer of a survey in thousandths; a word behind the figure, as in `9 - Great`, goes."""

    def read(cell: str) -> int:
        found = re.match(r"\d{1,2}(?:[.,]\d+)?(?![\d%])", cell)
        grade = Decimal(found[0].replace(",", ".")) if found else Decimal(-1)
        if not low <= grade <= high:
            raise ValueError(f"This is not between {low} and {high}.")
        return int(grade * 1000)

    return read


def split_money(cell: str) -> tuple[str, str | None]:
    """The figure of an amount and the currency beside it: a code, or `$` where only that stands."""
    negative = cell.startswith("-") and cell[1:2] in MARKS
    found = _BESIDE.fullmatch(cell[1:] if negative else cell)
    if found is None or not (found[1] or found[3]):
        return cell, None
    mark = found[1] or found[3]
    if mark in MARKS:
        return ("-" if negative else "") + found[2], MARKS[mark]
    if mark.upper() not in CODES:
        return cell, None
    return found[2], mark.upper()


class Marked(int):
    """An amount in thousandths with the currency written beside it."""

    currency: str


def money(decimal: str, *, below_zero: bool = True) -> Read:
    """Amounts as integer thousandths of the unit, `Marked` where a currency stands beside."""
    plain = thousandths(decimal)

    def read(cell: str) -> Cell:
        bare, mark = split_money(cell)
        found = plain(bare)
        if found < 0 and not below_zero:
            raise ValueError("This cannot be below zero.")
        if mark is None:
            return found
        marked = Marked(found)
        marked.currency = mark
        return marked

    return read


def currency(cell: str) -> str:
    """An ISO 4217 code from a code or a name; `$`, and `?` for `000`, which names none."""
    if cell == "000":
        return UNREADABLE
    if cell.upper() in CODES:
        return cell.upper()
    found = NAMES.get(" ".join(cell.casefold().replace("-", " ").split())) or MARKS.get(cell)
    if found is None:
        raise ValueError("This is not a currency.")
    return found


def serial_day(cell: str) -> date | None:
    """The day of a spreadsheet's serial number, None for other text."""
    if not re.fullmatch(r"\d{5}(\.\d+)?", cell):
        return None
    days = int(cell.split(".")[0])
    return date(1899, 12, 30) + timedelta(days=days) if 20_000 <= days <= 80_000 else None


def moment_day(cell: str) -> date:
    """The UTC day of an ISO date or moment; ValueError for other text."""
    day = date.fromisoformat(cell[:10])
    rest = cell[10:].strip()
    if rest and (rest[-1] not in "Zz") and re.search(r"[+-]\d{2}:?\d{2}$", rest):
        stamp = re.sub(r"\s+(?=[+-]\d)|Z(?=[+-])", "", cell.replace(" ", "T", 1))
        return datetime.fromisoformat(stamp).astimezone(UTC).date()
    return day
