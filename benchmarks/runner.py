"""Measures an operation of ours and its floor side by side, and the most memory ours takes."""

import gc
import re
import statistics
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

Operation = Callable[[], object]

_STATUS = Path("/proc/self/status")
_CLEAR = Path("/proc/self/clear_refs")
_TASKS = Path("/proc/self/task")
_LOOK = 0.05
_RESET_PEAK = "5"  # proc(5): resets the peak resident set size to the present one


class Took(float):
    """Seconds, returned by an operation that measures itself: of many frames the slow one."""


@dataclass(frozen=True)
class Benchmark:
    """An operation, the least any program must do for the same result, and the ratio to reach."""

    what: str
    goal: float
    """At most this many times the floor."""
    prepare: Callable[[Path], tuple[Operation, Operation]]
    """Given an empty folder, makes what both need and returns (ours, floor), ready to repeat."""
    repeats: int = 5


@dataclass(frozen=True)
class Result:
    """Medians of one benchmark, in seconds, and the memory ours took above what stood before."""

    what: str
    ours: float
    floor: float
    goal: float
    peak_bytes: int | None

    @property
    def ratio(self) -> float:
        """Ours in multiples of the floor."""
        return self.ours / self.floor

    @property
    def reached(self) -> bool:
        """Whether the goal is reached."""
        return self.ratio <= self.goal


def measure(benchmark: Benchmark) -> Result:
    """Run ours and the floor in turn, so that a busy moment of the machine meets both."""
    with tempfile.TemporaryDirectory(prefix="csplanner-bench-") as folder:
        ours, floor = benchmark.prepare(Path(folder))
        peak = _peak_of(ours)
        floor()  # both have run once now: files are in the cache, modules are loaded
        pairs = [(_seconds(ours), _seconds(floor)) for _ in range(benchmark.repeats)]
    return Result(
        what=benchmark.what,
        ours=statistics.median(pair[0] for pair in pairs),
        floor=statistics.median(pair[1] for pair in pairs),
        goal=benchmark.goal,
        peak_bytes=peak,
    )


def _seconds(operation: Operation) -> float:
    gc.collect()
    start = perf_counter()
    result = operation()
    return float(result) if isinstance(result, Took) else perf_counter() - start


def _peak_of(operation: Operation) -> int | None:
    """Bytes of this process above what it held before, and all that the largest process it
    started held; None where the system does not tell.
    """
    gc.collect()
    try:
        _CLEAR.write_text(_RESET_PEAK)
    except OSError:
        operation()
        return None
    before = _status_bytes(_STATUS, "VmRSS")
    with _children_watched() as peaks:
        operation()
    own = max(0, _status_bytes(_STATUS, "VmHWM") - before)
    return own + max(peaks.values(), default=0)


@contextmanager
def _children_watched() -> Iterator[dict[str, int]]:
    """The most memory of each process that is started meanwhile, looked at again and again."""
    peaks: dict[str, int] = {}
    done = threading.Event()

    def look() -> None:
        while not done.wait(_LOOK):
            for task in _TASKS.glob("*/children"):
                for child in _text(task).split():
                    held = _status_bytes(Path("/proc") / child / "status", "VmHWM")
                    peaks[child] = max(peaks.get(child, 0), held)

    watch = threading.Thread(target=look, daemon=True)
    watch.start()
    try:
        yield peaks
    finally:
        done.set()
        watch.join()


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # It ended meanwhile.
        return ""


def _status_bytes(status: Path, name: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+) kB", _text(status), flags=re.MULTILINE)
    return int(found.group(1)) * 1024 if found else 0
