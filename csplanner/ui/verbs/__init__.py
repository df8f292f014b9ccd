"""The verbs of the window by menu; `book_commands` gathers them."""
