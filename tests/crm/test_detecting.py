"""Which CRM wrote a file and what it holds; and files that look like exports and are none."""

import pytest

from csplanner.crm.detect import detect
from csplanner.crm.read import read_tables


@pytest.fixture
def found(tmp_path):
    """Writes lines under a name and tells what they are found to be."""

    def run(name, *lines):
        (tmp_path / name).write_text("\n".join((*lines, "")), encoding="utf-8")
        ((table,), _) = read_tables([tmp_path / name])
        return detect(table, table.sample(50))

    return run


A, P, O = "001Nq00000J1Mpf", "003Nq00000J1Mpf", "006Nq00000J1Mpf"  # noqa: E741
GUID = "7eabeb33-f445-5e4a-8be9-be0717ca893c"
HABITS = [
    ("x.csv", "(Do Not Modify) Account,Account Name", f"{GUID},Acme", "account", "Dynamics 365"),
    ("x.csv", "(Nicht ändern) Kontakt,Nachname", f"{GUID},Boss", "person", "Dynamics 365"),
    ("x.csv", "(Ne pas modifier) Compte,Nom du compte", f"{GUID},Acme", "account", "Dynamics 365"),
    ("x.csv", "(Do Not Modify) Lead,Topic", f"{GUID},New", "leads", "Dynamics 365"),
    ("x.csv", "Topic,Potential Customer,Est. revenue,Est. close date,Status",
     "More,Acme,900,5/20/2026,Open", "opportunity", "Dynamics 365"),
    ("x.csv", "Record ID,Deal Name,Deal Stage", "77,Renewal,closedwon", "opportunity", "HubSpot"),
    ("x.csv", "Record ID,Company name,City", "77,Acme,Ulm", "account", "HubSpot"),
    ("x.csv", "Record ID,First Name,Last Name,Email,Company name", "7,A,B,a@b.c,Acme",
     "person", "HubSpot"),
    ("x.csv", "Record ID,Ticket name,Ticket status", "77,Broken,New", "case", "HubSpot"),
    ("x.csv", "hs_object_id,dealname,dealstage", "77,Renewal,closedwon", "opportunity", "HubSpot"),
    ("x.csv", "hs_object_id,name,domain", "77,Acme,acme.test", "account", "HubSpot"),
    ("x.csv", "hs_object_id,email,firstname,lastname", "77,a@b.c,A,B", "person", "HubSpot"),
    ("x.csv", "id,property_dealname,property_dealstage,property_closedate,_fivetran_synced",
     "77,Renewal,closedwon,2026-01-01,2026-01-01", None, "HubSpot"),
    ("x.csv", "Record Id,Account Owner.id,Account Owner,Account Name", "zcrm_1,zcrm_2,Jo,Acme",
     "account", "Zoho CRM"),
    ("x.csv", "Record Id,Deal Owner.id,Deal Name,Account Name.id,Closing Date",
     "zcrm_1,zcrm_2,Renewal,zcrm_3,2026-01-01", "opportunity", "Zoho CRM"),
    ("x.csv", "Record Id,Contact Owner.id,Last Name,Account Name.id", "zcrm_1,zcrm_2,Boss,zcrm_3",
     "person", "Zoho CRM"),
    ("x.csv", "Deal - ID,Deal - Title,Deal - Organization,Deal - Value", "5,Renewal,Acme,12",
     "opportunity", "Pipedrive"),
    ("x.csv", "Person - Name,Person - Email (Work),Person - Organization", "Jo,a@b.c,Acme",
     "person", "Pipedrive"),
    ("x.csv", "Organization - Name,Organization - Owner", "Acme,Jo", "account", "Pipedrive"),
    ("x.csv", "Activity - Subject,Activity - Due date,Deal - Title", "Call,45631,Renewal",
     "touch", "Pipedrive"),
    ("x.csv", "Id,Name", f"{A},Acme", "account", "Salesforce"),
    ("x.csv", "Id,LastName,AccountId", f"{P},Boss,{A}", "person", "Salesforce"),
    ("x.csv", "ID,ACCOUNTID,NAME,STAGENAME,STATUS", f"{O},{A},Deal,Open,New",
     "opportunity", "Salesforce"),
    ("x.csv", "Id,Name", f"00Q{A[3:]},Somebody", "leads", "Salesforce"),
    ("x.csv", "Account Name,Opportunity Name,Stage,Close Date,Account ID",
     f"Acme,Deal,Open,2026-01-01,{A}", "opportunity", "Salesforce"),
    ("x.csv", "Account: Account Name,Contact: First Name,Contact: Last Name", "Acme,Al,Ba",
     "person", "Salesforce"),
    ("x.csv", "id,account_id,stage_name,name,close_date,is_deleted", f"{O},{A},Open,D,2026-01-01,f",
     "opportunity", "Salesforce"),
    ("bills.csv", "Invoice Number,Customer,Invoice Date,Due Date,Total",
     "1,Acme,2026-01-01,2026-01-31,5", "invoice", ""),
    ("CampaignMember.csv", "ContactId,CampaignId,id", "1,2,3", "member", ""),
    ("Campaign.csv", "Name,Campaign Type,Status", "Digest,Mail,Active", "campaign", ""),
    ("User.csv", "First Name,Last Name,Primary Email", "Al,Ba,a@b.c", "user", ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "header", "row", "object_", "source"), HABITS)
def test_every_crm_is_known_by_its_own_habits(found, name, header, row, object_, source):
    told = found(name, header, row)
    assert told.source == source
    assert object_ is None or told.object == object_


NONE = {
    "a success file": ("x.csv", "ID,NAME,STATUS", f"{A},Acme,Item Created", "results"),
    "an error file": ("x.csv", "ID,NAME,ERROR", ",Acme,INVALID_FIELD:bad", "results"),
    "an error file without ids": ("x.csv", "NAME,TYPE,ERROR", "Acme,x,REQUIRED:no", "results"),
    "a result of the bulk interface": (
        "x.csv", '"sf__Id","sf__Created",Name', f"{A},true,Acme", "results",
    ),
    "a failure of the bulk interface": ("x.csv", '"sf__Id","sf__Error",Name', ",bad,A", "results"),
    "a pivot of Excel": ("x.csv", "Row Labels,Won,Open,Grand Total", "EMEA,1,2,3", "pivot"),
    "a German pivot": ("x.csv", "Zeilenbeschriftungen,Q1,Gesamtergebnis", "Nord,1,1", "pivot"),
    "sums of a pivot": ("x.csv", "Region,Sum of Amount,Count of Deals", "EMEA,9,2", "pivot"),
    "a cross table of months": ("x.csv", "Region,Jan 2026,Feb 2026,Total", "EMEA,1,2,3", "pivot"),
    "customers of a shop": (
        "Customers.csv", "CustomerID,Gender,Age,Annual Income,Spending Score", "1,F,30,9,8",
        "consumers",
    ),
    "orders of a shop": (
        "Orders.csv", "Order ID,Customer Name,Order Date,Ship Mode,Quantity", "1,Jo,2026-01-01,x,2",
        "consumers",
    ),
    "customers of a telephone company": (
        "churn.csv", "customerID,gender,SeniorCitizen,Dependents,tenure,Churn", "1,F,0,No,5,Yes",
        "consumers",
    ),
    "plain text": ("x.csv", "Dear all", "see you on Monday", "text"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "header", "row", "kind"), NONE.values(), ids=NONE)
def test_what_is_no_snapshot_is_said_in_a_sentence(found, name, header, row, kind):
    told = found(name, header, row)
    assert told.object == kind
    assert told.reason.endswith(".")


KEPT = {
    "months of accounts": ("x.csv", "Account Name,2026-01,2026-02,Total", "Acme,1,2,3"),
    "cases by status": ("Case.csv", "ID,ACCOUNTID,SUBJECT,STATUS", f"500{A[3:]},{A},Help,New"),
    "buyers of accounts": (
        "x.csv",
        "Account Name,Quantity,Unit Price,Order Date",
        "A,1,2,2026-1-1",
    ),
    "a list of names": ("x.csv", "Account Name", "Acme"),
    "deals in Spanish": ("x.csv", "Nombre de la oportunidad,Nombre de la cuenta,Etapa", "D,A,x"),
}


@pytest.mark.parametrize(("name", "header", "row"), KEPT.values(), ids=KEPT)
def test_what_only_resembles_such_a_file_is_kept(found, name, header, row):
    assert found(name, header, row).object not in ("results", "pivot", "consumers", "text")


def test_names_that_nothing_tells_of_are_asked_about(found):
    told = found("list.csv", "Name,Date", "A,2026-01-01")
    assert (told.object, told.reason) == ("", "It has names, but nothing tells whose.")
