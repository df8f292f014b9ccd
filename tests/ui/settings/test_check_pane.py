"""The check in the settings: beside the window, with examples, mended once you say so."""

from csplanner.book.check import Finding
from csplanner.ui.settings.checking import Found
from csplanner.ui.settings.rows import mending_text
from csplanner.ui.widgets.buttons import Button
from tests.ui.settings.conftest import settle


def checked(qtbot, page):
    """Wait for the result of a check."""
    qtbot.waitUntil(lambda: not page.checking.is_checking, timeout=10_000)


def reports_to_itself(book):
    with book.change("By other hands"):
        book.connection.execute("update person set reports_to = id where id = 'p1'")


def test_a_sound_book_is_told_with_the_time(qtbot, frame, page):
    frame.check_book()
    checked(qtbot, page)
    assert page.checking.result.text().startswith("The book is sound, checked ")
    assert not page.checking.mend_button.isVisible()


def test_a_finding_names_its_rows_and_leads_to_the_account(qtbot, frame, page):
    frame.session.write(reports_to_itself)
    settle(qtbot, frame)
    frame.check_book()
    checked(qtbot, page)
    found = page.checking.findings[0]
    assert found.finding.words == "people who report to themselves"
    assert (found.rows[0].words, found.rows[0].account_id) == ("Rosa Delgado", "a1")
    page.checking._open("a1")
    settle(qtbot, frame)
    assert frame.current_page().key == "account"


def test_mending_says_what_it_does_and_can_be_undone(qtbot, frame, page):
    frame.session.write(reports_to_itself)
    settle(qtbot, frame)
    page.checking.check()
    checked(qtbot, page)
    assert page.checking.mend_button.text() == "Mend 1…"
    page.checking.mend_button.click()
    assert "A backup is made first." in page.checking.dialog.accessibleDescription()
    page.checking.dialog._close_with("do")
    qtbot.waitUntil(lambda: page.checking.result.text().startswith("The book is sound"))
    assert frame.session.read.people.get("p1").reports_to is None
    frame.verbs.undo()
    settle(qtbot, frame)
    assert frame.session.read.people.get("p1").reports_to == "p1"


def test_nothing_is_mended_when_you_leave_it(qtbot, frame, page):
    frame.session.write(reports_to_itself)
    settle(qtbot, frame)
    page.checking.check()
    checked(qtbot, page)
    page.checking.mend_button.click()
    page.checking.dialog._close_with("keep")
    settle(qtbot, frame)
    assert frame.session.read.people.get("p1").reports_to == "p1"


def test_a_check_can_be_stopped(qtbot, frame, page):
    page.checking.check()
    page.checking.cancel()
    checked(qtbot, page)
    assert "stopped" in page.checking.result.text()


def test_a_window_closed_while_checking_lets_go_of_the_book(qtbot, frame, page):
    page.checking.check()
    frame.close_book()
    assert frame.session is None


def test_mending_says_each_step_once():
    assert mending_text([]).startswith("A backup is made first.")


def test_damage_leads_to_what_can_be_done(qtbot, frame, page):
    found = Finding("damage", "damaged places in the file", 2, False, "Put a backup in its place.")
    asked = []
    page.checking._to_damage = asked.append
    page.checking._checked([Found(found, ())])
    ways = [b for b in page.checking.findChildren(Button) if b.text() == "What can be done…"]
    ways[0].click()
    assert asked == ["2 damaged places in the file"]
