"""The small forms: what they write, what they refuse, and that nothing typed is lost."""

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from csplanner.domain.account import Regrettable, TermOutcome, Tier
from csplanner.domain.measures import EQUIPPED_ITEMS, POTENTIAL_ITEMS
from csplanner.domain.money import Money
from csplanner.domain.person import Role
from csplanner.domain.sentiment import Sentiment
from csplanner.domain.touch import Channel
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.menus import Menu

POISON = "<img src=x><b>Bold</b> & Sons"
Key = Qt.Key


@pytest.fixture
def said(actions):
    """Every line said, newest last."""
    lines = []
    actions.said.connect(lambda text, *_: lines.append(text))
    return lines


def type_in(field, text):
    """Put text into a labelled field as if typed over what is there."""
    assert isinstance(field.field, QLineEdit)
    field.field.selectAll()
    field.field.insert(text)
    field.field.editingFinished.emit()


def save(qtbot, actions):
    """Save the open form and wait for the book; say whether the form closed."""
    form = actions.form
    form.save()
    qtbot.waitUntil(lambda: actions.session.idle)
    return actions.form is None


def test_a_touch_is_logged_with_letters_alone(qtbot, small_book, actions, session, said):
    actions.log_touch("a1")
    form = actions.form
    qtbot.keyClicks(form.channel.focusProxy(), "m")
    form.people.item(0).setCheckState(Qt.CheckState.Checked)
    type_in(form.minutes, "1h")
    type_in(form.topic, "Access targets")
    qtbot.keyClick(form.topic.field, Key.Key_Return)
    qtbot.waitUntil(lambda: actions.form is None)
    touch = session.read.touches.of("a1")[-1]
    assert (touch.channel, touch.minutes, touch.topic) == (Channel.MEETING, 60, "Access targets")
    assert touch.two_way
    assert touch.person_ids == ("p1",)
    assert not touch.meaningful.is_known
    assert said[-1] == "Logged a meeting with Tidewater Health Network"


def test_a_touch_finds_its_account_by_a_part_of_the_name(qtbot, small_book, actions, session):
    actions.log_touch()
    form = actions.form
    form.account.setText("merrow")
    form.account.editingFinished.emit()
    assert form.people.count() == 1
    form.channel.choose("email")
    assert save(qtbot, actions)
    assert session.read.touches.of("a2")[-1].channel is Channel.EMAIL


def test_a_touch_says_at_each_field_what_is_missing(qtbot, small_book, actions):
    actions.log_touch()
    form = actions.form
    type_in(form.day, "31/02/2026")
    assert not save(qtbot, actions)
    assert form.account_line.error == "Name the account. A part of its name is enough."
    assert form.day.error.startswith("February has no 31st day.")
    assert form.channel_line.error


def test_a_touch_that_was_cannot_lie_in_the_future(qtbot, small_book, actions, session):
    actions.edit_touch(session.read.touches.of("a1")[0].id, "a1")
    type_in(actions.form.day, "+1")
    assert not save(qtbot, actions)
    assert "still to come" in actions.form.day.error


def test_what_was_typed_survives_a_save_the_book_refuses(qtbot, small_book, actions, session):
    actions.log_touch("a1")
    form = actions.form
    form.channel.choose("call")
    topic = "Plans " * 50_000
    form.topic.field.setMaxLength(len(topic))
    type_in(form.topic, topic)
    session._writer.connection.execute("pragma max_page_count = 1")
    assert not save(qtbot, actions)
    assert form.refusal
    assert form.topic.field.text() == topic
    session._writer.connection.execute("pragma max_page_count = 100000")
    assert save(qtbot, actions)
    assert session.read.touches.of("a1")[-1].topic == topic.strip()


def test_a_logged_touch_can_be_changed_with_its_people(qtbot, small_book, actions, session):
    touch = session.read.touches.of("a1")[0]
    actions.edit_touch(touch.id, "a1")
    form = actions.form
    assert form.channel.key == "call"
    assert form.topic.field.text() == "Plans"
    form.people.item(0).setCheckState(Qt.CheckState.Checked)
    form.meaningful.choose("yes")
    assert save(qtbot, actions)
    (changed,) = session.read.touches.of("a1")
    assert changed.id == touch.id
    assert changed.person_ids == ("p1",)
    assert changed.meaningful.value is True


def test_a_pulse_is_set_by_key_and_then_told_beside_the_score(
    qtbot, small_book, actions, session, said
):
    actions.set_pulse("a2")
    form = actions.form
    shown = " ".join(label.text() for label in form.findChildren(QLabel))
    assert "shown once you have saved" in shown
    assert not any(character.isdigit() for character in shown.replace("1 to 5", ""))
    qtbot.keyClicks(form.word.focusProxy(), "4")
    type_in(form.because, "They answer fast")
    qtbot.keyClick(form.because.field, Key.Key_Return)
    qtbot.waitUntil(lambda: actions.form is None)
    pulse = session.read.pulses.of("a2")[-1]
    assert (pulse.sentiment, pulse.because, pulse.blind) == (
        Sentiment.COMFORTABLE,
        "They answer fast",
        True,
    )
    assert "score" in said[-1]


def test_the_gap_keeps_one_line_of_reason(qtbot, small_book, actions, session):
    actions.explain_gap("a1")
    type_in(actions.form.because, "The new COO has not met us")
    assert save(qtbot, actions)
    assert session.read.pulses.of("a1")[-1].because == "The new COO has not met us"


def test_a_gap_without_a_sentiment_asks_for_one(small_book, actions):
    actions.explain_gap("a2")
    assert actions.form.windowTitle() == "How do you feel about Merrow Telecom?"


def test_a_tier_shows_the_rule_and_hours_and_keeps_reason_and_review(
    qtbot, small_book, actions, session
):
    actions.set_tier("a1")
    form = actions.form
    qtbot.keyClicks(form.tier.focusProxy(), "h")
    assert "h a quarter" in form.hours.text()
    type_in(form.reason, "New sponsor")
    assert save(qtbot, actions)
    placed = session.read.placements.of("a1")[-1]
    assert (placed.tier, placed.reason) == (Tier.HIGH, "New sponsor")
    assert placed.review_on == date(2026, 6, 10)
    assert session.read.overview.one("a1").tier is Tier.HIGH


def test_another_tier_than_the_rules_needs_a_reason(qtbot, small_book, actions, session):
    answer_all(qtbot, actions, "a1")
    rule = session.read.overview.one("a1").rule_tier
    other = next(tier for tier in Tier if tier is not rule)
    actions.set_tier("a1", other)
    assert not save(qtbot, actions)
    assert actions.form.reason.error.startswith("The rule says")


def test_a_life_critical_account_is_refused_digital_touch(qtbot, small_book, actions, session):
    assert small_book.accounts.get("a3").criticality.value == 3
    actions.set_tier("a3", Tier.DIGITAL)
    assert not save(qtbot, actions)
    assert "lives or the whole operation" in actions.form.tier_line.error
    assert session.read.placements.of("a3") == ()


def answer_all(qtbot, actions, account_id, answer="3"):
    """Answer every question alike."""
    actions.assess(account_id)
    for choices in actions.form.questions.values():
        choices.choose(answer)
    assert save(qtbot, actions)


def test_answers_place_an_account_by_rule_and_can_be_given_again(
    qtbot, small_book, actions, session, said
):
    answer_all(qtbot, actions, "a1")
    line = session.read.overview.one("a1")
    assert (line.equipped, line.potential) == (75, 75)
    assert line.rule_tier is not None
    assert "Tidewater" in said[-1]
    actions.assess("a1")
    assert "Enough for the rule." in actions.form.count.text()
    actions.form.questions["equipped.owner"].choose("")
    assert save(qtbot, actions)
    found = session.read.measurements.of("a1")
    assert len([m for m in found if m.measure == "equipped.owner"]) == 1
    assert len(found) == len(EQUIPPED_ITEMS) + len(POTENTIAL_ITEMS)


def test_answers_that_did_not_change_are_not_saved(qtbot, small_book, actions):
    actions.assess("a1")
    assert not save(qtbot, actions)
    assert actions.form.refusal == "No answer was changed. Change one, or cancel."


def test_an_account_is_added_and_shown(qtbot, small_book, actions, session):
    with qtbot.waitSignal(actions.navigate) as went:
        actions.add_account()
        form = actions.form
        type_in(form.name, POISON.replace("Bold", "New"))
        type_in(form.arr, "€120k")
        type_in(form.end, "30 Jun 2026")
        form.criticality.choose("3")
        save(qtbot, actions)
    key, account_id = went.args
    assert key == "account"
    account = session.read.accounts.get(account_id)
    assert account.arr.value == Money(12_000_000, "EUR")
    assert account.criticality.value == 3
    assert not account.customer_since.is_known
    assert session.read.terms.of(account_id)[0].end == date(2026, 6, 30)


def test_a_second_account_of_one_name_is_asked_about_once(qtbot, small_book, actions, session):
    actions.add_account()
    type_in(actions.form.name, "merrow telecom")
    assert not save(qtbot, actions)
    assert "is in the book already" in actions.form.name.error
    assert save(qtbot, actions)
    assert len(session.read.accounts.doubled_names()) == 1


def test_an_account_keeps_what_was_changed_and_only_that(qtbot, small_book, actions, session):
    actions.edit_account("a2")
    form = actions.form
    type_in(form.city, "Porto")
    type_in(form.arr, "")
    form.regret.choose("yes")
    assert save(qtbot, actions)
    account = session.read.accounts.get("a2")
    assert (account.city, account.regrettable) == ("Porto", Regrettable.YES)
    assert not account.arr.is_known
    fields = small_book.connection.execute("select field from field_history").fetchall()
    assert {"name", "sector"}.isdisjoint(field for (field,) in fields)


def test_a_person_fills_the_seat_nobody_held(qtbot, small_book, actions, session):
    actions.add_person("a1")
    form = actions.form
    type_in(form.name, POISON)
    form.role.choose(Role.CHAMPION.value)
    form.influence.choose("5")
    form.mood.choose("-1")
    assert save(qtbot, actions)
    person = next(p for p in session.read.people.of("a1") if p.name == POISON)
    (seat,) = [s for s in session.read.seats.of("a1") if s.person_id == person.id]
    assert (seat.role, seat.influence.value, seat.mood.value) == (Role.CHAMPION, 5, -1)
    actions.edit_person(person.id, "a1")
    assert actions.form.mood.key == "-1"
    actions.form.role.choose("")
    actions.form.influence.choose("")
    actions.form.mood.choose("")
    assert save(qtbot, actions)
    assert all(s.person_id != person.id for s in session.read.seats.of("a1"))


def test_an_objective_is_kept_in_their_metric(qtbot, small_book, actions, session):
    actions.add_objective("a1")
    form = actions.form
    assert not save(qtbot, actions)
    assert form.what.error
    for field, text in (
        (form.what, "Fewer missed appointments"), (form.unit, "%"), (form.baseline, "18"),
        (form.now, "14.5"), (form.target, "9"), (form.agreed, "2 Feb"), (form.owner, "Dr Park"),
    ):  # fmt: skip
        type_in(field, text)
    assert save(qtbot, actions)
    (objective,) = session.read.objectives.of("a1")
    assert objective.actual.value == 14_500
    assert objective.actual_on == date(2026, 3, 12)
    assert objective.status.value == "agreed"
    actions.edit_objective(objective.id, "a1")
    type_in(actions.form.now, "12")
    assert save(qtbot, actions)
    assert session.read.objectives.get(objective.id).actual.value == 12_000


def test_a_renewal_says_what_is_out_of_order_and_keeps_the_outcome(
    qtbot, small_book, actions, session
):
    actions.edit_renewal("a1")
    form = actions.form
    type_in(form.notice, "1 Jul 2026")
    assert not save(qtbot, actions)
    assert form.notice.error == "Notice is due by the end at the latest."
    type_in(form.notice, "1 Apr 2026")
    form.outcome.choose("renewed")
    assert save(qtbot, actions)
    (term,) = session.read.terms.of("a1")
    assert (term.notice_deadline.value, term.outcome) == (date(2026, 4, 1), TermOutcome.RENEWED)


def test_a_next_step_is_set_and_ended(qtbot, small_book, actions, session):
    actions.set_next_step("a1")
    type_in(actions.form.step, "Meet the COO")
    type_in(actions.form.due, "+7")
    assert save(qtbot, actions)
    account = session.read.accounts.get("a1")
    assert (account.next_step, account.next_step_due) == ("Meet the COO", date(2026, 3, 19))
    actions.set_next_step("a1")
    type_in(actions.form.step, "")
    type_in(actions.form.due, "")
    assert save(qtbot, actions)
    assert session.read.accounts.get("a1").next_step == ""


def test_doubles_are_merged_and_undone(qtbot, small_book, actions, session, said):
    twin = small_book.accounts.get("a2")
    actions.add_account()
    type_in(actions.form.name, twin.name)
    save(qtbot, actions)
    assert save(qtbot, actions)
    actions.review_doubles()
    dialog = actions.form
    assert twin.name in " ".join(label.text() for label in dialog.findChildren(QLabel))
    (group,) = session.read.accounts.doubled_names()
    (merge,) = [b for b in dialog.findChildren(Button) if "Merge" in b.text()]
    merge.click()
    qtbot.waitUntil(lambda: session.idle)
    assert session.read.accounts.doubled_names() == []
    actions.undo()
    qtbot.waitUntil(lambda: session.idle)
    assert session.read.accounts.doubled_names() == [group]


def test_a_verdict_puts_a_signal_away(qtbot, small_book, actions, session, said):
    session.refresh()
    qtbot.waitUntil(lambda: session.idle)
    entry = session.read.derived.today().entries[0]
    actions.attend(entry.account_id, entry.signal, "snoozed", until=date(2026, 3, 19))
    qtbot.waitUntil(lambda: session.idle)
    assert [v.signal_kind for v in session.read.attention.all()] == [entry.signal.kind]
    assert said[-1].endswith("is snoozed until 19 Mar")


def test_every_verb_a_signal_can_name_leads_somewhere(qtbot, small_book, actions):
    keys = (
        "open_renewal open_opportunities open_cases open_account open_health open_experience "
        "add_person add_objective log_touch next_step explain_gap answer_pulse place edit_account"
    )
    went = []
    actions.navigate.connect(lambda *to: went.append(to))
    for key in keys.split():
        before = len(went)
        actions.run_verb(key, "a1")
        assert actions.form is not None or len(went) > before, key
        if actions.form is not None:
            actions.form.done(0)


def test_an_account_that_is_gone_is_said_and_not_raised(small_book, actions, said):
    actions.set_tier("no-such-account")
    assert actions.form is None
    assert said == ["That account is no longer in the book. Refresh the page."]


def test_a_day_can_be_picked_from_a_calendar(qtbot, small_book, actions):
    actions.set_next_step("a1")
    field = actions.form.due.field
    field._take(QDate(2026, 3, 20), Menu(field))
    assert field.text() == "20 Mar 2026"
