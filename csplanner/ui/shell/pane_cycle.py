"""F6: the keyboard goes from one part of the window to the next."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

_MARGIN = 16
"""Pixels seen above and below what the keyboard came to."""


def focus_next_pane(window: QWidget, parts: Sequence[QWidget], by: int) -> QWidget | None:
    """Focus the first reachable widget of the next visible part and return that part."""
    focused = window.focusWidget()
    here = next(
        (place for place, part in enumerate(parts) if _holds(part, focused)), -1 if by > 0 else 0
    )
    for step in range(1, len(parts) + 1):
        part = parts[(here + step * by) % len(parts)]
        target = first_reachable(part) if part.isVisible() else None
        if target is not None:
            give_keyboard(target, Qt.FocusReason.TabFocusReason)
            return part
    return None


def give_keyboard(widget: QWidget, reason: Qt.FocusReason) -> None:
    """Give a widget the keyboard, and bring it into view of whatever scrolls around it."""
    widget.setFocus(reason)
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget, 0, _MARGIN)
        around = around.parentWidget()


def first_reachable(part: QWidget) -> QWidget | None:
    """Return the first widget inside `part` that Tab would reach, in layout order."""
    found = [child for child in part.findChildren(QWidget) if takes_tab(child, part)]
    if not found:
        return None
    return min(found, key=lambda child: _corner(child, part))


def takes_tab(child: QWidget, part: QWidget) -> bool:
    """Whether Tab stops at `child`, which stands in `part`."""
    return (
        bool(child.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and child.focusProxy() is None
        and child.isVisibleTo(part)
        and child.isEnabled()
        and child.window() is part.window()
    )


def _holds(part: QWidget, widget: QWidget | None) -> bool:
    return widget is not None and (part is widget or part.isAncestorOf(widget))


def _corner(child: QWidget, part: QWidget) -> tuple[int, int]:
    corner = child.mapTo(part, child.rect().topLeft())
    return corner.y(), corner.x()
