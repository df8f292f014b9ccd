"""The window in other languages: nothing it says stays English, nothing is cut, all mirrors."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QTabBar,
    QWidget,
)

from csplanner.language import PSEUDO
from csplanner.settings import AppSettings
from csplanner.ui.book_window import BookWindow
from csplanner.ui.translator import speak
from tests.ui.places import Places

_BRACKETED = re.compile(r"\[[^\[\]]*\]")
_ENGLISH = re.compile(r"[A-Za-z]{3,}")
_DATA = re.compile(
    r"\b(csplanner|book\.csbook|Tidewater Health Network|Merrow Telecom|ARR|USD|Ctrl|Alt|Shift)\b"
)
NOT_YET = {
    "Add person", "Book", "Call", "Currency", "Equipped unknown", "Import snapshot",
    "Missing voice", "Pin", "Pinned", "Potential unknown", "QBR prep", "Sponsor", "Today",
    "Touch", "account changed", "before undo", "ends", "goes back", "important", "quarter",
    "sound", "unknown", "while worked", "while you worked", "yes",
}  # fmt: skip
"""What is not marked yet; it may only shrink."""
NAMES = {"Rosa Delgado", "COO", "Health system", "Plans", "New COO"}
PLACES = ("today", "book", "account", "pyramid", "qbr", "import", "history", "settings")


def texts(window: QWidget) -> Iterator[tuple[QWidget, str]]:
    """What the visible widgets say in words."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisibleTo(window):
            continue
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget, widget.text()
        elif isinstance(widget, QLineEdit):
            yield widget, widget.placeholderText()
        elif isinstance(widget, QComboBox):
            yield widget, widget.currentText()
        elif isinstance(widget, QTabBar):
            for tab in range(widget.count()):
                yield widget, widget.tabText(tab)


def english_in(text: str) -> str:
    """What of a text is neither bracketed nor a name."""
    while (rest := _BRACKETED.sub(" ", text)) != text:
        text = rest
    return " ".join(_ENGLISH.findall(_DATA.sub(" ", text)))


@pytest.fixture
def spoken(small_book, themes, today, tmp_path, qapp, qtbot):
    """Opens the small book in a window of a language and shows one place after the other."""
    path = small_book.path
    small_book.close()

    def show(code: str) -> Iterator[tuple[str, BookWindow]]:
        speak(qapp, code)
        window = BookWindow(themes, AppSettings(), today=today, files=Places(tmp_path))
        qtbot.addWidget(window)
        window.show()
        window.start_with(path)
        for place in PLACES:
            window.show_place(place, "a1" if place in ("account", "qbr") else None)
            qtbot.waitUntil(lambda: window.session is not None and window.session.idle)
            qapp.processEvents()
            yield place, window
        window.close()

    yield show
    speak(qapp, "en")
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_no_page_says_anything_that_no_catalogue_holds(spoken):
    found = [
        (place, text)
        for place, window in spoken(PSEUDO)
        for _, text in texts(window)
        if english_in(text) and english_in(text) not in NOT_YET and text not in NAMES
    ]
    assert found == []


def test_every_page_stands_mirrored(spoken, qapp):
    shown = []
    for place, window in spoken("en"):
        qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        qapp.processEvents()
        assert not window.grab().isNull()
        middle = window.sidebar.mapTo(window, window.sidebar.rect().center())
        assert middle.x() > window.width() / 2
        shown.append(place)
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert shown == list(PLACES)


def test_the_window_speaks_german_down_to_qts_own_buttons(spoken):
    said = {text for _, window in spoken("de") for _, text in texts(window)}
    assert {"Kontakt eintragen", "Konten", "Betreuungspyramide"} & said
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "Abbrechen"
