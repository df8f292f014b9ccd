"""The window in other languages: nothing it says or draws stays English, nothing is cut unseen."""

import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabBar,
    QWidget,
)

from csplanner.language import PSEUDO
from csplanner.paint.fonts import MEDIUM, font
from csplanner.settings import AppSettings
from csplanner.ui.book_window import BookWindow
from csplanner.ui.style_drawing import SMALL
from csplanner.ui.translator import speak
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.tabs import Tabs
from tests.ui.places import Places

_BRACKETED = re.compile(r"\[[^\[\]]*\]")
_ENGLISH = re.compile(r"(?<!\w)[A-Za-z]{3,}(?!\w)")
_NAMES = re.compile(r"\b(csplanner|\w+\.csbook|ARR|CSAT|NPS|CES|QBR|USD|Ctrl|Alt|Shift|Del|qt)\b")
NOT_YET = {"Scroll Left", "Scroll Right"}
"""Qt's own names of the arrows beside tabs, which Qt's catalogue has for other languages."""
PLACES = ("today", "tasks", "book", "account", "pyramid", "qbr", "import", "history", "settings")
ROOMS = ((1440, 900), (1024, 700))
"""What is drawn twice as large on a screen of 2048 × 1400 has the room of the second."""
_TYPED = {
    "name", "title", "note", "next_step", "because", "reason", "topic", "subject", "words", "what",
    "sector", "city", "segment", "owner", "domain", "email", "department", "product", "stage",
    "number", "dimension", "source", "evidence", "cause", "destination", "file", "unit", "country",
    "text", "word", "label", "actual_source", "party", "activity", "value", "status", "loss_reason",
}  # fmt: skip


@dataclass
class Seen:
    """What a walk through the window found, page by page."""

    texts: dict[str, str] = field(default_factory=dict)
    cut: list[tuple[str, str]] = field(default_factory=list)
    mirrored: list[str] = field(default_factory=list)

    def note(self, place: str, text: str) -> None:
        self.texts.setdefault(text, place)


def said_by(window: QWidget) -> Iterator[str]:
    """What the visible widgets say in words, to eyes, on hover and to a screen reader."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisibleTo(window):
            continue
        yield from (widget.toolTip(), widget.accessibleName())
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        elif isinstance(widget, QLineEdit):
            yield widget.placeholderText()
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(at) for at in range(widget.count()))
        elif isinstance(widget, QTabBar):
            yield from (widget.tabText(at) for at in range(widget.count()))


def cut_in(window: QWidget) -> Iterator[str]:
    """The words of buttons and tabs that stand in too little room and are told whole nowhere.

    A label of ours that is cut ends in "…" and tells itself whole.
    """
    for widget in window.findChildren(QWidget):
        if not widget.isVisibleTo(window) or widget.toolTip():
            continue
        if isinstance(widget, Tabs):
            for at in range(widget.count()):
                if widget.tabRect(at).width() < widget.tabSizeHint(at).width():
                    yield widget.tabText(at)
        elif isinstance(widget, QPushButton | QLabel) and _is_cut(widget):
            yield widget.text()


def _is_cut(widget: QPushButton | QLabel) -> bool:
    if isinstance(widget, PlainLabel) or (isinstance(widget, QLabel) and widget.wordWrap()):
        return False
    is_small = not isinstance(widget, Button) or bool(widget.property(SMALL))
    face = widget.font() if isinstance(widget, QLabel) else font(12 if is_small else 13, MEDIUM)
    return QFontMetrics(face).horizontalAdvance(widget.text().replace("&&", "&")) > widget.width()


@contextmanager
def drawn(hear: Callable[[str], None]) -> Iterator[None]:
    """Hear every text that is painted by hand: cells, rows, marks, charts."""
    draw = QPainter.drawText

    def listening(self: QPainter, *given: object) -> object:
        for part in given:
            if isinstance(part, str):
                hear(part)
        return draw(self, *given)  # type: ignore[call-overload]

    QPainter.drawText = listening  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        QPainter.drawText = draw  # type: ignore[method-assign]


def typed_in(path: Path) -> list[str]:
    """What people typed into a book: names, notes, words of steps; the longest first."""
    found: set[str] = set()
    with sqlite3.connect(path) as db:
        for (table,) in db.execute(
            "select name from sqlite_master where type = 'table'"
        ).fetchall():
            columns = [row[1] for row in db.execute(f'pragma table_info("{table}")')]
            for column in _TYPED & set(columns) if table != "overview" else ():
                rows = db.execute(f'select distinct "{column}" from "{table}"').fetchall()
                found |= {_plain(text) for (text,) in rows if isinstance(text, str)}
        names = db.execute("select name from account union all select name from person")
        found |= {word for (name,) in names for word in name.split()}
    db.close()
    found |= {text[:1].lower() + text[1:] for text in found}
    return sorted((text for text in found if len(text) > 2), key=len, reverse=True)


def _plain(text: str) -> str:
    """What a cell says; settings are kept as JSON."""
    return str(json.loads(text)) if text[:1] == '"' else text.strip()


def english_in(text: str, typed: list[str]) -> str:
    """What of a text is neither bracketed nor typed by somebody."""
    whole = text.rpartition("→")[2].removesuffix("…").strip()
    if any(whole in known for known in typed):  # the beginning of it, or a line of it
        return ""
    for known in typed:
        text = text.replace(known, " ")
    while (rest := _BRACKETED.sub(" ", text)) != text:
        text = rest
    # What was cut ends in "…": a bracket that opens is not closed, and a name is not whole.
    text = re.sub(r"\[.*|\S*…|.*\]", " ", text, flags=re.DOTALL)
    return " ".join(_ENGLISH.findall(_NAMES.sub(" ", text)))


@pytest.fixture(scope="module")
def walk(sample_file, tmp_path_factory, qapp, _controller) -> Callable[[str], Seen]:
    """Walks once through every page of the sample book in a language; read again for nothing."""
    known: dict[str, Seen] = {}

    def walked(code: str) -> Seen:
        if code not in known:
            known[code] = _walk(code, sample_file, tmp_path_factory.mktemp(code), qapp, _controller)
        return known[code]

    return walked


def _walk(code: str, sample: Path, folder: Path, app: QApplication, themes: object) -> Seen:
    book = folder / "book.csbook"
    shutil.copy(sample, book)
    seen = Seen()
    place = "start"
    speak(app, code)
    try:
        window = BookWindow(
            themes,  # type: ignore[arg-type]
            AppSettings(language=code),
            today=date(2026, 3, 12),
            files=Places(folder),
        )
        window.show()
        with drawn(lambda text: seen.note(place, text)):
            for place in ("start", *PLACES):
                _look(window, place, book, seen, code)
        window.close()
        window.deleteLater()
    finally:
        speak(app, "en")
        app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        app.processEvents()
    return seen


def _look(window: BookWindow, place: str, book: Path, seen: Seen, code: str) -> None:
    if place == "start":
        window.show_start()
    elif window.session is None:
        window.start_with(book)
    if place != "start":
        assert window.session is not None
        argument = None
        if place in ("account", "qbr"):
            argument = window.session.read.accounts.all()[0].id
        window.show_place(place, argument)
    for room in ROOMS:
        window.resize(*room)
        _rest(window)
        window.grab()
        for text in said_by(window):
            seen.note(place, text)
        seen.cut += [(f"{place} {room[0]}", text) for text in cut_in(window)]
    if code == "de":
        _mirror(window, place, seen)


def _mirror(window: BookWindow, place: str, seen: Seen) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    app.processEvents()
    middle = window.sidebar.mapTo(window, window.sidebar.rect().center())
    if not window.sidebar.isVisible() or middle.x() > window.width() / 2:
        seen.mirrored.append(place)
    assert not window.grab().isNull()
    app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def _rest(window: BookWindow) -> None:
    for _ in range(3):
        QApplication.processEvents()
        while not (window.books.idle and (window.session is None or window.session.idle)):
            QApplication.processEvents()


def test_no_page_says_or_draws_anything_that_no_catalogue_holds(walk, sample_file):
    typed = typed_in(sample_file)
    found = [
        (place, text, english)
        for text, place in walk(PSEUDO).texts.items()
        if (english := english_in(text, typed))
        and english not in NOT_YET
        # A customer reads the deck in the language it is made in.
        and not (place == "qbr" and "[" not in text)
    ]
    assert found == [], "\n".join(map(str, found))


@pytest.mark.parametrize("code", [PSEUDO, "de"])
def test_no_words_are_cut_without_being_told_whole(walk, code):
    found = sorted(set(walk(code).cut))
    assert found == [], "\n".join(map(str, found))


def test_every_page_stands_mirrored(walk):
    assert walk("de").mirrored == ["start", *PLACES]


def test_the_window_speaks_german_down_to_qts_own_buttons(walk, qapp):
    said = set(walk("de").texts)
    assert {"Kontakt eintragen", "Betreuungspyramide", "Gesundheit"} <= said
    speak(qapp, "de")
    try:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "Abbrechen"
    finally:
        speak(qapp, "en")
