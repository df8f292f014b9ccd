"""A book goes out in any format, and an equal one is made of it."""

import shutil
import stat
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from csplanner.book.book import Book
from csplanner.book.check import check
from csplanner.book.connection import connect
from csplanner.book.export import export_book
from csplanner.book.export_tables import CONVENIENCES, KEPT
from csplanner.book.rebuild import rebuild
from csplanner.domain.account import Account, AccountId
from csplanner.domain.touch import Channel, Touch
from csplanner.errors import UserError
from csplanner.sample import STORY_DAY
from tests.book.digest import digest
from tests.book.whole import rows_of, whole

FORMATS = ("csv", "csv-exact", "json", "jsonl", "xlsx")
KEPT_BOOKS = sorted((Path(__file__).parent.parent / "books").glob("*.csbook"))
TODAY = date(2026, 3, 12)
DERIVED = {"overview", "search", "search_text", "search_dirty", "derived_dirty"}


def source_of(book: Book, out: Path, form: str) -> Path:
    """The book exported: what to make a book of again."""
    files = export_book(book, out, form).files
    return out if form.startswith("csv") else files[0]


@pytest.fixture
def original(tmp_path: Path) -> Iterator[Book]:
    """A book with an import, something of every kind, and a change undone that can be redone."""
    path = Path(shutil.copy(KEPT_BOOKS[-1], tmp_path / "original.csbook"))
    with Book.open(path, today=TODAY) as book:
        account = book.accounts.all()[0].id
        book.accounts.update(account, next_step="Ask Dana, “now”\r\nor later")
        book.accounts.update(account, name="Undone name")
        book.undo()
        book.refresh()
        yield book


@pytest.mark.parametrize(
    "forms",
    [("csv",), pytest.param(FORMATS, marks=pytest.mark.soak)],
    ids=["csv", "every"],
)
def test_the_sample_book_comes_back_equal(
    forms: tuple[str, ...], sample_file: Path, tmp_path: Path
) -> None:
    shutil.copyfile(sample_file, tmp_path / "sample.csbook")
    with Book.open(tmp_path / "sample.csbook", today=STORY_DAY) as sample:
        sample.refresh()
        held = whole(sample)
        for form in forms:
            source = source_of(sample, tmp_path / form, form)
            made = rebuild(source, tmp_path / f"{form}.csbook", today=STORY_DAY)
            assert made.notes == ()
            with Book.open(made.path, today=STORY_DAY) as back:
                assert whole(back) == held
                assert back.overview.all() == sample.overview.all()


@pytest.mark.parametrize("form", FORMATS)
def test_a_book_comes_back_equal(original: Book, tmp_path: Path, form: str) -> None:
    source = source_of(original, tmp_path / "out", form)
    made = rebuild(source, tmp_path / "new.csbook", today=TODAY)
    assert made.notes == ()
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    with Book.open(made.path, today=TODAY) as back:
        assert not back.read_only
        assert whole(back) == whole(original)
        assert made.rows == {table: len(rows) for table, rows in whole(original).items()}
        original.connection.execute("insert into derived_dirty select id from account")
        original.refresh()
        assert back.overview.all() == original.overview.all()
        assert {f.id for f in back.search("a")} == {f.id for f in original.search("a")}
        assert check(back) == []


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_in_a_book_made_again_every_change_can_still_be_taken_back(
    original: Book, tmp_path: Path, form: str
) -> None:
    source = source_of(original, tmp_path / "out", form)
    made = rebuild(source, tmp_path / "new.csbook", today=TODAY)
    with Book.open(made.path, today=TODAY) as back:
        back.redo()
        original.redo()
        assert digest(back) == digest(original)
        while original.can_undo is not None:
            assert back.undo() == original.undo()
        assert digest(back) == digest(original)
        assert back.accounts.all() == []


def _each_kept_book() -> Iterator[object]:
    """Every kept book in a format of its own; the soak has each in all of them."""
    for at, kept in enumerate(KEPT_BOOKS):
        for number, form in enumerate(FORMATS):
            is_quick = number == at % len(FORMATS)
            marks = () if is_quick else pytest.mark.soak
            yield pytest.param(kept, form, marks=marks, id=f"{kept.stem}-{form}")


@pytest.mark.parametrize(("kept", "form"), list(_each_kept_book()))
def test_every_kept_book_comes_back_equal(kept: Path, form: str, tmp_path: Path) -> None:
    with Book.open(Path(shutil.copy(kept, tmp_path / "old.csbook")), today=TODAY) as old:
        old.refresh()
        source = source_of(old, tmp_path / "out", form)
        made = rebuild(source, tmp_path / "new.csbook", today=TODAY)
        with Book.open(made.path, today=TODAY) as back:
            assert whole(back) == whole(old)


def test_every_table_is_kept_or_derived(book: Book) -> None:
    """A new table is in the exports, or it is listed here as one that can be derived."""
    found = book.connection.execute(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' "
        "and name not like '\\_sqlite%' escape '\\' and name not like 'search\\_%' escape '\\'"
    )
    known = {*KEPT, *CONVENIENCES, *DERIVED}
    assert {name for (name,) in found} <= known


PIECES = st.sampled_from(
    [
        "=1+1", "+", "-5", "@SUM(A1)", "\t", "\r", "\n", "\r\n", "'", "''", '"', '""', ",", ";",
        "\0", "\x01", "\x1b", "\x7f", "\x85", "\u2028", "\ufeff", "\uffff", "\u202e", "\u2066",
        "😀", "👩🏽‍🚀", "שלום", "مرحبا", "東京", "ǅ", "e\u0301", "_x0041_", "_x005F_x0041_",
        "\\u0041", "{", "]}", "null", "NULL", "true", "12", "1e5", "007", " ", "  ", "\xa0",
        "＝1", "|", "%", "<b>", "&amp;", "]]>", "<!DOCTYPE", "csplanner_export", "account",
    ]
)  # fmt: skip
CHARACTERS = st.characters(exclude_categories=("Cs",))
POISON = st.one_of(
    st.lists(PIECES, max_size=6).map("".join),
    st.text(CHARACTERS, max_size=30),
    st.sampled_from([16_384, 32_767, 32_768, 40_000]).flatmap(
        lambda n: st.sampled_from(["x" * n, "😀" * n, "_" * n, " " * n + "e", "\\" * n])
    ),
)
QUIET = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.large_base_example]


def comes_back(texts: list[str], forms: Sequence[str] = FORMATS) -> None:
    """A book with these texts wherever one may write freely comes back from these formats."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Book.create(folder / "p.csbook", today=TODAY) as book:
            with book.change("Write"):
                for text in texts:
                    kept = book.accounts.add(Account(AccountId(""), f"-{text}", next_step=text))
                    book.touches.add(Touch("", kept.id, TODAY, Channel.CALL, topic=text))
                # In columns that may be empty, an empty text is not nothing.
                book.connection.executemany(
                    "insert into field_history (id, tbl, row_id, field, was, became, source, as_of)"
                    " values (?, 'account', 'a', 'city', ?, ?, '', '2026-03-12')",
                    [(str(n), text, None) for n, text in enumerate([*texts, ""])],
                )
            held = whole(book)
            for form in forms:
                source = source_of(book, folder / form, form)
                made = rebuild(source, folder / f"{form}.csbook", today=TODAY)
                with closing(connect(made.path)) as back:
                    assert rows_of(back) == held, form


def test_texts_that_pack_tightly_come_back_too() -> None:
    comes_back([f"{'-' * 40_000}{n}" for n in range(30)], ["xlsx"])


# Not shrunk: making these books smaller one by one takes minutes.
@settings(max_examples=2, deadline=None, suppress_health_check=QUIET, phases=[Phase.generate])
@given(texts=st.lists(POISON, min_size=8, max_size=30, unique=True))
def test_any_text_comes_back_exactly(texts: list[str]) -> None:
    comes_back(texts)


@pytest.mark.soak
@settings(max_examples=500, deadline=None, suppress_health_check=QUIET)
@given(texts=st.lists(POISON, min_size=1, max_size=60))
def test_any_text_comes_back_exactly_many_times(texts: list[str]) -> None:
    comes_back(texts)


def test_what_no_cell_can_hold_is_said_and_still_comes_back(book: Book, tmp_path: Path) -> None:
    long = "Long " * 8_000 + "end"
    kept = book.accounts.add(Account(AccountId(""), "Acme", next_step=long))
    book.accounts.update(kept.id, city="a\x00b\rc")
    for form in ("csv", "xlsx"):
        exported = export_book(book, tmp_path / form, form)
        assert "fit into a spreadsheet’s cell" in exported.warnings[0]
        assert "exact_texts" in exported.warnings[0]
        source = tmp_path / form if form == "csv" else exported.files[0]
        made = rebuild(source, tmp_path / f"{form}.csbook", today=book.today)
        with Book.open(made.path, today=book.today) as back:
            assert whole(back) == whole(book)
    for form in ("csv-exact", "json", "jsonl"):
        assert export_book(book, tmp_path / form, form).warnings == ()


def test_large_whole_numbers_come_back_exactly(book: Book, tmp_path: Path) -> None:
    with book.change("Count"):
        for number, value in enumerate([2**63 - 1, -(2**63), 2**53 + 1, 10**15 - 1, -(10**15)]):
            book.connection.execute(
                "insert into account (id, name, name_key, arr, arr_currency, arr_state) "
                "values (?, 'A', 'a', ?, 'EUR', 'known')", (str(number), value),
            )  # fmt: skip
    for form in FORMATS:
        source = source_of(book, tmp_path / form, form)
        made = rebuild(source, tmp_path / f"{form}.csbook", today=book.today)
        with Book.open(made.path, read_only=True, today=book.today) as back:
            assert whole(back) == whole(book)


def test_a_book_is_never_made_over_a_file(original: Book, tmp_path: Path) -> None:
    source = source_of(original, tmp_path / "out", "json")
    target = tmp_path / "taken.csbook"
    target.write_text("mine")
    with pytest.raises(UserError, match="already there"):
        rebuild(source, target, today=TODAY)
    assert target.read_text() == "mine"
    link = tmp_path / "link.csbook"
    link.symlink_to(tmp_path / "nowhere")
    with pytest.raises(UserError, match="already there"):
        rebuild(source, link, today=TODAY)


def test_nothing_is_left_beside_a_book_made_again(original: Book, tmp_path: Path) -> None:
    source = source_of(original, tmp_path / "out", "csv")
    target = tmp_path / "place" / "new.csbook"
    target.parent.mkdir()
    rebuild(source, target, today=TODAY)
    assert list(target.parent.iterdir()) == [target]


def test_what_was_wrong_in_the_original_is_told(book: Book, tmp_path: Path) -> None:
    kept = book.accounts.add(Account(AccountId(""), "Acme"))
    with book.change("Break"):
        book.connection.execute(
            'insert into term (id, account_id, start, "end") values (?, ?, ?, ?)',
            ("t", kept.id, "2026-05-01", "2026-01-01"),
        )
    source = source_of(book, tmp_path / "out", "json")
    made = rebuild(source, tmp_path / "new.csbook", today=book.today)
    assert made.notes == (
        "As in the original, there are 1 contract terms that end before they start.",
    )


def test_a_folder_with_files_of_others_in_it_is_read(original: Book, tmp_path: Path) -> None:
    out = source_of(original, tmp_path / "out", "csv")
    (out / "mine.csv").write_text("a,b\n1,2\n")
    (out / "broken.csv").write_bytes(b'\xff"a\n')
    (out / "notes.txt").write_text("x")
    made = rebuild(out, tmp_path / "new.csbook", today=TODAY)
    assert made.rows["account"] == len(original.accounts.all())


def test_tables_that_lie_in_another_order_or_name_come_back(original: Book, tmp_path: Path) -> None:
    out = source_of(original, tmp_path / "out", "csv")
    (out / "account.csv").rename(out / "Kopie von account.csv")
    made = rebuild(out, tmp_path / "new.csbook", today=TODAY)
    with Book.open(made.path, today=TODAY) as back:
        assert digest(back) == digest(original)
