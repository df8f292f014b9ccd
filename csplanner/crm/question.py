"""What an import cannot decide by itself: asked in the window, a flag on the command line."""

from csplanner.errors import UserError


class Question(UserError):  # noqa: N818 - it asks, nothing failed
    """An import needs an answer. `flag` is the option that answers it, `choices` what it may be."""

    def __init__(
        self, sentence: str, flag: str, *, choices: tuple[str, ...] = (), where: str = ""
    ) -> None:
        super().__init__(sentence)
        self.flag = flag
        self.choices = choices
        self.where = where
        """File and column it is about, empty for the whole snapshot."""


class Cancelled(Exception):  # noqa: N818 - not an error: somebody pressed Cancel
    """The import was cancelled; the book is unchanged."""
