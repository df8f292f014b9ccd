"""The disk is full: every form says so and keeps what was typed; with room again, it is written."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from csplanner.domain.filters import View
from csplanner.errors import UserError
from csplanner.ui.book.columns import Col
from csplanner.ui.book_window import BookWindow
from tests.lending import lent


@pytest.fixture
def opened(frame, small_book, settle) -> Iterator[BookWindow]:
    """The window on the small book."""
    assert frame.open_book(lent(small_book))
    settle(frame)
    frame.show_place("account", "a1")
    settle(frame)
    return frame


@pytest.fixture
def full(opened, settle):
    """Take the room on the disk away, or give it back."""

    def switch(is_full: bool) -> None:
        def work(book) -> None:
            pages = book.connection.execute("pragma page_count").fetchone()[0]
            free = 0 if is_full else 1_000_000
            book.connection.execute(f"pragma max_page_count = {pages + free}")

        opened.session.copy(work, lambda _: None)
        settle(opened)

    return switch


LONG = "Plans for the new sites. " * 1200
"""More than fits into the pages the file already has."""


def touch(opened):
    opened.verbs.log_touch("a1")
    opened.verbs.form.channel.choose("call")
    return opened.verbs.form.topic.field


def pulse(opened):
    opened.verbs.set_pulse("a1")
    opened.verbs.form.word.choose("2")
    return opened.verbs.form.because.field


def next_step(opened):
    opened.verbs.set_next_step("a1")
    return opened.verbs.form.step.field


@pytest.mark.parametrize("form_of", [touch, pulse, next_step])
def test_a_form_keeps_what_was_typed_and_writes_it_once_there_is_room(
    opened, full, settle, form_of
):
    field = form_of(opened)
    form = opened.verbs.form
    field.setText(LONG)
    full(True)
    changes = len(opened.session.read.history())
    form.save()
    settle(opened)
    assert opened.verbs.form is form
    assert "disk is full" in form.refusal
    assert field.text() == LONG[: field.maxLength()]
    assert opened.state().saved_text == "Not saved: the disk is full"
    assert opened.state().save_failed
    full(False)
    form.save()
    settle(opened)
    assert opened.verbs.form is None
    assert len(opened.session.read.history()) == changes + 1
    assert opened.state().saved_text.startswith("Saved")
    assert not opened.state().save_failed


def fill(book) -> None:
    """Write to the pages the file already has until nothing fits between what is there, too."""
    for words in (60, 10, 1):
        with suppress(UserError):
            for number in range(2000):
                with book.change("Fill"):
                    book.accounts.update("a3", sector=f"{number} " * words)
            pytest.fail("There is room for ever.")


def test_what_was_typed_into_cells_comes_back_to_its_cell_until_there_is_room(
    qtbot, opened, full, settle
):
    opened.show_place("book")
    settle(opened)
    page = opened.page("book").page
    page.show_view(View(sort="name"))
    settle(opened)
    table, typed = page.table, ("Plans. " * 9, "Visits. " * 9)
    full(True)
    opened.session.copy(fill, lambda _: None)
    settle(opened)
    for line, text in enumerate(typed):
        table.go_to(line, Col.STEP)
        table.editing.begin(text.strip())
        table.editing.finish()
    table.go_to(2, Col.STEP)
    table.editing.begin("typing on")
    settle(opened)

    def editor() -> QLineEdit:
        return table.viewport().findChild(QLineEdit)

    assert editor().text() == "typing on"
    assert [page.model.account_at(line).line.next_step for line in (0, 1)] == ["", ""]
    full(False)
    qtbot.keyClick(editor(), Qt.Key.Key_Return)
    for text in typed:
        qtbot.waitUntil(lambda text=text: table.editing.is_open and editor().text() == text.strip())
        assert "disk is full" in table.editing.note
        qtbot.keyClick(editor(), Qt.Key.Key_Return)
    settle(opened)
    assert not table.editing.is_open
    steps = [page.model.account_at(line).line.next_step for line in range(3)]
    assert [step[:8] for step in steps] == ["Plans. P", "Visits. ", "typing o"]
