"""JSON of every kind, archives of many files, and whole folders."""

import io
import json
import zipfile

import pytest

from csplanner.crm.proposing import propose
from csplanner.crm.read import read_tables
from csplanner.errors import UserError


@pytest.fixture
def tables_of(tmp_path):
    """Writes a value as JSON and gives the tables in it: name to headers and rows."""

    def read(value, encoding="utf-8", name="data.json"):
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        (tmp_path / name).write_bytes(text.encode(encoding))
        tables, _ = read_tables([tmp_path / name])
        return {t.file: [dict(zip(t.headers, r, strict=True)) for r in t.sample(9)] for t in tables}

    return read


ACME = {"Id": "1", "Account Name": "Acme"}
BOLT = {"Id": "2", "Account Name": "Bölt"}
ALIKE = {
    "a list": [ACME, BOLT],
    "lines": f"{json.dumps(ACME)}\n{json.dumps(BOLT)}\n",
    "lines with gaps": f"{json.dumps(ACME)}\r\n\r\n{json.dumps(BOLT)}",
    "rows": [["Id", "Account Name"], ["1", "Acme"], ["2", "Bölt"]],
    "value": {"@odata.context": "x", "value": [ACME, BOLT]},
    "data": {"success": True, "data": [ACME, BOLT], "additional_data": {"pagination": {}}},
    "query": {"status": 0, "result": {"done": True, "records": [ACME, BOLT]}},
}


@pytest.mark.parametrize("value", ALIKE.values(), ids=ALIKE)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_records_are_the_same_however_they_are_listed(tables_of, value, encoding):
    assert tables_of(value, encoding) == {"data.json": [ACME, BOLT]}


def test_parents_stand_beside_and_children_in_tables_of_their_own(tables_of):
    attributes = {"type": "Account", "url": "/services/data/v60.0/sobjects/Account/001A"}
    child = {"attributes": {"type": "Contact"}, "Id": "003A", "LastName": "Boss"}
    record = {
        "attributes": attributes, "Name": "Acme", "IsDeleted": False, "ARR__c": 1200.0,
        "Owner": {"attributes": {"type": "User"}, "Name": "Jo", "Manager": {"Name": "Al"}},
        "Contacts": {"totalSize": 1, "done": True, "records": [child]}, "Opportunities": None,
    }  # fmt: skip
    found = tables_of({"status": 0, "result": {"done": True, "records": [record]}})
    assert found == {
        "data.json › Account": [{
            "Id": "001A", "Name": "Acme", "IsDeleted": "false", "ARR__c": "1200",
            "Owner.Name": "Jo", "Owner.Manager.Name": "Al", "Opportunities": "",
        }],
        "data.json › Contact": [{"Id": "003A", "LastName": "Boss", "AccountId": "001A"}],
    }  # fmt: skip


def test_children_of_plain_lists_name_their_parent(tables_of):
    found = tables_of({"accounts": [{"id": 7, "name": "Acme", "contacts": [{"email": "b@a.c"}]}]})
    assert found["data.json › contacts"] == [{"email": "b@a.c", "accountId": "7"}]


def test_answers_of_hubspot_read_as_its_exports_do(tables_of):
    companies = [{"id": "1"}, {"id": "2"}, {"id": "1"}]
    hub = {
        "id": "9",
        "properties": {"dealname": "Renewal", "dealstage": "closedwon"},
        "associations": {"companies": {"results": companies}},
    }
    assert tables_of({"results": [hub]})["data.json"] == [
        {"dealname": "Renewal", "dealstage": "closedwon", "hs_object_id": "9",
         "Associated Company IDs": "1;2"}
    ]  # fmt: skip


def test_answers_of_dynamics_read_as_what_they_show(tables_of, tmp_path):
    shown = "@OData.Community.Display.V1.FormattedValue"
    row = {
        "@odata.etag": "W/1", "opportunityid": "x", "name": "Deal", "statecode": 1,
        f"statecode{shown}": "Won", "estimatedvalue": 900.0, f"estimatedvalue{shown}": "€900",
        "_customerid_value": "7e", f"_customerid_value{shown}": "Acme",
    }  # fmt: skip
    assert tables_of({"value": [row]})["data.json"] == [
        {"opportunityid": "x", "name": "Deal", "statecode": "Won", "estimatedvalue": "900",
         "customerid": "7e", "customeridname": "Acme"}
    ]  # fmt: skip
    ((table,), _) = read_tables([tmp_path / "data.json"])
    assert propose(table).source == "Dynamics 365"


CUT = (
    {"status": 0, "result": {"done": False, "records": [ACME]}},
    {"records": [ACME], "nextRecordsUrl": "/more"},
    {"value": [ACME], "@odata.nextLink": "https://x/more"},
    {"results": [ACME], "paging": {"next": {"after": "2"}}},
    {"data": [ACME], "info": {"more_records": True}},
    {"data": [ACME], "additional_data": {"pagination": {"more_items_in_collection": True}}},
)


@pytest.mark.parametrize("value", CUT)
def test_an_answer_that_was_cut_short_is_never_taken_for_all(tables_of, value):
    with pytest.raises(UserError, match="only the first part of a query"):
        tables_of(value)


NONE = {
    "plan": ([{"sobject": "Account", "saveRefs": True, "files": ["Accounts.json"]}], "the plan of"),
    "csvw": ({"@context": "http://www.w3.org/ns/csvw", "tables": [{"url": "a.csv"}]}, "describes"),
    "schema": ({"$schema": "https://json-schema.org", "items": [ACME]}, "settings of a program"),
    "package": ({"name": "x", "version": "1", "dependencies": {}}, "settings of a program"),
}


@pytest.mark.parametrize(("value", "words"), NONE.values(), ids=NONE)
def test_files_about_other_files_are_named_as_such(tables_of, value, words):
    with pytest.raises(UserError, match=words) as error:
        tables_of(value)
    assert str(error.value).startswith("data.json cannot be used: it ")


def _zip(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return path


def test_an_archive_holds_whatever_a_folder_may(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    for row in (["Account Name", "City"], ["Ohm", "Ulm"]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Account.csv", "Id,Name\n1,Acme\n")
        archive.writestr("deals.json", json.dumps([{"Deal Name": "D", "Deal Stage": "Open"}]))
        archive.writestr("more/Accounts.xlsx", out.getvalue())
        archive.writestr("report.xls", "<table><tr><th>Account Name<th>City<tr><td>a<td>b</table>")
        archive.writestr("picture.bin", b"\x89PNG\r\n")
        archive.writestr("notes.md", "# hello")
        archive.writestr("blank.csv", "")
    tables, left = read_tables([path])
    assert [t.file.removeprefix("export.zip › ") for t in tables] == [
        "Account.csv", "deals.json", "more/Accounts.xlsx", "report.xls",
    ]  # fmt: skip
    assert {item.file.removeprefix("export.zip › "): item.reason for item in left} == {
        "picture.bin": "It is a picture. Export the same as CSV or XLSX.",
        "notes.md": "It is no table.",
        "blank.csv": "It is empty.",
    }


def test_one_object_in_several_archives_is_read_from_all(tmp_path):
    one = _zip(tmp_path / "WE_1.zip", **{"Account.csv": "Id,Name\n1,Acme\n"})
    two = _zip(tmp_path / "WE_2.zip", **{"Account.csv": "Id,Name\n2,Bolt\n"})
    tables, _ = read_tables([one, two])
    assert [row for t in tables for row in t.sample(9)] == [["1", "Acme"], ["2", "Bolt"]]


OTHERS = {
    "deck.pptx": (b"%PDF-1.7", "is a PDF"), "a.csv.gz": (b"\x1f\x8b\x08", "packed with gzip"),
    "a.xls": (b"\xd0\xcf\x11\xe0" + b"\0" * 99, "Save it as XLSX without a password"),
    "a.parquet": (b"PAR1....", "Parquet"), "a.7z": (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    "a.csv": (b"\x89PNG\r\n", "is a picture"), "a.vcf": (b"BEGIN:VCARD\n", "address book"),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_files_of_other_programs_are_named_with_a_way_out(tmp_path, name):
    data, words = OTHERS[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UserError, match=words):
        read_tables([tmp_path / name])
    # In a folder beside an export they are passed over, and said.
    (tmp_path / "Account.csv").write_text("Id,Name\n1,Acme\n")
    tables, left = read_tables([tmp_path])
    assert [t.file for t in tables] == ["Account.csv"]
    assert [item.file for item in left] == [name]
    assert words in left[0].reason


@pytest.mark.parametrize(
    ("part", "words"),
    [("content.xml", "OpenDocument"), ("xl/workbook.bin", "binary workbook"),
     ("word/document.xml", "text document"), ("Index/Document.iwa", "Apple Numbers")],
)  # fmt: skip
def test_packed_documents_are_named_with_a_way_out(tmp_path, part, words):
    with pytest.raises(UserError, match=words):
        read_tables([_zip(tmp_path / "a.xlsx", **{"[Content_Types].xml": "<T/>", part: "x"})])
