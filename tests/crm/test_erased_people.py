"""An import does not bring back who was erased, nor their name in other people's words."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from csplanner.book.book import Book
from csplanner.book.erase import erase
from csplanner.book.mentions import Mentions, marks_of
from csplanner.book.suppress import erased_before
from csplanner.crm.importing import Options, Staged, apply, stage
from csplanner.domain.account import Account, AccountId
from csplanner.domain.person import Person
from csplanner.errors import UserError

ACME = "001Nq00000J1MpfIAF"
JO = f"003Nq00000MXh2C,{ACME},Jo,Bösski,jo@acme.test,Sponsor,"
AL = f"003Nq00000MXh2D,{ACME},Al,Left,al@acme.test,Champion,003Nq00000MXh2C"
LATER = date(2026, 3, 8)
JO_MARKS = Mentions(marks_of(["Jo Bösski"], ["jo@acme.test"], []))
LEFT_OUT = "1 person you erased was left out."


@pytest.fixture
def files(write: Callable[..., Path]) -> list[Path]:
    """Acme with Jo and Al, a case and a call of Jo's, and a task that only names her."""
    return [
        write("Account.csv", "Id,Name", f"{ACME},Acme"),
        write("Contact.csv", "Id,AccountId,FirstName,LastName,Email,Role__c,ReportsToId", JO, AL),
        write(
            "Case.csv", "Id,CaseNumber,AccountId,Subject,Status,ContactId,CreatedDate",
            f"500Nq00000CBxte,1046,{ACME},JO BOSSKI locked out,New,003Nq00000MXh2C,2026-02-01",
        ),
        write(
            "Task.csv", "Id,WhatId,WhoId,ActivityDate,TaskSubtype,Subject,Status",
            ",".join(("00TNq00000AbCdE", ACME, "003Nq00000MXh2C", "2026-02-01,Call,Hi,Completed")),
            f"00TNq00000AbCdF,{ACME},,2026-02-02,Email,Sent to jo@acme.test,Completed",
            "00TNq00000AbCdG,,003Nq00000MXh2C,2026-02-03,Call,Again,Completed",
        ),
    ]  # fmt: skip


@pytest.fixture
def erased(book: Book, files: list[Path], bring_in: Callable[..., Staged]) -> Book:
    bring_in(*files)
    jo = next(p for p in book.people.of(acme(book)) if p.name == "Jo Bösski")
    erase(book, jo.id)
    return book


def acme(book: Book) -> AccountId:
    return book.accounts.only("Acme").id


def names_jo(book: Book) -> list[object]:
    cells = []
    for (table,) in book.connection.execute(
        "select name from sqlite_master where type = 'table' and sql is not null"
    ).fetchall():
        for row in book.connection.execute(f'select * from "{table}"').fetchall():
            cells += [cell for cell in row if JO_MARKS.count(cell)]
    return cells


def test_the_same_snapshot_brings_nobody_back(
    erased: Book, files: list[Path], bring_in: Callable[..., Staged]
) -> None:
    before = len(erased.touches.of(acme(erased)))
    again = bring_in(*files, as_of=LATER)
    assert LEFT_OUT in again.notes
    assert not again.is_new
    assert [p.name for p in erased.people.of(acme(erased))] == ["Al Left"]
    assert len(erased.touches.of(acme(erased))) == before
    assert names_jo(erased) == []


def test_a_snapshot_of_another_system_is_told_by_e_mail_or_name(
    erased: Book, write: Callable[..., Path], bring_in: Callable[..., Staged]
) -> None:
    staged = bring_in(
        write("Account.csv", "Id,Name", f"{ACME},Acme"),
        write(
            "Contact.csv", "Id,AccountId,FirstName,LastName,Email",
            f"003Nq00000MXh2X,{ACME},Joanna,B,JO@acme.test",
            f"003Nq00000MXh2Y,{ACME},jo,BOSSKI,new@else.test",
            f"003Nq00000MXh2Z,{ACME},New,Person,n@acme.test",
        ),
        as_of=LATER,
    )  # fmt: skip
    assert "2 people you erased were left out." in staged.notes
    assert [p.name for p in erased.people.of(acme(erased))] == ["Al Left", "New Person"]


def test_a_file_of_touches_alone_does_not_bring_the_words_back(
    erased: Book, files: list[Path], bring_in: Callable[..., Staged]
) -> None:
    bring_in(files[0], files[2], files[3], as_of=LATER)
    assert names_jo(erased) == []


def test_new_touches_of_the_erased_come_without_them(
    erased: Book, write: Callable[..., Path], files: list[Path], bring_in: Callable[..., Staged]
) -> None:
    task = write(
        "Task.csv", "Id,WhatId,WhoId,ActivityDate,TaskSubtype,Subject,Status",
        "00TNq00000AbCdZ,,003Nq00000MXh2C,2026-03-05,Call,Jo Bösski called,Completed",
    )  # fmt: skip
    bring_in(files[0], files[1], task, as_of=LATER)
    newest = erased.touches.of(acme(erased))[-1]
    assert (newest.topic, newest.person_ids) == ("[erased] called", ())
    assert names_jo(erased) == []


def test_an_import_staged_before_the_erasure_leaves_them_out_too(
    book: Book, files: list[Path]
) -> None:
    staged = stage(files, book.path, Options(as_of=LATER))
    book.accounts.add(Account(AccountId("x"), "Elsewhere"))
    jo = book.people.add(Person("", AccountId("x"), "Jo Bösski", email="jo@acme.test"))
    # It names her and is thrown away; a window may have had it open.
    kept = staged.path.read_bytes()
    erase(book, jo.id)
    assert not staged.path.exists()
    staged.path.parent.mkdir()
    staged.path.write_bytes(kept)
    apply(book, staged)
    staged.discard()
    assert [p.name for p in book.people.of(acme(book))] == ["Al Left"]
    assert names_jo(book) == []


def test_a_file_of_nobody_else_says_so(erased: Book, write: Callable[..., Path]) -> None:
    path = write("Contact.csv", "Id,AccountId,FirstName,LastName,Email,Role__c,ReportsToId", JO)
    with pytest.raises(UserError, match="1 person you erased was left out"):
        stage([path], erased.path, Options(as_of=LATER, source="Salesforce"))


def test_who_is_added_again_by_hand_stays_and_it_is_said(
    erased: Book, files: list[Path], bring_in: Callable[..., Staged]
) -> None:
    account = acme(erased)
    by_hand = erased.people.add(Person("", account, "Jo Bosski"))
    said = erased_before(erased.connection, account_id=account, name=by_hand.name, email="")
    assert said.startswith("You erased this person before")
    assert erased_before(erased.connection, account_id=account, name="Al Left", email="") == ""
    bring_in(*files, as_of=LATER)
    assert sorted(p.name for p in erased.people.of(account)) == ["Al Left", "Jo Bosski"]


def test_rows_set_aside_do_not_bring_the_name_back(
    erased: Book, files: list[Path], write: Callable[..., Path], bring_in: Callable[..., Staged]
) -> None:
    case = write(
        "Cases of Jo Bösski.csv", "Id,CaseNumber,AccountId,Subject,Status,ContactId,CreatedDate",
        f"500Nq00000CBxtf,1047,{ACME},Jo Bösski waits,New,003Nq00000MXh2C,2026-99-99",
    )  # fmt: skip
    bring_in(*files[:2], case, as_of=LATER)
    newest = erased.snapshots.newest()
    assert newest is not None
    (problem,) = erased.snapshots.quarantined(newest.id)
    assert (problem.column, problem.cells) == ("CreatedDate", {})
    assert problem.file == "Cases of [erased].csv"
    assert problem.file in {f.name for f in newest.files}
    assert names_jo(erased) == []


def test_the_key_of_a_remembered_word_goes_with_the_word(
    book: Book, files: list[Path], write: Callable[..., Path], bring_in: Callable[..., Staged]
) -> None:
    deal = write(
        "Opportunity.csv", "Id,AccountId,Name,StageName,CloseDate,Amount",
        f"006Nq00000AbCdE,{ACME},More,With Jo Bösski,2026-09-01,100",
    )  # fmt: skip
    meanings = {"stage": {"With Jo Bösski": "open", "Verbal": "won"}}
    bring_in(*files, deal, meanings=meanings)
    (jo,) = (p for p in book.people.of(acme(book)) if p.name == "Jo Bösski")
    erase(book, jo.id, also_shared=True)
    kept = {m.word: m.word_key for m in book.meanings.all()}
    assert set(kept) == {"With [erased]", "Verbal"}
    assert kept["Verbal"] == "verbal"
    assert book.connection.execute("pragma wal_checkpoint(truncate)").fetchone() is not None
    plain = b"".join(book.path.read_bytes().lower().split())
    assert b"bosski" not in plain
    assert "bösski".encode() not in plain
