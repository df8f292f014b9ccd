"""What was refused of a source stays refused until the source says something else."""

from datetime import date

import pytest

from csplanner.crm.importing import Options, apply, stage

HEAD = "Id,Name,BillingCity,ARR__c,CurrencyIsoCode"
FIRST = date(2026, 3, 1)
ACME = "001Nq00000J1MpfIAF"


@pytest.fixture
def staged(book, write):
    made = []

    def run(day, *lines, name="Account.csv", head=HEAD):
        made.append(stage([write(name, head, *lines)], book.path, Options(as_of=day)))
        return made[-1]

    yield run
    for found in made:
        found.discard()


@pytest.fixture
def known(book, staged):
    apply(book, staged(FIRST, f"{ACME},Acme,Hamburg,1000,EUR"))
    return book.accounts.all()[0].id


def _fields(found):
    with found.pages() as pages:
        return [(c.field, c.becomes, c.take, c.reason) for c in pages.fields()]


def _refuse(found, take=False):
    with found.pages() as pages:
        pages.decide(None, take=take)
    return found


def _refusals(book):
    return book.connection.execute("select field, value, kept_on from refusal").fetchall()


def _arr(book, account):
    return book.accounts.get(account).arr.value.minor


NEW_ARR = f"{ACME},Acme,Hamburg,1200,EUR"


@pytest.mark.parametrize("day", [8, 15])
def test_a_refused_value_stays_refused_while_the_source_says_it(book, staged, known, day):
    assert apply(book, _refuse(staged(date(2026, 3, 8), NEW_ARR))) is not None
    assert _refusals(book) == [("arr", "120000 EUR", book.today.isoformat())]
    again = staged(date(2026, 3, day), NEW_ARR)
    with again.pages() as pages:
        (change,) = pages.fields()
    assert (change.take, change.reason) == (False, "You kept yours.")
    assert change.kept_on == book.today.isoformat()
    applied = apply(book, again)
    assert (applied is None) == (day == 8)
    assert book.connection.execute("select arr from account").fetchone() == (100000,)


def test_another_value_of_the_source_is_asked_about_and_taking_one_forgets(book, staged, known):
    apply(book, _refuse(staged(date(2026, 3, 8), NEW_ARR)))
    found = staged(date(2026, 3, 15), f"{ACME},Acme,Hamburg,1300,EUR")
    assert _fields(found) == [("arr", "130000 EUR", True, "")]
    apply(book, _refuse(found))
    assert [value for _, value, _ in _refusals(book)] == ["130000 EUR"]
    book.undo()
    assert [value for _, value, _ in _refusals(book)] == ["120000 EUR"]
    apply(book, _refuse(staged(date(2026, 3, 15), NEW_ARR), take=True))
    assert _refusals(book) == []
    assert book.connection.execute("select arr from account").fetchone() == (120000,)


def test_an_undone_import_takes_its_refusals_along(book, staged, known):
    apply(book, _refuse(staged(date(2026, 3, 8), NEW_ARR)))
    book.undo()
    assert _refusals(book) == []
    assert _fields(staged(date(2026, 3, 8), NEW_ARR)) == [("arr", "120000 EUR", True, "")]


def test_what_the_source_takes_back_is_asked_about_when_it_says_it_again(book, staged, known):
    apply(book, _refuse(staged(date(2026, 3, 8), NEW_ARR)))
    apply(book, staged(date(2026, 3, 15), f"{ACME},Acme,Kiel,1000,EUR"))
    assert _refusals(book) == []
    found = staged(date(2026, 3, 22), f"{ACME},Acme,Kiel,1200,EUR")
    assert _fields(found) == [("arr", "120000 EUR", True, "")]


def test_a_field_the_source_did_not_touch_since_you_set_yours_is_no_open_conflict(
    book, staged, known
):
    book.accounts.update(known, city="Altona")
    book.accounts.update(known, city="Altona-Nord")
    same = staged(date(2026, 3, 8), f"{ACME},Acme,Hamburg,1000,EUR")
    assert _fields(same) == [("city", "Hamburg", False, "Unchanged in the CRM since you set it.")]
    apply(book, same)
    assert _refusals(book) == []
    moved = staged(date(2026, 3, 15), f"{ACME},Acme,Bremen,1000,EUR")
    assert _fields(moved) == [("city", "Bremen", False, "You set this.")]
    apply(book, moved)
    assert _fields(staged(date(2026, 3, 22), f"{ACME},Acme,Bremen,1000,EUR")) == [
        ("city", "Bremen", False, "You kept yours.")
    ]
    assert _fields(staged(date(2026, 3, 22), f"{ACME},Acme,Hamburg,1000,EUR")) == [
        ("city", "Hamburg", False, "You set this.")
    ]
    assert book.accounts.get(known).city == "Altona-Nord"


def test_an_older_snapshot_refuses_nothing_by_itself(book, staged, known):
    book.accounts.update(known, city="Altona")
    apply(book, staged(date(2026, 2, 1), f"{ACME},Acme,Bremen,900,EUR"))
    assert _refusals(book) == []


def test_a_record_left_out_stays_out_until_it_is_taken(book, staged, known):
    lines = (f"{ACME},Acme,Hamburg,1000,EUR", "001Nq00000J1MpeIAF,Apex,Kiel,5,EUR")
    found = staged(date(2026, 3, 8), *lines)
    with found.pages() as pages:
        pages.decide_new(take=False)
    assert apply(book, found) is not None
    assert apply(book, staged(date(2026, 3, 8), *lines)) is None
    again = staged(date(2026, 3, 15), *lines)
    with again.pages() as pages:
        assert [(r.title, r.take) for r in pages.new("account")] == [("Apex", False)]
        pages.decide_new(take=True)
        made = pages.decisions()
        assert "1 new record stays out, as you decided before." in pages.notes()
    third = staged(date(2026, 3, 15), *lines)
    with third.pages() as pages:
        pages.decide_again(made)
        assert pages.new("account")[0].take
    apply(book, third)
    assert {a.name for a in book.accounts.all()} == {"Acme", "Apex"}
    assert _refusals(book) == []


@pytest.mark.parametrize("meanwhile", [False, True], ids=["at once", "after a change"])
def test_a_record_kept_though_the_source_deleted_it_stays(book, staged, known, meanwhile):
    head = "Id,CaseNumber,AccountId,Subject,Status,IsDeleted"
    case = f"500Nq00000C1aaa,1,{ACME},Slow,New"
    apply(book, staged(FIRST, f"{case},false", name="Case.csv", head=head))
    found = staged(date(2026, 3, 8), f"{case},true", name="Case.csv", head=head)
    with found.pages() as pages:
        pages.decide_gone(None, take=False)
    if meanwhile:
        book.accounts.update(known, next_step="Call Dana")
    apply(book, found)
    assert [c.subject for c in book.cases.of(known)] == ["Slow"]
    again = staged(date(2026, 3, 8), f"{case},true", name="Case.csv", head=head)
    with again.pages() as pages:
        assert [(g.title, g.take) for g in pages.gone()] == [("Slow", False)]
    assert apply(book, again) is None


def test_a_refused_figure_stays_out(book, staged, known):
    head = "AccountId,Name,Seats Active"
    apply(book, staged(date(2026, 3, 2), f"{ACME},Acme,40", head=head))
    line = f"{ACME},Acme,50"
    apply(book, _refuse(staged(date(2026, 3, 8), line, head=head)))
    again = staged(date(2026, 3, 8), line, head=head)
    assert [(f, take) for f, _, take, _ in _fields(again)] == [("value", False)]
    assert apply(book, again) is None


def test_decisions_hold_when_the_book_changed_meanwhile(book, staged, known):
    found = _refuse(staged(date(2026, 3, 8), NEW_ARR))
    book.accounts.update(known, next_step="Call Dana")
    apply(book, found)
    assert [value for _, value, _ in _refusals(book)] == ["120000 EUR"]
    assert _arr(book, known) == 100000


def test_records_left_out_apart_or_kept_stay_so_when_the_book_changed_meanwhile(
    book, staged, known
):
    bolt, zenith = "001Nq00000J1MpeIAF", "001Nq00000J1MphIAF"
    apply(book, staged(FIRST, f"{bolt},Bolt,Kiel,5,EUR", f"{zenith},Zenith,Ulm,5,EUR"))
    head = "Id,Name,BillingCity,IsDeleted,MasterRecordId"
    found = staged(
        date(2026, 3, 8), f"{ACME},Acme,Hamburg,false,", f"{bolt},Bolt,Kiel,true,{ACME}",
        f"{zenith},Zenith,Ulm,true,", "001Nq00000J1MpiIAF,New,Ulm,false,", head=head,
    )  # fmt: skip
    with _refuse(found).pages() as pages:
        pages.decide_merges(None, take=False)
        pages.decide_new(take=False)
    book.accounts.update(known, next_step="Call Dana")
    apply(book, found)
    assert {a.name for a in book.accounts.all()} == {"Acme", "Bolt", "Zenith"}


@pytest.mark.parametrize("take", [True, False])
def test_arr_of_an_account_and_its_term_from_one_cell_is_decided_once(book, staged, take):
    head = "Id,Name,ARR__c,CurrencyIsoCode,Renewal_Date__c"
    apply(book, staged(FIRST, f"{ACME},Acme,1000,EUR,2026-12-31", head=head))
    found = staged(date(2026, 3, 8), f"{ACME},Acme,1200,EUR,2026-12-31", head=head)
    assert [field for field, *_ in _fields(found)] == ["arr"]
    assert found.counts["term"] == {"new": 0, "changed": 0, "same": 1}
    apply(book, _refuse(found, take=take))
    both = "select a.arr, t.arr from account a join term t on t.account_id = a.id"
    arr = 120000 if take else 100000
    assert book.connection.execute(both).fetchall() == [(arr, arr)]
    again = staged(date(2026, 3, 8), f"{ACME},Acme,1200,EUR,2026-12-31", head=head)
    assert apply(book, again) is None
