"""A touch by one typed line: read as it is typed, corrected in the fields, kept with one key."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from csplanner.domain.person import Person
from csplanner.domain.task import Task, TaskKind
from csplanner.domain.touch import Channel

Key, Alt = Qt.Key, Qt.KeyboardModifier.AltModifier


DUE = date(2026, 3, 10)


@pytest.fixture
def story(small_book):
    """Two people called Kim, and a call that was planned."""
    small_book.people.add(Person("kim1", "a2", "Kim Lee", title="CIO"))
    small_book.people.add(Person("kim2", "a1", "Kim Park"))
    small_book.tasks.add(
        Task("plan", "a1", "Call Rosa Delgado: seats", TaskKind.TOUCH, DUE, minutes=30)
    )


@pytest.fixture
def typed(qtbot, small_book, story, actions, session):
    """Open the form, at an account or none, and type a line into it as it has the keyboard."""

    def type_line(text, account_id=None):
        actions.log_touch(account_id)
        form = actions.form
        qtbot.waitUntil(lambda: session.idle)
        assert form.focusWidget() is form.line_edit
        qtbot.keyClicks(form.line_edit, text)
        return form

    return type_line


def press_enter(qtbot, form, actions):
    qtbot.keyClick(form.line_edit, Key.Key_Return)
    qtbot.waitUntil(lambda: actions.session.idle)


def test_a_line_alone_logs_a_touch_with_its_task(qtbot, typed, actions, session, today):
    form = typed("call Kim Lee 20m yesterday re pricing !send deck tomorrow")
    assert form.account.text() == "Merrow Telecom"
    assert form.reading.words[:3] == ["Call", "Kim Lee", "Merrow Telecom"]
    assert (form.minutes.field.text(), form.topic.field.text()) == ("20", "pricing")
    qtbot.keyClick(form.line_edit, Key.Key_Y, Alt)
    press_enter(qtbot, form, actions)
    touch = session.read.touches.of("a2")[-1]
    assert (touch.channel, touch.minutes, touch.topic) == (Channel.CALL, 20, "pricing")
    assert (touch.person_ids, touch.two_way, touch.meaningful.value) == (("kim1",), True, True)
    assert (today - touch.on).days == 1
    (task,) = session.read.tasks.of("a2")
    assert (task.title, (task.due - today).days, task.touch_id) == ("send deck", 1, touch.id)
    actions.undo()
    qtbot.waitUntil(lambda: session.idle)
    assert not session.read.tasks.of("a2")
    assert touch.id not in [t.id for t in session.read.touches.of("a2")]


def test_an_unclear_name_is_asked_for_and_answered_by_key(qtbot, typed, actions, session):
    form = typed("email Kim invoice")
    press_enter(qtbot, form, actions)
    assert "Kim" in form.line.error
    qtbot.keyClick(form.line_edit, Key.Key_2, Alt)
    assert form.account.text() in ("Merrow Telecom", "Tidewater Health Network")
    meant = form.people.ticked()
    assert len(meant) == 1
    press_enter(qtbot, form, actions)
    account = "a2" if meant == ("kim1",) else "a1"
    assert session.read.touches.of(account)[-1].person_ids == meant


def test_a_day_that_is_none_is_said_and_not_logged_as_today(qtbot, typed, actions, session):
    form = typed("call Kim 20m on 31/2/2026", "a1")
    before = len(session.read.touches.of("a1"))
    assert "31/2/2026" in form.line.error
    press_enter(qtbot, form, actions)
    assert len(session.read.touches.of("a1")) == before
    form.line_edit.setText("call Kim 20m: on 31/2/2026")
    assert not form.line.error


def test_a_day_ahead_plans_the_touch_and_says_so(qtbot, typed, actions, session, today):
    form = typed("call Kim 20m renewal pricing tomorrow", "a1")
    assert form.plan_note.isVisible()
    assert form.save_button.text() == "Plan touch"
    press_enter(qtbot, form, actions)
    _, task = session.read.tasks.of("a1")
    assert (task.kind, task.title) == (TaskKind.TOUCH, "Call Kim Park: renewal pricing")
    assert ((task.due - today).days, task.minutes, task.person_id) == (1, 20, "kim2")


def test_what_is_corrected_in_a_field_stays_while_the_line_goes_on(qtbot, typed):
    form = typed("call Kim 20m pricing", "a1")
    form.minutes.field.setText("45")
    form.channel.choose("meeting")
    qtbot.keyClicks(form.line_edit, " and seats")
    assert form.minutes.field.text() == "45"
    assert form.channel.key == "meeting"
    assert form.topic.field.text() == "pricing and seats"


def test_a_line_that_names_another_account_goes_there(typed):
    assert typed("met Merrow Telecom 1h plans", "a1").account.text() == "Merrow Telecom"


def test_finishing_a_planned_touch_fills_the_line_and_ends_the_plan(
    qtbot, small_book, story, actions, session
):
    actions.finish_planned("plan")
    form = actions.form
    qtbot.waitUntil(lambda: session.idle)
    assert form.line_edit.text() == "Call Rosa Delgado 30m 2026-03-10: seats"
    press_enter(qtbot, form, actions)
    touch = session.read.touches.of("a1")[-1]
    assert (touch.on, touch.minutes, touch.topic) == (DUE, 30, "seats")
    done = session.read.tasks.get("plan")
    assert (done.done_on, done.touch_id) == (DUE, touch.id)
