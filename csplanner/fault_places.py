"""Where something went wrong, told without a word of what a book holds."""

import traceback

from csplanner import __version__

_FRAMES = 12


def where(error: BaseException) -> str:
    """Kind of error and the places it passed through, one line each.

    No message, as that may name a customer; no folders, as they name the user.
    """
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    lines = [f"{type(error).__name__} in csplanner {__version__}"]
    for frame in frames:
        _, found, tail = frame.filename.replace("\\", "/").rpartition("csplanner/")
        file = f"{found}{tail}" if found else frame.filename.replace("\\", "/").rpartition("/")[2]
        lines.append(f"{file}:{frame.lineno} in {frame.name}")
    return "\n".join(lines)
