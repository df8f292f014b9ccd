"""The language in force: its sentences and plurals, and what stays as it is in the code."""

import subprocess
import sys
from datetime import date
from threading import Thread

import pytest

from csplanner import language
from csplanner.domain.money import Money
from csplanner.domain.wording import (
    count_text,
    day_text,
    full_day_text,
    list_text,
    money_full_text,
    money_text,
    number_text,
    quoted,
)
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


def test_german_writes_money_numbers_and_days_its_own_way():
    day, today = date(2027, 6, 30), date(2026, 3, 12)
    with speaking("de"):
        assert money_text(Money(482_000_000, "EUR")).split() == ["4,82", "Mio.", "€"]
        assert money_text(Money(-41_200_000, "EUR")) == "−412\N{NO-BREAK SPACE}T€"
        assert money_text(Money(95_000, "CHF")) == "950\N{NO-BREAK SPACE}CHF"
        assert money_full_text(Money(41_200_050, "EUR")) == "412.000,50\N{NO-BREAK SPACE}€"
        assert number_text(1180.5, 1) == "1.180,5"
        assert day_text(day, today) == "30. Juni ’27"
        assert day_text(day, day) == "30. Juni"
        assert full_day_text(day) == "30. Juni 2027"
        assert list_text(["a", "b", "c"]) == "a, b und c"
        assert count_text(1180, "account") == "1.180 Konten"
        assert count_text(1, "account") == "1 Konto"
        assert quoted("x") == "„x“"


def test_decks_and_steps_of_the_journal_stay_english_in_a_german_window():
    use("de")
    with speaking("en"):
        assert count_text(3, "account") == "3 accounts"
        assert money_text(Money(41_200_000, "EUR")) == "€412k"
