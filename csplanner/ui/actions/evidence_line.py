"""“How do you know?” in one row: observed, told or guessed, and by whom; may be left out."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from csplanner.domain.evidence import Evidence, EvidenceKind
from csplanner.language import noted
from csplanner.ui.actions.choices import Choice, LetterChoices

_CHOICES = (
    Choice(EvidenceKind.OBSERVED.value, noted("Observed"), "o"),
    Choice(EvidenceKind.TOLD.value, noted("Told"), "t"),
    Choice(EvidenceKind.GUESSED.value, noted("Guessed"), "g"),
    Choice(EvidenceKind.UNSAID.value, noted("Not said"), "n"),
)
_ROOM = 110


class EvidenceLine(QWidget):
    """Two Tab stops: the choice, then a note, or by whom you were told."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = LetterChoices(_CHOICES, name=self.tr("How do you know? Optional"))
        self.note = QLineEdit()
        self.note.setMinimumWidth(_ROOM)
        self.kind.chosen.connect(self._show_note)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.kind)
        row.addWidget(self.note, 1)
        self.setFocusProxy(self.kind)
        self._show_note(self.kind.key)

    @property
    def evidence(self) -> Evidence | None:
        """What was said; None when nothing was."""
        kind, text = EvidenceKind(self.kind.key), self.note.text().strip()
        if kind is EvidenceKind.UNSAID and not text:
            return None
        if kind is EvidenceKind.TOLD:
            return Evidence(kind, by=text)
        return Evidence(kind, note=text)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.kind.sizeHint().width() + 8 + _ROOM, super().minimumSizeHint().height())

    def _show_note(self, key: str) -> None:
        words = self.tr("By whom") if key == EvidenceKind.TOLD.value else self.tr("Note")
        self.note.setPlaceholderText(words)
        self.note.setAccessibleName(words)
