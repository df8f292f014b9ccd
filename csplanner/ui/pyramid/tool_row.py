"""The row above the pyramid: which tab, how many differ from the rule, and the what-if switch."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from csplanner.ui.widgets.buttons import Button, Segmented
from csplanner.ui.widgets.format import number
from csplanner.ui.widgets.labels import ElidedLabel
from csplanner.ui.widgets.panes import Ground


class ToolRow(Ground):
    """`tabs` chooses what is shown, `what_if` is a switch, `settings_button` opens the rule."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("window", parent, lines="b")
        self.setFixedHeight(44)
        self.tabs = Segmented(
            (
                ("map", self.tr("Pyramid and map")),
                ("table", self.tr("Placement table")),
                ("log", self.tr("Override log")),
            ),
            name=self.tr("What is shown"),
        )
        self._note = ElidedLabel("", px=13, colour="text2")
        self.settings_button = Button(self.tr("Rule and hours…"), kind="quiet", icon="settings-2")
        self.what_if = Button(self.tr("What if"), icon="git-branch")
        self.what_if.setCheckable(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(12)
        row.addWidget(self.tabs)
        row.addWidget(self._note, 1)
        row.addWidget(self.settings_button)
        row.addWidget(self.what_if)

    def show_counts(self, overrides: int, note: str) -> None:
        """Show how many overrides are logged, and how many placements differ from the rule."""
        words = self.tr("Override log")
        self.tabs.set_words("log", f"{words} {number(overrides)}" if overrides else words)
        self._note.setText(note)

    def show_what_if(self, *, on: bool, moves: int) -> None:
        """Show whether moves are collected, and how many there are."""
        words = (
            self.tr("What if: {0} planned").format(number(moves)) if moves else self.tr("What if")
        )
        self.what_if.set_text(words)
        self.what_if.setChecked(on)
