"""The catalogues are complete and fit the code; nothing the window says stays outside them."""

import gettext
import re
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest

from tools.words.catalogue import Entry, mo_bytes, po_text, read_po
from tools.words.extract import Gathered, Text, gather
from tools.words.literals import unmarked

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "languages"
LEFT = ROOT / "tests" / "words_left.txt"
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_BUILT = {"csplanner/domain/wording.py", "csplanner/ui/widgets/format.py"}
"""They build a text from nouns that stand, marked, where they are counted."""


@pytest.fixture(scope="module")
def gathered() -> Gathered:
    return gather(ROOT / "csplanner")


@pytest.fixture(scope="module")
def texts(gathered) -> dict[Text, tuple[str, ...]]:
    return gathered.texts


@pytest.fixture(scope="module")
def german() -> dict[Text, Entry]:
    return read_po(FOLDER / "de.po")


def test_german_has_every_text_of_the_code_and_no_other(texts, german):
    lacking = [text.one for text in texts if text not in german]
    stale = [text.one for text in german if text not in texts]
    assert (lacking, stale) == ([], []), "Run: python -m tools.words"


def test_every_text_is_translated_into_german(german):
    assert [text.one for text, entry in german.items() if not all(entry.said)] == []


def test_a_translation_fills_in_what_the_text_does(german):
    for text, entry in german.items():
        wanted = Counter(_PLACEHOLDER.findall(text.one))
        for said in entry.said:
            found = Counter(_PLACEHOLDER.findall(said))
            same = set(found) <= set(wanted) if text.many else set(found) == set(wanted)
            assert same, f"{text.one!r} → {said!r}"


def test_what_ships_is_what_the_catalogue_says(texts, german):
    assert (FOLDER / "de.mo").read_bytes() == mo_bytes(german, "de"), "Run: python -m tools.words"
    template = read_po(FOLDER / "csplanner.pot")
    assert set(template) == set(texts), "Run: python -m tools.words"
    assert not any(said for entry in template.values() for said in entry.said)


def test_a_catalogue_is_read_back_as_it_was_written(tmp_path):
    texts = (Text('Say "so"\nor not\\'), Text("{0} day", "{0} days"), Text("Open", "", "verb"))
    said = (('Sag "so"\noder nicht\\',), ("{0} Tag", "{0} Tage"), ("Öffnen",))
    entries = {t: Entry(t, s, ("a.py",)) for t, s in zip(texts, said, strict=True)}
    path = tmp_path / "xy.po"
    path.write_text(po_text(entries, "de"), encoding="utf-8")
    assert read_po(path) == entries
    spoken = gettext.GNUTranslations(BytesIO(mo_bytes(entries, "de")))
    assert spoken.gettext(texts[0].one) == said[0][0]
    assert spoken.ngettext("{0} day", "{0} days", 2) == "{0} Tage"
    assert spoken.pgettext("verb", "Open") == "Öffnen"
    assert spoken.gettext("Open") == "Open"


def test_no_text_is_glued_where_it_should_be_marked(gathered):
    hidden = [u for u in gathered.unclear if u.file not in _BUILT]
    assert [str(u) for u in hidden] == []


def test_texts_for_people_are_marked_but_for_those_listed():
    """`tests/words_left.txt` says how many of each file are not; it may only shrink."""
    allowed = dict(_left())
    found = Counter(literal.file for literal in unmarked(ROOT / "csplanner"))
    more = {file: count for file, count in found.items() if count > allowed.get(file, 0)}
    assert more == {}, "Mark them with tr, ntr or noted; see: python -m tools.words --left"
    assert {file for file in allowed if not (ROOT / file).exists()} == set()


def _left() -> list[tuple[str, int]]:
    lines = LEFT.read_text(encoding="utf-8").splitlines()
    return [(file, int(count)) for count, file in (line.split() for line in lines if line)]


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("label.setText('Saved')", 1),
        ("def f(n):\n    return f'{n} accounts shown'", 1),
        ("button = Button('Save')", 1),
        ("raise UserError('Type a name.')", 1),
        ("def f():\n    return 'It is so.'", 1),
        ("label.setText(tr('Saved'))", 0),
        ("x = {'key': 1}['a key']", 0),
        ("def f():\n    '''A docstring for readers.'''", 0),
        ("self.setObjectName('a name')", 0),
    ],
)
def test_a_literal_for_people_is_found(tmp_path, code, count):
    package = tmp_path / "csplanner"
    (package / "ui").mkdir(parents=True)
    (package / "domain").mkdir()
    (package / "ui" / "page.py").write_text(code, encoding="utf-8")
    assert len(unmarked(package)) == count
