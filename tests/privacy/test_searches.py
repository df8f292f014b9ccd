"""Every field that searches or filters takes any sign for itself: no error, literal matches."""

from datetime import date
from itertools import cycle
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from csplanner.book.book import Book
from csplanner.book.history_list import Wanted, entries
from csplanner.book.overview_filter import order_of
from csplanner.cli.main import main
from csplanner.domain.account import Account, AccountId
from csplanner.domain.filters import Condition, View, parse_filter
from csplanner.domain.person import Person
from csplanner.settings import AppSettings
from csplanner.ui.book_window import BookWindow
from csplanner.ui.qbr.chooser import AccountChooser
from csplanner.ui.widgets.fields import SearchField

NAMES = ("O'Neil", 'The "Best"', "A;B", "Dash--Dash", "50% Off", "under_score", r"back\slash",
         "star*light", "Undersscore", "500 Offices")  # fmt: skip
SIGNS = ("'", '"', ";", "--", "%", "_", "\\", "*")
WORDS = (
    *SIGNS, "' or 1=1 --", '"; drop table account; --', "a AND b", "NOT", "OR", "NEAR(a b)",
    "name:Acme", "^a", "a*", "(", ")", "{a}", "+", "-a", "\x00", "a\nb", "%%%", "__",
    "search match", "a" * 5000, "¬", "😀",
)  # fmt: skip


@pytest.fixture
def named(tmp_path: Path, today: date) -> Path:
    """A closed book of accounts and people named with signs."""
    path = tmp_path / "named.csbook"
    with Book.create(path, today=today) as book:
        for number, name in enumerate(NAMES):
            made = book.accounts.add(Account(AccountId(f"a{number}"), name))
            book.people.add(Person("", made.id, f"Person of {name}"))
        book.refresh()
    return path


def holding(sign: str) -> list[str]:
    return sorted(name for name in NAMES if sign.casefold() in name.casefold())


def test_a_sign_in_a_filter_stands_for_itself(named: Path, today: date) -> None:
    with Book.open(named, read_only=True, today=today) as book:
        for sign in SIGNS:
            view = View((Condition("name", "contains", sign),))
            found = book.overview.rows(book.overview.ids(view))
            assert sorted(line.name for line in found) == holding(sign)
            assert sorted(a.name for a in book.accounts.find(sign)) == holding(sign)
            changes = entries(book.connection, Wanted(text=sign), 100)
            assert {e.change.label for e in changes} == {
                e.change.label
                for e in entries(book.connection, Wanted(), 100)
                if sign in e.change.label
            }


def test_every_name_is_found_by_itself(named: Path, today: date) -> None:
    with Book.open(named, read_only=True, today=today) as book:
        for name in NAMES:
            assert [a.name for a in book.accounts.find(name)] == [name]
            assert name in [hit.title for hit in book.search(name, 20)]


def test_no_words_make_a_search_fail_or_match_what_is_not_there(named: Path, today: date) -> None:
    with Book.open(named, read_only=True, today=today) as book:
        for words in WORDS:
            book.search(words, 20)
            assert {a.name for a in book.accounts.find(words)} == set(holding(words))
            book.overview.ids(View((Condition("name", "contains", words),)))
            entries(book.connection, Wanted(text=words), 20)


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.soak)])
def test_the_command_line_takes_any_words(
    named: Path, capsys: pytest.CaptureFixture[str], step: int
) -> None:
    """Every word in one option or two, and every option with several words; the soak all."""
    for turn, words in enumerate(WORDS):
        for verb in verbs_with(words, named)[turn % step :: step]:
            code = main([verb[0], "--today", "2026-03-12", *verb[1:]])
            said = capsys.readouterr()
            assert code in (0, 1), verb
            assert "syntax error" not in said.err
    with Book.open(named, read_only=True) as book:
        assert sorted(a.name for a in book.accounts.all()) == sorted(NAMES)


def verbs_with(words: str, path: Path) -> list[tuple[str, ...]]:
    """Every verb that searches or filters, with these words."""
    book = str(path)
    named_by = () if words.startswith("-") else ("account", "person")
    return [
        ("accounts", book, f"--filter={words}"),
        ("accounts", book, f"--filter=name contains {words}"),
        ("accounts", book, f"--filter=sector is {words}"),
        ("accounts", book, f"--view={words}"),
        ("history", book, f"--text={words}"),
        ("history", book, f"--account={words}"),
        *((verb, book, words) for verb in named_by),
    ]


def test_a_filter_of_the_command_line_matches_the_sign(
    named: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("accounts", str(named), "--today", "2026-03-12")
    for sign in ("%", "_", "\\", "*", ";", "'"):
        assert parse_filter(f"name contains {sign}")
        assert main([*words, f"--filter=name contains {sign}"]) == 0
        shown = capsys.readouterr().out
        assert [name for name in NAMES if name in shown] == [
            name for name in NAMES if name in holding(sign)
        ]


def test_a_currency_of_a_received_book_is_no_sql(named: Path, today: date) -> None:
    hostile = "X' then 1 else (select raise(abort, 'x')) end, '"
    factors = {hostile: 1.0, "EUR": 2.0}
    with Book.open(named, read_only=True, today=today) as book:
        order = order_of(View(sort="arr"), factors)
        assert len(book.connection.execute(f"select id from overview order by {order}").fetchall())
        assert hostile.replace("'", "''") in order


def test_every_search_field_of_the_window_takes_any_words(qtbot, themes, today, named):
    window = BookWindow(themes, AppSettings(), today=today)
    qtbot.addWidget(window)
    window.show()
    window.start_with(named)
    settle(qtbot, window)
    told: list[str] = []
    window.session.refused.connect(told.append)
    for place in ("today", "book", "qbr", "history"):
        window.show_place(place)
        settle(qtbot, window)
    chooser = AccountChooser(window.session)
    qtbot.addWidget(chooser)
    fields = [*window.findChildren(SearchField), chooser.field]
    assert len(fields) >= 2
    for words, prefix in zip(WORDS, cycle(("", "@", "#", ">")), strict=False):
        for field in fields:
            field.setText(words)
        window.palette_overlay.open(prefix + words)
        settle(qtbot, window)
        window.palette_overlay.close_palette()
    for sign in SIGNS:
        chooser.field.setText(sign)
        shown = [chooser.model.row_at(row).name for row in range(chooser.model.rowCount())]
        assert sorted(shown) == holding(sign)
    assert told == []
    window.close()


def settle(qtbot, window):
    QApplication.processEvents()
    qtbot.waitUntil(lambda: window.session.idle)
