"""Markup to tags and text in one pass: time grows with the length alone, whatever stands in it."""

import re
from collections.abc import Iterator
from html import unescape

_NAME = re.compile(r"/?[a-z][\w:.-]{0,40}", re.IGNORECASE)
_NUMBERS = re.compile(
    r"\b(colspan|rowspan|ss:index|ss:mergeacross|ss:mergedown)\s*=\s*[\"']?(\d{1,6})\b",
    re.IGNORECASE,
)
_UNSEEN = ("script", "style")
_LONGEST_TAG = 4_000

Piece = tuple[str, str]
"""A tag's name (`/` before it where it closes) and what stands in it, or an empty name and text."""


def pieces(text: str) -> Iterator[Piece]:
    """The tags and the texts between them, in order; comments and scripts are left out."""
    finder = _Finder(text)
    at = 0
    while at < len(text):
        start = finder.find("<", at)
        if start > at:
            yield "", unescape(text[at:start])
        if start == len(text):
            return
        if text.startswith("<!--", start):
            at = finder.find("-->", start) + 3
        elif text.startswith("<![CDATA[", start):
            at = finder.find("]]>", start)
            yield "", text[start + 9 : at]
            at += 3
        elif name := _NAME.match(text, start + 1):
            end = finder.find(">", start)
            tag = name[0].casefold()
            yield tag, text[name.end() : min(end, name.end() + _LONGEST_TAG)]
            at = end + 1
            if tag in _UNSEEN:
                at = finder.find(f"</{tag}", at)
        elif text[start + 1 : start + 2] in ("!", "?"):
            at = finder.find(">", start) + 1
        else:
            yield "", "<"
            at = start + 1


def numbers(inner: str) -> dict[str, int]:
    """The whole numbers that say where a cell stands and how far it reaches."""
    return {name.casefold(): int(number) for name, number in _NUMBERS.findall(inner)}


class _Finder:
    """Finds words in a text; one that was not found is never looked for again."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._missing: set[str] = set()

    def find(self, word: str, at: int) -> int:
        """Where the word stands next, the text's end where it does not."""
        if word in self._missing:
            return len(self._text)
        found = self._text.find(word, at)
        if found < 0:
            self._missing.add(word)
            return len(self._text)
        return found
