"""Finds the icons, fonts, themes, templates and sample files that ship with the application."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """The file or folder with that `/`-separated name, such as `themes/tokens.json`.

    In a checkout it lies in the top-level `resources/`, in an installed copy inside the package.
    Raises FileNotFoundError when nothing of that name ships.
    """
    for folder in (_PACKAGE / "resources", _PACKAGE.parent / "resources"):
        path = folder / name
        if path.exists():
            return path
    raise FileNotFoundError(f"csplanner ships no resource named {name}.")
