"""A shared screen shows nothing of a map that is judged of somebody, in picture or in words."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from csplanner.book.book import Book
from csplanner.domain.evidence import Evidence, EvidenceKind
from csplanner.domain.map_change import compare
from csplanner.domain.map_lens import MOOD_WORDS, ROLE_TITLES, Seen
from csplanner.domain.map_model import Lens, LineKind
from csplanner.domain.person import Level, Politics, Role
from csplanner.domain.tie import TieKind
from csplanner.paint.map_legend import entries
from csplanner.paint.map_lines import line_look, line_spoken
from csplanner.paint.map_look import card_look, card_looks
from csplanner.ui import veil
from csplanner.ui.map.differences import visible
from csplanner.ui.map.judged import choices_of
from csplanner.ui.map.reading import MapSeen, Wanted, look
from csplanner.ui.map.side import COVERAGE, HISTORY, PERSON, MapSide
from csplanner.ui.map.value_words import FIELD_TITLES, value_words
from csplanner.ui.widgets.labels import PlainLabel
from tests.ui.map.side_story import ACCOUNT, NOTE, fill

ROLES = {ROLE_TITLES[role] for role in (Role.DECIDES, Role.INFLUENCER, Role.DAY_TO_DAY)}
SECRETS = {*ROLES, *(MOOD_WORDS[mood] for mood in MOOD_WORDS), "of 5", "inner circle", "doubts"}


@pytest.fixture(scope="module")
def seen(
    tmp_path_factory: pytest.TempPathFactory, new_book: Callable[[Path], Book]
) -> Iterator[MapSeen]:
    """The map of the story with every kind of judgement on it, and how it was before them."""
    with new_book(tmp_path_factory.mktemp("veiled") / "book.csbook") as book:
        fill(book)
        before = look(book, wanted=Wanted(ACCOUNT))
        told = Evidence(EvidenceKind.OBSERVED, note=NOTE, on=date(2026, 3, 2))
        book.map_edit.judge(ACCOUNT, "p:lena", "mood", -1, told)
        book.map_edit.judge(ACCOUNT, "p:lena", "politics", Politics.INNER, told)
        book.map_edit.judge(ACCOUNT, "p:lena", "role", Role.SCEPTIC, told)
        book.map_edit.connect(ACCOUNT, TieKind.DOUBTS, "p:lena", "p:omar")
        now = look(book, wanted=Wanted(ACCOUNT))
        yield replace(now, changes=compare(before.map, now.map))


@pytest.fixture
def veiled() -> Iterator[None]:
    veil.veil().turn(on=True)
    yield
    veil.veil().turn(on=False)


def _said(widget: QWidget) -> str:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    shown = [x.text() for x in widget.findChildren(PlainLabel)]
    spoken = [x.accessibleName() for x in widget.findChildren(QWidget)]
    return "\n".join((*shown, *spoken))


@pytest.mark.usefixtures("veiled", "themes")
def test_no_tab_beside_the_map_says_what_is_judged_of_somebody(qtbot, seen: MapSeen) -> None:
    side = MapSide()
    qtbot.addWidget(side)
    side.show()
    told = {}
    for key in ("p:lena", "p:omar", "p:amara"):
        side.show_seen(seen, (key,))
        for tab in (COVERAGE, PERSON, HISTORY):
            side.tabs.choose(tab)
            told[key, tab] = _said(side)
    side.show_seen(seen, ("p:lena", "p:omar"))
    side.tabs.choose(PERSON)
    told["several", PERSON] = _said(side)
    for place, words in told.items():
        found = [each for each in (*SECRETS, "Sceptic", "doubted", "turned") if each in words]
        where = [line for line in words.splitlines() if any(x in line for x in found)]
        assert not where, place
        assert NOTE not in words


@pytest.mark.usefixtures("veiled")
def test_only_what_is_not_judged_is_told_of_what_changed(seen: MapSeen) -> None:
    changes = visible(seen.changes)
    assert seen.changes is not None
    assert "turned" in seen.changes.sentence
    assert changes is not None
    assert changes.changes == ()
    assert "turned" not in changes.sentence
    veil.veil().turn(on=False)
    assert visible(seen.changes) is seen.changes


def test_a_veiled_card_line_and_legend_say_nothing_that_is_judged(seen: MapSeen) -> None:
    shown = seen.map
    gathered = Seen(shown)
    card = shown.by_key()["p:lena"]
    for lens in Lens:
        hidden = card_look(card, gathered, lens, hidden=True)
        said = f"{hidden.spoken} {hidden.foot.left} {hidden.foot.right}"
        assert not [each for each in (*SECRETS, "Sceptic") if each in said], lens
    line = replace(next(x for x in shown.lines if x.kind is LineKind.DOUBTS), weight=3)
    light = line_look(replace(line, weight=1), gathered, hidden=True)
    assert line_look(line, gathered, hidden=True).width == light.width
    assert "doubt" not in line_spoken(line, gathered, hidden=True)
    tie = next(x for x in shown.lines if x.kind is LineKind.TIE)
    assert line_look(replace(tie, label="Old friends"), gathered, hidden=True).words == veil.DOTS
    kinds = {line.kind for line in shown.lines}
    looks = card_looks(shown, Lens.REPORTING).values()
    words = {entry.words for entry in entries(kinds, looks, hidden=True)}
    assert words.isdisjoint({"doubts", "influences", "influence", "their mood, your judgement"})
    assert "a judgement" in words
    assert entries(kinds, looks) != entries(kinds, looks, hidden=True)


@pytest.mark.usefixtures("veiled")
def test_every_judged_field_is_hidden_by_one_rule_and_its_choices_are_not() -> None:
    judged = set(FIELD_TITLES) - {"level", "title", "status"}
    assert {value_words(field, "1") for field in judged} == {veil.DOTS}
    assert value_words("level", Level.EXEC.value) == "executive"
    assert dict(choices_of("mood"))["-1"] == "Doubtful"
