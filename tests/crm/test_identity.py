"""Which account or person of the book a row of a file is, and what deletions and merges do."""

from datetime import date, timedelta

import pytest

from csplanner.crm.importing import Options, apply, stage
from csplanner.domain.account import Account, AccountId
from csplanner.domain.person import Person, PersonStatus, Role, Seat

DAY = date(2026, 3, 1)
ACME, APEX, ZEN = "001Nq00000J1MpfIAF", "001Nq00000J1MpeIAF", "001Nq00000J1MphIAF"


@pytest.fixture
def bring(book, write):
    """Stages lines of files by name, lets the caller decide, and applies them."""

    def run(files, decide=None, week=0, **options):
        paths = [write(f"{name}.csv", *lines) for name, lines in files.items()]
        said = Options(as_of=DAY + timedelta(days=7 * week), **options)
        staged = stage(paths, book.path, said)
        try:
            with staged.pages() as pages:
                answer = decide(pages) if decide else None
            apply(book, staged)
        finally:
            staged.discard()
        return answer

    return run


def accounts(*rows, head="Id,Name,Website"):
    return {"Account": (head, *rows)}


def names(book):
    return sorted(a.name for a in book.accounts.all())


def _states(pages):
    return [(m.name, m.how, m.state, m.shares) for m in pages.matches()]


# Suggestions


def test_a_name_is_only_suggested_where_the_file_has_ids(book, bring):
    book.accounts.add(Account(AccountId(""), "Acme", owner="Jo"))
    head = "Id,Name,Owner.Name"
    seen = bring(accounts(f"{ACME},Acme,Jo", head=head), _states)
    assert seen == [("Acme", "name", "open", ("owner",))]
    assert names(book) == ["Acme", "Acme"]


def test_a_suggestion_that_is_confirmed_makes_no_second_account(book, bring):
    mine = book.accounts.add(Account(AccountId(""), "Acme"))
    given = {}

    def confirm(pages):
        (match,) = pages.matches(state="open")
        given.update(pages.answer_matches({match.ext: match.account_id}))

    path = accounts(f"{ACME},Acme,")
    # Answered while looking: what is applied is staged anew with the answer.
    staged_only(book, bring, path, confirm)
    counts = bring(path, lambda pages: pages.match_counts(), matches=given)
    assert (counts["chosen"], counts["new"]) == (1, 0)
    assert [a.id for a in book.accounts.all()] == [mine.id]
    assert bring(path, lambda pages: pages.match_counts(), week=1)["id"] == 1


def staged_only(book, bring, files, decide):
    """Look at what would come without applying it."""

    class Stop(Exception):  # noqa: N818 - no error
        pass

    def look(pages):
        decide(pages)
        raise Stop

    with pytest.raises(Stop):
        bring(files, look)


def test_every_clear_name_can_be_taken_at_once(book, bring):
    mine = book.accounts.add(Account(AccountId(""), "Acme"))
    bring(accounts(f"{ACME},Acme,", f"{APEX},Apex,"), same_names=True)
    assert names(book) == ["Acme", "Apex"]
    assert mine.id in {a.id for a in book.accounts.all()}


def test_of_several_accounts_of_one_name_none_is_taken(book, bring):
    for _ in range(2):
        book.accounts.add(Account(AccountId(""), "Acme"))
    seen = bring(accounts(f"{ACME},Acme,"), _states, same_names=True)
    assert [state for _, _, state, _ in seen] == ["ambiguous", "ambiguous"]
    assert len(book.accounts.all()) == 3


def test_a_report_by_name_finds_the_account_and_can_be_refused(book, bring):
    mine = book.accounts.add(Account(AccountId(""), "Acme"))
    report = {"Accounts": ("Account Name,Industry", "Acme,Energy")}
    seen = []
    staged_only(book, bring, report, lambda pages: seen.extend(pages.matches(how="name")))
    (match,) = seen
    assert (match.ext, match.state, match.account_id) == ("name:acme", "taken", mine.id)
    bring(report, matches={"name:acme": "new"})
    assert names(book) == ["Acme", "Acme"]
    assert book.accounts.get(mine.id).sector == ""


def test_a_report_by_an_unclear_name_is_set_aside(book, bring):
    for _ in range(2):
        book.accounts.add(Account(AccountId(""), "Acme"))
    report = {"Accounts": ("Account Name,Industry", "Acme,Energy", "Zenith,Retail")}
    reasons = bring(report, lambda pages: [q.reason for q in pages.quarantined()])
    assert reasons == ["Several accounts of your book have this name. Say which one is meant."]
    assert names(book) == ["Acme", "Acme", "Zenith"]


def test_the_name_of_another_sources_account_is_asked_for(book, bring):
    bring({"Accounts": ("account_id,account_name", "1,Acme")}, source="Billing")
    report = {"Accounts": ("Account Name,Industry", "Acme,Energy")}
    assert bring(report, _states, source="Support") == [("Acme", "name", "open", ())]


@pytest.mark.parametrize(("host", "count"), [("acme.test", 1), ("linkedin.com", 2)])
def test_a_domain_anybody_may_have_tells_nothing(book, bring, host, count):
    book.accounts.add(Account(AccountId(""), "Old name", domain=host))
    bring(accounts(f"{ACME},Acme,https://{host}/acme"))
    assert len(book.accounts.all()) == count


def test_somebody_of_no_account_is_found_by_an_e_mail_only_one_has(book, bring):
    acme = book.accounts.add(Account(AccountId(""), "Acme"))
    mine = book.people.add(Person("", acme.id, "Jo", email="jo@acme.test"))
    bring({"Contact": ("Id,LastName,Email,Title", "003Nq00000MXh2CIAT,Jones,Jo@acme.test,CFO")})
    assert [(p.id, p.title) for p in book.people.of(acme.id)] == [(mine.id, "CFO")]


# Deleted in the CRM

DELETED = "Id,IsDeleted,Name,Website"


def test_a_deleted_account_is_archived_unless_it_is_refused_and_comes_back(book, bring):
    bring(accounts(f"{ACME},Acme,", f"{APEX},Apex,"))
    gone = accounts(f"{ACME},true,Acme,", f"{APEX},false,Apex,", head=DELETED)

    def refuse(pages):
        (change,) = pages.fields()
        assert (change.field, change.how, change.take) == ("archived", "gone", True)
        pages.decide([change.id], take=False)

    bring(gone, refuse, week=1)
    assert names(book) == ["Acme", "Apex"]
    bring(gone, week=2)
    assert names(book) == ["Apex"]
    back = accounts(f"{ACME},Acme,", f"{APEX},Apex,")
    assert bring(back, lambda pages: [c.field for c in pages.fields()], week=3) == ["archived"]
    assert names(book) == ["Acme", "Apex"]
    book.undo()
    assert names(book) == ["Apex"]


def test_an_account_you_archived_stays_away(book, bring):
    bring(accounts(f"{ACME},Acme,"))
    book.accounts.archive(book.accounts.only("Acme").id)
    assert bring(accounts(f"{ACME},Acme,"), lambda p: p.fields(), week=1) == []
    assert names(book) == []


DEAL = "006Nq00000BGi8PIAT"
DEALS = "Id,IsDeleted,AccountId,Name,StageName,CloseDate"


def deal(gone="false", account=ACME):
    return {"Opportunity": (DEALS, f"{DEAL},{gone},{account},Deal,Open,2026-06-30")}


def test_a_deleted_deal_is_kept_aside_whole_and_undo_brings_it_back(book, bring):
    bring(accounts(f"{ACME},Acme,") | deal())
    acme = book.accounts.only("Acme").id
    bring(deal("true"), lambda p: [g.title for g in p.gone()] == ["Deal"], week=1)
    assert book.opportunities.of(acme) == ()
    (kept,) = book.archived_records.of(acme)
    assert (kept.title, kept.tbl, kept.gone_on) == ("Deal", "opportunity", date(2026, 3, 8))
    assert kept.image["stage"] == "Open"
    book.undo()
    assert [o.name for o in book.opportunities.of(acme)] == ["Deal"]
    book.redo()
    bring(deal(), week=2)
    assert [o.name for o in book.opportunities.of(acme)] == ["Deal"]
    assert book.archived_records.of(acme) == ()


def test_a_deleted_deal_you_worked_on_stays_unless_you_let_it_go(book, bring):
    bring(accounts(f"{ACME},Acme,") | deal())
    acme = book.accounts.only("Acme").id
    book.opportunities.update(book.opportunities.of(acme)[0].id, next_step="Call")

    def look(pages):
        (gone,) = pages.gone()
        return gone.take, gone.reason

    assert bring(deal("true"), look, week=1) == (False, "You changed it, so it stays.")
    assert len(book.opportunities.of(acme)) == 1
    bring(deal("true"), lambda pages: pages.decide_gone(None, take=True), week=2)
    assert len(book.opportunities.of(acme)) == 0


# What is missing

PEOPLE = "Id,AccountId,LastName,Email"
JO, KIM = "003Nq00000MXh2CIAT", "003Nq00000MXh2DIAT"


def people(*rows):
    return {"Contact": (PEOPLE, *rows)}


def test_only_a_complete_file_doubts_who_is_not_in_it(book, bring):
    both = people(f"{JO},{ACME},Jo,", f"{KIM},{ACME},Kim,")
    bring(accounts(f"{ACME},Acme,") | both)
    acme = book.accounts.only("Acme").id
    bring(people(f"{JO},{ACME},Jo,"), week=1)
    assert {p.status for p in book.people.of(acme)} == {PersonStatus.ACTIVE}
    bring(people(f"{JO},{ACME},Jo,"), week=2, complete=("person",))
    status = {p.name: p.status for p in book.people.of(acme)}
    assert status == {"Jo": PersonStatus.ACTIVE, "Kim": PersonStatus.UNVERIFIED}


def test_completeness_speaks_of_one_owner_only(book, bring):
    head = "Id,Name,Owner.Name"
    bring(accounts(f"{ACME},Acme,Maren", f"{APEX},Apex,Maren", f"{ZEN},Zenith,Ole", head=head))
    mine = accounts(f"{ACME},Acme,Maren", head=head)
    bring(mine, week=1, complete=("account",), within="maren")
    missing = {a.name for a in book.accounts.all() if a.missing_since}
    assert missing == {"Apex"}


def test_open_deals_a_complete_file_lacks_are_listed_and_kept(book, bring):
    other = "006Nq00000BGi8QIAT,false," + ACME + ",Other,Open,2026-07-31"
    both = {"Opportunity": (*deal()["Opportunity"], other)}
    bring(accounts(f"{ACME},Acme,") | both)
    seen = bring(deal(), lambda p: [a.title for a in p.absent()], week=1, complete=("opportunity",))
    assert seen == ["Other"]
    assert len(book.opportunities.of(book.accounts.only("Acme").id)) == 2


# Empty cells

WIDE = "Id,Name,BillingCity,Industry,ARR__c,CurrencyIsoCode"


def test_empty_cells_clear_only_when_asked_and_never_what_you_set(book, bring):
    full = accounts(f"{ACME},Acme,Oslo,Energy,1000,EUR", head=WIDE)
    empty = accounts(f"{ACME},Acme,,,,", head=WIDE)
    bring(full)
    acme = book.accounts.only("Acme").id
    book.accounts.update(acme, city="Bergen")
    bring(empty, week=1)
    assert book.accounts.get(acme).sector == "Energy"
    cleared = bring(
        empty, lambda p: {c.field: (c.was, c.becomes) for c in p.fields()}, week=2, blanks="clear"
    )
    assert cleared == {"sector": ("Energy", None), "arr": ("100000 EUR", None)}
    found = book.accounts.get(acme)
    assert (found.city, found.sector, found.arr.value) == ("Bergen", "", None)
    book.undo()
    assert book.accounts.get(acme).sector == "Energy"


def test_a_cell_that_cannot_be_read_clears_nothing(book, bring):
    bring(accounts(f"{ACME},Acme,Oslo,Energy,1000,EUR", head=WIDE))
    bring(accounts(f"{ACME},Acme,,Energy,lots,EUR", head=WIDE), week=1, blanks="clear")
    assert book.accounts.only("Acme").arr.value.minor == 100_000
    bring(accounts(f"{ACME},Acme,,Energy,,EUR", head=WIDE), week=2, blanks="clear")
    assert book.accounts.only("Acme").arr.value is None


def test_a_column_the_file_lacks_clears_nothing(book, bring):
    bring(accounts(f"{ACME},Acme,Oslo,Energy,1000,EUR", head=WIDE))
    bring(accounts(f"{ACME},Acme,"), week=1, blanks="clear")
    assert book.accounts.only("Acme").city == "Oslo"


# Rules for a field


def _edited(book, bring):
    bring(accounts(f"{ACME},Acme,Oslo,Energy,,", head=WIDE))
    acme = book.accounts.only("Acme").id
    book.accounts.update(acme, city="Bergen")
    return acme, accounts(f"{ACME},Acme,Oslo,Energy,,", head=WIDE)


@pytest.mark.parametrize(("whose", "city"), [("theirs", "Oslo"), ("mine", "Bergen")])
def test_a_rule_decides_its_field_from_then_on_and_goes_with_undo(book, bring, whose, city):
    acme, again = _edited(book, bring)
    bring(again, lambda p: p.set_rule("account", "city", whose), week=1)
    assert book.accounts.get(acme).city == city
    assert [(r.object, r.field, r.whose) for r in book.field_rules.all()] == [
        ("account", "city", whose)
    ]
    book.accounts.update(acme, city="Tromsø")
    reasons = bring(again, lambda p: [(c.take, c.reason) for c in p.fields()], week=2)
    words = {"theirs": (True, "You always take theirs."), "mine": (False, "You always keep yours.")}
    assert reasons == [words[whose]]
    for _ in range(3):
        book.undo()
    assert list(book.field_rules.all()) == []
    assert book.accounts.get(acme).city == "Bergen"


# Merged in the CRM

MERGED = "Id,IsDeleted,MasterRecordId,Name"


def test_accounts_merged_in_the_crm_are_merged_here_with_what_hangs_on_them(book, bring):
    bring(accounts(f"{ACME},Acme,", f"{APEX},Apex,") | deal(account=APEX))
    acme, apex = book.accounts.only("Acme").id, book.accounts.only("Apex").id
    merged = accounts(f"{APEX},true,{ACME},Apex", f"{ACME},false,,Acme", head=MERGED)
    seen = bring(merged, lambda p: [(m.loser, m.master) for m in p.merges()], week=1)
    assert seen == [("Apex", "Acme")]
    assert names(book) == ["Acme"]
    assert [o.name for o in book.opportunities.of(acme)] == ["Deal"]
    # Later files may still name the one that was merged.
    assert bring(merged, lambda p: (p.merges(), p.fields()), week=2) == ([], [])
    bring(deal(account=APEX), week=3)
    assert len(book.opportunities.of(acme)) == 1
    for _ in range(3):
        book.undo()
    assert names(book) == ["Acme", "Apex"]
    assert len(book.opportunities.of(apex)) == 1


def test_who_is_merged_into_itself_or_in_a_circle_stays(book, bring):
    rows = (f"{ACME},false,{ACME},Acme", f"{APEX},false,{ZEN},Apex", f"{ZEN},,{APEX},Zen")
    bring(accounts(*rows, head=MERGED))
    assert names(book) == ["Acme", "Apex", "Zen"]


def test_a_merge_one_refuses_leaves_both(book, bring):
    bring(accounts(f"{ACME},Acme,", f"{APEX},Apex,"))
    merged = accounts(f"{APEX},true,{ACME},Apex", f"{ACME},false,,Acme", head=MERGED)
    bring(merged, lambda p: p.decide_merges(None, take=False), week=1)
    assert names(book) == ["Acme", "Apex"]


def test_merged_people_become_one_with_their_roles(book, bring):
    bring(accounts(f"{ACME},Acme,") | people(f"{JO},{ACME},Jo,", f"{KIM},{ACME},Jo K,"))
    acme = book.accounts.only("Acme").id
    kim = next(p for p in book.people.of(acme) if p.name == "Jo K")
    book.seats.add(Seat("", acme, Role.CHAMPION, kim.id))
    head = "Id,AccountId,LastName,MasterRecordId,IsDeleted"
    bring({"Contact": (head, f"{JO},{ACME},Jo,,false", f"{KIM},{ACME},Jo K,{JO},true")}, week=1)
    (person,) = book.people.of(acme)
    assert [s.person_id for s in book.seats.of(acme)] == [person.id]
    book.undo()
    assert len(book.people.of(acme)) == 2


# Snapshots in another order


def test_an_older_snapshot_tells_what_was_known_then(book, bring):
    head = "Id,Name,Industry"
    values = {0: "A", 1: "B", 2: "C", 3: "B"}
    for week in (3, 1, 2, 0):
        bring(accounts(f"{ACME},Acme,{values[week]}", head=head), week=week)
    acme = book.accounts.only("Acme").id
    assert book.accounts.get(acme).sector == "B"
    known = [
        book.field_history.at("account", acme, DAY + timedelta(days=7 * week))["sector"]
        for week in values
    ]
    assert known == list(values.values())


def test_an_older_snapshot_fills_what_nobody_said_since(book, bring):
    bring(accounts(f"{ACME},Acme,"), week=1)
    bring(accounts(f"{ACME},Acme,Oslo,Energy,,", head=WIDE))
    assert book.accounts.only("Acme").city == "Oslo"


# Moved to another account


def test_a_deal_that_moved_to_another_account_moves_here_too(book, bring):
    bring(accounts(f"{ACME},Acme,", f"{APEX},Apex,") | deal())
    acme, apex = book.accounts.only("Acme").id, book.accounts.only("Apex").id
    seen = bring(deal(account=APEX), lambda p: [(c.was, c.becomes) for c in p.fields()], week=1)
    assert seen == [("Acme", "Apex")]
    assert (len(book.opportunities.of(acme)), len(book.opportunities.of(apex))) == (0, 1)
    book.undo()
    assert len(book.opportunities.of(acme)) == 1


# Decided, then staged again


def test_decisions_are_made_again_on_files_staged_anew(book, bring):
    _, again = _edited(book, bring)
    made = []

    def decide(pages):
        pages.decide([pages.fields()[0].id], take=True)
        made.append(pages.decisions())

    staged_only(book, bring, again, decide)
    bring(again, lambda pages: pages.decide_again(made[0]), week=1)
    assert book.accounts.only("Acme").city == "Oslo"


def test_undo_brings_back_what_moved_to_an_account_that_came_with_the_import(book, bring):
    bring(accounts(f"{ACME},Acme,") | deal())
    acme = book.accounts.only("Acme").id
    bring(accounts(f"{APEX},Apex,") | deal(account=APEX), week=1)
    assert book.opportunities.of(acme) == ()
    book.undo()
    assert [o.name for o in book.opportunities.of(acme)] == ["Deal"]


def test_undo_parts_what_was_merged_into_an_account_that_came_with_the_import(book, bring):
    bring(accounts(f"{APEX},Apex,") | deal(account=APEX) | people(f"{JO},{APEX},Jo,"))
    apex = book.accounts.only("Apex").id
    bring(accounts(f"{APEX},true,{ACME},Apex", f"{ACME},false,,Acme", head=MERGED), week=1)
    assert names(book) == ["Acme"]
    book.undo()
    assert names(book) == ["Apex"]
    assert len(book.opportunities.of(apex)) == len(book.people.of(apex)) == 1


def test_taking_an_older_import_back_keeps_what_you_did_since_and_says_so(book, bring):
    first = accounts(f"{ACME},Acme,", f"{APEX},Apex,")
    bring(first | deal() | people(f"{JO},{ACME},Jo,"))
    acme = book.accounts.only("Acme").id
    changes = accounts(f"{ACME},false,,Acme Group", f"{APEX},true,{ACME},Apex", head=MERGED)
    bring(changes | deal("true"), lambda p: p.set_rule("account", "name", "theirs"), week=1)
    number = book.history(1)[0].id
    book.accounts.update(acme, name="Acme & Sons")
    book.people.update(book.people.of(acme)[0].id, title="CFO")
    done = book.undo_change(number)
    assert done.kept == 1
    assert names(book) == ["Acme & Sons", "Apex"]
    assert [o.name for o in book.opportunities.of(acme)] == ["Deal"]
    assert [p.title for p in book.people.of(acme)] == ["CFO"]
    assert list(book.field_rules.all()) == []
    assert book.archived_records.of(acme) == ()
