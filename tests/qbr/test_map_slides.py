"""A relationship map as slides and as a list: native shapes that hold together, nothing leaked."""

import zipfile
from dataclasses import fields, replace
from io import BytesIO

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Emu

from csplanner.domain.account import AccountId
from csplanner.domain.map_model import (
    Card,
    Judged,
    Line,
    LineKind,
    Ours,
    RelationMap,
    Standing,
    TieState,
)
from csplanner.domain.period import quarter_of
from csplanner.domain.person import Outside, Person, Role, Seat, Side
from csplanner.errors import UserError
from csplanner.qbr.customer_view import customer_view
from csplanner.qbr.deck import write_deck
from csplanner.qbr.map_diagram import diagrams
from csplanner.qbr.map_export import map_file_name
from csplanner.qbr.map_list import write_map_list
from csplanner.qbr.map_paging import MOST
from csplanner.qbr.map_slide import write_map_slides
from csplanner.qbr.map_text import fitting
from csplanner.qbr.people_slide import with_people
from csplanner.qbr.story import story
from tests.map_making import DAY, made_map
from tests.qbr.test_leaks import parts_of

MARK = "ZQXMARK"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
HERE = AccountId("a1")


def _person(key, name, **more):
    more = {"title": f"{name} title", "department": "Care"} | more
    return Person(key, HERE, name, **more)


def _marked(key, name, **more):
    """A card with a marker in everything a customer may not see."""
    judged = Judged(3, DAY, MARK, note=MARK)
    person = _person(
        key, name, email=MARK, phone=MARK, function=MARK, company=MARK, side=Side.THEIRS,
        outside=more.pop("outsider", None),
    )  # fmt: skip
    return Card(
        f"p:{key}", name, person.title, person=person, seats=(Seat("s", HERE, Role.SCEPTIC, key),),
        influence=judged, mood=replace(judged, value=-2), politics=replace(judged, value="inner"),
        strength=77, contacts_90=70_007, **more,
    )  # fmt: skip


@pytest.fixture
def marked():
    """Three of theirs, one who left, an open seat and an outsider, all full of markers."""
    cards = (
        _marked("1", "Dana"), _marked("2", "Ravi", above="p:1"),
        _marked("3", "Lena", above="p:4"),
        _marked("4", f"Gone {MARK}", above="p:1", standing=Standing.LEFT),
        Card("s:1", f"Seat {MARK}", standing=Standing.VACANT),
        _marked("5", f"Rival {MARK}", outside="competitor", outsider=Outside.COMPETITOR),
    )  # fmt: skip
    ours = (Ours("you", "Maren", "CSM", is_you=True), Ours("p:9", f"Idle {MARK}", "Sales"))
    lines = (
        Line("1", LineKind.INFLUENCES, "p:2", "p:1", label=MARK, evidence=MARK, weight=3),
        Line("2", LineKind.DOUBTS, "p:3", "p:1", label=MARK, evidence=MARK),
        Line("3", LineKind.TIE, "you", "p:1", strength=77, label=MARK, state=TieState.LIVE),
        Line("4", LineKind.RIVAL, "p:5", "p:1", strength=50, label=MARK),
    )
    return RelationMap(HERE, "Northwind", DAY, map_name=MARK, cards=cards, ours=ours, lines=lines)


def test_a_customers_map_has_no_judgement_in_any_byte(marked):
    for content in (write_map_slides(marked, customer=True), write_map_list(marked, customer=True)):
        seen = 0
        for name, part in parts_of(content):
            seen += 1
            for sign in (MARK, "70007", "Rival", "sceptic", "Sceptic", "influence", "doubts"):
                assert sign.encode() not in part, f"{sign} in {name}"
        assert seen > 5
    inside = write_map_slides(marked)
    assert any(MARK.encode() in part for _, part in parts_of(inside)), "the markers are nowhere"


def test_a_file_for_the_customer_is_not_called_what_you_call_the_map(marked):
    assert MARK in map_file_name(marked)
    assert MARK not in map_file_name(marked, customer=True)


def test_what_is_no_character_stops_no_slide_and_no_review(marked, tidewater, settings, today):
    bad = "\x01\uffff\ufdd0\ufffe\x00"
    cards = tuple(
        replace(
            c, name=f"{c.name}{bad}", title=f"{bad}{c.title}",
            person=c.person and replace(c.person, name=f"{bad}{c.name}", department=bad),
        )
        for c in marked.cards
    )  # fmt: skip
    ours = tuple(replace(o, name=f"{o.name}{bad}", function=bad) for o in marked.ours)
    lines = tuple(replace(li, label=f"{bad}{li.label}") for li in marked.lines)
    shown = replace(marked, account_name=f"{bad}Acme", map_name=bad, cards=cards, ours=ours,
                    lines=lines)  # fmt: skip
    for customer in (True, False):
        write_map_list(shown, customer=customer)
        content = write_map_slides(shown, customer=customer, author=f"Maren{bad}")
        deck = Presentation(BytesIO(content))
        assert "Dana" in [s.name for s in deck.slides[0].shapes]
        assert deck.core_properties.author == "Maren"
    told = story(customer_view(tidewater, settings, quarter_of(today), as_of=today))
    with_map = with_people(told, shown, f"Maren{bad}")
    assert Presentation(BytesIO(write_deck(with_map, day=today))).slides


def test_a_customers_map_says_names_titles_reports_and_who_looks_after_whom(marked):
    slide = Presentation(BytesIO(write_map_slides(marked, customer=True, author="Maren"))).slides[0]
    texts = {s.name: s.text_frame.text for s in slide.shapes if s.has_text_frame}
    assert texts["Dana"] == "Dana\nDana title\nCare"
    names = [s.name for s in slide.shapes]
    assert "Ravi reports to Dana" in names
    assert "Lena reports to Dana" in names, "who reported to somebody who left reports above them"
    assert "Maren looks after Dana" in names


def test_every_connector_holds_on_to_two_shapes_at_the_very_spot(marked):
    for shown in (marked, made_map(60, 3), made_map(30, 2, shape="fan"), made_map(9, 4)):
        for slide in Presentation(BytesIO(write_map_slides(shown))).slides:
            _held(slide)


def _held(slide):
    """Both ends of every connector, turned and mirrored as its frame says, lie on its boxes."""
    shapes = {s.shape_id: s for s in slide.shapes}
    connectors = [s for s in slide.shapes if s.shape_type == MSO_SHAPE_TYPE.LINE]
    assert connectors
    for line in connectors:
        glue = line.element.nvCxnSpPr.cNvCxnSpPr
        for tip, end in (("st", _end(line, -1)), ("end", _end(line, 1))):
            held = glue.find(f"{A}{tip}Cxn")
            spot = _site(shapes[int(held.get("id"))], int(held.get("idx")))
            assert end == pytest.approx(spot, abs=20_000), line.name


def _end(line, side):
    frame = line.element.spPr.find(f"{A}xfrm")
    wide, high = line.width, line.height
    x, y = side * wide / 2, side * high / 2
    x = -x if frame.get("flipH") == "1" else x
    y = -y if frame.get("flipV") == "1" else y
    quarter = int(frame.get("rot", "0")) // 5_400_000
    for _ in range(quarter):
        x, y = -y, x
    off = frame.find(f"{A}off")
    return int(off.get("x")) + wide / 2 + x, int(off.get("y")) + high / 2 + y


def _site(shape, number):
    across = {0: 0.5, 1: 0.0, 2: 0.5, 3: 1.0}[number]
    down = {0: 0.0, 1: 0.5, 2: 1.0, 3: 0.5}[number]
    return shape.left + shape.width * across, shape.top + shape.height * down


def test_shape_numbers_are_their_own_and_boxes_stay_on_the_slide(marked):
    deck = Presentation(BytesIO(write_map_slides(made_map(90, 5))))
    assert len(deck.slides) > 1
    for slide in deck.slides:
        ids = [e.get("id") for e in slide.shapes.element.iter() if e.tag.endswith("}cNvPr")]
        assert len(ids) == len(set(ids))
        for shape in slide.shapes:
            if shape.shape_type == MSO_SHAPE_TYPE.AUTO_SHAPE:
                assert Emu(0) <= shape.left
                assert shape.left + shape.width <= deck.slide_width
                assert shape.top + shape.height <= deck.slide_height
    legend = [s for s in deck.slides[0].shapes if s.shape_type == MSO_SHAPE_TYPE.GROUP]
    assert [s.name for s in legend] == ["Legend"]


def test_text_never_leaves_its_box_on_a_slide():
    shown = made_map(30, 5)
    long = "Senior director of regional patient access and workforce operations"
    cards = tuple(
        replace(c, title=long, name=f"{c.name} of the very long family name of Featherstonehaugh")
        for c in shown.cards
    )
    deck = Presentation(BytesIO(write_map_slides(replace(shown, cards=cards))))
    shapes = [shape for slide in deck.slides for shape in slide.shapes]
    boxes = [s for s in shapes if s.name.startswith("Person") and s.has_text_frame]
    assert len(boxes) >= 30
    for box in boxes:
        frame, high = box.text_frame, 0.0
        wide = (box.width - frame.margin_left - frame.margin_right) / Emu(12_700)
        for run in (r for p in frame.paragraphs for r in p.runs):
            rows = -(-len(run.text) * run.font.size.pt * 0.5 // wide)
            high += rows * run.font.size.pt * 1.2
        assert high <= box.height.pt, [r.text for p in frame.paragraphs for r in p.runs]
    assert fitting(("Ann", "CEO", "Decides"), (12, 10, 10), (100, 40)) == ("Ann", "CEO", "Decides")


def test_a_line_to_the_customer_runs_behind_nobody_it_could_be_read_for():
    shown = made_map(3, 7, shape="chain", lines=0)
    top, _, low = (c.key for c in shown.cards)
    ours = shown.ours[0]
    ties = tuple(
        Line(f"tie:{key}", LineKind.TIE, ours.key, key, state=TieState.LIVE) for key in (top, low)
    )
    page = diagrams(replace(shown, ours=(ours,), lines=ties), customer=True)[0]
    drawn = [page.boxes[li.end].lines[0] for li in page.links if li.kind == "tie"]
    cards = {b.lines[0]: b.lines for b in page.boxes}
    names = {c.key: c.name for c in shown.cards}
    assert drawn == [names[low]]
    assert f"with {ours.name}" in cards[names[top]][2]
    assert "with" not in cards[names[low]][2]
    assert ours.name in cards


@pytest.mark.parametrize("people", [9, 40])
def test_text_on_a_slide_of_a_map_is_never_smaller_than_nine_points(people):
    deck = Presentation(BytesIO(write_map_slides(made_map(people, 7))))
    for slide in deck.slides:
        sizes = [int(r.get("sz", 900)) for r in slide.shapes.element.iter(f"{A}rPr")]
        assert min(sizes) >= 900
        cards = [s for s in slide.shapes if s.shape_type == MSO_SHAPE_TYPE.AUTO_SHAPE]
        for card in cards:
            if len(card.text_frame.paragraphs) == 3:
                high = sum(run.font.size.pt * 1.2 for p in card.text_frame.paragraphs
                           for run in p.runs)  # fmt: skip
                assert high <= card.height.pt, card.name


@pytest.mark.parametrize(
    ("people", "shape"), [(1, "mixed"), (40, "mixed"), (75, "fan"), (130, "mixed")]
)
def test_a_large_map_is_split_by_branch_and_nobody_is_lost(people, shape):
    shown = made_map(people, 7, shape=shape)
    pages = diagrams(shown)
    named = {c.name for c in shown.placed()}
    found = [[b.lines[0] for b in p.boxes if b.kind != "ours"] for p in pages]
    assert {n for page in found for n in page} == named
    assert max(map(len, found)) <= MOST
    assert len(pages) <= 1 + people / 6
    below = {n: k for k, page in enumerate(found) for n in page}
    for page in pages:
        for box in page.boxes:
            words = box.lines[-1].rpartition("part ")
            if words[1]:
                assert box.lines[0] in found[int(words[2]) - 1], "it goes on elsewhere"
    assert set(below) == named


def test_the_same_map_gives_the_same_slides(marked):
    assert write_map_slides(marked) == write_map_slides(marked)


def test_an_empty_map_is_refused_in_words(marked):
    with pytest.raises(UserError, match="Add people first"):
        write_map_slides(replace(marked, cards=()))


def test_the_list_holds_people_lines_and_who_knows_whom(marked):
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(write_map_list(marked)))
    assert book.sheetnames == ["People", "Lines", "Who knows whom"]
    people = list(book["People"].values)
    ravi = dict(zip(people[0], people[2], strict=True))
    assert (ravi["Reports to"], ravi["Influence 1 to 5"], ravi["Mood −2 to 2"]) == ("Dana", 3, -2)
    lines = list(book["Lines"].values)
    assert ("Ravi", "influences", "Dana", 3) in [row[:4] for row in lines]
    matrix = list(book["Who knows whom"].values)
    assert matrix[0][1] == "Maren"
    assert matrix[1][:2] == ("Dana", 77)


def test_a_list_is_text_even_where_a_name_looks_like_a_formula(marked):
    import openpyxl

    odd = replace(marked.cards[0], name="=1+1", person=_person("1", "=1+1"))
    shown = replace(marked, cards=(odd,), lines=())
    for customer in (True, False):
        content = write_map_list(shown, customer=customer)
        cell = openpyxl.load_workbook(BytesIO(content))["People"]["A2"]
        assert (cell.value, cell.data_type) == ("=1+1", "s")
        with zipfile.ZipFile(BytesIO(content)) as package:
            assert not any(b"<f>" in package.read(n) for n in package.namelist())


def test_every_field_of_a_card_was_thought_of_before_it_may_leave():
    known = {
        "key", "name", "title", "standing", "person", "seats", "above", "influence", "mood",
        "politics", "adaptability", "orientation", "level_now", "level_wanted", "last_contact",
        "contacts_90", "strength", "at", "parked", "outside", "unproven",
    }  # fmt: skip
    assert {f.name for f in fields(Card)} <= known | {"acting"}


def test_a_review_shows_who_works_with_whom_only_where_asked(marked, tidewater, settings, today):
    told = story(customer_view(tidewater, settings, quarter_of(today), as_of=today))
    assert "people" not in [s.key for s in told.slides]
    wanted = with_people(told, marked, "Maren")
    keys = [s.key for s in wanted.slides]
    assert keys.index("people") == keys.index("next") - 1
    slide = next(s for s in wanted.slides if s.key == "people")
    assert slide.title == "1 of your people and 1 of ours work together", "two only stand there"
    for _, part in parts_of(write_deck(wanted, day=today)):
        assert MARK.encode() not in part
    assert with_people(told, replace(marked, cards=())) == told


def test_the_words_of_a_line_cover_nobody():
    shown = made_map(9, 4, lines=6)
    line = shown.lines[0]
    ours, card = shown.ours[0], shown.cards[0]
    planned = replace(line, key="x", kind=LineKind.PAIRED, start=ours.key, end=card.key, due=DAY)
    slide = Presentation(
        BytesIO(write_map_slides(replace(shown, lines=(*shown.lines, planned))))
    ).slides[0]
    words = next(s for s in slide.shapes if s.name.startswith("Words: ") and "planned" in s.name)
    assert words.text_frame.text == "planned, 12 Mar"
    for card in slide.shapes:
        if card.shape_type == MSO_SHAPE_TYPE.AUTO_SHAPE and card.name != "Our people":
            apart = (
                words.left + words.width <= card.left
                or card.left + card.width <= words.left
                or words.top + words.height <= card.top
                or card.top + card.height <= words.top
            )
            assert apart, card.name
