"""Looking at a past date in the real window: a second window, read-only, gone when closed."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from csplanner.book import as_of
from csplanner.book.room import PREFIX
from csplanner.settings import AppSettings
from csplanner.ui.actions.person_data import PersonData
from csplanner.ui.as_of.commands import ask_for_day, look_back
from csplanner.ui.as_of.form import PastForm
from csplanner.ui.as_of.palette import past_hits
from csplanner.ui.as_of.window import PastWindow
from csplanner.ui.book_memory import memory_file
from csplanner.ui.book_window import BookWindow
from csplanner.ui.widgets.buttons import WRITES, Button
from csplanner.ui.windows import Windows
from tests.ui.places import Places

pytestmark = pytest.mark.qt_log_ignore("does not support raise")
THEN = date(2025, 11, 11)


@pytest.fixture(autouse=True)
def _made_here(request, monkeypatch):
    """A past is made in the test's process, but for tests that ask for `apart`."""

    def here(what, book, order, **_):
        assert what == "as_of"
        day, today = (date.fromisoformat(order[name]) for name in ("day", "today"))
        return as_of.make(book, Path(order["room"]), day, today, lambda *_: None)

    if "apart" not in request.fixturenames:
        monkeypatch.setattr(as_of, "work_beside", here)


@pytest.fixture
def temp(tmp_path, monkeypatch):
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.fixture
def shown(frame, sample_file, tmp_path, temp, qtbot):
    """The window with the sample book."""
    path = Path(shutil.copy(sample_file, tmp_path / "sample.csbook"))
    frame.start_with(path)
    qtbot.waitUntil(lambda: frame.session.idle, timeout=10_000)
    return frame


def _past(window):
    return next((w for w in window.windows.all() if isinstance(w, PastWindow)), None)


def _past_but(windows, other):
    return next((w for w in windows.all() if isinstance(w, PastWindow) and w is not other), None)


def _looked(window, qtbot, day=THEN, account=None):
    look_back(window, day, account)
    qtbot.waitUntil(lambda: _past(window) is not None, timeout=20_000)
    past = _past(window)
    qtbot.waitUntil(lambda: past.session.idle, timeout=10_000)
    return past


def test_a_past_day_opens_beside_the_book_and_says_so(shown, qtbot, temp, apart):
    now = shown.session.read.overview.totals()
    recent, reopened = shown.settings.recent, shown.settings.open_books
    past = _looked(shown, qtbot)
    assert past.windowTitle().startswith(past.state().book_name)
    assert "as of 11 Nov 2025" in past.state().book_name
    (notice,) = [n for n in past.banners.notices() if n.key == "read-only"]
    assert notice.text.startswith("The book as of 11 November 2025")
    assert past.session.read.as_of() == THEN
    then = past.session.read.overview.totals()
    assert then.arr != now.arr
    assert then.accounts == now.accounts
    # Nothing can be changed, and nothing of it is kept.
    assert past.session.read_only
    assert past.commands.get("touch.log").enabled() is False
    assert past.commands.get("book.backup") is None
    assert shown.settings.recent == recent
    assert shown.settings.open_books == reopened
    file = past.past.path
    past.close()
    assert not file.exists()
    assert not memory_file(file).exists()
    assert list(temp.glob(f"{PREFIX}*")) == []
    assert shown.session.read.overview.totals() == now


def test_back_to_now_shows_the_same_account_of_the_book(shown, qtbot):
    account = shown.session.read.overview.all()[0].account_id
    past = _looked(shown, qtbot, account=account)
    assert past.account_now == account
    other = shown.session.read.overview.all()[1].account_id
    past.show_place("account", other)
    past.commands.run("book.now")
    assert shown.account_now == other
    assert _past(shown) is None


def test_the_form_lists_the_days_of_the_snapshots_and_refuses_a_day_ahead(shown, qtbot):
    ask_for_day(shown)
    form = shown.findChild(PastForm)
    assert form.days.count() == 13
    assert form.days.item(0).text() == "10 Mar 2026  ·  Salesforce"
    # The newest is what is shown already, so the one before it is offered.
    assert form.day.field.text() == "10 Feb 2026"
    form.day.field.setText("+3")
    qtbot.keyClick(form.day.field, Qt.Key.Key_Return)
    assert "lies ahead" in form.day.error
    form.days.setCurrentRow(5)
    qtbot.keyClick(form.days, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _past(shown) is not None, timeout=20_000)
    past = _past(shown)
    assert past.session.read.as_of() == date(2025, 10, 14)
    past.close()


def test_cancel_stops_it_and_leaves_nothing(shown, qtbot, temp, apart):
    ask_for_day(shown)
    form = shown.findChild(PastForm)
    form.look()
    assert not form.look_button.isEnabled()
    form.reject()
    qtbot.waitUntil(lambda: shown.books.idle, timeout=10_000)
    assert _past(shown) is None
    assert list(temp.glob(f"{PREFIX}*")) == []


def test_the_same_day_again_takes_the_place_of_its_window(shown, qtbot):
    first = _looked(shown, qtbot)
    file = first.past.path
    look_back(shown, THEN)
    qtbot.waitUntil(lambda: _past(shown) is not first, timeout=20_000)
    again = _past(shown)
    assert not file.exists()
    assert again.past.path.exists()
    assert sum(isinstance(w, PastWindow) for w in shown.windows.all()) == 1
    again.close()


def test_a_past_is_not_looked_at_from_within_another(shown, qtbot):
    past = _looked(shown, qtbot, THEN + timedelta(days=3))
    assert past.commands.get("book.as_of") is None
    past.take_files([past.home.with_name("accounts.csv")])
    assert past.session.read_only
    past.close()


def test_a_past_day_typed_in_the_palette_can_be_looked_at(shown, qtbot):
    def titles(text):
        return [hit.text for hit in past_hits(shown, text)][:1]

    assert titles("as of 3 Mar") == ["Look at the book as of 3 March 2026"]
    # Without a year it is the last one there was, not one that is still ahead.
    assert titles("1 May") == ["Look at the book as of 1 May 2025"]
    assert titles("as of 1 May 2027") == titles("Tidewater") == titles("as of") == []
    assert titles("Stand 11. Nov. 2025") == ["Look at the book as of 11 November 2025"]
    early = past_hits(shown, "as of 3 Mar 1999")[0]
    assert "knows nothing before" in early.why
    line = shown.session.read.overview.all()[0]
    shown.show_place("account", line.account_id)
    there = past_hits(shown, "2025-11-11")[1]
    assert there.text == f"Look at {line.name} as of 11 November 2025"
    there.run()
    qtbot.waitUntil(lambda: _past(shown) is not None, timeout=20_000)
    past = _past(shown)
    assert past.account_now == line.account_id
    assert past_hits(past, "2025-11-11") == ()
    past.close()


def test_a_past_goes_when_somebody_is_erased(shown, qtbot):
    file = _looked(shown, qtbot).past.path
    PersonData(shown.verbs, shown).erase(shown.session.read.people.all()[0].id)
    qtbot.waitUntil(lambda: _past(shown) is None, timeout=20_000)
    assert not file.exists()


def test_a_past_comes_again_when_another_language_is_spoken(
    qtbot, themes, today, tmp_path, sample_file, temp
):
    windows = Windows(themes, AppSettings(), today=today)
    first = BookWindow(themes, files=Places(tmp_path), windows=windows)
    try:
        first.open_book(Path(shutil.copy(sample_file, tmp_path / "sample.csbook")))
        qtbot.waitUntil(lambda: first.session is not None and first.session.idle, timeout=10_000)
        account = first.session.read.overview.all()[0].account_id
        past = _looked(first, qtbot, account=account)
        file = past.past.path
        windows.renew()
        qtbot.waitUntil(lambda: _past_but(windows, past) is not None, timeout=30_000)
        again = _past_but(windows, past)
        assert not file.exists()
        assert (again.past.day, again.account_now) == (THEN, account)
        assert len(windows.all()) == 2
    finally:
        windows.quit()
    assert list(temp.glob(f"{PREFIX}*")) == []


def test_what_changes_the_book_is_barred_in_the_past(shown, qtbot):
    account = shown.session.read.accounts.find("Merrow Telecom")[0].id
    past = _looked(shown, qtbot, account=account)
    buttons = [b for b in past.findChildren(Button) if b.isVisible()]
    writing = {b.accessibleName(): b for b in buttons if b.property(WRITES)}
    assert {"Log a touch", "Set sentiment…", "Add a person"} <= writing.keys()
    assert [name for name, b in writing.items() if b.isEnabled()] == []
    assert "Go back to now" in writing["Log a touch"].toolTip()
    header = next(b for b in shown.findChildren(Button) if b.accessibleName() == "Log a touch")
    assert header.isEnabled()
    past.close()
