"""Fixtures every test may ask for, and a home of its own for each test."""

import fcntl
import gc
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from csplanner.book.book import Book
from csplanner.crm.importing import stage
from csplanner.sample import STORY_DAY, make_sample_book

# Qt reads this once, when it is first imported, so it stands before anything that imports Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session", autouse=True)
def _shared_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A home for what is made once for many tests, before any of them has its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CSPLANNER_HOME", str(tmp_path_factory.mktemp("shared") / "home"))
        yield


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that stands in for the user's own, so that no test reads or leaves anything."""
    folder = tmp_path / "home"
    monkeypatch.setenv("CSPLANNER_HOME", str(folder))
    return folder


@pytest.fixture(scope="session", autouse=True)
def application(qapp: object) -> object:
    """One application with widgets for all tests, as what prints would make one without."""
    return qapp


@pytest.fixture(scope="session")
def today() -> date:
    """The day the sample story is told on."""
    return date(2026, 3, 12)


@pytest.fixture(scope="session")
def crm_data() -> Path:
    """Real exports of real systems, which are not part of the project; without them, skip.

    They lie in `$CSPLANNER_CRM_DATA`, else in `../shared/crm-data` beside the checkout.
    """
    named = os.environ.get("CSPLANNER_CRM_DATA")
    shared = ROOT.parent / "shared"
    folder = Path(named) if named else shared / "crm-data"
    if folder.is_dir():
        return folder
    # A machine that is meant to have them must not pass by skipping.
    if named or (os.environ.get("CI") == "true" and shared.is_dir()):
        pytest.fail(f"The real exports are expected in {folder} and are not there.")
    pytest.skip("The real exports are not on this machine.")


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample book, closed, made once for the whole run: copy it, never open it for writing.

    Processes that test side by side share it: the first to ask makes it, the others wait.
    """
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    made = shared / "sample.csbook"
    with (shared / "sample.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            part = tmp_path_factory.mktemp("making") / "sample.csbook"
            make_sample_book(part, today=STORY_DAY).close()
            part.replace(made)
    return made


@pytest.fixture(scope="session")
def _empty_file(tmp_path_factory: pytest.TempPathFactory, today: date) -> Path:
    """An empty book, closed: most of the time that making one takes goes into its schema."""
    made = tmp_path_factory.mktemp("empty") / "book.csbook"
    Book.create(made, today=today).close()
    return made


@pytest.fixture(scope="session")
def new_book(_empty_file: Path, today: date) -> Callable[[Path], Book]:
    """Puts a new, empty book at a path and opens it, which takes an eighth of making one."""

    def make(path: Path) -> Book:
        shutil.copyfile(_empty_file, path)
        path.chmod(0o600)
        return Book.open(path, today=today)

    return make


@pytest.fixture
def book(new_book: Callable[[Path], Book], tmp_path: Path) -> Iterator[Book]:
    """A new, empty book on the sample story's day."""
    with new_book(tmp_path / "book.csbook") as made:
        yield made


@pytest.fixture(scope="session")
def _acme_file(tmp_path_factory: pytest.TempPathFactory, new_book: Callable[[Path], Book]) -> Path:
    """The book of `people_of_acme`, closed."""
    from tests.book.people_of_acme import fill

    with new_book(tmp_path_factory.mktemp("acme") / "acme.csbook") as made:
        fill(made)
    return made.path


@pytest.fixture
def acme_book(_acme_file: Path, tmp_path: Path, today: date) -> Iterator[Book]:
    """A book in which one person is everywhere, with a copy of its own file."""
    path = shutil.copy(_acme_file, tmp_path / "acme.csbook")
    with Book.open(Path(path), today=today) as opened:
        yield opened


@pytest.fixture
def read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command line read files in the process of the test, as starting one takes longer
    than the rest of it; a test that asks for `apart` has them read as for people.
    """
    if "apart" not in request.fixturenames:
        monkeypatch.setattr("csplanner.cli.imports.stage_apart", stage)


@pytest.fixture
def apart() -> None:
    """Let files be read as for people: in a process of its own."""


@pytest.fixture
def plain_user(book: Book) -> Iterator[Path]:
    """A folder of a user without rights: root may write everywhere, so root steps down.

    After a book was made and opened once: what is imported late may lie where only root reads.
    """
    Book.open(book.path).close()
    folder = Path(tempfile.mkdtemp(prefix="csplanner-"))
    if os.geteuid() != 0:
        yield folder
    else:
        os.chown(folder, 65534, 65534)
        os.seteuid(65534)
        try:
            yield folder
        finally:
            os.seteuid(0)
    folder.chmod(0o700)
    shutil.rmtree(folder)


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Callable[[str, int, int], None]:
    """Counts what a test injected: `tally(fault, tried, lost)`; the run's summary adds it up."""

    def count(fault: str, tried: int, lost: int) -> None:
        # As properties of the test they also reach the summary from another process.
        request.node.user_properties.append(("tally", [fault, tried, lost]))

    return count


def pytest_addoption(parser: pytest.Parser) -> None:
    """How often the long-running tests inject a fault, and where a recording goes."""
    group = parser.getgroup("faults")
    group.addoption("--kills", type=int, default=5_000, help="kills per operation in a soak")
    group.addoption("--cuts", type=int, default=20_000, help="power cuts in a soak")
    parser.addoption("--record", default=None, help="folder for pictures of the scripted day")


@pytest.hookimpl(tryfirst=True)
def pytest_collection() -> None:
    """What is collected stays, so looking through it for garbage meanwhile would find none."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Modules and what they define stay to the end: no collection has to walk them again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Garbage is collected between tests on this thread, as in the window (ui/collector.py):
    before the first fixture is made, whatever the test before left on.
    """
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """Delete the windows that were closed, which else wait for an event loop of a later test and
    follow what that one does; then collect what the test left, everything now and then.
    """
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    _tests_run.append(1)
    gc.collect(2 if len(_tests_run) % 25 == 0 else 1)


_tests_run: list[int] = []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each fault that was injected, with how often and what was lost."""
    tried: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", None) != "call":
                continue
            for name, value in report.user_properties:
                if name == "tally":
                    fault, times, losses = value
                    tried[fault] += times
                    lost[fault] += losses
    if tried:
        terminalreporter.section("faults")
    for fault in sorted(tried):
        terminalreporter.write_line(f"{fault}: {tried[fault]:,} tried, {lost[fault]:,} lost")
