"""Meetings of a calendar file are looked over, given an account and kept in one step."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from csplanner.domain.task import TaskKind
from tests.lending import lent


@pytest.fixture
def opened(qtbot, frame, small_book):
    small_book.accounts.update("a1", domain="tidewater.example")
    assert frame.open_book(lent(small_book))
    qtbot.waitUntil(lambda: frame.session.idle)
    return frame


def write_calendar(folder, today, *meetings):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for number, (days, title, guest) in enumerate(meetings):
        day = today + timedelta(days=days)
        lines += [
            "BEGIN:VEVENT", f"UID:{number}", f"DTSTART:{day:%Y%m%d}T100000",
            "DURATION:PT30M", f"SUMMARY:{title}", "ORGANIZER:mailto:me@us.example",
            f"ATTENDEE:mailto:{guest}", "END:VEVENT",
        ]  # fmt: skip
    path = folder / "week.ics"
    path.write_text("\r\n".join([*lines, "END:VCALENDAR", ""]))
    return path


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_dropped_calendar_is_reviewed_and_kept_in_one_step(qtbot, opened, tmp_path, today):
    path = write_calendar(
        tmp_path, today, (-2, "Plans", "rosa@tidewater.example"),
        (3, "Renewal review", "rosa@tidewater.example"), (-1, "Lunch", "who@else.example"),
    )  # fmt: skip
    opened.take_files([path])
    qtbot.waitUntil(lambda: opened.verbs.form is not None)
    form = opened.verbs.form
    assert form.save_button.text() == "Keep 2 meetings"
    assert form._current().meeting.title == "Lunch"
    form.tree.currentItem().setCheckState(0, Qt.CheckState.Checked)
    form.save()
    assert "Lunch" in form.account_line.error
    qtbot.keyClicks(form.account, "merrow")
    form.account.editingFinished.emit()
    form.save()
    qtbot.waitUntil(lambda: opened.session.idle)
    book = opened.session.read
    assert [t.topic for t in book.touches.of("a2")][-1] == "Lunch"
    assert [t.topic for t in book.touches.of("a1")][-1] == "Plans"
    (task,) = book.tasks.of("a1")
    assert (task.title, task.kind, task.at) == ("Renewal review", TaskKind.MEETING, "10:00")
    opened.commands.run("edit.undo")
    qtbot.waitUntil(lambda: opened.session.idle)
    assert not book.tasks.of("a1")
    assert "Lunch" not in [t.topic for t in book.touches.of("a2")]


def test_a_file_that_is_no_calendar_is_refused_in_a_sentence(qtbot, opened, tmp_path):
    said = []
    opened.verbs.said.connect(lambda text, _undo, failed: said.append((text, failed)))
    path = tmp_path / "no.ics"
    path.write_text("hello")
    opened.take_files([path])
    qtbot.waitUntil(lambda: opened.session.idle)
    assert said[-1][1]
    assert opened.verbs.form is None
