"""The name of a further map of an account, new or changed."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from csplanner.book.book import Book
from csplanner.language import ntr, tr
from csplanner.ui.actions.form import Form, Work
from csplanner.ui.actions.typed import required
from csplanner.ui.map import writing
from csplanner.ui.session import BookSession


class NameForm(Form):
    """Makes a map, with the cards `keys` on it, or renames the one given."""

    made = Signal(str)
    """The id of the new map."""

    def __init__(
        self, session: BookSession, parent: QWidget | None, *, account_id: str,
        map_id: str = "", name: str = "", keys: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        sentence = tr(
            "People are shared among the maps of an account: what you say of somebody on one map "
            "holds on all."
        )
        if keys and not map_id:
            chosen = ntr(
                "It begins with the {0} card selected.", "It begins with the {0} cards selected.",
                len(keys),
            )  # fmt: skip
            sentence = f"{chosen} {sentence}"
        super().__init__(
            session, parent, title=tr("Rename the map") if map_id else tr("New map"),
            sentence="" if map_id else sentence,
            verb=tr("Rename") if map_id else tr("Make the map"),
        )  # fmt: skip
        self._account_id, self._map_id, self._keys = account_id, map_id, keys
        self._made: list[str] = []
        self.name = self.add(tr("Name, such as the division"), text=name)
        self.saved.connect(lambda _text: self.made.emit(self._made[-1]) if self._made else None)

    def collect(self) -> Work | None:
        name = self.read(self.name, lambda text: required(text, tr("Type what the map is called.")))
        if self._map_id:
            return partial(writing.rename_map, map_id=self._map_id, name=name or "")
        account_id, keys, made = self._account_id, self._keys, self._made

        def work(book: Book) -> str:
            made.append(writing.add_map(book, account_id=account_id, name=name or "", keys=keys))
            return tr("Made the map {0}").format(name)

        return work
