"""The relationship map as drawn: nothing by colour alone, files that open, pages without cuts."""

import re
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from typing import Any
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from csplanner.domain.map_change import compare
from csplanner.domain.map_customer import customer_map
from csplanner.domain.map_lens import HIDDEN, Seen
from csplanner.domain.map_model import Card, Judged, Lens, LineKind, RelationMap, Standing
from csplanner.paint.map_card import Detail, detail_at, paint_card
from csplanner.paint.map_drawing import draw_map, drawing, rect_of
from csplanner.paint.map_lines import clear_label, fitting, line_look, line_path
from csplanner.paint.map_look import CardLook, Change, card_look, changed, initials, ours_looks
from csplanner.paint.map_pages import pdf, plan
from csplanner.paint.map_picture import heading, png, svg
from csplanner.paint.tokens import Theme, themes
from tests.map_making import made_map
from tests.map_tidewater import tidewater

pytestmark = pytest.mark.usefixtures("qapp")
LIGHT = themes()["light"]


def look(key: str, lens: Lens = Lens.REPORTING, **other: Any) -> CardLook:
    shown = tidewater()
    card = replace(shown.by_key()[key], **other)
    return card_look(card, Seen(shown), lens)


def grey(shown: CardLook, theme: Theme = LIGHT, detail: Detail = Detail.FULL) -> bytes:
    """Where a card leaves ink of its own, without any colour."""
    image = QImage(412, 152, QImage.Format.Format_RGB32)
    image.fill(theme.colour("canvas"))
    with QPainter(image) as painter:
        painter.scale(2, 2)
        paint_card(painter, QRectF(1, 1, 204, 74), shown, theme, detail=detail)
    plain = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return bytes(plain.constBits())


def apart(one: bytes, other: bytes) -> int:
    return sum(1 for a, b in zip(one, other, strict=True) if abs(a - b) > 24)


@pytest.mark.parametrize("name", sorted(themes()))
def test_moods_differ_without_colour_and_unknown_is_none_of_them(name: str) -> None:
    drawn = [
        grey(look("p:joel", mood=Judged(value)), themes()[name], detail)
        for detail in (Detail.FULL, Detail.NAME)
        for value in (None, -2, 0, 2)
    ]
    for four in (drawn[:4], drawn[4:]):
        assert all(apart(a, b) > 30 for a, b in combinations(four, 2))


def test_unknown_influence_is_drawn_as_unknown_and_not_as_the_least() -> None:
    unknown, least = look("p:joel", influence=Judged()), look("p:joel", influence=Judged(1))
    assert (unknown.level, least.level) == (None, 0)
    assert apart(grey(unknown), grey(least)) > 20


def test_a_vacant_seat_and_who_left_are_dashed_and_the_name_is_struck() -> None:
    here, left = look("p:lena"), look("p:lena", standing=Standing.LEFT)
    assert (here.dashed, left.dashed, left.struck) == (False, True, True)
    assert look("s:sponsor").dashed
    assert not look("s:sponsor").struck
    assert left.band == "none"
    assert apart(grey(here), grey(replace(here, struck=True))) > 50


def test_a_judgement_fades_with_its_age_and_says_so() -> None:
    old = Judged(2, tidewater().day, fresh=0.3, recheck=True)
    aged = look("p:lena", mood=old)
    assert apart(grey(look("p:lena")), grey(aged)) > 20
    assert aged.recheck
    assert "judged more than 90 days ago" in aged.spoken


def test_a_card_says_all_of_itself_to_a_screen_reader() -> None:
    assert look("p:victor").spoken == (
        "Victor Hale, VP finance, Finance, influence 4 of 5, mood neutral, last contact 21 d, "
        "reports to Executive sponsor"
    )
    assert look("s:sponsor").spoken == "Executive sponsor, nobody known, Sponsor"


@pytest.mark.parametrize("lens", Lens)
def test_a_shared_screen_tells_no_mood_and_no_influence(lens: Lens) -> None:
    shown = tidewater()
    card = shown.by_key()["p:priscilla"]
    covered = card_look(card, Seen(shown), lens, hidden=True)
    other = replace(card, mood=Judged(2, card.mood.on), influence=Judged(1, card.influence.on))
    same = card_look(other, Seen(shown), lens, hidden=True)
    assert grey(covered) == grey(same)
    assert covered.spoken == same.spoken
    assert f"mood {HIDDEN}" in covered.spoken


def test_small_cards_draw_less() -> None:
    assert [detail_at(s) for s in (1.0, 0.5, 0.25)] == [Detail.FULL, Detail.NAME, Detail.BLOCK]
    shapes = {grey(look("p:kim"), detail=d) for d in Detail}
    assert len(shapes) == 3


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Dr Lena Park", "LP"), ("Cher", "C"), ("Ásdís af Hale", "ÁH"), ("…", "?"), ("", "?")],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_card_is_tagged_with_the_gravest_of_what_became_of_somebody() -> None:
    shown = tidewater()
    mood = {c.key: Judged(-1) if c.key == "p:joel" else c.mood for c in shown.cards}
    before = replace(
        shown,
        day=shown.day - timedelta(days=60),
        cards=tuple(
            replace(c, mood=mood[c.key], above=None if c.key == "p:joel" else c.above)
            for c in shown.cards
            if c.key != "p:kim"
        ),
    )
    ready = drawing(shown, changes=compare(before, shown))
    tags = {key: look.change for key, look in ready.cards.items() if look.change.value}
    assert tags == {"p:kim": Change.JOINED, "p:joel": Change.TURNED_FOR}
    assert heading(ready).second.endswith("tags tell what changed since 11 January 2026")
    past = drawing(before, changes=compare(before, shown))
    assert heading(past).second.endswith("tags tell what changed by 12 March 2026")
    plain = look("p:joel")
    assert apart(grey(plain), grey(changed(plain, Change.TURNED_FOR))) > 50


def test_two_of_ours_with_one_first_name_are_told_apart() -> None:
    shown = tidewater()
    ours = tuple(
        replace(o, name=name)
        for o, name in zip(shown.ours[:2], ("Ingrid Moe", "Ingrid Berg"), strict=True)
    )
    looks = ours_looks(replace(shown, ours=(*ours, shown.ours[2])), "Maren Oduya")
    assert [(o.name, o.initials) for o in looks] == [
        ("Ingrid M", "IM"), ("Ingrid B", "IB"), ("You", "MO")
    ]  # fmt: skip


def test_all_of_ours_are_called_alike_on_a_picture_that_leaves() -> None:
    shown = tidewater()
    ours = tuple(
        replace(o, name=name, is_you=False)
        for o, name in zip(shown.ours[:2], ("Ingrid Moe", "Helen Castellan-Brook"), strict=True)
    )
    both = ours_looks(replace(shown, ours=ours), plain=True)
    assert [o.name for o in both] == ["I. Moe", "H. Castellan-Brook"]
    assert both[0].spoken.startswith("Ingrid Moe")
    assert [o.name for o in ours_looks(replace(shown, ours=ours[:1]), plain=True)] == ["Ingrid Moe"]


def test_a_line_is_said_in_words_and_wider_where_it_is_stronger() -> None:
    shown = tidewater()
    looks = {li.key: line_look(li, Seen(shown)) for li in shown.lines}
    assert looks["t:you:joel"].width > looks["t:dele:kim"].width
    assert looks["r:p:rosa"].dash
    assert not looks["r:p:joel"].dash
    assert looks["x:1"].words == "planned, 27 Mar"
    assert looks["d:1"].spoken == "Priscilla Ong doubts Dr Lena Park, weight 1 of 3"
    assert looks["t:you:joel"].spoken == "You and Joel Baptiste, strength 95 of 100"
    doubt = next(li for li in shown.lines if li.kind is LineKind.DOUBTS)
    veiled = line_look(doubt, Seen(shown), hidden=True)
    assert (veiled.ink, veiled.words) == ("text", HIDDEN)
    assert "doubts" not in veiled.spoken


def test_the_words_of_a_line_lie_over_no_card() -> None:
    ready = drawing(tidewater())
    boxes = [rect_of(r) for k in ready.places.at if (r := ready.places.rect(k)) is not None]
    for line in ready.lines:
        x, y = ready.ways[line.key].label_at
        if ready.looks[line.key].words:
            assert not any(box.contains(x, y) for box in boxes)
    way = ready.ways["x:1"]
    middle = line_path(way).pointAtPercent(0.5)
    over = [QRectF(middle.x() - 20, middle.y() - 20, 40, 40)]
    at = replace(way, label_at=(middle.x(), middle.y()))
    assert clear_label(at, ready.looks["x:1"], over).label_at != at.label_at


def test_words_that_only_repeat_the_arrow_give_way_where_cards_stand_close() -> None:
    shown = tidewater()
    ready = drawing(shown)
    way, doubt, budget = ready.ways["d:1"], ready.looks["d:1"], ready.looks["i:1"]
    everywhere = [QRectF(-9_000, -9_000, 18_000, 18_000)]
    assert fitting(way, doubt, []) == doubt
    assert fitting(way, doubt, everywhere).words == ""
    assert fitting(way, budget, everywhere).words == "budget"


def test_who_of_us_has_no_line_stays_off_a_picture() -> None:
    shown = tidewater()
    idle = replace(shown, lines=tuple(li for li in shown.lines if li.start != "p:dele"))
    ready = drawing(idle)
    assert "p:dele" not in ready.places.at
    assert {o.key for o in ready.ours} == {o.key for o in shown.ours} - {"p:dele"}


def test_pictures_open_and_their_text_is_text() -> None:
    ready = drawing(tidewater(), csm="Maren Oduya")
    picture = QImage.fromData(QByteArray(png(ready)))
    assert picture.width() >= 2 * ready.bounds.width()
    drawn = svg(ready)
    assert QSvgRenderer(QByteArray(drawn)).isValid()
    faces = re.findall(r'<text[^>]*font-family="([^"]*)"', drawn.decode())
    assert {f.rsplit(",", 1)[-1] for f in faces} == {"sans-serif"}
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", drawn.decode())
    for said in (
        "Tidewater Health Network",
        "Rosa Delgado",
        "left on 24 Feb",
        "never met",
        "doubts",
    ):
        assert said in texts


def test_hostile_names_spoil_no_file() -> None:
    shown = tidewater()
    bad = "<b>&\"']]>\uffff\x0b\u202e李小龙 🙂 " + "x" * 400
    cards = tuple(replace(c, name=bad, title=bad) for c in shown.cards)
    lines = tuple(replace(li, label=bad) for li in shown.lines)
    ready = drawing(replace(shown, account_name=bad, map_name=bad, cards=cards, lines=lines))
    root = ElementTree.fromstring(svg(ready))
    assert root.tag.endswith("svg")
    assert not QImage.fromData(QByteArray(png(ready))).isNull()
    assert pdf(ready).startswith(b"%PDF")


def test_a_picture_for_the_customer_says_nothing_of_a_judgement() -> None:
    ready = drawing(customer_map(tidewater(), "Maren Oduya"), plain=True)
    texts = " | ".join(re.findall(r">([^<>]+)</text>", svg(ready).decode()))
    assert "Victor Hale" in texts
    assert "looks after" in texts
    for word in ("Sceptic", "doubts", "mood", "budget", "Rosa", "never met", "21 d", "You", "judg"):
        assert word not in texts
    assert not re.search(r"\| [GWR?] \|", texts)


def test_a_small_map_is_one_page_and_a_large_one_shows_every_card_whole_on_some_page() -> None:
    assert len(plan(drawing(tidewater())).parts) == 1
    ready = drawing(made_map(200, 3))
    laid = plan(ready)
    assert 4 <= len(laid.parts) <= 14
    for key in ready.places.at:
        rect = ready.places.rect(key)
        assert rect is not None
        assert any(part.contains(rect_of(rect)) for part in laid.parts)
    pages = len(re.findall(rb"/Type\s*/Page\b", pdf(ready)))
    assert pages == len(laid.parts) + 1


def test_a_page_shows_no_card_that_it_would_cut() -> None:
    ready = drawing(made_map(30, 3))
    box = rect_of(ready.places.rect(next(iter(ready.places.at))))
    whole, cut = QRectF(box.adjusted(-20, -20, 20, 20)), QRectF(box.adjusted(-20, -20, -20, 20))
    drawn = []
    for part in (whole, cut):
        picture = QImage(part.size().toSize(), QImage.Format.Format_RGB32)
        picture.fill(0xFFFF00FF)
        with QPainter(picture) as painter:
            painter.translate(-part.topLeft())
            draw_map(painter, ready, LIGHT, within=part)
        drawn.append(picture.pixelColor(60, 28).name() != "#ff00ff")
    assert drawn == [True, False]


def test_the_largest_map_becomes_a_picture_that_programs_open() -> None:
    wide = RelationMap("a", "A", tidewater().day, cards=_row_of(120))
    picture = QImage.fromData(QByteArray(png(drawing(wide))))
    assert max(picture.width(), picture.height()) <= 16_000


def _row_of(count: int) -> tuple[Card, ...]:
    return tuple(Card(f"p:{n}", f"Person {n}", at=(n * 220, 0)) for n in range(count))
