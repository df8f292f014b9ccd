"""The relationship map on the account page: each gesture ends in the book, and can be undone."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from time import monotonic
from zipfile import ZipFile

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from csplanner.book.book import Book
from csplanner.domain.account import AccountId
from csplanner.domain.map_figures import MapVerb
from csplanner.domain.map_layout import places
from csplanner.domain.map_model import YOU, Lens, LineKind, Standing
from csplanner.domain.person import Person, Role, Side
from csplanner.paint.map_look import Change
from csplanner.ui import veil
from csplanner.ui.account.page import AccountPage
from csplanner.ui.actions import Actions
from csplanner.ui.main_window import MainWindow
from csplanner.ui.map.card_menu import menu_of
from csplanner.ui.map.export_form import write_map
from csplanner.ui.map.page import MapTab
from csplanner.ui.map.time_row import quarter_ends
from csplanner.ui.motion import set_still
from csplanner.ui.session import BookSession
from csplanner.ui.theme import ThemeController
from csplanner.ui.widgets.buttons import WRITES, Button
from csplanner.ui.widgets.labels import PlainLabel
from tests.ui.account.story import TODAY


def until(done: Callable[[], bool]) -> None:
    """Wait as `qtbot.waitUntil` does, for what outlives a test."""
    end = monotonic() + 10
    while not done():
        assert monotonic() < end
        QTest.qWait(2)


@pytest.fixture(scope="module")
def opened(
    qapp: QApplication,
    _controller: ThemeController,
    told: tuple[Path, AccountId],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[AccountPage]:
    """The map of the rich account in a window that all these tests share: opening one takes
    longer than what a test does in it.
    """  # fmt: skip
    path = Path(shutil.copy(told[0], tmp_path_factory.mktemp("maps") / "story.csbook"))
    set_still(qapp, still=True)
    window = MainWindow(_controller)
    window.show()
    session = BookSession(path, today=TODAY)
    actions = Actions(session, window)
    made = AccountPage(session, actions)
    made.story_session, made.story_actions = session, actions
    window.add_page(made)
    window.show_place("account", told[1])
    until(lambda: session.idle)
    made.open((told[1], "map"))
    until(lambda: session.idle and made.map.tab.seen is not None)
    yield made
    session.close()
    window.close()
    window.deleteLater()
    set_still(qapp, still=False)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def page(opened: AccountPage) -> Iterator[AccountPage]:
    """The page, which is given back as it was: each step of the test taken back."""
    session, tab = opened.story_session, opened.map.tab
    before = session.read.can_undo.id
    yield opened
    if opened.story_actions.form is not None:
        opened.story_actions.form.reject()
    until(lambda: session.idle)
    tab.select(())
    if tab.map_id:
        tab.show_map("")
    if session.read.can_undo.id != before:
        session.write(partial(take_back, before=before))
    until(lambda: session.idle)


def take_back(book: Book, *, before: int) -> str:
    """Undo everything after a step, in one go."""
    while book.can_undo.id != before:
        book.undo()
    return ""


@pytest.fixture
def tab(page: AccountPage, settle: Callable[[], None]) -> MapTab:
    """The map of the rich account, shown and answered."""
    if page.shown_map is None:
        page.open((page.current_account, "map"))
        settle()
    return page.map.tab


@pytest.fixture
def key(tab: MapTab) -> Callable[[str], str]:
    """The key of a card by a part of its name."""
    return lambda name: next(c.key for c in tab.shown.cards if name in c.name)


def card(tab: MapTab, key: str):
    return tab.shown.by_key()[key]


def test_the_map_has_the_page_for_itself_and_the_panel_beside_it(tab, page, key, qtbot) -> None:
    assert page.inspector() is tab.side
    assert page.map.tab is tab
    assert page.breadcrumb() == ["Book", "Tidewater Health Network", "Relationship map"]
    assert not page.head.name.isVisible()
    assert "people" in page.chosen_text()
    tab.row.lenses.choose(Lens.INFLUENCE.value)
    assert tab.view.scene.lens is Lens.INFLUENCE
    assert page.story_session.memory.get("map.lens") == Lens.INFLUENCE.value
    page.focus_find()
    qtbot.keyClicks(tab.row.finder, "officer")
    qtbot.keyClick(tab.row.finder, Qt.Key.Key_Return)
    assert tab.selected == (key("Lena"),)
    qtbot.keyClick(tab.row.finder, Qt.Key.Key_Escape)
    assert not tab.row.finder.isVisible()
    page.head.tabs.choose("overview")
    assert page.inspector() is None
    assert page.head.name.isVisible()


def test_the_stops_are_the_ends_of_quarters_and_today() -> None:
    today = date(2026, 3, 12)
    ends = quarter_ends(date(2025, 7, 1), today)
    assert ends == (date(2025, 9, 30), date(2025, 12, 31), today)
    assert quarter_ends(today, today) == (today,)
    assert len(quarter_ends(date(2010, 1, 1), today)) == 13


def test_whom_somebody_reports_to_is_written_and_undone(tab, settle, key, page) -> None:
    low, high = key("Joel"), key("Lena")
    tab.view.report_asked.emit(low, high)
    settle()
    assert card(tab, low).above == high
    page.story_actions.undo()
    settle()
    assert card(tab, low).above != high


def test_a_circle_is_refused_at_the_card_and_nothing_changes(tab, settle, key) -> None:
    low, high = key("Joel"), key("Lena")
    tab.verbs.report_to(low, high)
    settle()
    tab.view.report_asked.emit(high, low)
    settle()
    assert card(tab, high).above is None
    assert "circle" in tab.view.said.accessibleName() or tab.view.said.isVisible()


def test_who_leaves_the_map_waits_in_the_list_and_comes_back_by_enter_or_drag(
    tab, settle, key, qtbot
) -> None:
    joel = key("Joel")
    tab.view.park_asked.emit((joel,))
    settle()
    assert card(tab, joel).parked
    tab.open_parking(on=True)
    entries = tab.parking.list
    entries.setCurrentRow(
        next(
            n
            for n in range(entries.count())
            if entries.item(n).data(Qt.ItemDataRole.UserRole) == joel
        )
    )
    qtbot.keyClick(entries, Qt.Key.Key_Return)
    settle()
    assert not card(tab, joel).parked
    tab.verbs.park((joel,))
    settle()
    tab.view.dropped.emit((joel,), (400, 80))
    settle()
    assert card(tab, joel).at == (400, 80)
    tab.view.unplace_asked.emit(())
    settle()
    assert card(tab, joel).at is None


def test_a_pasted_list_shows_what_it_becomes_before_it_is_kept(tab, settle, key, page) -> None:
    tab.verbs.paste()
    form = page.story_actions.form
    form.text.setPlainText("Ada Stone, Chief executive\n  Ben Moss, Director\nJoel Baptiste, Lead")
    form.look()
    top = form.preview.topLevelItem(0)
    assert [top.text(0), top.child(0).text(0)] == ["Ada Stone", "Ben Moss"]
    assert "2 new people" in form.told.text()
    form.save()
    settle()
    assert card(tab, key("Ben Moss")).above == key("Ada Stone")


def test_questions_lead_to_a_judgement_that_keeps_why_and_one_against_needs_a_note(
    tab, settle, key, page
) -> None:
    lena = key("Lena")
    tab.verbs.judge(lena, "influence")
    form = page.story_actions.form
    form.guide.answer(1)
    form.guide.back()
    form.guide.answer(0)
    form.save()
    settle()
    judged = card(tab, lena).influence
    assert judged.value == 5
    assert "made the last decision" in judged.note
    tab.verbs.judge(lena, "role")
    form = page.story_actions.form
    form.guide.answer(5)
    form.guide.answer(0)
    form.save()
    assert "Write down what they said" in form.known.error
    form.evidence.note.setText("Voted against the extension")
    assert "Sponsor" in form.place.pick.itemText(0)
    form.place.pick.setCurrentIndex(1)
    form.save()
    settle()
    assert card(tab, lena).roles == (Role.SCEPTIC,)


def test_who_becomes_champion_stays_what_they_are_besides(tab, settle, key, page) -> None:
    lena = key("Lena")
    for answer in (0, 1):
        tab.asked.act(MapVerb.JUDGE.value + ":champion", (lena,))
        form = page.story_actions.form
        for place in (0, 0, answer):
            form.guide.answer(place)
        form.save()
        settle()
        found = (Role.CHAMPION, Role.COACH)[answer]
        assert card(tab, lena).roles == (Role.SPONSOR, found)
        assert [s.has_interest for s in card(tab, lena).seats] == [None, not answer]
    # The rows of the account page know every role.
    page.head.tabs.choose("overview")
    settle()
    assert page.head.name.isVisible()


def test_nothing_is_kept_of_a_form_that_nobody_answered(tab, settle, key, page) -> None:
    lena, steps = key("Lena"), page.story_session.read.can_undo
    tab.verbs.judge(lena, "influence")
    form = page.story_actions.form
    assert form.choices.key == str(card(tab, lena).influence.value)
    form.save()
    assert "Answer the questions" in form.known.error
    form.reject()
    veil.veil().turn(on=True)
    try:
        tab.verbs.judge(lena, "influence")
        form = page.story_actions.form
        assert form.choices.key == ""
        form.evidence.note.setText("Still so")
        form.save()
        assert form.known.error
    finally:
        veil.veil().turn(on=False)
    settle()
    assert page.story_session.read.can_undo == steps


def test_a_line_from_you_asks_who_you_are_where_nobody_said_so(tab, settle, key, page) -> None:
    session = page.story_session
    no_name = replace(session.read.settings, csm="")
    session.write(lambda book: book.set_settings(no_name) or "")
    settle()
    tab.verbs.draw_line(YOU, key("Amara"), LineKind.TIE)
    form = page.story_actions.form
    assert form.your_name.isVisible()
    form.save()
    assert "Type your name" in form.your_name.error
    form.your_name.field.setText("Maren Oduya")
    form.save()
    settle()
    assert session.read.settings.csm == "Maren Oduya"
    you = next(o for o in tab.shown.ours if o.is_you)
    assert any((x.start, x.end) == (you.key, key("Amara"))
               for x in tab.shown.of_kind(LineKind.TIE))  # fmt: skip
    session.undo()
    settle()
    assert session.read.settings.csm == ""


def test_a_copied_list_is_pasted_onto_the_map_and_prose_is_not(tab, page, qtbot) -> None:
    clipboard = QApplication.clipboard()
    clipboard.setText("Ada Stone, Chief executive\nBen Moss, Director")
    qtbot.keyClick(tab.view.canvas, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.story_actions.form.text.toPlainText().startswith("Ada Stone")
    page.story_actions.form.reject()
    clipboard.setText("only a few words")
    with qtbot.waitSignal(page.story_actions.said) as said:
        qtbot.keyClick(tab.view.canvas, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "no list of names" in said.args[0]
    clipboard.clear()


def test_an_earlier_quarter_can_be_looked_at_and_not_changed(tab, settle, key, qtbot) -> None:
    tab.step_time(-1)
    qtbot.waitUntil(lambda: tab.is_past)
    settle()
    assert tab.shown.day < tab._session.today
    assert not tab.verbs.can_change
    tab.verbs.park((tab.shown.placed()[0].key,))
    settle()
    tab.open_time(on=False)
    settle()
    assert not tab.is_past
    assert not any(c.parked for c in tab.shown.cards if c.key == key("Joel"))


def test_the_map_of_today_is_marked_with_what_changed_in_the_quarter(
    tab, settle, key, tmp_path
) -> None:
    joel = key("Joel")
    tab.verbs.report_to(joel, key("Amara"))
    settle()
    write_map(tab, tab._actions, tmp_path / "plain.svg", customer=False)
    settle()
    assert tab.view.scene.look_of(joel).change is Change.NONE
    tab.open_time(on=True)
    settle()
    assert not tab.is_past
    assert tab.verbs.can_change
    assert tab.seen.changes is not None
    assert tab.seen.changes.since == tab.seen.days[-2]
    assert tab.view.scene.look_of(joel).change is Change.MOVED
    assert any(b.text() == "1 moved" for b in tab.time.findChildren(Button))
    write_map(tab, tab._actions, tmp_path / "marked.svg", customer=False)
    settle()
    write_map(tab, tab._actions, tmp_path / "theirs.svg", customer=True)
    settle()
    moved = {p.stem: "moved" in p.read_text() for p in tmp_path.glob("*.svg")}
    assert moved == {"plain": False, "marked": True, "theirs": False}
    tab.open_time(on=False)
    settle()
    assert tab.seen.changes is None


def test_who_is_there_in_the_past_too_stands_where_they_stand_today(
    tab, settle, key, qtbot, tmp_path
) -> None:
    tab.verbs.report_to(key("Joel"), key("Amara"))
    settle()
    today = dict(tab.view.scene.places.at)
    tab.step_time(-1)
    qtbot.waitUntil(lambda: tab.is_past)
    settle()
    then = tab.view.scene.places.at
    both = [c.key for c in tab.shown.placed() if c.key in today]
    assert tab.shown.by_key()[key("Joel")].above is None
    assert len(both) > 1
    assert {k: then[k] for k in both} == {k: today[k] for k in both}
    QTest.qWait(1)
    writing = [b for b in tab.side.findChildren(Button) if b.property(WRITES) and b.isVisible()]
    assert writing
    assert not any(b.isEnabled() for b in writing)
    write_map(tab, tab._actions, tmp_path / "map.svg", customer=False, both=True)
    settle()
    pictures = {p.name: p.read_text() for p in tmp_path.glob("map *.svg")}
    assert set(pictures) == {"map before.svg", "map after.svg"}
    tab.open_time(on=False)
    settle()
    assert any(b.isEnabled() for b in tab.side.findChildren(Button) if b.property(WRITES))


def test_influence_is_drawn_at_once_and_said_more_of_afterwards(tab, settle, key, page) -> None:
    low, high = key("Joel"), key("Lena")
    tab.view.line_asked.emit(low, high, LineKind.INFLUENCES)
    settle()
    line = next(x for x in tab.shown.of_kind(LineKind.INFLUENCES) if x.start == low)
    tab.view.line_opened.emit(line.key)
    form = page.story_actions.form
    form.weight.choose("3")
    form.label.field.setText("budget")
    form.save()
    settle()
    line = tab.verbs.line(line.key)
    assert (line.weight, line.label) == (3, "budget")
    # Drawn once more it is opened: what is said of it stays.
    tab.view.line_asked.emit(low, high, LineKind.INFLUENCES)
    assert page.story_actions.form.label.field.text() == "budget"
    page.story_actions.form.reject()
    settle()
    assert tab.verbs.line(line.key) == line
    tab.view.remove_asked.emit((line.key,))
    settle()
    assert tab.verbs.line(line.key) is None


def test_a_tie_of_the_touch_log_opens_with_the_touches_it_rests_on(tab, key, page) -> None:
    ties = tab.shown.of_kind(LineKind.TIE)
    tie = next(t for t in ties if t.end == key("Priscilla Ong") and t.tie_id is None)
    tab.verbs.open_line(tie.key)
    form = page.story_actions.form
    texts = [label.text() for label in form.findChildren(PlainLabel)]
    (said,) = [text for text in texts if text.startswith("From the touch log:")]
    assert f"strength {tie.strength}" in said
    assert "Newest: " in said
    assert (form.start.key, form.end.key) == (tie.start, tie.end)
    assert not form.start.isEnabled()
    form.reject()


def test_a_line_drawn_moves_nobody_and_laying_out_again_may(tab, settle, key) -> None:
    stood = dict(tab.view.scene.places.at)
    low, high = key("Amara"), key("Joel")
    tab.view.line_asked.emit(low, high, LineKind.INFLUENCES)
    settle()
    assert dict(tab.view.scene.places.at) == stood
    anew = places(replace(tab.shown, stood=None)).at
    cards = [card.key for card in tab.shown.placed()]
    assert any(anew[k] != stood[k] for k in cards)
    tab.view.unplace_asked.emit(())
    settle()
    assert all(tab.view.scene.places.at[k] == anew[k] for k in cards)
    drawn = next(x for x in tab.shown.of_kind(LineKind.INFLUENCES) if x.start == low)
    tab.view.remove_asked.emit((drawn.key,))
    settle()
    assert all(tab.view.scene.places.at[k] == anew[k] for k in cards)


def test_a_planned_meeting_asks_for_its_day(tab, settle, key, page) -> None:
    helen = Person("", page.current_account, "Helen Castellan", Side.OURS)
    page.story_session.write(lambda book: book.people.add(helen).id)
    settle()
    ours = next(o.key for o in tab.shown.ours if o.name == helen.name)
    tab.asked.act("pair", (ours, key("Lena")))
    form = page.story_actions.form
    form.due.field.setText("2026-03-27")
    form.save()
    settle()
    pair = next(x for x in tab.shown.of_kind(LineKind.PAIRED) if x.end == key("Lena"))
    assert pair.due.isoformat() == "2026-03-27"


def test_a_vacant_seat_stands_on_the_map_until_it_is_filled(tab, settle, key, page) -> None:
    tab.view.vacancy_asked.emit(key("Lena"))
    form = page.story_actions.form
    form.job.field.setText("COO")
    form.role.choose(Role.DECIDES.value)
    form.save()
    settle()
    seat = card(tab, key("COO"))
    assert (seat.standing, seat.above) == (Standing.VACANT, key("Lena"))
    words = [a.text() for a in menu_of(tab, seat.key).actions()]
    assert "Say who it is…" in words
    tab.select((seat.key, key("Lena")))
    words = [a.text() for a in menu_of(tab, seat.key).actions()]
    assert "Line up in a row" in words
    assert "Say who it is…" not in words


def test_a_further_map_begins_with_the_cards_selected(tab, settle, key, page) -> None:
    tab.select((key("Lena"), key("Joel")))
    tab.verbs.new_map()
    form = page.story_actions.form
    form.name.field.setText("Wards")
    form.save()
    settle()
    settle()
    assert tab.shown.map_name == "Wards"
    assert {c.name.split()[-1] for c in tab.shown.placed()} == {"Park", "Baptiste"}
    tab.verbs.remove_map()
    settle()
    settle()
    assert tab.shown.map_id == ""


def test_who_is_known_by_a_name_is_put_on_the_map_instead_of_added(tab, settle, key, page) -> None:
    joel, count = key("Joel"), len(tab.shown.cards)
    tab.verbs.park((joel,))
    settle()
    assert card(tab, joel).parked
    tab.verbs.add_card()
    form = page.story_actions.form
    form.name.field.setText("Joel Baptist")
    assert form.namesake.isHidden()
    form.name.field.setText(" joel  baptiste ")
    assert not form.namesake.isHidden()
    assert "Joel Baptiste" in form.namesake.pick.currentText()
    form.above.choose(key("Lena"))
    form.save()
    settle()
    assert len(tab.shown.cards) == count
    assert not card(tab, joel).parked
    assert card(tab, joel).above == key("Lena")
    form = tab.verbs.add_card() or page.story_actions.form
    form.name.field.setText("Joel Baptiste")
    form.name.field.setText("Joel Baptiste II")
    form.save()
    settle()
    assert len(tab.shown.cards) == count + 1


def test_two_people_who_are_one_are_found_and_joined(tab, settle, key, page) -> None:
    tab.verbs.add_card()
    form = page.story_actions.form
    form.name.field.setText("Joel Baptiste")
    form.namesake.pick.choose("other")
    form.job.field.setText("Head of planning")
    form.save()
    settle()
    tab.verbs.merge_maps()
    form = page.story_actions.form
    settle()
    assert "Joel Baptiste" in form.told.text()
    assert [p.accessibleName() for p in form._picks.values()] == ["Joel Baptiste: Title"]
    form.save()
    settle()
    assert sum(1 for c in tab.shown.cards if c.name == "Joel Baptiste") == 1


def test_the_customer_gets_no_judgement(tab, settle, tmp_path, key) -> None:
    path = tmp_path / "map.pptx"
    write_map(tab, tab._actions, path, customer=True)
    settle()
    with ZipFile(path) as deck:
        text = deck.read("ppt/slides/slide1.xml").decode()
    assert "Lena" in text
    assert not any(word in text for word in ("Sceptic", "never met", "Champion", "listens"))


def test_a_changed_touch_log_moves_the_map_while_it_is_looked_at(tab, settle, key, page) -> None:
    seat = tab.shown.by_key()[key("Joel")]
    page.story_session.write(lambda book: book.people.update(seat.person.id, title="Director"))
    settle()
    assert card(tab, seat.key).title == "Director"


def test_a_step_of_a_risk_opens_what_mends_it(tab, settle, key, page) -> None:
    lena = key("Lena")
    tab.side.action_asked.emit("judge:mood", (lena,))
    assert page.story_actions.form.what.key == "mood"
    page.story_actions.form.reject()
    tab.side.action_asked.emit("introduce", (lena, key("Amara")))
    assert "Ask Lena Park to introduce Amara Nwosu" in page.story_actions.form.step.field.text()
    page.story_actions.form.reject()
    page.story_session.write(
        lambda book: book.map_edit.add_vacancy(tab.account_id, Role.SPONSOR, title="Chair")
    )
    settle()
    tab.side.action_asked.emit("introduce", (lena, key("Chair")))
    asks = "Ask Lena Park who holds the seat: Chair"
    assert asks in page.story_actions.form.step.field.text()
    page.story_actions.form.reject()
    tab.side.action_asked.emit("show", (lena,))
    assert tab.selected == (lena,)
    # A meeting that is still to come is planned, not logged.
    tab.side.action_asked.emit("log_touch", (lena,))
    assert "Plan a meeting with Lena Park" in page.story_actions.form.step.field.text()
    page.story_actions.form.reject()
    tab.side.action_asked.emit("connect", (lena, key("Joel")))
    assert page.story_actions.form.kind.key == LineKind.PAIRED.value
    page.story_actions.form.reject()
    tab.side.action_asked.emit("park", (lena, key("Joel")))
    settle()
    assert card(tab, lena).parked
    tab.side.action_asked.emit("confirm:influence", (lena,))
    settle()
    assert card(tab, lena).influence.on == page.story_session.today


def test_the_days_after_a_champion_left_are_planned_from_the_risk(tab, settle, page) -> None:
    session = page.story_session
    (plan,) = [b for b in tab.side.risks.findChildren(Button) if b.text() == "Plan the 30 days"]
    plan.click()
    settle()
    assert any("Rosa Delgado" in t.title for t in session.read.tasks.of(page.current_account))


def test_a_proposal_is_answered_in_the_bar_and_not_made_again(tab, settle, page, qtbot) -> None:
    bar = tab.proposals
    assert "Rosa Delgado left" in bar.shown.headline
    keep = next(b for b in bar.findChildren(Button) if b.text().startswith("Keep the seat"))
    qtbot.mouseClick(keep, Qt.MouseButton.LeftButton)
    settle()
    assert bar.shown is None
    assert not bar.isVisible()
    page.story_actions.undo()
    settle()
    assert bar.isVisible()
