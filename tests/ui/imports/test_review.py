"""The review: what matters first, filters, decisions and their undo, rules, problems, the trial."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from csplanner.book.book import Book
from csplanner.book.staged_review import Review, Wanted
from csplanner.crm.importing import apply, stage
from csplanner.crm.options import Options
from csplanner.ui.imports.choices import FIRST, SECOND
from csplanner.ui.imports.page import REVIEW, ImportPage
from csplanner.ui.imports.problem_models import VALUE
from csplanner.ui.imports.review_side import BAND, OPEN, RENEWAL
from csplanner.ui.imports.review_words import KEEP, TAKE, UNDECIDED, Group, Line, line_of
from tests.ui.imports.conftest import ACME, BETA

BIG = ("2", "Beta", "Bergen", "Health", "250000", "2026-04-01", "Maren")
MOVED = ("1", "Acme", "Trondheim", "Energy", "1200", "2026-07-31", "Maren")
CITY = ("2", "Beta", "Lillehammer", "Health", "250000", "2026-04-01", "Maren")


def rows(page: ImportPage) -> list[Group | Line]:
    model = page.review.model
    return [line for row in range(model.rowCount()) if (line := model.line(row)) is not None]


def groups(page: ImportPage) -> list[str]:
    return [line.name for line in rows(page) if isinstance(line, Group)]


def lines(page: ImportPage) -> dict[str, Line]:
    return {line.label: line for line in rows(page) if isinstance(line, Line)}


def row_of(page: ImportPage, label: str) -> int:
    return next(
        n for n, line in enumerate(rows(page)) if isinstance(line, Line) and line.label == label
    )


def press(widget, key: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, with_)


def account(session, name: str):
    return next(a for a in session.read.accounts.all() if a.name == name)


@pytest.fixture
def own_city(session, qtbot):
    """Set the city of Acme by hand."""

    def put(city: str = "My own") -> None:
        key = account(session, "Acme").id
        session.write(lambda book: book.accounts.update(key, city=city))
        qtbot.waitUntil(lambda: session.idle)

    return put


def test_the_largest_effect_stands_first(tmp_path, export, today) -> None:
    with Book.create(tmp_path / "ranked.csbook", today=today) as book:
        apply(book, stage([export(ACME, BIG)], book.path, Options(today=today)))
        book.refresh()
        path = export((*ACME[:2], "Voss", *ACME[3:]), CITY, day="2026-03-11")
        staged = stage([path], book.path, Options(today=today))
        with staged.pages() as pages:
            found = [account.name for account in Review(pages).accounts(Wanted())]
        staged.discard()
    # Both changed their city alone: the larger account with the nearer renewal comes first.
    assert found == ["Beta", "Acme"]


def test_filters_and_names_with_counts_leave_only_what_they_say(
    page, bring_in, read, on, export, own_city
) -> None:
    bring_in(export(ACME, BIG))
    own_city()
    read(export(MOVED, CITY, day="2026-03-11"))
    on()
    side = page.review.side
    whole = len(lines(page))
    side.only[OPEN].setChecked(True)
    assert {name: line.state for name, line in lines(page).items()} == {"City": UNDECIDED}
    # Once decided it is gone from here, and comes back with the decision.
    page.review.table.setCurrentIndex(page.review.model.index(1, 0))
    press(page.review.table, Qt.Key.Key_A)
    assert rows(page) == []
    press(page.review.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    side.only[OPEN].setChecked(False)
    page.review.table.setCurrentIndex(page.review.model.index(0, 0))
    press(page.review.table, Qt.Key.Key_N)
    here = page.review.model.line(page.review.table.currentIndex().row())
    assert isinstance(here, Line)
    assert (here.label, here.state) == ("City", UNDECIDED)
    side.only[RENEWAL].setChecked(True)
    assert {"End", "ARR of the term"} >= set(lines(page)) > set()
    side.only[RENEWAL].setChecked(False)
    assert len(lines(page)) == whole
    side.labels.choose("City")
    assert groups(page) == ["Acme", "Beta"] or groups(page) == ["Beta", "Acme"]
    assert set(lines(page)) == {"City"}


def test_decisions_are_taken_back_one_by_one(page, bring_in, read, on, export) -> None:
    bring_in(export(ACME, BIG))
    read(export(MOVED, CITY, day="2026-03-11"))
    on()
    table, model = page.review.table, page.review.model
    before = {name: line.state for name, line in lines(page).items()}
    page.review.keep_all.click()
    table.setCurrentIndex(model.index(row_of(page, "ARR"), 0))
    press(table, Qt.Key.Key_A)
    assert lines(page)["ARR"].state == TAKE
    press(table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert {line.state for line in lines(page).values()} == {KEEP}
    press(table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert {name: line.state for name, line in lines(page).items()} == before
    assert not model.take_back()


def test_a_field_can_always_stay_yours(page, session, bring_in, read, on, export, own_city) -> None:
    bring_in(export(ACME, BIG))
    own_city()
    read(export(MOVED, BIG, day="2026-03-11"))
    on()
    menu = page.review.table.menu_at(row_of(page, "City"))
    verb = next(a for a in menu.actions() if a.text() == "Always keep mine for this field")
    verb.trigger()
    assert lines(page)["City"].state == KEEP
    assert lines(page)["City"].note == "You always keep yours"
    on()
    read(export((*MOVED[:2], "Voss", *MOVED[3:]), BIG, day="2026-03-12"))
    on()
    assert lines(page)["City"].state == KEEP
    assert "need" not in page.foot._open.text()
    assert account(session, "Acme").city == "My own"


def test_a_day_that_moved_before_says_how_often(tmp_path, export, today) -> None:
    with Book.create(tmp_path / "moved.csbook") as book:
        for day, end in (("07", "06-30"), ("08", "07-31"), ("09", "08-31"), ("10", "09-30")):
            path = export((*ACME[:5], f"2026-{end}", "Maren"), day=f"2026-03-{day}")
            staged = stage([path], book.path, Options(today=today))
            with staged.pages() as pages:
                review = Review(pages)
                found = [
                    line_of(field, today).note
                    for account in review.accounts(Wanted())
                    for field in review.fields(account.account_id, Wanted())
                ]
            apply(book, staged)
            staged.discard()
    assert found == ["moved 2 times before"]


# The trial


def test_the_trial_is_stopped_started_and_made_anew_after_a_decision(
    page, bring_in, read, on, export, qtbot
) -> None:
    bring_in(export(ACME, BETA))
    read(export(MOVED, BETA, ("3", "Ceta", *BETA[2:]), day="2026-03-11"))
    on()
    trying, words = page.review.trying, page.review.effect.facts.words
    assert trying.is_busy
    page.review.effect._stop.click()
    assert (trying.stopped, trying.is_busy) == (True, False)
    assert "not worked out" in page.review.effect._state.text()
    page.review.effect._stop.click()
    qtbot.waitUntil(lambda: trying.found is not None, timeout=20_000)
    assert "Accounts 2 → 3" in words()
    assert any(figure.startswith("Needs you today") for figure in words())
    assert trying.found.after.arr != trying.found.before.arr
    page.review.sections.choose("changed")
    page.review.keep_all.click()
    assert trying.is_old
    assert any(figure.is_old for figure in page.review.effect.facts._figures)
    qtbot.waitUntil(lambda: not trying.is_old, timeout=20_000)
    assert not trying.is_busy
    assert page.review.side.only[BAND].isEnabled()


# Problems


def test_a_wrong_cell_is_corrected_in_place_and_comes_in(
    page, session, bring_in, read, on, export, qtbot
) -> None:
    read(export(ACME, (*BETA[:4], "2x500", *BETA[5:])))
    on()
    review = page.review
    review.sections.choose("quarantined")
    model = review.problems.model
    assert model.rowCount() == 1
    problem = model.problem(0)
    assert (problem.value, problem.column) == ("2x500", "ARR")
    assert not review.problems.try_again.isEnabled()
    assert review.problems.row_table.model().rowCount() == 7
    table = review.problems.table
    press(table, Qt.Key.Key_F2)
    editor = table.viewport().findChild(QLineEdit)
    assert editor.text() == "2x500"
    editor.setText("2500")
    press(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: model.index(0, VALUE).data() == "2500")
    assert review.problems.try_again.text() == "Try again with 1 correction"
    review.problems.try_again.click()
    qtbot.waitUntil(lambda: not page.reading.is_busy, timeout=20_000)
    assert page.step == REVIEW
    assert page.reading.snapshot.quarantined == 0
    on()
    assert account(session, "Beta").arr.value.minor == 250_000


def test_problems_are_saved_for_spreadsheets_without_formulas(
    page, read, on, export, tmp_path
) -> None:
    read(export(ACME, (*BETA[:4], "=1+1x", *BETA[5:])))
    on()
    page.review.sections.choose("quarantined")
    page.past.save(page.review.problems_csv(), tmp_path / "problems.csv")
    text = (tmp_path / "problems.csv").read_text(encoding="utf-8-sig")
    assert "'=1+1x" in text
    assert text.splitlines()[0] == '"File","Row","Column","Value","What is wrong"'


# Questions


def test_a_same_name_is_asked_and_the_answer_taken(
    page, session, bring_in, read, on, export, qtbot
) -> None:
    from csplanner.domain.account import Account, AccountId

    session.write(lambda book: book.accounts.add(Account(AccountId("mine"), "Acme", city="Oslo")))
    qtbot.waitUntil(lambda: session.idle)
    read(export(ACME, BETA))
    on()
    review = page.review
    review.sections.choose("matches")
    choices = review.middle.choices
    assert choices is not None
    first = choices.choice(0)
    assert first.chosen is None
    assert "city" in first.cells[2]
    choices.answer(0, FIRST)
    assert choices.choice(0).chosen == FIRST
    on()
    qtbot.waitUntil(lambda: not page.reading.is_busy, timeout=20_000)
    assert page.step == REVIEW
    assert page.reading.snapshot.counts["account"]["new"] == 1
    on()
    assert sorted(a.name for a in session.read.accounts.all()) == ["Acme", "Beta"]
    assert account(session, "Acme").id == "mine"


def test_apply_asks_first_who_is_who(page, session, read, on, export, qtbot) -> None:
    from csplanner.domain.account import Account, AccountId

    for name in ("Acme", "Beta"):
        session.write(lambda book, name=name: book.accounts.add(Account(AccountId(name), name)))
    qtbot.waitUntil(lambda: session.idle)
    read(export(ACME, BETA))
    on()
    assert "2 names are asked about first" in page.foot._open.text()
    on()
    assert page.step == REVIEW
    assert page.review.sections.key == "matches"
    assert "2 accounts of the files may be some of yours" in page.foot.trouble.sentence
    assert len(session.read.accounts.all()) == 2
    QTest.keyClick(page.review.list, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    on()
    assert page.step == REVIEW
    on()
    assert sorted(a.id for a in session.read.accounts.all()) == ["Acme", "Beta"]
    assert {a.city for a in session.read.accounts.all()} == {"Oslo", "Bergen"}


def test_a_record_deleted_in_the_crm_is_kept_when_you_say_so(
    page, session, read, on, tmp_path
) -> None:
    heads = "Id,AccountId,Name,StageName,CloseDate,Amount,IsDeleted"
    for day, gone in (("10", "false"), ("11", "true")):
        accounts = tmp_path / f"Account-2026-03-{day}.csv"
        accounts.write_text("Id,Name,Website\n001A,Acme,https://acme.example\n")
        deals = tmp_path / f"Opportunity-2026-03-{day}.csv"
        deals.write_text(f"{heads}\n006A,001A,Acme renewal,Open,2026-06-30,1000,{gone}\n")
        read(accounts, deals)
        on()
        if day == "10":
            on()
    page.review.sections.choose("gone")
    choices = page.review.middle.choices
    assert [choices.choice(n).cells[0] for n in range(choices.rowCount())] == ["Acme renewal"]
    page.review.keep_all.click()
    assert choices.choice(0).chosen == SECOND
    on()
    kept = session.read.opportunities.of(account(session, "Acme").id)
    assert [o.name for o in kept] == ["Acme renewal"]


# New records


def new_rows_of(page: ImportPage) -> dict[str, tuple[str, int | None]]:
    choices = page.review.middle.choices
    found = [choices.choice(n) for n in range(choices.rowCount())]
    return {choice.cells[0]: (choice.cells[2], choice.chosen) for choice in found}


def test_new_records_are_left_out_one_by_one_by_account_and_by_kind(
    page, session, read, on, export
) -> None:
    read(export(ACME, BETA))
    on()
    review, foot = page.review, page.foot
    review.sections.choose("new")
    assert [review.labels.item(n).text() for n in range(review.labels.count())]
    assert foot.on.text() == "Apply 2 new accounts and 2 new contract terms"
    press(review.list, Qt.Key.Key_K)
    # What belongs to a new account stays out with it, and says so.
    assert new_rows_of(page)["Acme"][1] == SECOND
    (told, chosen) = new_rows_of(page)["Acme: Term to 2026-06-30"]
    assert (told, chosen) == ("left out with its account", SECOND)
    assert foot.on.text() == "Apply 1 new account and 1 new contract term"
    assert foot._words.text() == "2 new records left out"
    assert "2 new records are left out" in review.effect._out.text()
    assert review.effect.facts.words()[1] == "Accounts 0 → 1"
    # Taking what was left out with its account takes the account.
    model = review.middle.choices
    model.answer(list(new_rows_of(page)).index("Acme: Term to 2026-06-30"), FIRST)
    assert {chosen for _, chosen in new_rows_of(page).values()} == {FIRST}
    review.labels.choose("term")
    review.keep_all.click()
    review.labels.choose("")
    chosen_now = {name: chosen for name, (_, chosen) in new_rows_of(page).items()}
    assert [name for name, chosen in chosen_now.items() if chosen == FIRST] == ["Acme", "Beta"]
    review.take_all.click()
    menu = review.list.menu_at(list(chosen_now).index("Beta"))
    verb = next(a for a in menu.actions() if a.text() == "Leave out everything new of Beta")
    verb.trigger()
    on()
    assert [a.name for a in session.read.accounts.all()] == ["Acme"]
    # The next import lists what was left out, and leaves it out until it is taken.
    read(export(ACME, BETA))
    on()
    assert foot.on.text() == "Nothing new"
    review.sections.choose("new")
    assert new_rows_of(page)["Beta"][1] == SECOND
    review.take_all.click()
    assert foot.on.text() == "Apply 1 new account and 1 new contract term"


# Past imports


def test_past_imports_lead_to_their_news(page, window, bring_in, export, qtbot) -> None:
    bring_in(export(ACME))
    window.show_place("import")
    entry = page.file.history._shown[0]
    assert entry.as_of == date(2026, 3, 10)
    with qtbot.waitSignal(page.navigate) as went:
        page.file.history.news_asked.emit(entry)
    assert went.args == ["news", entry.snapshot]


def test_a_row_set_aside_is_corrected_later_and_comes_in(
    page, window, session, read, on, export, qtbot
) -> None:
    read(export(ACME, (*BETA[:4], "2x500", *BETA[5:])))
    on()
    on()
    window.show_place("import")
    page.cancel()
    entry = page.file.history._shown[0]
    assert entry.problems == 1
    page.past.show_problems(entry)
    panel = page.past.dialog.panel
    assert not page.past.dialog.bring.isEnabled()
    panel.model.setData(panel.model.index(0, VALUE), "2500")
    page.past.dialog.bring.click()
    qtbot.waitUntil(lambda: not page.past.is_busy, timeout=20_000)
    assert account(session, "Beta").arr.value.minor == 250_000
    assert session.read.snapshots.open_problems() == {}
