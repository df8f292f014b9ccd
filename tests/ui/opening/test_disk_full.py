"""The disk is full: every form says so and keeps what was typed; with room again, it is written."""

from collections.abc import Iterator

import pytest

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


def test_a_step_typed_in_the_list_goes_on_in_a_form(opened, full, settle):
    opened.show_place("book")
    settle(opened)
    full(True)
    opened.page("book").page.table.accounts.step_typed.emit("a1", LONG.strip())
    settle(opened)
    form = opened.verbs.form
    assert "disk is full" in form.refusal
    assert form.step.field.text().startswith("Plans")
    full(False)
    form.save()
    settle(opened)
    assert opened.session.read.accounts.get("a1").next_step.startswith("Plans")
