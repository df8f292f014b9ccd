"""The settings page: each change one step that can be undone, backups, the check in words."""

import pytest
from PySide6.QtWidgets import QApplication

from csplanner.domain.account import Tier
from csplanner.domain.settings import BookSettings
from csplanner.errors import UserError
from csplanner.settings import AppSettings
from csplanner.ui.book_window import BookWindow
from csplanner.ui.settings.rows import entries, findings_text, with_unit
from tests.lending import lent


@pytest.fixture
def frame(qtbot, themes, today, small_book):
    """A window at the settings of the small book."""
    made = BookWindow(themes, AppSettings(), today=today)
    qtbot.addWidget(made)
    made.start_with(lent(small_book))
    made.show()
    made.show_place("settings")
    settle(qtbot, made)
    yield made
    made.close()


@pytest.fixture
def page(frame):
    """The settings page."""
    return frame.page("settings").page


def settle(qtbot, frame):
    """Wait until the book has written and told everything."""
    QApplication.processEvents()
    qtbot.waitUntil(lambda: frame.session.idle)


def type_in(qtbot, frame, page, key, text):
    """Type over a setting and leave its field."""
    field = page.fields[key]
    field.field.setText(text)
    field.field.setModified(True)
    field.field.editingFinished.emit()
    settle(qtbot, frame)


def test_each_change_is_one_step_and_undo_brings_it_back(qtbot, frame, page):
    type_in(qtbot, frame, page, "name", "Maren’s book")
    assert frame.session.read.settings.name == "Maren’s book"
    assert frame.state().book_name == "Maren’s book"
    assert frame.state().undo_text == "rename the book"
    frame.verbs.undo()
    settle(qtbot, frame)
    assert frame.session.read.settings.name == "My book"
    assert page.fields["name"].field.text() == "My book"


def test_hours_are_typed_in_the_unit_shown(qtbot, frame, page):
    page._unit.choose("month")
    settle(qtbot, frame)
    assert page.fields["available"].field.text() == "110.5"
    type_in(qtbot, frame, page, "hours.high", "9")
    assert frame.session.read.settings.hours_a_quarter[Tier.HIGH] == 27_000
    assert page.fields["hours.high"].field.text() == "9"


def test_what_cannot_be_read_is_said_at_the_field_and_kept(qtbot, frame, page):
    type_in(qtbot, frame, page, "currency", "dollars")
    assert page.fields["currency"].error.startswith("Type the three letters")
    assert page.fields["currency"].field.text() == "dollars"
    type_in(qtbot, frame, page, "watch_from", "80")
    assert "must begin below good" in page.fields["watch_from"].error
    assert frame.session.read.settings == BookSettings()


def test_the_fiscal_year_and_the_theme_are_chosen(qtbot, frame, page, themes):
    page._month.choose("4")
    settle(qtbot, frame)
    assert frame.session.read.settings.fiscal_start_month == 4
    page.theme.choose("dark")
    assert themes.choice == "dark"
    assert frame.settings.theme == "dark"


def test_single_letters_can_be_switched_off(qtbot, frame, page):
    assert frame.commands.get("go.account.health").shortcut == "G, H"
    page.single_keys.setChecked(False)
    assert frame.commands.get("go.account.health").shortcut == ""


def test_a_backup_is_made_and_listed(qtbot, frame, page):
    page.care.back_up_button.click()
    settle(qtbot, frame)
    shown = [page.care._list.itemAt(n).widget().text() for n in range(page.care._list.count())]
    assert len(shown) == 1
    assert shown[0].endswith("MB")
    assert frame.toast.text.startswith("Backed up as ")


def test_the_check_says_its_result_and_mends(qtbot, frame, page, small_book):
    frame.check_book()
    settle(qtbot, frame)
    assert page.care.result.text() == "Nothing is wrong. The file is sound and every rule holds."
    frame.session.write(reports_to_itself)
    frame.check_book()
    settle(qtbot, frame)
    assert page.care.result.text() == "1 people who report to themselves, can be mended"
    page.care.mend_button.click()
    settle(qtbot, frame)
    settle(qtbot, frame)
    assert page.care.result.text().startswith("Nothing is wrong.")


def reports_to_itself(book):
    with book.change("By other hands"):
        book.connection.execute("update person set reports_to = id where id = 'p1'")


@pytest.mark.parametrize("unit", ["week", "month", "quarter"])
def test_every_setting_reads_back_what_it_shows(unit):
    settings = with_unit(BookSettings(), unit)
    for entry in entries().values():
        text = entry.text(settings)
        again = entry.change(settings, text)
        assert entry.text(again) == text


def test_hours_below_zero_are_refused():
    with pytest.raises(UserError, match="Type the hours as a number"):
        entries()["hours.low"].change(BookSettings(), "-1")


def test_findings_stand_one_a_line():
    assert findings_text([]) == "Nothing is wrong. The file is sound and every rule holds."
