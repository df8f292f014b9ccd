"""Which theme a widget wears, told by its palette, and the palette a theme gives."""

from functools import cache

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from csplanner.paint.tokens import Theme, themes

_ROLES = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "subtle",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "text3",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "on-accent",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on-accent",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Link: "accent-text",
    QPalette.ColorRole.LinkVisited: "accent-text",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "line",
    QPalette.ColorRole.Mid: "hair",
    QPalette.ColorRole.Dark: "control",
    QPalette.ColorRole.Shadow: "hair",
    QPalette.ColorRole.Accent: "accent",
}
_DISABLED = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
    QPalette.ColorRole.PlaceholderText,
)

_ROWS = "rows"


def palette_of(look: Theme) -> QPalette:
    """Return the application palette of a theme."""
    palette = QPalette()
    for role, token in _ROLES.items():
        palette.setColor(role, look.colour(token))
    for role in _DISABLED:
        palette.setColor(QPalette.ColorGroup.Disabled, role, look.colour("disabled"))
    return palette


def theme_of(source: QWidget | QPalette) -> Theme:
    """Return the theme a widget or palette wears, so that a light slide can sit in a dark window.

    Separators are the one colour no widget overrides: they tell the themes apart.
    """
    palette = source if isinstance(source, QPalette) else source.palette()
    hair = palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.Mid).rgb()
    return _themes_by_hair().get(hair, themes()["light"])


def colour_of(widget: QWidget, token: str) -> QColor:
    """Return the colour of a token in the theme the widget wears."""
    return theme_of(widget).colour(token)


def set_rows(app: QApplication, rows: str) -> None:
    """Make rows `compact`, `normal` or `roomy`: whoever can `fit_rows` is asked to do so."""
    app.setProperty(_ROWS, rows)
    for widget in app.allWidgets():
        fit = getattr(widget, "fit_rows", None)
        if callable(fit):
            fit()


def row_height(normal: int = 30) -> int:
    """Return how high rows are that are `normal` pixels high unless told otherwise."""
    app = QApplication.instance()
    rows = str(app.property(_ROWS) or "normal") if app is not None else "normal"
    size = themes()["light"].size
    chosen = {"compact": size("h-row-compact"), "roomy": size("h-row-roomy")}
    return normal + chosen.get(rows, size("h-row")) - size("h-row")


@cache
def _themes_by_hair() -> dict[int, Theme]:
    return {look.colour("hair").rgb(): look for look in themes().values()}
