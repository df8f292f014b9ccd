"""How values, sums and lines of an import read."""

from datetime import date
from pathlib import Path

import pytest

import csplanner
from csplanner.book.staged_review import ReviewedField
from csplanner.book.staging_pages import DECIDED, FieldChange
from csplanner.crm.fields import CATALOGUE, targets_of
from csplanner.language import PSEUDO, speaking
from csplanner.ui.imports.crm_words import SENTENCES, TITLES, in_words
from csplanner.ui.imports.review_words import line_of
from csplanner.ui.imports.words import news, one_line, value, with_days

TODAY = date(2026, 3, 12)


def change(*, moved: int = 0, **given: object) -> ReviewedField:
    usual: dict[str, object] = {
        "id": 1, "object": "account", "row_id": "r", "account_id": "a", "account": "Acme",
        "title": "Acme", "field": "city", "label": "City", "kind": "text", "was": "Oslo",
        "becomes": "Lyon", "whose": "book", "since": None, "take": True, "reason": "",
        "file": "a.csv",
    }  # fmt: skip
    return ReviewedField(FieldChange(**{**usual, **given}), moved)


@pytest.mark.parametrize(
    ("kind", "raw", "shown"),
    [
        ("money", "41200000 USD", "$412k"),
        ("date", "2026-05-15", "15 May 2026"),
        ("flag", "1", "yes"),
        ("thousandths", "-1500", "−1.5"),
        ("thousandths", "1164000", "1,164"),
        ("text", "two\nlines", "two lines"),
        ("date", "not a day", "not a day"),
        ("money", "nothing", "nothing"),
        ("text", None, ""),
    ],
)
def test_a_staged_value_reads_as_people_write_it(kind: str, raw: str | None, shown: str) -> None:
    assert value(kind, raw) == shown


def test_amounts_that_round_alike_are_written_out() -> None:
    line = line_of(change(kind="money", was="19800000 USD", becomes="19805000 USD"), TODAY)
    assert (line.was, line.becomes) == ("$198,000.00", "$198,050.00")


def test_nothing_before_reads_as_unknown() -> None:
    line = line_of(change(was=None), TODAY)
    assert line.was == "unknown"
    assert "unknown in your book, Lyon in the file, take new" in line.spoken


def test_a_field_you_set_is_undecided_until_you_decide() -> None:
    mine = {"whose": "csm", "since": "2026-03-02", "take": False}
    line = line_of(change(**mine, reason="You set this."), TODAY)
    assert (line.state, line.note) == ("undecided", "You set this on 2 Mar")
    assert line_of(change(**mine, reason=DECIDED), TODAY).state == "keep"


@pytest.mark.parametrize(
    ("counts", "taken", "missing", "words"),
    [
        ({"account": {"new": 2}}, 27, 0, "27 changes and 2 new accounts"),
        ({"account": {"new": 1}, "person": {"new": 3}, "case": {"new": 1}}, 1, 0,
         "1 change, 1 new account and 4 other new records"),
        ({"person": {"new": 3}}, 0, 0, "3 new people"),
        ({"account": {"same": 3}}, 0, 2, "2 missing accounts"),
        ({"person": {"new": 1}}, 2, 1, "2 changes, 1 new person and 1 missing account"),
        ({"account": {"same": 3}}, 0, 0, ""),
    ],
)  # fmt: skip
def test_the_button_says_what_it_does(
    counts: dict[str, dict[str, int]], taken: int, missing: int, words: str
) -> None:
    assert news(counts, taken, missing) == words


def test_text_of_a_file_cannot_break_out_of_its_line() -> None:
    assert one_line("a\x1b[31m\nb") == "a [31m b"
    assert len(one_line("x" * 5_000)) == 201


def test_what_comes_from_below_the_window_can_be_said_in_its_language() -> None:
    assert {goal.title for object_ in CATALOGUE for goal in targets_of(object_)} <= set(TITLES)
    folders = (Path(csplanner.__file__).parent / name for name in ("crm", "book"))
    below = "".join(p.read_text("utf-8") for folder in folders for p in folder.glob("*.py"))
    assert [sentence for sentence in SENTENCES if sentence not in below] == []
    with speaking(PSEUDO):
        assert in_words(SENTENCES[0]) != SENTENCES[0]
        assert in_words("ACME is gone") == "ACME is gone"


def test_days_in_notes_are_written_as_days_are_but_not_what_a_file_says() -> None:
    assert with_days("As of 2026-03-03 and 2026-99-03.") == "As of 3 Mar 2026 and 2026-99-03."
    assert with_days("“2026-03-03” is no id 1-2026-03-03.") == "“2026-03-03” is no id 1-2026-03-03."
