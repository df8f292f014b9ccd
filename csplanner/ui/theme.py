"""Tokens become one QPalette and one style, switched without a restart; no style sheet at all."""

from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QToolTip

from csplanner.paint.fonts import MEDIUM, font, load_fonts
from csplanner.paint.tokens import Theme, theme
from csplanner.ui.focus_ring import FocusRing
from csplanner.ui.look import palette_of
from csplanner.ui.style import Style

# Qt for Python takes class names as str although its stubs ask for bytes.
_VIEWS = cast("bytes", "QAbstractItemView")
_HEADERS = cast("bytes", "QHeaderView")
_PALETTE = QEvent.Type.ApplicationPaletteChange
CHOICES = ("system", "light", "dark")


class ThemeController(QObject):
    """Follows the system or a manual choice, dresses the application, and says when it changed."""

    changed = Signal(str)

    def __init__(self, app: QApplication, choice: str = "system") -> None:
        """Dress `app` at once; `choice` is `system`, `light` or `dark`."""
        super().__init__(app)
        self._app = app
        self._choice = choice
        self._worn: Theme | None = None
        load_fonts()
        app.setStyle(Style())
        app.setFont(font(13))
        app.setFont(font(12, MEDIUM), _HEADERS)
        QToolTip.setFont(font(12))
        self._ring = FocusRing(app)
        app.styleHints().colorSchemeChanged.connect(self._follow)
        self._dress()

    @property
    def choice(self) -> str:
        """The choice in force: `system`, `light` or `dark`."""
        return self._choice

    @property
    def theme(self) -> Theme:
        """The theme in force."""
        return theme(self._name() + ("-contrast" if _wants_contrast(self._app) else ""))

    def choose(self, choice: str) -> None:
        """Change to `system`, `light` or `dark`; raises ValueError for any other word."""
        if choice not in CHOICES:
            raise ValueError(choice)
        self._choice = choice
        self._dress()

    def toggle(self) -> None:
        """Change from light to dark or back, as a manual choice."""
        self.choose("light" if self.theme.dark else "dark")

    def _follow(self) -> None:
        if self._choice == "system":
            self._dress()

    def _name(self) -> str:
        if self._choice != "system":
            return self._choice
        dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return "dark" if dark else "light"

    def _dress(self) -> None:
        look = self.theme
        if look is self._worn:
            return
        self._worn = look
        palette = palette_of(look)
        self._app.setPalette(palette)
        views = QPalette()
        views.setColor(QPalette.ColorRole.Highlight, look.colour("selected-row"))
        views.setColor(QPalette.ColorRole.HighlightedText, look.colour("text"))
        self._app.setPalette(views, _VIEWS)
        heads = QPalette()
        heads.setColor(QPalette.ColorRole.ButtonText, look.colour("text3"))
        self._app.setPalette(heads, _HEADERS)
        QToolTip.setPalette(palette)
        # Qt posts the change; whoever paints a picture next wants the new colours at once.
        QCoreApplication.sendPostedEvents(None, _PALETTE.value)
        self.changed.emit(look.name)


def _wants_contrast(app: QApplication) -> bool:
    """Ask the system, where this Qt can (6.10 and newer), whether more contrast is wanted."""
    accessibility = getattr(app.styleHints(), "accessibility", None)
    if accessibility is None:
        return False
    hints = accessibility()
    return bool(hints.contrastPreference() == Qt.ContrastPreference.HighContrast)
