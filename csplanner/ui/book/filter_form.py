"""Adds or changes a filter: typed as a sentence, each next part offered below with its count."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from csplanner.book.book import Book
from csplanner.book.overview_values import Looked, look
from csplanner.domain.filters import Condition, filter_text, parse_filter
from csplanner.domain.filters_fields import field_of
from csplanner.domain.filters_suggest import Offer, is_whole, offers
from csplanner.domain.filters_view import is_view_text, parse_view
from csplanner.language import ntr
from csplanner.ui.book.offer_list import OfferList
from csplanner.ui.book.words import operator_words, subject, value_words
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.fields import Field
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.popover import Popover

_WIDTH = 420
Ask = Callable[[Callable[[Book], Looked], Callable[[Looked], None]], None]
_TAKING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FilterForm(Popover):
    """`chosen(conditions)` carries what was written, `pasted(ViewText)` a whole view put in.

    `ask(work, done)` runs a question beside the window; `today()` is the day of the book.
    """

    chosen = Signal(object)
    pasted = Signal(object)

    def __init__(self, window: QWidget, *, ask: Ask, today: Callable[[], date]) -> None:
        super().__init__(window)
        self._ask, self._today = ask, today
        self._others: tuple[Condition, ...] = ()
        self._is_moved = False
        self._line = QLineEdit(self)
        self._line.setMinimumWidth(_WIDTH)
        self._line.setPlaceholderText(self.tr("tier is not digital"))
        self._line.installEventFilter(self)
        self.sentence = Field(self.tr("Show accounts whose"), self._line)
        self.offers = OfferList(self)
        self.offers.taken.connect(self._take_offer)
        self._hint = PlainLabel("", px=12, colour="text3")
        self._hint.setWordWrap(True)
        self._apply = Button(self.tr("Show these"), self, kind="primary")
        self._apply.clicked.connect(self.take)
        self._line.textChanged.connect(self._typed)
        foot = QHBoxLayout()
        foot.addWidget(self._hint, 1)
        foot.addWidget(self._apply)
        for part in (self.sentence, self.offers):
            self.body.addWidget(part)
        self.body.addLayout(foot)

    def open_for(
        self,
        point: QPoint,
        condition: Condition | None = None,
        others: tuple[Condition, ...] = (),
    ) -> None:
        """Open at a point of the window, with a condition to change or empty.

        What is counted is counted beside the `others`, which stay in force.
        """
        self._others = others
        text = "" if condition is None else filter_text([condition])
        self.sentence.show_error("")
        self._line.setText(text)
        self._typed(text)
        self.open_at(point)
        self._line.setFocus(Qt.FocusReason.PopupFocusReason)
        self._line.selectAll()

    def take(self) -> None:
        """Show the accounts of the sentence, or say what is wrong with it."""
        text = self._line.text()
        try:
            if is_view_text(text) or "|" in text:
                view = parse_view(text, self._today())
                self.close_popover()
                self.pasted.emit(view)
                return
            conditions = parse_filter(text, self._today())
        except ValueError as error:
            self._fault(str(error))
            return
        if not conditions:
            self._fault(self.tr("Say which accounts, such as tier is not digital."))
            return
        self.close_popover()
        self.chosen.emit(conditions)

    # What can come next

    def _typed(self, text: str) -> None:
        self._is_moved = False
        self.sentence.show_error("")
        self._show(Looked(text, tuple(offers(text)), (), None))
        self._ask(partial(look, text=text, others=self._others), self._looked)

    def _looked(self, found: Looked) -> None:
        if found.text == self._line.text() and not self._is_moved:
            self._show(found)

    def _show(self, found: Looked) -> None:
        counts = found.counts or (None,) * len(found.offers)
        rows = [
            (offer, *self._said(offer), count)
            for offer, count in zip(found.offers, counts, strict=True)
        ]
        self.offers.show_offers(rows, choose=not _is_whole(found.text))
        self._hint.setText(self._hint_of(found))
        self._fit()

    def _hint_of(self, found: Looked) -> str:
        if found.total is not None:
            return ntr("{0} account matches", "{0} accounts match", found.total)
        if not found.text:
            return self.tr("Type a sentence, or choose its parts with the arrow keys and Enter.")
        return self.tr("Join sentences with “and”; “or” means any of.")

    def _said(self, offer: Offer) -> tuple[str, str]:
        """An offer as shown: its words, and how a filter writes them where that differs."""
        if offer.kind == "field":
            return subject(offer.key), field_of(offer.key).name
        if offer.kind == "operator":
            return operator_words(offer.said), ""
        if offer.kind == "more":
            joined = self.tr("and …") if offer.said == "and" else self.tr("or …")
            return joined, ""
        return value_words(offer.key, offer.said), ""

    def _take_offer(self, offer: Offer) -> None:
        self._line.setText(offer.text)
        self._line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys choose what to take, Enter and Tab take it."""
        if (
            watched is self._line
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            return self._take_key(event)
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._is_moved = True
            self.offers.move_choice(1 if key == Qt.Key.Key_Down else -1)
            return True
        offer = self.offers.choice()
        if key == Qt.Key.Key_Tab and offer is not None:
            self._take_offer(offer)
            return True
        if key in _TAKING:
            if offer is None:
                self.take()
            else:
                self._take_offer(offer)
            return True
        return False

    def _fault(self, sentence: str) -> None:
        """Say what is wrong; the panel grows by the sentence."""
        self.sentence.show_error(sentence)
        self._fit()


def _is_whole(text: str) -> bool:
    return is_whole(text) or is_view_text(text)
