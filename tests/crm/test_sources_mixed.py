"""Files of several CRMs in one folder: each has ids of its own and is a snapshot of its own."""

import json
from datetime import date

import pytest

from csplanner.cli.main import main
from csplanner.crm.choosing import choose_columns
from csplanner.crm.importing import Options, apply, stage
from csplanner.crm.question import Question

SALESFORCE = (
    "Id,Name,BillingCity,SystemModstamp",
    "001Nq00000J1Mpf,Tern,Oslo,2026-03-01T00:00:00.000Z",
)
DEALS = (
    "Record ID,Deal Name,Deal Stage,Close Date,Amount,Associated Company",
    "9001,More seats,Proposal,2026-06-30,1000,Corvane",
)
DAY = date(2026, 3, 1)


@pytest.fixture
def folder(write):
    write("crm/Account.csv", *SALESFORCE)
    return write("crm/all-deals.csv", *DEALS).parent


def test_it_is_asked_which_to_read_and_the_others_are_left_out_with_the_reason(book, folder):
    with pytest.raises(Question, match="HubSpot and Salesforce") as asked:
        stage([folder], book.path, Options(as_of=DAY))
    assert (asked.value.flag, asked.value.choices) == ("--source", ("HubSpot", "Salesforce"))
    staged = stage([folder], book.path, Options(as_of=DAY, source="Salesforce"))
    assert [(o.file, o.reason) for o in staged.left_out] == [
        ("all-deals.csv", "It is from HubSpot: import it by itself.")
    ]
    apply(book, staged)
    staged.discard()
    # A deal that names its account alone brings it: no account file of that CRM is here.
    deals = stage([folder], book.path, Options(as_of=DAY, source="HubSpot"))
    assert deals.counts["account"]["new"] == 1
    apply(book, deals)
    deals.discard()
    refs = book.connection.execute("select source, external_id from external_ref order by 1, 2")
    assert [r for r in refs if r[1][:4] != "name"] == [
        ("HubSpot", "9001"), ("Salesforce", "001Nq00000J1MpfIAF")
    ]  # fmt: skip


def test_by_command_each_is_a_snapshot_of_its_own(tmp_path, folder, capsys, read_here):
    path = tmp_path / "cli.csbook"
    assert main(["new", str(path), "--today", "2026-03-12"]) == 0
    capsys.readouterr()
    given = ["import", str(path), str(folder), "--as-of", "2026-03-01", "--today", "2026-03-12"]
    assert main([*given, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [told["source"], *(d["source"] for d in told["further"])] == ["HubSpot", "Salesforce"]
    assert told["applied"]
    assert told["further"][0]["applied"]
    assert main(given) == 0
    assert capsys.readouterr().out.count("Nothing new") == 2


def test_another_name_is_that_of_all(book, folder):
    staged = stage([folder], book.path, Options(as_of=DAY, source="Our CRM"))
    assert staged.source == "Our CRM"
    assert len([m for m in staged.mappings if m.rows]) == 2
    staged.discard()


def test_a_list_of_accounts_names_its_renewal_and_its_person():
    """A close date beside ARR is when the contract closes; a CRM means something else by it."""
    names = ("account_id", "account_name", "arr_usd", "close_date", "primary_email")
    found = {at: choice.key for at, choice in choose_columns("account", names).items()}
    assert (found[3], found[4]) == ("term.end", "person.email")
    assert 3 not in choose_columns("account", names, source="HubSpot")
    assert 3 not in choose_columns("account", ("account_id", "account_name", "x", "close_date"))
