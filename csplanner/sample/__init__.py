"""The sample book and how it is made."""

from csplanner.sample.making import (
    STORY_DAY,
    make_sample_book,
    sample_settings,
    shift_for,
    shifted,
)

__all__ = [
    "STORY_DAY", "make_sample_book", "sample_settings", "shift_for", "shifted",
]  # fmt: skip
