"""What an import remembers for the next, and what it asks only once."""

from dataclasses import replace
from datetime import date

import pytest

from csplanner.book.erase import erase
from csplanner.crm.importing import Options, UnknownColumns, apply, look, stage
from csplanner.crm.mapping import BY_MEMORY, from_json
from csplanner.crm.mending import stage_set_aside
from csplanner.crm.options import Fix
from csplanner.crm.question import Question
from csplanner.errors import UserError

ACCOUNTS = ("Id;Wer;Stadt;Notiz", "1;Acme;Oslo;a", "2;Birch;Bergen;b")
DEALS = "Id,AccountId,Name,StageName,CloseDate,Amount"


def mapping_of(path, book, **options):
    return look([path], Options(as_of=date(2026, 3, 1), **options), book.path).mappings[0]


@pytest.fixture
def own_list(write, book):
    """A spreadsheet of one's own, mapped by hand and imported."""

    def bring(name: str = "list.csv", day: int = 1, **said: object) -> None:
        path = write(name, *ACCOUNTS)
        with pytest.raises(UnknownColumns) as unknown:
            stage([path], book.path, Options(as_of=date(2026, 3, day), recall=False))
        (mapping,) = unknown.value.mappings
        for header, key in (("Id", "account.id"), ("Wer", "account.name"),
                            ("Stadt", "account.city")):  # fmt: skip
            mapping = mapping.with_target(header, key)
        options = Options(
            source="Mine", as_of=date(2026, 3, day), mappings={name: replace(mapping, **said)}
        )
        staged = stage([path], book.path, options)
        apply(book, staged)
        staged.discard()

    return bring


def test_a_mapping_is_used_again_as_last_time_whatever_the_order_of_columns(
    own_list, write, book
) -> None:
    own_list(remember_as="My weekly list")
    again = write("other name.csv", "Notiz;Stadt;Wer;Id", "c;Rome;Cedar;3")
    found = mapping_of(again, book)
    assert {c.header: c.target for c in found.columns} == {
        "Notiz": "", "Stadt": "account.city", "Wer": "account.name", "Id": "account.id"
    }  # fmt: skip
    assert {c.why for c in found.columns} == {BY_MEMORY}
    assert (found.source, found.object) == ("Mine", "account")
    assert found.recalled is not None
    assert (found.recalled.name, found.recalled.used) == ("My weekly list", 1)
    assert (found.recalled.last_used, found.recalled.changes) == ("2026-03-01", "")


def test_changed_columns_are_told_and_known_ones_kept(own_list, write, book) -> None:
    own_list()
    found = mapping_of(write("c.csv", "Wer;Id;Stadt;Region", "Cedar;3;Rome;South"), book)
    assert found.recalled is not None
    assert found.object == "account"
    assert (
        found.recalled.changes == "Column “Region” is new, column “Notiz” is gone since 2026-03-01."
    )
    assert [c.target for c in found.columns] == [
        "account.name", "account.id", "account.city", ""
    ]  # fmt: skip
    other = look([write("d.csv", "Stadt;Land;Fluss;Tier", "a;b;c;d")], Options(), book.path)
    assert other.mappings == ()


def test_a_salesforce_file_with_a_new_column_says_so(write, book, bring_in) -> None:
    head = "Id,Name,Industry,BillingCity,Website"
    row = "0015000000000AB,Acme,Energy,Oslo,acme.example"
    mapping = mapping_of(write("Account.csv", head, row), book).with_target("Industry", "")
    bring_in(write("Account.csv", head, row), mappings={"Account.csv": mapping})
    wider = write("Account.csv", f"{head},OwnerName,Tier".replace(",Website", ""), f"{row},x")
    staged = stage([wider], book.path, Options(as_of=date(2026, 3, 8)))
    found = staged.mappings[0]
    assert found.recalled is not None
    assert (found.recalled.new, found.recalled.gone) == (("OwnerName", "Tier"), ("Website",))
    assert next(c for c in found.columns if c.header == "Industry").target == ""
    told = (
        "Account.csv: Columns “OwnerName” and “Tier” are new, column “Website” is gone since "
        "2026-03-01."
    )
    assert told in staged.notes
    staged.discard()


def test_what_is_remembered_goes_with_the_undo_of_its_import(own_list, book) -> None:
    own_list()
    assert [r.name for r in book.recipes.all()] == ["Mine account"]
    book.undo()
    assert book.recipes.all() == ()
    book.redo()
    own_list("later.csv", day=9)
    kept = book.recipes.all()[0]
    assert (kept.used, kept.last_used) == (2, date(2026, 3, 9))
    book.undo()
    kept = book.recipes.all()[0]
    assert (kept.used, kept.last_used) == (1, date(2026, 3, 1))


def test_nothing_is_remembered_or_recalled_when_one_says_so(own_list, write, book) -> None:
    own_list(remember=False)
    assert book.recipes.all() == ()
    own_list("again.csv", day=2)
    with pytest.raises(UnknownColumns):
        stage([write("x.csv", *ACCOUNTS)], book.path,
              Options(as_of=date(2026, 3, 9), recall=False))  # fmt: skip


def test_a_name_given_later_stays_with_the_mapping(own_list, book) -> None:
    own_list()
    book.recipes.rename(book.recipes.all()[0].id, "Weekly CRM export")
    own_list("next.csv", day=9)
    assert [(r.name, r.used) for r in book.recipes.all()] == [("Weekly CRM export", 2)]


def test_no_cell_of_a_file_is_kept_in_what_is_remembered(own_list, book) -> None:
    own_list()
    assert "Acme" not in repr(book.recipes.all()[0].mapping)


def deals(write, name: str, *rows: str):
    accounts = write("Account.csv", "Id,Name", "0015000000000AB,Acme")
    return [accounts, write(name, DEALS, *rows)]


def test_an_unknown_word_is_asked_once(write, book) -> None:
    rows = [f"006500000000{n:03},0015000000000AB,Deal {n},Verbal yes,2026-05-2{n},1" for n in "12"]
    said = Options(as_of=date(2026, 3, 1))
    paths = deals(write, "Opportunity.csv", *rows)
    first = stage(paths, book.path, said)
    assert [(w.kind, w.word, w.count, w.read_as) for w in first.unknown_words] == [
        ("stage", "Verbal yes", 2, "open")
    ]
    first.discard()
    answered = stage(paths, book.path, replace(said, meanings={"stage": {"Verbal yes": "won"}}))
    assert answered.unknown_words == ()
    apply(book, answered)
    answered.discard()
    account = book.accounts.all()[0].id
    assert {o.state.value for o in book.opportunities.of(account)} == {"won"}
    assert [(m.kind, m.word, m.meaning) for m in book.meanings.all()] == [
        ("stage", "Verbal yes", "won")
    ]
    later = deals(write, "Opportunity.csv",
                  "006500000000009,0015000000000AB,Deal 9,verbal YES,2026-05-20,1")  # fmt: skip
    again = stage(later, book.path, replace(said, as_of=date(2026, 3, 8)))
    assert again.unknown_words == ()
    again.discard()
    forgotten = stage(later, book.path, replace(said, as_of=date(2026, 3, 8), recall=False))
    assert len(forgotten.unknown_words) == 1
    forgotten.discard()
    book.undo()
    assert book.meanings.all() == ()


def test_the_order_of_dates_is_told_with_its_counts(write, book) -> None:
    rows = [f"00650000000{n:04},0015000000000AB,D,Closed Won,{d},1" for n, d in
            enumerate(["03/04/2026", "05/06/2026", "25/06/2026"])]  # fmt: skip
    found = look(deals(write, "Opportunity.csv", *rows), Options()).mappings
    column = next(c for m in found for c in m.columns if c.header == "CloseDate")
    assert column.rule == "dmy"
    assert column.why.endswith(
        "2 of 3 dates could be read two ways. The other 1 only works as day/month/year."
    )
    assert (column.looked_at, column.both_ways) == (3, 2)
    by_rule = {r.rule: r for r in column.readings}
    assert (by_rule["dmy"].fails, by_rule["mdy"].fails) == (0, 1)
    assert by_rule["dmy"].reads != by_rule["mdy"].reads


def test_an_order_that_was_answered_is_not_asked_again(write, book) -> None:
    row = "006500000000001,0015000000000AB,D,Closed Won,03/04/2026,1"
    paths = deals(write, "Opportunity.csv", row)
    said = Options(as_of=date(2026, 3, 1))
    with pytest.raises(Question) as asked:
        stage(paths, book.path, said)
    assert (asked.value.flag, asked.value.where) == ("--date-order", "Opportunity.csv: CloseDate")
    first = stage(paths, book.path, replace(said, date_order="dmy"))
    assert any("All could be read two ways and were read as day/month/year" in n
               for n in first.notes)  # fmt: skip
    apply(book, first)
    first.discard()
    other = row.replace("03/04", "05/06").replace("001,0015", "002,0015")
    again = stage(deals(write, "Opportunity.csv", other), book.path,
                  replace(said, as_of=date(2026, 3, 8)))  # fmt: skip
    apply(book, again)
    again.discard()
    days = {o.close_on for o in book.opportunities.of(book.accounts.all()[0].id)}
    assert days == {date(2026, 4, 3), date(2026, 6, 5)}


def test_a_currency_is_asked_where_the_book_knows_several(write, book, bring_in) -> None:
    row = "006500000000001,0015000000000AB,D,Closed Won,2026-05-20,1200"
    staged = bring_in(*deals(write, "Opportunity.csv", row))
    assert any("read as USD, the currency of your book" in note for note in staged.notes)
    euro = "006500000000002,0015000000000AB,E,Closed Won,2026-05-20,EUR 7"
    bring_in(*deals(write, "Opportunity.csv", euro), as_of=date(2026, 3, 2))
    with pytest.raises(Question) as asked:
        bring_in(*deals(write, "Opportunity.csv", row), as_of=date(2026, 3, 3))
    assert (asked.value.flag, asked.value.choices) == ("--currency", ("USD", "EUR"))
    bring_in(*deals(write, "Opportunity.csv", row), as_of=date(2026, 3, 3), currency="USD")


def test_a_file_of_unknown_kind_is_shown_and_can_be_given_its_kind(write, book) -> None:
    path = write("things.csv", "Alpha;Bravo", "x1;y1")
    found = look([path]).unusable[0]
    assert (found.object, [c.samples for c in found.columns]) == ("", [("x1",), ("y1",)])
    mapping = found.with_object("account").with_target("Alpha", "account.name")
    staged = stage([path], book.path,
                   Options(as_of=date(2026, 3, 1), mappings={"things.csv": mapping}))  # fmt: skip
    assert staged.counts["account"]["new"] == 1
    staged.discard()
    with pytest.raises(UserError, match="is no kind of record"):
        found.with_object("planet")


def test_a_mapping_survives_its_way_through_json(write, book, own_list) -> None:
    own_list()
    found = mapping_of(write("x.csv", *ACCOUNTS), book)
    assert from_json(found.to_json()) == found


BROKEN = ("Id,Name,ARR", "0015000000000AB,Acme,12", "0015000000000AC,Birch,lots")


def test_a_cell_is_read_as_corrected(write, book, bring_in) -> None:
    path = write("Account.csv", *BROKEN)
    staged = bring_in(path, fixes=(Fix("Account.csv", 3, "ARR", "70"),))
    assert staged.quarantined == 0
    birch = book.accounts.only("Birch")
    assert birch.arr.value is not None
    assert birch.arr.value.minor == 7_000
    with pytest.raises(UserError, match="no column Arrr"):
        bring_in(path, fixes=(Fix("Account.csv", 3, "Arrr", "70"),))


def test_a_row_set_aside_is_kept_whole_mended_and_brought_in(write, book, bring_in) -> None:
    bring_in(write("Account.csv", *BROKEN))
    (problem,) = book.snapshots.quarantined(book.snapshots.all()[0].id)
    assert problem.cells == {"Id": "0015000000000AC", "Name": "Birch", "ARR": "lots"}
    with pytest.raises(UserError, match="has no column Size"):
        stage_set_aside(book.path, {problem.id: {"Size": "1"}})
    staged = stage_set_aside(book.path, {problem.id: {"ARR": "70"}})
    applied = apply(book, staged)
    staged.discard()
    assert applied is not None
    assert book.accounts.only("Birch").arr.value.minor == 7_000
    (mended,) = book.snapshots.quarantined(problem_snapshot(book))
    assert mended.fixed_by == applied.id
    with pytest.raises(UserError, match="is in the book already"):
        stage_set_aside(book.path, {problem.id: {"ARR": "71"}})
    book.undo()
    (again,) = book.snapshots.quarantined(problem_snapshot(book))
    assert again.fixed_by is None


def problem_snapshot(book) -> str:
    rows = book.connection.execute("select snapshot_id from quarantine").fetchall()
    return str(rows[0][0])


def test_rows_of_people_are_not_kept_whole_once_somebody_was_erased(write, book, bring_in) -> None:
    head = "Id,AccountId,FirstName,LastName,Email,LeftOn"
    people = write("Contact.csv", head, "0035000000000AB,0015000000000AB,Zoe,Oz,z@acme.example,")
    bring_in(write("Account.csv", "Id,Name", "0015000000000AB,Acme"), people)
    erase(book, book.people.of(book.accounts.all()[0].id)[0].id)
    again = write("Contact.csv", head,
                  "0035000000000AB,0015000000000AB,Zoe,Oz,no address,",
                  "0035000000000AC,0015000000000AB,Ben,Ito,b@acme.example,")  # fmt: skip
    staged = stage([again], book.path, Options(as_of=date(2026, 3, 8)))
    with staged.pages() as pages:
        kept = pages.quarantined()
    staged.discard()
    assert kept
    assert all(q.cells == {} for q in kept)


@pytest.mark.parametrize("mapping", ["[]", '{"columns": [1]}', '{"columns": [{}]}'])
def test_a_mapping_that_cannot_be_read_is_as_if_it_were_forgotten(
    own_list, write, book, mapping
) -> None:
    own_list()
    with book.change("Damage"):
        book.connection.execute("update recipe set mapping = ?", (mapping,))
    with pytest.raises(UnknownColumns):
        stage([write("list.csv", *ACCOUNTS)], book.path, Options(as_of=date(2026, 3, 8)))
    stage(
        [write("Account.csv", "Id,Name,City", "1,Acme,Rome")], book.path,
        Options(as_of=date(2026, 3, 8), source="Mine"),
    ).discard()  # fmt: skip


def test_the_same_files_as_another_source_are_told(write, book, bring_in) -> None:
    accounts = write("Account.csv", "Account ID,Account Name", "1,Acme")
    people = write("Contact.csv", "Contact ID,Account ID,Name", "7,1,Ann Lee")
    bring_in(accounts, people, source="One")
    told = "came in before as One, as of 2026-03-01. As Two all of it comes in once more."
    later = {"as_of": date(2026, 3, 8), "source": "Two"}
    assert sum(told in note for note in bring_in(accounts, people, **later).notes) == 1
    again = bring_in(accounts, people, **later | {"as_of": date(2026, 3, 9)})
    assert not any("came in before" in note for note in again.notes)
    other = write("Account.csv", "Account ID,Account Name", "1,Acme", "2,Birch")
    staged = stage([other], book.path, Options(as_of=date(2026, 3, 9), source="Three"))
    assert not any("came in before" in note for note in staged.notes)
    staged.discard()
