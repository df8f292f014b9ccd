"""Keeps how the columns of the Book stand, in what the window remembers of each book."""

from csplanner.ui.book.columns import Layout, layout_of
from csplanner.ui.book_memory import BookMemory

KEY = "book.columns"


def kept_layout(memory: BookMemory) -> Layout:
    """The layout kept last, or the default when there is none to be read."""
    return layout_of(memory.get(KEY))


def keep_layout(memory: BookMemory, layout: Layout) -> None:
    """Keep a layout; the default needs no keeping."""
    memory.keep(KEY, None if layout == Layout() else layout.plain())
