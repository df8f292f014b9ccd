"""The book as of a past day: what was known then, and nothing of what came later."""

import csv
import shutil
import stat
from contextlib import closing
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from csplanner.book import as_of
from csplanner.book.rewind import MADE_TODAY
from csplanner.book.room import PREFIX, Room
from csplanner.book.schema import JOURNALLED
from csplanner.crm.importing import Options, apply, stage
from csplanner.domain.account import Account, AccountId
from csplanner.domain.person import Person, PersonStatus, Role, Seat, Side
from csplanner.domain.task import Task
from csplanner.domain.touch import Channel, Touch
from csplanner.errors import UserError

FIRST, LATER, TODAY = date(2026, 2, 9), date(2026, 3, 2), date(2026, 3, 12)

_HEADS = {
    "Account.csv": "Id,Name,Industry,ARR__c,CurrencyIsoCode,CSM__c,IsDeleted",
    "Contact.csv": "Id,AccountId,Name,Title,Email",
    "Opportunity.csv": "Id,AccountId,Name,StageName,Amount,CloseDate,CurrencyIsoCode",
    "Case.csv": "Id,AccountId,Subject,Status,Priority,CreatedDate,ClosedDate,IsClosed",
}


def _records(book):
    """Every record of a book, without when it was read and how you work."""
    found = {}
    for table in set(JOURNALLED) - MADE_TODAY:
        columns = [r[1] for r in book.connection.execute(f"pragma table_info({table})")]
        kept = ", ".join(f'"{c}"' for c in columns if c != "imported_at")
        rows = book.connection.execute(f"select {kept} from {table}").fetchall()
        found[table] = sorted(rows, key=str)
    return found


def _bring_in(book, folder, files, day, **options):
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in files.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            stream.write(_HEADS[name] + "\n")
            csv.writer(stream).writerows(rows)
    staged = stage([folder], book.path, Options(as_of=day, today=TODAY, **options))
    try:
        return apply(book, staged)
    finally:
        staged.discard()


def _at(book, day):
    """The records of the book as of a day, and its sentences."""
    past = as_of.look_here(book.path, day, today=TODAY)
    try:
        with past.open() as shown:
            return _records(shown), past
    finally:
        past.close()


def _account(number, name="Acme", **said):
    row = {"sector": "Energy", "arr": 1000, "owner": "Maren", "gone": "false"} | said
    return [f"001Nq0000000{number:03d}", name, row["sector"], row["arr"], "EUR", row["owner"],
            row["gone"]]  # fmt: skip


_WORDS = st.sampled_from(["Energy", "Retail", "Health"])
_ACCOUNTS = st.dictionaries(
    st.integers(0, 4),
    st.tuples(_WORDS, st.integers(0, 9), st.sampled_from(["Maren", "Ola"])),
    min_size=1,
)
_PEOPLE = st.dictionaries(
    st.integers(0, 5), st.tuples(st.integers(0, 4), st.sampled_from(["CFO", "CTO", ""]))
)
_DEALS = st.dictionaries(
    st.integers(0, 4),
    st.tuples(
        st.integers(0, 4),
        st.sampled_from(["Proposal", "Closed Won", "Closed Lost"]),
        st.integers(1, 9),
        st.integers(1, 28),
    ),
)
_CASES = st.dictionaries(
    st.integers(0, 4), st.tuples(st.integers(0, 4), st.booleans(), st.sampled_from(["Low", "High"]))
)
_SNAPSHOT = st.tuples(_ACCOUNTS, _PEOPLE, _DEALS, _CASES)


def _files(snapshot):
    accounts, people, deals, cases = snapshot
    return {
        "Account.csv": [
            _account(n, f"Customer {n}", sector=sector, arr=arr * 100, owner=owner)
            for n, (sector, arr, owner) in accounts.items()
        ],
        "Contact.csv": [
            [f"003Nq0000000{n:03d}", f"001Nq0000000{a:03d}", f"Person {n}", title, f"{n}@x.io"]
            for n, (a, title) in people.items()
            if a in accounts
        ],
        "Opportunity.csv": [
            [f"006Nq0000000{n:03d}", f"001Nq0000000{a:03d}", f"Deal {n}", stage_, amount * 50,
             f"2026-06-{day:02d}", "EUR"]
            for n, (a, stage_, amount, day) in deals.items()
            if a in accounts
        ],
        "Case.csv": [
            [f"500Nq0000000{n:03d}", f"001Nq0000000{a:03d}", f"Case {n}",
             "Closed" if closed else "New", priority, "2026-01-05",
             "2026-01-20" if closed else "", str(closed).lower()]
            for n, (a, closed, priority) in cases.items()
            if a in accounts
        ],
    }  # fmt: skip


@settings(
    max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,)
)
@given(first=_SNAPSHOT, later=_SNAPSHOT, full=st.booleans())
def test_a_later_snapshot_is_not_seen_on_an_earlier_day(
    tmp_path_factory, new_book, first, later, full
):
    folder = tmp_path_factory.mktemp("past")
    with new_book(folder / "my.csbook") as book:
        _bring_in(book, folder / "a", _files(first), FIRST)
        then = _records(book)
        _bring_in(book, folder / "b", _files(later), LATER, scope="full" if full else "partial")
        now = _records(book)
        assert _at(book, FIRST)[0] == then
        assert _at(book, book.as_of())[0] == now
        assert _at(book, TODAY)[0] == now


def test_what_you_recorded_later_is_not_there_yet_and_what_you_finished_is_open(book, tmp_path):
    _bring_in(book, tmp_path / "a", {"Account.csv": [_account(1)]}, FIRST)
    acme = book.accounts.only("Acme").id
    book.touches.add(Touch("t1", acme, FIRST, Channel.CALL))
    book.touches.add(Touch("t2", acme, LATER, Channel.CALL))
    book.tasks.add(Task("k1", acme, "Send the deck"))
    book.connection.execute("update change set at = '2026-02-01T09:00:00+00:00'")
    book.tasks.update("k1", done_on=LATER)
    day = FIRST + timedelta(days=9)
    with closing(as_of.look_here(book.path, day, today=TODAY)) as past, past.open() as shown:
        assert [t.id for t in shown.touches.of(acme)] == ["t1"]
        assert shown.tasks.get("k1").done_on is None
        assert past.sources == ("Salesforce",)
        assert past.snapshot_on == FIRST


def test_what_you_recorded_later_and_changed_again_is_not_there_yet(book, tmp_path):
    _bring_in(book, tmp_path / "one", {"Account.csv": [_account(1)]}, FIRST)
    account = book.accounts.all()[0].id
    for number in range(3):
        book.people.add(Person(f"p{number}", account, f"Person {number}"))
        for write in range(number):
            book.people.update(f"p{number}", title=f"Title {write}")
    records, _ = _at(book, FIRST)
    assert records["person"] == []


def test_a_value_you_set_goes_back_to_what_it_was_known_as(book, tmp_path):
    _bring_in(book, tmp_path / "a", {"Account.csv": [_account(1)]}, FIRST)
    acme = book.accounts.only("Acme").id
    book.accounts.update(acme, sector="Utilities")
    assert book.accounts.get(acme).sector == "Utilities"
    with closing(as_of.look_here(book.path, LATER, today=TODAY)) as past, past.open() as shown:
        assert shown.accounts.get(acme).sector == "Energy"
        assert shown.as_of() == LATER


def test_what_was_deleted_since_is_back(book, tmp_path):
    _bring_in(book, tmp_path / "a", {"Account.csv": [_account(1), _account(2, "Apex")]}, FIRST)
    then = _records(book)
    book.accounts.delete(book.accounts.only("Apex").id)
    assert len(book.accounts.all()) == 1
    assert _at(book, LATER)[0]["account"] == then["account"]


def test_an_account_that_was_missing_later_is_not_missing_yet(book, tmp_path):
    _bring_in(book, tmp_path / "a", {"Account.csv": [_account(1), _account(2, "Apex")]}, FIRST)
    _bring_in(book, tmp_path / "b", {"Account.csv": [_account(1)]}, LATER, scope="full")
    assert book.accounts.only("Apex").missing_since == LATER
    with closing(as_of.look_here(book.path, FIRST, today=TODAY)) as past, past.open() as shown:
        assert shown.accounts.only("Apex").missing_since is None


def test_a_taken_back_import_was_never_made(book, tmp_path):
    _bring_in(book, tmp_path / "a", {"Account.csv": [_account(1)]}, FIRST)
    then = _records(book)
    _bring_in(book, tmp_path / "b", {"Account.csv": [_account(1, arr=5)]}, FIRST)
    _bring_in(book, tmp_path / "c", {"Account.csv": [_account(1, sector="Retail")]}, LATER)
    book.undo_change(book.history()[1].id)
    assert _at(book, FIRST)[0]["account"] == then["account"]


def test_an_older_snapshot_that_came_late_tells_of_its_own_day(book, tmp_path):
    middle = FIRST + timedelta(days=7)
    _bring_in(book, tmp_path / "a", {"Account.csv": [_account(1, arr=1000)]}, FIRST)
    later = {"Account.csv": [_account(1, arr=3000), _account(2, "Apex", arr=9)]}
    _bring_in(book, tmp_path / "c", later, LATER)
    older = {"Account.csv": [_account(1, arr=2000), _account(2, "Apex", arr=7)]}
    _bring_in(book, tmp_path / "b", older, middle)
    for day, known in (
        (FIRST, {"Acme": 100_000}),
        (middle, {"Acme": 200_000, "Apex": 700}),
        (LATER, {"Acme": 300_000, "Apex": 900}),
    ):
        with closing(as_of.look_here(book.path, day, today=TODAY)) as past, past.open() as shown:
            found = {a.name: a.arr.value.minor for a in shown.accounts.all()}
            assert found == known


def test_readings_of_the_day_stay_what_they_were(book, tmp_path):
    book.today = FIRST
    _bring_in(book, tmp_path / "a", {"Account.csv": [_account(1)]}, FIRST)
    book.refresh()
    stored = book.connection.execute("select * from reading").fetchall()
    book.today = TODAY
    _bring_in(book, tmp_path / "b", {"Account.csv": [_account(1, arr=9)]}, LATER)
    book.refresh()
    assert stored
    with closing(as_of.look_here(book.path, FIRST, today=TODAY)) as past, past.open() as shown:
        assert shown.connection.execute("select * from reading").fetchall() == stored
        assert shown.overview.totals().accounts == 1


def test_before_the_first_snapshot_its_records_are_shown_without_what_is_dated_later(
    book, tmp_path
):
    cases = [["500Nq0000000001", "001Nq0000000001", "Slow", "Closed", "Low", "2026-01-05",
              "2026-01-20", "true"]]  # fmt: skip
    _bring_in(book, tmp_path / "a", {"Account.csv": [_account(1)], "Case.csv": cases}, FIRST)
    acme = book.accounts.only("Acme").id
    book.touches.add(Touch("t1", acme, date(2026, 1, 2), Channel.CALL))
    with closing(as_of.look_here(book.path, date(2026, 1, 10), today=TODAY)) as past:
        with past.open() as shown:
            (case,) = shown.cases.of(acme)
            assert not case.is_closed
            assert case.closed_on is None
        assert past.snapshot_on is None
        assert past.notes[0].startswith("There was no snapshot yet")


def test_somebody_who_left_later_still_held_the_role(book):
    account = Account(AccountId("a1"), "Acme")
    book.accounts.add(account)
    book.people.add(Person("p1", account.id, "Dana Whitfield"))
    book.connection.execute("update change set at = '2026-02-01T09:00:00+00:00'")
    book.people.update("p1", status=PersonStatus.LEFT, left_on=LATER)
    book.touches.add(Touch("t1", account.id, FIRST, Channel.CALL))
    with closing(as_of.look_here(book.path, FIRST, today=TODAY)) as past, past.open() as shown:
        assert shown.people.get("p1").status is PersonStatus.ACTIVE


def test_the_copy_cannot_be_changed_and_is_the_owners_alone(book, tmp_path):
    _bring_in(book, tmp_path / "a", {"Account.csv": [_account(1)]}, FIRST)
    past = as_of.look_here(book.path, FIRST, today=TODAY)
    with past.open() as shown:
        with pytest.raises(UserError, match="read-only"):
            shown.accounts.update(shown.accounts.only("Acme").id, sector="Retail")
        assert stat.S_IMODE(past.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(past.path.parent.stat().st_mode) == 0o700
        assert [p.name for p in past.path.parent.iterdir()] == [book.path.name]
    past.close()
    assert not past.room.path.exists()


def test_what_a_kill_left_is_removed_by_the_next_look(book, tmp_path, monkeypatch):
    _bring_in(book, tmp_path / "a", {"Account.csv": [_account(1)]}, FIRST)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))
    left = tmp_path / "temp" / f"{PREFIX}left"
    left.mkdir(parents=True)
    (left / "my.csbook").write_bytes(b"a whole book")
    used = Room()
    past = as_of.look_here(book.path, FIRST, today=TODAY)
    assert not left.exists()
    assert used.path.exists()
    past.close()
    used.close()


@pytest.mark.parametrize(
    ("day", "words"),
    [(TODAY + timedelta(days=1), "lies ahead"), (date(2020, 1, 1), "knows nothing before")],
)
def test_a_day_nothing_is_known_of_is_refused(book, tmp_path, day, words):
    _bring_in(book, tmp_path / "a", {"Account.csv": [_account(1)]}, FIRST)
    with pytest.raises(UserError, match=words):
        as_of.look_here(book.path, day, today=TODAY)


def test_a_book_with_code_of_others_is_not_turned_back(book, tmp_path):
    _bring_in(book, tmp_path / "a", {"Account.csv": [_account(1)]}, FIRST)
    book.connection.execute(
        "create trigger evil after delete on overview begin delete from account; end"
    )
    with pytest.raises(UserError, match="code that csplanner did not write"):
        as_of.look_here(book.path, FIRST, today=TODAY)


def test_it_is_made_by_a_process_of_its_own_and_can_be_stopped(book, tmp_path):
    _bring_in(book, tmp_path / "a", {"Account.csv": [_account(1)]}, FIRST)
    assert as_of.look(book.path, FIRST, today=TODAY, cancelled=lambda: True) is None
    told = []
    past = as_of.look(book.path, FIRST, today=TODAY, progress=lambda *step: told.append(step))
    with past.open() as shown:
        assert shown.overview.totals().accounts == 1
    past.close()
    assert told[0][2] == "Copying your book"


def test_what_the_crm_deleted_and_merged_later_is_there(book, tmp_path):
    files = {
        "Account.csv": [_account(1), _account(2, "Apex")],
        "Contact.csv": [["003Nq0000000001", "001Nq0000000001", "Dana", "CFO", "d@x.io"]],
        "Opportunity.csv": [
            ["006Nq0000000001", "001Nq0000000001", "Deal", "Proposal", 500, "2026-06-01", "EUR"]
        ],
    }
    _bring_in(book, tmp_path / "a", files, FIRST)
    then = _records(book)
    later = tmp_path / "b"
    later.mkdir()
    for name, lines in {
        "Account.csv": "Id,Name,MasterRecordId,IsDeleted\n001Nq0000000001,Acme,,false\n"
        "001Nq0000000002,Apex,001Nq0000000001,true\n",
        "Contact.csv": "Id,AccountId,Name,IsDeleted\n003Nq0000000001,001Nq0000000001,Dana,true\n",
        "Opportunity.csv": "Id,AccountId,Name,StageName,IsDeleted\n"
        "006Nq0000000001,001Nq0000000001,Deal,Proposal,true\n",
    }.items():
        (later / name).write_text(lines, encoding="utf-8")
    staged = stage([later], book.path, Options(as_of=LATER, today=TODAY))
    apply(book, staged)
    staged.discard()
    assert book.opportunities.all() == ()
    assert _at(book, FIRST)[0] == then


@pytest.mark.soak
def test_a_real_export_is_seen_as_it_was_before_a_later_one(book, tmp_path, crm_data):
    for name in ("salesforce-genai-demo", "ravenstack-saas"):
        given = Options(as_of=FIRST, today=TODAY, currency="USD", date_order="mdy")
        staged = stage([crm_data / name], book.path, given)
        apply(book, staged)
        staged.discard()
    then = _records(book)
    altered = tmp_path / "altered"
    shutil.copytree(crm_data / "salesforce-genai-demo", altered)
    deals = altered / "Opportunity.csv"
    with deals.open(encoding="utf-8-sig", newline="") as stream:
        head, *rows = csv.reader(stream)
    for number, row in enumerate(rows):
        row[head.index("Amount")] = "12345" if number % 3 == 0 else row[head.index("Amount")]
    with deals.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([head, *rows[::2]])
    given = Options(as_of=LATER, today=TODAY, currency="USD", complete=("account", "person"))
    staged = stage([altered], book.path, given)
    assert apply(book, staged).counts["opportunity changed"] > 0
    staged.discard()
    assert _at(book, FIRST)[0] == then


def test_the_map_of_a_past_day_is_the_one_of_the_book_of_that_day(book, tmp_path):
    _bring_in(book, tmp_path / "a", {"Account.csv": [_account(1)]}, FIRST)
    acme = book.accounts.only("Acme").id
    for key, side in (("ann", Side.THEIRS), ("bob", Side.THEIRS), ("olga", Side.OURS)):
        book.people.add(Person(key, acme, key.title(), side))
    book.seats.add(Seat("s", acme, Role.SPONSOR, "ann"))
    book.touches.add(Touch("t1", acme, FIRST, Channel.CALL, person_ids=("ann",)))
    book.connection.execute(
        "update change set at = '2026-02-01T09:00:00+00:00' where kind = 'edit'"
    )
    day = FIRST + timedelta(days=9)
    before = _drawn(book, acme, day)
    assert before["cards"] == [("Ann", None)]
    book.people.add(Person("new", acme, "Nia", Side.OURS))
    book.touches.took_part(book.touches.of(acme)[0], ["ann", "new"])
    book.people.update("ann", name="Dr Ann")
    book.people.update("bob", reports_to="ann")
    then = _drawn(book, acme, day)
    assert then["cards"] == [("Ann", None)]
    assert then["lines"] == [("p:new", "p:ann")], "who took part is of the day of the touch"
    with closing(as_of.look_here(book.path, day, today=TODAY)) as past, past.open() as shown:
        assert _drawn(shown, acme, None) == then


def _drawn(book, account, day):
    seen = book.relation_map.read(account, day=day)
    return {
        "cards": [(c.name, c.above) for c in seen.cards if c.contacts_90 or c.above],
        "lines": [(x.start, x.end) for x in seen.lines if x.last],
        "ours": [o.name for o in seen.ours],
    }
