"""`python -m tools.words`: bring the catalogues up to date with the code.

Texts that are gone leave the catalogues, new ones wait in them untranslated; `--left` lists the
literals of each area that nothing marks yet.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

from tools.words.catalogue import Entry, blank, mo_bytes, po_text, read_po
from tools.words.extract import gather
from tools.words.literals import unmarked

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "resources" / "languages"
LANGUAGES = ("de",)


def main() -> int:
    """Write the template and every language; returns how many texts wait for a translation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--left", action="store_true", help="list literals that nothing marks")
    if parser.parse_args().left:
        return _left()
    texts = gather(ROOT / "csplanner").texts
    template = {text: Entry(text, blank(text), files) for text, files in texts.items()}
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "csplanner.pot").write_text(po_text(template, ""), encoding="utf-8")
    waiting = 0
    for code in LANGUAGES:
        path = FOLDER / f"{code}.po"
        known = read_po(path)
        entries = {
            text: Entry(text, known[text].said if text in known else blank(text), files)
            for text, files in texts.items()
        }
        path.write_text(po_text(entries, code), encoding="utf-8")
        (FOLDER / f"{code}.mo").write_bytes(mo_bytes(entries, code))
        missing = [text.one for text, entry in entries.items() if not all(entry.said)]
        _say(f"{code}: {len(entries)} texts, {len(missing)} without a translation")
        waiting += len(missing)
    return int(waiting > 0)


def _left() -> int:
    found = unmarked(ROOT / "csplanner")
    areas = Counter("/".join(literal.file.split("/")[1:3]) for literal in found)
    for literal in found:
        _say(str(literal))
    for area, count in areas.most_common():
        _say(f"{count:5} {area}")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    raise SystemExit(main())
