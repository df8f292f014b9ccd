"""The palette over a real book: what is found, in what order, and what it leads to."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from csplanner.book.book import Book
from csplanner.domain.filters import View
from csplanner.domain.note import Note
from csplanner.ui.book_window import BookWindow
from csplanner.ui.shell.hits import Hit
from tests.lending import lent

Key = Qt.Key


@pytest.fixture
def opened(qtbot, frame: BookWindow, small_book: Book, today: date) -> BookWindow:
    """The window on a book of three accounts, one with a note and a tag."""
    text = "Access targets move to the COO’s office in April, said Rosa on the phone last week."
    small_book.notes.add(Note("n1", "a1", today, text))
    small_book.tags.add("a2", "expansion")
    assert frame.open_book(lent(small_book))
    settle(qtbot, frame)
    return frame


def settle(qtbot, frame: BookWindow) -> None:
    QApplication.processEvents()
    qtbot.waitUntil(lambda: frame.session.idle and not frame.palette_overlay.is_waiting)


def found(qtbot, frame: BookWindow, text: str) -> list[Hit]:
    """Open the palette with a text and return its rows, once the answer is there."""
    frame.open_palette(text)
    settle(qtbot, frame)
    return rows(frame)


def rows(frame: BookWindow) -> list[Hit]:
    listed = frame.palette_overlay.list.hits
    hits = [listed.index(row).data(Qt.ItemDataRole.UserRole) for row in range(listed.rowCount())]
    return [hit for hit in hits if hit is not None]


def names(hits: list[Hit], group: str) -> list[str]:
    return [hit.text for hit in hits if hit.group == group]


@pytest.mark.parametrize("typed", ["ti", "TIDE", "tidewatre", "itdewater", "health tide", "thn"])
def test_an_account_is_found_by_its_beginning_slips_initials_and_any_order(qtbot, opened, typed):
    hits = found(qtbot, opened, typed)
    assert names(hits, "Accounts")[0] == "Tidewater Health Network"


def test_the_best_match_brings_its_verbs_and_what_was_written_last(qtbot, opened):
    hits = found(qtbot, opened, "tide")
    assert names(hits, "Do")[:2] == ["Log a touch with Tidewater…", "Set sentiment for Tidewater…"]
    assert "$412k" in hits[0].detail
    assert any("Access targets" in text for text in names(hits, "Notes"))
    assert opened.palette_overlay.field.rest == "water Health Network"
    qtbot.keyClick(opened.palette_overlay.field, Key.Key_Right)
    assert opened.palette_overlay.field.text() == "Tidewater Health Network"


def test_a_note_is_shown_with_the_words_around_what_was_found(qtbot, opened):
    note = next(hit for hit in found(qtbot, opened, "phone") if hit.group == "Notes")
    assert "on the phone last week" in note.text
    assert note.text.startswith("“…")
    note.run()
    settle(qtbot, opened)
    assert opened.account_now == "a1"


def test_tab_acts_on_the_account_and_tab_or_backspace_returns(qtbot, opened):
    found(qtbot, opened, "merrow")
    field = opened.palette_overlay.field
    qtbot.keyClick(field, Key.Key_Tab)
    assert {hit.group for hit in rows(opened)} == {"Do"}
    qtbot.keyClick(field, Key.Key_Tab)
    settle(qtbot, opened)
    assert field.text() == "merrow"
    qtbot.keyClick(field, Key.Key_Tab)
    qtbot.keyClick(field, Key.Key_Backspace)
    settle(qtbot, opened)
    assert field.text() == "merrow"
    qtbot.keyClick(field, Key.Key_Tab)
    qtbot.keyClicks(field, "tier")
    opened.palette_overlay.search_now()
    qtbot.keyClick(field, Key.Key_Return)
    assert "Merrow" in opened.verbs.form.windowTitle()
    opened.verbs.form.reject()


def test_a_question_of_time_says_its_answer_and_opens_the_book_with_it(qtbot, opened):
    first, *accounts = found(qtbot, opened, "renewing in april")
    assert (first.text, first.detail[:9]) == ("Renewing in April", "1 account")
    assert [hit.text for hit in accounts if hit.group == "Accounts"] == ["Tidewater Health Network"]
    qtbot.keyClick(opened.palette_overlay.field, Key.Key_Return)
    settle(qtbot, opened)
    assert opened.current_page().key == "book"
    view = opened.page("book").page.view
    assert isinstance(view, View)
    assert len(opened.page("book").page.model.ids) == 1


def test_a_text_that_is_a_filter_opens_the_book_with_it(qtbot, opened):
    first = found(qtbot, opened, "arr at least 200000")[0]
    assert first.group == "Dates and filters"
    assert first.detail.startswith("2 accounts")


def test_signs_leave_people_tags_and_accounts_alone(qtbot, opened):
    assert {hit.group for hit in found(qtbot, opened, "@rosa")} == {"People"}
    tags = found(qtbot, opened, "#")
    assert [(hit.text, hit.detail) for hit in tags] == [("expansion", "1 account")]
    opened.commands.run("go.to_account")
    qtbot.keyClicks(opened.palette_overlay.field, "rosa merrow")
    opened.palette_overlay.search_now()
    settle(qtbot, opened)
    assert "People" not in {hit.group for hit in rows(opened)}


def test_where_you_were_comes_first_next_time(qtbot, opened):
    opened.verbs.open_account("a3")
    settle(qtbot, opened)
    opened.verbs.open_account("a2")
    settle(qtbot, opened)
    hits = found(qtbot, opened, "")
    assert names(hits, "Recent")[0] == "Merrow Telecom"
    assert names(hits, "Pinned") == ["Tidewater Health Network"]
    opened.palette_overlay.close_palette()
    opened.session.memory.write()
    listed = opened.commands._lists["go.account.recent"].entries()
    assert listed[0][0] == "Merrow Telecom"


def test_nothing_found_offers_ways_on(qtbot, opened):
    ways = [hit.text for hit in found(qtbot, opened, "ewater")]
    assert ways == [
        "Create the account “ewater”…",
        "Search for “ewater” within words and notes",
        "Clear what is typed",
    ]
    rows(opened)[1].run()
    settle(qtbot, opened)
    qtbot.waitUntil(lambda: bool(names(rows(opened), "Accounts")))
    assert names(rows(opened), "Accounts") == ["Tidewater Health Network"]
    found(qtbot, opened, "Zebra Ltd")[0].run()
    assert opened.verbs.form.name.field.text() == "Zebra Ltd"
    opened.verbs.form.reject()


def test_enter_before_the_answer_runs_what_is_asked_and_never_what_was_shown(qtbot, opened):
    found(qtbot, opened, "tide")
    field = opened.palette_overlay.field
    field.setText("merrow")
    qtbot.keyClick(field, Key.Key_Return)
    settle(qtbot, opened)
    qtbot.waitUntil(lambda: opened.account_now == "a2")


def test_an_answer_to_what_was_typed_before_is_dropped(qtbot, opened):
    palette = opened.palette_overlay
    palette.open("tide")
    palette.field.setText("merrow")
    palette.search_now()
    settle(qtbot, opened)
    assert names(rows(opened), "Accounts") == ["Merrow Telecom"]


def test_a_verb_that_cannot_run_says_why_and_what_reaches_far_asks_first(qtbot, opened):
    opened.show_place("settings")
    settle(qtbot, opened)
    hit = next(h for h in found(qtbot, opened, "> set sentiment") if h.text == "Set sentiment…")
    assert hit.why == "Choose an account first."
    qtbot.keyClick(opened.palette_overlay.field, Key.Key_Return)
    assert opened.palette_overlay.isVisible()
    opened.palette_overlay.close_palette()
    opened.verbs.open_account("a2")
    settle(qtbot, opened)
    found(qtbot, opened, "> archive the acc")
    field = opened.palette_overlay.field
    qtbot.keyClick(field, Key.Key_Return)
    assert [h.text for h in rows(opened)] == ["Leave it as it is", "Archive the account"]
    assert "Merrow Telecom" in rows(opened)[1].group
    qtbot.keyClick(field, Key.Key_Down)
    qtbot.keyClick(field, Key.Key_Return)
    settle(qtbot, opened)
    assert opened.verbs.is_archived("a2")


def test_settings_themes_and_changes_are_found(qtbot, opened, themes):
    assert "Cadence" in names(found(qtbot, opened, "cadence"), "Settings")
    dark = next(hit for hit in found(qtbot, opened, "theme: dark") if hit.group == "Settings")
    dark.run()
    assert themes.choice == "dark"
    assert names(found(qtbot, opened, "currency"), "Settings") == ["Currency", "Exchange rates"]
    changes = names(found(qtbot, opened, "expansion"), "History")
    assert any("expansion" in label for label in changes)


def test_pages_of_the_handbook_and_other_books_are_found(qtbot, opened, tmp_path):
    other = tmp_path / "northern-region.csbook"
    opened.settings = opened.settings.with_recent(other)
    assert names(found(qtbot, opened, "northern"), "Books") == ["northern-region.csbook"]
    pages = [hit for hit in found(qtbot, opened, "pyramid") if hit.group == "Handbook"]
    assert pages
    pages[0].run()
    opened.palette_overlay.close_palette()
