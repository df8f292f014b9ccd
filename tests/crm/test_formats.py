"""Shapes of files and words: encodings, delimiters, furniture, dates, amounts, roles."""

import json
import zipfile
from datetime import date

import pytest

from csplanner.crm.importing import Options, look, stage
from csplanner.crm.mapping import from_json
from csplanner.crm.question import Question
from csplanner.domain.account import CasePriority, OpportunityKind, OpportunityState, TermOutcome
from csplanner.domain.money import Money
from csplanner.domain.person import PersonStatus, Role
from csplanner.domain.touch import Channel
from csplanner.errors import UserError

ACCOUNTS = ("Id,Name", "001Nq00000J1MpfIAF,Acme", "001Nq00000J1MpeIAF,Apex")
ACME, APEX = "001Nq00000J1MpfIAF", "001Nq00000J1MpeIAF"


@pytest.fixture
def acme(book, write, bring_in):
    """The id of Acme after its account file was brought in."""
    bring_in(write("Account.csv", *ACCOUNTS))
    return book.accounts.only("Acme").id


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters_are_told(book, write, bring_in, encoding, delimiter):
    rows = [r.replace(",", delimiter) for r in ("Id,Name,BillingCity", f"{ACME},Café,Orléans")]
    bring_in(write("Account.csv", *rows, encoding=encoding))
    (account,) = book.accounts.all()
    assert (account.name, account.city) == ("Café", "Orléans")


def test_the_furniture_of_a_report_is_left_out(book, write, bring_in):
    staged = bring_in(
        write(
            "report.csv",
            "All accounts",
            "",
            '"Account ID","Account Name"',
            f'"{ACME}","Acme"',
            f'"{APEX}","Total Wellness"',
            "",
            "",
            '"All accounts"',
            '"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."',
            '"Confidential Information - Do Not Distribute"',
            '"Example Org"',
        )
    )
    assert sorted(a.name for a in book.accounts.all()) == ["Acme", "Total Wellness"]
    assert staged.quarantined == 0


def test_a_grouped_workbook_fills_its_groups_down(book, crm_data, bring_in):
    report = crm_data / "export-shapes" / "Renewals and new business-2026-01-08-11-21-16.xlsx"
    staged = bring_in(report)
    assert staged.mappings[0].rows == 58
    assert staged.quarantined == 0
    found = [o for os in book.opportunities.grouped().values() for o in os]
    assert len(found) == 58
    assert all(o.stage for o in found)


def test_dates_are_read_in_the_order_of_their_column(book, write, acme, bring_in):
    head = "Id,AccountId,Name,StageName,CloseDate"
    bring_in(
        write(
            "Opportunity.csv",
            head,
            f"006Nq00000BGi8P,{ACME},One,Open,05/06/2026",
            f"006Nq00000BGi8Q,{ACME},Two,Open,30/06/2026",
        )
    )
    assert [o.close_on for o in book.opportunities.of(acme)] == [
        date(2026, 6, 5),
        date(2026, 6, 30),
    ]


def test_an_answer_settles_dates_that_read_both_ways(book, write, acme, bring_in):
    head = "Id,AccountId,Name,StageName,CloseDate"
    path = write("Opportunity.csv", head, f"006Nq00000BGi8P,{ACME},One,Open,05/06/2026")
    with pytest.raises(Question):
        look([path])
    bring_in(path, date_order="mdy")
    assert book.opportunities.of(acme)[0].close_on == date(2026, 5, 6)


def test_amounts_keep_their_currency_and_sign(book, write, bring_in):
    bring_in(
        write(
            "Account.csv",
            "Id;Name;ARR;Currency",
            f"{ACME};Acme;1.234.567,89;",
            f"{APEX};Apex;€ 1.000,50;EUR",
            "001Nq00000J1MpdIAF;Zen;250.000;JPY",
        ),
        currency="CHF",
    )
    arr = {a.name: a.arr.value for a in book.accounts.all()}
    assert arr == {
        "Acme": Money(123456789, "CHF"),
        "Apex": Money(100050, "EUR"),
        "Zen": Money(250000, "JPY"),
    }


def test_deals_are_won_lost_or_open_and_renewals_are_told(book, write, acme, bring_in):
    bring_in(
        write(
            "Opportunity.csv",
            "Id,AccountId,Name,StageName,CloseDate,IsClosed,IsWon,Type",
            f"006Nq00000BGi8P,{ACME},Renewal 2026,Proposal,2026-05-01,,,Existing Business",
            f"006Nq00000BGi8Q,{ACME},More seats,Closed Won,2026-04-01,1,1,Existing Business",
            f"006Nq00000BGi8R,{ACME},Pilot,Closed Lost,2026-03-01,1,,New Business",
        )
    )
    found = {o.name: (o.state, o.kind) for o in book.opportunities.of(acme)}
    assert found == {
        "Renewal 2026": (OpportunityState.OPEN, OpportunityKind.RENEWAL),
        "More seats": (OpportunityState.WON, OpportunityKind.EXPANSION),
        "Pilot": (OpportunityState.LOST, OpportunityKind.NEW),
    }


def test_cases_map_priorities_and_list_unknown_ones(book, write, acme, bring_in):
    staged = bring_in(
        write(
            "Case.csv",
            "Id,CaseNumber,AccountId,Subject,Status,Priority,CreatedDate",
            f"500Nq00000CBxte,00001046,{ACME},Down,New,Critical,2026-02-01 10:00:00",
            f"500Nq00000CBxtf,00001047,{ACME},Slow,Closed,Whenever,2026-02-02 10:00:00",
        )
    )
    down, slow = book.cases.of(acme)
    assert (down.number, down.priority, down.is_closed) == ("00001046", CasePriority.URGENT, False)
    assert (slow.priority, slow.is_closed) == (CasePriority.MEDIUM, True)
    assert [(u.kind, u.word, u.count) for u in staged.unknown_words] == [
        ("priority", "Whenever", 1)
    ]


def test_contracts_derive_end_notice_and_outcome(book, write, acme, bring_in):
    bring_in(
        write(
            "Contract.csv",
            "Id,AccountId,StartDate,ContractTerm,OwnerExpirationNotice,Status",
            f"800Nq00000AbCdE,{ACME},2025-02-01,12,30,Activated",
            f"800Nq00000AbCdF,{ACME},2026-02-01,12,30,Activated",
        )
    )
    first, second = book.terms.of(acme)
    assert (first.end, first.outcome) == (date(2026, 1, 31), TermOutcome.RENEWED)
    assert second.end == date(2027, 1, 31)
    assert second.notice_deadline.value == date(2027, 1, 1)
    assert second.outcome is TermOutcome.UNDECIDED


def test_people_bring_roles_managers_and_who_left(book, write, acme, bring_in):
    bring_in(
        write(
            "Contact.csv",
            "Id,AccountId,FirstName,LastName,Email,Role__c,ReportsToId,No_Longer_at_Company__c",
            f"003Nq00000MXh2C,{ACME},Jo,Boss,jo@acme.test,Sponsor;Decision Maker,,false",
            f"003Nq00000MXh2D,{ACME},Al,Left,al@acme.test,Champion,003Nq00000MXh2C,true",
            f"003Nq00000MXh2E,{ACME},Me,Loop,me@acme.test,,003Nq00000MXh2E,",
        )
    )
    people = {p.name: p for p in book.people.of(acme)}
    assert people["Al Left"].status is PersonStatus.LEFT
    assert people["Al Left"].reports_to == people["Jo Boss"].id
    assert people["Me Loop"].reports_to is None
    assert sorted(s.role for s in book.seats.of(acme)) == sorted(
        (Role.SPONSOR, Role.DECIDES, Role.CHAMPION)
    )


def test_tasks_and_events_become_touches_with_their_person(book, write, acme, bring_in):
    bring_in(
        write("Contact.csv", "Id,AccountId,LastName", f"003Nq00000MXh2C,{ACME},Boss"),
        write(
            "Opportunity.csv",
            "Id,AccountId,Name,StageName,CloseDate",
            f"006Nq00000BGi8P,{ACME},Deal,Open,2026-05-01",
        ),
        write(
            "Task.csv",
            "Id,WhatId,WhoId,ActivityDate,TaskSubtype,Subject,Status,CallDurationInSeconds",
            f"00TNq00000AbCdE,{ACME},003Nq00000MXh2C,2026-02-01,Call,Check-in,Completed,1500",
            "00TNq00000AbCdF,006Nq00000BGi8P,,2026-02-02,Email,Offer,Completed,",
            f"00TNq00000AbCdG,{ACME},,2026-04-02,Call,Later,Not Started,",
        ),
        write(
            "Event.csv",
            "Id,WhatId,WhoId,ActivityDate,Subject,DurationInMinutes",
            "00UNq00000AbCdE,,003Nq00000MXh2C,2026-02-03,Review,60",
        ),
    )
    call, offer, review = book.touches.of(acme)
    assert (call.channel, call.minutes, call.two_way) == (Channel.CALL, 25, True)
    assert call.person_ids == (book.people.of(acme)[0].id,)
    assert (offer.channel, offer.topic, offer.two_way) == (Channel.EMAIL, "Offer", False)
    assert (review.channel, review.minutes) == (Channel.MEETING, 60)


def test_wide_and_long_figures_become_measurements(book, write, acme, bring_in):
    bring_in(
        write(
            "Usage.csv",
            "AccountId,AsOf,SeatsBought,SeatsActive,NPS",
            f"{ACME},2026-02-28,100,82.5,-30",
        ),
        write(
            "Measurements.csv",
            "AccountId,Measure,Value,AsOf,Dimension",
            f"{ACME},equipped.owner,3,2026-02-28,",
            f"{ACME},usage.module_share,40,2026-02-28,Alerts",
            f"{ACME},made.up,1,2026-02-28,",
        ),
    )
    found = {(m.measure, m.dimension): m.value.value for m in book.measurements.of(acme)}
    assert found == {
        ("usage.seats_bought", ""): 100_000,
        ("usage.seats_active", ""): 82_500,
        ("voice.nps", ""): -30_000,
        ("equipped.owner", ""): 3_000,
        ("usage.module_share", "Alerts"): 40_000,
        ("other.made_up", ""): 1_000,
    }


def test_figures_in_an_account_file_are_of_the_snapshots_day(book, write, bring_in):
    path = write(
        "crm-accounts-2026-03-10.csv",
        "account_id,account_name,seats_purchased,seats_active_30d,renewal_date",
        "A1,Acme,1240,1180,2026-06-30",
    )
    staged = bring_in(path, as_of=None)
    assert staged.as_of == date(2026, 3, 10)
    account = book.accounts.only("Acme")
    assert {m.as_of for m in book.measurements.of(account.id)} == {date(2026, 3, 10)}
    assert [t.end for t in book.terms.of(account.id)] == [date(2026, 6, 30)]


def test_accounts_that_deals_merely_name_are_made_once(book, write, bring_in):
    bring_in(
        write(
            "report.csv",
            "Account Name,Opportunity Name,Stage,Close Date,Amount",
            "Acme,One,Open,2026-05-01,10",
            "acme ,Two,Open,2026-05-02,20",
            "Apex,One,Open,2026-05-01,30",
        )
    )
    assert sorted(a.name for a in book.accounts.all()) == ["Acme", "Apex"]
    assert len(book.opportunities.of(book.accounts.only("Acme").id)) == 2


def test_a_name_two_accounts_share_links_nothing(book, write, bring_in):
    bring_in(write("Account.csv", "Id,Name", f"{ACME},Acme", f"{APEX},Acme"))
    staged = bring_in(
        write("Account.csv", "Id,Name", f"{ACME},Acme", f"{APEX},Acme"),
        write("Contact.csv", "Account Name,Last Name,Email", "Acme,Boss,jo@acme.test"),
    )
    assert staged.quarantined == 1
    assert book.connection.execute("select count(*) from person").fetchone() == (0,)


def test_an_export_of_many_files_comes_as_a_zip(book, tmp_path, bring_in):
    path = tmp_path / "WE_1.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Account.csv", "\n".join(ACCOUNTS))
        archive.writestr("Contact.csv", f"Id,AccountId,LastName\n003Nq00000MXh2C,{ACME},Boss\n")
    bring_in(path)
    assert len(book.people.of(book.accounts.only("Acme").id)) == 1


def test_a_query_result_in_json_comes_in(book, write, bring_in):
    record = {"attributes": {"type": "Account"}, "Id": ACME, "Name": "Acme", "Industry": None}
    text = json.dumps({"status": 0, "result": {"done": True, "records": [record]}})
    bring_in(write("accounts.json", text))
    assert [a.name for a in book.accounts.all()] == ["Acme"]


def test_a_mapping_can_be_changed_kept_and_used_again(book, write):
    path = write("Account 2026-03-01.csv", "Id,Name,Region,Industry", f"{ACME},Acme,EMEA,Energy")
    (proposed,) = look([path]).mappings
    assert {c.header: c.target for c in proposed.columns} == {
        "Id": "account.id", "Name": "account.name", "Region": "", "Industry": "account.sector",
    }  # fmt: skip
    edited = proposed.with_target("Region", "account.segment").with_target("Industry", "")
    kept = from_json(json.loads(json.dumps(edited.to_json())))
    assert kept == edited
    staged = stage([path], book.path, Options(mappings={path.name: kept}))
    counted = {c.header: (c.target, c.filled) for c in staged.mappings[0].columns}
    assert counted["Region"] == ("account.segment", 1)
    assert counted["Industry"] == ("", 0)
    staged.discard()


def test_a_mapping_that_names_no_field_is_refused():
    with pytest.raises(UserError, match="mapping cannot be read"):
        from_json({"file": "a", "object": "account", "columns": [{"header": "x", "target": "a.b"}]})


def test_trees_of_records_with_the_same_references_stay_apart(book, write, bring_in):
    for number, name in enumerate(("Acme", "Zenith")):
        attributes = {"type": "Account", "referenceId": "AccountRef1"}
        tree = {"records": [{"attributes": attributes, "Name": name, "Industry": "Energy"}]}
        path = write(f"{number}/Accounts.json", json.dumps(tree))
        bring_in(path)
        again = stage([path], book.path, Options(as_of=date(2026, 3, 1)))
        assert not again.is_new
        again.discard()
    assert sorted(a.name for a in book.accounts.all()) == ["Acme", "Zenith"]


def test_contact_roles_of_deals_become_seats(book, write, acme, bring_in):
    bring_in(write("Contact.csv", "Id,AccountId,LastName", f"003Nq00000MXh2C,{ACME},Boss"))
    bring_in(
        write(
            "OpportunityContactRole.csv",
            "Id,OpportunityId,ContactId,Role,IsPrimary",
            "00KNq00000AbCdE,006Nq00000BGi8P,003Nq00000MXh2C,Decision Maker,true",
            "00KNq00000AbCdF,006Nq00000BGi8Q,003Nq00000MXh2C,Decision Maker,false",
        )
    )
    (seat,) = book.seats.of(acme)
    assert seat.role is Role.DECIDES
    assert seat.person_id == book.people.of(acme)[0].id


def test_a_cell_of_thousands_of_ids_is_read_to_its_end(book, write, bring_in):
    ids = ";".join(("1", *(f"9{n:07}" for n in range(5_000))))
    bring_in(write("companies.csv", "Record ID,Company name", "1,Acme", "90004999,Last"))
    staged = bring_in(
        write("deals.csv", "Record ID,Deal Name,Deal Stage,Associated Company IDs",
              f"5,Big,won,{ids}", f"6,{'x' * 40_000},won,1"),
    )  # fmt: skip
    (snapshot,) = [s for s in book.snapshots.all() if s.counts.get("opportunity new")]
    found = {(q.row, q.column) for q in book.snapshots.quarantined(snapshot.id)}
    assert (3, "Deal Name") in found
    assert not any(column == "Associated Company IDs" for _, column in found)
    assert staged.counts["opportunity"]["new"] == 2
