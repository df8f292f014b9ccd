"""Finding one person in text: name, e-mail and phone as whole words, however they are written."""

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from csplanner.domain.likeness import STROKES

ERASED = "[erased]"
"""What stands where an erased person was named."""

Kind = Literal["name", "email", "phone", "number"]
"""A `number` is a phone written another way: only its end tells it, so others may be meant."""
Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None

_BETWEEN = r"[\W_]{1,3}"
_SIGNS = re.compile(r"[\W_]+")
_FIRST_IDEOGRAPH = "\u2e80"
_FEWEST_DIGITS = 7
_MOST_CODES = 8
_APART = r"[\s()./\-\u2010-\u2015]{0,3}"
"""What may stand between the digits of a phone."""
_NEVER = re.compile(r"[0-9a-f]{20}|\d{4}-\d\d-\d\d([T ].*)?")
"""Cells that are ids, days and moments: no words in them."""
_STYLES: tuple[dict[str, object], ...] = (
    {},
    {"ensure_ascii": False},
    {"separators": (",", ":")},
    {"ensure_ascii": False, "separators": (",", ":")},
)


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing a person is known by."""

    kind: Kind
    text: str

    @property
    def is_one_word(self) -> bool:
        """Whether it is a name of one word, which may mean others too."""
        words = _words(self.text)
        return self.kind == "name" and len(words) < 2 and not _is_ideographic(self.text)

    @property
    def is_vague(self) -> bool:
        """Whether it may mean others too, whoever else is in the book."""
        return self.kind == "number" or self.is_one_word


def marks_of(
    names: Iterable[str], emails: Iterable[str], phones: Iterable[str]
) -> tuple[Mark, ...]:
    """The marks of a person, each once; what is too short to tell anybody by is left out."""
    numbers = [t.strip() for t in phones if len(_digits(t)) >= _FEWEST_DIGITS]
    found = [
        *(Mark("email", t.strip()) for t in emails if "@" in t),
        *(Mark("name", " ".join(t.split())) for t in names if len(folded(t)) > 1),
        *(Mark("phone", t) for t in numbers),
        *(Mark("number", t) for t in numbers),
    ]
    first: dict[tuple[str, str], Mark] = {}
    for mark in found:
        first.setdefault((mark.kind, folded(mark.text)), mark)
    return tuple(first.values())


def folded(text: str) -> str:
    """`text` as it is compared: without accents, strokes, case and what nobody sees."""
    return text.lower() if text.isascii() else "".join(map(_plain, text))


@lru_cache(maxsize=4096)
def _plain(sign: str) -> str:
    apart = unicodedata.normalize("NFKD", sign.casefold().translate(STROKES))
    kept = (c for c in apart if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    return "".join(kept).casefold()


class Mentions:
    """Finds and erases the marks of one person."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self.marks = tuple(marks)
        patterns = sorted(map(_pattern, self.marks), key=len, reverse=True)
        self._pattern = re.compile("|".join(patterns)) if patterns else None
        self._needles = tuple({_needle(m) for m in self.marks if m.kind in ("name", "email")})
        phones = [_pattern(m) for m in self.marks if m.kind in ("phone", "number")]
        self._phones = re.compile("|".join(phones)) if phones else None
        known = {m.text for m in self.marks if m.kind == "phone"}
        others = [_digits_of(m) for m in self.marks if m.kind == "number" and m.text not in known]
        self._written_out = re.compile("|".join(others)) if others else None
        """Numbers as the book has them, where only other ways to write them are looked for."""

    def may_hold(self, text: object) -> bool:
        """Whether `text` is worth a close look; never False where there is a mention."""
        if not isinstance(text, str) or self._pattern is None:
            return False
        plain = folded(text)
        for needle in self._needles:
            if needle in plain:
                return True
        found = self._phones is not None and self._phones.search(plain) is not None
        return found or "\\u" in text

    def any_in(self, cells: Iterable[object]) -> bool:
        """Whether one of the cells of a row mentions the person."""
        texts = [cell for cell in cells if isinstance(cell, str)]
        # One look at all of them together: nearly every row mentions nobody.
        return self.may_hold("\n".join(texts)) and any(map(self.count, texts))

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the person is mentioned in a plain text."""
        if self._pattern is None or not self.may_hold(text):
            return []
        if text.isascii():
            return [m.span() for m in self._pattern.finditer(text.lower()) if self._is_meant(m)]
        signs = [(plain, at) for at, sign in enumerate(text) for plain in _plain(sign)]
        whole = "".join(plain for plain, _ in signs)
        found = []
        for match in filter(self._is_meant, self._pattern.finditer(whole)):
            end = signs[match.end() - 1][1] + 1
            while end < len(text) and not _plain(text[end]):
                end += 1
            found.append((signs[match.start()][1], end))
        return found

    def _is_meant(self, match: re.Match[str]) -> bool:
        return self._written_out is None or not self._written_out.search(match.group())

    def count(self, text: object) -> int:
        """How often the person is mentioned in a cell, JSON or plain."""
        return self.erase(text)[1] if isinstance(text, str) else 0

    def erase(self, text: str) -> tuple[str, int]:
        """`text` with every mention replaced, and how many there were.

        JSON stays JSON, written as it was; nested too deep, it is taken as plain text.
        """
        if not self.may_hold(text) or _NEVER.fullmatch(text):
            return text, 0
        if text[:1] in ("[", "{"):
            try:
                value = json.loads(text)
                becomes, count = self.erase_json(value)
                return (_as_before(text, value, becomes), count) if count else (text, 0)
            except (ValueError, RecursionError):
                return self._erase_plain(text)
        return self._erase_plain(text)

    def _erase_plain(self, text: str) -> tuple[str, int]:
        spans = self.spans(text)
        for start, end in reversed(spans):
            text = text[:start] + ERASED + text[end:]
        return text, len(spans)

    def erase_json(self, value: Json) -> tuple[Json, int]:
        """The same value with every mention in its texts replaced, and how many there were."""
        if isinstance(value, str):
            return self.erase(value)
        if isinstance(value, list):
            items = [self.erase_json(v) for v in value]
            return [v for v, _ in items], sum(n for _, n in items)
        if isinstance(value, dict):
            pairs = [(self.erase(k), self.erase_json(v)) for k, v in value.items()]
            return {k: v for (k, _), (v, _) in pairs}, sum(a + b for (_, a), (_, b) in pairs)
        return value, 0


def _as_before(text: str, value: Json, becomes: Json) -> str:
    """`becomes` as JSON in the style in which `text` says `value`."""
    for style in _STYLES:
        if json.dumps(value, **style) == text:  # type: ignore[arg-type]
            return json.dumps(becomes, **style)  # type: ignore[arg-type]
    return json.dumps(becomes, ensure_ascii=False)


def _words(text: str) -> list[str]:
    return [w for w in _SIGNS.split(folded(text)) if w]


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdecimal())


def _is_ideographic(text: str) -> bool:
    return len(text) > 2 and any(c >= _FIRST_IDEOGRAPH for c in text)


def _needle(mark: Mark) -> str:
    """A piece of the mark that every mention of it holds."""
    if mark.kind == "email":
        return folded(mark.text)
    return max(_words(mark.text), key=len, default=folded(mark.text))


def _digits_of(mark: Mark) -> str:
    return rf"(?<!\d)[+(]{{0,2}}{_APART.join(_digits(mark.text))}(?!\d)"


def _pattern(mark: Mark) -> str:
    """A pattern over folded text."""
    if mark.kind == "phone":
        return _digits_of(mark)
    if mark.kind == "number":
        # Its last digits, after at most as many as a code of the country and the area have.
        before = rf"(?:\d{_APART}){{0,{_MOST_CODES}}}"
        end = _APART.join(_digits(mark.text)[-_FEWEST_DIGITS:])
        return rf"(?<!\w)[+(]{{0,2}}{before}{end}(?!\w)"
    if mark.kind == "email":
        return rf"(?<![\w.+\-]){re.escape(folded(mark.text))}(?![\w\-]|\.\w)"
    words = [re.escape(w) for w in _words(mark.text)]
    if _is_ideographic(mark.text):
        return r"[\W_]{0,3}".join(words)
    # “Zoë Ann Lee” is also “Lee, Zoë Ann” and “Ann Lee, Zoë”.
    orders = [words[at:] + words[:at] for at in range(len(words))]
    either = "|".join(_BETWEEN.join(order) for order in orders)
    return rf"(?<![^\W_])(?:{either})(?![^\W_])"
