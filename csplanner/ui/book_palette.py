"""What the palette finds in the open book: accounts, people, objectives and notes."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from csplanner.book.book import Book
from csplanner.book.search import Found
from csplanner.domain.filters import Condition, View
from csplanner.domain.overview import Overview
from csplanner.ui.actions import Actions
from csplanner.ui.commands import key_words
from csplanner.ui.shell.hits import Hit
from csplanner.ui.widgets.format import day
from csplanner.ui.words import amount

_MOST_PINNED = 8
_GROUPS = {"account": "Accounts", "person": "People", "objective": "Objectives", "touch": "Notes"}
_ICONS = {"person": "users", "objective": "flag", "touch": "sticky-note"}
_SECTIONS = {"account": "", "person": "people", "objective": "", "touch": "touches"}
_CANDIDATES = 60


class BookHits:
    """The palette's source for one open book."""

    def __init__(self, actions: Actions) -> None:
        self._actions = actions

    def __call__(self, text: str) -> Sequence[Hit]:
        """Hits for the text typed; `@` leaves people alone, nothing typed shows what is pinned."""
        only = "person" if text.startswith("@") else ""
        words = text.lstrip("@#").strip()
        book = self._actions.session.read
        if text.startswith("#"):
            return []
        if not words:
            return [] if only else self._pinned(book)
        found = book.search(words, _CANDIDATES)
        if only:
            return self._of_kind(found, only, 12)
        start = words.casefold()
        found = sorted(
            found, key=lambda f: f.kind != "account" or not f.title.casefold().startswith(start)
        )
        best = next((f for f in found if f.kind == "account"), None)
        return [
            *self._of_kind(found, "account", 6),
            *self._of_kind(found, "person", 4),
            *(self.verbs(best.id)[1:4] if best is not None else ()),
            *self._of_kind(found, "objective", 3),
            *self._of_kind(found, "touch", 3),
        ]

    def _of_kind(self, found: Sequence[Found], kind: str, most: int) -> list[Hit]:
        book = self._actions.session.read
        return [self._hit(book, hit) for hit in [f for f in found if f.kind == kind][:most]]

    def _pinned(self, book: Book) -> list[Hit]:
        view = View((Condition("pinned", "is", "yes"),), sort="name")
        lines = book.overview.rows(book.overview.ids(view)[:_MOST_PINNED])
        return [self._account(line.account_id, line.name, line) for line in lines]

    def _hit(self, book: Book, found: Found) -> Hit:
        line = book.overview.one(found.account_id)
        if found.kind == "account":
            return self._account(found.id, found.title, line)
        at = line.name if line is not None else ""
        what = found.detail
        if found.kind == "touch" and what:
            what = day(date.fromisoformat(what), book.as_of())
        detail = ", ".join(part for part in (what, at) if part)
        return Hit(
            found.title,
            partial(self._actions.open_account, found.account_id, _SECTIONS[found.kind]),
            detail=detail,
            group=_GROUPS[found.kind],
            icon=_ICONS[found.kind],
            actions=partial(self.verbs, found.account_id),
        )

    def _account(self, account_id: str, name: str, line: Overview | None) -> Hit:
        return Hit(
            name,
            partial(self._actions.open_account, account_id),
            detail="" if line is None else _detail(line, self._actions.session.read),
            group=_GROUPS["account"],
            band="none" if line is None else line.band.value,
            actions=partial(self.verbs, account_id),
        )

    def verbs(self, account_id: str) -> list[Hit]:
        """What can be done with an account, for `Tab`."""
        actions, tr = self._actions, self._actions.tr
        name = actions.session.read.accounts.get(account_id).name
        verbs: tuple[tuple[str, Callable[[str], None], str, str], ...] = (
            (tr("Open {0}"), actions.open_account, "external-link", ""),
            (tr("Log a touch with {0}…"), actions.log_touch, "plus", "Ctrl+L"),
            (tr("Set sentiment for {0}…"), actions.set_pulse, "gauge", "Ctrl+J"),
            (tr("Set the tier of {0}…"), actions.set_tier, "pyramid", "Ctrl+T"),
            (tr("Set the next step with {0}…"), actions.set_next_step, "sticky-note", ""),
            (tr("Add a person at {0}…"), actions.add_person, "users", "Ctrl+Shift+N"),
            (tr("Prepare the QBR for {0}"), actions.export_qbr, "presentation", "G, Q"),
        )
        reading = (actions.open_account, actions.export_qbr)
        return [
            Hit(
                text.format(name),
                partial(run, account_id),
                group=tr("Do"),
                icon=icon,
                keys=key_words(keys),
            )
            for text, run, icon, keys in verbs
            if actions.can_write or run in reading
        ]


def _detail(line: Overview, book: Book) -> str:
    """`Health system, $412k, renews 30 Jun`, without what is unknown."""
    parts = [line.sector] if line.sector else []
    if line.arr is not None:
        parts.append(amount(line.arr))
    if line.term_end is not None:
        parts.append(f"renews {day(line.term_end, book.as_of())}")
    return ", ".join(parts)
