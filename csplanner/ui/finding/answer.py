"""What the palette asks the book, beside the window: plain facts, no widgets and no closures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from csplanner.book.book import Book
from csplanner.book.history import Change
from csplanner.book.search_find import KINDS, Found, Wanted
from csplanner.domain.asked import Asked, asked
from csplanner.domain.filters import View, parse_filter
from csplanner.domain.likeness import plain, rank_of, spans
from csplanner.domain.money import Money
from csplanner.domain.overview import Overview
from csplanner.language import tr
from csplanner.ui import veil
from csplanner.ui.book.views import NamedView, known_views

MOST = {
    "account": 6, "person": 4, "objective": 2, "tag": 3, "note": 3, "touch": 3, "task": 3,
    "opportunity": 2, "support_case": 2,
}  # fmt: skip
_OF_ONE_KIND, _OF_A_QUESTION, _INSIDE = 14, 5, 20
_CHANGES, _SHOWN_CHANGES = 200, 3
_FEWEST = 3
_AROUND = 34
_NEWEST = 2
_BRIEFLY = ("account", "person", "tag")
"""What one or two letters find: they begin too many words of notes."""
SCOPES = {"@": ("person",), "#": ("tag",), "=": ("account",)}


@dataclass(frozen=True, slots=True)
class Answered:
    """A question of time or a filter: how many accounts answer it, what they are worth, some."""

    asked: Asked
    count: int
    worth: Sequence[Money]
    first: Sequence[Overview]


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything found for a text."""

    text: str
    as_of: date
    found: tuple[Found, ...] = ()
    lines: Mapping[str, Overview] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    """Of notes and touches, by id, the words around what was found."""
    questions: tuple[Answered, ...] = ()
    views: tuple[tuple[NamedView, int], ...] = ()
    tags: tuple[tuple[str, int], ...] = ()
    changes: tuple[Change, ...] = ()


def answer(book: Book, text: str, recent: tuple[str, ...]) -> Answer:
    """Look for a text as typed: after `@` people, after `#` tags, after `=` accounts alone."""
    kinds: tuple[str, ...] = SCOPES.get(text[:1], KINDS)
    words = text[1:].strip() if text[:1] in SCOPES else text
    if kinds == ("tag",):
        return Answer(text, book.as_of(), tags=_tags(book, words))
    whole = kinds is KINDS
    most = MOST if whole else dict.fromkeys(kinds, _OF_ONE_KIND)
    if whole and len(words) < _FEWEST:
        kinds = _BRIEFLY
    found = tuple(book.find(Wanted(words, kinds=kinds, recent=recent, most=most)))
    if whole and not any(hit.kind in ("note", "touch") for hit in found):
        found += tuple(_newest_of_best(book, words, found))
    return Answer(
        text,
        book.as_of(),
        found,
        _lines(book, found),
        texts_around(book, found),
        _questions(book, text) if whole else (),
        _views(book, words) if whole and len(words) >= _FEWEST else (),
        (),
        _changes(book, words) if whole and len(words) >= _FEWEST else (),
    )


def _newest_of_best(book: Book, words: str, found: Sequence[Found]) -> list[Found]:
    """What was written last about the account whose name begins with what is typed."""
    best = next((hit for hit in found if hit.kind == "account"), None)
    if best is None or not plain(best.title).startswith(plain(words)):
        return []
    return book.newest_texts(best.account_id, _NEWEST)


def inside(book: Book, text: str) -> Answer:
    """Look for a text anywhere, also within words, which takes longer."""
    found = tuple(book.find_inside(text, _INSIDE))
    return Answer(text, book.as_of(), found, _lines(book, found), texts_around(book, found))


def texts_around(book: Book, found: Sequence[Found]) -> dict[str, str]:
    """Of notes and touches the words around what was found, on one line."""
    around = {}
    texts = book.texts_of(found)
    for hit in found:
        topic, text = texts.get(hit.id, ("", ""))
        whole = topic if spans(topic, hit.words) or not text else text
        if whole:
            around[hit.id] = veil.note(cut(whole, hit.words))
    return around


def cut(text: str, words: str) -> str:
    """One line of a text with what was found in it, shortened on both sides at whole words."""
    line = " ".join(text.split())
    marks = spans(line, words)
    at = marks[0][0] if marks else max(0, plain(line).find(plain(words)))
    start = 0 if at <= _AROUND else line.find(" ", at - _AROUND) + 1
    start = start if start <= at else at
    end = len(line) if len(line) - at <= 3 * _AROUND else line.rfind(" ", at, at + 3 * _AROUND)
    end = end if end > at else min(len(line), at + 3 * _AROUND)
    before, after = "…" if start else "", "…" if end < len(line) else ""
    return f"{before}{line[start:end]}{after}"


def _lines(book: Book, found: Sequence[Found]) -> dict[str, Overview]:
    accounts = dict.fromkeys(hit.account_id for hit in found if hit.account_id)
    lines = ((account, book.overview.one(account)) for account in accounts)
    return {account: line for account, line in lines if line is not None}


def _questions(book: Book, text: str) -> tuple[Answered, ...]:
    meant = asked(text, book.as_of(), book.settings.fiscal_start_month) or _as_filter(
        text, book.as_of()
    )
    answers = []
    for question in meant:
        totals = book.overview.totals(question.view)
        first: tuple[Overview, ...] = ()
        if len(meant) == 1:
            first = tuple(book.overview.rows(book.overview.ids(question.view)[:_OF_A_QUESTION]))
        answers.append(Answered(question, totals.accounts, totals.arr, first))
    return tuple(answers)


def _as_filter(text: str, today: date) -> tuple[Asked, ...]:
    """The text as the filter of the Book it may be."""
    if " " not in text:
        return ()
    try:
        conditions = parse_filter(text, today)
    except ValueError:
        return ()
    shown = tr("Accounts where {0}").format(" and ".join(str(each) for each in conditions))
    return (Asked(shown, View(conditions)),) if conditions else ()


def _views(book: Book, words: str) -> tuple[tuple[NamedView, int], ...]:
    found = [(view, count) for view, count in known_views(book) if _is_named(words, view.title)]
    return tuple(found[:_SHOWN_CHANGES])


def _is_named(words: str, title: str) -> bool:
    place = rank_of(words, title)
    return place is not None and place < _FEWEST


def _tags(book: Book, words: str) -> tuple[tuple[str, int], ...]:
    tags = book.tags.all()
    return tuple(each for each in tags if not words or rank_of(words, each[0]) is not None)


def _changes(book: Book, words: str) -> tuple[Change, ...]:
    found = (c for c in book.history(_CHANGES) if _is_named(words, c.label))
    return tuple(change for change, _ in zip(found, range(_SHOWN_CHANGES), strict=False))
