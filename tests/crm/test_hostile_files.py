"""Files that are broken or mean harm: one clear sentence each, and the book as it was."""

import struct
import zipfile

import pytest

from csplanner.crm.apart import stage_apart
from csplanner.crm.importing import Options, stage
from csplanner.crm.question import Cancelled, Question
from csplanner.crm.read import read_tables
from csplanner.errors import UserError

GOOD = "Id,Name,Industry"
ROW = "001Nq00000J1MpfIAF,Acme,Energy"


@pytest.fixture
def refused(book):
    """Stages a file that must be refused; returns the sentence."""

    def run(path):
        before = book.path.read_bytes()
        with pytest.raises(UserError) as error:
            stage([path], book.path, Options())
        assert book.path.read_bytes() == before
        sentence = str(error.value)
        assert "\n" not in sentence
        assert sentence.endswith(".")
        return sentence

    return run


def test_a_file_that_is_no_snapshot(write, refused):
    path = write("shopping.csv", "milk,2", "bread,1")
    assert "shopping.csv cannot be used: none of its columns is known" in refused(path)


def test_an_empty_file(write, refused, tmp_path):
    path = tmp_path / "Account.csv"
    path.touch()
    assert "is empty" in refused(path)


def test_a_file_that_is_not_there(tmp_path, refused):
    assert "There is no file gone.csv" in refused(tmp_path / "gone.csv")


def test_a_folder_without_an_export(tmp_path, write, refused):
    write("notes/readme.txt", "hello")
    assert "notes holds no CRM export" in refused(tmp_path / "notes")


def test_a_quotation_mark_that_is_never_closed(write, refused):
    path = write("Account.csv", GOOD, ROW, '001Nq00000J1MpgIAF,"Apex,Energy', ROW)
    assert "opens a quotation mark in row 3 that is never closed" in refused(path)


def test_text_behind_a_closing_quotation_mark(write, refused):
    path = write("Account.csv", GOOD, '001Nq00000J1MpgIAF,"Apex"x,Energy')
    assert "row 2" in refused(path)


def test_nul_bytes(tmp_path, refused):
    path = tmp_path / "Account.csv"
    path.write_bytes(f"{GOOD}\n{ROW}\0\n".encode())
    assert "NUL" in refused(path)


@pytest.mark.parametrize("width", ["utf-32-le", "utf-32-be"])
def test_the_mark_of_utf_16_before_utf_32_is_read_by_its_nul_bytes(tmp_path, width):
    path = tmp_path / "Account.csv"
    path.write_bytes(b"\xfe\xff" + f"{GOOD}\n{ROW}\n".encode(width))
    ((table,), _) = read_tables([path])
    assert (table.encoding, table.sample(9)) == (width, [ROW.split(",")])


def test_too_many_columns(write, refused):
    path = write("Account.csv", "Id,Name," + ",".join(f"c{n}" for n in range(600)))
    assert "602 columns" in refused(path)


def test_an_old_excel_file(tmp_path, refused):
    path = tmp_path / "Account.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert "Save it as XLSX" in refused(path)


def _zip(path, *parts, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return path


def test_a_zip_bomb(tmp_path, refused):
    path = _zip(
        tmp_path / "Accounts.xlsx",
        ("[Content_Types].xml", "<Types/>"),
        ("xl/worksheets/sheet1.xml", b"0" * (50 << 20)),
    )
    assert "may be harmful" in refused(path)


def test_a_zip_of_too_many_parts(tmp_path, refused):
    path = _zip(tmp_path / "export.zip", *((f"{n}.csv", "a,b") for n in range(2100)))
    assert "may be harmful" in refused(path)


def test_a_zip_whose_parts_overlap(tmp_path, refused):
    path = _zip(tmp_path / "export.zip", ("a.csv", GOOD * 50), ("b.csv", GOOD * 50))
    data = bytearray(path.read_bytes())
    second = data.rfind(b"PK\x01\x02")
    data[second + 42 : second + 46] = struct.pack("<I", 0)
    path.write_bytes(bytes(data))
    assert refused(path)


@pytest.mark.parametrize("name", ["../Account.csv", "/etc/Account.csv", "C:\\Account.csv"])
def test_a_zip_with_an_unsafe_name(tmp_path, refused, name):
    path = _zip(tmp_path / "export.zip", (name, f"{GOOD}\n{ROW}\n"))
    assert "unsafe name" in refused(path)


def test_a_damaged_zip(tmp_path, refused):
    path = tmp_path / "export.zip"
    path.write_bytes(b"PK\x03\x04" + b"\1" * 400)
    assert "damaged" in refused(path)


def test_a_workbook_with_entities(tmp_path, refused):
    bomb = '<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    path = _zip(
        tmp_path / "Accounts.xlsx",
        ("[Content_Types].xml", "<Types/>"),
        ("xl/worksheets/sheet1.xml", bomb),
    )
    assert "markup no workbook needs" in refused(path)


@pytest.mark.parametrize(
    "text",
    [
        '[{"Id": "1", "Name": NaN}]',
        '[{"Id": "1", "Id": "2"}]',
        '[{"Id": ' + "9" * 6000 + "}]",
        "[" * 100_000,
        '{"records": [{"Id": "1"',
    ],
)
def test_json_that_is_not_proper(write, refused, text):
    assert "no proper JSON" in refused(write("Account.json", text))


def test_a_query_that_was_cut_short(write, refused):
    text = '{"status": 0, "result": {"done": false, "records": [{"Id": "1", "Name": "A"}]}}'
    assert "first part of a query" in refused(write("Account.json", text))


def test_dates_that_read_both_ways_are_asked_for(write, book):
    path = write("Opportunity.csv", "Account Name,Opportunity Name,Stage,Close Date",
                 "Acme,Deal,Open,01/02/2026")  # fmt: skip
    with pytest.raises(Question) as asked:
        stage([path], book.path, Options())
    assert asked.value.flag == "--date-order"
    assert asked.value.choices == ("dmy", "mdy")


def test_a_snapshot_without_a_day_is_asked_for(write, book):
    with pytest.raises(Question) as asked:
        stage([write("Account.csv", GOOD, ROW)], book.path, Options())
    assert asked.value.flag == "--as-of"
    assert "--as-of" in str(asked.value)


def test_markup_in_a_name_stays_plain_text(write, book, bring_in):
    name = "<img src=x onerror=alert(1)><b>Acme</b> =1+1"
    bring_in(write("Account.csv", GOOD, f"001Nq00000J1MpfIAF,{name},Energy"))
    assert book.accounts.all()[0].name == name


def test_rows_that_are_too_long_or_nameless_are_set_aside(write, book, bring_in):
    rows = (ROW, "001Nq00000J1MpgIAF,A,B,C", "001Nq00000J1MphIAF,,")
    staged = bring_in(write("Account.csv", GOOD, *rows))
    assert len(book.accounts.all()) == 1
    kept = book.snapshots.quarantined(book.snapshots.all()[0].id)
    assert {(q.row, q.reason) for q in kept} == {
        (3, "The row has 4 cells, the header 3."),
        (4, "It has no account name."),
    }
    assert staged.quarantined == 2


def test_cancelling_leaves_the_book_as_it_was(write, book):
    path = write("Account.csv", GOOD, *(f"A{n},Name {n},Energy" for n in range(9000)))
    before = book.path.read_bytes()
    for stop_at in (1, 2, 4, 6):
        asked = iter(range(1000))
        with pytest.raises(Cancelled):
            stage(
                [path], book.path, Options(),
                cancelled=lambda asked=asked, stop_at=stop_at: next(asked) >= stop_at,
            )  # fmt: skip
    assert book.path.read_bytes() == before


def test_a_process_apart_reads_asks_refuses_and_cancels(write, book):
    good = write("Account.csv", GOOD, ROW)
    with pytest.raises(Question) as asked:
        stage_apart([good], book.path)
    assert asked.value.flag == "--as-of"
    with pytest.raises(UserError, match="There is no file"):
        stage_apart([good.parent / "gone.csv"], book.path)
    with pytest.raises(Cancelled):
        stage_apart([good], book.path, cancelled=lambda: True)
    seen = []
    dated = write("Account 2026-03-01.csv", GOOD, ROW)
    staged = stage_apart([dated], book.path, progress=lambda *told: seen.append(told))
    assert staged.counts["account"]["new"] == 1
    assert staged.as_of.isoformat() == "2026-03-01"
    assert seen[-1][2] == "Compared"
    staged.discard()
    assert not staged.path.exists()


def test_the_staging_file_is_private_and_removed(write, book):
    staged = stage([write("Account 2026-03-01.csv", GOOD, ROW)], book.path, Options())
    assert staged.path.stat().st_mode & 0o077 == 0
    assert staged.path.parent.stat().st_mode & 0o077 == 0
    staged.discard()
    assert not staged.path.parent.exists()


def test_a_workbook_with_a_cell_far_outside(tmp_path, refused):
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Id", "Name", "Industry"])
    sheet.append(["001Nq00000J1MpfIAF", "Acme", "Energy"])
    sheet["XFD1048576"] = "far"
    book.save(tmp_path / "Account 2026-03-01.xlsx")
    assert "far outside its table" in refused(tmp_path / "Account 2026-03-01.xlsx")
