"""The left of the review: what the files bring by kind, filters, and fields with their counts."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from csplanner.ui.imports.parts import Entry, SideList
from csplanner.ui.widgets.labels import PlainLabel, set_plain_tooltip
from csplanner.ui.widgets.panes import Ground, Scroll

WIDTH = 196
_FEWEST_SHOWN = 4
BAND, RENEWAL, OPEN = "band", "renewal", "open"


class ReviewSide(Ground):
    """Sections, “Show only” and labels; `section_chosen` and `filtered` tell of choices."""

    section_chosen = Signal(str)
    filtered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("window", parent, lines="r")
        self.setFixedWidth(WIDTH)
        self.sections = SideList(self.tr("What the files bring"))
        self.labels = SideList(self.tr("Fields that differ"), px=12)
        self.sections.chosen.connect(self.section_chosen)
        self.labels.chosen.connect(lambda _key: self.filtered.emit())
        self.only = {
            BAND: QCheckBox(self.tr("Moves a health band")),
            RENEWAL: QCheckBox(self.tr("Touches a renewal")),
            OPEN: QCheckBox(self.tr("Not decided")),
        }
        self._show_only = QWidget()
        self._labels_title = PlainLabel("", px=12, colour="text2")
        self._lay_out()

    def _lay_out(self) -> None:
        filters = QVBoxLayout(self._show_only)
        filters.setContentsMargins(16, 8, 8, 4)
        filters.setSpacing(4)
        filters.addWidget(PlainLabel(self.tr("Show only"), px=12, colour="text2"))
        for box in self.only.values():
            box.setMinimumHeight(24)
            box.toggled.connect(lambda _on: self.filtered.emit())
            filters.addWidget(box)
        self._labels_title.setContentsMargins(16, 8, 0, 2)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 10, 0, 10)
        column.setSpacing(2)
        column.addWidget(self.sections)
        column.addWidget(self._show_only)
        column.addWidget(self._labels_title)
        column.addWidget(self.labels, 100)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 1, 0)
        outer.addWidget(Scroll(inner, sideways=False))

    @property
    def key(self) -> str:
        """The section chosen."""
        return self.sections.key

    def is_on(self, key: str) -> bool:
        """Whether only those are shown."""
        return self.only[key].isChecked()

    def show_sections(self, entries: Sequence[Entry], key: str) -> None:
        """Show what the files bring; nothing is emitted."""
        self.sections.show_entries(entries, key)
        self.sections.setFixedHeight(self.sections.content_height())

    def clear_filters(self) -> None:
        """Show everything again; nothing is emitted."""
        for box in self.only.values():
            box.blockSignals(True)
            box.setChecked(False)
            box.blockSignals(False)

    def show_filters(self, *, shown: bool, can_band: bool) -> None:
        """Offer the filters of changed fields; health bands only once they are worked out."""
        self._show_only.setVisible(shown)
        band = self.only[BAND]
        band.setEnabled(can_band or band.isChecked())
        set_plain_tooltip(band, "" if can_band else self.tr("Still being worked out"))

    def show_labels(self, title: str, entries: Sequence[Entry], key: str = "") -> None:
        """Show names with counts under a title; without entries neither."""
        self._labels_title.setText(title)
        self.labels.setAccessibleName(title)
        self.labels.show_entries(entries, key)
        for part in (self._labels_title, self.labels):
            part.setVisible(bool(entries))
        fewest = min(len(entries), _FEWEST_SHOWN)
        self.labels.setMinimumHeight(fewest * self.labels.sizeHintForRow(0) if entries else 0)
