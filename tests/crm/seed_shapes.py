"""Small files of every shape a snapshot comes in, as seeds for damage."""

import io
import json
import zipfile
from datetime import date

_A = "001Nq00000J1MpfIAF"
_ACCOUNTS = f'Id,Name,Industry,ARR__c,Renewal_Date__c\n{_A},"Acme, Inc",Energy,1000,2026-05-01\n'
_PEOPLE = "Account Name;First Name;Last Name;Email\nAcme;Jo;Boss;jo@acme.test\n"
_DEALS = (
    "Opportunity ID\tAccount Name\tOpportunity Name\tStage\tAmount\tClose Date\n"
    "006Nq00000BGi8P\tAcme\tRenewal\tOpen\t1,200.50\t13/05/2026\n"
)
_FOOTER = '"","",""\n"","",""\n"Weekly"\n"Copyright (c) 2000-2026 salesforce.com, inc."\n'
_FRENCH = "Nom du compte;Ville;Secteur\nSociété Générale;Orléans;Énergie\n"
_HTML = (
    '<html><head><meta charset="{0}"></head><body><table><tr><th>Account ID</th><th>Account Name'
    "</th><th>Billing City</th></tr><tr><td>{1}</td><td>Café &amp; Co</td><td rowspan=2>Köln</td>"
    "</tr><tr><td>001Nq00000J1MpgIAF</td><td>Bolt</td></tr></table></body></html>"
)
_XML = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="A"><Table><Row>'
    "<Cell><Data>Account Name</Data></Cell><Cell><Data>City</Data></Cell></Row><Row><Cell>"
    '<Data>Acme</Data></Cell><Cell ss:Index="2"><Data>Bonn</Data></Cell></Row></Table></Worksheet>'
    "</Workbook>"
)


def _csv_shapes() -> dict[str, bytes]:
    utf8 = {
        "Account.csv": _ACCOUNTS * 3,
        "Contact.csv": _PEOPLE,
        "Opportunity.csv": _DEALS,
        "report1.csv": "Account ID,Account Name,Type\n001Nq00000J1Mpf,Acme,Customer\n" + _FOOTER,
        "sep.csv": "sep=;\nAccount Name;City\nAcme;Bonn\n",
        "pipe.csv": "Account Name|Stage|Opportunity Name|Close Date\nAcme|Open|New|2026-01-31\n",
        "titled.csv": "My report\nAs of 2026-02-28\n\nAccount Name,ARR\nAcme,7000\nTotal,7000\n",
        "Case.csv": "CaseNumber,AccountId,Subject,Priority,Status,CreatedDate\n"
        f'00012,{_A},"Two\nlines",High,New,2026-01-02T10:00:00.000+0000\n',
        "Task.csv": f"Id,AccountId,Subject,ActivityDate\n00TNq00000AAAAA,{_A},Call,2026-02-01\n",
        "usage.csv": "account_name,measure,value,as_of\nAcme,usage.events,12,2026-02-01\n",
        "wide.csv": "Account Name,NPS,CSAT,As of\nAcme,9,4.5,2026-02-01\n",
        "months.csv": "Account Name,2026-01,2026-02,2026-03\nAcme,10,12,9\n",
        "subscriptions.csv": "subscription_id,account_name,start_date,end_date,seats,arr_amount\n"
        "S-1,Acme,2025-01-01,2026-01-01,20,12000\n",
        "invoices.csv": "Invoice Number,Account Name,Issue Date,Due Date,Total,Balance\n"
        "R-1,Acme,2026-01-01,2026-01-31,100.00,50.00\n",
        "hubspot-companies.csv": "Record ID,Company name,Company owner\n9001,Acme,Jo\n",
        "hubspot-deals.csv": "Record ID,Deal Name,Deal Stage,Close Date,Amount,"
        "Associated Company IDs\n77,Renewal,closedwon,2026-02-02,900,9001;9999\n",
        "Accounts_001.csv": "Record Id,Account Owner.id,Account Owner,Account Name\n"
        "zcrm_4000000000000001001,zcrm_1,Jo,Acme\n",
        "pipedrive.csv": "Deal - ID,Deal - Title,Deal - Organization,Deal - Value,Deal - Stage\n"
        "5,Renewal,Acme,1200,Negotiation\n",
        "dynamics.csv": "(Do Not Modify) Account,(Do Not Modify) Row Checksum,Account Name\n"
        "7eabeb33-f445-5e4a-8be9-be0717ca893c,aGVsbG8=,Acme\n",
        "fivetran.csv": "id,account_id,stage_name,name,close_date,is_deleted,_fivetran_synced\n"
        f"006Nq00000BGi8PIAT,{_A},Open,Deal,2026-05-01,false,2026-02-01T00:00:00Z\n",
        "joined.csv": "Account: Account Name,Contact: First Name,Contact: Last Name\nAcme,Al,Ba\n",
        "dump.csv": "1\tAcme\t\\N\t2026-01-02\n2\tBolt\tx@y.z\t2026-01-03\n",
        "OpportunityContactRole.csv": "ContactId,OpportunityId,Role\n1,2,Evaluator\n",
        "garbled.csv": "Account Name,City\nCafÃ© NoÃ«l,KÃ¶ln\n",
        "messy.csv": "a,b,c,d,e,f\n1,2,3\n1,2,3,4,5,6,7,8\n,,,,,\n\n\n",
    }
    found = {name: text.encode() for name, text in utf8.items()}
    found["marked.csv"] = b"\xef\xbb\xbf" + _ACCOUNTS.encode()
    found["wide16.csv"] = _PEOPLE.encode("utf-16")
    found["wide32.csv"] = b"\xfe\xff" + _ACCOUNTS.encode("utf-32-le")
    found["french.csv"] = _FRENCH.encode("cp1252")
    return found


def _json_shapes() -> dict[str, bytes]:
    tree = [{"attributes": {"type": "Account", "referenceId": "AccountRef1"}, "Name": "Acme",
             "Contacts": {"records": [{"LastName": "Boss", "Email": "b@acme.test"}]}}]  # fmt: skip
    query = {"status": 0, "result": {"done": True, "totalSize": 1, "records": [
        {"attributes": {"type": "Opportunity", "url": "/x/sobjects/Opportunity/006"},
         "Account": {"Name": "Acme"}, "Name": "Deal", "StageName": "Open", "Amount": 1.5e3,
         "CloseDate": "2026-05-01"}]}}  # fmt: skip
    hub = {"results": [{"id": "1", "properties": {"name": "Acme", "domain": "acme.test"},
                        "associations": {"deals": {"results": [{"id": "2"}]}}}]}  # fmt: skip
    lines = b'{"Id": "1", "Account Name": "Acme"}\n{"Id": "2", "Account Name": "Bolt"}\n'
    return {
        "Accounts.json": json.dumps({"records": tree}).encode(),
        "query.json": json.dumps(query).encode("utf-16"),
        "companies.json": json.dumps(hub).encode(),
        "lines.ndjson": lines,
    }


def _workbook(*sheets: list[list[object]], hidden: str = "") -> bytes:
    import openpyxl

    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for number, rows in enumerate(sheets):
        sheet = made.create_sheet(f"Sheet{number}")
        for row in rows:
            sheet.append(row)
    if hidden:
        sheet = made.create_sheet("hiddenSheet")
        sheet["A1"] = hidden
        sheet.sheet_state = "veryHidden"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def seeds() -> dict[str, bytes]:
    """Forty files by name."""
    csvs = _csv_shapes()
    told = "account:x=:accountid=%28Nicht%20%C3%A4ndern%29%20Firma&name=Firmenname"
    books = {
        "Accounts.xlsx": _workbook(
            [["Account ID", "Account Name", "ARR", "Renewal Date"],
             [_A, "Acme", 1200.5, date(2026, 5, 1)], [None, "Bolt", True, date(2026, 1, 1)]]
        ),
        "Report.xlsx": _workbook(
            [[], [None, "My report"], [None, "As of 2026-01-08 • Generated by Jo"], [],
             [None, "Stage  ↑", "Account Name", "Opportunity Name", "Close Date"],
             [None, "Open", "Acme", "Deal", date(2026, 3, 1)],
             [None, None, "Acme", "More", date(2026, 4, 1)], [None, "Total", "Count", 2]]
        ),
        "Aktive Firmen.xlsx": _workbook(
            [["(Nicht ändern) Firma", "Firmenname"], ["7eabeb33-f445-5e4a-8be9-be0717ca893c", "A"]],
            [["Notes"]], hidden=told,
        ),
    }  # fmt: skip
    others = {
        "report.xls": _HTML.format("utf-8", _A).encode(),
        "latin.xls": _HTML.format("iso-8859-1", _A).encode("cp1252"),
        "old.xml": _XML.encode(),
        "WE_1.zip": _packed({n: csvs[n] for n in ("Account.csv", "Contact.csv", "Case.csv")}),
    }
    return {**csvs, **_json_shapes(), **books, **others}
