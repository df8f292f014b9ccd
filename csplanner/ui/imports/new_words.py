"""Which columns bring words nobody explained yet, and which of them are still to be said."""

from collections.abc import Iterable, Mapping, Sequence

from csplanner.crm.mapping import FileMapping
from csplanner.crm.staged import UnknownWord
from csplanner.language import ntr, tr
from csplanner.ui.imports.word_panel import words_of
from csplanner.ui.imports.words import one_line

Place = tuple[str, str]
"""A file and the header of one of its columns."""


def new_words(
    mappings: Iterable[FileMapping], words: Sequence[UnknownWord]
) -> dict[Place, Sequence[UnknownWord]]:
    """The columns that bring new words, in the order of the files, with these words."""
    listed = {(m.file, c.header): words_of(c, words) for m in mappings for c in m.used}
    return {place: found for place, found in listed.items() if found}


def to_say(
    found: Mapping[Place, Sequence[UnknownWord]], meanings: Mapping[str, Mapping[str, str]]
) -> dict[Place, int]:
    """The columns with words whose meaning nobody said, and how many of each."""
    left = {
        place: sum(w.word not in meanings.get(w.kind, {}) for w in words)
        for place, words in found.items()
    }
    return {place: count for place, count in left.items() if count}


def asked(to_say: Mapping[Place, int]) -> str:
    """`1 word of Stage is new: say what it means.`; empty when there is nothing to say."""
    if not to_say:
        return ""
    count = sum(to_say.values())
    if len(to_say) > 1:
        return tr("{0} words of {1} columns are new: say what they mean.").format(
            count, len(to_say)
        )
    (_, header) = next(iter(to_say))
    return ntr(
        "{0} word of {1} is new: say what it means.",
        "{0} words of {1} are new: say what they mean.",
        count,
    ).replace("{1}", one_line(header))
