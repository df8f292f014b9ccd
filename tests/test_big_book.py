"""The made-up large book: the same each time, judged, and as mixed as a real one."""

from datetime import date

from benchmarks.big_book import make_big_book
from csplanner.domain.reading import Band


def test_a_big_book_is_judged_and_mixed(tmp_path):
    with make_big_book(tmp_path / "big.csbook", accounts=300) as book:
        rows = book.overview.all()
    assert len(rows) == len({row.name for row in rows}) == 300
    assert {row.band for row in rows} == set(Band)
    assert any(row.tier is None for row in rows)
    assert any(len(set(row.spark)) > 3 for row in rows)


def test_the_same_arguments_give_the_same_big_book(tmp_path):
    today = date(2026, 3, 12)
    with make_big_book(tmp_path / "a.csbook", accounts=60, today=today) as one:
        first = one.overview.all()
    with make_big_book(tmp_path / "b.csbook", accounts=60, today=today) as other:
        assert other.overview.all() == first
