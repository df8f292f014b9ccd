"""Whether the columns chosen are remembered for the next file like this one, and by what name."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from csplanner.ui.imports.words import one_line
from csplanner.ui.widgets.panes import PADDING, Ground


class RememberLine(Ground):
    """A tick and a name at the foot of the columns; `changed` when either was changed."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("window", parent, lines="tl")
        self.box = QCheckBox(self.tr("Remember as"))
        self.box.setChecked(True)
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name of what is remembered"))
        self.name.setMaxLength(80)
        self._typed = False
        row = QHBoxLayout(self)
        row.setContentsMargins(PADDING + 1, 10, PADDING, 10)
        row.setSpacing(8)
        row.addWidget(self.box)
        row.addWidget(self.name, 1)
        self.box.toggled.connect(self._toggled)
        self.name.textEdited.connect(self._edited)

    def show_name(self, name: str, *, typed: str = "", on: bool = True) -> None:
        """Show the name a file's columns go by, or the one typed for it, and whether they do."""
        if self.typed != typed or not typed:
            self.name.setText(one_line(typed or name))
        self._typed = bool(typed)
        self.box.blockSignals(True)
        self.box.setChecked(on)
        self.box.blockSignals(False)
        self.name.setEnabled(on)

    def forget(self) -> None:
        """Forget what was typed and ticked."""
        self.show_name("")

    @property
    def is_on(self) -> bool:
        """Whether the columns are remembered."""
        return self.box.isChecked()

    @property
    def typed(self) -> str:
        """The name typed; empty when it was not touched."""
        return " ".join(self.name.text().split()) if self._typed else ""

    def _toggled(self, on: bool) -> None:
        self.name.setEnabled(on)
        self.changed.emit()

    def _edited(self, _text: str) -> None:
        self._typed = True
        self.changed.emit()
