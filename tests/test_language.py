"""The language in force: its sentences and plurals, and what stays as it is in the code."""

import subprocess
import sys
from threading import Thread

import pytest

from csplanner import language
from csplanner.language import noted, ntr, pseudo, speaking, tr, use


@pytest.fixture(autouse=True)
def english_after():
    yield
    use("en")


def test_english_says_what_stands_in_the_code():
    assert tr("Book") == "Book"
    assert ntr("{0} account", "{0} accounts", 1) == "1 account"
    assert ntr("{0} account", "{0} accounts", 1180) == "1,180 accounts"
    assert noted("Book") == "Book"


def test_english_reads_no_file_and_no_library_of_catalogues():
    code = (
        "import sys; from csplanner.language import tr, use; use('en'); tr('Book');"
        "print('gettext' in sys.modules, 'csplanner.resources' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_the_language_of_tests_is_longer_in_brackets_and_keeps_placeholders():
    said = pseudo("Renews {0} after {name}")
    assert said.startswith("[")
    assert said.endswith("]")
    assert "{0}" in said
    assert "{name}" in said
    assert len(said) >= 1.4 * len("Renews {0} after {name}")
    assert pseudo("") == ""


def test_an_unknown_language_is_english():
    assert use("tlh").code == "en"
    assert language.nearest(["tlh", "de_AT.UTF-8"]) == "de"
    assert language.nearest([]) == "en"


def test_a_block_in_another_language_is_for_its_own_thread_alone():
    use(language.PSEUDO)
    heard: list[str] = []
    with speaking("en"):
        assert tr("Book") == "Book"
        other = Thread(target=lambda: heard.append(tr("Book")))
        other.start()
        other.join()
    assert heard == [pseudo("Book")]
    assert tr("Book") == pseudo("Book")
