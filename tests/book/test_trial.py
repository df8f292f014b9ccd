"""Trying a snapshot on a copy of the book: what it would move, with the book left alone."""

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from csplanner.book import trial
from csplanner.book.book import Book
from csplanner.book.key import Key, new_key
from csplanner.crm.importing import Options, apply, stage
from csplanner.domain.money import Money
from tests.book.whole import rows_of

TODAY = date(2026, 3, 12)
HEAD = "Id,Name,Industry,ARR__c,CurrencyIsoCode"
ACME = "001Nq0000000001,Acme,Energy,1000,EUR"
APEX = "001Nq0000000002,Apex,Retail,2000,EUR"
NEW = "001Nq0000000003,Newcomer,Retail,500,USD"
CASE_HEAD = "Id,AccountId,Subject,Status,Priority,CreatedDate,IsEscalated"
CASES = [
    f"500Nq000000000{n},001Nq0000000001,Down again,New,Critical,2026-03-0{n},true"
    for n in range(1, 6)
]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "Account.csv").write_text("\n".join((HEAD, ACME, APEX, "")), encoding="utf-8")
    return tmp_path


def _book(folder, key: Key | None = None):
    book = Book.create(folder / "my.csbook", today=TODAY, key=key)
    staged = stage([folder / "Account.csv"], book.path, Options(as_of=TODAY, today=TODAY))
    apply(book, staged)
    staged.discard()
    book.refresh()
    return book


def _later(folder, book):
    later = folder / "later"
    later.mkdir()
    lines = (HEAD, ACME.replace("1000", "1500"), APEX, NEW, "")
    (later / "Account.csv").write_text("\n".join(lines), encoding="utf-8")
    (later / "Case.csv").write_text("\n".join((CASE_HEAD, *CASES, "")), encoding="utf-8")
    return stage([later], book.path, Options(as_of=TODAY, today=TODAY))


@pytest.fixture
def sample(sample_file, tmp_path):
    with (
        closing(sqlite3.connect(sample_file)) as db,
        closing(sqlite3.connect(tmp_path / "sample.csbook")) as copy,
    ):
        db.backup(copy)
    with Book.open(tmp_path / "sample.csbook", today=TODAY) as book:
        yield book


def _trouble(book, folder, newcomer=NEW):
    """Staged: urgent cases at the three healthiest accounts, and an account more."""
    healthy = sorted(book.overview.all(), key=lambda o: o.score or 0)[-3:]
    ids = [
        book.connection.execute(
            "select external_id from external_ref where tbl = 'account' and row_id = ?",
            (line.account_id,),
        ).fetchone()[0]
        for line in healthy
    ]
    later = folder / "later"
    later.mkdir()
    (later / "Account.csv").write_text("\n".join((HEAD, newcomer, "")), encoding="utf-8")
    rows = [
        f"500Nq00000009{at}{n},{account},Down again,New,Critical,2026-03-0{n},true"
        for at, account in enumerate(ids)
        for n in range(1, 6)
    ]
    (later / "Case.csv").write_text("\n".join((CASE_HEAD, *rows, "")), encoding="utf-8")
    options = Options(as_of=TODAY, today=TODAY, source="Salesforce")
    return stage([later], book.path, options), {line.account_id for line in healthy}


def test_a_trial_tells_what_the_import_then_does(sample, tmp_path):
    staged, _ = _trouble(sample, tmp_path)
    told = trial.run(sample.path, staged.path, today=TODAY)
    before = {o.account_id: (o.score, o.band) for o in sample.overview.all()}
    needed = sample.derived.today().total
    apply(sample, staged)
    sample.refresh()
    now = {o.account_id: (o.score, o.band) for o in sample.overview.all()}
    moved = {i for i in before if before[i] != now[i]}
    assert moved
    assert {m.account_id for m in told.scores} == moved
    assert told.scores_total == len(moved)
    for move in told.scores:
        assert (move.before, move.band_before) == before[move.account_id]
        assert (move.after, move.band_after) == now[move.account_id]
    assert told.band_changes == sum(before[i][1] is not now[i][1] for i in moved)
    assert [m.name for m in told.new_scores] == ["Newcomer"]
    assert (told.before.needs_you, told.after.needs_you) == (needed, sample.derived.today().total)
    assert (told.before.accounts, told.after.accounts) == (41, 42)
    assert any(line.account for line in told.news)
    assert not told.left_out
    staged.discard()


@pytest.mark.parametrize(
    ("arr", "left_out"),
    [
        ("500", ""),
        # It moves the top fifth of the book, by which others are judged.
        ("90000000", "Only accounts that the snapshot touches were judged again."),
    ],
)
def test_a_trial_of_a_large_book_judges_only_what_is_touched(
    sample, monkeypatch, tmp_path, arr, left_out
):
    monkeypatch.setattr(trial, "WHOLE", 1)
    staged, hurt = _trouble(sample, tmp_path, NEW.replace("500", arr))
    room = tmp_path / "room"
    room.mkdir()
    told = trial.compute(sample.path, staged.path, room, TODAY, lambda *_: None)
    assert told.left_out == left_out
    assert {m.account_id for m in told.scores} == hurt
    assert told.after.accounts == 42
    staged.discard()


def test_a_trial_leaves_the_book_and_the_staging_file_as_they_were(folder):
    with _book(folder) as book:
        staged = _later(folder, book)
        with staged.pages() as pages:
            pages.decide([pages.fields()[0].id], take=False)
        digest, rows = staged.path.read_bytes(), rows_of(book.connection)
        told = trial.run(book.path, staged.path, today=TODAY)
        assert staged.path.read_bytes() == digest
        assert rows_of(book.connection) == rows
        # What was refused is refused in the trial, too.
        assert told.after.arr == (Money(300000, "EUR"), Money(50000, "USD"))
        staged.discard()


def test_a_trial_of_what_is_already_there_moves_nothing(folder):
    with _book(folder) as book:
        staged = stage([folder / "Account.csv"], book.path, Options(as_of=TODAY, today=TODAY))
        told = trial.run(book.path, staged.path, today=TODAY)
        assert told.before == told.after
        assert (told.scores, told.tiers, told.news) == ((), (), ())
        staged.discard()


def test_a_trial_can_be_stopped_and_leaves_nothing(folder, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(folder / "temp"))
    (folder / "temp").mkdir()
    with _book(folder) as book:
        staged = _later(folder, book)
        assert trial.run(book.path, staged.path, today=TODAY, cancelled=lambda: True) is None
        staged.discard()
    assert list((folder / "temp").iterdir()) == []


def test_an_encrypted_book_is_tried_encrypted(folder, tmp_path):
    key = new_key("correct horse battery")
    with _book(folder, key) as book:
        staged = _later(folder, book)
        room = tmp_path / "room"
        room.mkdir()
        told = trial.compute(book.path, staged.path, room, TODAY, lambda *_: None)
        assert told.after.accounts == 3
        for file in room.iterdir():
            assert not file.read_bytes().startswith(b"SQLite format 3")
        staged.discard()
