"""One review in front of you: its sections, the slide shown, what it rests on, and its choices."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from csplanner.domain.period import Quarter, parse_quarter
from csplanner.qbr.slides import Diagram, Story
from csplanner.ui.qbr import rows
from csplanner.ui.qbr.preview import SlideView, Thumbnails
from csplanner.ui.qbr.sections import SectionList
from csplanner.ui.widgets.buttons import Button, IconButton, Segmented
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel, set_plain_tooltip
from csplanner.ui.widgets.panes import Ground, Hairline, Pane

_SECTIONS_WIDTH = 232
_AROUND_SLIDE = 38 + 8 + 88 + 8
"""Title, thumbnails and what is between them."""


class ReviewView(QWidget):
    """Shows a story slide by slide; which period and kind of review it is, you choose here."""

    chosen = Signal()
    """Another period or kind is wanted."""
    left = Signal()
    """Another account is wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._story: Story | None = None
        self._at = 0
        self.sections = SectionList()
        self.slide = SlideView()
        self.thumbs = Thumbnails()
        self.quarter = QComboBox()
        self.kind = Segmented(rows.KINDS, name=self.tr("Kind of review"))
        self.map_too = QCheckBox(self.tr("Who works with whom"))
        set_plain_tooltip(
            self.map_too,
            self.tr(
                "Add a slide with names, titles and who looks after whom. No judgement is on it."
            ),
        )
        self._clock = ElidedLabel("", colour="text2")
        self._clock.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._rests = PlainLabel("", colour="text2")
        self._rests.setWordWrap(True)
        self._back = IconButton("chevron-left", self.tr("Slide before"))
        self._on = IconButton("chevron-right", self.tr("Next slide"))
        self._lay_out()
        self._connect()

    # Parts

    def _lay_out(self) -> None:
        self._sections_pane = Pane(self.tr("Sections"), token="window", padded=False)
        self._sections_pane.setFixedWidth(_SECTIONS_WIDTH)
        self._sections_pane.body.addWidget(self.sections)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._sections_pane)
        middle.addWidget(Hairline(vertical=True))
        middle.addLayout(self._centre(), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tool_row())
        column.addLayout(middle, 1)
        self.setFocusProxy(self.sections)

    def _tool_row(self) -> QWidget:
        bar = Ground("window", lines="b")
        bar.setFixedHeight(44)
        other = Button(self.tr("Other account"), kind="quiet", icon="arrow-left")
        other.clicked.connect(self.left)
        self.quarter.setAccessibleName(self.tr("Period"))
        self.quarter.setMinimumWidth(104)
        row = QHBoxLayout(bar)
        row.setContentsMargins(10, 0, 16, 0)
        row.setSpacing(12)
        row.addWidget(other)
        row.addWidget(PlainLabel(self.tr("Period"), colour="text2"))
        row.addWidget(self.quarter)
        row.addWidget(self.kind)
        row.addWidget(self.map_too)
        row.addWidget(self._clock, 1)
        return bar

    def _centre(self) -> QVBoxLayout:
        self._slide_pane = Pane("", token="subtle")
        self._slide_pane.add_action(self._back)
        self._slide_pane.add_action(self._on)
        self._slide_pane.body.setContentsMargins(12, 0, 12, 8)
        self._slide_pane.body.addWidget(self.slide, 1)
        self._slide_pane.body.addWidget(self.thumbs)
        notes = Pane(
            self.tr("What it rests on"), note=self.tr("goes into the speaker notes, nothing else")
        )
        notes.body.addWidget(self._rests)
        notes.body.addStretch(1)
        notes.setMinimumHeight(92)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._slide_pane, 100)
        column.addWidget(Hairline())
        column.addWidget(notes, 1)
        return column

    def _connect(self) -> None:
        self.sections.chosen.connect(self.show_slide)
        self.thumbs.chosen.connect(self.show_slide)
        self.slide.stepped.connect(lambda by: self.show_slide(self._at + by))
        self.slide.fitted.connect(
            lambda height: self._slide_pane.setMaximumHeight(height + _AROUND_SLIDE)
        )
        self._back.clicked.connect(lambda: self.show_slide(self._at - 1))
        self._on.clicked.connect(lambda: self.show_slide(self._at + 1))
        self.quarter.activated.connect(lambda _at: self.chosen.emit())
        self.kind.chosen.connect(lambda _key: self.chosen.emit())
        self.map_too.toggled.connect(lambda _on: self.chosen.emit())

    # What is chosen

    @property
    def period(self) -> Quarter:
        """The fiscal quarter chosen."""
        return parse_quarter(str(self.quarter.currentData()))

    def offer_quarters(self, offered: Sequence[tuple[str, str]]) -> None:
        """Let these quarters (key, words) be chosen; the choice stays while they are the same."""
        shown = [self.quarter.itemData(at) for at in range(self.quarter.count())]
        if shown != [key for key, _ in offered]:
            self.quarter.clear()
            for key, words in offered:
                self.quarter.addItem(words, key)

    # What is shown

    def begin_anew(self) -> None:
        """Show the next story from its first slide, and without the map."""
        self._at = 0
        with QSignalBlocker(self.map_too):
            self.map_too.setChecked(False)

    def show_story(self, story: Story, clock: str) -> None:
        """Show a story at the slide where the last one stood; `clock` is said above it."""
        self._story = story
        self._clock.setText(clock)
        self._sections_pane.set_title(self.tr("Sections"), rows.section_note(story))
        self._at = min(self._at, len(story.slides) - 1)
        self.thumbs.show_slides(story.slides)
        self.sections.show_rows(rows.section_rows(story), self._at)
        self.show_slide(self._at)

    def show_map(self) -> None:
        """Show the slide of who works with whom, where the story has one."""
        slides = self._story.slides if self._story is not None else ()
        for number, slide in enumerate(slides):
            if any(isinstance(block, Diagram) for block in slide.blocks):
                self.show_slide(number)
                return

    def show_slide(self, number: int) -> None:
        """Show a slide, counted from 0; beyond the ends nothing happens."""
        story = self._story
        if story is None or not 0 <= number < len(story.slides):
            return
        self._at = number
        slide = story.slides[number]
        self.slide.show_slide(slide, number + 1)
        self.thumbs.show_current(number)
        self.sections.show_slide(number)
        self._slide_pane.set_title(
            self.tr("Slide {0}").format(number + 1), rows.slide_note(story, number)
        )
        self._rests.setText(rows.notes_text(slide))
        self._back.setEnabled(number > 0)
        self._on.setEnabled(number + 1 < len(story.slides))
