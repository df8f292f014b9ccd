"""What is done with the cells chosen in the Book: typed, cleared, filled down, copied, pasted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from csplanner.book.book import Book
from csplanner.domain.overview import Overview
from csplanner.errors import UserError
from csplanner.ui.actions.actions import Actions
from csplanner.ui.book.cell_values import FIELDS, Choice, Reading
from csplanner.ui.book.cell_writing import write_cells
from csplanner.ui.book.editing import (
    Edit,
    Plan,
    Wanted,
    check,
    needs_reason,
    plan,
    reading_of,
    reason_sentence,
    refusals_text,
)
from csplanner.ui.book.form_opener import FormOpener
from csplanner.ui.book.table import BookTable
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.format import plural

if TYPE_CHECKING:
    from csplanner.ui.book.clipboard import Copied

MOST_COPIED = 200_000
_EXACT = "application/x-csplanner-cells"
WantedOf = Callable[[Book], Sequence[Wanted]]


class GridEdits(FormOpener):
    """Changes and copies cells; every change is one step of the book.

    What reaches more than one account says first what it comes to: `form` is that question while
    it is open.
    """

    def __init__(self, session: BookSession, actions: Actions, table: BookTable) -> None:
        super().__init__(table, actions, table)
        self._session, self._table = session, table
        table.editing.take = self.take
        table.editing.reading = self._reading
        table.editing.barred = lambda: actions.barred
        table.asked.connect(self._do)

    def _do(self, verb: str) -> None:
        verbs: dict[str, Callable[[], None]] = {
            "copy": self.copy, "copy_heads": partial(self.copy, heads=True), "paste": self.paste,
            "fill": self.fill_down, "clear": self.clear,
        }  # fmt: skip
        run = verbs.get(verb)
        if run is not None:
            run()

    def _reading(self) -> Reading:
        return reading_of(self._session.read)

    # One cell

    def take(self, row_id: int, column: int, text: str) -> tuple[str, bool]:
        """Keep what was typed into a cell: an empty sentence, or what is wrong with it and whether
        that asks for a reason.
        """
        model = self._table.accounts
        row = model.account_at(model.line_of(row_id))
        if row is None:
            return self.tr("This account is no longer shown. Press Escape."), False
        known, line = FIELDS[column], row.line
        if not text.strip() and not known.is_clearable:
            return self.tr("This cannot be empty. Type another value, or press Escape."), False
        try:
            value = known.read(text, self._reading().of(line))
        except UserError as error:
            return str(error), False
        barred = check(line, column, value)
        if barred:
            return barred, False
        shown = known.show(line, value)
        if shown == line:
            return "", False
        if isinstance(value, Choice) and needs_reason(line, value):
            return reason_sentence(line, value), True
        self._write_one(row_id, Edit(row.account_id, column, value), text, {row_id: shown})
        return "", False

    def _write_one(self, row_id: int, edit: Edit, text: str, lines: Mapping[int, Overview]) -> None:
        model = self._table.accounts
        draft = model.show_unsaved(lines)

        def failed(sentence: str) -> None:
            model.settle(draft)
            if model.line_of(row_id) < 0:
                self._actions.refuse(sentence)
            else:
                self._table.editing.reopen(row_id, edit.column, text, sentence)

        self._session.write(
            partial(write_cells, edits=[edit]), lambda _: model.settle(draft), failed=failed
        )

    # Many cells

    def clear(self) -> None:
        """Empty the cells chosen that can be empty."""
        cells = self._cells()
        self._change([Wanted(i, c, "") for i, c in cells], self.tr("Clear the cells chosen"))

    def fill_down(self) -> None:
        """Write what stands in the first line chosen into those below; one line takes from the
        account above it.
        """
        table, ids = self._table, self._table.chosen_ids()
        if len(ids) == 1:
            above = self._above(table.chosen.lines.start)
            ids = ids if above is None else [above, *ids]
        columns = table.chosen_columns()
        if len(ids) < 2 or not columns:
            self._table.editing.say(self.tr("There is nothing above to fill down."))
            return

        def wanted(book: Book) -> list[Wanted]:
            lines = book.overview.rows(ids[:1])
            reading = replace(reading_of(book), currency="")
            texts = {c: FIELDS[c].text(lines[0], reading) if c in FIELDS else "" for c in columns}
            return [Wanted(i, c, texts[c]) for i in ids[1:] for c in columns]

        self._ask(wanted, self.tr("Fill down"))

    def _above(self, line: int) -> int | None:
        model = self._table.accounts
        for each in range(line - 1, -1, -1):
            row_id = model.id_at(each)
            if row_id is not None:
                return row_id
        return None

    def paste(self) -> None:
        """Write what was copied into the cells chosen, from the first one on."""
        from csplanner.ui.book import clipboard

        try:
            grid = clipboard.grid_of(_pasted())
        except UserError as error:
            self._actions.refuse(str(error))
            return
        if not grid:
            self._table.editing.say(self.tr("There is no text to paste. Copy some cells first."))
            return
        table = self._table
        chosen_ids, chosen = table.chosen_ids(), table.chosen_columns()
        if not chosen_ids or not chosen:
            self._table.editing.say(self.tr("Choose a cell of an account first."))
            return
        columns = self._columns_from(chosen[0])
        grid = clipboard.without_heads(grid, columns)
        grid = clipboard.tiled(grid, len(chosen_ids), len(chosen))
        ids = self._ids_from(table.chosen.lines.start, len(grid))
        beyond = clipboard.beyond(grid, len(ids), len(columns))
        self._change(clipboard.spread(grid, ids, columns), self.tr("Paste"), beyond=beyond)

    def _columns_from(self, column: int) -> list[int]:
        head = self._table.head
        places = range(head.visualIndex(column), head.count())
        found = (head.logicalIndex(place) for place in places)
        return [at for at in found if not head.isSectionHidden(at)]

    def _ids_from(self, line: int, count: int) -> list[int]:
        model, found = self._table.accounts, list[int]()
        for each in range(line, model.rowCount()):
            row_id = model.id_at(each)
            if row_id is not None:
                found.append(row_id)
            if len(found) >= count:
                break
        return found

    def _cells(self) -> list[tuple[int, int]]:
        columns = self._table.chosen_columns()
        return [(i, c) for i in self._table.chosen_ids() for c in columns]

    def _change(self, wanted: Sequence[Wanted], title: str, *, beyond: int = 0) -> None:
        self._ask(lambda _: list(wanted), title, beyond=beyond)

    def _ask(self, wanted: WantedOf, title: str, *, beyond: int = 0) -> None:
        """Plan a change beside the window, then make it or say first what it comes to."""
        if not self._actions.may_write():
            return
        self._session.ask(
            self,
            lambda book: replace(plan(book, wanted(book)), beyond=beyond),
            partial(self._planned, title=title),
            about="edits",
            failed=lambda error: self._actions.refuse(str(error)),
        )

    def _planned(self, found: Plan, *, title: str) -> None:
        if found.beyond and found.edits:
            self._open_form(found, title)
        elif not found.edits and not found.refused:
            self._table.editing.say(self.tr("These cells hold that already."))
        elif not found.edits and len(found.refused) == 1:
            self._table.editing.say(found.refused[0].reason)
        elif found.accounts == 1 and not found.refused and not found.unexplained:
            self._write(found)
        elif not found.edits and len({each.reason for each in found.refused}) == 1:
            self._table.editing.say(refusals_text(found.refused)[0])
        else:
            self._open_form(found, title)

    def _write(self, found: Plan) -> None:
        model = self._table.accounts
        draft = model.show_unsaved(found.lines)

        def done(text: str) -> None:
            model.settle(draft)
            if len(found.edits) > 1:
                self._actions.say(text)

        def failed(sentence: str) -> None:
            model.settle(draft)
            self._actions.refuse(sentence)

        self._session.write(partial(write_cells, edits=found.edits), done, failed=failed)

    def _open_form(self, found: Plan, title: str) -> None:
        from csplanner.ui.book.change_form import ChangeForm

        self._open(ChangeForm(self._session, self._table.window(), plan=found, title=title))

    # Copying

    def copy(self, *, heads: bool = False) -> None:
        """Copy the cells chosen as text with tabs, with the names of the columns if wanted."""
        from csplanner.ui.book import clipboard

        table = self._table
        ids, columns = table.chosen_ids(), table.chosen_columns()
        if not ids or not columns:
            return
        if len(ids) * len(columns) > MOST_COPIED:
            self._actions.refuse(
                self.tr("That is a lot to copy. Choose fewer cells, or export the accounts.")
            )
            return

        def done(found: clipboard.Copied) -> None:
            QGuiApplication.clipboard().setMimeData(_mime(found))
            count = plural(len(ids) * len(columns), "cell")
            self._actions.say(self.tr("Copied {0}").format(count), undo=False)

        self._session.ask(
            self, lambda book: clipboard.copied(book, ids, columns, heads=heads), done, about="copy"
        )


def _mime(found: "Copied") -> QMimeData:
    mime = QMimeData()
    mime.setText(found.text)
    mime.setData(_EXACT, found.exact.encode())
    return mime


def _pasted() -> str:
    """What was copied, with the currency of each amount where it was copied here."""
    mime = QGuiApplication.clipboard().mimeData()
    if mime.hasFormat(_EXACT):
        return bytes(mime.data(_EXACT).data()).decode("utf-8", "replace")
    return mime.text()
