"""Views of the Book: kept, arranged, hidden, put back, and sent to somebody as text."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from csplanner.book.book import Book
from csplanner.domain.filters import Sort, View, parse_filter
from csplanner.domain.filters_view import ViewText, parse_view
from csplanner.ui.book.page import BookPage
from csplanner.ui.book.view_hits import view_hits
from csplanner.ui.book.views import spec_of
from csplanner.ui.session import BookSession

Key = Qt.Key
TODAY = date(2026, 11, 22)
HIGH = View(
    parse_filter("tier is high or medium"), group="health", sorts=(Sort("arr", True), Sort("name"))
)


def settle(qtbot, session: BookSession) -> None:
    qtbot.waitUntil(lambda: session.idle)


def save(page: BookPage, session: BookSession, *names: str) -> None:
    layout = page.table.arrangement()
    for name in names:
        session.write(lambda book, n=name: book.views.add(n, spec_of(HIGH, layout)))


def titles(page: BookPage) -> list[str]:
    return [page.tabs.tabs.tabText(at).partition("\t")[0] for at in range(page.tabs.tabs.count())]


def test_a_view_sent_as_text_shows_the_same_to_whoever_pastes_it(
    qtbot, page: BookPage, session: BookSession
):
    page.show_view(HIGH)
    page.columns.show("gap", False)
    page.view_verbs.copy_text()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("book: tier is high or medium | group health | sort arr down, name | ")
    shown, columns = page.view, page.table.arrangement()
    page.columns.reset()
    page.show_view(View())
    page.view_verbs.paste_text()
    assert page.view == shown
    assert page.table.arrangement().hidden == columns.hidden
    page.show_view(View())
    page.tools.add_button.click()
    form = page.tools._form
    form.sentence.field.setText(text)
    qtbot.keyClick(form.sentence.field, Key.Key_Return)
    assert page.view == shown


def test_a_day_typed_without_its_year_is_seen_from_the_day_of_the_book(
    qtbot, page: BookPage, session: BookSession
):
    page.tools.add_button.click()
    form = page.tools._form
    form.sentence.field.setText("health moved from good to watch since 1 March")
    qtbot.keyClick(form.sentence.field, Key.Key_Return)
    qtbot.waitUntil(lambda: session.idle)
    assert form.sentence.error == "", form.sentence.error
    (condition,) = page.view.conditions
    today = session.read.as_of()
    year = today.year if (today.month, today.day) >= (3, 1) else today.year - 1
    assert condition.value == f"from good to watch since {year}-03-01"


@pytest.mark.parametrize("text", ["hello", "book: tier is high | columns moon", ""])
def test_what_is_no_view_is_refused_in_words_and_changes_nothing(page: BookPage, text: str):
    QGuiApplication.clipboard().setText(text)
    before, said = page.view, []
    page._actions.said.connect(lambda words, _undo, failed: said.append((words, failed)))
    page.view_verbs.paste_text()
    assert page.view == before
    assert [failed for _, failed in said] == [True]
    assert said[0][0].endswith((".", "?"))


def test_your_views_are_moved_renamed_and_removed_by_keyboard(
    qtbot, page: BookPage, session: BookSession
):
    save(page, session, "One", "Two")
    settle(qtbot, session)
    qtbot.waitUntil(lambda: titles(page)[-2:] == ["One", "Two"])
    page.open("Two")
    page.refresh()
    tabs = page.tabs.tabs
    qtbot.keyClick(tabs, Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: titles(page)[-2:] == ["Two", "One"])
    qtbot.keyClick(tabs, Key.Key_F2)
    form = page.view_verbs.form
    form.name.field.setText("Three")
    form.save()
    qtbot.waitUntil(lambda: titles(page)[-2:] == ["Three", "One"])
    qtbot.keyClick(tabs, Key.Key_Delete)
    qtbot.waitUntil(lambda: titles(page)[-1] == "One" and "Three" not in titles(page))
    assert [view.name for view in session.read.views.all()] == ["One"]


def test_a_changed_view_is_put_back_as_it_was_saved(qtbot, page: BookPage, session: BookSession):
    save(page, session, "Mine")
    settle(qtbot, session)
    page.open("Mine")
    page.refresh()
    assert not page.tools.undo_button.isVisible()
    page.show_view(replace(page.view, group="sector"))
    assert page.tools.undo_button.isVisible()
    page.tools.undo_button.click()
    assert page.view == HIGH
    assert not page.tools.undo_button.isVisible()


def test_a_view_of_the_program_can_be_hidden_and_comes_back(
    qtbot, page: BookPage, session: BookSession
):
    session.write(lambda book: book.accounts.update("a1", pinned=True))
    qtbot.waitUntil(lambda: "Pinned" in titles(page))
    page.tabs.asked.emit("hide", "pinned")
    qtbot.waitUntil(lambda: "Pinned" not in titles(page))
    assert session.read.views.all() == []
    page.view_verbs.show_hidden()
    qtbot.waitUntil(lambda: "Pinned" in titles(page))


def test_accounts_are_grouped_by_anything_with_totals_that_add_up(page: BookPage, four: Book):
    for by in ("health", "sector", "month", "quarter", "tag", "criticality", "owner"):
        page.show_view(View(group=by))
        groups = page.model._shown.groups
        assert sum(size for _, size in groups) == 4
        assert sum(page.model._shown.totals[g].accounts for g, _ in groups) == 4
        assert page.model.is_heading(0)


def test_a_text_of_a_view_keeps_every_sort_and_group():
    text = "book: every account | group renewal quarter | sort arr down, name, last touch"
    found = parse_view(text).view
    assert (found.group, len(found.sorts)) == ("quarter", 3)
    assert str(found) == text


def test_the_palette_opens_a_view_whose_text_is_put_into_it():
    asked: list[tuple[str, object]] = []
    (hit,) = view_hits("book: tier is high | group health", TODAY, lambda *what: asked.append(what))
    hit.run()
    assert asked == [("book", ViewText(View(parse_filter("tier is high"), group="health")))]
    (wrong,) = view_hits("book: teir is high", TODAY, lambda *what: asked.append(what))
    assert "Did you mean “tier”?" in wrong.text
    wrong.run()
    assert len(asked) == 1
    assert view_hits("tier is high", TODAY, lambda *_: None) == []


def test_archived_accounts_are_a_view_and_brought_back_from_it(
    qtbot, page: BookPage, session: BookSession
):
    session.write(lambda book: book.accounts.update("a1", archived=True))
    qtbot.waitUntil(lambda: "Archived" in titles(page))
    assert len(page.model.ids) == 3
    page.open("archived")
    page.refresh()
    assert [page.model.at(at).account_id for at in range(page.model.rowCount())] == ["a1"]
    session.write(lambda book: book.accounts.update("a1", archived=False))
    qtbot.waitUntil(lambda: len(page.model.ids) == 0)
    page.open("whole")
    page.refresh()
    assert len(page.model.ids) == 4
