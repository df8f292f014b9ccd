"""Each fault a book may hold is found, counted and named; what can be mended is, undoably."""

import shutil
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from csplanner.book.backup import backups_of
from csplanner.book.book import Book
from csplanner.book.check import SHOWN, check, repair
from csplanner.book.check_rules import rules
from csplanner.book.check_values import LONGEST_TEXT
from csplanner.book.copies import examine
from csplanner.domain.account import Account, AccountId
from csplanner.domain.person import Person, Role, Seat
from csplanner.domain.settings import BookSettings
from csplanner.domain.touch import Channel, Touch
from csplanner.errors import DamagedBook
from tests.book.digest import digest

TODAY = date(2026, 3, 12)
Ids = dict[str, str]


@pytest.fixture(scope="module")
def _filled(
    tmp_path_factory: pytest.TempPathFactory, new_book: Callable[[Path], Book]
) -> tuple[Path, Ids]:
    """A closed book, made once, of two accounts with a person, a seat and a touch each; its ids."""
    with new_book(tmp_path_factory.mktemp("filled") / "book.csbook") as book:
        found = _fill(book)
    return book.path, found


@pytest.fixture
def ids(book: Book, _filled: tuple[Path, Ids]) -> Ids:
    """The ids of what the book holds, which is closed."""
    path, found = _filled
    book.close()
    shutil.copyfile(path, book.path)
    return found


def _fill(book: Book) -> Ids:
    found: Ids = {}
    for n in ("1", "2"):
        account = book.accounts.add(Account(AccountId(""), f"Account {n}")).id
        person = book.people.add(Person("", account, f"Person {n}")).id
        seat = book.seats.add(Seat("", account, Role.SPONSOR, person)).id
        touch = book.touches.add(
            Touch("", account, book.today, Channel.CALL, topic="Talk", person_ids=(person,))
        ).id
        found |= {f"a{n}": account, f"p{n}": person, f"s{n}": seat, f"t{n}": touch}
    book.refresh()
    return found


def spoil(book: Book, ids: Ids, *statements: str) -> None:
    """Run SQL on the closed file as another program would, with names of ids put in."""
    db = sqlite3.connect(book.path)
    db.execute("pragma ignore_check_constraints = 1")
    db.execute("pragma foreign_keys = 0")
    for sql in statements:
        db.execute(sql.format(**ids))
    db.commit()
    db.close()


MEASURE = (
    "insert into measurement (id, account_id, measure, as_of, value, value_state) "
    "values ('m', '{a1}', 'usage.depth', '%s', 1, 'known')"
)
SNAPSHOT = (
    "insert into snapshot (id, source, as_of, imported_at, scope, files, counts) values "
    "('x', 's', '2026-03-01', '2026-03-01T10:00:00', 'partial', '%s', '%s')"
)
REFERENCE = "insert into external_ref (id, source, object, external_id, tbl, row_id) values "

# What is done to the file; the key, how many, and whether a repair leaves nothing of it.
FAULTS: dict[str, tuple[tuple[str, ...], str, int, bool]] = {
    "a seat of nobody": (("update seat set person_id = 'x' where id = '{s1}'",), "loose", 1, True),
    "records of no account": (
        ("delete from account where id = '{a1}'", "delete from overview where account_id = '{a1}'",
         "delete from search_text where row_id = '{a1}'",
         "delete from search where rowid not in (select id from search_text)"),
        "loose", 3, True,
    ),
    "readings of no account": (
        (("insert into reading (id, account_id, as_of, low, high, coverage, raw_band, band, caps, "
          "definition) values ('r', 'x', '2026-03-01', 0, 9, 9, 'good', 'good', '[]', 1)"),),
        "loose", 1, True,
    ),
    "a person of another account in a seat": (
        ("update seat set person_id = '{p2}' where id = '{s1}'",), "foreign_seat", 1, True,
    ),
    "a chief of another account": (
        ("update person set reports_to = '{p2}' where id = '{p1}'",),
        "person.reports_to", 1, True,
    ),
    "a person of another account in a touch": (
        ("update touch_person set person_id = '{p2}' where touch_id = '{t1}'",),
        "touch_person.person_id", 1, False,
    ),
    "a person who is the own chief": (
        ("update person set reports_to = id where id = '{p1}'",), "reports_in_circle", 1, True,
    ),
    "a long circle of people": (
        *[(
            ("insert into person (id, account_id, name, reports_to) values "
            "('c1', '{a1}', 'C1', 'c3'), ('c2', '{a1}', 'C2', 'c1'), ('c3', '{a1}', 'C3', 'c2'), "
            "('c4', '{a1}', 'C4', 'c3')"),
            "insert into search_dirty values ('person', '{a1}')",
        )], "reports_in_circle", 1, True,
    ),
    "a circle of seats": (
        ("update seat set reports_to = id",), "seats_in_circle", 2, True,
    ),
    "lines of a map in a circle": (
        ("insert into seat (id, account_id, role, reports_to) values ('v', '{a1}', 'user', null)",
         ("insert into tie (id, account_id, kind, from_person_id, to_seat_id) values "
         "('l1', '{a1}', 'reports', '{p1}', 'v')"),
         ("insert into tie (id, account_id, kind, from_seat_id, to_person_id) values "
         "('l2', '{a1}', 'reports', 'v', '{p1}')")), "lines_in_circle", 1, True,
    ),
    "a term backwards": (
        (("insert into term (id, account_id, start, \"end\") values "
         "('c', '{a1}', '2026-02-01', '2026-01-01')"),), "term_backwards", 1, False,
    ),
    "a case backwards": (
        (("insert into support_case (id, account_id, opened_on, closed_on) values "
          "('c', '{a1}', '2026-02-01', '2026-01-01')"),
         "insert or ignore into search_dirty values ('support_case', '{a1}')"),
        "case_backwards", 1, False,
    ),
    "a subscription backwards": (
        (("insert into subscription (id, account_id, start, \"end\") values "
         "('c', '{a1}', '2026-02-01', '2026-01-01')"),), "subscription_backwards", 1, False,
    ),
    "a tenure backwards": (
        (("insert into tenure (id, account_id, seat_id, person_id, since, until) values "
         "('c', '{a1}', '{s1}', '{p1}', '2026-02-01', '2026-01-01')"),),
        "tenure_backwards", 1, False,
    ),
    "a measurement in the far future": ((MEASURE % "2999-01-01",), "measured_ahead", 1, False),
    "a measurement on no day": ((MEASURE % "2026-02-31",), "bad_date", 1, False),
    "a measurement on a moment": ((MEASURE % "2026-02-28T10:00:00",), "odd_date", 1, True),
    "a day nobody needs to know": (
        (("update account set customer_since = 'long ago', customer_since_state = 'known' "
         "where id = '{a1}'"),), "odd_date", 1, True,
    ),
    "a word that is none of those allowed": (
        ("update touch set channel = 'telepathy' where id = '{t1}'",), "unreadable", 1, False,
    ),
    "a value that the table forbids": (
        ("update touch set minutes = -5 where id = '{t1}'",), "bad_value", 1, False,
    ),
    "references to what is gone": (
        ((f"{REFERENCE} ('r1', 's', 'o', '1', 'account', 'x'), "
         "('r2', 's', 'o', '2', 'touch', 'x'), "
         "('r3', 's', 'o', '3', 'nothing', '{a1}')"),), "dangling_reference", 3, True,
    ),
    "an external id that stands for two accounts": (
        ((f"{REFERENCE} ('r1', 's', 'o', '1', 'account', '{{a1}}'), "
         "('r2', 's', 'o', '1 ', 'account', '{a2}')"),), "doubled_reference", 2, False,
    ),
    "images that are no JSON": (
        ("update change_row set after = 'oh' where row_id = '{p1}'",), "journal", 1, True,
    ),
    "images of an unknown table": (
        ("update change_row set tbl = 'nothing' where row_id = '{p1}'",), "journal", 1, True,
    ),
    "images of another row": (
        (("update change_row set after = json_set(after, '$.id', 'x') where row_id = '{p1}' and "
          "after is not null"),), "journal", 1, True,
    ),
    "images that are no records": (
        ("update change_row set after = '[]' where row_id = '{p1}'",), "journal", 1, True,
    ),
    "a setting that is no JSON": (
        ("update setting set value = 'oh' where id = 'week_start'",), "bad_setting", 1, True,
    ),
    "images that are missing": (
        ("delete from change_row where row_id = '{p1}'",), "journal_short", 1, True,
    ),
    "mappings that are none": (
        (("insert into recipe (id, source, object, headers_key, name, mapping, last_used) values "
          "('r1', 's', 'account', 'k1', 'One', '[]', '2026-03-01'), "
          "('r2', 's', 'account', 'k2', 'Two', '{{\"columns\": [1]}}', '2026-03-01'), "
          "('r3', 's', 'account', 'k3', 'Three', 'oh', '2026-03-01'), "
          "('r4', 's', 'account', 'k4', 'Four', '{{\"columns\": []}}', '2026-03-01')"),),
        "bad_mapping", 3, True,
    ),
    "files that are none": (
        (SNAPSHOT % ("oh", "{{}}"), SNAPSHOT.replace("'x'", "'y'") % ('[{{"zz": 1}}]', "[]"),
         SNAPSHOT.replace("'x'", "'z'") % ("[]", "{{}}")),
        "bad_files", 2, True,
    ),
    "news that tell nothing": (
        (("insert into news (id, \"on\", kind, facts) values ('n1', '2026-03-01', 'oh', '{{}}'), "
          "('n2', '2026-03-01', 'arr', 'oh'), ('n3', '2026-03-01', 'arr', '{{}}')"),),
        "bad_news", 2, True,
    ),
    "cells that are none": (
        (SNAPSHOT % ("[]", "{{}}"),
         ("insert into quarantine (id, file, \"row\", \"column\", value, reason, snapshot_id, "
          "cells) values ('q1', 'f', 1, '', '', '', 'x', 'oh'), "
          "('q2', 'f', 2, '', '', '', 'x', '[1]'), ('q3', 'f', 3, '', '', '', 'x', '')")),
        "bad_cells", 2, True,
    ),
    "an account without its line": (("delete from overview where account_id = '{a1}'",),
                                    "stale_lines", 1, True),
    "a line that is behind": (("update overview set name = 'Old' where account_id = '{a1}'",),
                              "odd_lines", 1, True),
    "a record the search does not know": (
        ("delete from search_text where row_id = '{t1}'",), "search", 2, True,
    ),
    "a hit that is gone": (
        (("insert into search_text (kind, row_id, account_id, title, detail) values "
         "('touch', 'x', '{a1}', '', '')"),), "search", 2, True,
    ),
    "a title that is old": (
        ("update search_text set title = 'Old' where row_id = '{p1}'",), "search", 1, True,
    ),
    "text that is no text": (
        ("update person set title = cast(x'41ff42' as text) where id = '{p1}'",
         "update search_text set title = title"), "bad_text", 1, True,
    ),
    "text with a zero": (
        ("update touch set note = 'a' || char(0) || 'b' where id = '{t1}'",), "bad_text", 1, True,
    ),
    "text without end": (
        (f"update touch set note = printf('%.*c', {LONGEST_TEXT + 1}, 'x') where id = '{{t1}}'",),
        "long_text", 1, False,
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_counted_named_and_mended(book: Book, ids: Ids, fault: str) -> None:
    statements, key, count, can_mend = FAULTS[fault]
    spoil(book, ids, *statements)
    with Book.open(book.path, today=TODAY) as found:
        findings = {f.key: f for f in check(found)}
        assert (findings[key].count, findings[key].repairable) == (count, can_mend)
        assert set(findings) == {key}
        assert findings[key].fix
        assert key == "bad_value" or len(findings[key].rows) == count
        if can_mend:
            repair(found)
            assert check(found) == []


def test_a_sound_book_has_no_fault(book: Book, ids: Ids) -> None:
    with Book.open(book.path, today=TODAY) as sound:
        assert check(sound) == []


def test_every_rule_has_a_fault_here(book: Book) -> None:
    generic = {r.key for r in rules(book.connection) if "." in r.key}
    keys = {r.key for r in rules(book.connection)} - generic
    assert keys <= {key for _, key, _, _ in FAULTS.values()}


@pytest.mark.parametrize(
    "fault", [f for f, (_, key, _, can) in FAULTS.items() if can and key in
              ("foreign_seat", "reports_in_circle", "dangling_reference")]
)  # fmt: skip
def test_what_was_mended_can_be_undone(book: Book, ids: Ids, fault: str) -> None:
    spoil(book, ids, *FAULTS[fault][0])
    with Book.open(book.path, today=TODAY) as found:
        before = digest(found)
        repair(found)
        assert digest(found) != before
        found.undo()
        assert digest(found) == before


def test_mended_text_can_be_undone_though_not_to_what_was_unreadable(book: Book, ids: Ids) -> None:
    spoil(book, ids, *FAULTS["text that is no text"][0])
    with Book.open(book.path, today=TODAY) as found:
        repair(found)
        assert found.people.get(ids["p1"]).title == "A�B"
        found.undo()
        assert found.people.get(ids["p1"]).title == "A�B"


def test_a_backup_is_made_before_a_repair(book: Book, ids: Ids) -> None:
    spoil(book, ids, *FAULTS["a chief of another account"][0])
    before = len(backups_of(book.path))
    with Book.open(book.path, today=TODAY) as found:
        repair(found)
    assert len(backups_of(book.path)) == before + 1


def test_a_finding_names_the_first_rows_and_counts_all(book: Book, ids: Ids) -> None:
    spoil(
        book,
        ids,
        *(f"{REFERENCE} ('r{n}', 's', 'o', '{n}', 'touch', 'x')" for n in range(SHOWN + 5)),
    )
    with Book.open(book.path, today=TODAY) as found:
        (finding,) = check(found)
    assert (finding.count, len(finding.rows)) == (SHOWN + 5, SHOWN)


def test_a_row_is_named_with_its_account(book: Book, ids: Ids) -> None:
    spoil(book, ids, *FAULTS["a chief of another account"][0])
    with Book.open(book.path, today=TODAY) as found:
        (row,) = check(found)[0].rows
    assert (row.table, row.id, row.account_id) == ("person", ids["p1"], ids["a1"])


OUT_OF_STEP = (
    "create temp table was as select sql from sqlite_master where name = 'account_name'",
    "pragma writable_schema = 1",
    "update sqlite_master set sql = sql || ' where 0' where name = 'account_name'",
    "pragma writable_schema = reset",
    "update account set name_key = 'zz' where id = '{a1}'",
    "pragma writable_schema = 1",
    "update sqlite_master set sql = (select sql from was) where name = 'account_name'",
    "pragma writable_schema = reset",
)
"""As when one bit of an index flips on the disk."""


def test_an_index_out_of_step_is_damage_in_an_open_book_too(book: Book, ids: Ids) -> None:
    with Book.open(book.path, today=TODAY) as found:
        spoil(found, ids, *OUT_OF_STEP)
        found.note_file()
        assert [(f.key, f.repairable) for f in check(found) if f.key == "damage"] == [
            ("damage", False)
        ]


def test_a_closed_book_with_an_index_out_of_step_is_damaged_and_no_copy_of_it_is_sound(
    book: Book, ids: Ids
) -> None:
    spoil(book, ids, *OUT_OF_STEP)
    before = book.path.read_bytes()
    with pytest.raises(DamagedBook, match="index"):
        Book.open(book.path, today=TODAY)
    assert book.path.read_bytes() == before
    assert not examine(book.path).sound


@pytest.mark.parametrize(
    "value",
    ["{{not json", "7", "null", '[40, "a"]', "{{}}"],
)
@pytest.mark.parametrize("name", ["name", "week_start", "hours_a_quarter", "equipped_cuts"])
def test_a_setting_that_cannot_be_read_has_its_default_until_it_is_mended(
    name: str, value: str, book: Book, ids: Ids
) -> None:
    if name == "week_start" and value == "7":
        value = "8"
    spoil(book, ids, f"update setting set value = '{value}' where id = '{name}'")
    with Book.open(book.path, today=TODAY) as found:
        assert found.opened.unsound == "1 setting cannot be read and has its default"
        assert getattr(found.settings, name) == getattr(BookSettings(), name)
        found.refresh()
        assert [(f.key, f.count, f.repairable) for f in check(found)] == [("bad_setting", 1, True)]
        repair(found)
        assert check(found) == []
        found.set_settings(BookSettings("Mine"))
        assert found.settings.name == "Mine"


def test_progress_is_told_and_stops_the_check(book: Book) -> None:
    told: list[str] = []
    check(book, lambda done, of, words: told.append(f"{done}/{of} {words}"))
    assert len(told) > 10

    class StopError(Exception):
        pass

    def stop(*_: object) -> None:
        raise StopError

    with pytest.raises(StopError):
        check(book, stop)


def test_a_damaged_page_is_found_and_the_other_rules_go_on(book: Book, ids: Ids) -> None:
    db = sqlite3.connect(book.path)
    (root,) = db.execute("select rootpage from sqlite_master where name = 'quarantine'").fetchone()
    db.close()
    spoil(book, ids, *FAULTS["a chief of another account"][0])
    whole = bytearray(book.path.read_bytes())
    whole[(root - 1) * 4096 : root * 4096] = bytes(4096)
    Path(book.path).write_bytes(whole)
    db = sqlite3.connect(book.path)
    plain = Book.__new__(Book)
    plain.connection = db
    keys = {f.key for f in check(plain)}
    db.close()
    assert {"damage", "person.reports_to"} <= keys
