"""The settings page: each change is one step that can be undone."""

import pytest

from csplanner.domain.account import Tier
from csplanner.domain.settings import BookSettings
from csplanner.errors import UserError
from csplanner.settings import load_settings
from csplanner.ui.settings.rows import entries, with_unit
from tests.ui.settings.conftest import settle


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
    page.window_pane.theme.choose("dark")
    assert themes.choice == "dark"
    assert frame.settings.theme == "dark"


def test_single_letters_can_be_switched_off(qtbot, frame, page):
    assert frame.commands.get("go.account.health").shortcut == "G, H"
    page.window_pane.single_keys.setChecked(False)
    assert frame.commands.get("go.account.health").shortcut == ""


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


def test_how_the_window_looks_is_chosen_kept_and_acted_on(qtbot, frame, page, themes):
    pane = page.window_pane
    pane.contrast.choose("high")
    assert themes.theme.outlined
    pane.rows.choose("compact")
    pane.motion.choose("none")
    pane.scale.choose("150")
    kept = load_settings()
    assert (kept.contrast, kept.rows, kept.motion, kept.scale) == ("high", "compact", "none", 150)
    assert pane._note.text() == "Acts when csplanner starts next."
    assert not frame.commands.get("view.rows.compact").enabled()
    assert frame.commands.run("view.contrast")
    assert not themes.theme.outlined
    assert pane.contrast.key == "normal"
    for field, key in ((pane.contrast, "system"), (pane.rows, "normal"), (pane.motion, "system")):
        field.choose(key)
    pane.scale.choose("100")
    assert pane._note.text() == ""
