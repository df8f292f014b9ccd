"""The one exception whose text is meant for the user; anything else that is raised is a bug."""


class UserError(Exception):
    """Something the user can act on: one full sentence that says what happened and what to do.

    The window shows the sentence, the command line prints it and exits 1; the book is unchanged.
    """
