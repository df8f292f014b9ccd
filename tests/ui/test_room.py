"""Words that need more room get it: fields keep their height, choices and buttons their text."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QRadioButton, QScrollArea

from csplanner.domain.account import Account, AccountId
from csplanner.ui.actions.choices import LetterChoices
from csplanner.ui.book.filter_form import FilterForm
from csplanner.ui.widgets.fields import Field
from csplanner.ui.widgets.labels import PlainLabel


def test_a_long_error_leaves_the_field_its_height(qtbot, window, today):
    form = FilterForm(window, ask=lambda _work, _done: None, today=lambda: today)
    form.open_for(QPoint(200, 200))
    QApplication.processEvents()
    before = form.sentence.field.height()
    form.sentence.field.setText("tier is banana")
    form.take()
    QApplication.processEvents()
    error = form.sentence._error
    assert form.sentence.field.height() == before
    assert error.height() >= error.heightForWidth(error.width())
    assert form._apply.geometry().bottom() < form.panel_rect().bottom()


def test_errors_in_a_dialog_are_whole(qtbot, small_book, actions):
    actions.log_touch("a1")
    form = actions.form
    field = form.findChild(Field)
    QApplication.processEvents()
    before = {each: each.field.height() for each in form.findChildren(Field) if each.isVisible()}
    for each in before:
        each.show_error(
            "A sentence that is much too long to stand in one line of a narrow field. " * 2
        )
    QApplication.processEvents()
    assert field is not None
    for each, height in before.items():
        assert each.field.height() >= height
        assert each._error.height() >= each._error.heightForWidth(each._error.width())


@pytest.mark.parametrize("verb", ["add_person", "edit_account", "assess"])
def test_choices_show_their_whole_words(qtbot, small_book, actions, verb):
    getattr(actions, verb)("a1")
    QApplication.processEvents()
    for choices in actions.form.findChildren(LetterChoices):
        for button in choices.findChildren(QPushButton):
            assert button.width() >= button.sizeHint().width()
            assert button.geometry().right() <= choices.width()


def test_doubled_names_can_be_told_apart_and_nothing_is_cut(qtbot, small_book, session, actions):
    for number, city in enumerate(("Norfolk", "Leeds")):
        first = Account(AccountId(f"twin{number}"), "A name shared by two that is long " * 4)
        twin = replace(first, city=city)
        session.write(lambda book, twin=twin: book.accounts.add(twin))
    qtbot.waitUntil(lambda: session.idle)
    actions.review_doubles()
    QApplication.processEvents()
    words = [each.text() for each in actions.form.findChildren(QRadioButton)]
    assert words == ["Keep Norfolk (twin0)", "Keep Leeds (twin1)"]
    scroll = actions.form.findChild(QScrollArea)
    assert scroll.widget().width() <= scroll.viewport().width()


def test_the_shortcut_sheet_leaves_room_for_its_bar(qtbot, window):
    from csplanner.ui.shell.shortcut_sheet import shortcut_sheet

    sheet = shortcut_sheet(window.commands, window)
    sheet.show()
    QApplication.processEvents()
    scroll = sheet.findChild(QScrollArea)
    assert scroll.widget().width() <= scroll.viewport().width()
    sheet.close()


def test_digits_and_tab_answer_every_question_in_order(qtbot, small_book, actions):
    actions.assess("a1")
    form = actions.form
    QApplication.processEvents()
    meanings = [label.text() for label in form.findChildren(PlainLabel)]
    assert sum(" 0: " in text and " 4: " in text for text in meanings) == 12
    for number in range(12):
        qtbot.keyClicks(form.focusWidget(), str(number % 5))
        qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Tab)
    assert [each.key for each in form.questions.values()] == [str(n % 5) for n in range(12)]
    qtbot.keyClicks(form.focusWidget(), "9")
    assert form.count.text().startswith("9 is no answer here")
