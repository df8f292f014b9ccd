"""A whole day of a CSM by keyboard alone; with `--record DIR`, in pictures, light and dark."""

import csv
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu

from csplanner.domain.account import Tier
from csplanner.resources import resource
from csplanner.settings import AppSettings
from csplanner.ui.book_window import BookWindow
from csplanner.ui.shell.palette import Palette
from csplanner.ui.shown_page import page_widget
from tests.ui.day_camera import Camera
from tests.ui.day_keys import Hands

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)")

NEW = "Łódź Tramways"
TOUCHES = (
    "call 20m renewal pricing yesterday",
    "email about the invoice",
    "met 1h plans for spring on 10 Mar",
    "call 10m checking in",
    "email Brightwell: outage report",
    "visit 2h the new site",
)


@pytest.fixture(params=("light", "dark"))
def theme(request: pytest.FixtureRequest, themes) -> str:
    """The day is told in light; a recording tells it in dark as well."""
    if request.param == "dark" and request.config.getoption("--record") is None:
        pytest.skip("The dark day is only for a recording.")
    themes.choose(request.param)
    return str(request.param)


@pytest.fixture
def day(qtbot, request, theme, themes, today, tmp_path, sample_file) -> "Iterator[Day]":
    """The window on the start page, and hands on the keyboard."""
    made = BookWindow(themes, AppSettings(theme=theme), today=today)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show_start()
    made.show()
    made.activateWindow()
    told = Day(made, tmp_path, Path(shutil.copy(sample_file, tmp_path / "book.csbook")))
    record = request.config.getoption("--record")
    if record is not None:
        told.hands.look = Camera(lambda: made, Path(record) / theme).take
    yield told
    made.close()


class Day:
    """The hands, the window they work in, and what the tests look at."""

    def __init__(self, window: BookWindow, folder: Path, book: Path) -> None:
        self.window, self.folder, self.book = window, folder, book
        self.hands = Hands(lambda: window, self.is_busy)

    def is_busy(self) -> bool:
        """Whether the window reads, writes or opens something."""
        session = self.window.session
        if not self.window.books.idle or (session is not None and not session.idle):
            return True
        palette = self.window.findChild(Palette)
        if palette is not None and palette.is_waiting:
            return True
        reading = getattr(self.part("import"), "reading", None)
        return reading is not None and reading.is_busy

    def part(self, key: str):
        """A page, or None."""
        return page_widget(self.window, key)

    @property
    def read(self):
        """The open book."""
        assert self.window.session is not None
        return self.window.session.read

    @property
    def shown(self) -> str:
        """The key of the page shown."""
        page = self.window.current_page()
        return page.key if page is not None else ""

    @contextmanager
    def palette(self, words: str) -> Iterator[None]:
        """Ask the palette, then run what stands first; within, look at what it offers."""
        self.hands.press("Ctrl+K")
        self.hands.type(words)
        self.hands.settle()
        yield
        self.hands.press("Return")
        self.hands.settle()


def test_a_whole_day_needs_no_mouse(day: Day) -> None:
    day.hands.settle()
    assert day.shown == "start"
    open_the_book(day)
    import_a_snapshot(day)
    triaged = triage_ten(day)
    touches = log_six_touches(day)
    set_three_pulses(day)
    placed = re_place_two(day)
    tag_three(day)
    fill_cells(day)
    filter_and_save(day)
    search(day)
    export(day)
    undo_and_redo(day)
    close_and_reopen(day)
    assert len(day.read.attention.all()) >= len(triaged) == 10
    assert {t.topic for t in kept(day, "touches")} >= touches
    assert {p.account_id for p in kept(day, "placements") if p.tier is Tier.LOW} >= placed
    assert "My spring" in [view.name for view in day.read.views.all()]
    assert day.read.accounts.find(NEW)


def kept(day: Day, shelf: str) -> list:
    """What the book holds of a kind, of every account."""
    records = getattr(day.read, shelf)
    return [each for account in day.read.accounts.all() for each in records.of(account.id)]


def open_the_book(day: Day) -> None:
    with day.hands.step("Open the book", most=4):
        day.hands.give_path(day.book, "Ctrl+O")
        day.hands.until(lambda: day.window.session is not None)
    assert day.shown == "today"


def import_a_snapshot(day: Day) -> None:
    path = write_snapshot(day.folder)
    before = day.read.overview.totals().accounts
    page = partial(day.part, "import")
    with day.hands.step("Import: choose the file", most=5):
        day.hands.press("Ctrl+Shift+I")
        day.hands.settle()
        day.hands.give_path(path, "Space")
        day.hands.until(lambda: page().step == 1)
    with day.hands.step("Import: look at what changes", most=1):
        day.hands.press("Ctrl+Return")
        day.hands.until(lambda: page().step == 2)
    with day.hands.step("Import: apply", most=2):
        day.hands.press("Ctrl+Return")
        day.hands.until(lambda: page().step == 4 and not day.is_busy())
        day.hands.settle()
        day.hands.press("Ctrl+Return")
        day.hands.until(lambda: day.shown == "today")
    assert day.read.overview.totals().accounts == before + 1


def write_snapshot(folder: Path) -> Path:
    """The newest export of the sample two days later: one new account, three with more ARR."""
    with Path(resource("sample/2026-03-10/Account.csv")).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows[:3]:
        row["ARR__c"] = str(int(row["ARR__c"]) + 1000)
    new = {"Id": "001tramways0000001", "Name": NEW, "Website": "https://tramways.example"}
    rows.append(rows[0] | new)
    path = folder / "Account-2026-03-12.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def triage_ten(day: Day) -> set[str]:
    """Finish, snooze and dismiss ten accounts, and look into one; returns their ids."""
    hands, listing = day.hands, day.part("today").list
    seen: set[str] = set()
    for number in range(10):
        while (account := listing.current_row().account_id) in seen:
            hands.press("Down")
        seen.add(account)
        verdict = "esd"[number % 3]
        with hands.step(f"Triage {number + 1} with {verdict.upper()}", most=14):
            if number == 1:
                hands.press("G", "A")
                hands.settle()
                assert (day.shown, day.window.account_now) == ("account", account)
                hands.press("Alt+Left")
                hands.settle()
                assert listing.current_row().account_id == account
            hands.press(verdict)
            if verdict == "d":
                hands.settle()
                hands.type("Seasonal")
                hands.press("Return")
    assert {a.account_id for a in day.read.attention.all()} >= seen
    return seen


def log_six_touches(day: Day) -> set[str]:
    """Log touches by one line each; returns their topics."""
    hands, before = day.hands, {t.id for t in kept(day, "touches")}
    for line in TOUCHES:
        with hands.step(f"Log: {line}", most=3 + len(line)):
            hands.press("Ctrl+L")
            hands.settle()
            hands.type(line)
            hands.settle()
            hands.look(f"Typed: {line}")
            hands.press("Return")
            hands.settle()
            assert QApplication.activeModalWidget() is None
            hands.press("Down")
    new = [t for t in kept(day, "touches") if t.id not in before]
    assert len(new) == len(TOUCHES)
    assert {t.minutes for t in new} >= {10, 20, 60, 120}
    assert date(2026, 3, 11) in {t.on for t in new}
    return {t.topic for t in new}


def set_three_pulses(day: Day) -> None:
    before = len(kept(day, "pulses"))
    for number, because in enumerate(("They pay late", "New sponsor", "Good year"), 2):
        with day.hands.step(f"Set sentiment {number}", most=5 + len(because)):
            day.hands.press("Ctrl+J")
            day.hands.settle()
            day.hands.press(str(number), "Tab")
            day.hands.type(because)
            day.hands.press("Return")
            day.hands.settle()
            day.hands.press("Down")
    assert len(kept(day, "pulses")) == before + 3


def re_place_two(day: Day) -> set[str]:
    """Place two accounts low with a reason; returns their ids."""
    placed: set[str] = set()
    day.hands.press("Ctrl+2")
    day.hands.settle()
    for reason in ("They look after themselves", "No time for more"):
        account = day.window.account_now
        assert account is not None
        with day.hands.step("Re-place an account", most=6 + len(reason)):
            day.hands.press("Ctrl+T")
            day.hands.settle()
            day.hands.press("l", "Tab")
            day.hands.type(reason)
            day.hands.press("Return")
            day.hands.settle()
            day.hands.press("Ctrl+Home", "Down")
        placed.add(account)
        assert day.read.overview.one(account).tier is Tier.LOW
    return placed


def tag_three(day: Day) -> None:
    """Tick three accounts, tag them after a look at what it does, take it back and bring it."""
    hands, table = day.hands, day.part("book").table
    with hands.step("Tick three accounts", most=6):
        hands.press("Left", "Space", "Down", "Space", "Down", "Space")
    assert len(table.accounts.ticks) == 3
    with hands.step("Tag them", most=30):
        with day.palette(">tag the acc"):
            pass
        hands.type("spring")
        hands.settle()
        hands.look("What tagging does")
        assert QApplication.activeModalWidget().preview == "3 accounts"
        hands.press("Return")
    assert dict(day.read.tags.all()).get("spring") == 3
    with hands.step("Take it back in one step, and bring it again", most=2):
        hands.press("Ctrl+Z")
        hands.settle()
        assert "spring" not in dict(day.read.tags.all())
        hands.press("Ctrl+Shift+Z")
    assert dict(day.read.tags.all()).get("spring") == 3


def fill_cells(day: Day) -> None:
    """Type over a cell and fill two below it: one step to take back."""
    hands, table = day.hands, day.part("book").table
    with hands.step("Type over a cell", most=22):
        hands.press("Escape", "Ctrl+Home", "Down", "End")
        hands.type("Send the plan")
        hands.press("Return")
        hands.settle()
        hands.press("Up")

    def planned() -> int:
        steps = [line.next_step for line in day.read.overview.rows(table.accounts.ids)]
        return steps.count("Send the plan")

    assert planned() == 1
    with hands.step("Fill two cells down", most=4):
        hands.press("Shift+Down", "Shift+Down", "Ctrl+D")
        hands.settle()
        hands.look("What filling does")
        hands.press("Return")
    assert planned() == 3
    with hands.step("Take the filling back", most=1):
        hands.press("Ctrl+Z")
    assert planned() == 1


def filter_and_save(day: Day) -> None:
    sentence = "renews within 90 days"
    with day.hands.step("Filter by a sentence", most=2 + len(sentence)):
        day.hands.press("Ctrl+F")
        day.hands.settle()
        day.hands.type(sentence)
        day.hands.settle()
        day.hands.look("A filter being typed")
        day.hands.press("Return")
    assert day.part("book").view.conditions
    with day.hands.step("Save the view", most=30):
        with day.palette(">save view"):
            pass
        day.hands.press("Ctrl+A")
        day.hands.type("My spring")
        day.hands.press("Return")
    assert day.part("book").tabs.named.title == "My spring"


def search(day: Day) -> None:
    """A slip, a name with accents, words of a date; then act on an account without opening it."""
    hands = day.hands
    for words, first in (
        ("renewing in may", "Renewing in May"), ("lodz", NEW), ("brigthwell", "Brightwell Energy"),
    ):  # fmt: skip
        with hands.step(f"Search {words}", most=2 + len(words)):
            hands.press("Ctrl+K" if first.startswith("Renew") else "Ctrl+A")
            hands.type(words)
        assert first_hit(day) == first
    with hands.step("Tab acts on the account found", most=8):
        hands.press("Tab")
        hands.type("open")
        hands.settle()
        hands.press("Return")
    assert day.shown == "account"
    assert day.read.accounts.get(day.window.account_now).name == "Brightwell Energy"


def first_hit(day: Day) -> str:
    """What Enter would take in the palette."""
    hit = day.window.findChild(Palette).list.choice()
    return hit.text if hit is not None else ""


def export(day: Day) -> None:
    hands, decks = day.hands, day.folder / "decks"
    decks.mkdir()
    with hands.step("The QBR of the account", most=2):
        hands.press("Ctrl+E")
    assert day.shown == "qbr"
    with hands.step("Export deck and brief", most=4):
        hands.give_path(decks, "Ctrl+E")
        hands.until(lambda: list(decks.glob("*.pptx")))
    written = day.folder / "view.csv"
    with hands.step("Export the view", most=5):
        hands.press("Ctrl+2")
        hands.settle()
        hands.give_path(written, "Ctrl+E")
        hands.until(written.exists)
    lines = written.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 1 + len(day.part("book").model.ids)


def undo_and_redo(day: Day) -> None:
    def label() -> str | None:
        change = day.read.can_undo
        return change.label if change is not None else None

    before = label()
    with day.hands.step("Undo", most=1):
        day.hands.press("Ctrl+Z")
    assert label() != before
    with day.hands.step("Redo", most=1):
        day.hands.press("Ctrl+Shift+Z")
    assert label() == before


def close_and_reopen(day: Day) -> None:
    with day.hands.step("Close the book", most=22), day.palette(">close the book"):
        pass
    assert (day.shown, day.window.session) == ("start", None)
    with day.hands.step("Open it again", most=1):
        day.hands.press("Return")
        day.hands.until(lambda: day.window.session is not None)
    assert day.window.session.path == day.book


def test_alt_leads_to_every_command(day: Day) -> None:
    hands, window = day.hands, day.window
    hands.give_path(day.book, "Ctrl+O")
    hands.until(lambda: window.session is not None and len(window.menuBar().actions()) > 1)
    before = QApplication.focusWidget()
    with hands.step("Open the menus and go to the next", most=2):
        hands.press("Alt", "Right")
    opened = QApplication.activePopupWidget()
    assert opened is not None
    assert opened.accessibleName() == window.menuBar().actions()[1].text()
    hands.press("Escape", "Escape")
    hands.settle()
    assert QApplication.focusWidget() is before
    offered = {a.objectName() for a in every_action(window.menuBar().actions())}
    assert {command.id for command in window.commands.all()} <= offered


def every_action(actions: Sequence[QAction]) -> Iterator[QAction]:
    """The entries of menus, and of the menus within them."""
    for action in actions:
        yield action
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from every_action(inner.actions())
