"""What changed: from the palette, from Today, after an import; every line opens its records."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from csplanner.domain.news import NewsKind
from csplanner.ui import veil
from csplanner.ui.account.page import AccountPage
from csplanner.ui.account.timeline_rows import EventKind
from csplanner.ui.book_window import BookWindow
from csplanner.ui.news.page import NewsPage
from csplanner.ui.news.rows import NewsRow
from csplanner.ui.today.page import TodayPage


@pytest.fixture(autouse=True)
def lifted() -> Iterator[None]:
    """The veil is off before and after."""
    yield
    veil.veil().turn(on=False)


@pytest.fixture
def opened(qtbot, frame: BookWindow, sample_file: Path, tmp_path: Path) -> BookWindow:
    """The window on a sample book, whose last snapshot is two days old."""
    assert frame.open_book(Path(shutil.copy(sample_file, tmp_path / "sample.csbook")))
    settle(qtbot, frame)
    return frame


def settle(qtbot, frame: BookWindow) -> None:
    QApplication.processEvents()
    qtbot.waitUntil(lambda: frame.session is not None and frame.session.idle)
    QApplication.processEvents()


def news_page(qtbot, frame: BookWindow) -> NewsPage:
    settle(qtbot, frame)
    (page,) = frame.findChildren(NewsPage)
    assert page.isVisible()
    return page


def lines(page: NewsPage) -> list[NewsRow]:
    model = page.panel.list.model()
    rows = (model.row_at(model.index(n)) for n in range(model.rowCount()))
    return [row for row in rows if row is not None]


def choose(page: NewsPage, row: NewsRow) -> None:
    model = page.panel.list.model()
    page.panel.list.setCurrentIndex(model.index(model.place_of(row.entry)))


def test_every_line_opens_its_records(qtbot, opened) -> None:
    opened.commands.run("book.news")
    page = news_page(qtbot, opened)
    found = lines(page)
    weights = [r.entry.one.news.weight for r in found if r.account_id]
    assert weights == sorted(weights, reverse=True)
    amara = next(r for r in found if r.section == "people")
    assert amara.words == "Amara Nwosu, decision maker, is new"
    choose(page, amara)
    qtbot.keyClick(page.panel.list, Qt.Key.Key_Return)
    settle(qtbot, opened)
    (account,) = opened.findChildren(AccountPage)
    assert account.isVisible()
    assert account.head.tabs.key == "people"
    assert account.lists.people.table.current_id() == amara.entry.one.news.row_id
    opened.commands.run("go.back")
    settle(qtbot, opened)
    deal = next(r for r in lines(page) if r.entry.kind is NewsKind.DEAL_NEW and r.account_id)
    choose(page, deal)
    qtbot.keyClick(page.panel.list, Qt.Key.Key_Return)
    settle(qtbot, opened)
    assert account.head.tabs.key == "deals"
    assert account.lists.deals.table.current_id() == deal.entry.one.news.row_id
    opened.commands.run("go.back")
    settle(qtbot, opened)
    told = next(r for r in lines(page) if r.section == "timeline" and r.account_id)
    choose(page, told)
    qtbot.keyClick(page.panel.list, Qt.Key.Key_Return)
    settle(qtbot, opened)
    assert account.head.tabs.key == "timeline"
    at = int(account.timeline.list.table.current_id())
    assert account.timeline._shown[at].news == told.entry.one.news.id


def test_gathered_lines_unfold_in_place_and_older_snapshots_can_be_read(qtbot, opened) -> None:
    opened.show_place("news")
    page = news_page(qtbot, opened)
    before = lines(page)
    folded = next(r for r in before if r.can_unfold)
    choose(page, folded)
    qtbot.keyClick(page.panel.list, Qt.Key.Key_Right)
    assert len(lines(page)) == len(before) + len(folded.entry.rest)
    assert page.panel.list.current_row().is_open
    qtbot.keyClick(page.panel.list, Qt.Key.Key_Left)
    assert len(lines(page)) == len(before)
    assert page.choice.count() == 13
    page.choice.setCurrentIndex(12)
    settle(qtbot, opened)
    first = page.panel.title.text()
    assert first.startswith("First snapshot of 11 Mar 2025: 30 accounts, ")
    assert first.endswith(" came in")
    assert not any("for the first time" in line.words for line in lines(page))


def test_today_says_how_many_changes_came_and_an_undone_import_none(qtbot, opened) -> None:
    opened.show_place("today")
    settle(qtbot, opened)
    (today,) = opened.findChildren(TodayPage)
    assert today.head.news.text().endswith("pieces of news came with the snapshot of 10 Mar")
    qtbot.mouseClick(today.head.news, Qt.MouseButton.LeftButton)
    page = news_page(qtbot, opened)
    assert page.panel.title.text() == today.head.news.text()
    book = opened.session.read
    newest = next(c for c in book.history(2_000) if c.kind == "import" and c.state == "done")
    opened.session.write(lambda b: b.undo_change(newest.id), lambda _: opened.session.refresh())
    settle(qtbot, opened)
    qtbot.waitUntil(lambda: page.panel.title.text().endswith("snapshot of 10 Feb"))


def test_copied_news_hide_their_amounts_while_the_screen_is_veiled(qtbot, opened) -> None:
    opened.show_place("news")
    page = news_page(qtbot, opened)
    qtbot.mouseClick(page.panel.copy_button, Qt.MouseButton.LeftButton)
    whole = QGuiApplication.clipboard().text()
    assert whole.startswith("## ")
    assert "$" in whole
    opened.commands.run("view.veil")
    settle(qtbot, opened)
    assert not any("$" in row.arr for row in lines(page))
    page.panel.copy_text()
    veiled = QGuiApplication.clipboard().text()
    assert "$" not in veiled
    assert len(veiled.splitlines()) == len(whole.splitlines())


def test_the_timeline_of_an_account_holds_its_news(qtbot, opened) -> None:
    ember = opened.session.read.accounts.only("Ember").id
    opened.show_place("account", (ember, "timeline"))
    settle(qtbot, opened)
    (account,) = opened.findChildren(AccountPage)
    account.timeline.kind.choose(EventKind.NEWS.value)
    shown = account.timeline._shown
    assert shown
    assert {event.kind for event in shown} == {EventKind.NEWS}
    assert shown[0].title.startswith("The contract was renewed to 3 Mar ’27")
    case = next(e for e in shown if e.record.startswith("case/"))
    account.records.open_event(case)
    assert account.head.tabs.key == "deals"
    assert account.lists.cases.table.current_id() == case.record.removeprefix("case/")
