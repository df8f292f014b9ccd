"""What the palette finds in the open book: records, questions of time, views, settings, history."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from csplanner.book.search_find import Found
from csplanner.domain.filters import Condition, View
from csplanner.domain.filters_view import is_view_text
from csplanner.domain.likeness import SLIPPED, initials, rank_of
from csplanner.domain.overview import Overview
from csplanner.language import ntr, tr
from csplanner.ui import veil
from csplanner.ui.actions import Actions
from csplanner.ui.book.view_hits import view_hits
from csplanner.ui.change_words import label_shown
from csplanner.ui.finding.answer import SCOPES, Answer, Answered, answer, inside
from csplanner.ui.finding.recent import keep_recent, recent_ids
from csplanner.ui.finding.settings import SettingsHits
from csplanner.ui.finding.verbs import account_hits
from csplanner.ui.shell.hits import Hit, Later, Shown
from csplanner.ui.widgets.format import day
from csplanner.ui.words import amount, amounts

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow

_MOST_PINNED, _MOST_RECENT, _OF_BEST = 8, 5, 4
_FEWEST, _MOST_PAGES = 3, 2
_LOOK = {
    "objective": ("Objectives", "flag", ""), "note": ("Notes", "sticky-note", "notes"),
    "touch": ("Touches", "message-square", "touches"), "task": ("Tasks", "check", ""),
    "opportunity": ("Deals", "briefcase", "deals"), "support_case": ("Cases", "life-buoy", "deals"),
    "person": ("People", "users", "people"), "tag": ("Tags", "tag", ""),
}  # fmt: skip
"""The group, the icon and the part of the account page of each kind of record."""


class BookHits:
    """The palette's source for one open book."""

    def __init__(self, actions: Actions, window: "BookWindow") -> None:
        self._actions, self._window = actions, window
        self._settings = SettingsHits(window.themes, actions.navigate.emit)

    def __call__(self, text: str) -> Sequence[Hit] | Later:
        """Hits for the text typed; `@`, `#` and `=` leave people, tags and accounts alone.

        Nothing typed shows where you were and what is pinned, at once.
        """
        if text in ("", "="):
            return self._at_first()
        if text == "@":
            return ()
        if is_view_text(text):
            today = self._actions.session.read.as_of()
            return view_hits(text, today, self._actions.navigate.emit)
        return Later(partial(self._ask, text))

    # Asking

    def _ask(self, text: str, shown: Shown) -> None:
        recent = tuple(recent_ids(self._actions.session))
        self._actions.session.ask(
            self._window,
            lambda book: answer(book, text, recent),
            lambda found: shown(self._hits(found)),
            about="palette",
            failed=lambda _error: shown(()),
        )

    def _ask_inside(self, text: str) -> None:
        """Look within words too, and open the palette again on what was found."""

        def show(found: Answer) -> None:
            hits = tuple(self._records(found))
            sentence = tr("Nothing in the book holds “{0}”.").format(text)
            nothing = Hit(sentence, lambda: None, icon="circle-question-mark")
            subject = tr("Everywhere: {0}").format(text)
            self._window.palette_overlay.open_step(subject, hits or (nothing,))

        self._actions.session.ask(
            self._window, lambda book: inside(book, text), show, about="palette inside"
        )

    # Rows

    def _at_first(self) -> list[Hit]:
        book = self._actions.session.read
        ids = recent_ids(self._actions.session)[: 4 * _MOST_RECENT]
        lines = [line for line in map(book.overview.one, ids) if line is not None]
        recent = [self._account(line, book.as_of()) for line in lines[:_MOST_RECENT]]
        view = View((Condition("pinned", "is", "yes"),), sort="name")
        pinned = book.overview.rows(book.overview.ids(view)[:_MOST_PINNED])
        known = {line.account_id for line in lines[:_MOST_RECENT]}
        rest = [self._account(n, book.as_of()) for n in pinned if n.account_id not in known]
        return [replace(h, group="Recent") for h in recent] + [
            replace(hit, group="Pinned") for hit in rest
        ]

    def _hits(self, found: Answer) -> list[Hit]:
        text = found.text
        if text[:1] == "#":
            tags = [self._tag(word, count) for word, count in found.tags]
            if not tags and text == "#":
                return [_no_tag()]
            return [*tags, *self._otherwise(text)]
        hits = [hit for question in found.questions for hit in self._question(question, found)]
        hits += self._records(found)
        best = next((f for f in found.found if f.kind == "account"), None)
        if text[:1] not in SCOPES:
            if best is not None:
                hits += self.verbs(best.account_id)[1 : 1 + _OF_BEST]
            hits += self._elsewhere(found)
        return [*hits, *self._otherwise(text)]

    def _records(self, found: Answer) -> Iterator[Hit]:
        for record in found.found:
            line = found.lines.get(record.account_id)
            if record.kind == "account" and line is not None:
                yield replace(self._account(line, found.as_of), marks=record.words)
            elif record.kind == "tag":
                yield replace(self._tag(record.title, 0), marks=record.words)
            elif record.kind != "account":
                yield self._record(record, line, found)

    def _question(self, question: Answered, found: Answer) -> list[Hit]:
        detail = ntr("{0} account", "{0} accounts", question.count)
        worth = amounts(question.worth)
        if worth:
            detail = f"{detail}, {veil.money(worth)}"
        view = question.asked.view
        hit = Hit(
            question.asked.title, partial(self._go, "book", view), detail=detail,
            group="Dates and filters", icon="list-filter",
        )  # fmt: skip
        return [hit, *(self._account(line, found.as_of) for line in question.first)]

    def _account(self, line: Overview, as_of: date) -> Hit:
        return Hit(
            line.name,
            partial(self._open, line.account_id, line.account_id, ""),
            detail=_detail(line, as_of),
            group="Accounts",
            band=line.band.value,
            actions=partial(self.verbs, line.account_id),
        )

    def _record(self, record: Found, line: Overview | None, found: Answer) -> Hit:
        group, icon, section = _LOOK[record.kind]
        text = found.texts.get(record.id, record.title)
        if record.kind in ("note", "touch"):
            text = veil.note(f"“{text}”")
        what = record.detail
        if record.kind in ("note", "touch", "task") and what:
            what = day(date.fromisoformat(what), found.as_of)
        at = line.name if line is not None else ""
        is_person = record.kind == "person"
        parts = (what, at) if is_person else (at, what)
        run = partial(self._open, record.id, record.account_id, section)
        if not record.account_id:
            run = partial(self._go, "today", None)
        return Hit(
            text, run, detail=", ".join(part for part in parts if part), group=group, icon=icon,
            person=initials(record.title).upper()[:2] if is_person else "", marks=record.words,
            actions=partial(self.verbs, record.account_id) if record.account_id else None,
        )  # fmt: skip

    def _tag(self, word: str, count: int) -> Hit:
        view = View((Condition("tag", "is", word),))
        detail = (
            ntr("{0} account", "{0} accounts", count) if count else tr("accounts with this tag")
        )
        run = partial(self._go, "book", view)
        return Hit(word, run, detail=detail, group="Tags", icon="tag")

    def _elsewhere(self, found: Answer) -> Iterator[Hit]:
        """Views, settings, books and changes of that name."""
        for view, count in found.views:
            detail = ntr("{0} account", "{0} accounts", count)
            run = partial(self._go, "book", view.key)
            yield Hit(tr(view.title), run, detail=detail, group="Views", icon="rows-3",
                      marks=found.text)  # fmt: skip
        yield from self._settings.hits(found.text)
        for change in found.changes:
            when = day(date.fromisoformat(change.at[:10]), found.as_of)
            run = partial(self._go, "history", "")
            yield Hit(label_shown(change), run, detail=when, group="History", icon="history",
                      marks=found.text)  # fmt: skip

    def _otherwise(self, text: str) -> list[Hit]:
        """Ways on for when nothing is found."""
        words = text[1:].strip() if text[:1] in SCOPES else text
        palette = self._window.palette_overlay
        ways: list[tuple[str, Callable[[], object], str]] = []
        if self._actions.can_write and words and text[:1] not in ("@", "#"):
            create = partial(self._actions.add_account, name=words)
            ways.append((tr("Create the account “{0}”…"), create, "plus"))
        if len(words) > 1:
            within = tr("Search for “{0}” within words and notes")
            ways.append((within, partial(self._ask_inside, words), "search"))
        if words and text[:1] in SCOPES:
            again = partial(palette.open, words)
            ways.append((tr("Search everything for “{0}”"), again, "search"))
        ways.append((tr("Clear what is typed"), palette.open, "x"))
        return [
            Hit(title.format(words), run, icon=icon, otherwise=True) for title, run, icon in ways
        ]

    def verbs(self, account_id: str) -> list[Hit]:
        """What can be done with an account, for `Tab`."""
        return account_hits(self._actions, self._window.commands, account_id)

    # Going

    def _open(self, record_id: str, account_id: str, section: str) -> None:
        keep_recent(self._actions.session, record_id)
        self._actions.open_account(account_id, section)

    def _go(self, key: str, argument: object) -> None:
        self._actions.navigate.emit(key, argument)


def book_file_hits(window: "BookWindow", text: str) -> list[Hit]:
    """The books opened recently and the pages of the handbook whose names begin so, before them
    the book as of a past day that is typed.
    """
    from csplanner.ui.as_of.palette import past_hits

    if len(text) < _FEWEST or text[:1] in SCOPES:
        return []
    here = window.session.path if window.session is not None else None
    paths = [Path(name) for name in window.settings.recent]
    books = [
        Hit(path.name, partial(window.open_book, path), detail=str(path.parent), group="Books",
            icon="book-open", marks=text)
        for path in paths
        if path != here and _is_called(path.stem, text)
    ]  # fmt: skip
    return [*past_hits(window, text), *books, *_handbook(window, text)]


def _handbook(window: "BookWindow", text: str) -> list[Hit]:
    """The pages of the handbook of that name."""
    from csplanner.ui.help.commands import open_help
    from csplanner.ui.help.handbook import pages
    from csplanner.ui.help.word_hits import word_hits

    named = [page for page in pages() if _is_called(page.title, text)]
    return [
        Hit(page.title, partial(open_help, window, page.key), group="Handbook", icon="book-open",
            marks=text)
        for page in named[:_MOST_PAGES]
    ] + word_hits(window, text)  # fmt: skip


def _is_called(name: str, text: str) -> bool:
    place = rank_of(text, name)
    return place is not None and place < SLIPPED


def _detail(line: Overview, as_of: date) -> str:
    """`Health system, $412k, renews 30 Jun`, without what is unknown."""
    parts = [line.sector] if line.sector else []
    if line.arr is not None:
        parts.append(veil.money(amount(line.arr)))
    if line.term_end is not None:
        parts.append(tr("renews {0}").format(day(line.term_end, as_of)))
    return ", ".join(parts)


def _no_tag() -> Hit:
    """What stands for the tags of a book that has none."""
    how = tr("Choose accounts in the Book, then give them a tag below.")
    return Hit(tr("No account has a tag yet"), lambda: None, group="Tags", icon="tag", why=how)
