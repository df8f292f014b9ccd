"""What means harm is refused quickly and in little memory, before it is parsed.

Each file is read in a process of its own that tells its time and its memory. The suite asks only
for generous bounds; a soak for those of the design.
"""

import json
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(
    not Path("/proc/self/clear_refs").exists(), reason="This system does not tell memory so."
)
_READ = """
import json, re, sys, time
from pathlib import Path
import python_calamine
from csplanner.crm import archive, csv_table, html_table, json_table, read, xlsx_table
from csplanner.errors import UserError

def megabytes(name):
    found = re.search(name + r":\\s+(\\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) // 1024

for name in sys.argv[1:]:
    # The highest mark counts from here: a new process begins with that of its parent.
    Path("/proc/self/clear_refs").write_text("5")
    before, start = megabytes("VmRSS"), time.perf_counter()
    try:
        tables, left = read.read_tables([Path(name)])
        said = [sum(len(rows) for _, rows in t.chunks()) for t in tables]
    except UserError as error:
        said = str(error)
    seconds = time.perf_counter() - start
    print(json.dumps([said, seconds, megabytes("VmHWM") - before]), flush=True)
"""
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}'
    "<sheetData>{}</sheetData>{}</worksheet>"
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    f'xmlns:r="{_RELATED}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATED}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_RELATED}/sharedStrings" Target="sharedStrings.xml"/>'
    "</Relationships>"
)


ROOT_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATED}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>"
)


def pack(path, *parts):
    """An archive of those parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return path


def workbook(path, rows, *, before="", after="", texts=None, sheet="xl/worksheets/sheet1.xml"):
    """A workbook whose only sheet holds that markup."""
    related = RELATIONS.replace("worksheets/sheet1.xml", sheet[3:])
    parts = (
        ("[Content_Types].xml", TYPES), ("_rels/.rels", ROOT_RELATIONS),
        ("xl/workbook.xml", BOOK), ("xl/_rels/workbook.xml.rels", related),
        (sheet, SHEET.format(before, rows, after)),
    )  # fmt: skip
    texts = texts or "<sst/>"
    return pack(path, *parts, ("xl/sharedStrings.xml", texts))


def cell(place, text):
    """A cell with its text within."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


HEAD = f'<row r="1">{cell("A1", "Account Name")}{cell("B1", "City")}</row>'
ROW = f'<row r="2">{cell("A2", "Acme")}{cell("B2", "Ulm")}</row>'


def bomb(path):
    pack(path, ("[Content_Types].xml", TYPES), ("xl/worksheets/sheet1.xml", b"0" * (80 << 20)))


def many_parts(path):
    pack(path, *((f"{n}.csv", "a,b") for n in range(2_500)))


def lying_count(path):
    pack(path, *((f"{n}.csv", "a,b") for n in range(2_500)))
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\5\6")
    data[at + 8 : at + 12] = struct.pack("<HH", 1, 1)
    path.write_bytes(bytes(data))


def nested(path):
    inner = pack(path.with_suffix(".inner"), ("Account.csv", "Id,Name\n1,A\n")).read_bytes()
    pack(path, ("Account.csv", "Id,Name\n1,A\n"), ("more.zip", inner))


def nested_bomb(path):
    bomb(path.with_suffix(".inner"))
    pack(path, ("a.xlsx", path.with_suffix(".inner").read_bytes()))


def lying_size(path):
    pack(path, ("Account.csv", b"Id,Name\n" + b"1,Acme\n" * 900_000))
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        at = data.find(mark)
        data[at + offset : at + offset + 4] = struct.pack("<I", 50)
    path.write_bytes(bytes(data))


def overlapping(path):
    pack(path, ("a.csv", "Id,Name\n" * 90), ("b.csv", "Id,Name\n" * 90))
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\1\2")
    data[at + 42 : at + 46] = struct.pack("<I", 0)
    path.write_bytes(bytes(data))


def locked(path):
    pack(path, ("Account.csv", "Id,Name\n1,A\n"))
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.find(mark)
        data[at + offset] |= 1
    path.write_bytes(bytes(data))


def entities(path):
    declared = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    texts = f'<!DOCTYPE l [<!ENTITY e0 "lol">{declared}]><sst><si><t>&e11;</t></si></sst>'
    workbook(path, HEAD + ROW, texts=texts)


def long_entity(path):
    texts = (
        f'<!DOCTYPE l [<!ENTITY a "{"a" * 100_000}">]><sst><si><t>{"&a;" * 9_000}</t></si></sst>'
    )
    workbook(path, HEAD + ROW, texts=texts)


def outside_entity(path):
    canary = path.with_name("canary.txt")
    canary.write_text("Id,Name\nCANARY,CANARY\n")
    declared = f'<!DOCTYPE l [<!ENTITY x SYSTEM "{canary.as_uri()}">]>'
    texts = f"{declared}<sst><si><t>&x;</t></si></sst>"
    workbook(path, HEAD + ROW, texts=texts)


def entity_in_odd_part(path):
    parts = [("[Content_Types].xml", TYPES), ("xl/workbook.xml", BOOK)]
    pack(
        path, *parts, ("docProps/x.rels", f"<!--{'x' * 9000}--><!DOCTYPE a [<!ENTITY b 'c'>]><a/>")
    )


def far_cell(path):
    workbook(path, f'{HEAD}{ROW}<row r="1048576">{cell("XFD1048576", "far")}</row>')


def far_cell_in_disguise(path):
    far = cell("XFD1048576", "far").replace('"', "'").replace("<c r=", "<c  r =")
    workbook(path, f"{HEAD}{ROW}<row>{far}</row>", sheet="xl/worksheets/sheet1.bin")


def cell_beyond_numbers(path):
    row = f'<row r="99999999999">{cell("ZZZZZZ99999999999", "far")}</row>'
    workbook(path, HEAD + ROW + row)


def cell_of_four_letters(path):
    workbook(path, f'{HEAD}{ROW}<row r="10000">{cell("AAAA10000", "far")}</row>')


def cell_of_nine_figures(path):
    workbook(path, f'{HEAD}{ROW}<row r="100000000">{cell("A100000000", "far")}</row>')


def far_row_of_cells_without_places(path):
    bare = '<c t="inlineStr"><is><t>far</t></is></c>'
    workbook(path, f'{HEAD}{ROW}<row r="1048576">{bare}</row>')


def far_cell_in_a_sheet_named_as_a_picture(path):
    row = f'<row r="10000">{cell("AAAA10000", "far")}</row>'
    workbook(path, HEAD + ROW + row, sheet="xl/worksheets/sheet1.png")


def entity_in_a_part_named_as_a_picture(path):
    parts = [("[Content_Types].xml", TYPES), ("xl/workbook.xml", BOOK)]
    pack(path, *parts, ("xl/media/a.png", "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"))


def wide_sparse(path):
    rows = "".join(f'<row r="{n}">{cell(f"AAA{n}", "x")}</row>' for n in range(3, 60_000, 2))
    workbook(path, HEAD + ROW + rows)


def endless_merges(path):
    merges = '<mergeCell ref="A1:A1048576"/>' * 100_000
    workbook(path, HEAD + ROW, after=f"<mergeCells>{merges}</mergeCells>")


def shared_giant(path):
    text = "x" * (4 << 20)
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(2, 9_000))
    workbook(path, HEAD + rows, texts=f"<sst><si><t>{text}</t></si></sst>")


def deep_json(path):
    path.write_text("[" * 100_000)


def deep_record(path):
    path.write_text('[{"Id": "1", "a": ' + "[" * 60 + "]" * 60 + "}]")


def endless_figure(path):
    path.write_text('[{"Id": ' + "9" * 5_000 + "}]")


def no_number(path):
    path.write_text('[{"Id": "1", "ARR": Infinity}]')


def doubled_key(path):
    path.write_text('[{"Id": "1", "Name": "A", "Id": "2"}]')


def crowded_json(path):
    path.write_text("[" + "{}," * 3_000_000 + "{}]")


def crowded_list(path):
    path.write_text('{"records": [{"Id": "1", "a": [' + '"x",' * 11_000_000 + '"x"]}]}')


def large_json(path):
    with path.open("wb") as stream:
        stream.write(b"[")
        stream.truncate(300 << 20)


def large_book(path):
    with path.open("wb") as stream:
        stream.write(b"PK\3\4")
        stream.truncate(300 << 20)


def unclosed_markup(path):
    path.write_text("<table>" + "<!--<a <![CDATA[<td colspan='500'>" * 60_000)


def wide_markup(path):
    path.write_text("<table><tr><th>Account Name<th>City" + "<tr><td colspan=500>x" * 20_000)


HARMFUL = {
    bomb: "may be harmful", many_parts: "may be harmful", lying_count: "may be harmful",
    nested: "an archive within an archive", nested_bomb: "may be harmful",
    lying_size: "damaged", overlapping: "may be harmful", locked: "protected by a password",
    entities: "markup no workbook needs", long_entity: "markup no workbook needs",
    outside_entity: "markup no workbook needs", entity_in_odd_part: "markup no workbook needs",
    far_cell: "far outside its table", far_cell_in_disguise: "far outside its table",
    cell_beyond_numbers: "far outside its table", cell_of_four_letters: "far outside its table",
    cell_of_nine_figures: "far outside its table",
    far_row_of_cells_without_places: "far outside its table",
    far_cell_in_a_sheet_named_as_a_picture: "far outside its table",
    entity_in_a_part_named_as_a_picture: "markup no workbook needs",
    crowded_json: "millions of records", crowded_list: "millions of records",
    wide_sparse: "far outside its table", shared_giant: "may be harmful",
    deep_json: "no proper JSON", deep_record: "no proper JSON", endless_figure: "no proper JSON",
    no_number: "no proper JSON", doubled_key: "no proper JSON",
    large_json: "larger than 100 MB", large_book: "larger than 100 MB",
    unclosed_markup: "without a table",
}  # fmt: skip
BOUNDED = (endless_merges, wide_markup)
"""Files that are read, within bounds."""
_TIGHT = (bomb, many_parts, lying_count, nested_bomb, overlapping, locked)


def measured(paths):
    """What is said of each file, in how many seconds, and with how many further megabytes."""
    run = subprocess.run(
        [sys.executable, "-c", _READ, *map(str, paths)],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_the_workbook_that_is_made_harmful_is_read_without_the_harm(tmp_path):
    workbook(tmp_path / "a.xlsx", HEAD + ROW)
    assert measured([tmp_path / "a.xlsx"])[0][0] == [1]


def test_memory_is_really_measured(tmp_path):
    (tmp_path / "a.json").write_text("[" + ",".join(['{"Id": "1", "Name": "A"}'] * 200_000) + "]")
    ((said, _, megabytes),) = measured([tmp_path / "a.json"])
    assert said == [200_000]
    assert megabytes > 30


@pytest.fixture(scope="module")
def harmful(tmp_path_factory):
    """Every harmful file with what is said of it."""
    folder = tmp_path_factory.mktemp("harmful")
    makers = (*HARMFUL, *BOUNDED)
    for make in makers:
        make(folder / make.__name__)
    return dict(zip(makers, measured([folder / m.__name__ for m in makers]), strict=True))


def test_what_means_harm_is_refused_in_one_sentence(harmful):
    for make, words in HARMFUL.items():
        said = harmful[make][0]
        assert isinstance(said, str), f"{make.__name__} was read: {said}"
        assert words in said, f"{make.__name__}: {said}"
        assert said.endswith(".")
        assert "CANARY" not in said


def test_harm_costs_neither_time_nor_memory(harmful):
    for make, (said, seconds, megabytes) in harmful.items():
        assert seconds < 20, f"{make.__name__} took {seconds:.1f} s: {said}"
        assert megabytes < 400, f"{make.__name__} took {megabytes} MB: {said}"


@pytest.mark.soak
@pytest.mark.parametrize("make", [*HARMFUL, *BOUNDED], ids=lambda make: make.__name__)
def test_harm_stays_within_the_bounds_of_the_design(tmp_path, make):
    make(tmp_path / "file")
    # The first file warms the reader up; what is measured is the harm alone.
    (tmp_path / "first").write_text("Id,Name\n1,Acme\n")
    _, (said, seconds, megabytes) = measured([tmp_path / "first", tmp_path / "file"])
    line = f"{make.__name__}: {seconds * 1000:.0f} ms, {megabytes} MB more, {said}"
    sys.stdout.write(line + "\n")
    longest, most = (0.05, 20) if make in _TIGHT else (10, 300) if make in BOUNDED else (2, 300)
    assert seconds <= longest
    assert megabytes <= most
