"""Finds the icons, fonts, themes, templates and sample files that ship with the application."""

from importlib.resources import files
from pathlib import Path


def resource(name: str) -> Path:
    """The file or folder with that `/`-separated name, such as `themes/tokens.json`.

    In a checkout it lies in the top-level `resources/`, in an installed copy inside the package.
    Raises FileNotFoundError when nothing of that name ships.
    """
    package = Path(str(files("csplanner")))
    for folder in (package / "resources", package.parent / "resources"):
        path = folder / name
        if path.exists():
            return path
    raise FileNotFoundError(f"csplanner ships no resource named {name}.")
