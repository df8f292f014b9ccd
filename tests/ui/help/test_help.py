"""The handbook beside the window: pages, links, the way back, and that nothing is fetched."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument

from csplanner.ui.book_window import BookWindow
from csplanner.ui.help import handbook
from csplanner.ui.help.about import about_text
from csplanner.ui.help.commands import show_news_once
from csplanner.ui.help.window import HelpWindow


def shown(frame: BookWindow) -> HelpWindow:
    found = frame.findChild(HelpWindow)
    assert found is not None
    return found


def test_f1_opens_the_page_about_what_is_shown(qtbot, frame):
    frame.commands.run("help.here")
    window = shown(frame)
    assert window.isVisible()
    assert window.key == "first-hour"
    assert "Your first hour" in window.reader.toPlainText()
    for place in ("today", "book", "account", "pyramid", "qbr", "import", "history", "settings"):
        assert handbook.page(handbook.key_for(place)) is not None
        assert handbook.key_for(place) != handbook.FIRST
    window.close()


def test_links_lead_on_and_the_way_back_leads_back(qtbot, frame):
    frame.commands.run("help.handbook")
    window = shown(frame)
    assert window.key == "index"
    window.reader.anchorClicked.emit(QUrl("health.md"))
    assert window.key == "health"
    assert window.contents.currentItem().text() == "Health"
    window.go(-1)
    assert window.key == "index"
    assert not window.back.isEnabled()
    window.go(1)
    assert window.key == "health"
    window.reader.anchorClicked.emit(QUrl("https://example.org/today.md"))
    window.reader.anchorClicked.emit(QUrl("nowhere.md"))
    assert window.key == "health"
    window.close()


def test_searching_lists_the_pages_that_hold_the_words_and_marks_the_places(qtbot, frame):
    frame.commands.run("help.handbook")
    window = shown(frame)
    qtbot.keyClicks(window.search, "passphrase")
    assert window.key == "encrypted"
    assert len(window.reader.extraSelections()) > 3
    window.search.setText("xylophone")
    assert window.contents.count() == 1
    assert "Nothing found" in window.contents.item(0).text()
    window.search.clear()
    assert window.contents.count() == len(handbook.pages()) + 1
    window.close()


@pytest.mark.parametrize(
    "name",
    [
        "file:///etc/passwd",
        "https://example.org/x.png",
        "x.png",
        "../pictures/../handbook/x.png",
        "https://example.org/../pictures/book.png",
    ],
)
def test_a_page_fetches_nothing(qtbot, frame, name):
    frame.commands.run("help.handbook")
    reader = shown(frame).reader
    assert reader.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name)) is None
    shown(frame).close()


def test_a_page_shows_the_pictures_that_ship_with_it(qtbot, frame):
    frame.commands.run("help.handbook")
    window = shown(frame)
    window.show_page("book")
    kind = QTextDocument.ResourceType.ImageResource
    picture = window.reader.document().resource(kind, QUrl("../pictures/book.png"))
    assert picture.deviceIndependentSize().width() == 600
    assert window.reader.document().idealWidth() <= window.reader.viewport().width()
    window.close()


def test_what_is_new_is_shown_once_after_an_update_and_not_at_the_first_start(qtbot, frame):
    assert not show_news_once(frame)
    frame.change_settings(replace(frame.settings, last_version="0.0.1", recent=("a.csbook",)))
    assert show_news_once(frame)
    assert shown(frame).key == handbook.NEWS
    shown(frame).close()
    assert not show_news_once(frame)


def test_about_names_versions_and_licences_of_everything_that_ships(qtbot, frame):
    text = about_text()
    for name in ("csplanner", "Qt ", "pandas", "LGPL-3.0", "OFL-1.1", "ISC License"):
        assert name in text
