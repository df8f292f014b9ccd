"""Damaged files end in one sentence or in a whole import, never in a crash or half a book."""

import random
import zipfile

import pytest

from csplanner.crm.importing import Options, apply, stage
from csplanner.errors import UserError

SEEDS = {
    "Account.csv": b'Id,Name,Industry,ARR__c\n001Nq00000J1MpfIAF,"Acme, Inc",Energy,1000\n' * 20,
    "Contact.csv": b"Account Name;First Name;Last Name;Email\nAcme;Jo;Boss;jo@acme.test\n" * 20,
    "Opportunity.json": b'{"records": [{"attributes": {"type": "Opportunity"}, "Id": "1", '
    b'"AccountId": "2", "Name": "Deal", "StageName": "Open", "CloseDate": "2026-05-01"}]}',
    "report.xls": b"<table><tr><th>Account ID</th><th>Account Name</th></tr><tr><td>1</td>"
    b"<td>Acme &lt;b&gt;</td></tr></table>",
}
_SPLICES = (b'"', b"\n", b",", b"\xff\xfe", b"1e999", b"NaN", b"0000-00-00", b"[[", b"\0", b"\\N")


def _mutated(data: bytes, chance: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(chance.randint(1, 10)):
        at = chance.randrange(len(found) + 1)
        if chance.random() < 0.4:
            found[at : at + 1] = bytes([chance.randrange(256)])
        elif chance.random() < 0.5:
            del found[at : at + chance.randrange(1, 60)]
        else:
            found[at:at] = chance.choice(_SPLICES)
    return bytes(found)


def _take_in(book, path):
    before = book.path.read_bytes()
    try:
        staged = stage([path], book.path, Options(date_order="dmy"))
    except UserError:
        staged = None
    assert book.path.read_bytes() == before
    if staged is None:
        return
    apply(book, staged)
    staged.discard()
    assert book.connection.execute("pragma foreign_key_check").fetchall() == []


@pytest.mark.parametrize("name", SEEDS)
def test_mutated_text_files_never_crash_an_import(book, tmp_path, name):
    chance = random.Random(name)
    for _ in range(60):
        path = tmp_path / name
        path.write_bytes(_mutated(SEEDS[name], chance))
        _take_in(book, path)


def test_mutated_workbooks_never_crash_an_import(book, tmp_path):
    import openpyxl

    chance = random.Random(3)
    made = openpyxl.Workbook()
    for row in (["Id", "Name", "Industry"], ["001Nq00000J1MpfIAF", "Acme", "Energy"]):
        made.active.append(row)
    made.save(tmp_path / "seed.xlsx")
    assert zipfile.is_zipfile(tmp_path / "seed.xlsx")
    seed = (tmp_path / "seed.xlsx").read_bytes()
    for _ in range(60):
        path = tmp_path / "Account.xlsx"
        path.write_bytes(b"PK\x03\x04" + _mutated(seed[4:], chance))
        _take_in(book, path)
