"""Text files of every kind: what is read, what is set aside, and what is said of it."""

import pytest

from csplanner.crm.detect import detect
from csplanner.crm.question import Question
from csplanner.crm.read import read_tables
from csplanner.errors import UserError

HEAD = ["Account Name", "City", "ARR"]
ROWS = [["Acme", "Köln", "1000"], ["Bolt", "Orléans", "2000"]]
TEXT = "Account Name,City,ARR\nAcme,Köln,1000\nBolt,Orléans,2000\n"
SPACE = "\u00a0"


def _with(delimiter, quote="", end="\n"):
    lines = (delimiter.join(f"{quote}{c}{quote}" for c in row) for row in (HEAD, *ROWS))
    return end.join((*lines, ""))


READ_ALIKE = {
    "commas": TEXT.encode(),
    "semicolons": _with(";").encode(),
    "tabs": _with("\t").encode(),
    "bars": _with("|").encode(),
    "colons": _with(":").encode(),
    "carets": _with("^").encode(),
    "unit separators": _with("\x1f").encode(),
    "sep= line": f"sep=;\n{_with(';')}".encode(),
    "SEP= line of Excel": f"SEP=;\r\n{_with(';', end=chr(13) + chr(10))}".encode("utf-8-sig"),
    "all quoted": _with(",", '"').encode(),
    "all quoted, semicolons": _with(";", '"').encode(),
    "line ends of Windows": _with(",", end="\r\n").encode(),
    "line ends of old Macs": _with(",", end="\r").encode(),
    "mixed line ends": TEXT.replace("\nBolt", "\r\nBolt").encode(),
    "no last line end": TEXT.rstrip().encode(),
    "UTF-8 with its mark": TEXT.encode("utf-8-sig"),
    "UTF-16 with its mark": TEXT.encode("utf-16"),
    "UTF-16 BE with its mark": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "UTF-16 LE": TEXT.encode("utf-16-le"),
    "UTF-16 BE": TEXT.encode("utf-16-be"),
    "UTF-32 with its mark": TEXT.encode("utf-32"),
    "UTF-32 BE with its mark": b"\0\0\xfe\xff" + TEXT.encode("utf-32-be"),
    "UTF-32 LE": TEXT.encode("utf-32-le"),
    "UTF-32 BE": TEXT.encode("utf-32-be"),
    "UTF-32 LE under the mark of UTF-16": b"\xfe\xff" + TEXT.encode("utf-32-le"),
    "UTF-32 BE under the mark of UTF-16": b"\xfe\xff" + TEXT.encode("utf-32-be"),
    "cp1252": TEXT.encode("cp1252"),
    "garbled before it was saved": TEXT.encode().decode("cp1252").encode(),
    "UTF-8 and cp1252 in one": TEXT[:38].encode() + TEXT[38:].encode("cp1252"),
    "blank lines above": f"\n\n{TEXT}".encode(),
    "an empty row of commas above": f",,\n{TEXT}".encode(),
    "a title block above": f"My accounts\nAs of 2026-01-08\nFiltered By\n\n{TEXT}".encode(),
    "a footer below": f'{TEXT}\n"Report"\n"Copyright (c) 2000-2026"\n"Jo  1/8/2026"\n'.encode(),
    "a grand total and a footer": f'{TEXT}\n"Grand Totals (2 records)",,"3,000"\n'.encode(),
    "a total": f"{TEXT}Total,,3000\n".encode(),
    "a total without a gap": f"{TEXT}Gesamt,2,3000\n".encode(),
    "a French total": f"{TEXT}Total{SPACE}:,,3000\n".replace(SPACE, "").encode(),
    "a header within": TEXT.replace("Bolt", "Account Name,City,ARR\nBolt").encode(),
    "headings of groups": TEXT.replace("Bolt", '"Owner: Jo (1 record)"\nBolt').encode(),
    "a blank line within": TEXT.replace("Bolt", "\nBolt").encode(),
    "empty cells behind": TEXT.replace("\n", ",,\n").encode(),
}


@pytest.mark.parametrize("data", READ_ALIKE.values(), ids=READ_ALIKE)
def test_the_same_rows_are_read_however_they_are_written(tmp_path, data):
    (tmp_path / "Account.csv").write_bytes(data)
    ((table,), left) = read_tables([tmp_path / "Account.csv"])
    assert list(table.headers) == HEAD
    assert table.sample(9) == ROWS
    assert (table.problems, left) == ([], [])


@pytest.mark.parametrize(
    ("data", "note"),
    [
        (TEXT.encode("cp1252"), "It is not Unicode, so it is read as Western European (Windows)"),
        (TEXT.encode().decode("cp1252").encode(), "letters were garbled before it was saved"),
        (TEXT[:38].encode() + TEXT[38:].encode("cp1252"), "It mixes UTF-8 with Windows-1252"),
        (f"{TEXT}Total,,3000\n".encode(), "The sums below its last row are left out."),
        (TEXT.replace("Bolt", "Owner: Jo (1 record)\nBolt").encode(), "only name a group"),
        (TEXT.replace("Bolt", "Account Name,City,ARR\nBolt").encode(), "Its header stands among"),
    ],
)
def test_what_was_decided_in_reading_is_said(tmp_path, data, note):
    (tmp_path / "Account.csv").write_bytes(data)
    ((table,), _) = read_tables([tmp_path / "Account.csv"])
    table.sample(9)
    assert table.notes == [n for n in table.notes if n.startswith("Account.csv: ") and note in n]
    assert table.notes


def test_accounts_called_total_stay(tmp_path):
    rows = [["Total", "Paris", "9"], ["TotalEnergies", "", "7"], ["Sum Up", "", ""], ["Z", "", "1"]]
    text = "\n".join((",".join(HEAD), *map(",".join, rows)))
    (tmp_path / "Account.csv").write_text(text)
    ((table,), _) = read_tables([tmp_path / "Account.csv"])
    assert table.sample(9) == rows


ODD_ROWS = {
    "short": ("Acme", [["Acme", "", ""]], []),
    "short of one": ("Acme,Köln", [["Acme", "Köln", ""]], []),
    "long": ("Acme,Köln,1,2", [], [(2, "The row has 4 cells, the header 3.")]),
    "long but empty": ("Acme,Köln,1,,", [["Acme", "Köln", "1"]], []),
    "a quote within": ('Acme,"5"" pipe",1', [["Acme", '5" pipe', "1"]], []),
    "a delimiter within": ('"Acme, Inc",Köln,1', [["Acme, Inc", "Köln", "1"]], []),
    "a line end within": ('"Ac\r\nme",Köln,1', [["Ac\r\nme", "Köln", "1"]], []),
    "an unquoted quote": ('Acme,5" pipe,1', [["Acme", '5" pipe', "1"]], []),
    "a line of one cell": ("Acme,Ulm,1\nBolt", [["Acme", "Ulm", "1"], ["Bolt", "", ""]], []),
    "200,000 letters": (f"Acme,{'x' * 200_000},1", [["Acme", "x" * 200_000, "1"]], []),
    "spaces alone": (
        "Acme,Köln,1\n , ,\nBolt,Ulm",
        [["Acme", "Köln", "1"], ["Bolt", "Ulm", ""]],
        [],
    ),
}


@pytest.mark.parametrize(("line", "rows", "problems"), ODD_ROWS.values(), ids=ODD_ROWS)
def test_rows_are_filled_up_or_reported_never_cut(tmp_path, line, rows, problems):
    (tmp_path / "Account.csv").write_bytes(f"{','.join(HEAD)}\n{line}\n".encode())
    ((table,), _) = read_tables([tmp_path / "Account.csv"])
    assert [row for _, chunk in table.chunks() for row in chunk] == rows
    assert [(p.row, p.reason) for p in table.problems] == problems


REFUSED = {
    "nothing": (b"", "is empty"),
    "blank lines": (b"\n \n,,\n", "is empty"),
    "a mark alone": (b"\xef\xbb\xbf", "Account.csv"),
    "NUL among letters": (b"Account Name,City\nAc\0me,Bonn\n", "NUL bytes"),
    "NUL at the end": (TEXT.encode() + b"\0" * 3, "NUL bytes"),
    "an open quote": (b'Account Name,City\nAcme,"Bonn\nBolt,Ulm\n', "row 2 that is never closed"),
    "an open quote in the header": (b'Account Name,"City\nAcme,Bonn\n', "never closed"),
    "text behind a quote": (
        b'Account Name,City\n"Acme"x,Bonn\n',
        "behind a closing quotation mark",
    ),
    "a cell of 2 MB": (b"Account Name,City\nAcme," + b"x" * (2 << 20), "never closed"),
    "5,000 columns": (",".join(f"c{n}" for n in range(5000)).encode(), "5,000 columns"),
    "501 columns": (("Account Name" + ",c" * 500).encode(), "501 columns"),
    "half a letter of UTF-16": (TEXT.encode("utf-16")[:-1], "utf-16"),
}


def _read_through(path):
    ((table,), _) = read_tables([path])
    list(table.chunks())


@pytest.mark.parametrize(("data", "words"), REFUSED.values(), ids=REFUSED)
def test_broken_text_ends_in_one_sentence(tmp_path, data, words):
    (tmp_path / "Account.csv").write_bytes(data)
    with pytest.raises(UserError) as error:
        _read_through(tmp_path / "Account.csv")
    assert words in str(error.value)
    assert str(error.value).endswith(".")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Account Name,City\nМосковский завод,Санкт-Петербург\n"),
        ("cp932", "Account Name,City\n株式会社東京,大阪市北区\n"),
        ("gb18030", "Account Name,City\n北京有限公司,上海市浦东\n"),
    ],
)
def test_letters_of_other_scripts_are_asked_about_and_read_as_said(tmp_path, encoding, text):
    path = tmp_path / "Account.csv"
    path.write_bytes(text.encode(encoding))
    with pytest.raises(Question) as asked:
        read_tables([path])
    assert asked.value.flag == "--encoding"
    assert encoding in asked.value.choices
    assert asked.value.where == "Account.csv"
    for said in ({"Account.csv": encoding}, {"*": encoding}):
        ((table,), _) = read_tables([path], said)
        assert table.sample(1) == [text.split("\n")[1].split(",")]


def test_garbled_letters_stay_as_they_are_when_the_encoding_is_said(tmp_path):
    path = tmp_path / "Account.csv"
    path.write_bytes(TEXT.encode().decode("cp1252").encode())
    ((table,), _) = read_tables([path], {"Account.csv": "utf-8"})
    assert table.sample(1) == [["Acme", "KÃ¶ln", "1000"]]


def test_a_dump_without_a_header_is_asked_about_with_all_its_rows(tmp_path):
    path = tmp_path / "dump.txt"
    path.write_text("1\tAcme\t\\N\t2026-01-02\n2\tBolt\tx@y.test\t2026-01-03\n")
    ((table,), _) = read_tables([path])
    assert table.headers == ("Column 1", "Column 2", "Column 3", "Column 4")
    assert [row[1] for row in table.sample(9)] == ["Acme", "Bolt"]
    assert "It has no header row" in table.notes[0]
    assert detect(table, table.sample(9)).object == ""


def test_figures_over_months_keep_their_header(tmp_path):
    path = tmp_path / "usage.csv"
    path.write_text("Account Name,2025,2026\nAcme,10,12\nBolt,7,8\n")
    ((table,), _) = read_tables([path])
    assert table.headers == ("Account Name", "2025", "2026")
    assert len(table.sample(9)) == 2


def test_files_of_one_name_in_two_folders_are_told_apart(tmp_path):
    for folder in ("january", "march"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "Account.csv").write_text(f"Account Name,City\n{folder},Ulm\n")
    tables, _ = read_tables([tmp_path / "january/Account.csv", tmp_path / "march/Account.csv"])
    assert [t.file for t in tables] == ["january/Account.csv", "march/Account.csv"]
