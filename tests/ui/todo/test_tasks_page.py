"""Tasks in Today and in their own page: finished, put off, changed and taken back by keys."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from csplanner.domain.task import Task, TaskKind
from csplanner.ui.shown_page import page_widget
from csplanner.ui.todo.reading import day_in_words
from csplanner.ui.todo.rows import TaskRow
from tests.lending import lent

Key = Qt.Key


@pytest.fixture
def opened(qtbot, frame, small_book, today):
    """A window with a late task, a call planned for today, a meeting and a task without a day."""
    day = timedelta(days=1)
    for task in (
        Task("late", "a1", "Send the deck", due=today - 2 * day),
        Task("call", "a2", "Call Rosa: plans", TaskKind.TOUCH, today, minutes=20),
        Task("meet", "a1", "Renewal review", TaskKind.MEETING, today + 14 * day, "14:30"),
        Task("free", None, "Book the train"),
    ):
        small_book.tasks.add(task)
    assert frame.open_book(lent(small_book))
    qtbot.waitUntil(lambda: frame.session.idle)
    return frame


def settle(qtbot, frame):
    qtbot.waitUntil(lambda: frame.session.idle)


def go_to(qtbot, frame, key):
    frame.show_place(key)
    settle(qtbot, frame)
    return page_widget(frame, key)


def choose(page, task_id):
    at = (
        page.model.place_of(task_id)
        if hasattr(page, "which")
        else page.model.place_of_task(task_id)
    )
    page.list.setCurrentIndex(page.model.index(at))


def listed(page):
    rows = [page.model.row_at(page.model.index(n)) for n in range(page.model.rowCount())]
    return [row.id for row in rows if isinstance(row, TaskRow)]


def test_tasks_stand_by_their_day_and_are_worked_off_by_keys(qtbot, opened):
    page = go_to(qtbot, opened, "tasks")
    assert listed(page) == ["late", "call", "meet", "free"]
    choose(page, "late")
    qtbot.keyClick(page.list, Key.Key_E)
    settle(qtbot, opened)
    assert listed(page) == ["call", "meet", "free"]
    opened.commands.run("edit.undo")
    settle(qtbot, opened)
    assert listed(page) == ["late", "call", "meet", "free"]
    choose(page, "free")
    qtbot.keyClick(page.list, Key.Key_Delete)
    settle(qtbot, opened)
    assert "free" not in listed(page)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_task_is_put_off_to_a_day_from_a_menu(qtbot, opened, today):
    page = go_to(qtbot, opened, "tasks")
    choose(page, "late")
    qtbot.keyClick(page.list, Key.Key_S)
    (menu,) = page.list.viewport().findChildren(QMenu)
    assert menu.activeAction() is menu.actions()[0]
    qtbot.keyClick(menu, Key.Key_Return)
    settle(qtbot, opened)
    assert opened.session.read.tasks.get("late").due == today + timedelta(days=1)


def test_the_list_is_filtered_by_state_words_and_account(qtbot, opened):
    page = go_to(qtbot, opened, "tasks")
    qtbot.keyClicks(page.search, "merrow")
    assert listed(page) == ["call"]
    page.search.clear()
    opened.session.write(lambda book: book.tasks.done("free"))
    page.which.choose("done")
    settle(qtbot, opened)
    assert listed(page) == ["free"]
    qtbot.keyClicks(page.search, "nothing like it")
    assert page._middle.currentIndex() == 2


def test_today_shows_what_is_due_and_finishes_a_planned_call_by_its_line(qtbot, opened, today):
    page = go_to(qtbot, opened, "today")
    assert listed(page) == ["late", "call"]
    choose(page, "call")
    assert opened.account_now == "a2"
    qtbot.keyClick(page.list, Key.Key_Return)
    form = opened.verbs.form
    settle(qtbot, opened)
    assert form.line_edit.text() == "Call Rosa 20m: plans"
    qtbot.keyClick(form.line_edit, Key.Key_Return)
    settle(qtbot, opened)
    assert opened.session.read.tasks.get("call").done_on == today
    assert opened.session.read.touches.of("a2")[-1].topic == "plans"
    assert listed(page) == ["late"]


def test_a_task_is_added_from_anywhere_with_the_day_its_words_name(qtbot, opened, today):
    opened.show_place("tasks")
    opened.commands.run("task.add")
    form = opened.verbs.form
    form.account.clear()
    form.what.field.clear()
    qtbot.keyClicks(form.what.field, "Order flowers tomorrow")
    form.at.field.setText("9")
    qtbot.keyClick(form.what.field, Key.Key_Return)
    settle(qtbot, opened)
    added = [t for t in opened.session.read.tasks.all() if t.title.startswith("Order")]
    assert [(t.due, t.at) for t in added] == [(today + timedelta(days=1), "09:00")]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("send the deck by Friday please", date(2026, 3, 13)),
        ("we meet on 1 Apr about seats", date(2026, 4, 1)),
        ("they may come back", None),
    ],
)
def test_words_name_a_day_wherever_it_stands(words, day):
    assert day_in_words(words, date(2026, 3, 12)) == day
