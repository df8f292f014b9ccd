"""The one exception whose text is meant for the user; anything else that is raised is a bug."""


class UserError(Exception):
    """Something the user can act on: one full sentence that says what happened and what to do.

    The window shows the sentence, the command line prints it and exits 1; the book is unchanged.
    """


class DamagedBook(UserError):  # noqa: N818 - named for what was met, as UserError's texts are
    """A book's file is damaged, so it was not opened; `found` says in a few words what is wrong.

    Whoever opened it offers the newest good backup, or to save what can still be read.
    """

    def __init__(self, found: str, name: str = "The book") -> None:
        super().__init__(
            f"{name} is damaged: {found}. Put the newest backup in its place with csplanner "
            "restore, or save what can still be read with csplanner salvage."
        )
        self.found = found
