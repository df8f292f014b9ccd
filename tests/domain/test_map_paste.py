"""A pasted list of names and titles becomes people, and who reports to whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csplanner.domain.map_paste import PastedRow, read_pasted
from csplanner.domain.person import Role


def told(text: str) -> list[tuple[str, str, str]]:
    """Name, title and the name of whom they report to."""
    rows = read_pasted(text).rows
    return [
        (r.name, r.title, r.above_name if r.above is None else rows[r.above].name) for r in rows
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Dana Reyes, VP, Finance",
        "Dana Reyes – VP, Finance",
        "Dana Reyes\tVP, Finance",
        "Dana Reyes | VP, Finance",
        "Dana Reyes (VP, Finance)",
        "- Dana Reyes: VP, Finance",
        "3. Dana  Reyes -  VP, Finance",
        "\ufeffDana Reyes;VP, Finance\r",
    ],
)
def test_one_person_a_line_in_any_usual_writing(line: str) -> None:
    assert told(line) == [("Dana Reyes", "VP, Finance", "")]


def test_names_keep_their_hyphens_and_apostrophes() -> None:
    assert told("Jean-Luc O'Brien - Head of R&D") == [("Jean-Luc O'Brien", "Head of R&D", "")]


def test_indentation_tells_who_reports_to_whom() -> None:
    text = "Ann, CEO\n  Bob, CTO\n\t\tCy, Dev\n  Dee\nEve\n   Fay"
    assert told(text) == [
        ("Ann", "CEO", ""), ("Bob", "CTO", "Ann"), ("Cy", "Dev", "Bob"), ("Dee", "", "Ann"),
        ("Eve", "", ""), ("Fay", "", "Eve"),
    ]  # fmt: skip


def test_a_table_is_read_by_its_headings() -> None:
    text = (
        "First Name,Last Name,Job Title,E-mail,Reports To,Role,Nonsense\n"
        'Dana,Reyes,"COO, acting",d@acme.example,,Decision maker,1\n'
        "Bob,Berg,CTO,,Dana Reyes,Assistant,2\n,,,,,,\n"
    )
    first, second = read_pasted(text).rows
    assert first == PastedRow(
        "Dana Reyes", "COO, acting", email="d@acme.example", role=Role.DECIDES
    )
    assert second == PastedRow("Bob Berg", "CTO", above=0)
    assert told("Name\tManager\nAnn\tZoe\nBob\tAnn") == [("Ann", "", "Zoe"), ("Bob", "", "Ann")]


def test_words_and_an_address_beside_the_name_are_understood() -> None:
    rows = read_pasted("Ann, COO, reports to Bob Berg\nBob Berg <bob@acme.example>").rows
    assert rows == (
        PastedRow("Ann", "COO", above=1), PastedRow("Bob Berg", email="bob@acme.example"),
    )  # fmt: skip


def test_who_stands_twice_is_taken_once_and_a_circle_is_cut_and_told() -> None:
    twice = read_pasted("Ann\nBob, CTO\nANN, COO")
    assert [(r.name, r.title) for r in twice.rows] == [("Ann", "COO"), ("Bob", "CTO")]
    assert any("more than once" in note for note in twice.notes)
    circle = read_pasted("Ann reports to Bob\nBob reports to Ann")
    assert sum(r.above is None for r in circle.rows) == 1
    assert any("circle" in note for note in circle.notes)


@pytest.mark.parametrize("text", ["", "  \n\t\n", "42\n---\n!!", "name,title\n,,"])
def test_nothing_is_made_of_no_names(text: str) -> None:
    assert read_pasted(text).rows == ()


_WORD = st.text("AbÇ ,;|\t–-():\"'<@>.1\n", max_size=30)


@given(st.one_of(st.text(max_size=80), st.lists(_WORD, max_size=12).map("\n".join)))
def test_whatever_is_pasted_everybody_is_there_once_and_in_no_circle(text: str) -> None:
    rows = read_pasted(text).rows
    for at, row in enumerate(rows):
        assert any(c.isalpha() for c in row.name)
        seen, up = {at}, row.above
        while up is not None:
            assert up not in seen
            seen.add(up)
            up = rows[up].above


def test_a_quotation_mark_that_nothing_closes_costs_one_line_not_the_list() -> None:
    pasted = read_pasted('Name\tTitle\n"Ann\tChair\nBob\tCEO\nCy\tCFO of 24" screens')
    assert [(r.name, r.title) for r in pasted.rows] == [
        ("Ann", "Chair"), ("Bob", "CEO"), ("Cy", 'CFO of 24" screens'),
    ]  # fmt: skip
    assert any("never closed: Ann Chair" in note for note in pasted.notes)
    long = read_pasted('Name,Title\n"' + ("x" * 1_900 + "\n") * 100 + "Bob,CEO")
    assert ("Bob", "CEO") in [(r.name, r.title) for r in long.rows]
    whole = read_pasted('Name,Title\n"Ann\nLund","Chair, ""acting"""\nBob,CEO')
    assert [(r.name, r.title) for r in whole.rows] == [
        ("Ann Lund", 'Chair, "acting"'), ("Bob", "CEO"),
    ]  # fmt: skip
    assert not whole.notes


def test_a_surname_before_the_first_name_is_turned_where_the_title_is_parted_otherwise() -> None:
    listed = "Koch, Peter; Buyer\nvon-Ahn, Anna Maria | CFO\nAda Stone, CEO; London"
    assert [(r.name, r.title) for r in read_pasted(listed).rows] == [
        ("Peter Koch", "Buyer"), ("Anna Maria von-Ahn", "CFO"), ("Ada Stone", "CEO; London"),
    ]  # fmt: skip
