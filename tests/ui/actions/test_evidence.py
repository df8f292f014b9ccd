"""How you know what you judged: said in one row, kept with the value, told where it is opened."""

from datetime import date

import pytest

from csplanner.domain.evidence import EvidenceKind
from csplanner.domain.person import Role
from csplanner.ui.actions.evidence_line import EvidenceLine
from csplanner.ui.actions.typed import day_shown


@pytest.fixture
def read(actions):
    """The read-only view of the book of the window."""
    return actions.session.read


def saved(qtbot, actions, form):
    """Save a form and wait until it has closed."""
    form.save()
    qtbot.waitUntil(lambda: actions.form is None and actions.session.idle)


def test_nothing_said_is_no_evidence(qtbot, themes):
    line = EvidenceLine()
    qtbot.addWidget(line)
    assert line.evidence is None
    line.kind.choose("told")
    line.note.setText("Dana’s assistant")
    assert (line.evidence.kind, line.evidence.by) == (EvidenceKind.TOLD, "Dana’s assistant")
    line.kind.choose("observed")
    assert (line.evidence.by, line.evidence.note) == ("", "Dana’s assistant")


def test_the_influence_of_a_person_keeps_who_told_it(qtbot, actions, small_book, read):
    actions.edit_person("p1", "a1")
    form = actions.form
    form.influence.choose("4")
    form.evidence.kind.choose("told")
    form.evidence.note.setText("Dana’s assistant")
    saved(qtbot, actions, form)
    seat = read.seats.of("a1")[0]
    kept = read.field_history.of("seat", seat.id, "influence")[0]
    assert (kept.became, kept.said_by, kept.evidence) == ("4", "Dana’s assistant", "told")
    assert kept.was is None


def test_a_value_is_changed_without_saying_how_it_is_known(qtbot, actions, small_book, read):
    actions.edit_person("p1", "a1")
    actions.form.mood.choose("1")
    saved(qtbot, actions, actions.form)
    seat = read.seats.of("a1")[0]
    assert read.field_history.of("seat", seat.id, "mood")[0].evidence is EvidenceKind.UNSAID


def test_a_sentiment_keeps_what_it_rests_on_in_one_step(qtbot, actions, small_book, read):
    before = len(read.history())
    actions.set_pulse("a1")
    form = actions.form
    form.word.choose("2")
    form.evidence.kind.choose("guessed")
    form.evidence.note.setText("tone of the call")
    saved(qtbot, actions, form)
    assert len(read.history()) == before + 1
    pulse = read.pulses.of("a1")[-1]
    kept = read.field_history.of("pulse", pulse.id, "sentiment")[0]
    assert (kept.evidence, kept.note) == (EvidenceKind.GUESSED, "tone of the call")


def test_answers_and_criticality_keep_what_they_rest_on(qtbot, actions, small_book, read):
    actions.assess("a1")
    form = actions.form
    form.questions["equipped.owner"].choose("3")
    form.criticality.choose("2")
    form.evidence.kind.choose("observed")
    saved(qtbot, actions, form)
    answer = read.measurements.of("a1")[-1]
    assert read.field_history.of("measurement", answer.id)[0].evidence is EvidenceKind.OBSERVED
    kept = read.field_history.of("account", "a1", "criticality")[0]
    assert (kept.was, kept.became, kept.evidence) == ("1", "2", "observed")


def test_a_vacant_seat_is_filled_by_somebody_new(qtbot, actions, small_book, read, today):
    seat = read.seats.of("a1")[0]
    leave(qtbot, actions, date(2026, 3, 3))
    actions.fill_seat(seat.id)
    form = actions.form
    form.who.choose("")
    form.name.field.setText("Mira Sund")
    form.evidence.kind.choose("told")
    form.evidence.note.setText("Rosa")
    saved(qtbot, actions, form)
    seats = read.seats.of("a1")
    assert [read.people.get(s.person_id).name for s in seats] == ["Mira Sund"]
    before = read.seats.predecessors(seat.id)
    assert [(t.person_id, t.until) for t in before] == [("p1", date(2026, 3, 3))]
    actions.undo()
    qtbot.waitUntil(lambda: actions.session.idle)
    assert read.seats.of("a1")[0].person_id == "p1"
    assert len(read.people.of("a1")) == 1


def test_adding_the_successor_takes_the_seat_of_who_left(qtbot, actions, small_book, read):
    leave(qtbot, actions, date(2026, 3, 3))
    actions.add_person("a1")
    form = actions.form
    form.name.field.setText("Mira Sund")
    form.role.choose(Role.SPONSOR.value)
    saved(qtbot, actions, form)
    assert len(read.seats.of("a1")) == 1


def test_a_role_taken_from_a_person_leaves_the_seat(qtbot, actions, small_book, read):
    actions.edit_person("p1", "a1")
    actions.form.role.choose("")
    actions.form.influence.choose("")
    saved(qtbot, actions, actions.form)
    assert [s.person_id for s in read.seats.of("a1")] == [None]


def test_a_seat_no_longer_needed_goes(qtbot, actions, small_book, read):
    seat = read.seats.of("a1")[0]
    leave(qtbot, actions, date(2026, 3, 3))
    actions.fill_seat(seat.id)
    actions.form.drop_button.click()
    qtbot.waitUntil(lambda: actions.form is None and actions.session.idle)
    assert not read.seats.of("a1")


def leave(qtbot, actions, day):
    """Have Rosa leave on a day."""
    actions.edit_person("p1", "a1")
    actions.form.left_on.field.setText(day_shown(day))
    saved(qtbot, actions, actions.form)
