"""The settings of the window: theme, contrast, height of rows, size of everything, motion."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QWidget

from csplanner.language import SYSTEM, languages
from csplanner.settings import SCALES, AppSettings
from csplanner.ui.actions.pick import Pick
from csplanner.ui.widgets.buttons import Segmented
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Pane

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow


class AppearancePane(Pane):
    """How the window looks and takes keys; each change holds at once, the size at the next start.

    `theme`, `contrast`, `rows`, `motion`, `scale`, `single_keys` and `reopen` are its fields.
    """

    def __init__(self, frame: "BookWindow", parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._frame = frame
        self.set_title(self.tr("Window"))
        tr = self.tr
        system = ("system", tr("Follow the system"))
        self.theme = self._choice(
            tr("Theme"), (system, ("light", tr("Light")), ("dark", tr("Dark")))
        )
        self.contrast = self._choice(
            tr("Contrast"), (system, ("normal", tr("Normal")), ("high", tr("High")))
        )
        self.rows = self._choice(
            tr("Rows of tables"),
            (("compact", tr("Compact")), ("normal", tr("Normal")), ("roomy", tr("Roomy"))),
        )
        self.motion = self._choice(
            tr("Movement"), (system, ("full", tr("Short movements")), ("none", tr("None")))
        )
        self.scale = Pick([(str(each), f"{each} %") for each in SCALES])
        self.scale.setMinimumWidth(96)
        self.scale.setAccessibleName(tr("Size of text and everything else"))
        known = [(each.code, each.name) for each in languages()]
        self.language = Pick([(SYSTEM, tr("As the system")), *known])
        self.language.setMinimumWidth(160)
        self.language.setAccessibleName(tr("Language"))
        self.single_keys = QCheckBox(tr("Single letters act in lists, such as E for done"))
        self.reopen = QCheckBox(tr("Open the books of last time when csplanner starts"))
        self._note = PlainLabel("", px=12, colour="text2")
        self._lay_out()
        self.show_settings()
        self.theme.chosen.connect(frame.themes.choose)
        self.contrast.chosen.connect(lambda key: self._keep(contrast=key))
        self.rows.chosen.connect(lambda key: self._keep(rows=key))
        self.motion.chosen.connect(lambda key: self._keep(motion=key))
        self.scale.currentIndexChanged.connect(lambda: self._keep(scale=int(self.scale.key)))
        self.language.currentIndexChanged.connect(self._speak)
        self.single_keys.toggled.connect(lambda on: self._keep(single_keys=on))
        self.reopen.toggled.connect(lambda on: self._keep(reopen=on))
        frame.themes.changed.connect(self.show_settings)

    def show_settings(self, *_: object) -> None:
        """Show what is in force."""
        settings = self._frame.settings
        for field, key in (
            (self.theme, self._frame.themes.choice),
            (self.contrast, settings.contrast),
            (self.rows, settings.rows),
            (self.motion, settings.motion),
        ):
            field.blockSignals(True)
            field.choose(key)
            field.blockSignals(False)
        self.scale.blockSignals(True)
        self.scale.choose(str(settings.scale))
        self.scale.blockSignals(False)
        self.language.blockSignals(True)
        self.language.choose(settings.language)
        self.language.blockSignals(False)
        for box, on in ((self.single_keys, settings.single_keys), (self.reopen, settings.reopen)):
            box.blockSignals(True)
            box.setChecked(on)
            box.blockSignals(False)
        started = started_with(self._frame)
        later = settings.scale != started
        self._note.setText(self.tr("Acts when csplanner starts next.") if later else "")

    def _choice(self, name: str, choices: tuple[tuple[str, str], ...]) -> Segmented:
        return Segmented(choices, name=name)

    def _keep(self, **changes: object) -> None:
        settings: AppSettings = replace(self._frame.settings, **changes)  # type: ignore[arg-type]
        if settings == self._frame.settings:
            return
        self._frame.change_settings(settings)
        self._frame.themes.follow(settings)
        self.show_settings()

    def _speak(self) -> None:
        self._keep(language=self.language.key)
        self._frame.windows.speak(self.language.key)

    def _lay_out(self) -> None:
        tr = self.tr
        size = QHBoxLayout()
        size.setSpacing(8)
        size.addWidget(self.scale)
        size.addWidget(self._note, 1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        captions = (
            (tr("Theme"), self.theme),
            (tr("Contrast"), self.contrast),
            (tr("Rows of tables"), self.rows),
            (tr("Movement"), self.motion),
        )
        for row, (caption, field) in enumerate(captions):
            grid.addWidget(PlainLabel(caption, colour="text2"), row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(PlainLabel(tr("Size"), colour="text2"), len(captions), 0)
        grid.addLayout(size, len(captions), 1)
        grid.addWidget(PlainLabel(tr("Language"), colour="text2"), len(captions) + 1, 0)
        said = QHBoxLayout()
        said.addWidget(self.language)
        said.addStretch(1)
        grid.addLayout(said, len(captions) + 1, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self.single_keys)
        self.body.addWidget(self.reopen)


def started_with(frame: "BookWindow") -> int:
    """The size in per cent csplanner started with; kept by the first window that is asked."""
    app = frame.themes.parent()
    assert app is not None
    kept = app.property(_STARTED)
    if kept is None:
        kept = frame.settings.scale
        app.setProperty(_STARTED, kept)
    return int(kept)


_STARTED = "scaleAtStart"
