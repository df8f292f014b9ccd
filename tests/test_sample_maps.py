"""The maps of the sample: Tidewater's as it is drawn, others with outsiders and further maps."""

import shutil
from datetime import date

import pytest

from csplanner.book.book import Book
from csplanner.domain.map_model import LineKind, Standing, TieState
from csplanner.domain.person import Role
from csplanner.sample import STORY_DAY


@pytest.fixture(scope="module")
def book(sample_file, tmp_path_factory):
    path = tmp_path_factory.mktemp("maps") / "sample.csbook"
    shutil.copyfile(sample_file, path)
    with Book.open(path, today=STORY_DAY) as opened:
        yield opened


def _map(book, name, **more):
    return book.relation_map.read(book.accounts.find(name)[0].id, **more)


@pytest.fixture(scope="module")
def tidewater(book):
    return _map(book, "Tidewater Health Network")


@pytest.fixture(scope="module")
def names(tidewater):
    ours = {o.key: "You" if o.is_you else o.name.split()[0] for o in tidewater.ours}
    return {c.key: c.name for c in tidewater.cards} | ours


def test_tidewaters_people_have_their_role_influence_mood_and_last_contact(tidewater):
    found = {
        c.name: (
            c.roles[0] if c.roles else None, c.influence.value, c.mood.value,
            (STORY_DAY - c.last_contact).days if c.last_contact else None,
        )
        for c in tidewater.placed() if c.standing is Standing.HERE
    }  # fmt: skip
    assert found == {
        "Amara Nwosu": (Role.DECIDES, 5, None, None),
        "Victor Hale": (Role.FINANCE, 3, 0, 21),
        "Dr Lena Park": (Role.INFLUENCER, 4, 1, 6),
        "Joel Baptiste": (Role.DAY_TO_DAY, 2, 2, 3),
        "Priscilla Ong": (Role.SCEPTIC, 3, -1, 64),
        "Kim Sato": (Role.USER, 2, 1, 9),
        "Marcus Bell": (Role.USER, 2, 1, 15),
    }
    rosa = next(c for c in tidewater.cards if c.name == "Rosa Delgado")
    assert rosa.standing is Standing.LEFT
    assert rosa.roles == (Role.CHAMPION,), "she was a champion: three yeses, not yet old"
    assert [c.name for c in tidewater.parking()] == []


def test_tidewaters_people_report_up_to_a_seat_nobody_is_known_for(tidewater, names):
    above = {names[c.key]: names.get(c.above) for c in tidewater.placed()}
    assert above == {
        "Executive sponsor": None, "Amara Nwosu": "Executive sponsor",
        "Victor Hale": "Executive sponsor", "Dr Lena Park": "Executive sponsor",
        "Joel Baptiste": "Amara Nwosu", "Rosa Delgado": "Amara Nwosu",
        "Priscilla Ong": "Dr Lena Park", "Kim Sato": "Joel Baptiste",
        "Marcus Bell": "Joel Baptiste",
    }  # fmt: skip


def test_tidewaters_lines_are_those_that_are_drawn(tidewater, names):
    kinds = (LineKind.INFLUENCES, LineKind.DOUBTS, LineKind.PAIRED)
    drawn = {(names[li.start], li.kind, names[li.end]): li for li in tidewater.of_kind(*kinds)}
    assert {key: (li.label, li.weight) for key, li in drawn.items()} == {
        ("Victor Hale", LineKind.INFLUENCES, "Amara Nwosu"): ("budget", 2),
        ("Dr Lena Park", LineKind.INFLUENCES, "Amara Nwosu"): ("listens to, strongly", 3),
        ("Priscilla Ong", LineKind.DOUBTS, "Dr Lena Park"): ("doubts", 2),
        ("Helen", LineKind.PAIRED, "Amara Nwosu"): ("", 1),
    }
    assert drawn["Helen", LineKind.PAIRED, "Amara Nwosu"].due.isoformat() == "2026-03-27"


def test_who_of_ours_is_in_touch_and_who_is_quiet_is_as_in_the_matrix(tidewater, names):
    there = {c.key for c in tidewater.cards if c.is_active}
    found = {
        (names[li.start], names[li.end]): li.state
        for li in tidewater.of_kind(LineKind.TIE) if li.end in there
    }  # fmt: skip
    live, quiet = TieState.LIVE, TieState.COOLING
    assert found == {
        ("You", "Dr Lena Park"): live, ("Tomas", "Victor Hale"): live,
        ("Priya", "Victor Hale"): quiet, ("Sofia", "Priscilla Ong"): quiet,
        ("Ingrid", "Joel Baptiste"): live, ("You", "Joel Baptiste"): live,
        ("Ingrid", "Kim Sato"): live, ("Dele", "Kim Sato"): quiet, ("You", "Kim Sato"): quiet,
        ("Ingrid", "Marcus Bell"): live,
    }  # fmt: skip


def test_a_quarter_ago_rosa_was_there_and_moods_were_others(book):
    then = _map(book, "Tidewater Health Network", day=date(2026, 1, 31))
    was = {c.name: c for c in then.cards}
    assert was["Rosa Delgado"].standing is Standing.HERE
    assert (was["Priscilla Ong"].mood.value, was["Victor Hale"].mood.value) == (0, 1)
    assert "Amara Nwosu" not in was


def test_other_accounts_have_outsiders_pairs_and_a_map_of_a_part(book):
    merrow = _map(book, "Merrow Telecom")
    assert {c.name: c.outside for c in merrow.cards if c.outside} == {
        "Dana Whitlock": "competitor", "Nora Finch": "consultant",
    }  # fmt: skip
    assert [li.kind for li in merrow.of_kind(LineKind.RIVAL)] == [LineKind.RIVAL]
    ravi = next(c for c in merrow.cards if c.name == "Ravi Eastwood")
    assert ravi.unproven, "two of three yeses make a coach"
    corvane = book.accounts.find("Corvane Bank")[0].id
    further = book.maps.of(corvane)
    assert [m.name for m in further] == ["Branch wave 2"]
    part = book.relation_map.read(corvane, map_id=further[0].id)
    assert len(part.placed()) == 3
