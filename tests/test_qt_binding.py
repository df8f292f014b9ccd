"""The installed Qt binding keeps its reference counts; one release did not, and killed the app."""

import sys
from importlib.metadata import version

import pytest
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QStandardItemModel

ROUNDS = 250
CALLS = 20
# Other code of the interpreter may hold a handful more or fewer; a leak is one per call. It is
# looked for after each round, because Python aborts when the last reference to True is gone.
SLACK = 15


class Sender(QObject):
    happened = Signal()
    counted = Signal(int)


def references() -> tuple[int, ...]:
    return tuple(sys.getrefcount(value) for value in (True, False, None))


def test_thousands_of_signals_and_calls_cost_no_reference(qapp):
    sender, timer, model = Sender(), QTimer(), QStandardItemModel()
    heard = []
    sender.counted.connect(heard.append)
    before = references()
    for _ in range(ROUNDS):
        for number in range(CALLS):
            sender.happened.emit()
            sender.counted.emit(number)
            sender.setObjectName("sender")
            sender.blockSignals(False)
            timer.setSingleShot(True)
            model.setRowCount(1)
        assert references() == pytest.approx(before, abs=SLACK)
    assert len(heard) == ROUNDS * CALLS


def test_the_installed_binding_is_in_the_range_known_to_be_sound():
    major, minor = (int(word) for word in version("PySide6-Essentials").split(".")[:2])
    assert (6, 8) <= (major, minor) < (6, 12)
