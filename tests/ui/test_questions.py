"""Who asks the book beside the window gets the answer to what was asked last, while still there."""

import threading

import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete

from csplanner.errors import UserError
from csplanner.ui.session import BookSession

pytestmark = pytest.mark.usefixtures("small_book")


def settle(session: BookSession, qtbot) -> None:
    qtbot.waitUntil(lambda: session.idle)


def test_the_same_question_of_two_windows_is_answered_to_both(session, qtbot) -> None:
    here, there = QObject(), QObject()
    got: list[str] = []
    for later in (False, True):
        session.ask(here, lambda _: "here", got.append, about="tabs", later=later)
        session.ask(there, lambda _: "there", got.append, about="tabs", later=later)
        settle(session, qtbot)
    assert got == ["here", "there"] * 2


@pytest.mark.parametrize("later", [False, True])
def test_of_one_asker_only_the_newest_question_about_the_same_is_answered(
    session, qtbot, later: bool
) -> None:
    asker = QObject()
    got: list[object] = []
    held = threading.Event()
    session.ask(QObject(), lambda _: held.wait(5), lambda _: None)
    for number in range(3):
        session.ask(asker, lambda _, n=number: n, got.append, about="rows", later=later)
    session.ask(asker, lambda _: "sum", got.append, about="foot", later=later)
    held.set()
    settle(session, qtbot)
    assert got == [2, "sum"]


@pytest.mark.parametrize("later", [False, True])
def test_who_is_gone_gets_neither_an_answer_nor_a_refusal(session, qtbot, later: bool) -> None:
    asker = QObject()
    got: list[object] = []

    def refuse(_: object) -> None:
        raise UserError("Not today.")

    held = threading.Event()
    session.ask(QObject(), lambda _: held.wait(5), lambda _: None)
    session.ask(asker, lambda _: 1, got.append, about="an answer", later=later)
    session.ask(asker, refuse, got.append, about="a refusal", failed=got.append, later=later)
    delete(asker)
    held.set()
    settle(session, qtbot)
    assert got == []
