"""What is still open when the program ends: what was asked for is done, then windows go.

Qt takes down what is left only after half of Python is gone, and a window that asks something of
the other half then ends in a crash.
"""

import atexit
from typing import Protocol
from weakref import WeakSet

from PySide6.QtWidgets import QWidget
from shiboken6 import delete, isValid


class Worker(Protocol):
    """Something that has a thread of its own."""

    def close(self) -> None:
        """Finish what waits, and end the thread."""


_working: WeakSet[Worker] = WeakSet()
_windows: WeakSet[QWidget] = WeakSet()


def end_at_exit(worker: Worker) -> None:
    """Have a worker closed before the end, where nobody did."""
    _working.add(worker)


def take_down_at_exit(window: QWidget) -> None:
    """Have a window destroyed before Python and Qt are, where it is still there."""
    _windows.add(window)


@atexit.register
def _leave() -> None:
    for worker in tuple(_working):
        worker.close()
    for window in tuple(_windows):
        if isValid(window):
            # While it is destroyed its parts can no longer be asked: they hide before.
            window.hide()
            delete(window)
