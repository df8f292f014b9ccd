"""QBR prep as you use it: choose, step through, look at the checks, export."""

from math import ceil
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from PySide6.QtTest import QAbstractItemModelTester

from csplanner.paint.fonts import font
from csplanner.qbr.slides import (
    Chart,
    ChartKind,
    Column,
    Figure,
    Figures,
    Item,
    Note,
    Points,
    Series,
    Slide,
    Source,
    Table,
)
from csplanner.ui.qbr import rows
from csplanner.ui.qbr.page import QbrPage
from csplanner.ui.qbr.slide import draw_slide
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.labels import PlainLabel


def words_of(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(PlainLabel))


def open_first(page: QbrPage) -> None:
    page.show_account("a1")
    assert page.prepared is not None


def test_accounts_are_listed_by_their_next_decision_and_found_by_name(page, qtbot) -> None:
    model = page.chooser.model
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert [model.row_at(at).account_id for at in range(3)] == ["a1", "a2", "a3"]
    qtbot.keyClicks(page.chooser.field, "merrow")
    assert model.rowCount() == 1
    qtbot.keyClick(page.chooser.field, Qt.Key.Key_Return)
    assert page.current_account == "a2"
    assert page.breadcrumb() == ["QBR prep", "Merrow Telecom"]
    del tester


def test_the_preview_is_the_story_the_deck_is_written_from(page) -> None:
    open_first(page)
    story = page.prepared.story
    assert story.slides[0].key == "cover"
    for at, slide in enumerate(story.slides):
        page.review.show_slide(at)
        assert slide.title in page.review.slide.accessibleName()
        assert page.review.thumbs.accessibleDescription().startswith(
            f"{at + 1} of {len(story.slides)}"
        )


def test_sections_say_what_is_left_out_and_why(page) -> None:
    open_first(page)
    found = rows.section_rows(page.prepared.story)
    assert found[0].title == "Cover"
    left = [row for row in found if row.state == "out"]
    assert "left out: this deck has no slide for promises yet" in [r.detail for r in left]
    assert [row.slide for row in found if row.slide >= 0] == list(
        range(len(page.prepared.story.slides))
    )


def test_why_a_section_is_left_out_has_room_in_full(page) -> None:
    open_first(page)
    sections = page.review.sections
    metrics = QFontMetricsF(font(12))
    for at, row in enumerate(rows.section_rows(page.prepared.story)):
        lines = metrics.horizontalAdvance(row.detail) / (sections.viewport().width() - 60)
        height = sections.sizeHintForIndex(sections.model().index(at, 0)).height()
        assert height >= 30 + 15 * ceil(lines)


def test_amounts_stand_right_and_unknown_ones_say_so(page) -> None:
    model = page.chooser.model
    role = Qt.ItemDataRole.TextAlignmentRole
    for side in (
        model.index(0, 2).data(role),
        model.headerData(2, Qt.Orientation.Horizontal, role),
    ):
        assert Qt.AlignmentFlag(side) & Qt.AlignmentFlag.AlignRight
    assert Qt.AlignmentFlag(model.index(0, 0).data(role)) & Qt.AlignmentFlag.AlignLeft


def test_the_cover_stands_out_from_what_is_around_it(page) -> None:
    open_first(page)
    picture = page.review.slide.grab().toImage()
    ratio = picture.devicePixelRatio()
    rect = page.review.slide.slide_rect()
    inside = picture.pixelColor(round((rect.left() + 20) * ratio), round((rect.top() + 20) * ratio))
    below = picture.pixelColor(round(rect.center().x() * ratio), round((rect.bottom() + 5) * ratio))
    assert inside != below


def test_arrows_step_through_the_slides(page, qtbot) -> None:
    open_first(page)
    qtbot.keyClick(page.review.slide, Qt.Key.Key_Right)
    qtbot.keyClick(page.review.thumbs, Qt.Key.Key_Right)
    assert page.review.slide.accessibleName().startswith("Slide 3")
    qtbot.keyClick(page.review.slide, Qt.Key.Key_Left)
    assert page.review.slide.accessibleName().startswith("Slide 2")


def test_checks_name_old_figures_missing_owners_and_voices(page) -> None:
    open_first(page)
    words = words_of(page.panel)
    assert "Old figure: Cost of a booked appointment" in words
    assert "A goal has no owner" in words
    assert "Missing: a voice" in words
    assert "Nothing private goes out" in words


def test_an_account_without_goals_is_told_to_get_some(page) -> None:
    page.show_account("a2")
    assert "No goal of theirs is written down" in words_of(page.panel)


def test_the_executive_review_is_shorter(page) -> None:
    open_first(page)
    quarterly = len(page.prepared.story.slides)
    page.review.kind.choose("ebr")
    assert len(page.prepared.story.slides) < quarterly


def test_other_account_goes_back_to_the_list(page, qtbot) -> None:
    open_first(page)
    other = next(b for b in page.review.findChildren(Button) if b.text() == "Other account")
    qtbot.mouseClick(other, Qt.MouseButton.LeftButton)
    assert page.current_account is None
    assert page.chooser.isVisible()


def test_a_past_quarter_is_shown_as_of_its_end(page, qtbot) -> None:
    open_first(page)
    page.review.quarter.setCurrentIndex(page.review.quarter.findData("2025Q4"))
    page.review.quarter.activated.emit(page.review.quarter.currentIndex())
    assert "As of 31 December 2025" in words_of(page.panel)
    slides = page.prepared.story.slides
    assert not any("2026" in rows.notes_text(slide) for slide in slides)
    assert "usage" not in [slide.key for slide in slides]


def test_a_change_of_the_book_shows_in_the_slides(page, session, qtbot) -> None:
    open_first(page)
    session.write(lambda book: book.accounts.update("a1", name="Tidewater Trust"))
    qtbot.waitUntil(lambda: session.idle, timeout=5000)
    assert page.prepared.story.slides[0].title == "Tidewater Trust"


def test_export_writes_deck_and_brief_beside_the_window(page, session, qtbot, tmp_path) -> None:
    open_first(page)
    folder = tmp_path / "out"
    folder.mkdir()
    page.ask_folder = lambda: folder
    page.panel.export_button.click()
    assert not page.panel.export_button.isEnabled()
    qtbot.waitUntil(lambda: session.idle, timeout=20_000)
    assert sorted(p.suffix for p in folder.iterdir()) == [".pdf", ".pptx"]
    assert page.panel.open_button.isVisibleTo(page.panel)
    assert page.panel.note.startswith("Written: Tidewater")


def test_an_export_that_fails_says_why_and_can_be_tried_again(
    page, session, qtbot, tmp_path
) -> None:
    open_first(page)
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    page.ask_folder = lambda: Path(blocked)
    page.export()
    qtbot.waitUntil(lambda: session.idle, timeout=20_000)
    assert page.panel.note
    assert not page.panel.note.startswith("Written")
    assert page.panel.export_button.isEnabled()


def test_cancelling_the_folder_writes_nothing(page, session) -> None:
    open_first(page)
    page.ask_folder = lambda: None
    page.export()
    assert session.idle


def test_a_name_made_of_markup_is_shown_as_it_is(page) -> None:
    page.show_account("a3")
    assert page.prepared.story.slides[0].title in page.review.slide.accessibleName()
    assert page.breadcrumb()[1] == "<img src=x><b>Bold</b> & Sons"


def test_an_empty_book_offers_ways_on(qtbot, session, actions, window) -> None:
    made = QbrPage(session, actions)
    window.add_page(made)
    window.show_place("qbr")
    assert made.inspector() is None
    assert "No account to prepare for yet" in words_of(made)


# The painter

BLOCKS = (
    Figures((Figure("6", "cases opened"), Figure("15", "days to close"))),
    Points((Item("How do you want to decide?", "We suggest today."), Item("And then?"))),
    Table("Goals", (Column("Goal", 3), Column("Now", 1, "right")), (("Calls", "81%"),) * 12),
    Chart(ChartKind.BAR, "NPS", ("Product", "Billing"),
          (Series("NPS", (34.0, -20.0), ("34", "−20")),), "", low=-100, high=100),
    Chart(ChartKind.PROGRESS, "Way", ("Calls", "Cost"),
          (Series("done", (80.0, 40.0), ("81%", "$7"), (False, True)),
           Series("rest", (20.0, 60.0), ("85%", "$5"))), "", low=0, high=100),
    Chart(ChartKind.LINE, "Seats", ("Jan", "Feb", "Mar"),
          (Series("active", (690.0, None, 1180.0), ("", "", "1,180")),
           Series("bought", (1200.0, 1240.0, 1240.0), ("", "", "1,240"))), "", low=0),
    Chart(ChartKind.LINE, "Nothing", (), (), ""),
    Note("So what?"),
)  # fmt: skip


@pytest.mark.parametrize("block", BLOCKS, ids=lambda b: type(b).__name__)
def test_every_block_is_drawn_inside_the_slide(qapp, block) -> None:
    slide = Slide(
        "x", 1, "A headline with a number", "Below", (block,), (block,), 3, (Source("HR"),)
    )
    bare = Slide("x", 1, "A headline with a number", "Below", rests_on=(Source("HR"),))
    image = QImage(480, 300, QImage.Format.Format_RGB32)
    pictures = []
    for each in (slide, bare):
        image.fill(Qt.GlobalColor.magenta)
        with QPainter(image) as painter:
            draw_slide(painter, QRectF(0, 0, 480, 270), slide=each, page=2)
        assert image.pixelColor(5, 290) == Qt.GlobalColor.magenta
        pictures.append(image.copy())
    if not (isinstance(block, Chart) and not block.categories):
        assert pictures[0] != pictures[1]


def test_internal_words_are_found_as_words_only() -> None:
    said = Slide("x", 1, "Your tier and our churn", "", (Note("Frontier, arrival, return"),))
    assert rows.internal_words(said) == ["tier", "churn"]


def test_who_works_with_whom_is_shown_while_it_is_ticked_and_not_for_the_next_account(
    page, qtbot
) -> None:
    open_first(page)
    keys = [s.key for s in page.prepared.story.slides]
    assert "people" not in keys
    qtbot.mouseClick(page.review.map_too, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    told = page.prepared.story.slides
    at = [s.key for s in told].index("people")
    page.review.show_slide(at)
    assert told[at].title in page.review.slide.accessibleName()
    assert "Rosa Delgado" in list(rows.texts_of(told[at]))
    image = QImage(960, 540, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    draw_slide(painter, QRectF(0, 0, 960, 540), slide=told[at], page=at)
    painter.end()
    page.show_account("a2")
    assert not page.review.map_too.isChecked()
    assert "people" not in [s.key for s in page.prepared.story.slides]
