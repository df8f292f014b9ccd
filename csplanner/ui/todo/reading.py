"""The day that some words name, wherever it stands in them."""

from datetime import date

from csplanner.domain.line_days import MOST_WORDS, Days
from csplanner.domain.line_words import words_of_line

_MOST_READ = 200


def day_in_words(text: str, today: date) -> date | None:
    """The last day named in `text` (`send the deck by Friday`), ahead of today where it can be."""
    days, words = Days(today, ahead=True), words_of_line(text)[:_MOST_READ]
    for end in range(len(words), 0, -1):
        for start in range(max(0, end - MOST_WORDS), end):
            found = days.read(words[start:end])
            if found is not None:
                return found
    return None
