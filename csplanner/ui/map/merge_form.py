"""Two maps of an account made one: who comes, who stands twice, and where the two disagree."""

from functools import partial

from PySide6.QtWidgets import QGridLayout, QWidget

from csplanner.book.book import Book
from csplanner.domain.map_merge import ABOVE, Conflict, Keep, MergePlan
from csplanner.domain.map_model import RelationMap
from csplanner.domain.map_record import AccountMap
from csplanner.domain.wording import begin, list_text
from csplanner.errors import UserError
from csplanner.language import ntr, tr
from csplanner.ui.account.parts import clear
from csplanner.ui.actions.form import Form, Work
from csplanner.ui.actions.pick import Pick
from csplanner.ui.map.value_words import FIELD_TITLES, value_words
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Scroll

_NAMED, _HIGH = 6, 200


class MergeMapsForm(Form):
    """Asks which map goes into which; conflicts are chosen, a circle is told and holds it up."""

    def __init__(
        self, session: BookSession, parent: QWidget | None, *,
        shown: RelationMap, maps: tuple[AccountMap, ...],
    ) -> None:  # fmt: skip
        super().__init__(
            session, parent, title=tr("Merge maps"),
            sentence=tr(
                "People of one name or e-mail address become one person. The same map twice finds "
                "who stands on it twice. You can undo it."
            ),
            verb=tr("Merge"),
        )  # fmt: skip
        self.setMinimumWidth(600)
        self._account_id = shown.account_id
        self._plan: MergePlan | None = None
        self._picks: dict[str, Pick] = {}
        names = [("", tr("Everybody")), *((m.id, m.name) for m in maps)]
        self.source, self.into = Pick(names), Pick(names)
        self.source.choose(shown.map_id or (maps[0].id if maps else ""))
        self.add_row(
            self.field(tr("This map"), self.source), self.field(tr("goes into"), self.into)
        )
        self.told = PlainLabel("", colour="text2")
        self.told.setWordWrap(True)
        self.body.addWidget(self.told)
        self.circles = PlainLabel("", colour="risk-ink")
        self.circles.setWordWrap(True)
        self.body.addWidget(self.circles)
        box = QWidget()
        self._grid = QGridLayout(box)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setHorizontalSpacing(12)
        self._scroll = Scroll(box)
        self._scroll.setMinimumHeight(_HIGH)
        self.body.addWidget(self._scroll)
        # Until there is anything to choose the form is no larger than what it asks.
        self._scroll.hide()
        self.circles.hide()
        for pick in (self.source, self.into):
            pick.currentIndexChanged.connect(lambda _: self._other_maps())
        self._other_maps()
        self.begin_at(self.source)

    def _choices(self) -> dict[str, Keep]:
        return {key: Keep(pick.key) for key, pick in self._picks.items()}

    def _other_maps(self) -> None:
        self._picks = {}
        self._look()

    def _look(self) -> None:
        """Ask what the merge would do with the choices made so far."""
        self.save_button.setEnabled(False)
        work = partial(
            _plan, account_id=self._account_id, source=self.source.key, into=self.into.key,
            choices=self._choices(),
        )  # fmt: skip
        self.session.ask(self, work, self._show, about="plan", failed=self._not_planned)

    def _not_planned(self, error: UserError) -> None:
        self.told.setText(str(error))

    def _show(self, plan: MergePlan) -> None:
        self._plan = plan
        does_something = bool(plan.twins or plan.comes or self.source.key != self.into.key)
        self.save_button.setEnabled(does_something and not plan.circles)
        self.told.setText(_told(plan))
        circle = tr("In a circle: {0}. Choose whom they report to.")
        self.circles.setText("\n".join(circle.format(each) for each in plan.circles))
        self.circles.setVisible(bool(plan.circles))
        if {c.key for c in plan.conflicts} != set(self._picks):
            self._show_conflicts(plan.conflicts)
        self._scroll.setVisible(bool(plan.conflicts))
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.resize(self.width(), self.sizeHint().height())

    def _show_conflicts(self, conflicts: tuple[Conflict, ...]) -> None:
        kept = self._choices()
        clear(self._grid)
        self._picks = {}
        for row, conflict in enumerate(conflicts):
            title = f"{conflict.name}: {_title(conflict.field)}"
            pick = Pick([
                (Keep.INTO.value, _value(conflict.field, conflict.into)),
                (Keep.FROM.value, _value(conflict.field, conflict.gone)),
            ])  # fmt: skip
            pick.setAccessibleName(title)
            pick.choose(kept.get(conflict.key, Keep.INTO).value)
            pick.currentIndexChanged.connect(lambda _: self._look())
            self._picks[conflict.key] = pick
            self._grid.addWidget(PlainLabel(title), row, 0)
            self._grid.addWidget(pick, row, 1)
        self._grid.setRowStretch(len(conflicts), 1)

    def collect(self) -> Work | None:
        return partial(
            _merge, account_id=self._account_id, source=self.source.key, into=self.into.key,
            choices=self._choices(),
        )  # fmt: skip


def _title(field: str) -> str:
    named = {ABOVE: tr("reports to"), "department": tr("department"), "email": tr("e-mail"),
             "phone": tr("phone")}  # fmt: skip
    return named.get(field) or FIELD_TITLES[field]


def _value(field: str, value: str) -> str:
    if field == ABOVE:
        return value or tr("nobody")
    return begin(value_words(field, value)) if field in FIELD_TITLES else value


def _told(plan: MergePlan) -> str:
    parts = []
    if plan.twins:
        names = list_text([t.kept.name for t in plan.twins[:_NAMED]])
        count = len(plan.twins)
        both = ntr("{0} stands twice and becomes one: {1}.",
                   "{0} stand twice and become one each: {1}.", count)  # fmt: skip
        parts.append(both.format(count, names))
    if plan.comes:
        count = len(plan.comes)
        parts.append(ntr("{0} card comes.", "{0} cards come.", count).format(count))
    if plan.conflicts:
        parts.append(tr("The two say this differently. Choose what stands:"))
    return " ".join(parts) or tr("Nobody stands twice, and nobody comes.")


def _plan(
    book: Book, *, account_id: str, source: str, into: str, choices: dict[str, Keep]
) -> MergePlan:
    return book.map_edit.plan_merge(account_id, source, into, choices)


def _merge(book: Book, *, account_id: str, source: str, into: str, choices: dict[str, Keep]) -> str:
    """Merge two maps and return the line to say."""
    plan = book.map_edit.merge_maps(account_id, source, into, choices)
    count = len(plan.twins)
    if source == into:
        return ntr("{0} person was there twice", "{0} people were there twice", count).format(count)
    return tr("Merged two maps into one")
