"""Takes a company's own .pptx as template: checked first, then stripped of all but its looks."""

import posixpath
import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from csplanner.errors import UserError

if TYPE_CHECKING:
    from lxml.etree import _Element
    from pptx.presentation import Presentation
    from pptx.slide import SlideLayout

_MOST_BYTES = 100_000_000
_MOST_TOTAL = 200_000_000
_MOST_PARTS = 2_000
_MOST_RATIO, _RATIO_FROM = 200, 10_000_000
_MAIN = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_KEPT_KINDS = frozenset(
    {"officeDocument", "slideMaster", "slideLayout", "theme", "image", "tableStyles", "presProps"}
)
"""Relationships a look is made of. Everything else is content, code or links to elsewhere."""
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".bmp", ".svg", ".emf", ".wmf"})
_WORDS = {
    "slide": "slides", "notesSlide": "notes", "notesMaster": "the notes page",
    "vbaProject": "macros", "oleObject": "embedded objects", "package": "embedded documents",
    "control": "controls", "customXml": "custom data", "comments": "comments",
    "commentAuthors": "names of commenters", "hyperlink": "links", "tags": "tags",
    "custom-properties": "document properties", "core-properties": "document properties",
    "extended-properties": "document properties", "printerSettings": "printer settings",
    "handoutMaster": "the handout page", "thumbnail": "the preview picture",
    "font": "embedded fonts", "viewProps": "view settings",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CleanTemplate:
    """A template that holds masters, layouts, themes and pictures only."""

    content: bytes
    removed: tuple[str, ...]
    """What was taken out, in words."""


def read_template(path: Path) -> CleanTemplate:
    """The template at `path`, checked and stripped; raises UserError when it cannot be used."""
    name = path.name
    if path.suffix.lower() != ".pptx":
        raise UserError(f"{name} is not a .pptx file. Save your template as .pptx, without macros.")
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= _MOST_BYTES else b""
    except OSError as error:
        raise UserError(
            f"{name} cannot be read: {error.strerror or error}. Check the path and try again."
        ) from None
    if not content:
        raise UserError(f"{name} is empty or larger than 100 MB. Use a smaller template.")
    parts = _read_parts(name, content)
    if _main_type(parts) != _MAIN:
        raise UserError(f"{name} is not a plain PowerPoint file. Save your template as .pptx.")
    return _strip(name, parts)


def _read_parts(name: str, content: bytes) -> dict[str, bytes]:
    """Every part of the package, refused before it is unpacked when it is no honest one."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            infos = package.infolist()
            _check(name, infos)
            return {i.filename: package.read(i) for i in infos if not i.is_dir()}
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError) as error:
        raise UserError(f"{name} is damaged or no PowerPoint file. Save it again.") from error


def _check(name: str, infos: list[zipfile.ZipInfo]) -> None:
    total = sum(i.file_size for i in infos)
    packed = sum(i.compress_size for i in infos) or 1
    is_bomb = (
        len(infos) > _MOST_PARTS
        or total > _MOST_TOTAL
        or (total > _RATIO_FROM and total / packed > _MOST_RATIO)
    )
    if is_bomb:
        raise UserError(f"{name} unpacks to more than a template can be. Use another one.")
    if any(i.flag_bits & 1 for i in infos):
        raise UserError(f"{name} is protected by a password. Save it without one.")
    names = [i.filename for i in infos]
    if len(set(names)) != len(names) or any(_is_bad_name(n) for n in names):
        raise UserError(f"{name} holds parts with names that lead elsewhere. Use another one.")


def _is_bad_name(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _parse(name: str, part: bytes) -> "_Element":
    from lxml import etree

    if re.search(rb"<!\s*DOCTYPE", part[:4096], re.IGNORECASE):
        raise UserError(f"{name} holds a document type, which templates do not. Use another one.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        raise UserError(f"{name} is damaged. Save your template again.") from error


def _main_type(parts: dict[str, bytes]) -> str:
    types = parts.get("[Content_Types].xml")
    if types is None:
        return ""
    root = _parse("The template", types)
    return next(
        (
            o.get("ContentType", "")
            for o in root.iter(f"{{{_TYPES}}}Override")
            if o.get("PartName") == "/ppt/presentation.xml"
        ),
        "",
    )


def _strip(name: str, parts: dict[str, bytes]) -> CleanTemplate:
    from lxml import etree

    kept: dict[str, bytes] = {}
    removed: dict[str, None] = {}
    waiting = [""]
    seen = {""}
    while waiting:
        part = waiting.pop()
        rels_name = _rels_of(part)
        gone: set[str] = set()
        if rels_name in parts:
            rels = _parse(name, parts[rels_name])
            for rel in list(rels):
                kind = rel.get("Type", "").rsplit("/", 1)[-1]
                target = posixpath.normpath(
                    posixpath.join(posixpath.dirname(part), rel.get("Target", ""))
                ).lstrip("/")
                if rel.get("Target", "").startswith("/"):
                    target = rel.get("Target", "").lstrip("/")
                if not _is_kept(rel, kind, target, parts):
                    rels.remove(rel)
                    gone.add(rel.get("Id", ""))
                    removed[_removed_words(rel, kind)] = None
                elif target not in seen:
                    seen.add(target)
                    waiting.append(target)
            kept[rels_name] = etree.tostring(rels, xml_declaration=True, encoding="UTF-8")
        if part:
            kept[part] = _without(name, parts[part], gone) if part.endswith(".xml") else parts[part]
    kept["[Content_Types].xml"] = _types_of(name, parts, kept)
    return CleanTemplate(_pack(kept), tuple(sorted(removed)))


def _rels_of(part: str) -> str:
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _is_kept(rel: "_Element", kind: str, target: str, parts: dict[str, bytes]) -> bool:
    if rel.get("TargetMode") == "External" or kind not in _KEPT_KINDS or target not in parts:
        return False
    return kind != "image" or posixpath.splitext(target)[1].lower() in _PICTURES


def _removed_words(rel: "_Element", kind: str) -> str:
    if rel.get("TargetMode") == "External" and kind != "hyperlink":
        return "links to other files"
    return _WORDS.get(kind, f"parts of the kind “{kind}”"[:60])


_DROPPED = frozenset({"sldIdLst", "notesMasterIdLst", "handoutMasterIdLst", "custDataLst",
                      "embeddedFontLst", "extLst", "controls", "timing"})  # fmt: skip
_SHAPES = frozenset({"pic", "graphicFrame", "sp", "cxnSp", "grpSp", "contentPart", "control"})


def _without(name: str, part: bytes, gone: set[str]) -> bytes:
    """The part without what refers to something taken out."""
    from lxml import etree

    root = _parse(name, part)
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            continue
        local = etree.QName(element).localname
        refers = any(k.startswith(f"{{{_REL}}}") and v in gone for k, v in element.attrib.items())
        if local in _DROPPED and element.getparent() is root:
            root.remove(element)
        elif refers and local.startswith("hlink"):
            element.getparent().remove(element)
        elif refers:
            _remove_shape(element)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _remove_shape(element: "_Element") -> None:
    from lxml import etree

    found = element
    while found.getparent() is not None and etree.QName(found).localname not in _SHAPES:
        found = found.getparent()
    target = found if found.getparent() is not None else element
    if target.getparent() is not None:
        target.getparent().remove(target)


def _types_of(name: str, parts: dict[str, bytes], kept: dict[str, bytes]) -> bytes:
    from lxml import etree

    root = _parse(name, parts["[Content_Types].xml"])
    for override in list(root.iter(f"{{{_TYPES}}}Override")):
        if override.get("PartName", "").lstrip("/") not in kept:
            root.remove(override)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _pack(parts: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for part, content in sorted(parts.items()):
            package.writestr(part, content)
    return stream.getvalue()


def choose_layouts(deck: "Presentation") -> tuple["SlideLayout", "SlideLayout"]:
    """Its layouts for a cover and for a page: a title and as little else as possible.

    Raises UserError when no layout has a title.
    """
    from pptx.enum.shapes import PP_PLACEHOLDER

    covers, pages = [], []
    for layout in deck.slide_layouts:
        kinds = [p.placeholder_format.type for p in layout.placeholders]  # type: ignore[misc]
        if PP_PLACEHOLDER.CENTER_TITLE in kinds:
            covers.append((len(kinds), layout))
        elif PP_PLACEHOLDER.TITLE in kinds:
            pages.append((len(kinds), layout))
    if not pages and not covers:
        raise UserError("The template has no layout with a title. Add one, or use ours.")
    pages.sort(key=lambda pair: pair[0])
    page = (pages or covers)[0][1]
    return (covers or pages)[0][1], page


def title_bottom(layout: "SlideLayout", deck: "Presentation") -> int:
    """Where the title of a layout ends, in EMU; a fifth of the height when nothing says so."""
    from pptx.enum.shapes import PP_PLACEHOLDER

    titles = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
    for owner in (layout, layout.slide_master):
        for holder in owner.placeholders:  # type: ignore[misc]
            if holder.placeholder_format.type in titles and holder.height is not None:
                return int((holder.top or 0) + holder.height)
    return int((deck.slide_height or 0) / 5)
