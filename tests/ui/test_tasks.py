"""Work beside the window: results, refusals and faults arrive on the UI thread, and only there."""

import gc
import threading
from functools import partial

import pytest

from csplanner.errors import UserError
from csplanner.ui.collector import Collector
from csplanner.ui.tasks import Cancelled, Progress, Tasks


def _take(*_: object) -> None:
    """Take anything and keep nothing."""


@pytest.fixture
def tasks(qtbot):
    made = Tasks("test")
    yield made
    made.close()


def test_results_arrive_in_order_on_the_ui_thread(tasks: Tasks, qtbot) -> None:
    got: list[tuple[int, bool]] = []
    here = threading.get_ident()
    for number in range(500):
        tasks.run(
            lambda _, n=number: n,
            done=lambda n: got.append((n, threading.get_ident() == here)),
            failed=pytest.fail,
        )
    qtbot.waitUntil(lambda: tasks.idle)
    assert got == [(n, True) for n in range(500)]


def test_the_last_reference_to_a_callback_is_dropped_on_the_ui_thread(tasks: Tasks, qtbot) -> None:
    dropped: list[int] = []

    class Held:
        def __del__(self) -> None:
            dropped.append(threading.get_ident())

    for _ in range(300):
        tasks.run(partial(_take, Held()), done=partial(_take, Held()), failed=pytest.fail)
    qtbot.waitUntil(lambda: tasks.idle and len(dropped) == 600)
    assert set(dropped) == {threading.get_ident()}


def test_a_refusal_is_told_and_a_fault_is_raised_for_the_excepthook(tasks: Tasks, qtbot) -> None:
    told: list[str] = []

    def refuse(_: Progress) -> None:
        raise UserError("Not today.")

    def fail(_: Progress) -> None:
        raise ZeroDivisionError

    tasks.run(refuse, done=pytest.fail, failed=lambda error: told.append(str(error)))
    qtbot.waitUntil(lambda: tasks.idle)
    assert told == ["Not today."]
    with qtbot.capture_exceptions() as raised:
        tasks.run(fail, done=pytest.fail, failed=pytest.fail)
        qtbot.waitUntil(lambda: tasks.idle)
    assert [kind for kind, _, _ in raised] == [ZeroDivisionError]


def test_progress_is_told_and_cancelling_stops_the_work(tasks: Tasks, qtbot) -> None:
    steps: list[int] = []
    ended: list[type] = []
    begun, go_on = threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        progress.step(1, 3)
        begun.set()
        go_on.wait(10)
        progress.step(2, 3)

    handle = tasks.run(
        work,
        done=pytest.fail,
        failed=lambda error: ended.append(type(error)),
        progress=lambda at, _total, _words: steps.append(at),
    )
    begun.wait(10)
    handle.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: tasks.idle)
    assert (steps, ended) == ([1], [Cancelled])


def test_garbage_is_collected_by_the_window_and_given_back(qtbot) -> None:
    collector = Collector()
    assert not gc.isenabled()
    for _ in range(2000):
        ring: list[object] = []
        ring.append(ring)
    before = gc.get_count()[0]
    collector.collect_what_is_due()
    assert gc.get_count()[0] < before
    collector.stop()
    assert gc.isenabled()
    gc.disable()
