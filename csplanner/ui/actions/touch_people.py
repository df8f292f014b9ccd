"""The list of people in which one ticks who took part in a touch."""

from collections.abc import Collection

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from csplanner.book.book import Book
from csplanner.domain.person import Person, PersonStatus, Side
from csplanner.ui.widgets.labels import tooltip_of

_ROW = 30
_MOST_ROWS = 3
_ID = Qt.ItemDataRole.UserRole


class PeopleTicks(QListWidget):
    """People of an account, theirs before ours; Space ticks the current one."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_account(self, account_id: str, ticked: Collection[str]) -> int:
        """Show the people of an account, some ticked; returns how many there are."""
        self.clear()
        for person in _who(self._book, account_id, ticked) if account_id else ():
            words = f"{person.name}, {person.title}" if person.title else person.name
            item = QListWidgetItem(words, self)
            item.setData(_ID, person.id)
            # As wide as the list, whatever the words: they end in "…" and stand in the tooltip.
            item.setSizeHint(QSize(1, _ROW))
            item.setToolTip(tooltip_of(words))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = person.id in ticked
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        count = self.count()
        row = max(_ROW, self.sizeHintForRow(0))
        self.setFixedHeight(min(count, _MOST_ROWS) * row + 4)
        if count:
            self.setCurrentRow(0)
            self._show_ticked()
        return count

    def ticked(self) -> tuple[str, ...]:
        """Ids of the people ticked."""
        return tuple(
            str(item.data(_ID))
            for item in self._items()
            if item.checkState() is Qt.CheckState.Checked
        )

    def tick(self, people: Collection[str], was: Collection[str] = ()) -> None:
        """Tick people; those in `was` alone are ticked no longer."""
        for item in self._items():
            person = item.data(_ID)
            if person in people:
                item.setCheckState(Qt.CheckState.Checked)
            elif person in was:
                item.setCheckState(Qt.CheckState.Unchecked)
        self._show_ticked()

    def _show_ticked(self) -> None:
        """Bring the first who is ticked into view."""
        ticked = next((i for i in self._items() if i.checkState() is Qt.CheckState.Checked), None)
        if ticked is not None:
            self.scrollToItem(ticked, QListWidget.ScrollHint.PositionAtTop)

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(row) for row in range(self.count())]


def _who(book: Book, account_id: str, ticked: Collection[str]) -> list[Person]:
    """Theirs before ours, without those who left unless they took part."""
    people = [
        person
        for person in book.people.of(account_id)
        if person.status is not PersonStatus.LEFT or person.id in ticked
    ]
    return sorted(people, key=lambda person: (person.side is Side.OURS, person.name))
