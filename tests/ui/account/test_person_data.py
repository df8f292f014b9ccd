"""Writing out and erasing a person from the account page, over a real book."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox

from csplanner.book.backup import backup
from csplanner.domain.person import Person
from csplanner.ui.account.page import AccountPage
from csplanner.ui.actions.erase_dialogs import ErasedDialog, EraseDialog
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.dialogs import Dialog
from csplanner.ui.widgets.labels import PlainLabel


@pytest.fixture
def anna(page: AccountPage) -> Person:
    """One of their people with a full name."""
    people = page.story_session.read.people.of(page.current_account)
    return next(p for p in people if " " in p.name and p.side == "theirs")


def verbs(dialog: Dialog) -> dict[str, Button]:
    return {b.text(): b for b in dialog.findChildren(Button)}


def test_everything_about_a_person_is_written_into_a_folder(
    page: AccountPage, anna: Person, tmp_path: Path, settle: Callable[[], None]
) -> None:
    page.story_actions.person_data.export(anna.id, tmp_path / "out")
    settle()
    written = sorted(p.suffix for p in (tmp_path / "out").iterdir())
    assert written == [".json", ".pdf"]
    document = next((tmp_path / "out").glob("*.json")).read_text(encoding="utf-8")
    assert json.loads(document)["person"]["name"] == anna.name


def test_the_menu_of_a_person_offers_edit_export_and_erase(
    page: AccountPage, anna: Person, settle: Callable[[], None]
) -> None:
    menu = page._persons.menu(page, anna.id)
    words = [a.text() for a in menu.actions() if a.text()]
    assert words == ["Edit…", "Export everything about this person…", "Erase this person…"]
    menu.actions()[-1].trigger()
    settle()
    assert isinstance(page.story_actions.form, EraseDialog)


def test_of_nobody_nothing_is_asked(page: AccountPage) -> None:
    page._persons.run("edit", "")
    assert page.story_actions.form is None


def test_the_dialog_says_what_goes_and_what_stays_and_the_safe_verb_has_the_keyboard(
    page: AccountPage, anna: Person, settle: Callable[[], None]
) -> None:
    page._persons.run("erase", anna.id)
    settle()
    dialog = page.story_actions.form
    assert isinstance(dialog, EraseDialog)
    assert dialog.windowTitle() == f"Erase {anna.name} for good?"
    text = " ".join(label.text() for label in dialog.findChildren(PlainLabel))
    for words in ("cannot undo this", "What goes", "What stays", "First names alone", "exports"):
        assert words in text
    assert verbs(dialog)["Keep this person"].isDefault()
    verbs(dialog)["Keep this person"].click()
    settle()
    assert page.story_session.read.people.get(anna.id).name == anna.name


def test_erasing_lists_backups_and_rewrites_them(
    page: AccountPage, anna: Person, settle: Callable[[], None]
) -> None:
    session = page.story_session
    session.write(backup)
    settle()
    page._persons.run("erase", anna.id)
    settle()
    verbs(page.story_actions.form)["Erase for good"].click()
    settle()
    dialog = page.story_actions.form
    assert isinstance(dialog, ErasedDialog)
    assert dialog.words.text() == "1 backup still holds this person:"
    assert anna.id not in {p.id for p in session.read.people.of(page.current_account)}
    dialog.rewrite_button.click()
    settle()
    assert dialog.words.text() == "No backup holds this person."
    assert dialog.rewrite_button.isHidden()
    assert session.read.can_undo is None or anna.name not in session.read.can_undo.label
    dialog.close_button.click()
    settle()
    assert page.story_actions.form is None


def test_mentions_that_may_mean_a_namesake_go_only_when_ticked(
    page: AccountPage, anna: Person, settle: Callable[[], None]
) -> None:
    session = page.story_session
    other = next(a for a in session.read.accounts.all() if a.id != page.current_account)
    session.write(lambda book: book.people.add(Person("two", other.id, anna.name)))
    session.write(lambda book: book.accounts.update(other.id, next_step=f"Call {anna.name}"))
    settle()
    page._persons.run("erase", anna.id)
    settle()
    dialog = page.story_actions.form
    box = dialog.findChild(QCheckBox)
    assert not box.isHidden()
    assert not dialog.also_shared
    box.setChecked(True)
    verbs(dialog)["Erase for good"].click()
    settle()
    assert session.read.accounts.get(other.id).next_step == "Call [erased]"
    assert session.read.people.get("two").name == anna.name


def test_closing_while_backups_are_rewritten_says_it_later(
    page: AccountPage, anna: Person, settle: Callable[[], None]
) -> None:
    page.story_session.write(backup)
    settle()
    page.story_actions.person_data.erase(anna.id)
    settle()
    said = []
    page.story_actions.said.connect(lambda text, *_: said.append(text))
    dialog = page.story_actions.form
    dialog.rewrite()
    dialog.reject()
    settle()
    assert said == ["Rewritten: 1 backup"]
