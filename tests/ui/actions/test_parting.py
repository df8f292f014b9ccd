"""Splitting and merging accounts in the window."""

from csplanner.ui.actions.parting import MergeForm, SplitForm


def test_what_is_ticked_goes_to_a_new_account_and_undo_brings_it_back(qtbot, actions, small_book):
    actions.split_account("a1")
    form = actions.form
    assert isinstance(form, SplitForm)
    form.save()
    assert form.isVisible()
    form.name.field.setText("Tidewater North")
    form.save()
    assert form.refusal == "Tick at least one thing that goes to the new account."
    form.parts.tick("person")
    said = []
    form.saved.connect(said.append)
    form.save()
    qtbot.waitUntil(lambda: actions.session.idle and bool(said))
    assert said[0].startswith("Tidewater North is an account of its own now: 1 person")
    read = actions.session.read
    new = read.accounts.only("Tidewater North")
    assert [p.name for p in read.people.of(new.id)] == ["Rosa Delgado"]
    actions.undo()
    qtbot.waitUntil(lambda: actions.session.idle)
    assert [p.name for p in read.people.of("a1")] == ["Rosa Delgado"]


def test_merging_says_what_moves_and_shows_the_account_kept(qtbot, actions, small_book):
    shown = []
    actions.navigate.connect(lambda place, what: shown.append((place, what)))
    actions.merge_account("a1")
    form = actions.form
    assert isinstance(form, MergeForm)
    assert "1 person, 1 touch" in form.accessibleDescription()
    form.into.field.setText("Tidewater Health Network")
    form.save()
    assert form.isVisible()
    form.into.field.setText("Merrow")
    form.save()
    qtbot.waitUntil(lambda: bool(shown))
    assert shown == [("account", "a2")]
    read = actions.session.read
    assert len(read.people.of("a2")) == 2
    assert read.accounts.get("a1").archived
