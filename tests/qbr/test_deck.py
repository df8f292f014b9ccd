"""The deck: native and editable, clean inside, the same every time, whatever the names are."""

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER

from csplanner.domain.measurement import Measurement
from csplanner.domain.value import Fact
from csplanner.qbr.chart_book import chart_workbook
from csplanner.qbr.customer_view import customer_view
from csplanner.qbr.deck import write_deck
from csplanner.qbr.slides import Kind
from csplanner.qbr.story import story

GOLDEN = Path(__file__).parent / "deck_text.txt"
POISON = "=1+1<img src=x>&\x00\x1f\ud800\uffff http://x.test/ @SUM(A1) \u202e"


@pytest.fixture
def make(settings, quarter, today):
    """Makes the deck of an account file."""

    def deck(file, kind=Kind.QBR, template=None):
        told = story(customer_view(file, settings, quarter, as_of=today), kind)
        return write_deck(told, day=today, author=settings.csm, template=template)

    return deck


def opened(content):
    """The deck as PowerPoint's object model."""
    return Presentation(BytesIO(content))


def words_of(content):
    """The text of a deck: part by part, in the order of reading."""
    lines = []
    with zipfile.ZipFile(BytesIO(content)) as package:
        for name in sorted(package.namelist()):
            lines.append(f"# {name}")
            if name.startswith(("ppt/slides/", "ppt/charts/", "ppt/notesSlides/", "docProps/")):
                root = etree.fromstring(package.read(name)) if name.endswith(".xml") else None
                if root is not None:
                    lines += [t.strip() for t in root.itertext() if t.strip()]
    return "\n".join(lines) + "\n"


def test_the_deck_says_what_it_said_before(make, tidewater):
    words = words_of(make(tidewater))
    if not GOLDEN.exists():  # delete the file to write it anew, then read what changed
        GOLDEN.write_text(words, encoding="utf-8")
        pytest.fail("The golden text was written anew. Read it, then run again.")
    assert words == GOLDEN.read_text(encoding="utf-8")


def test_the_same_facts_give_the_same_bytes(make, tidewater):
    content = make(tidewater)
    assert content == make(tidewater)
    with zipfile.ZipFile(BytesIO(content)) as package:
        assert package.testzip() is None
        assert {i.date_time for i in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_every_page_has_its_title_in_a_title_placeholder(make, tidewater):
    for slide in opened(make(tidewater)).slides:
        title = slide.shapes.title
        assert title is not None
        assert title.text_frame.text
        assert title.placeholder_format.type in (
            PP_PLACEHOLDER.TITLE,
            PP_PLACEHOLDER.CENTER_TITLE,
        )
        assert slide.shapes[0].shape_id == title.shape_id  # read aloud first


def test_no_placeholder_is_left_empty(make, tidewater, bare):
    for file in (tidewater, bare):
        for slide in opened(make(file)).slides:
            for holder in slide.placeholders:
                assert holder.text_frame.text, (slide.shapes.title.text_frame.text, holder.name)


def test_charts_and_tables_are_native_with_words_for_those_who_cannot_see_them(make, tidewater):
    charts = tables = 0
    for slide in opened(make(tidewater)).slides:
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table:
                charts += shape.has_chart
                tables += shape.has_table
                assert shape.element.nvGraphicFramePr.cNvPr.get("descr")
    assert (charts, tables) == (5, 6)


def test_pages_are_wide(make, tidewater):
    deck = opened(make(tidewater))
    assert deck.slide_width * 9 == deck.slide_height * 16


def test_nothing_stands_outside_the_page(make, tidewater):
    deck = opened(make(tidewater))
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height


def test_speaker_notes_carry_sources_only(make, tidewater):
    for slide in opened(make(tidewater)).slides:
        if slide.has_notes_slide:
            assert slide.notes_slide.notes_text_frame.text.startswith("Source")


def test_properties_are_ours(make, tidewater):
    properties = opened(make(tidewater)).core_properties
    assert properties.title == "Quarterly review: Tidewater Health Network"
    assert properties.author == properties.last_modified_by == "Maren Oduya"
    assert properties.created.date().isoformat() == "2026-03-12"
    assert properties.comments == properties.keywords == ""


def test_there_is_no_link_no_macro_and_no_formula_inside(make, tidewater):
    poisoned = replace(
        tidewater,
        account=replace(tidewater.account, name=POISON),
        objectives=tuple(replace(o, title=POISON, owner=POISON) for o in tidewater.objectives),
        measurements=tuple(
            replace(m, dimension=f"=HYPERLINK(1) {m.dimension}" if m.dimension else "")
            for m in tidewater.measurements
        ),
    )
    for _, part in every_part(make(poisoned)):
        assert b'TargetMode="External"' not in part
        assert b"vbaProject" not in part
        assert b"<f>" not in part
        assert b"<hyperlink" not in part


def every_part(content):
    """Every part, those of embedded workbooks too."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        for name in package.namelist():
            part = package.read(name)
            yield name, part
            if part.startswith(b"PK"):
                yield from every_part(part)


def test_what_no_document_can_hold_never_reaches_one(make, tidewater):
    file = replace(
        tidewater,
        account=replace(tidewater.account, name=POISON),
        cases=tuple(replace(c, number=POISON) for c in tidewater.cases),
        objectives=tuple(
            replace(o, title=POISON, unit=POISON, actual_source=POISON)
            for o in tidewater.objectives
        ),
    )
    deck = opened(make(file))
    assert deck.slides[0].shapes.title.text_frame.text.startswith("=1+1<img src=x>& http")


def test_huge_texts_are_cut_and_stay_on_the_page(make, tidewater):
    long = "Wörter " * 6_000
    file = replace(
        tidewater,
        account=replace(tidewater.account, name=long),
        objectives=tuple(
            replace(o, title=long, unit=long, owner=long, actual_source=long)
            for o in tidewater.objectives * 3
        ),
        measurements=(
            *tidewater.measurements,
            *(
                Measurement("m", tidewater.account.id, "usage.module_share", Fact(50_000),
                            tidewater.measurements[-1].as_of, f"{n} {long}")
                for n in range(40)
            ),
        ),
    )  # fmt: skip
    deck = opened(make(file))
    for slide in deck.slides:
        assert len(slide.shapes.title.text_frame.text) < 200
        for shape in slide.shapes:
            assert shape.top + shape.height <= deck.slide_height


def test_a_chart_workbook_holds_text_and_numbers_only():
    from python_calamine import CalamineWorkbook

    content = chart_workbook(["=1+1", "http://x"], [("@sum", (1.5, None)), ("b", (2, 3))])
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows == [["", "@sum", "b"], ["=1+1", 1.5, 2.0], ["http://x", "", 3.0]]
    assert content == chart_workbook(["=1+1", "http://x"], [("@sum", (1.5, None)), ("b", (2, 3))])


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_deck_opens_in_libreoffice(make, tidewater, tmp_path):
    path = tmp_path / "deck.pptx"
    content = make(tidewater)
    path.write_bytes(content)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    pdf = (tmp_path / "deck.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page[^s]", pdf)) == len(opened(content).slides)
