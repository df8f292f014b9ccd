"""What each term of the trade means is said where it stands: labels, heads, chips, the palette."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from csplanner.domain import glossary
from csplanner.language import languages, speaking
from csplanner.ui.book.columns import COLUMNS
from csplanner.ui.book.head_tips import TERMS
from csplanner.ui.book.model import BookModel
from csplanner.ui.help.window import HelpWindow
from csplanner.ui.help.word_hits import word_hits
from csplanner.ui.imports.review_model import HEADS as REVIEW_HEADS
from csplanner.ui.widgets.chips import Chip, TierChip
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel, tooltip_of
from tests.lending import lent

OF_THE_LOOK = (
    "Account", "Touch", "Tier", "Sponsor", "Champion", "Renewal", "QBR", "NPS", "CSAT",
    "Gross retention", "Net retention",
)  # fmt: skip
"""The words of the trade the window uses without explaining them on the spot."""
WITHOUT = {
    "check", "year", "step_due", "sector", "owner", "segment", "country", "city", "tags", "tasks",
    "task_due", "cases",
}  # fmt: skip
"""Columns whose heads are plain words."""
ON_PAGES = {
    "today": ("score", "sentiment", "rank"),
    "book": ("arr", "score", "touch"),
    "account": ("score", "sentiment", "arr", "renewal", "loyal_or_stuck", "objective", "promise"),
    "pyramid": ("placement", "potential"),
    "settings": ("band", "hours", "cadence"),
}  # fmt: skip


@pytest.fixture
def opened(qtbot, frame, small_book):
    """The window on the small book."""
    assert frame.open_book(lent(small_book))
    qtbot.waitUntil(lambda: frame.session is None or frame.session.idle)
    QApplication.processEvents()
    return frame


def test_each_term_has_one_line_in_every_language_and_no_two_share_a_word():
    for code in (language.code for language in languages()):
        with speaking(code):
            for key in glossary.terms():
                assert glossary.key_of(glossary.word(key)) == key, (code, key)
                assert 20 < len(glossary.tip(key)) < 130, (code, key)
                assert "\n" not in glossary.tip(key)
    for word in OF_THE_LOOK:
        assert glossary.meaning(word), word


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Score, measured", "score"), ("What makes the score 82", "score"), ("43 NPS", "nps"),
        ("Equipped  61 of 100", "equipped"), ("ARR", "arr"), ("Sponsor, Dana Kovač", "sponsor"),
        ("Northwind Rail", ""), ("", ""), ("Scores of people came to the meeting of May", ""),
    ],
)  # fmt: skip
def test_a_text_of_the_window_is_known_by_its_term_whatever_stands_around_it(text, key):
    assert glossary.key_of(text) == key


def test_a_label_or_chip_that_is_a_term_says_what_it_means(qtbot):
    label = PlainLabel("Gap")
    qtbot.addWidget(label)
    assert "Score minus sentiment" in label.toolTip()
    assert label.accessibleDescription() == glossary.tip("gap")
    label.setText("Northwind Rail")
    assert label.toolTip() == ""
    label.set_plain_tooltip("a line of its own")
    label.setText("Gap")
    assert "a line of its own" in label.toolTip()
    chip = Chip("3.8 CSAT")
    qtbot.addWidget(chip)
    assert "satisfied" in chip.toolTip()
    tier = TierChip("H")
    qtbot.addWidget(tier)
    assert "promised" in tier.toolTip()


def test_a_term_that_is_cut_shows_its_whole_text_instead(qtbot):
    label = ElidedLabel("Objectives, in their own metrics")
    qtbot.addWidget(label)
    label.resize(400, 20)
    label.grab()
    assert label.toolTip() == tooltip_of(glossary.tip("objective"))
    label.resize(60, 20)
    label.grab()
    assert "in their own metrics" in label.toolTip()
    label.resize(400, 20)
    label.grab()
    assert label.toolTip() == tooltip_of(glossary.tip("objective"))


def test_each_head_of_the_book_that_is_a_term_says_so(qtbot):
    assert {column.key for column in COLUMNS} == set(TERMS) | WITHOUT
    model = BookModel()
    for place, column in enumerate(COLUMNS):
        if term := TERMS.get(column.key):
            tip = model.headerData(place, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
            assert glossary.tip(term) in tip.replace("&amp;", "&"), column.key
            assert "<br>" in tip or not column.spoken
    assert glossary.key_of("Decision") == "decision"
    assert any(glossary.meaning(head) for head in REVIEW_HEADS)


def test_the_pages_say_what_their_terms_mean(qtbot, opened):
    for place, keys in ON_PAGES.items():
        opened.show_place(place, "a1" if place == "account" else None)
        qtbot.waitUntil(lambda: opened.session.idle)
        QApplication.processEvents()
        shown = {w.toolTip() for w in opened.findChildren(QWidget) if w.toolTip() and w.isVisible()}
        for key in keys:
            assert any(tooltip_of(glossary.tip(key)) == tip for tip in shown), (place, key)


def test_the_palette_says_what_a_term_means(qtbot, frame):
    for asked in ("what is gap", "What is gap?", "meaning of gap", "gap"):
        first = word_hits(frame, asked)[0]
        assert first.text == "What is Gap?"
        assert first.detail == glossary.tip("gap")
    first.run()
    window = frame.findChild(HelpWindow)
    assert window.key == "words"
    assert window.reader.textCursor().block().text().startswith("Gap.")
    window.close()
    assert word_hits(frame, "northwind rail") == []
    assert word_hits(frame, "x") == []
