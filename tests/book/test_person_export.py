"""Everything about one person, as JSON and as pages, found by the links of the tables."""

import json
from pathlib import Path

import pytest

from csplanner.book.book import Book
from csplanner.book.people_found import only_person
from csplanner.book.person_export import person_file
from csplanner.errors import UserError
from csplanner.qbr.person_pages import export_person, person_pages
from tests.book.people_of_acme import EMAIL, NAME, PHONE, SPELLINGS, add_namesake


@pytest.fixture
def book(acme_book: Book) -> Book:
    return acme_book


def test_the_document_holds_record_links_history_and_mentions(book: Book, tmp_path: Path) -> None:
    written, pages = export_person(book, "zoe", tmp_path / "out")
    about = json.loads(written.read_text(encoding="utf-8"))
    assert (about["person"]["name"], about["account"]) == (NAME, "Acme")
    assert about["known_as"] == [EMAIL, "zoe@old.example", NAME, PHONE]
    assert [row["role"] for row in about["records"]["seat"]] == ["sponsor"]
    assert len(about["records"]["touch"]) == len(SPELLINGS)
    assert about["records"]["person"] == [{"name": "Ben Ito", "title": f"Assistant to {NAME}"}]
    assert about["changes"][0]["label"] == f"Add {NAME}"
    assert "reading" not in about["records"]
    notes = [m for m in about["mentions"] if m["column"] == "note"]
    assert [m["on"] for m in notes] == [f"2026-03-0{n}" for n in range(1, 9)]
    assert {m["source"] for m in notes} == {"you"}
    assert {m["table"] for m in about["mentions"]} >= {
        "account", "attention", "change", "field_history", "objective", "person", "pulse",
        "saved_view", "support_case", "touch",
    }  # fmt: skip
    assert pages.read_bytes().startswith(b"%PDF")
    assert (written.stat().st_mode & 0o777, pages.stat().st_mode & 0o777) == (0o600, 0o600)


def test_the_pages_say_the_same_in_words(book: Book) -> None:
    pages = person_pages(person_file(book, "zoe"), "2026-03-12")
    titles = [section.title for section in pages.sections]
    assert titles[0] == "Their record"
    assert "Touches they took part in" in titles
    assert "Where they are mentioned" in titles


def test_mentions_that_may_mean_a_namesake_stand_apart(book: Book) -> None:
    add_namesake(book)
    document = person_file(book, "zoe").document
    assert {m["column"] for m in document["mentions"]} == {"note", "was", "became"}
    assert len(document["mentions_that_may_mean_others"]) > 8


def test_one_person_is_found_by_id_mail_name_or_part_of_it(book: Book) -> None:
    for text in ("zoe", EMAIL, NAME.lower(), "zoe lukasik-oz", "lukasik"):
        assert only_person(book, text).id == "zoe"


def test_several_are_listed_with_their_ids(book: Book) -> None:
    add_namesake(book)
    with pytest.raises(UserError, match=r"could be 2 people: .*\(zoe\).*\(two\)|\(two\).*\(zoe\)"):
        only_person(book, NAME)
    assert only_person(book, NAME, "Other").id == "two"
    with pytest.raises(UserError, match="Nobody is called"):
        only_person(book, "Nemo")
