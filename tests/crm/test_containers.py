"""What a snapshot may come in: folders, archives, and things that only look like files."""

import os
import zipfile
from datetime import date

import pytest

from csplanner.book.export import export_book
from csplanner.crm.importing import Options, look, stage
from csplanner.errors import UserError

ACCOUNTS = "Id,Name\n001Nq00000J1MpfIAF,Acme\n"
DAY = date(2026, 3, 1)


@pytest.fixture
def refused(book):
    """Stages a path that must be refused; returns the sentence."""

    def run(path):
        before = book.path.read_bytes()
        with pytest.raises(UserError) as error:
            stage([path], book.path, Options(as_of=DAY))
        assert book.path.read_bytes() == before
        assert "\n" not in str(error.value)
        return str(error.value)

    return run


def left_out(*paths):
    return {left.file: left.reason for left in look(paths, Options(as_of=DAY)).left_out}


def test_a_pipe_or_a_device_is_refused_at_once(tmp_path, refused):
    os.mkfifo(tmp_path / "Account.csv")
    assert "neither a file nor a folder" in refused(tmp_path / "Account.csv")
    assert "neither a file nor a folder" in refused(type(tmp_path)("/dev/zero"))


def test_a_pipe_in_a_folder_is_passed_over(tmp_path, write):
    write("in/Account.csv", ACCOUNTS)
    os.mkfifo(tmp_path / "in" / "Contact.csv")
    assert left_out(tmp_path / "in") == {"Contact.csv": "It is no table."}


def test_an_archive_of_a_mac_comes_in(book, tmp_path, bring_in):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("sub/Account.csv", ACCOUNTS)
        archive.writestr("__MACOSX/sub/._Account.csv", b"\0\5\26\7")
        archive.writestr("sub/.DS_Store", b"\0\0")
        archive.writestr("readme.txt", "x")
    staged = bring_in(path)
    assert [a.name for a in book.accounts.all()] == ["Acme"]
    assert len(staged.left_out) == 3


def test_what_a_system_leaves_in_a_folder_is_passed_over(tmp_path, write):
    write("in/Account.csv", ACCOUNTS)
    for name in ("~$Account.xlsx", "Thumbs.db", ".DS_Store", "empty.csv"):
        (tmp_path / "in" / name).write_bytes(b"\0\1" if name != "empty.csv" else b"\n\n\n")
    assert set(left_out(tmp_path / "in")) == {
        "~$Account.xlsx", "Thumbs.db", ".DS_Store", "empty.csv",
    }  # fmt: skip


def test_folders_in_a_folder_are_read_where_it_has_no_table_itself(tmp_path, write):
    write("in/sales/Account.csv", ACCOUNTS)
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    (mapping,) = look([tmp_path / "in"], Options(as_of=DAY)).mappings
    assert mapping.file == "sales/Account.csv"
    write("in/Account.csv", ACCOUNTS)
    assert left_out(tmp_path / "in")["sales/"] == "It is a folder; import it by itself."


def test_the_same_content_given_twice_is_used_once(write):
    path = write("Account.csv", ACCOUNTS)
    assert left_out(path, path) == {"Account.csv": "It was given twice and is used once."}
    copy = write("Account copy.csv", ACCOUNTS)
    assert left_out(path, copy) == {
        "Account.csv": "It holds the same as Account copy.csv and is used once."
    }


@pytest.mark.parametrize("text", ["\n\n\n", "\n", " \n,,\n"])
def test_blank_lines_alone(write, refused, text):
    assert "Account.csv is empty" in refused(write("Account.csv", text, end=""))


def test_a_header_alone(write, refused):
    assert "Account.csv holds no rows" in refused(write("Account.csv", "Id,Name"))


def test_an_empty_archive_and_a_book_are_named(book, tmp_path, refused):
    with zipfile.ZipFile(tmp_path / "export.zip", "w"):
        pass
    assert "export.zip is an empty archive" in refused(tmp_path / "export.zip")
    assert "is a csplanner book or another database" in refused(book.path)


@pytest.mark.parametrize("form", ["csv", "csv-exact", "json", "jsonl", "xlsx"])
def test_our_own_export_is_refused(book, tmp_path, bring_in, write, refused, form):
    bring_in(write("Account.csv", ACCOUNTS))
    export_book(book, tmp_path / "out", form)
    files = [p for p in (tmp_path / "out").rglob("*") if p.is_file()]
    assert any("csplanner’s own export" in refused(p) for p in files)
    if form.startswith("csv"):
        assert "csplanner’s own export" in refused(tmp_path / "out")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_entities_are_refused_wherever_they_stand(tmp_path, refused, encoding):
    bomb = f'<!--{"x" * 6000}--><!DOCTYPE l [<!ENTITY a "aaaa">]><sst>&a;</sst>'
    with zipfile.ZipFile(tmp_path / "Accounts.xlsx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/sharedStrings.xml", bomb.encode(encoding))
    assert "markup no workbook needs" in refused(tmp_path / "Accounts.xlsx")


def test_what_you_may_not_read_is_said(plain_user):
    path = plain_user / "in" / "Account.csv"
    path.parent.mkdir()
    path.write_text("Id,Name\n001,Acme\n")
    path.chmod(0)
    with pytest.raises(UserError, match="cannot be read"):
        look([path])
    path.parent.chmod(0)
    try:
        with pytest.raises(UserError, match="cannot be read"):
            look([path.parent])
    finally:
        path.parent.chmod(0o700)


def test_a_report_states_its_day(write, book):
    path = write("report.csv", "My report", "As of 2026-02-28", "", "Account Name,ARR", "Acme,7")
    staged = stage([path], book.path, Options())
    assert (staged.as_of, staged.as_of_why) == (
        date(2026, 2, 28), "The day the file says it shows.",
    )  # fmt: skip
    staged.discard()
