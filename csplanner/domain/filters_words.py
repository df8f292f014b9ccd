"""Parts the text of a filter into words, quoted ones as they are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_TOKEN = re.compile(
    r'"(?P<straight>(?:[^"]|"")*)"(?=[\s,|)]|$)'
    r"|“(?P<curly>[^”]*)”|„(?P<low>[^“”]*)[“”]|«(?P<angle>[^»]*)»"
    r"|(?P<sign>>=|<=|!=|<>|==|[=<>≥≤≠|])"
    r"|(?P<comma>,)(?=\s|$)"
    r"|(?P<word>(?:(?!,(?:\s|$))[^\s|=<>≥≤≠])+)"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a sign or a quoted text, and where it stands."""

    text: str
    start: int
    end: int
    is_quoted: bool = False

    def says(self, *words: str) -> bool:
        """Whether it is one of the words, unquoted."""
        return not self.is_quoted and self.text.casefold() in words


def tokens(text: str) -> list[Token]:
    """The words of `text` in order."""
    found = []
    for match in _TOKEN.finditer(text):
        quoted = match.lastgroup in ("straight", "curly", "low", "angle")
        said = match[match.lastgroup or 0]
        if match.lastgroup == "straight":
            said = said.replace('""', '"')
        found.append(Token(said, match.start(), match.end(), quoted))
    return found


def parted(words: Sequence[Token], *marks: str) -> list[list[Token]]:
    """The words between unquoted marks."""
    parts: list[list[Token]] = [[]]
    for word in words:
        if word.says(*marks):
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


def written(source: str, words: Sequence[Token]) -> str:
    """What the words say together: a quoted one alone as it is, others as they were written."""
    if not words:
        return ""
    if len(words) == 1:
        return words[0].text
    return source[words[0].start : words[-1].end].strip()
