"""Finds what ships with the application: icons, fonts, themes, templates, samples, handbook."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """The file or folder with that `/`-separated name, such as `themes/tokens.json`.

    In a checkout it lies in the top-level `resources/`, the handbook and the list of changes where
    they are written; in an installed copy all of it lies inside the package.
    Raises FileNotFoundError when nothing of that name ships.
    """
    checkout = _PACKAGE.parent
    for folder in (_PACKAGE / "resources", checkout / "resources", checkout):
        path = folder / name
        if path.exists():
            return path
    raise FileNotFoundError(f"csplanner ships no resource named {name}.")
