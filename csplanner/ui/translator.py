"""Speaks the chosen language in the window: our catalogue for our words, Qt's for its buttons."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from csplanner import language
from csplanner.language import SYSTEM, Language


class Translator(QTranslator):
    """Answers `self.tr` from the catalogue that `csplanner.language.tr` reads."""

    def translate(
        self, context: str, source_text: str, disambiguation: str | None = None, _n: int = -1
    ) -> str | None:
        """The text in the language in force; Qt's own texts are left to Qt's catalogue."""
        if not source_text or context.startswith("Q"):
            return None
        said = language.tr(source_text, disambiguation or "")
        return said if said != source_text else None

    def isEmpty(self) -> bool:
        """Never: Qt asks an empty translator nothing."""
        return False


def speak(app: QApplication, choice: str) -> Language:
    """Speak a language from now on: its code, or `system` for that of the computer.

    Windows opened after this are in it; texts that stand already stay: see `Windows.speak`.
    """
    code = language.nearest(QLocale.system().uiLanguages()) if choice == SYSTEM else choice
    spoken = language.use(code)
    for old in app.findChildren(QTranslator, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if old.objectName() == _NAME:
            QCoreApplication.removeTranslator(old)
            old.setParent(None)
    if spoken.code == "en":
        QLocale.setDefault(_english())
        app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        return spoken
    QLocale.setDefault(QLocale(spoken.code) if spoken.code != language.PSEUDO else _english())
    _install(_of_qt(app, spoken.code))
    _install(Translator(app))
    ways = Qt.LayoutDirection
    app.setLayoutDirection(ways.RightToLeft if spoken.right_to_left else ways.LeftToRight)
    return spoken


_NAME = "spoken"


def _english() -> QLocale:
    return QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)


def _of_qt(parent: QObject, code: str) -> QTranslator:
    """Qt's own catalogue; without one for this language its buttons stay English."""
    theirs = QTranslator(parent)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    theirs.load(f"qtbase_{code}", folder)
    return theirs


def _install(translator: QTranslator) -> None:
    translator.setObjectName(_NAME)
    QCoreApplication.installTranslator(translator)
