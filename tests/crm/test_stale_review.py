"""A review that was left open while the book went on."""

from datetime import date

from csplanner.book.book import Book
from csplanner.crm.importing import Options, apply, stage

HEAD = "Account ID,Account Name,City\n"


def test_an_undo_while_a_review_is_open_is_noticed_before_it_is_applied(book: Book, tmp_path):
    first, later = tmp_path / "accounts-2026-03-01.csv", tmp_path / "accounts-2026-03-08.csv"
    first.write_text(HEAD + "1,Acme,Oslo\n2,Beta,Rome\n")
    later.write_text(HEAD + "1,Acme,Paris\n2,Beta,Rome\n3,Delta,Kiel\n")
    staged = stage([first], book.path, Options(today=date(2026, 3, 12)))
    apply(book, staged)
    staged.discard()
    staged = stage([later], book.path, Options(today=date(2026, 3, 12)))
    book.undo()
    snapshot = apply(book, staged)
    staged.discard()
    assert snapshot is not None
    assert snapshot.counts == {"account new": 3}
    assert {a.name: a.city for a in book.accounts.all()} == {
        "Acme": "Paris", "Beta": "Rome", "Delta": "Kiel"
    }  # fmt: skip
