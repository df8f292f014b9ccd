"""What a snapshot brings is told as news: once, ranked, kept with its import and gone with it."""

from datetime import date

import pytest

from csplanner.book.erase import erase
from csplanner.domain.news import NewsKind, digest, money_moves
from csplanner.domain.news_digest import entry_text, sums_text
from csplanner.domain.news_words import sentence

MONDAY, NEXT, THIRD = date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 11)
FILES = {
    "Account.csv": (
        "Id,Name,Industry,ARR__c,CurrencyIsoCode,Owner.Name",
        "001Nq00000J1Mp1,Tern,Airline,400000,USD,Ann Lee",
        "001Nq00000J1Mp2,Acme,Energy,1000,EUR,Ann Lee",
        "001Nq00000J1Mp3,Apex,Retail,2000,EUR,Ann Lee",
    ),
    "Contact.csv": (
        "Id,AccountId,FirstName,LastName,Title,Email,Role__c,No_Longer_at_Company__c",
        "003Nq00000J1Mp1,001Nq00000J1Mp1,Dana,Whitfield,COO,dana@tern.test,champion,false",
        "003Nq00000J1Mp2,001Nq00000J1Mp2,Zoe,Lind,CFO,zoe@acme.test,finance,false",
    ),
    "Contract.csv": (
        "Id,AccountId,StartDate,EndDate,ARR__c,CurrencyIsoCode,Status",
        "800Nq00000J1Mp1,001Nq00000J1Mp1,2025-05-01,2026-04-30,400000,USD,Activated",
    ),
    "Opportunity.csv": (
        "Id,AccountId,Name,StageName,Amount,CurrencyIsoCode,CloseDate,IsClosed,IsWon",
        "006Nq00000J1Mp1,001Nq00000J1Mp1,More seats,Proposal,9000,USD,2026-04-01,false,false",
        "006Nq00000J1Mp2,001Nq00000J1Mp2,Renewal,Proposal,1000,EUR,2026-05-01,false,false",
    ),
    "Case.csv": (
        (
            "Id,CaseNumber,AccountId,Subject,Status,Priority,CreatedDate,ClosedDate,IsClosed,"
            "IsEscalated"
        ),
        "500Nq00000J1Mp1,1,001Nq00000J1Mp1,Slow,New,Low,2026-02-20,,false,false",
        "500Nq00000J1Mp2,2,001Nq00000J1Mp2,Down,Closed,Low,2026-02-20,2026-02-25,true,false",
    ),
    "Usage.csv": (
        "AccountId,AsOf,SeatsBought,SeatsActive",
        "001Nq00000J1Mp1,2026-03-02,100,90",
        "001Nq00000J1Mp2,2026-03-02,10,9",
    ),
}
CHANGES = (
    ("Dana,Whitfield,COO,dana@tern.test,champion,false",
     "Dana,Whitfield,COO,dana@tern.test,champion,true"),
    ("2026-04-30,400000", "2026-05-15,400000"),
    ("Airline,400000,USD,Ann Lee", "Airline,380000,USD,Bo Orr"),
    ("Proposal,9000,USD,2026-04-01", "Negotiation,6000,USD,2026-06-01"),
    ("Renewal,Proposal,1000,EUR,2026-05-01,false,false",
     "Renewal,Won,1000,EUR,2026-05-01,true,true"),
    ("Slow,New,Low,2026-02-20,,false,false", "Slow,New,Low,2026-02-20,,false,true"),
    ("Down,Closed,Low,2026-02-20,2026-02-25,true", "Down,New,Low,2026-02-20,,false"),
    ("2026-03-02,100,90", "2026-03-09,100,40"),
    ("2026-03-02,10,9", "2026-03-09,10,9"),
    ("Acme,Energy", "Acme,Utilities"),
)  # fmt: skip


@pytest.fixture
def snapshot(write, bring_in, book):
    """Brings the files in with some of their words changed; returns the snapshot."""

    def run(day, *changes, more=(), names=tuple(FILES), **options):
        files = []
        for name in names:
            text = "\n".join([*FILES[name], *(line for file, line in more if file == name)])
            for old, new in changes:
                text = text.replace(old, new)
            files.append(write(f"{day}/{name}", *text.split("\n")))
        bring_in(*files, as_of=day, source="Salesforce", **options)
        return book.snapshots.all()[0]

    return run


def said(book, snapshot):
    return {sentence(t, snapshot.as_of) for t in book.news.of(snapshot.id)}


def test_the_first_import_is_one_summary_and_what_needs_eyes(book, snapshot):
    first = snapshot(MONDAY, ("Slow,New,Low", "Slow,New,Urgent"))
    assert said(book, first) == {
        (
            "3 accounts, 2 people, 2 roles, 1 contract term, 2 deals, 2 cases and 4 figures came "
            "in for the first time"
        ),
        "Tern: Urgent case “Slow”",
    }


def test_a_later_snapshot_is_told_in_plain_words(book, snapshot):
    snapshot(MONDAY)
    later = snapshot(
        NEXT, *CHANGES,
        more=[
            ("Account.csv", "001Nq00000J1Mp4,Fern,Retail,500,EUR,Ann Lee"),
            ("Contact.csv", "003Nq00000J1Mp3,001Nq00000J1Mp1,Ida,Moe,CEO,ida@tern.test,,false"),
            ("Contact.csv", "003Nq00000J1Mp4,001Nq00000J1Mp4,Jo,Fern,CEO,jo@fern.test,,false"),
        ],
    )  # fmt: skip
    assert said(book, later) == {
        "Dana Whitfield, champion at Tern, has left",
        "Ida Moe of Tern is new",
        "Tern: Renewal moved from 30 Apr to 15 May",
        "Tern: ARR down from $400k to $380k",
        "Tern: The owner changed from Ann Lee to Bo Orr",
        "Tern: Close date of “More seats” moved from 1 Apr to 1 Jun",
        "Tern: “More seats” down from $9k to $6k",
        "Tern: “More seats” went from Proposal to Negotiation",
        "Tern: Case escalated: “Slow”",
        "Tern: Seats in use fell from 90 to 40",
        "Acme: Won “Renewal”, €1k",
        "Acme: Case open again: “Down”",
        "Fern: New account, with 1 person",
        "1 account has new usage figures or answers",
        "1 smaller detail changed at 1 account",
    }
    top = book.news.of(later.id)[0]
    assert (top.news.kind, top.news.object) == (NewsKind.LEFT, "person")
    assert book.people.get(top.news.row_id).name == "Dana Whitfield"


def test_dates_that_move_again_say_how_often(book, snapshot):
    for day, end in ((MONDAY, "30"), (NEXT, "15"), (THIRD, "20")):
        found = snapshot(day, ("2026-04-30", f"2026-04-{end}"), names=tuple(FILES)[:3])
    assert "Tern: Renewal moved from 15 Apr to 20 Apr, the second time" in said(book, found)


def test_news_go_with_the_undo_of_their_import_and_come_again(book, snapshot):
    snapshot(MONDAY)
    before = book.connection.execute("select * from news order by id").fetchall()
    later = snapshot(NEXT, *CHANGES)
    lines = book.news.of(later.id)
    assert book.news.latest() == later
    book.undo()
    assert book.connection.execute("select * from news order by id").fetchall() == before
    assert book.news.latest().as_of == MONDAY
    book.redo()
    assert book.news.of(later.id) == lines


def test_the_same_snapshot_twice_tells_nothing(book, snapshot):
    snapshot(MONDAY)
    book.refresh()
    again = snapshot(NEXT, names=tuple(FILES)[:3])
    assert book.news.of(again.id) == []
    assert book.news.count(again.id) == 0


def test_what_you_refuse_is_no_news(book, snapshot):
    snapshot(MONDAY)
    tern = book.accounts.only("Tern").id
    book.accounts.update(tern, owner="Cy Day")
    later = snapshot(NEXT, ("Airline,400000,USD,Ann Lee", "Airline,400000,USD,Bo Orr"))
    assert not [t for t in book.news.of(later.id) if t.news.kind is NewsKind.OWNER]


def test_accounts_that_are_missing_and_there_again_are_told(book, snapshot):
    snapshot(MONDAY)
    gone = ("001Nq00000J1Mp3,Apex,Retail,2000,EUR,Ann Lee\n", "")
    without = ("\n001Nq00000J1Mp3,Apex,Retail,2000,EUR,Ann Lee", "")
    names = ("Account.csv",)
    missing = snapshot(NEXT, gone, without, names=names, scope="full")
    assert said(book, missing) == {"Apex: No longer in the CRM’s files, kept in your book"}
    back = snapshot(THIRD, names=names, scope="full")
    assert said(book, back) == {"Apex: In the CRM’s files again"}


def test_what_the_crm_deleted_or_merged_is_told(book, write, bring_in):
    head = "Id,Name,ARR__c,CurrencyIsoCode,IsDeleted,MasterRecordId"
    ids = [f"001Nq00000J1Mp{n}" for n in range(1, 5)]
    cases = "Id,CaseNumber,AccountId,Subject,Status,Priority,CreatedDate,IsClosed,IsDeleted"
    case = f"500Nq00000J1Mp1,1,{ids[0]},Slow,New,Low,2026-02-20,false,"

    def bring(day, apex="false,", fern="false,", gone="false"):
        rows = [f"{ids[0]},Tern,4,EUR,false,", f"{ids[1]},Acme,3,EUR,false,",
                f"{ids[2]},Apex,2,EUR,{apex}", f"{ids[3]},Fern,1,EUR,{fern}"]  # fmt: skip
        bring_in(
            write(f"{day}/Account.csv", head, *rows),
            write(f"{day}/Case.csv", cases, case + gone),
            as_of=day,
        )
        return book.snapshots.all()[0]

    bring(MONDAY)
    later = bring(NEXT, f"true,{ids[1]}", "true,", "true")
    assert said(book, later) == {
        "Acme: Apex was merged into it in the CRM, its ARR of €2 was not added",
        "Fern: Deleted in the CRM, archived in your book",
        "Tern: The case “Slow” was deleted in the CRM",
    }
    assert sums_text(money_moves(book.news.of(later.id))) == ["ARR down €3 (2)"]


def test_an_account_keeps_its_news_and_the_judgement_hears_them(book, snapshot):
    snapshot(MONDAY)
    snapshot(NEXT, *CHANGES)
    tern = book.accounts.only("Tern").id
    book.refresh()
    kinds = {t.news.kind for t in book.news.of_account(tern)}
    assert {NewsKind.LEFT, NewsKind.RENEWAL_MOVED, NewsKind.ARR} <= kinds
    _, judgement = book.derived.judge(tern)
    (signal,) = [s for s in judgement.signals if s.kind == "crm_moved"]
    texts = {e.text for e in signal.evidence}
    assert "Renewal moved from 30 Apr to 15 May" in texts
    assert {e.as_of for e in signal.evidence} == {NEXT}


def test_an_erased_person_is_in_no_news(book, snapshot):
    snapshot(MONDAY)
    snapshot(NEXT, *CHANGES, ("dana@tern.test,champion", "dana@tern.test,sponsor"),
             ("Dana,Whitfield,COO", "Dana,Whitfield,Whitfield’s own title"))  # fmt: skip
    (dana,) = [p for p in book.people.all() if p.name == "Dana Whitfield"]
    assert any(t.news.row_id == dana.id for t in book.news.since(MONDAY))
    book.undo()
    book.redo()
    erase(book, dana.id)
    assert not any(t.news.row_id == dana.id for t in book.news.since(MONDAY))
    whole = "\n".join(line for line in book.connection.iterdump() if '"news"' in line)
    assert "Whitfield" not in whole
    assert dana.id not in whole
    images = book.connection.execute(
        "select before, after from change_row where tbl = 'news'"
    ).fetchall()
    assert dana.id not in str(images)


def test_thousands_of_a_kind_keep_the_heaviest_and_the_number(book, write, bring_in):
    head = "Id,Name,ARR__c,CurrencyIsoCode"
    rows = [f"001Nq{n:010d},Account {n},{n + 1000},EUR" for n in range(1_200)]
    bring_in(write("a/Account.csv", head, *rows), as_of=MONDAY)
    fewer = [row.replace(",EUR", "0,EUR") for row in rows]
    bring_in(write("b/Account.csv", head, *fewer), as_of=NEXT)
    told = book.news.of(book.snapshots.all()[0].id)
    assert len(told) == 1_001
    assert book.news.count(book.snapshots.all()[0].id) == 1_200
    *alone, rest = digest(told)
    assert len(alone) == 6
    assert entry_text(rest, NEXT) == "1,194 more accounts changed their ARR"
