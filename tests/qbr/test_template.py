"""A company's own template: its looks are taken, everything else in it is left out and named."""

import zipfile
from io import BytesIO

import pytest
from pptx import Presentation
from pptx.util import Inches

from csplanner.errors import UserError
from csplanner.qbr.customer_view import customer_view
from csplanner.qbr.deck import write_deck
from csplanner.qbr.story import story
from csplanner.qbr.template import read_template


@pytest.fixture
def foreign(tmp_path):
    """Somebody's template with slides, notes, a link, a chart and a macro in it."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text_frame.text = "Secret of another customer"
    slide.notes_slide.notes_text_frame.text = "Secret note"
    box = slide.shapes.add_textbox(0, 0, Inches(1), Inches(1))
    run = box.text_frame.paragraphs[0].add_run()
    run.text = "link"
    run.hyperlink.address = "https://example.com/secret"
    deck.core_properties.author = "Secret author"
    stream = BytesIO()
    deck.save(stream)
    return write(tmp_path / "ours.pptx", rebuilt(stream.getvalue(), add_macro))


def rebuilt(content, change):
    """The package with its parts changed by `change(parts)`."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        parts = {n: package.read(n) for n in package.namelist()}
    change(parts)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()


def add_macro(parts):
    """A macro, custom data and a link of the master to a picture elsewhere."""
    parts["ppt/vbaProject.bin"] = b"secret macro"
    parts["customXml/item1.xml"] = b"<secret/>"
    rels = "ppt/_rels/presentation.xml.rels"
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts[rels] = parts[rels].replace(
        b"</Relationships>",
        f'<Relationship Id="rId90" Type="{kinds}/vbaProject" Target="vbaProject.bin"/>'
        f'<Relationship Id="rId91" Type="{kinds}/customXml" Target="../customXml/item1.xml"/>'
        "</Relationships>".encode(),
    )
    master = "ppt/slideMasters/_rels/slideMaster1.xml.rels"
    parts[master] = parts[master].replace(
        b"</Relationships>",
        f'<Relationship Id="rId92" Type="{kinds}/image" Target="http://spy.test/a.png" '
        'TargetMode="External"/></Relationships>'.encode(),
    )
    name = "ppt/slideMasters/slideMaster1.xml"
    parts[name] = parts[name].replace(
        b"</p:spTree>",
        b'<p:pic><p:nvPicPr><p:cNvPr id="99" name="spy"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr>'
        b'<p:blipFill><a:blip r:link="rId92"/></p:blipFill><p:spPr/></p:pic></p:spTree>',
    )


def write(path, content):
    """A file with that content."""
    path.write_bytes(content)
    return path


def test_only_the_looks_of_a_template_are_taken(foreign, tidewater, settings, quarter, today):
    clean = read_template(foreign)
    assert {"slides", "macros", "custom data", "links to other files"} <= set(clean.removed)
    told = story(customer_view(tidewater, settings, quarter, as_of=today))
    content = write_deck(told, day=today, author="Maren", template=clean.content)
    with zipfile.ZipFile(BytesIO(content)) as package:
        for name in package.namelist():
            part = package.read(name)
            assert b"ecret" not in part, name
            assert b"spy" not in part, name
            assert b'TargetMode="External"' not in part, name
    deck = Presentation(BytesIO(content))
    assert len(deck.slides) == len(told.slides)
    assert [s.shapes.title.text_frame.text for s in deck.slides] == [s.title for s in told.slides]
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.top + shape.height <= deck.slide_height
            assert shape.left + shape.width <= deck.slide_width


def test_our_own_template_passes_as_a_foreign_one(tmp_path, bare, settings, quarter, today):
    from csplanner.resources import resource

    path = write(tmp_path / "t.pptx", resource("qbr/template.pptx").read_bytes())
    told = story(customer_view(bare, settings, quarter, as_of=today))
    content = write_deck(told, day=today, template=read_template(path).content)
    assert len(Presentation(BytesIO(content)).slides) == 2


def bomb():
    """A package that unpacks to far more than it weighs."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", b" " * 60_000_000)
    return out.getvalue()


def with_part(name, content):
    """A package with one part."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("t.pptm", b"x", "not a .pptx file"),
        ("t.potx", b"x", "not a .pptx file"),
        ("t.pptx", b"", "empty or larger"),
        ("t.pptx", b"no zip at all", "damaged or no PowerPoint file"),
        ("t.pptx", bomb(), "unpacks to more"),
        ("t.pptx", with_part("../evil.xml", b"<a/>"), "lead elsewhere"),
        ("t.pptx", with_part("a.xml", b"<a/>"), "not a plain PowerPoint file"),
        (
            "t.pptx",
            with_part("[Content_Types].xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
            "document type",
        ),
        ("t.pptx", with_part("[Content_Types].xml", b"<x"), "damaged"),
    ],
)
def test_what_is_no_honest_template_is_refused_in_a_sentence(tmp_path, name, content, words):
    with pytest.raises(UserError, match=words):
        read_template(write(tmp_path / name, content))


def test_a_template_with_macros_by_its_type_is_refused(foreign, tmp_path):
    def macro_type(parts):
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
            b"presentationml.presentation.main+xml", b"presentation.macroEnabled.main+xml"
        )

    path = write(tmp_path / "m.pptx", rebuilt(foreign.read_bytes(), macro_type))
    with pytest.raises(UserError, match="not a plain PowerPoint file"):
        read_template(path)


def test_a_missing_template_is_one_sentence(tmp_path):
    with pytest.raises(UserError, match="cannot be read"):
        read_template(tmp_path / "none.pptx")
