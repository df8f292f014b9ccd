"""The panel beside the map: who knows whom, what is wrong, who is selected, and the history."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from csplanner.book.book import Book
from csplanner.domain.evidence import Evidence, EvidenceKind
from csplanner.domain.map_figures import MapVerb, RiskKind
from csplanner.domain.map_model import Card, LineKind
from csplanner.domain.map_record import AccountMap, MapPlace
from csplanner.domain.map_told import risk_about
from csplanner.domain.person import Role
from csplanner.ui import veil
from csplanner.ui.map.beside import PastKind, look_beside
from csplanner.ui.map.coverage_grid import COLUMN
from csplanner.ui.map.coverage_rows import Contact, depths, letters, matrix
from csplanner.ui.map.history_rows import past_rows
from csplanner.ui.map.person_rows import elsewhere_words, judged_rows, tie_rows
from csplanner.ui.map.reading import MapSeen, Wanted, look
from csplanner.ui.map.side import COVERAGE, HISTORY, PERSON, MapSide
from csplanner.ui.map.side_parts import PressRow
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.labels import PlainLabel
from tests.ui.map.side_story import ACCOUNT, NOTE, TODAY, fill


@pytest.fixture(scope="module")
def map_book(
    tmp_path_factory: pytest.TempPathFactory, new_book: Callable[[Path], Book]
) -> Iterator[Book]:
    with new_book(tmp_path_factory.mktemp("side") / "book.csbook") as made:
        fill(made)
        yield made


@pytest.fixture(scope="module")
def seen(map_book: Book) -> MapSeen:
    return look(map_book, wanted=Wanted(ACCOUNT))


@pytest.fixture
def side(qtbot, themes, seen: MapSeen) -> MapSide:
    made = MapSide()
    qtbot.addWidget(made)
    made.resize(336, 784)
    made.show()
    made.show_seen(seen)
    return made


def _cell(seen: MapSeen, ours: str, theirs: str):
    shown = matrix(seen.map)
    row = next(r for r in shown.rows if r.key == f"p:{theirs}")
    place = [h.name.startswith(ours) for h in shown.heads].index(True)
    return row.cells[place]


def _texts(widget: QWidget) -> str:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return "\n".join(x.text() for x in widget.findChildren(PlainLabel))


def _press(widget: QWidget, words: str) -> None:
    found = [b for b in widget.findChildren(Button) if b.text() == words and not b.isHidden()]
    found[0].click()


def test_a_cell_says_who_is_in_touch_quiet_planned_or_not_at_all(seen: MapSeen) -> None:
    yours = _cell(seen, "You", "lena")
    assert yours.contact is Contact.IN_TOUCH
    assert yours.strength is not None
    assert f"strength {yours.strength}" in yours.words
    assert "last contact 10 Mar" in yours.words
    assert _cell(seen, "Tomas", "omar").contact is Contact.QUIET
    planned = _cell(seen, "Helen", "amara")
    assert planned.contact is Contact.PLANNED
    assert "5 Mar" in planned.words
    assert _cell(seen, "Tomas", "amara").contact is Contact.NOTHING


def test_in_touch_is_strength_in_the_log_within_the_time_of_the_level(seen: MapSeen) -> None:
    shown, lena = seen.map, seen.map.by_key()["p:lena"]
    tie = next(x for x in shown.of_kind(LineKind.TIE) if x.end == "p:lena")

    def of(**said: object) -> tuple[Contact, str, str]:
        line = replace(tie, strength=50, **said)
        changed = replace(shown, lines=(line,))
        cells = next(r.cells for r in matrix(changed).rows if r.key == "p:lena")
        cell = next(c for c in cells if c.strength is not None)
        return cell.contact, cell.words, tie_rows(lena, changed)[0].says

    # A director stays in touch for 60 days.
    assert of(last=TODAY - timedelta(days=60))[0] is Contact.IN_TOUCH
    assert of(last=TODAY - timedelta(days=61))[0] is Contact.QUIET
    stated = of(last=None, stated=70)
    assert stated == (
        Contact.QUIET, "quiet, strength 50, as you said, none in the touch log", "as you said, 50",
    )  # fmt: skip
    assert elsewhere_words(lena, replace(shown, lines=(replace(tie, last=None),)))
    assert not elsewhere_words(lena, shown)


def test_figures_that_stayed_are_not_shown_anew(side: MapSide, seen: MapSeen) -> None:
    goals = side.goals.findChildren(PressRow)
    side.show_seen(replace(seen))
    assert side.goals.findChildren(PressRow) == goals
    side.show_seen(replace(seen, goals=seen.goals[:1]))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert goals
    assert not any(isValid(row) for row in goals)


def test_rows_go_from_the_top_down_and_leave_out_who_has_left(seen: MapSeen) -> None:
    assert [r.name for r in matrix(seen.map).rows] == ["Amara Nwosu", "Dr Lena Park", "Omar Haddad"]
    assert matrix(seen.map).note == "seniors: 1 of 2 in touch"


def test_a_circle_of_reports_still_has_a_depth() -> None:
    cards = [Card("a", "A", above="b"), Card("b", "B", above="a"), Card("c", "C", above="a")]
    assert set(depths(cards)) == {"a", "b", "c"}


def test_initials_leave_titles_out() -> None:
    assert [letters(n) for n in ("Dr Lena Park", "Ingrid", "", "Ana María de la Cruz")] == [
        "LP", "IN", "?", "AC",
    ]  # fmt: skip


def test_cells_are_spoken_walked_and_opened_by_keys(qtbot, side: MapSide) -> None:
    grid = side.coverage.grid
    model = grid.model()
    spoken = model.data(model.index(1, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Dr Lena Park and ")
    chosen, asked = [], []
    side.card_asked.connect(chosen.append)
    side.action_asked.connect(lambda verb, keys: asked.append((verb, keys)))
    grid.setCurrentIndex(model.index(0, 0))
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert chosen == ["p:lena"]
    for place, head in enumerate(grid.matrix.heads):
        grid.setCurrentIndex(model.index(1, place))
        qtbot.keyClick(grid, Qt.Key.Key_Return)
        verb, keys = asked[-1]
        if head.is_you:
            assert verb == "line"
            assert len(keys) == 1
        else:
            assert (verb, keys) == ("tie", (head.key, "p:lena"))


def test_a_risk_shows_whom_it_is_about_and_does_its_step(side: MapSide, seen: MapSeen) -> None:
    risk = next(r for r in seen.risks if r.kind is RiskKind.DECIDER_NEVER_MET)
    asked, shown = [], []
    side.action_asked.connect(lambda verb, keys: asked.append((verb, keys)))
    side.cards_asked.connect(shown.append)
    assert risk.headline in _texts(side.risks)
    assert risk.why in _texts(side.risks)
    _press(side.risks, risk.action)
    assert asked[0][0].partition(":")[0] == risk.verb.value
    assert asked[0][1] == risk.cards
    row = next(r for r in side.risks.findChildren(PressRow) if risk.headline in r.accessibleName())
    row.click()
    assert shown == [risk.cards]


def test_arrows_walk_the_risks_which_are_one_stop(qtbot, side: MapSide, seen: MapSeen) -> None:
    rows = side.risks.findChildren(PressRow)
    stops = [r for r in rows if r.focusPolicy() is Qt.FocusPolicy.StrongFocus]
    assert len(rows) > 1
    assert stops == rows[:1]
    rows[0].setFocus()
    qtbot.keyClick(rows[0], Qt.Key.Key_Down)
    assert rows[1].hasFocus()


def test_goals_ladder_and_figures_say_their_sentences(side: MapSide, seen: MapSeen) -> None:
    for goal in seen.goals:
        assert goal.title in _texts(side.goals)
    assert seen.ladder.sentence in _texts(side.ladder)
    assert "Champion or sponsor lost" in _texts(side.metrics)
    assert seen.headcount.sentence in _texts(side.headcount)


def test_a_goal_that_is_missed_offers_the_step_of_its_risk(side: MapSide, seen: MapSeen) -> None:
    risk = next(r for r in seen.risks if r.role is Role.CHAMPION)
    asked = []
    side.action_asked.connect(lambda verb, keys: asked.append((verb, keys)))
    _press(side.goals, risk.action)
    assert asked == [(f"{risk.verb.value}:champion", risk.cards)]


def test_the_way_to_the_buyer_names_whom_to_ask(side: MapSide) -> None:
    asked = []
    side.action_asked.connect(lambda verb, keys: asked.append((verb, keys)))
    assert "You → Dr Lena Park" in _texts(side.ways)
    _press(side.ways, "Ask Dr Lena Park")
    assert asked == [(MapVerb.INTRODUCE.value, ("p:lena", "p:amara"))]


def test_whom_you_would_miss_most_leads_to_what_would_break(side: MapSide) -> None:
    asked = []
    side.card_asked.connect(asked.append)
    row = next(
        r for r in side.missed.findChildren(PressRow) if "Dr Lena Park" in r.accessibleName()
    )
    assert "No way to the economic buyer." in row.accessibleName()
    assert "Nobody else brings us to Amara Nwosu." in row.accessibleName()
    row.click()
    assert asked == ["p:lena"]
    assert side.tabs.key == PERSON


def test_a_pair_that_missed_its_day_says_so_and_what_both_did(side: MapSide) -> None:
    said = _texts(side.pairs)
    assert "They have not met yet." in said
    assert "Was planned for 5 Mar." in said
    assert "Sent a welcome" in said
    assert "A road map" in said


def test_the_person_tab_tells_what_breaks_and_how_each_judgement_is_known(
    qtbot, side: MapSide, seen: MapSeen
) -> None:
    side.tabs.choose(PERSON)
    assert "Select somebody" in _texts(side.person)
    side.show_selected(("p:lena",))
    qtbot.waitUntil(lambda: "Dr Lena Park" in _texts(side.person))
    assert side.tabs.tabText(1) == "Dr Lena Park"
    assert seen.departures["p:lena"].sentence in _texts(side.person)
    asked = []
    side.action_asked.connect(lambda verb, keys: asked.append((verb, keys)))
    rows = {r.objectName(): r for r in side.person.findChildren(PressRow) if r.objectName()}
    mood = rows["judge:mood"].accessibleName()
    assert "our advocate" in mood
    assert "observed, 1 Sep" in mood
    assert "re-check" in mood
    assert "unknown" in rows["judge:politics"].accessibleName()
    rows["judge:politics"].click()
    tick = next(
        b for b in side.person.findChildren(Button) if b.accessibleName() == "Mood: still so today"
    )
    tick.click()
    assert asked == [("judge:politics", ("p:lena",)), ("confirm:mood", ("p:lena",))]


def test_a_judgement_fades_with_its_age_and_names_who_told_it(seen: MapSeen) -> None:
    cards = seen.map.by_key()
    known = {r.field: r for r in judged_rows(cards["p:amara"], seen.map, seen.beside)}
    old = {r.field: r for r in judged_rows(cards["p:lena"], seen.map, seen.beside)}
    assert known["influence"].source.startswith("told by Lena Park, 2 Mar")
    assert known["influence"].fresh == 1.0
    assert not known["influence"].recheck
    assert old["influence"].recheck
    assert (old["influence"].fresh or 1) < 0.6


def test_a_confirmed_judgement_still_tells_how_it_was_known_at_first(map_book: Book) -> None:
    before = map_book.can_undo
    evidence = Evidence(EvidenceKind.OBSERVED, on=TODAY)
    map_book.map_edit.judge(ACCOUNT, "p:lena", "mood", 2, evidence)
    shown = map_book.relation_map.read(ACCOUNT)
    lena = shown.by_key()["p:lena"]
    mood = next(
        r for r in judged_rows(lena, shown, look_beside(map_book, shown)) if r.field == "mood"
    )
    map_book.undo()
    assert mood.source == "observed, 1 Sep ’25, confirmed 12 Mar"
    assert not mood.recheck
    assert map_book.can_undo == before


def test_selecting_one_of_ours_or_several_explains_them(qtbot, side: MapSide) -> None:
    side.tabs.choose(PERSON)
    side.show_selected(("p:lena", "p:omar"))
    qtbot.waitUntil(lambda: "2 people selected" in _texts(side.person))
    side.show_selected(("p:tomas",))
    qtbot.waitUntil(lambda: "Whom they know" in _texts(side.person))
    assert "Omar Haddad" in _texts(side.person)


def test_the_history_gathers_what_was_judged_of_one_person_on_one_day(
    side: MapSide, map_book: Book, seen: MapSeen
) -> None:
    rows = past_rows(look_beside(map_book, seen.map), TODAY)
    lena = [r for r in rows if r.keys == ("p:lena",) and r.day.startswith("1 Sep")]
    assert len(lena) == 1
    assert len(lena[0].notes) == 2
    titles = [r.title for r in rows]
    assert "Rosa Delgado left" in titles
    assert "Dr Lena Park influences Amara Nwosu" in titles
    assert [r.on for r in rows] == sorted((r.on for r in rows), reverse=True)
    side.tabs.choose(HISTORY)
    assert "Rosa Delgado left" in _texts(side.history)
    side.show_selected(("p:omar",))
    side.history._scope.choose("one")
    assert "Rosa Delgado left" not in _texts(side.history)
    assert "Omar Haddad" in _texts(side.history)


def test_a_map_of_an_earlier_day_knows_nothing_of_later(map_book: Book) -> None:
    earlier = map_book.relation_map.read(ACCOUNT, day=TODAY.replace(month=2, day=1))
    assert all(e.on <= earlier.day for e in look_beside(map_book, earlier).past)


def test_a_further_map_tells_the_past_of_who_stands_on_it(map_book: Book) -> None:
    with map_book.change("A map of one"):
        kept = map_book.maps.add(AccountMap("m1", ACCOUNT, "Clinics"))
        map_book.map_places.add(MapPlace("m1p", ACCOUNT, kept.id, person_id="omar"))
    shown = map_book.relation_map.read(ACCOUNT, map_id=kept.id)
    past = look_beside(map_book, shown).past
    map_book.undo()
    assert past
    assert all("p:omar" in e.keys for e in past if e.kind is not PastKind.SNAPSHOT)


def test_beside_a_further_map_all_is_of_the_whole_account_and_says_so(
    qtbot, themes, map_book: Book
) -> None:
    kept = map_book.map_edit.add_map(ACCOUNT, "Wards", ("p:omar", "p:amara"))
    helen = next(t for t in map_book.ties.of(ACCOUNT) if t.due is not None)
    map_book.map_edit.park(ACCOUNT, kept.id, ("p:amara",))
    part = look(map_book, wanted=Wanted(ACCOUNT, kept.id))
    side = MapSide()
    qtbot.addWidget(side)
    side.show_seen(part)
    for _ in range(2):
        map_book.undo()
    whole = look(map_book, wanted=Wanted(ACCOUNT))
    assert helen.from_person_id == "helen"
    assert whole.risks
    assert RiskKind.NOBODY_PAIRED not in {risk.kind for risk in part.risks}
    here = [risk for risk in part.risks if risk_about(risk) == "p:omar"]
    assert here
    assert part.risks[: len(here)] == tuple(here)
    assert sorted(r.headline for r in part.risks) == sorted(r.headline for r in whole.risks)
    texts = _texts(side.risks)
    assert "Risks of the whole account" in texts
    first = texts.index(here[0].headline)
    assert first < texts.index("Of who is not on this map")
    assert texts.index("not on this map") < texts.index(part.risks[len(here)].headline)
    assert part.departures == whole.departures
    assert part.beside.pairs == whole.beside.pairs
    assert not side.scope.isHidden()
    assert part.metrics == whole.metrics
    assert part.goals == whole.goals
    assert "of the whole account" in _texts(side.metrics)


def test_a_shared_screen_hides_mood_influence_and_notes(
    qtbot, side: MapSide, seen: MapSeen
) -> None:
    veil.veil().turn(on=True)
    try:
        side.show_seen(seen, ("p:lena",))
        side.tabs.choose(PERSON)
        assert "our advocate" not in _texts(side.person)
        side.tabs.choose(HISTORY)
        assert NOTE not in _texts(side.history)
        assert "our advocate" not in _texts(side.history)
        side.tabs.choose(COVERAGE)
        assert "Sent a welcome" not in _texts(side.pairs)
    finally:
        veil.veil().turn(on=False)


def test_people_beyond_the_twelfth_wait_behind_a_verb_until_one_is_selected(
    side: MapSide, seen: MapSeen
) -> None:
    shown = matrix(seen.map)
    crowd = replace(shown, rows=tuple(replace(shown.rows[0], key=f"p:{i}") for i in range(40)))
    side.coverage.show_matrix(crowd)
    assert side.coverage.grid.model().rowCount() == 12
    side.coverage.show_chosen(frozenset({"p:30"}))
    assert side.coverage.grid.model().rowCount() == 13
    assert side.coverage.grid.matrix.rows[-1].key == "p:30"
    side.coverage.show_chosen(frozenset({"p:3"}))
    assert side.coverage.grid.model().rowCount() == 12
    side.coverage._more.click()
    assert side.coverage.grid.model().rowCount() == 40
    side.coverage.show_matrix(crowd)
    assert side.coverage.grid.model().rowCount() == 40
    side.coverage.show_matrix(crowd, "another account")
    assert side.coverage.grid.model().rowCount() == 12


def test_no_cell_is_hidden_by_the_names(side: MapSide, seen: MapSeen) -> None:
    whole = matrix(seen.map)
    for heads in (1, 3, 2):
        rows = tuple(replace(r, cells=r.cells[:heads]) for r in whole.rows)
        side.coverage.show_matrix(replace(whole, heads=whole.heads[:heads], rows=rows))
        grid = side.coverage.grid
        assert grid.viewport().x() == grid.verticalHeader().width()
        assert grid.viewport().width() >= heads * COLUMN


def _holder() -> str:
    held = QApplication.focusWidget()
    return held.objectName() if held is not None else ""


def test_a_change_of_the_book_leaves_the_keyboard_where_it_is(
    qtbot, side: MapSide, seen: MapSeen
) -> None:
    side.activateWindow()
    side.show_seen(seen, ("p:lena",))
    side.tabs.choose(PERSON)
    rows = {r.objectName(): r for r in side.person.findChildren(PressRow) if r.objectName()}
    rows["judge:mood"].setFocus()
    side.show_seen(seen, ("p:lena",))
    qtbot.waitUntil(lambda: not isValid(rows["judge:mood"]))
    qtbot.waitUntil(lambda: _holder() == "judge:mood")


def test_no_line_is_cut_off_however_long_the_words(qtbot, side: MapSide, seen: MapSeen) -> None:
    cards = tuple(replace(c, name=f"{c.name} of a very long name indeed") for c in seen.map.cards)
    risks = tuple(replace(r, why=f"{r.why} {r.why} {r.why}") for r in seen.risks)
    side.show_seen(replace(seen, map=replace(seen.map, cards=cards), risks=risks), ("p:lena",))
    for tab in (COVERAGE, PERSON):
        side.tabs.choose(tab)
        page = side._stack.currentWidget().widget()
        qtbot.waitUntil(lambda page=page: not _cut(page))


def _cut(page: QWidget) -> list[str]:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return [
        x.text()
        for x in page.findChildren(PlainLabel)
        if x.isVisible() and x.wordWrap() and x.height() < x.heightForWidth(x.width())
    ]


def test_everything_that_takes_the_keyboard_has_a_name(side: MapSide, seen: MapSeen) -> None:
    side.show_seen(seen, ("p:lena",))
    for tab in (COVERAGE, PERSON, HISTORY):
        side.tabs.choose(tab)
        for widget in side._stack.currentWidget().findChildren(QWidget):
            if widget.isVisible() and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus:
                assert widget.accessibleName(), widget
