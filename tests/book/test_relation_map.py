"""Reading the relationship map: who is on it, what is judged of whom, and how it was on a day."""

from datetime import date, datetime, timedelta

import pytest

from csplanner.book.book import Book
from csplanner.book.map_edit import NewPerson
from csplanner.domain.account import Account, AccountId, ContractTerm, Tier
from csplanner.domain.evidence import Evidence, EvidenceKind
from csplanner.domain.map_model import Card, LineKind, RelationMap, Standing
from csplanner.domain.map_record import LineSaid
from csplanner.domain.person import Level, Outside, Person, PersonStatus, Role, Seat, Side
from csplanner.domain.placement import Placement
from csplanner.domain.settings import BookSettings
from csplanner.domain.snapshot import Snapshot
from csplanner.domain.tie import Tie, TieKind
from csplanner.domain.touch import Channel, Touch
from csplanner.domain.value import fact
from csplanner.errors import UserError

ACME = AccountId("acme")
DAY = date(2026, 3, 12)


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


@pytest.fixture
def acme(book: Book) -> Book:
    """A small account with everything a map can hold, judged on 12 March."""
    book.today = DAY
    book.set_settings(BookSettings(csm="Zoë Ng"))
    people = (
        Person("ann", ACME, "Ann", title="COO", level=Level.EXEC),
        Person("gone", ACME, "Gus", status=PersonStatus.LEFT, left_on=ago(16)),
        Person("bob", ACME, "Bob", reports_to="ann", last_activity_on=ago(4)),
        Person("cy", ACME, "Cy", reports_to="gone"),
        Person("dee", ACME, "Dee"),
        Person("past", ACME, "Pat", status=PersonStatus.LEFT, left_on=ago(90)),
        Person("away", ACME, "Eve", status=PersonStatus.ON_LEAVE),
        Person("rex", ACME, "Rex", outside=Outside.COMPETITOR, company="Rival"),
        Person("zoe", ACME, "ZOE NG", Side.OURS),
        Person("olga", ACME, "Olga", Side.OURS, function="Support", sponsor_of="ann"),
    )
    with book.change("Furnish"):
        book.accounts.insert([Account(ACME, "Acme")])
        book.people.insert(people)
        book.seats.insert(
            [
                Seat("s1", ACME, Role.DECIDES, "ann", fact(5), fact(1)),
                Seat("s2", ACME, Role.FINANCE, "ann", fact(4)),
                Seat("s3", ACME, Role.SPONSOR, None, title="Executive sponsor"),
                Seat("s4", ACME, Role.CHAMPION, "gone"),
                Seat("s5", ACME, Role.USER, "away"),
            ]
        )
        book.touches.insert(
            [
                Touch("t1", ACME, ago(3), Channel.MEETING, "Plan", person_ids=("ann", "olga")),
                Touch("t2", ACME, ago(9), Channel.CALL, "", person_ids=("ann", "bob")),
                Touch("t3", ACME, ago(120), Channel.QBR, "", person_ids=("bob",)),
            ]
        )
        book.ties.insert(
            [
                Tie("k1", ACME, TieKind.KNOWS, "rex", "bob", strength=fact(50), as_of=DAY),
                Tie("k2", ACME, TieKind.KNOWS, "dee", "olga", strength=fact(60), as_of=ago(45)),
                Tie("k3", ACME, TieKind.REPORTS, "ann", None, None, "s3", as_of=ago(1)),
                Tie("k4", ACME, TieKind.PAIRED, "ann", "zoe", due=DAY + timedelta(days=15)),
            ]
        )
        book.placements.insert([Placement("x", ACME, ago(20), Tier.HIGH)])
        book.terms.insert([ContractTerm("y", ACME, DAY + timedelta(days=90))])
    book.connection.execute("update change set at = '2025-01-01T09:00:00+00:00'")
    book.refresh()
    return book


def shown(book: Book, day: date | None = None) -> RelationMap:
    return book.relation_map.read(ACME, day=day)


def card(seen: RelationMap, name: str) -> Card:
    return next(c for c in seen.cards if c.name == name)


def test_who_stands_on_the_map_and_who_is_parked(acme: Book) -> None:
    seen = shown(acme)
    assert [c.name for c in seen.placed()] == [
        "Ann", "Bob", "Cy", "Dee", "Eve", "Executive sponsor", "Gus", "Rex",
    ]  # fmt: skip
    assert seen.parking() == ()
    acme.map_edit.add_person(ACME, NewPerson("Nia"))
    acme.people.add(Person("mo", ACME, "Mo"))
    assert [c.name for c in shown(acme).parking()] == ["Mo"]
    standing = {c.name: c.standing for c in seen.cards}
    assert standing["Gus"] is Standing.LEFT
    assert standing["Eve"] is Standing.AWAY
    assert standing["Executive sponsor"] is Standing.VACANT
    assert (seen.tier, seen.decision_on) == (Tier.HIGH, DAY + timedelta(days=90))
    assert [(m.on, m.ours, m.theirs) for m in seen.meetings] == [(ago(3), 1, 1), (ago(9), 1, 2)]
    with pytest.raises(UserError, match="no longer"):
        acme.relation_map.read("nobody")


def test_nobody_is_missed_in_a_seat_that_only_said_who_was_known(acme: Book) -> None:
    acme.map_edit.judge(ACME, "p:dee", "influence", 2, Evidence())
    cards = len(shown(acme).cards)
    acme.people.remove("dee")
    assert len(shown(acme).cards) == cards - 1
    acme.people.remove("ann")
    assert {c.name for c in shown(acme).cards if c.standing is Standing.VACANT} == {
        "Decision maker", "Executive sponsor", "Finance contact",
    }  # fmt: skip
    acme.map_edit.add_vacancy(ACME, Role.MEMBER)
    assert card(shown(acme), "Member of the team").standing is Standing.VACANT


def test_a_line_says_more_of_the_chief_than_a_seat_and_that_more_than_a_person(acme: Book) -> None:
    assert card(shown(acme), "Ann").above == "s:s3"
    assert card(shown(acme), "Cy").above == "p:gone"
    acme.people.update("dee", reports_to="bob")
    assert card(shown(acme), "Dee").above == "p:bob"
    acme.seats.add(Seat("s6", ACME, Role.MEMBER, "dee", reports_to="s5"))
    assert card(shown(acme), "Dee").above == "p:away"
    acme.map_edit.report_to(ACME, "p:dee", "s:s3")
    assert card(shown(acme), "Dee").above == "s:s3"
    acme.map_edit.report_to(ACME, "p:dee", "p:ann")
    assert card(shown(acme), "Dee").above == "p:ann"
    assert acme.seats.get("s6").reports_to is None


def test_ties_are_of_the_touch_log_and_of_what_you_said(acme: Book) -> None:
    seen = shown(acme)
    ties = {(x.start, x.end): x for x in seen.of_kind(LineKind.TIE)}
    assert {k: x.strength for k, x in ties.items()} == {
        ("p:olga", "p:ann"): 99,
        ("p:zoe", "p:ann"): 97,
        ("p:zoe", "p:bob"): 74,
        ("p:olga", "p:dee"): 30,
    }
    assert ties["p:olga", "p:dee"].stated == 60
    assert card(seen, "Ann").strength == 99
    assert (card(seen, "Bob").last_contact, card(seen, "Bob").contacts_90) == (ago(4), 1)
    assert next(o for o in seen.ours if o.is_you).key == "p:zoe"
    pairs = {(x.start, x.end): x.due for x in seen.of_kind(LineKind.PAIRED)}
    assert pairs == {("p:olga", "p:ann"): None, ("p:zoe", "p:ann"): DAY + timedelta(days=15)}
    (rival,) = seen.of_kind(LineKind.RIVAL)
    assert (rival.start, rival.end, rival.strength) == ("p:rex", "p:bob", 50)


def test_a_judgement_tells_its_day_and_fades(acme: Book) -> None:
    said = Evidence(EvidenceKind.TOLD, "Bob", "In the hallway", ago(180))
    acme.map_edit.judge(ACME, "p:ann", "influence", 4, said)
    judged = card(shown(acme), "Ann").influence
    assert (judged.value, judged.on, judged.by, judged.kind) == (4, ago(180), "Bob", said.kind)
    assert judged.recheck
    assert judged.fresh == pytest.approx(0.5)
    assert card(shown(acme), "Ann").mood.fresh == 1.0
    assert not card(shown(acme), "Eve").mood.is_known


def test_the_map_of_a_past_day_is_as_it_was_known_then(acme: Book) -> None:
    acme.map_edit.judge(ACME, "p:ann", "mood", -2, Evidence(on=ago(5)))
    acme.people.update("dee", reports_to="bob", on_evidence=Evidence(on=ago(2)))
    acme.seats.fill("s3", "dee", on=ago(1))
    acme.map_edit.add_person(ACME, NewPerson("Late"))
    then = shown(acme, ago(30))
    assert then.day == ago(30)
    assert card(then, "Ann").mood.value == 1
    assert card(then, "Gus").standing is Standing.HERE
    assert card(then, "Executive sponsor").standing is Standing.VACANT
    assert card(then, "Dee").above is None
    assert "Late" not in {c.name for c in then.cards}
    assert [x.end for x in then.of_kind(LineKind.TIE)] == ["p:dee", "p:bob"]
    assert then.tier is None
    now = shown(acme)
    assert card(now, "Ann").mood.value == -2
    assert card(now, "Dee").roles == (Role.SPONSOR,)


def test_what_was_removed_since_stands_on_the_map_of_a_past_day(acme: Book) -> None:
    edit, before = acme.map_edit, shown(acme, ago(1))
    edit.judge(ACME, "p:dee", "influence", 3, Evidence())
    line = edit.connect(ACME, TieKind.INFLUENCES, "p:ann", "p:bob")
    edit.disconnect(ACME, f"t:{line}")
    edit.disconnect(ACME, "t:k2")
    edit.report_to(ACME, "p:ann", None)
    acme.seats.remove("s5")
    acme.people.remove("bob")
    edit.park(ACME, "", ["p:ann"])
    assert card(shown(acme), "Ann").parked
    then = shown(acme, ago(1))
    assert not card(then, "Ann").parked
    assert [(c.key, c.above, c.roles) for c in then.cards] == [
        (c.key, c.above, c.roles) for c in before.cards
    ]
    assert {x.tie_id for x in then.lines if x.tie_id} == {
        x.tie_id for x in before.lines if x.tie_id
    }
    acme.undo()
    acme.undo()
    assert [c.key for c in shown(acme, ago(1)).cards] == [c.key for c in before.cards]


def test_a_line_said_anew_stands_as_it_was_on_the_day(acme: Book) -> None:
    said = LineSaid("early", 1, on=ago(50))
    line = acme.map_edit.connect(ACME, TieKind.INFLUENCES, "p:ann", "p:bob", said=said)
    acme.connection.execute("update change set at = '2026-01-20T09:00:00+00:00'")
    acme.map_edit.restate(line, TieKind.DOUBTS, LineSaid("late", 3))
    (then,) = (x for x in shown(acme, ago(20)).lines if x.tie_id == line)
    assert (then.kind, then.label, then.weight) == (LineKind.INFLUENCES, "early", 1)
    assert not [x for x in shown(acme, ago(51)).lines if x.tie_id == line]
    acme.map_edit.disconnect(ACME, f"t:{line}")
    assert [x.label for x in shown(acme, ago(20)).lines if x.tie_id == line] == ["early"]


def test_what_was_judged_in_a_seat_removed_since_keeps_its_day_and_note(acme: Book) -> None:
    acme.map_edit.judge(ACME, "p:away", "mood", 1, Evidence(note="first", on=ago(40)))
    acme.map_edit.judge(ACME, "p:away", "mood", -1, Evidence(note="second", on=ago(9)))
    acme.connection.execute("update change set at = '2026-01-20T09:00:00+00:00'")
    acme.seats.remove("s5")
    mood = card(shown(acme, ago(20)), "Eve").mood
    assert (mood.note, mood.on) == ("first", ago(40))


def test_who_left_holds_the_seat_until_the_day_it_was_given_away(acme: Book) -> None:
    acme.seats.fill("s4", "dee", on=ago(2))
    between, after = card(shown(acme, ago(9)), "Gus"), shown(acme, ago(1))
    assert (between.standing, between.roles) == (Standing.LEFT, (Role.COACH,))
    assert card(after, "Dee").roles == (Role.COACH,)


def test_a_read_only_view_reads_the_map_too(acme: Book) -> None:
    with acme.beside() as second:
        assert second.relation_map.read(ACME) == shown(acme)


def test_what_an_import_brought_in_a_circle_is_cut_once(acme: Book) -> None:
    with acme.change("Break"):
        acme.connection.execute("update person set reports_to = 'dee' where id = 'bob'")
        acme.connection.execute("update person set reports_to = 'bob' where id = 'dee'")
    above = {c.name: c.above for c in shown(acme).cards if c.name in ("Bob", "Dee")}
    assert sorted(map(str, above.values())) in (["None", "p:dee"], ["None", "p:bob"])


def test_outsiders_are_none_of_theirs(acme: Book) -> None:
    before = acme.derived.judge(ACME)[1].roles
    acme.seats.update("s4", person_id="rex")
    _, judged = acme.derived.judge(ACME)
    assert judged.roles == before
    assert acme.derived.context().has_people
    acme.map_edit.connect(ACME, TieKind.KNOWS, "p:rex", "p:ann")
    assert card(shown(acme), "Ann").strength == 99


def test_a_touch_that_a_later_snapshot_brought_was_not_known_on_the_day(acme: Book) -> None:
    read_at = datetime(2026, 3, 12)  # noqa: DTZ001 - as snapshots keep it
    for name, on in (("early", ago(40)), ("late", DAY)):
        with acme.change("Import", kind="import", batch=name):
            acme.snapshots.add(Snapshot(name, "CRM", on, read_at))
    with acme.change("Import", kind="import", batch="late"):
        acme.touches.insert(
            [Touch("t9", ACME, ago(20), Channel.CALL, "", person_ids=("dee", "olga"))], "late"
        )
    assert card(shown(acme), "Dee").last_contact == ago(20)
    assert card(shown(acme, ago(10)), "Dee").last_contact is None
