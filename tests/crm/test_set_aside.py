"""Rows and cells that are set aside, and what is merely noted."""

import pytest

from csplanner.crm.importing import Options, UnknownColumns, stage
from csplanner.crm.mapping import from_json
from csplanner.errors import UserError

ACME = "001Nq00000J1MpfIAF"


def reported(staged):
    with staged.pages() as pages:
        return [(q.row, q.column, q.reason) for q in pages.quarantined()]


@pytest.fixture
def read(write, book):
    """Stages lines of a file without applying; discards it afterwards."""
    made = []

    def run(name, *lines, **options):
        made.append(stage([write(f"{name} 2026-03-01.csv", *lines)], book.path, Options(**options)))
        return made[-1]

    yield run
    for staged in made:
        staged.discard()


def test_a_contract_that_ends_before_it_starts(book, read, write, bring_in):
    bring_in(write("Account.csv", "Id,Name", f"{ACME},Acme"))
    staged = read("Contract", "Id,AccountId,StartDate,EndDate",
                  f"800Nq00000AbCdE,{ACME},2026-05-01,2026-04-01",
                  f"800Nq00000AbCdF,{ACME},2026-05-01,2027-04-30")  # fmt: skip
    assert reported(staged) == [
        (2, "", "It ends on 2026-04-01, before it starts on 2026-05-01."),
    ]
    assert staged.counts["term"]["new"] == 1


def test_an_id_whose_check_characters_do_not_fit(read):
    staged = read("Account", "Id,Name", f"{ACME},Acme", "001Nq00000J1MpfIAG,Acne")
    assert reported(staged) == [
        (3, "Id", "The last three characters of this id do not fit the others."),
    ]
    assert staged.counts["account"]["new"] == 1


@pytest.mark.parametrize("ext", ["001000000000000123", "A00000000000000123", "abcde0fghijklmnAAB"])
def test_ids_of_other_systems_have_no_check_characters(read, ext):
    assert read("Account", "Account ID,Account Name", f"{ext},Acme").quarantined == 0


def test_a_name_that_stands_again_is_no_id(read):
    staged = read("Account", "Account Name,Industry,Renewal Date", "Acme,Energy,2026-05-01",
                  "Acme,Retail,2026-06-01")  # fmt: skip
    assert reported(staged) == [
        (2, "name", "The same name stands again in row 3, taken instead."),
    ]


def test_a_cell_that_was_cut_is_reported(book, write, bring_in):
    staged = bring_in(write("Account.csv", "Id,Name,Industry", f"{ACME},Acme,{'x' * 40_000}"))
    assert staged.quarantined == 1
    assert len(book.accounts.only("Acme").sector) == 32_767


def test_joined_signs_stay_and_steering_signs_go(book, write, bring_in):
    family, persian = "\U0001f469\u200d\U0001f4bb Co", "می\u200cخواهم"
    bring_in(write("Account.csv", "Account ID,Account Name", f"1,{family}", f"2,{persian}",
                   "3,\u202eevil\u202c \u2066x\u2069\ufeff"))  # fmt: skip
    assert {a.name for a in book.accounts.all()} == {family, persian, "evil x"}


def test_repeated_ids_of_figures_are_noted(book, read, write, bring_in):
    bring_in(write("Account.csv", "Id,Name", f"{ACME},Acme"))
    staged = read("Usage", "usage_id,account_id,usage_date,usage_count",
                  f"U-1,{ACME},2026-02-01,3", f"U-1,{ACME},2026-02-01,4")  # fmt: skip
    assert staged.quarantined == 0
    assert any("U-1 in rows 2 and 3" in note for note in staged.notes)


def test_a_header_that_stands_twice_is_noted(read):
    staged = read("Account", "Id,Name,Name", f"{ACME},Acme,Other")
    assert any("2 columns called “Name”" in note for note in staged.notes)


def test_unknown_columns_can_be_named_in_a_mapping(write, book, bring_in):
    path = write("liste.csv", "Abnehmer,Umsatz,Ende", 'Acme,"1.234,5",05/06/2026')
    with pytest.raises(UnknownColumns, match="--mapping") as error:
        stage([path], book.path, Options())
    (mapping,) = error.value.mappings
    data = mapping.to_json()
    assert (data["object"], {c["target"] for c in data["columns"]}) == ("account", {""})
    for column, target in zip(
        data["columns"], ("account.name", "account.arr", "term.end"), strict=True
    ):
        column["target"] = target
    kept = {path.name: from_json(data)}
    with pytest.raises(UserError, match="--date-order"):
        bring_in(path, mappings=kept)
    bring_in(path, mappings=kept, date_order="dmy")
    assert book.accounts.only("Acme").arr.value.minor == 123450


def test_a_mapping_made_for_other_columns_is_refused(write, book):
    mapping = from_json({"file": "a.csv", "object": "account", "columns": [
        {"header": "Firma", "target": "account.name"}]})  # fmt: skip
    path = write("a.csv", "Name,City", "Acme,Oslo")
    with pytest.raises(UserError, match=r"the column Firma, which a\.csv does not have"):
        stage([path], book.path, Options(mappings={"a.csv": mapping}))


def test_who_would_report_to_themselves_is_told_and_all_the_rest_comes_in(book, write, bring_in):
    head = "Id,AccountId,LastName,Title,ReportsToId"
    account = write("Account.csv", "Id,Name", f"{ACME},Acme")
    people = write(
        "Contact.csv", head, f"1,{ACME},Iris,,", f"2,{ACME},Paul,Buyer,3", f"3,{ACME},Quin,CFO,4",
        f"4,{ACME},Rob,,2", f"5,{ACME},Tess,,2",
    )  # fmt: skip
    staged = bring_in(account, people)
    assert staged.quarantined == 1
    [told] = book.snapshots.quarantined(book.snapshots.all()[0].id)
    assert (told.row, told.column, told.value) == (5, "reports to", "Rob → Paul → Quin → Rob")
    assert "report to themselves" in told.reason
    found = {p.name: p for p in book.people.of(book.accounts.only("Acme").id)}
    names = {p.id: p.name for p in found.values()}
    above = {n: names.get(p.reports_to or "", "") for n, p in found.items()}
    assert above == {"Iris": "", "Paul": "Quin", "Quin": "Rob", "Rob": "", "Tess": "Paul"}
    assert found["Quin"].title == "CFO"
