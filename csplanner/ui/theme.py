"""Tokens become one QPalette and one style, switched without a restart; no style sheet at all."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QToolTip

from csplanner.paint.fonts import MEDIUM, font, load_fonts
from csplanner.paint.tokens import CONTRAST, Theme, theme
from csplanner.settings import CONTRASTS, MOTIONS, ROWS, THEMES, AppSettings
from csplanner.ui.focus_ring import FocusRing
from csplanner.ui.look import palette_of, set_rows
from csplanner.ui.motion import set_still
from csplanner.ui.style import Style

# Qt for Python takes class names as str although its stubs ask for bytes.
_VIEWS = cast("bytes", "QAbstractItemView")
_HEADERS = cast("bytes", "QHeaderView")
_PALETTE = QEvent.Type.ApplicationPaletteChange


class ThemeController(QObject):
    """Follows the system or a manual choice, dresses the application, and says when it changed."""

    changed = Signal(str)

    def __init__(self, app: QApplication, choice: str = "system") -> None:
        """Dress `app` at once; `choice` is `system`, `light` or `dark`."""
        super().__init__(app)
        self._app = app
        self._choice, self._contrast = choice, "system"
        self._motion, self._rows = "system", "normal"
        self._worn: Theme | None = None
        load_fonts()
        app.setStyle(Style())
        app.setFont(font(13))
        app.setFont(font(12, MEDIUM), _HEADERS)
        QToolTip.setFont(font(12))
        self._ring = FocusRing(app)
        app.styleHints().colorSchemeChanged.connect(self._dress)
        _follow(app, "contrastPreferenceChanged", self._dress)
        _follow(app, "motionPreferenceChanged", self._settle)
        self._dress()
        self._settle()

    @property
    def choice(self) -> str:
        """The choice in force: `system`, `light` or `dark`."""
        return self._choice

    @property
    def contrast(self) -> str:
        """The contrast asked for: `system`, `normal` or `high`."""
        return self._contrast

    @property
    def theme(self) -> Theme:
        """The theme in force."""
        return theme(self._name() + (CONTRAST if self._is_strong() else ""))

    def choose(self, choice: str) -> None:
        """Change to `system`, `light` or `dark`; raises ValueError for any other word."""
        self._choice = _one_of(choice, THEMES)
        self._dress()

    def choose_contrast(self, choice: str) -> None:
        """Change to the contrast of the `system`, to `normal` or `high`; else ValueError."""
        self._contrast = _one_of(choice, CONTRASTS)
        self._dress()

    def choose_motion(self, choice: str) -> None:
        """Let panels move as the `system` says, in `full`, or not at all (`none`)."""
        self._motion = _one_of(choice, MOTIONS)
        self._settle()

    def choose_rows(self, choice: str) -> None:
        """Make the rows of every table and list `compact`, `normal` or `roomy`, at once."""
        self._rows = _one_of(choice, ROWS)
        set_rows(self._app, self._rows)

    def follow(self, settings: AppSettings) -> None:
        """Look as the settings of the application say."""
        self.choose_contrast(settings.contrast)
        self.choose_motion(settings.motion)
        if settings.rows != self._rows:
            self.choose_rows(settings.rows)

    def toggle(self) -> None:
        """Change from light to dark or back, as a manual choice."""
        self.choose("light" if self.theme.dark else "dark")

    def _name(self) -> str:
        if self._choice != "system":
            return self._choice
        dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return "dark" if dark else "light"

    def _is_strong(self) -> bool:
        if self._contrast != "system":
            return self._contrast == "high"
        return _preference(self._app, "contrastPreference") == "HighContrast"

    def _settle(self, *_: object) -> None:
        less = _preference(self._app, "motionPreference") in ("ReducedMotion", "Reduced")
        set_still(self._app, still=self._motion == "none" or (self._motion == "system" and less))

    def _dress(self, *_: object) -> None:
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


def _one_of(choice: str, choices: tuple[str, ...]) -> str:
    if choice not in choices:
        raise ValueError(choice)
    return choice


def _preference(app: QApplication, name: str) -> str:
    """The name of what the system prefers, empty where this Qt cannot say (before 6.10)."""
    # What the hints of accessibility belong to must be held as long as they are asked.
    style = app.styleHints()
    hints = getattr(style, "accessibility", None)
    ask = getattr(hints(), name, None) if hints is not None else None
    return str(ask().name) if ask is not None else ""


def _follow(app: QApplication, signal: str, act: Callable[..., None]) -> None:
    """Act whenever the system's preference changes, where this Qt tells."""
    style = app.styleHints()
    hints = getattr(style, "accessibility", None)
    told = getattr(hints(), signal, None) if hints is not None else None
    if told is not None:
        told.connect(act)
