"""The map as a file: a picture, pages, a list or a slide, for you or for the customer."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from csplanner.book.book import Book
from csplanner.domain.map_change import compare
from csplanner.domain.map_figures import MapChange
from csplanner.domain.map_model import Lens, RelationMap
from csplanner.domain.wording import list_text
from csplanner.language import noted, tr
from csplanner.ui.actions import Actions
from csplanner.ui.actions.pick import Pick
from csplanner.ui.map.past_places import standing_as_today
from csplanner.ui.map.reading import Wanted, changes_since, map_of_now
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.dialogs import Dialog
from csplanner.ui.widgets.fields import Field
from csplanner.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from csplanner.ui.map.page import MapTab

KINDS = (
    (".pptx", noted("Slide of shapes you can edit (PowerPoint)")),
    (".pdf", noted("Pages to print (PDF)")), (".png", noted("Picture (PNG)")),
    (".svg", noted("Picture that stays sharp (SVG)")), (".xlsx", noted("List of people (Excel)")),
)  # fmt: skip


class ExportDialog(Dialog):
    """Asks what the map shall become and who will see it; `choice` is `write` to go on."""

    def __init__(self, parent: QWidget | None, *, past: bool = False) -> None:
        """With `past`, of a map of an earlier day, also today's map may be written beside it."""
        super().__init__(
            tr("Export map"), tr("It is written as it is shown: this map, this day, this lens."),
            parent,
        )  # fmt: skip
        self.kind = Pick(KINDS)
        self.body.addWidget(Field(tr("As"), self.kind))
        self.days = Pick([
            ("one", tr("This day alone")),
            ("both", tr("Before and after: this day and today, a file each")),
        ])  # fmt: skip
        days = Field(tr("Which day"), self.days)
        days.setVisible(past)
        self.body.addWidget(days)
        self.reader = Pick([("customer", tr("The customer")), ("us", tr("Only we"))])
        self.reader.currentIndexChanged.connect(lambda _: self._tell())
        self.body.addWidget(Field(tr("Who will see it"), self.reader))
        self._told = PlainLabel("", px=12, colour="text2")
        self._told.setWordWrap(True)
        self.body.addWidget(self._told)
        cancel = Button(tr("Cancel"), self)
        cancel.clicked.connect(self.reject)
        self.foot.addWidget(cancel)
        self.add_verb(tr("Choose a place…"), kind="primary", key="write").setDefault(True)
        self._tell()

    @property
    def for_customer(self) -> bool:
        """Whether judgements, ties' strengths, notes and outsiders stay out of it."""
        return self.reader.key == "customer"

    def _tell(self) -> None:
        self._told.setText(
            tr(
                "Names, titles, who reports to whom and who of us looks after whom. No mood, "
                "influence, role, doubt, strength, note or outsider leaves."
            )
            if self.for_customer
            else tr("It holds what you think of people. Keep it inside your company.")
        )


def ask_to_export(page: "MapTab", actions: Actions) -> None:
    """Ask what the map shall become and where it goes, and write it beside the window."""
    if page.shown is None:
        return
    dialog = ExportDialog(page.window(), past=page.is_past)
    dialog.accepted.connect(lambda: _choose_place(page, actions, dialog))
    actions.show_dialog(dialog)


def _choose_place(page: "MapTab", actions: Actions, dialog: ExportDialog) -> None:
    from csplanner.qbr.map_export import map_file_name

    shown, ending = page.shown, dialog.kind.key
    if shown is None:
        return
    offered = map_file_name(shown, ending, customer=dialog.for_customer)
    start = actions.session.path.parent / offered
    name, _ = QFileDialog.getSaveFileName(page, tr("Export map"), str(start), f"*{ending}")
    if not name:
        return
    path = Path(name)
    path = path if path.suffix.casefold() == ending else path.with_name(path.name + ending)
    both = dialog.days.key == "both"
    write_map(page, actions, path, customer=dialog.for_customer, both=both)


def write_map(
    page: "MapTab", actions: Actions, path: Path, *, customer: bool, both: bool = False
) -> None:
    """Write the map shown to a file, whose ending says what it becomes; says where it is.

    With `both` a map of an earlier day and today's are written, named before and after.
    """
    work = partial(
        _write, wanted=page.wanted, path=path, lens=page.lens, customer=customer, both=both
    )  # fmt: skip
    actions.session.ask(
        page, work,
        lambda written: actions.say(
            tr("Written: {0}").format(list_text([each.name for each in written])), undo=False
        ),
        about="export", failed=lambda error: actions.refuse(str(error)),
    )  # fmt: skip


def _write(
    book: Book, *, wanted: Wanted, path: Path, lens: Lens, customer: bool, both: bool
) -> list[Path]:
    from csplanner.qbr.map_export import export_map

    def export(shown: RelationMap, to: Path, changes: MapChange | None) -> Path:
        csm = book.settings.csm
        return export_map(shown, to, lens=lens, customer=customer, csm=csm, changes=changes)

    now = map_of_now(book, wanted)
    if wanted.day is None:
        return [export(now, path, None if customer else changes_since(book, wanted, now))]
    shown = book.relation_map.read(wanted.account_id, map_id=wanted.map_id, day=wanted.day)
    changes = compare(shown, now) if shown.day < now.day and not customer else None
    if not both:
        return [export(shown, path, changes)]
    then = standing_as_today(shown, now)
    before, after = (path.with_stem(f"{path.stem} {word}") for word in (tr("before"), tr("after")))
    return [export(then, before, changes), export(now, after, changes)]
