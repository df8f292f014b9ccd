"""Splitting an account in two and merging two into one: what goes where is said and chosen."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget

from csplanner.book.account_parts import REFS, Part, parts_of
from csplanner.book.belongings import Belongings, belongings
from csplanner.book.book import Book
from csplanner.book.history_words import table_word
from csplanner.domain.wording import one_line
from csplanner.errors import UserError
from csplanner.language import tr
from csplanner.ui.actions.account_field import AccountField
from csplanner.ui.actions.form import Form, Work
from csplanner.ui.actions.typed import required
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.format import number
from csplanner.ui.widgets.labels import PlainLabel, tooltip_of

_ID = Qt.ItemDataRole.UserRole
_NAMED = 5
_HEIGHT, _LEAST_HEIGHT = 320, 160


class PartsTree(QTreeWidget):
    """The records of an account by kind; Space ticks those that go, a heading ticks all of it."""

    def __init__(self, parts: tuple[Part, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(_LEAST_HEIGHT)
        for part in parts:
            words = self.tr("What the CRM calls it") if part.table == REFS else part.words
            head = QTreeWidgetItem(self, [f"{words[:1].upper()}{words[1:]} ({len(part.rows)})"])
            head.setData(0, _ID, part.table)
            head.setFlags(head.flags() | _TICKS | Qt.ItemFlag.ItemIsAutoTristate)
            for row_id, title in part.rows:
                item = QTreeWidgetItem(head, [one_line(title)])
                item.setData(0, _ID, row_id)
                item.setFlags(item.flags() | _TICKS)
                item.setCheckState(0, Qt.CheckState.Unchecked)
                item.setToolTip(0, tooltip_of(title))
            head.setExpanded(part.table in (REFS, "person") or len(parts) == 1)
        first = self.topLevelItem(0)
        if first is not None:
            self.setCurrentItem(first)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), _HEIGHT)

    def ticked(self) -> dict[str, list[str]]:
        """Ids of the records ticked, by table."""
        found: dict[str, list[str]] = {}
        for at in range(self.topLevelItemCount()):
            head = self.topLevelItem(at)
            assert head is not None
            items = [head.child(row) for row in range(head.childCount())]
            ids = [
                str(item.data(0, _ID))
                for item in items
                if item is not None and item.checkState(0) is Qt.CheckState.Checked
            ]
            if ids:
                found[str(head.data(0, _ID))] = ids
        return found

    def tick(self, table: str, row_ids: tuple[str, ...] = ()) -> None:
        """Tick records of a table, all of them when none are named."""
        for at in range(self.topLevelItemCount()):
            head = self.topLevelItem(at)
            if head is None or head.data(0, _ID) != table:
                continue
            for row in range(head.childCount()):
                item = head.child(row)
                if item is not None and (not row_ids or item.data(0, _ID) in row_ids):
                    item.setCheckState(0, Qt.CheckState.Checked)


_TICKS = Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled


class SplitForm(Form):
    """Asks what the new account is called and what goes to it."""

    def __init__(
        self, session: BookSession, parent: QWidget | None = None, *, account_id: str
    ) -> None:
        account = session.read.accounts.get(account_id)
        super().__init__(
            session,
            parent,
            title=tr("Split {0}").format(one_line(account.name)),
            sentence=tr(
                "Tick what goes to a new account. A person takes their roles along, and what the "
                "CRM calls an account decides where later snapshots put its records. Figures, "
                "sentiment and tier stay. You can undo it."
            ),
            verb=tr("Split the account"),
        )
        self.setMinimumWidth(560)
        self._account_id = account_id
        self.name = self.add(self.tr("Name of the new account"))
        self.parts = PartsTree(parts_of(session.read, account_id))
        self.body.addWidget(self.field(self.tr("What goes to it"), self.parts))

    def collect(self) -> Work | None:
        name = self.read(
            self.name, lambda text: required(text, tr("Say what the new account is called."))
        )
        chosen = self.parts.ticked()
        refs = tuple(chosen.pop(REFS, ()))
        if name and not refs and not chosen:
            self._refuse(self.tr("Tick at least one thing that goes to the new account."))
            return None
        return partial(split, account_id=self._account_id, name=name or "", rows=chosen, refs=refs)


class MergeForm(Form):
    """Asks into which account another one goes, and says what moves."""

    def __init__(
        self, session: BookSession, parent: QWidget | None = None, *, account_id: str
    ) -> None:
        self._gone = belongings(session.read, account_id)
        super().__init__(
            session,
            parent,
            title=tr("Merge {0} into another account").format(one_line(self._gone.name)),
            sentence=moving_words(self._gone),
            verb=tr("Merge"),
        )
        self.into = self.add(self.tr("The account you keep"), AccountField(session.read))
        self._told = PlainLabel("", px=12, colour="text2")
        self._told.setWordWrap(True)
        self.body.addWidget(self._told)
        field = self.into.field
        assert isinstance(field, AccountField)
        self._field = field
        field.named.connect(self._tell)
        self.kept = ""
        """The id of the account kept, once it was named."""

    def collect(self) -> Work | None:
        account = self.read(self.into, lambda _text: self._field.account())
        if account is None:
            return None
        if account.id == self._gone.account_id:
            self.fault(self.into, self.tr("Choose another account than the one that goes."))
            return None
        self.kept = account.id
        return partial(merge, keep=account.id, other=self._gone.account_id)

    def _tell(self, account_id: str) -> None:
        """Say what tells the account kept from others of its name."""
        account = self.session.read.accounts.get(account_id)
        ids = self.session.read.accounts.external_ids(account_id)
        place = ", ".join(part for part in (account.city, account.country, *ids[:2]) if part)
        self._told.setText(place)


def moving_words(found: Belongings) -> str:
    """What moves to the account kept, in sentences."""
    named = [f"{number(count)} {words}" for count, words in found.counts[:_NAMED]]
    rest = sum(count for count, _ in found.counts[_NAMED:])
    if rest:
        named.append(tr("{0} more").format(number(rest)))
    moved = ", ".join(named) or tr("nothing")
    return tr(
        "What moves to the account you keep: {0}. {1} is archived then, and later snapshots that "
        "name it mean the one you keep. You can undo it."
    ).format(moved, one_line(found.name))


def split(
    book: Book, *, account_id: str, name: str, rows: Mapping[str, list[str]], refs: tuple[str, ...]
) -> str:
    """Part the account and return the line to say."""
    new, moved = book.accounts.split(account_id, name, rows, refs)
    counted = [f"{number(count)} {table_word(table, count)}" for table, count in moved.items()]
    if refs:
        counted.append(tr("{0} of the CRM’s ids").format(number(len(refs))))
    return tr("{0} is an account of its own now: {1}").format(
        one_line(new.name), ", ".join(counted)
    )


def merge(book: Book, *, keep: str, other: str) -> str:
    """Move all of one account to the other and return the line to say."""
    found, kept = belongings(book, other), book.accounts.get(keep)
    if kept.archived:
        raise UserError(
            tr("{0} is archived. Bring it back first, or keep another one.").format(kept.name)
        )
    book.accounts.merge(keep, other)
    moved = ", ".join(f"{number(count)} {words}" for count, words in found.counts[:_NAMED])
    line = tr("{0} is part of {1} now").format(one_line(found.name), one_line(kept.name))
    return f"{line}: {moved}" if moved else line
