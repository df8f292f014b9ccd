"""The verbs of the relationship map: what each changes, what it refuses, and that undo is exact."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csplanner.book.book import Book
from csplanner.book.map_edit import NewPerson
from csplanner.domain.account import Account, AccountId
from csplanner.domain.evidence import Evidence, EvidenceKind
from csplanner.domain.map_chiefs import chiefs, said
from csplanner.domain.map_ground import Ground
from csplanner.domain.map_merge import Keep
from csplanner.domain.map_model import Card, LineKind, RelationMap
from csplanner.domain.map_paste import read_pasted
from csplanner.domain.map_record import LineSaid, MapVerdict
from csplanner.domain.person import Outside, Person, Politics, Role, Side
from csplanner.domain.settings import BookSettings
from csplanner.domain.tie import TieKind
from csplanner.errors import UserError
from tests.book.digest import digest

DAY = date(2026, 3, 12)
ACME = AccountId("acme")
SEEN = Evidence(EvidenceKind.OBSERVED, note="She said no twice")


@pytest.fixture
def acme(tmp_path: Path) -> Iterator[Book]:
    """Ann above Bob above Cy, Dee beside them, and Olga of ours; you are Mia."""
    with Book.create(tmp_path / "map.csbook", BookSettings(csm="Mia"), today=DAY) as book:
        _furnish(book)
        yield book


def _furnish(book: Book) -> None:
    with book.change("Furnish"):
        book.accounts.insert([Account(ACME, "Acme")])
        book.people.insert(
            [
                Person("ann", ACME, "Ann", title="CEO"),
                Person("bob", ACME, "Bob", reports_to="ann"),
                Person("cy", ACME, "Cy", reports_to="bob"),
                Person("dee", ACME, "Dee"),
                Person("olga", ACME, "Olga", Side.OURS),
            ]
        )


def shown(book: Book, map_id: str = "") -> RelationMap:
    return book.relation_map.read(ACME, map_id=map_id)


def card(book: Book, name: str, map_id: str = "") -> Card:
    return next(c for c in shown(book, map_id).cards if c.name == name)


def undone_exactly(book: Book, before: Mapping[str, object]) -> bool:
    """One step back is where it was, and one forward brings all again."""
    after = digest(book)
    book.undo()
    was = digest(book) == before
    book.redo()
    return was and digest(book) == after


def test_every_verb_of_the_map_is_one_step_and_undone_exactly(acme: Book) -> None:
    edit = acme.map_edit
    seat = edit.add_vacancy(ACME, Role.SPONSOR, title="COO", above="p:ann")
    kept = edit.add_map(ACME, "Rail", ["p:bob", seat])
    twin = edit.add_person(ACME, NewPerson("BOB", title="CTO", role=Role.USER), map_id=kept.id)
    tie = edit.connect(ACME, TieKind.INFLUENCES, "p:ann", "p:dee")
    said_more = LineSaid("budget", 3, evidence="Dee told us")
    verbs: dict[str, Callable[[], object]] = {
        "report": lambda: edit.report_to(ACME, "p:dee", "p:cy"),
        "report to a seat": lambda: edit.report_to(ACME, "p:bob", seat),
        "a seat reports": lambda: edit.report_to(ACME, seat, "p:dee"),
        "report to nobody": lambda: edit.report_to(ACME, "p:cy", None),
        "connect": lambda: edit.connect(ACME, TieKind.DOUBTS, "p:cy", seat, said=said_more),
        "connect you": lambda: edit.connect(ACME, TieKind.KNOWS, "you", "p:cy"),
        "pair": lambda: edit.connect(ACME, TieKind.PAIRED, "p:ann", "p:olga"),
        "restate": lambda: edit.restate(tie, TieKind.DOUBTS, said_more),
        "disconnect": lambda: edit.disconnect(ACME, f"t:{tie}"),
        "place": lambda: edit.place(ACME, "", {"p:ann": (40, 8), seat: (0, -4)}),
        "park": lambda: edit.park(ACME, "", ["p:ann", "p:dee"]),
        "park on a further map": lambda: edit.park(ACME, kept.id, ["p:bob"]),
        "unpark": lambda: edit.unpark(ACME, kept.id, ["p:dee"]),
        "keep on a map": lambda: edit.keep_on_map(ACME, kept.id, ["p:cy", "p:bob"]),
        "vacancy": lambda: edit.add_vacancy(ACME, Role.BUYER, above=seat, map_id=kept.id),
        "fill": lambda: acme.seats.fill(seat[2:], "dee"),
        "judge": lambda: edit.judge(ACME, "p:dee", "influence", 4, SEEN),
        "judge all": lambda: edit.judge_all(
            ACME, "p:cy", {"mood": -1, "politics": Politics.INNER, "role": Role.SCEPTIC}, SEEN
        ),
        "outsider": lambda: edit.add_outsider(ACME, "Rex", Outside.COMPETITOR, company="Rival"),
        "paste": lambda: edit.paste_people(ACME, read_pasted("Ann, CFO\n  Eva, CIO\n  Cy, Dev")),
        "merge": lambda: edit.merge_maps(ACME, kept.id, ""),
        "rename a map": lambda: edit.rename_map(kept.id, "Harbour"),
        "remove a map": lambda: edit.remove_map(kept.id),
        "answer": lambda: edit.answer(ACME, "left:ann", MapVerdict.REFUSED),
    }
    assert twin.startswith("p:")
    for name, verb in verbs.items():
        before, first = digest(acme), acme.history(1)[0].id
        verb()
        assert digest(acme) != before, name
        assert sum(1 for c in acme.history(9) if c.id > first) == 1, name
        assert undone_exactly(acme, before), name
        acme.undo()


def test_a_circle_is_refused_with_everybody_in_it_and_nothing_changes(acme: Book) -> None:
    seat = acme.map_edit.add_vacancy(ACME, Role.SPONSOR, title="COO", above="p:cy")
    before = digest(acme)
    with pytest.raises(UserError, match="Ann → COO → Cy → Bob → Ann"):
        acme.map_edit.report_to(ACME, "p:ann", seat)
    with pytest.raises(UserError, match="Ann → Cy → Bob → Ann"):
        acme.map_edit.report_to(ACME, "p:ann", "p:cy")
    with pytest.raises(UserError, match="Bob → Bob"):
        acme.map_edit.report_to(ACME, "p:bob", "p:bob")
    with pytest.raises(UserError, match="one of ours"):
        acme.map_edit.report_to(ACME, "p:olga", "p:bob")
    assert digest(acme) == before


def test_who_loses_the_last_line_stays_on_the_map(acme: Book) -> None:
    acme.map_edit.report_to(ACME, "p:bob", None)
    assert {c.name for c in shown(acme).placed()} == {"Ann", "Bob", "Cy"}
    newest = acme.history(1)[0].id
    acme.map_edit.report_to(ACME, "p:cy", "p:bob")
    assert acme.history(1)[0].id == newest


def test_no_form_closes_a_circle_that_a_line_began(acme: Book) -> None:
    seat = acme.map_edit.add_vacancy(ACME, Role.SPONSOR, title="COO", above="p:cy")
    acme.map_edit.report_to(ACME, "p:dee", seat)
    with pytest.raises(UserError, match="Ann → Dee → COO → Cy → Bob → Ann"):
        acme.people.update("ann", reports_to="dee")
    acme.people.update("dee", reports_to="ann")


def test_who_fills_a_seat_takes_its_lines_and_its_place(acme: Book) -> None:
    edit = acme.map_edit
    seat = edit.add_vacancy(ACME, Role.SPONSOR, title="COO", above="p:ann")
    edit.report_to(ACME, "p:bob", seat)
    edit.place(ACME, "", {seat: (80, 40)})
    edit.connect(ACME, TieKind.INFLUENCES, seat, "p:ann")
    acme.seats.fill(seat[2:], "cy")
    taken = card(acme, "Cy")
    assert (taken.above, taken.at, taken.roles) == ("p:ann", (80, 40), (Role.SPONSOR,))
    assert card(acme, "Bob").above == "p:cy"
    assert [x.start for x in shown(acme).of_kind(LineKind.INFLUENCES)] == ["p:cy"]
    assert all(c.key != seat for c in shown(acme).cards)


def test_a_judgement_keeps_its_evidence_and_gives_a_seat(acme: Book) -> None:
    acme.map_edit.judge(ACME, "p:dee", "mood", -2, SEEN)
    judged = card(acme, "Dee").mood
    assert (judged.value, judged.on, judged.by, judged.note) == (-2, DAY, "Mia", SEEN.note)
    assert card(acme, "Dee").roles == (Role.MEMBER,)
    acme.map_edit.judge(ACME, "p:dee", "mood", None, Evidence())
    assert not card(acme, "Dee").mood.is_known
    with pytest.raises(ValueError, match="influence"):
        acme.map_edit.judge(ACME, "p:dee", "influence", 6, SEEN)
    seat = acme.map_edit.add_vacancy(ACME, Role.LEGAL)
    with pytest.raises(UserError, match="Nobody holds"):
        acme.map_edit.judge(ACME, seat, "politics", Politics.INNER, SEEN)


def test_a_champion_without_three_fresh_yeses_counts_as_coach(acme: Book) -> None:
    yeses = {"role": Role.CHAMPION, "has_power": True, "sells_for_us": True}
    acme.map_edit.judge_all(ACME, "p:dee", yeses, SEEN)
    assert card(acme, "Dee").roles == (Role.COACH,)
    acme.map_edit.judge(ACME, "p:dee", "has_interest", True, SEEN)
    assert card(acme, "Dee").roles == (Role.CHAMPION,)
    acme.today = date(2026, 9, 9)
    later = acme.relation_map.read(ACME, day=date(2026, 9, 9))
    assert next(c for c in later.cards if c.name == "Dee").unproven


def test_lines_join_only_whom_they_make_sense_between(acme: Book) -> None:
    edit = acme.map_edit
    outsider = edit.add_outsider(ACME, "Rex", Outside.COMPETITOR)
    for kind, start, end in (
        (TieKind.KNOWS, "p:ann", "p:bob"),
        (TieKind.PAIRED, "p:ann", outsider),
        (TieKind.INFLUENCES, "p:olga", "p:ann"),
        (TieKind.DOUBTS, "p:ann", "p:ann"),
    ):
        before = digest(acme)
        with pytest.raises(UserError):
            edit.connect(ACME, kind, start, end)
        assert digest(acme) == before
    edit.connect(ACME, TieKind.KNOWS, "p:ann", outsider, said=LineSaid(strength=40))
    (rival,) = shown(acme).of_kind(LineKind.RIVAL)
    assert (rival.start, rival.end, rival.strength) == (outsider, "p:ann", 40)
    edit.connect(ACME, TieKind.KNOWS, "you", "p:ann", said=LineSaid(strength=80))
    again = edit.connect(ACME, TieKind.KNOWS, "p:ann", "you", said=LineSaid(strength=20))
    (tie,) = shown(acme).of_kind(LineKind.TIE)
    assert (tie.tie_id, tie.stated) == (again, 20)
    assert next(o for o in shown(acme).ours if o.is_you).key == tie.start
    edit.disconnect(ACME, tie.key)
    assert not list(shown(acme).of_kind(LineKind.TIE))


def test_a_further_map_shows_only_who_was_put_on_it(acme: Book) -> None:
    made = acme.map_edit.add_map(ACME, "Rail", ["p:bob", "p:cy"])
    seen = shown(acme, made.id)
    assert {c.name for c in seen.placed()} == {"Bob", "Cy"}
    assert card(acme, "Bob", made.id).above is None
    assert card(acme, "Cy", made.id).above == "p:bob"
    acme.map_edit.park(ACME, made.id, ["p:cy"])
    assert {c.name for c in shown(acme, made.id).placed()} == {"Bob"}
    assert not card(acme, "Cy").parked
    with pytest.raises(UserError, match="already"):
        acme.map_edit.add_map(ACME, " rail ")
    acme.map_edit.remove_map(made.id)
    assert not acme.maps.of(ACME)
    assert not acme.map_places.of(ACME)
    with pytest.raises(UserError, match="no longer"):
        shown(acme, made.id)


def test_who_is_added_on_a_further_map_stands_on_the_map_of_everybody_too(acme: Book) -> None:
    made = acme.map_edit.add_map(ACME, "Rail", ["p:bob"])
    nia = acme.map_edit.add_person(ACME, NewPerson("Nia"), map_id=made.id)
    assert not card(acme, "Nia", made.id).parked
    assert not card(acme, "Nia").parked
    acme.map_edit.park(ACME, "", [nia])
    assert card(acme, "Nia").parked
    assert not card(acme, "Nia", made.id).parked


def test_a_pasted_list_draws_a_map_and_knows_who_is_there(acme: Book) -> None:
    text = (
        "Eva, CFO\n\tFay – Head of risk\n\tbob, CTO\nGus, Clerk, reports to Cy\nHal reports to Zoe"
    )
    plan = acme.map_edit.paste_people(ACME, read_pasted(text))
    assert plan.new == 4
    assert any("Zoe" in note for note in plan.notes)
    names = {c.key: c.name for c in shown(acme).cards}
    above = {c.name: names.get(c.above or "") for c in shown(acme).placed()}
    assert above == {
        "Ann": None, "Bob": "Eva", "Cy": "Bob", "Eva": None, "Fay": "Eva", "Gus": "Cy",
        "Hal": None,
    }  # fmt: skip
    assert card(acme, "Bob").title == "CTO"
    plan = acme.map_edit.plan_paste(ACME, read_pasted("Cy\n  Eva"))
    assert any("Eva" in note and "circle" in note for note in plan.notes)
    with pytest.raises(UserError, match="no name"):
        acme.map_edit.paste_people(ACME, read_pasted("42\n--"))


def test_merging_makes_one_person_of_two_and_asks_where_they_differ(acme: Book) -> None:
    edit = acme.map_edit
    made = edit.add_map(ACME, "Rail")
    edit.paste_people(ACME, read_pasted("Cy, Director\n  Ann, Chair"), map_id="")
    with acme.change("Twins"):
        acme.people.add(Person("ann2", ACME, "ANN", title="Chair", email="ann@acme.example"))
        acme.people.add(Person("cy2", ACME, "Çy", title="Director"))
        acme.people.update("ann2", reports_to="cy2")
    edit.unpark(ACME, made.id, ["p:ann2", "p:cy2", "p:dee"])
    plan = edit.plan_merge(ACME, made.id, "")
    assert {(t.kept.name, t.gone.name) for t in plan.twins} == {("Ann", "ANN"), ("Cy", "Çy")}
    assert plan.circles == ("Ann → Cy → Bob → Ann",)
    assert {c.field for c in plan.conflicts if c.name == "Ann"} == {"title", "above"}
    before = digest(acme)
    with pytest.raises(UserError, match="Ann → Cy → Bob → Ann"):
        edit.merge_maps(ACME, made.id, "")
    assert digest(acme) == before
    edit.merge_maps(ACME, made.id, "", {"p:ann:above": Keep.INTO, "p:ann:title": Keep.FROM})
    merged = card(acme, "Ann")
    assert merged.person is not None
    assert (merged.above, merged.title, merged.person.email) == (None, "Chair", "ann@acme.example")
    assert {c.name for c in shown(acme).cards} == {"Ann", "Bob", "Cy", "Dee"}
    assert not acme.maps.of(ACME)
    assert not card(acme, "Dee").parked


# --- no circle, whatever is done ---

_NAMES = ("p:ann", "p:bob", "p:cy", "p:dee", "seat 0", "seat 1")
_STEPS = st.lists(
    st.tuples(
        st.sampled_from(("report", "report", "report", "fill", "vacancy", "paste")),
        st.sampled_from(_NAMES),
        st.sampled_from((*_NAMES, "nobody")),
    ),
    max_size=14,
)


def test_no_sequence_of_verbs_ends_in_a_circle(acme: Book) -> None:
    _never_in_a_circle(acme, examples=12)


@pytest.mark.soak
def test_no_sequence_of_very_many_ends_in_a_circle(acme: Book) -> None:
    _never_in_a_circle(acme, examples=300)


def _never_in_a_circle(acme: Book, examples: int) -> None:
    seats = [acme.map_edit.add_vacancy(ACME, Role.SPONSOR) for _ in range(2)]
    before = digest(acme)

    @settings(
        max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(steps=_STEPS)
    def holds(steps: list[tuple[str, str, str]]) -> None:
        done = sum(_step(acme, seats, step) for step in steps)
        ground = Ground(acme.relation_map.material(ACME))
        assert chiefs(ground) == said(ground)
        for _ in range(done):
            acme.undo()
        assert digest(acme) == before

    holds()


def _step(book: Book, seats: list[str], step: tuple[str, str, str]) -> int:
    """Do one thing; returns by how many steps of undo the book has grown."""
    verb, low, high = step
    first, second = (seats[int(key[-1])] if key.startswith("seat") else key for key in (low, high))
    newest = book.history(1)[0].id
    try:
        if verb == "report":
            book.map_edit.report_to(ACME, first, None if high == "nobody" else second)
        elif verb == "fill" and high != "nobody":
            book.seats.fill(first[2:], second[2:])
        elif verb == "vacancy":
            book.map_edit.add_vacancy(ACME, Role.USER, above=first)
        elif verb == "paste":
            book.map_edit.paste_people(ACME, read_pasted(f"{low[-3:]}\n  {high[-3:]}\n    Dee"))
    except UserError:
        assert book.history(1)[0].id == newest
    return sum(1 for c in book.history(3) if c.id > newest)
