"""What ended in the CRM and goes on there goes on in the book, whatever empty cells mean."""

from datetime import date

import pytest

from csplanner.crm.importing import Options, apply, stage

ACME = "001Nq00000J1Mpf"
FIRST, LATER = date(2026, 3, 1), date(2026, 3, 8)


@pytest.fixture
def staged(book, write, bring_in):
    bring_in(write("Account.csv", "Id,Name", f"{ACME},Acme"), as_of=FIRST)
    made = []

    def run(name, head, line, day=LATER, **options):
        made.append(stage([write(name, head, line)], book.path, Options(as_of=day, **options)))
        return made[-1]

    yield run
    for found in made:
        found.discard()


def moved(staged):
    with staged.pages() as pages:
        return {c.field: (c.was, c.becomes, c.how) for c in pages.fields()}


def test_a_case_that_is_open_again_has_no_day_it_was_closed_on(book, staged):
    head = "Id,CaseNumber,AccountId,Subject,Status,IsClosed,ClosedDate,CreatedDate"
    case = f"500Nq00000C1aaa,1,{ACME},Slow"
    apply(book, staged("Case.csv", head, f"{case},Closed,true,2026-02-20,2026-02-01", day=FIRST))
    found = staged("Case.csv", head, f"{case},Working,false,,2026-02-01")
    assert moved(found) == {
        "status": ("Closed", "Working", ""),
        "closed_on": ("2026-02-20", None, "reopened"),
        "is_closed": ("1", "0", ""),
    }
    apply(book, found)
    read = "select is_closed, closed_on from support_case"
    assert book.connection.execute(read).fetchone() == (0, None)
    history = book.connection.execute(
        "select was, became from field_history where field = 'closed_on'"
    ).fetchone()
    assert history == ("2026-02-20", None)


def test_a_file_that_says_nothing_of_it_opens_no_case_again(book, staged):
    head = "Id,CaseNumber,AccountId,Subject,IsClosed,ClosedDate"
    apply(book, staged("Case.csv", head, f"500Nq00000C1aaa,1,{ACME},Slow,true,2026-02-20"))
    found = staged("Case.csv", "Id,CaseNumber,AccountId,Subject", f"500Nq00000C1aaa,1,{ACME},Lame")
    assert moved(found) == {"subject": ("Slow", "Lame", "")}


def test_a_deal_that_is_open_again_has_no_reason_it_was_lost_for(book, staged):
    head = "Id,AccountId,Name,StageName,CloseDate,IsClosed,IsWon,Loss_Reason__c"
    deal = f"006Nq00000D1aaa,{ACME},More seats"
    lost = staged("Opportunity.csv", head, f"{deal},Closed Lost,2026-02-20,true,false,Price")
    apply(book, lost)
    found = staged("Opportunity.csv", head, f"{deal},Proposal,2026-06-30,false,false,")
    told = moved(found)
    assert told["state"][:2] == ("lost", "open")
    assert told["loss_reason"] == ("Price", None, "reopened")
    apply(book, found)
    read = "select state, loss_reason, close_on from opportunity"
    assert book.connection.execute(read).fetchone() == ("open", "", "2026-06-30")


def test_somebody_who_is_back_has_not_left(book, staged):
    head = "Id,AccountId,LastName,Email,Left Company,Left on"
    ann = f"003Nq00000A1aaa,{ACME},Lee,ann@acme.test"
    apply(book, staged("Contact.csv", head, f"{ann},true,2026-02-20"))
    found = staged("Contact.csv", head, f"{ann},false,", day=date(2026, 3, 15))
    assert moved(found) == {
        "status": ("left", "active", ""),
        "left_on": ("2026-02-20", None, "reopened"),
    }
    apply(book, found)
    assert book.connection.execute("select status, left_on from person").fetchone() == (
        "active", None
    )  # fmt: skip


def test_somebody_the_crm_lacked_and_has_again_is_vouched_for(book, staged):
    head, ann = "Id,AccountId,LastName,Email", f"003Nq00000A1aaa,{ACME},Lee,ann@acme.test"
    bob = f"003Nq00000A1bbb,{ACME},Ray,bob@acme.test"
    apply(book, staged("Contact.csv", head, f"{ann}\n{bob}", day=FIRST))
    apply(book, staged("Contact.csv", head, bob, complete=("person",)))
    read = "select status from person order by name"
    assert book.connection.execute(read).fetchall() == [("unverified",), ("active",)]
    found = staged("Contact.csv", head, f"{ann}\n{bob}", day=date(2026, 3, 15))
    assert moved(found) == {"status": ("unverified", "active", "reopened")}
    apply(book, found)
    assert book.connection.execute(read).fetchall() == [("active",), ("active",)]
