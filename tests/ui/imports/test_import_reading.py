"""What the import says of files, ids and names before anything is written."""

from csplanner.domain.account import Account, AccountId
from csplanner.ui.imports.file_tabs import FileTabs
from csplanner.ui.imports.mapping_table import CHECK
from csplanner.ui.imports.page import ImportPage
from csplanner.ui.imports.review_words import Group
from tests.ui.imports.conftest import ACME, BETA

# What tells records apart


def facts(page: ImportPage) -> dict[str, str]:
    found = page.columns.matching.words()
    return dict(zip(found[::2], found[1::2], strict=True))


def test_accounts_of_another_source_are_counted_apart(page, session, read, export, qtbot) -> None:
    for name in ("Delta", "Gamma"):
        session.write(lambda book, name=name: book.accounts.add(Account(AccountId(name), name)))
    qtbot.waitUntil(lambda: session.idle)
    read(export(ACME))
    assert facts(page)["New in these files"] == "1"
    assert facts(page)["In your book only"] == "2"


def test_an_id_matches_records_only_when_the_book_has_some(page, bring_in, read, export) -> None:
    read(export(ACME))
    assert page.columns.model.cells(0)[CHECK] == "ID of the record"
    page.cancel()
    bring_in(export(ACME))
    read(export(ACME, BETA, day="2026-03-11"))
    assert page.columns.model.cells(0)[CHECK] == "matches records"


def test_accounts_of_one_name_are_told_apart(page, bring_in, read, on, export) -> None:
    twin = ("2", "Acme", "Bergen", "Health", "2500", "2026-09-30", "Maren")
    bring_in(export(ACME, twin))
    read(export(
        (*ACME[:4], "1100", *ACME[5:]), (*twin[:4], "2600", *twin[5:]), day="2026-03-11"
    ))  # fmt: skip
    on()
    model = page.review.model
    groups = [g for g in map(model.line, range(model.rowCount())) if isinstance(g, Group)]
    assert {g.name for g in groups} == {"Acme"}
    assert {g.detail.partition(",")[0] for g in groups} == {"Oslo", "Bergen"}


def test_file_tabs_cut_names_and_never_counts(qapp, window) -> None:
    tabs = FileTabs("Files")
    tabs.resize(560, 36)
    tabs.show_files([(str(n), f"a_long_prefix_of_exports_{n}.csv", "25,000") for n in range(4)])
    assert sum(tabs.tabSizeHint(n).width() for n in range(4)) <= 560
    for place in range(4):
        assert tabs.tabText(place).endswith("\t25,000")
        assert tabs.tabText(place).startswith("…")
        assert f"{place}.csv" in tabs.tabText(place)
        assert f"exports_{place}.csv" in tabs.accessibleTabName(place)
    tabs.resize(1400, 36)
    tabs.show_files([("a", "short.csv", "1")])
    assert tabs.tabText(0) == "short.csv\t1"


def test_set_aside_rows_are_counted_as_the_list_shows_them(page, read, on, export) -> None:
    read(export(ACME, (*BETA[:5], "soon", BETA[6])))
    on()
    staged = page.reading.snapshot
    assert staged.quarantined > 0
    page.review.sections.choose("quarantined")
    assert page.review.sections.key == "quarantined"
    assert page.review.problems.model.rowCount() == staged.quarantined


def test_nothing_is_called_quarantined_when_every_row_is_taken_in(page, read, on, export) -> None:
    read(export(ACME, BETA))
    on()
    assert page.reading.snapshot.quarantined == 0
    page.review.sections.choose("quarantined")
    assert page.review.sections.key != "quarantined"
