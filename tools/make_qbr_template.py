"""Writes `resources/qbr/template.pptx`: 16:9, two layouts, colours of the light theme, Inter.

Run `python tools/make_qbr_template.py` after a change of the tokens; the result is the same bytes
every time.
"""

import json
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "resources" / "qbr" / "template.pptx"
TOKENS = ROOT / "resources" / "themes" / "tokens.json"

_EMU = 914_400
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NS = f'xmlns:a="{_A}" xmlns:r="{_R}" xmlns:p="{_P}"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CT = "application/vnd.openxmlformats-officedocument.presentationml."
_GROUP = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>'
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/>'
    '<a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)
# Without Inter a program looks for a typeface like Arial by these numbers.
_FACE = 'typeface="Inter" panose="020B0604020202020204" pitchFamily="34" charset="0"'
_PART_TYPES = {
    "/ppt/presentation.xml": f"{_CT}presentation.main+xml",
    "/ppt/slideMasters/slideMaster1.xml": f"{_CT}slideMaster+xml",
    "/ppt/slideLayouts/slideLayout1.xml": f"{_CT}slideLayout+xml",
    "/ppt/slideLayouts/slideLayout2.xml": f"{_CT}slideLayout+xml",
    "/ppt/notesMasters/notesMaster1.xml": f"{_CT}notesMaster+xml",
    "/ppt/tableStyles.xml": f"{_CT}tableStyles+xml",
    "/ppt/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
    "/ppt/theme/theme2.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
    "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "/docProps/app.xml": ("application/vnd.openxmlformats-officedocument.extended-properties+xml"),
}


def main() -> int:
    """Write the template and say where."""
    light = json.loads(TOKENS.read_text(encoding="utf-8"))["light"]
    OUT.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(OUT, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in sorted(_parts(light).items()):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, text)
    sys.stdout.write(f"{OUT.relative_to(ROOT)}: {OUT.stat().st_size:,} bytes\n")
    return 0


def _parts(light: dict[str, str]) -> dict[str, str]:
    theme = _theme(light)
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _rels(
            ("officeDocument", "ppt/presentation.xml"),
            ("extended-properties", "docProps/app.xml"),
            ("core", "docProps/core.xml"),
        ),
        "docProps/app.xml": _app(),
        "docProps/core.xml": _core(),
        "ppt/presentation.xml": _presentation(),
        "ppt/_rels/presentation.xml.rels": _rels(
            ("slideMaster", "slideMasters/slideMaster1.xml"),
            ("notesMaster", "notesMasters/notesMaster1.xml"),
            ("theme", "theme/theme1.xml"),
            ("tableStyles", "tableStyles.xml"),
        ),
        "ppt/tableStyles.xml": (
            f'{_HEAD}<a:tblStyleLst xmlns:a="{_A}" def="{{2D5ABB26-0587-4C30-8999-92F81FD0307C}}"/>'
        ),
        "ppt/theme/theme1.xml": theme,
        "ppt/theme/theme2.xml": theme,
        "ppt/slideMasters/slideMaster1.xml": _master(),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": _rels(
            ("slideLayout", "../slideLayouts/slideLayout1.xml"),
            ("slideLayout", "../slideLayouts/slideLayout2.xml"),
            ("theme", "../theme/theme1.xml"),
        ),
        "ppt/slideLayouts/slideLayout1.xml": _cover(),
        "ppt/slideLayouts/slideLayout2.xml": _page(),
        "ppt/slideLayouts/_rels/slideLayout1.xml.rels": _rels(
            ("slideMaster", "../slideMasters/slideMaster1.xml")
        ),
        "ppt/slideLayouts/_rels/slideLayout2.xml.rels": _rels(
            ("slideMaster", "../slideMasters/slideMaster1.xml")
        ),
        "ppt/notesMasters/notesMaster1.xml": _notes_master(),
        "ppt/notesMasters/_rels/notesMaster1.xml.rels": _rels(("theme", "../theme/theme2.xml")),
    }


def _rels(*pairs: tuple[str, str]) -> str:
    kinds = {
        "core": "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    }
    lines = "".join(
        f'<Relationship Id="rId{n}" Type="{kinds.get(kind, f"{_R}/{kind}")}" Target="{target}"/>'
        for n, (kind, target) in enumerate(pairs, 1)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{_HEAD}<Relationships xmlns="{space}">{lines}</Relationships>'


def _content_types() -> str:
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in _PART_TYPES.items()
    )
    return (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _app() -> str:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'{_HEAD}<Properties xmlns="{space}"><Application>csplanner</Application></Properties>'


def _core() -> str:
    return (
        f"{_HEAD}<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
    )


def _emu(inches: float) -> int:
    return round(inches * _EMU)


def _presentation() -> str:
    return (
        f'{_HEAD}<p:presentation {_NS} saveSubsetFonts="1">'
        '<p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst>'
        '<p:notesMasterIdLst><p:notesMasterId r:id="rId2"/></p:notesMasterIdLst>'
        f'<p:sldSz cx="{_emu(40 / 3)}" cy="{_emu(7.5)}"/>'
        f'<p:notesSz cx="{_emu(7.5)}" cy="{_emu(10)}"/>'
        f"<p:defaultTextStyle>{_levels(1400)}</p:defaultTextStyle></p:presentation>"
    )


def _levels(size: int) -> str:
    return "".join(
        f'<a:lvl{n}pPr marL="0" indent="0" algn="l" defTabSz="914400" rtl="0" eaLnBrk="1" '
        'latinLnBrk="0" hangingPunct="1"><a:buNone/>'
        f'<a:defRPr sz="{size}" kern="1200"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
        '<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/>'
        f"</a:defRPr></a:lvl{n}pPr>"
        for n in range(1, 10)
    )


def _theme(light: dict[str, str]) -> str:
    colours = {
        "dk1": "text", "lt1": "surface", "dk2": "text2", "lt2": "window", "accent1": "cat1",
        "accent2": "cat2", "accent3": "cat3", "accent4": "cat4", "accent5": "cat5",
        "accent6": "cat6", "hlink": "accent-text", "folHlink": "text2",
    }  # fmt: skip
    scheme = "".join(
        f'<a:{name}><a:srgbClr val="{light[token][1:7]}"/></a:{name}>'
        for name, token in colours.items()
    )
    fonts = "".join(
        f'<a:{kind}Font><a:latin {_FACE}/><a:ea typeface=""/><a:cs typeface=""/></a:{kind}Font>'
        for kind in ("major", "minor")
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{fill}<a:prstDash val="solid"/></a:ln>'
    plain = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{_HEAD}<a:theme xmlns:a="{_A}" name="csplanner"><a:themeElements>'
        f'<a:clrScheme name="csplanner light">{scheme}</a:clrScheme>'
        f'<a:fontScheme name="Inter">{fonts}</a:fontScheme>'
        f'<a:fmtScheme name="Plain"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{plain * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )


def _box(left: float, top: float, width: float, height: float) -> str:
    return (
        f'<p:spPr><a:xfrm><a:off x="{_emu(left)}" y="{_emu(top)}"/>'
        f'<a:ext cx="{_emu(width)}" cy="{_emu(height)}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
    )


def _placeholder(number: int, name: str, kind: str, box: str, style: str) -> str:
    """A text placeholder; `style` is `anchor size colour [bold] [right]`."""
    anchor, size, colour, *rest = style.split()
    bold = ' b="1"' if "bold" in rest else ""
    align = ' algn="r"' if "right" in rest else ""
    text = (
        '<a:fld id="{5A1B3C1E-2B52-4B4F-9C3D-6A0E5B7F2D10}" type="slidenum">'
        '<a:rPr lang="en-GB"/><a:t>‹#›</a:t></a:fld>'
        if "sldNum" in kind
        else f'<a:r><a:rPr lang="en-GB"/><a:t>{name}</a:t></a:r>'
    )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr>'
        f'{box}<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}">'
        "<a:normAutofit/></a:bodyPr>"
        f'<a:lstStyle><a:lvl1pPr marL="0" indent="0"{align}><a:buNone/>'
        f'<a:defRPr sz="{size}"{bold}><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'
        f"</a:defRPr></a:lvl1pPr></a:lstStyle><a:p>{text}</a:p></p:txBody></p:sp>"
    )


def _line(number: int, left: float, top: float, width: float) -> str:
    return (
        f'<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="{number}" name="Line above the source"/>'
        f'<p:cNvCxnSpPr/><p:nvPr userDrawn="1"/></p:nvCxnSpPr><p:spPr><a:xfrm>'
        f'<a:off x="{_emu(left)}" y="{_emu(top)}"/><a:ext cx="{_emu(width)}" cy="0"/></a:xfrm>'
        '<a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="9525"><a:solidFill>'
        '<a:schemeClr val="bg1"><a:lumMod val="88000"/></a:schemeClr></a:solidFill></a:ln>'
        "</p:spPr></p:cxnSp>"
    )


def _bar(number: int, left: float, top: float, width: float, height: float) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Accent"/><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr>'
        + _box(left, top, width, height).replace(
            "</p:spPr>",
            '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill><a:ln><a:noFill/></a:ln>'
            "</p:spPr>",
        )
        + "<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr/></a:p></p:txBody></p:sp>"
    )


def _background(colour: str) -> str:
    return (
        f'<p:bg><p:bgPr><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill><a:effectLst/>'
        "</p:bgPr></p:bg>"
    )


_TITLE = _box(0.75, 0.42, 11.83, 0.92)
_NUMBER = _box(11.58, 6.98, 1.0, 0.25)


def _master() -> str:
    shapes = (
        _placeholder(2, "Title", 'type="title"', _TITLE, "b 2800 tx1 bold")
        + _placeholder(
            3, "Text", 'type="body" idx="1"', _box(0.75, 1.95, 11.83, 4.75), "t 1400 tx1"
        )
        + _placeholder(
            4, "Slide number", 'type="sldNum" sz="quarter" idx="4"', _NUMBER, "t 1000 tx2 right"
        )
    )
    mapping = (
        '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" '
        'accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" '
        'folHlink="folHlink"/>'
    )
    title = (
        '<p:titleStyle><a:lvl1pPr algn="l"><a:lnSpc><a:spcPct val="95000"/></a:lnSpc><a:buNone/>'
        '<a:defRPr sz="2800" b="1" kern="1200"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
        '<a:latin typeface="+mj-lt"/><a:ea typeface="+mj-ea"/><a:cs typeface="+mj-cs"/>'
        "</a:defRPr></a:lvl1pPr></p:titleStyle>"
    )
    return (
        f"{_HEAD}<p:sldMaster {_NS}><p:cSld>{_background('bg1')}<p:spTree>{_GROUP}{shapes}"
        f"</p:spTree></p:cSld>{mapping}<p:sldLayoutIdLst>"
        '<p:sldLayoutId id="2147483649" r:id="rId1"/><p:sldLayoutId id="2147483650" r:id="rId2"/>'
        f"</p:sldLayoutIdLst><p:txStyles>{title}<p:bodyStyle>{_levels(1400)}</p:bodyStyle>"
        f"<p:otherStyle>{_levels(1400)}</p:otherStyle></p:txStyles></p:sldMaster>"
    )


def _layout(name: str, kind: str, background: str, shapes: str) -> str:
    return (
        f'{_HEAD}<p:sldLayout {_NS} {kind} preserve="1" userDrawn="1"><p:cSld name="{name}">'
        f"{background}<p:spTree>{_GROUP}{shapes}</p:spTree></p:cSld>"
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def _cover() -> str:
    shapes = (
        _bar(2, 0.75, 3.85, 0.9, 0.07)
        + _placeholder(
            3, "Title", 'type="ctrTitle"', _box(0.75, 1.3, 11.83, 2.3), "b 4400 tx1 bold"
        )
        + _placeholder(
            4, "Subtitle", 'type="subTitle" idx="1"', _box(0.75, 4.15, 11.83, 0.6), "t 2200 tx2"
        )
        + _placeholder(
            5, "Prepared by", 'type="body" sz="quarter" idx="13"', _box(0.75, 6.6, 11.83, 0.4),
            "b 1400 tx2",
        )
    )  # fmt: skip
    return _layout("Cover", 'type="title"', _background("bg2"), shapes)


def _page() -> str:
    shapes = (
        _placeholder(2, "Title", 'type="title"', _TITLE, "b 2800 tx1 bold")
        + _placeholder(
            3, "Subtitle", 'type="body" sz="quarter" idx="13"', _box(0.75, 1.4, 11.83, 0.3),
            "t 1400 tx2",
        )
        + _line(4, 0.75, 6.88, 11.83)
        + _placeholder(
            5, "Source", 'type="body" sz="quarter" idx="14"', _box(0.75, 6.98, 10.5, 0.25),
            "t 1000 tx2",
        )
        + _placeholder(
            6, "Slide number", 'type="sldNum" sz="quarter" idx="4"', _NUMBER, "t 1000 tx2 right"
        )
    )  # fmt: skip
    return _layout("Page", 'type="titleOnly"', "", shapes)


def _notes_master() -> str:
    picture = (
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide"/><p:cNvSpPr>'
        '<a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr><p:nvPr>'
        '<p:ph type="sldImg" idx="2"/></p:nvPr></p:nvSpPr>' + _box(0.75, 0.75, 6, 3.375) + "</p:sp>"
    )
    notes = _placeholder(
        3, "Notes", 'type="body" sz="quarter" idx="3"', _box(0.75, 4.5, 6, 4.75), "t 1200 tx1"
    )
    return (
        f"{_HEAD}<p:notesMaster {_NS}><p:cSld>{_background('bg1')}<p:spTree>{_GROUP}{picture}"
        f'{notes}</p:spTree></p:cSld><p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" '
        'accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" '
        'accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
        "</p:notesMaster>"
    )


if __name__ == "__main__":
    sys.exit(main())
