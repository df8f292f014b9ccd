"""Where the application keeps its own files; books lie wherever the user saves them."""

import os
from pathlib import Path

from platformdirs import PlatformDirs

_DIRS = PlatformDirs(appname="csplanner", appauthor=False)
_PRIVATE = 0o700  # what lies here names customers, so nobody else on the machine may look


def data_dir() -> Path:
    """The folder for the sample book and other files of ours; it exists when this returns.

    `CSPLANNER_HOME` in the environment moves this folder and all the others below it.
    """
    return _folder("data", _DIRS.user_data_path)


def backups_dir() -> Path:
    """The folder for copies of books; it exists when this returns."""
    data_dir()  # made first, as a parent made on the way would be open to others
    return _folder("backups", _DIRS.user_data_path / "backups")


def config_dir() -> Path:
    """The folder for settings; it exists when this returns."""
    return _folder("config", _DIRS.user_config_path)


def log_dir() -> Path:
    """The folder for logs, which hold no names and no values; it exists when this returns."""
    return _folder("log", _DIRS.user_log_path)


def _folder(name: str, usual: Path) -> Path:
    home = os.environ.get("CSPLANNER_HOME")
    folder = Path(home).expanduser() / name if home else usual
    if home:  # as above: made on the way, it would be open to others
        folder.parent.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
    folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
    return folder
