"""What imports remember, in Settings: mappings, words and rules, each to be forgotten."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from csplanner.book.book import Book
from csplanner.book.staging_shapes import SHAPES
from csplanner.domain.recipe import FieldRule, Meaning, Recipe, Whose
from csplanner.domain.wording import one_line
from csplanner.language import tr
from csplanner.ui.actions import Actions
from csplanner.ui.session import BookSession
from csplanner.ui.settings.line_grid import LineGrid
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.format import day, number
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel
from csplanner.ui.widgets.panes import Pane

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Remembered:
    """One thing an import keeps in mind, in words, and how it is forgotten."""

    title: str
    kind: str
    how: str
    forget: Callable[[Book], object]


class RememberedPane(Pane):
    """Lists what imports remember; forgetting is a step that can be undone."""

    def __init__(self, session: BookSession, actions: Actions) -> None:
        super().__init__(self.tr("Remembered by imports"))
        self._session, self._actions = session, actions
        note = PlainLabel(
            self.tr(
                "How columns were matched, what unknown words mean, and fields that always keep "
                "your value or take the CRM’s."
            ),
            px=12, colour="text2",
        )  # fmt: skip
        note.setWordWrap(True)
        self.body.addWidget(note)
        self._none = PlainLabel(self.tr("Nothing yet."), px=12, colour="text2")
        self.body.addWidget(self._none)
        heads = (self.tr("What"), self.tr("Kind"), self.tr("How"), "")
        self.grid = LineGrid(heads, name=self.tr("Remembered by imports"))
        self.body.addWidget(self.grid)
        self._more = PlainLabel("", px=12, colour="text2")
        self.body.addWidget(self._more)
        self.found: list[Remembered] = []

    def refresh(self) -> None:
        """Show what the book remembers now."""
        self.found = remembered(self._session)
        self.grid.show_rows([self._row(one) for one in self.found[:_SHOWN]])
        self.grid.setVisible(bool(self.found))
        self._none.setVisible(not self.found)
        more = len(self.found) - _SHOWN
        self._more.setText(tr("{0} more.").format(number(more)))
        self._more.setVisible(more > 0)

    def _row(self, one: Remembered) -> list[QWidget]:
        button = Button(tr("Forget"), kind="link", small=True)
        button.setAccessibleName(tr("Forget {0}").format(one.title))
        button.setEnabled(not self._session.read_only)
        button.clicked.connect(lambda _on=False, one=one: self.forget(one))
        title = ElidedLabel(one.title)
        return [title, PlainLabel(one.kind, colour="text2"), PlainLabel(one.how, colour="text2"),
                button]  # fmt: skip

    def forget(self, one: Remembered) -> None:
        """Forget it; undo remembers it again."""

        def done(_: object) -> None:
            self._actions.say(tr("Forgotten: {0}").format(one.title))
            self.refresh()

        self._session.write(one.forget, done, failed=self._actions.refuse)


def remembered(session: BookSession) -> list[Remembered]:
    """Everything imports remember: rules for fields first, then mappings, then words."""
    book = session.read
    return [
        *(_rule(rule) for rule in book.field_rules.all()),
        *(_recipe(recipe, session) for recipe in book.recipes.all()),
        *(_meaning(meaning) for meaning in book.meanings.all()),
    ]


def _rule(rule: FieldRule) -> Remembered:
    shape = SHAPES.get(rule.object)
    names = {c.name: c.label for c in shape.columns} if shape is not None else {}
    label = tr(names.get(rule.field, rule.field))
    of = tr(shape.one) if shape is not None else rule.object
    how = tr("always yours") if rule.whose is Whose.MINE else tr("always the CRM’s")
    title = tr("{0} of the {1}").format(label, of)
    return Remembered(title, tr("field"), how, partial(_forget_rule, key=rule.id))


def _recipe(recipe: Recipe, session: BookSession) -> Remembered:
    last = day(recipe.last_used, session.today)
    many = tr("used {0} times").format(number(recipe.used))
    times = tr("used once") if recipe.used == 1 else many
    how = tr("{0}, last on {1}").format(times, last)
    return Remembered(
        one_line(recipe.name), tr("mapping"), how,
        partial(_forget_recipe, key=recipe.id),
    )  # fmt: skip


def _meaning(meaning: Meaning) -> Remembered:
    title = f"{one_line(meaning.source)}: {one_line(meaning.word)}"
    how = tr("means {0}").format(one_line(meaning.meaning))
    return Remembered(title, tr("word"), how, partial(_forget_meaning, key=meaning.id))


def _forget_rule(book: Book, key: str) -> None:
    book.field_rules.remove(key)


def _forget_recipe(book: Book, key: str) -> None:
    book.recipes.forget(key)


def _forget_meaning(book: Book, key: str) -> None:
    book.meanings.remove(key)
