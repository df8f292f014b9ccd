"""Contacts with managers and roles give a relationship map with nothing drawn by hand."""

from collections import Counter
from datetime import date
from pathlib import Path

from csplanner.book.book import Book
from csplanner.book.check import check
from csplanner.crm import importing
from csplanner.domain.map_model import LineKind
from csplanner.domain.person import Role

DAY = date(2026, 3, 1)


def _bring(path: Path, folder: Path) -> Book:
    book = Book.create(path, today=DAY)
    book.backs_up = False
    options = importing.Options(source="Salesforce", as_of=DAY, scope="partial", today=DAY)
    staged = importing.stage([folder], book.path, options)
    try:
        importing.apply(book, staged)
    finally:
        staged.discard()
    return book


def test_contacts_with_managers_and_roles_are_a_map_at_once(tmp_path):
    folder = tmp_path / "crm"
    folder.mkdir()
    (folder / "Account.csv").write_text("Id,Name\n001A,Northwind\n", encoding="utf-8")
    (folder / "Contact.csv").write_text(
        "Id,AccountId,FirstName,LastName,Title,ReportsToId\n"
        "003A,001A,Iris,Lund,Chief operating officer,\n"
        "003B,001A,Dana,Reed,Head of service,003A\n"
        "003C,001A,Ravi,Shah,Team leader,003B\n"
        "003D,001A,Mona,Bauer,Assistant,\n",
        encoding="utf-8",
    )
    (folder / "AccountContactRole.csv").write_text(
        "Id,AccountId,ContactId,Role\n1,001A,003A,Decision Maker\n2,001A,003B,Evaluator\n",
        encoding="utf-8",
    )
    with _bring(tmp_path / "b.csbook", folder) as book:
        seen = book.relation_map.read(book.accounts.find("Northwind")[0].id)
    names = {c.key: c.name for c in seen.cards}
    assert {(names[li.start], names[li.end]) for li in seen.of_kind(LineKind.REPORTS)} == {
        ("Dana Reed", "Iris Lund"), ("Ravi Shah", "Dana Reed"),
    }  # fmt: skip
    roles = {c.name: c.roles for c in seen.placed()}
    assert roles["Iris Lund"] == (Role.DECIDES,)
    assert roles["Dana Reed"] == (Role.EVALUATOR,)
    assert [c.name for c in seen.parking()] == ["Mona Bauer"], "nothing says where she stands"


def test_real_contact_roles_give_every_account_a_map(crm_data, tmp_path):
    folder = crm_data / "snowfakery-recipes" / "ocr"
    with _bring(tmp_path / "real.csbook", folder) as book:
        maps = [book.relation_map.read(a.id) for a in book.accounts.all()]
    assert len(maps) == 78
    assert {len(m.placed()) for m in maps} == {2}
    found = Counter(role for m in maps for c in m.cards for role in c.roles)
    assert set(found) == {Role.DECIDES, Role.USER, Role.EVALUATOR}
    assert found[Role.EVALUATOR] > 40


HEAD = "Id,AccountId,FirstName,LastName,ReportsToId\n"


def test_what_you_drew_is_not_turned_round_by_a_snapshot(tmp_path):
    """You let Iris report to Mona; later snapshots say Mona reports to Dana, who does to Iris."""
    folder = tmp_path / "crm"
    folder.mkdir()
    (folder / "Account.csv").write_text("Id,Name\n001A,Northwind\n", encoding="utf-8")
    people = HEAD + "".join(f"003{n[0]},001A,{n},Lund,\n" for n in ("Iris", "Dana", "Mona"))
    (folder / "Contact.csv").write_text(people, encoding="utf-8")
    with _bring(tmp_path / "b.csbook", folder) as book:
        account = book.accounts.find("Northwind")[0].id
        key = {p.name.split()[0]: f"p:{p.id}" for p in book.people.of(account)}
        book.map_edit.report_to(account, key["Iris"], key["Mona"])
        turned = people.replace("Mona,Lund,", "Mona,Lund,003D").replace(
            "Dana,Lund,", "Dana,Lund,003I"
        )
        (folder / "Contact.csv").write_text(turned, encoding="utf-8")
        for day in (date(2026, 3, 2), date(2026, 3, 3)):
            _again(book, folder, day)
            above = {c.key: c.above for c in book.relation_map.read(account).cards}
            assert above[key["Iris"]] == key["Mona"]
            assert {above[key["Dana"]], above[key["Mona"]]} & {None}
            assert check(book) == []


def _again(book: Book, folder: Path, day: date) -> None:
    options = importing.Options(source="Salesforce", as_of=day, scope="partial", today=day)
    staged = importing.stage([folder], book.path, options)
    try:
        assert staged.conflicts == 1, "it is asked about like a value you set"
        importing.apply(book, staged)
    finally:
        staged.discard()
