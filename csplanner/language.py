"""The language the window speaks: its sentences, its plurals, and how it writes numbers and days.

English is the text in the code and costs nothing; any other language is read when it is chosen.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Protocol, TypeVar

PSEUDO = "xx"
"""The language of tests: English with accents, two fifths longer and in brackets."""

SYSTEM = "system"
"""What stands for the language of the computer where one is chosen."""


@dataclass(frozen=True, slots=True)
class Language:
    """What a language writes differently. Patterns are filled by name with `str.format`."""

    code: str
    name: str
    """In the language itself."""
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    weekdays: tuple[str, ...]
    """Monday first."""
    short_weekdays: tuple[str, ...]
    decimal: str = "."
    group: str = ","
    day: str = "{day} {short_month}"
    day_of_year: str = "{day} {short_month} ’{year:02}"
    long_day: str = "{weekday} {day} {month}"
    worded_day: str = "{day} {month}"
    full_day: str = "{day} {month} {full_year}"
    dated: str = "{day} {short_month} {full_year}"
    month_of_year: str = "{short_month} {full_year}"
    short_date: str = "{day:02}/{month_number:02}/{full_year}"
    money: str = "{mark}{amount}"
    """An amount with the sign of its currency."""
    coded_money: str = "{mark} {amount}"
    """An amount with the three letters of a currency without a sign."""
    thousand: str = "k"
    joins_thousand: bool = False
    """Whether the currency follows the sign of a thousand without a space: `412 T€`."""
    million: str = "M"
    billion: str = "B"
    comma: str = ", "
    last_of_list: str = " and "
    quotes: tuple[str, str] = ("“", "”")
    lowers_titles: bool = True
    """Whether a title loses its capital inside a sentence; not where nouns keep theirs."""
    first_weekday: int = 0
    """0 is Monday."""
    right_to_left: bool = False

    def digits(self, text: str) -> str:
        """Numbers written as in English, `1,180.5`, with this language's marks."""
        if self.decimal == ".":
            return text
        return text.translate({ord(","): self.group, ord("."): self.decimal})


_ENGLISH = Language(
    code="en",
    name="English",
    months=(
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ),
    short_months=(
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ),
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    short_weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
)  # fmt: skip

_GERMAN = Language(
    code="de",
    name="Deutsch",
    months=(
        "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
        "Oktober", "November", "Dezember",
    ),
    short_months=(
        "Jan", "Feb", "März", "Apr", "Mai", "Juni", "Juli", "Aug", "Sept", "Okt", "Nov", "Dez",
    ),
    weekdays=(
        "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag",
    ),
    short_weekdays=("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
    decimal=",",
    group=".",
    day="{day}. {short_month}",
    day_of_year="{day}. {short_month} ’{year:02}",
    long_day="{weekday}, {day}. {month}",
    worded_day="{day}. {month}",
    full_day="{day}. {month} {full_year}",
    dated="{day}. {short_month} {full_year}",
    month_of_year="{short_month} {full_year}",
    short_date="{day:02}.{month_number:02}.{full_year}",
    money="{amount}\N{NO-BREAK SPACE}{mark}",
    coded_money="{amount}\N{NO-BREAK SPACE}{mark}",
    thousand="\N{NO-BREAK SPACE}T",
    joins_thousand=True,
    million="\N{NO-BREAK SPACE}Mio.",
    billion="\N{NO-BREAK SPACE}Mrd.",
    last_of_list=" und ",
    lowers_titles=False,
    quotes=("„", "“"),
)  # fmt: skip


class _Words(Protocol):
    def one(self, text: str, context: str) -> str: ...

    def many(self, one: str, many: str, count: int) -> str: ...


class _Plain:
    """The words as they stand in the code."""

    def one(self, text: str, context: str) -> str:  # noqa: ARG002 - English needs no context
        return text

    def many(self, one: str, many: str, count: int) -> str:
        return one if count == 1 else many


class _Stretched(_Plain):
    """English as a translator's would look: longer, accented, and in brackets to be seen."""

    def one(self, text: str, context: str) -> str:
        """The text stretched once, even where a text is given to `tr` that was translated."""
        return text if text[:1] == "[" and text[-1:] == "]" else pseudo(super().one(text, context))

    def many(self, one: str, many: str, count: int) -> str:
        return pseudo(super().many(one, many, count))


class _Catalogue(_Plain):
    """The words of a shipped translation; what it lacks stays English."""

    def __init__(self, code: str) -> None:
        from gettext import GNUTranslations

        from csplanner.resources import resource

        with resource(f"languages/{code}.mo").open("rb") as stream:
            self._kept = GNUTranslations(stream)

    def one(self, text: str, context: str) -> str:
        if not text:  # the catalogue keeps its own facts under the empty text
            return text
        if context:
            return self._kept.pgettext(context, text)
        return self._kept.gettext(text)

    def many(self, one: str, many: str, count: int) -> str:
        return self._kept.ngettext(one, many, count)


@dataclass(frozen=True, slots=True)
class _Voice:
    language: Language
    words: _Words


_PSEUDO = Language(
    code=PSEUDO,
    name="[Ƥşëûðö]",
    months=tuple(f"[{month}~~~]" for month in _ENGLISH.months),
    short_months=tuple(f"[{month}~]" for month in _ENGLISH.short_months),
    weekdays=tuple(f"[{day}~~~]" for day in _ENGLISH.weekdays),
    short_weekdays=tuple(f"[{day}~]" for day in _ENGLISH.short_weekdays),
    last_of_list=" [åñð] ",
)
_LANGUAGES = {language.code: language for language in (_ENGLISH, _GERMAN)}
_SPOKEN_IN_CODE = _Voice(_ENGLISH, _Plain())
_chosen = _SPOKEN_IN_CODE
_here: ContextVar[_Voice | None] = ContextVar("language", default=None)


def tr(text: str, context: str = "") -> str:
    """The text in the language in force; `context` parts two meanings of one English text.

    Whole sentences with placeholders: `tr("Renews {0}").format(day)`.
    """
    voice = _here.get() or _chosen
    return text if voice is _SPOKEN_IN_CODE else voice.words.one(text, context)


def ntr(one: str, many: str, count: int) -> str:
    """The form for that many, with `{0}` filled by the number as the language writes it."""
    voice = _here.get() or _chosen
    number = voice.language.digits(f"{count:,}")
    return voice.words.many(one, many, count).replace("{0}", number)


def noted(text: str) -> str:
    """The text as it is, marked for translation: a constant, given to `tr` where it is shown."""
    return text


_K = TypeVar("_K")


class Spoken(Mapping[_K, str]):
    """A table of texts marked with `noted` that answers in the language in force."""

    def __init__(self, texts: Mapping[_K, str]) -> None:
        self._texts = dict(texts)

    def __getitem__(self, key: _K) -> str:
        return tr(self._texts[key])

    def __iter__(self) -> Iterator[_K]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


def within(title: str) -> str:
    """A title as it stands inside a sentence: `tier` of `Tier`, but `ARR`, and `Stufe` in German.

    For nouns; a word that nouns lean on, such as `Alarmed`, is lower case there in any language.
    """
    if title.isupper() or not (_here.get() or _chosen).language.lowers_titles:
        return title
    return title[:1].lower() + title[1:]


def use(code: str) -> Language:
    """Speak a language from now on, in every thread; one that is not shipped means English."""
    global _chosen
    _chosen = _voice(code)
    return _chosen.language


def current() -> Language:
    """The language in force here."""
    return (_here.get() or _chosen).language


def languages() -> tuple[Language, ...]:
    """The languages that can be chosen, English first."""
    return tuple(_LANGUAGES.values())


@contextmanager
def speaking(code: str) -> Iterator[Language]:
    """Another language within a block, in this thread alone: a customer's deck stays English."""
    voice = _voice(code)
    before = _here.set(voice)
    try:
        yield voice.language
    finally:
        _here.reset(before)


def nearest(wanted: Iterable[str]) -> str:
    """The code of the first language shipped among names such as `de-AT` or `en_GB.UTF-8`."""
    for name in wanted:
        code = name.replace("_", "-").partition("-")[0].lower()
        if code in _LANGUAGES:
            return code
    return _ENGLISH.code


_PARTS = re.compile(r"(\{[^{}]*\}|&&|&)")
_ACCENTS = str.maketrans(
    "AEIOUaeiouycnCNDHSszZ", "ÅËÎÖÛåëîöûýçñÇÑÐĤŠšžŽ"
)  # every letter stays readable  # fmt: skip


def pseudo(text: str) -> str:
    """A text as the language of tests shows it: `[Ñëw böök~~~~]`, placeholders kept."""
    if not text.strip():
        return text
    parts = _PARTS.split(text)
    said = "".join(p if _PARTS.fullmatch(p) else p.translate(_ACCENTS) for p in parts)
    return f"[{said}{'~' * (2 * len(text) // 5)}]"


@cache
def _voice(code: str) -> _Voice:
    if code == PSEUDO:
        return _Voice(_PSEUDO, _Stretched())
    language = _LANGUAGES.get(code, _ENGLISH)
    return _SPOKEN_IN_CODE if language is _ENGLISH else _Voice(language, _Catalogue(language.code))
