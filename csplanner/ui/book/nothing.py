"""What stands in place of the table: a book without accounts, or filters that leave none."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from csplanner.domain.filters import Condition
from csplanner.ui.actions.actions import Actions
from csplanner.ui.book.words import subject_inside
from csplanner.ui.first_steps import add_way, import_way
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.empty import EmptyState, draw_dashed_rows

_CONTEXT = "BookPage"


def empty_book(actions: Actions, parent: QWidget) -> EmptyState:
    """Return what an empty book shows, with its ways on."""
    return EmptyState(
        _tr("Your book is empty"),
        _tr("Every account stands here in one line: tier, health, renewal and your next step."),
        ways=[import_way(actions), add_way(actions)],
        drawing=draw_dashed_rows,
        parent=parent,
    )


def nothing_matches(
    worst: Condition | None, clear: Callable[[Condition | None], object], parent: QWidget
) -> EmptyState:
    """Return what filters that leave nothing show, and the one way to do something about it.

    `worst` is the condition without which the most accounts match; None clears them all.
    """
    if worst is not None:
        what = subject_inside(worst.field)
        question = _tr("Clear the {0} filter?").format(what)
        verb = _tr("Clear the {0} filter").format(what)
    else:
        question, verb = _tr("Clear the filters?"), _tr("Clear the filters")
    state = EmptyState(
        _tr("No account matches."), question, drawing=draw_dashed_rows, parent=parent
    )
    button = Button(verb, state)
    button.clicked.connect(lambda: clear(worst))
    column = state.layout()
    assert isinstance(column, QVBoxLayout)
    column.insertWidget(column.count() - 1, button, alignment=Qt.AlignmentFlag.AlignHCenter)
    state.setFocusProxy(button)
    return state


def _tr(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)
