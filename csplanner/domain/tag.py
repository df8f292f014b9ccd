"""Tags: words of your own that group accounts."""

from collections.abc import Iterable
from dataclasses import dataclass

from csplanner.domain.account import AccountId
from csplanner.errors import UserError
from csplanner.language import tr

LONGEST = 40
"""Characters of one tag."""


@dataclass(frozen=True, slots=True)
class Tag:
    """One word on one account."""

    id: str
    account_id: AccountId
    word: str


def words_of(tags: Iterable[Tag]) -> tuple[str, ...]:
    """The words of tags by alphabet, whatever their capitals."""
    return tuple(sorted((tag.word for tag in tags), key=in_order))


def in_order(word: str) -> tuple[str, str]:
    """A key that sorts words by alphabet, whatever their capitals."""
    return word.casefold(), word


def tag_word(text: str) -> str:
    """`text` as a tag: no `#` before it, single spaces.

    Raises UserError when it is empty, longer than 40 characters, or has a comma, which parts tags.
    """
    word = " ".join(text.split()).lstrip("#").strip()
    if not word:
        raise UserError(tr("A tag needs a word. Type one."))
    if "," in word:
        raise UserError(tr("A tag has no comma. Add several tags one by one."))
    if len(word) > LONGEST:
        raise UserError(
            tr("A tag has at most {0} characters. Shorten “{1}…”.").format(LONGEST, word[:LONGEST])
        )
    return word
