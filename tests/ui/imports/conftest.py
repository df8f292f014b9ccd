"""An Import page over a real book in a real window, and small exports to bring in."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from csplanner.crm.importing import stage
from csplanner.ui.actions import Actions
from csplanner.ui.imports.page import ImportPage
from csplanner.ui.main_window import MainWindow
from csplanner.ui.session import BookSession
from csplanner.ui.shell.page import PageWidget

HEADS = ("Account ID", "Account Name", "City", "Industry", "ARR", "Renewal Date", "Owner")
ACME = ("1", "Acme", "Oslo", "Energy", "1000", "2026-06-30", "Maren")
BETA = ("2", "Beta", "Bergen", "Health", "2500", "2026-09-30", "Maren")
POISON = "<img src=x><b>Bold</b> & Sons"

Write = Callable[..., Path]


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own for temporary files, so that what is left behind is seen."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def export(tmp_path: Path) -> Write:
    """Write an export of accounts as of a day, which stands in its name."""

    def write(*rows: Sequence[str], day: str = "2026-03-10", heads: Sequence[str] = HEADS) -> Path:
        path = tmp_path / f"accounts-{day}.csv"
        lines = [heads, *rows]
        path.write_text("\n".join(",".join(line) for line in lines) + "\n", encoding="utf-8")
        return path

    return write


class _Today(PageWidget):
    key, title = "today", "Today"


@pytest.fixture
def page(
    qtbot,
    window: MainWindow,
    session: BookSession,
    actions: Actions,
    request: pytest.FixtureRequest,
) -> Iterator[ImportPage]:
    """The Import page shown in the window, with the verbs it calls joined to it.

    Files are read in a thread of the test's process; with `apart` in the process of their own.
    """
    made = ImportPage(session, actions)
    if "apart" not in request.fixturenames:
        made.reading.stage = stage
    actions.said.connect(lambda text, undo, failed: window.say(text, undo=undo, failed=failed))
    window.add_page(_Today())
    window.add_page(made)
    window.show_place("import")
    yield made
    made.reading.close()


@pytest.fixture
def read(qtbot, page: ImportPage, window: MainWindow) -> Callable[..., None]:
    """Read files and wait until the page shows what they are or asks."""

    def wait(*paths: Path) -> None:
        window.show_place("import", list(paths))
        qtbot.waitUntil(lambda: not page.reading.is_busy, timeout=20_000)

    return wait


@pytest.fixture
def on(qtbot, page: ImportPage, session: BookSession) -> Callable[[], None]:
    """Press the filled button and wait until it is done."""

    def press() -> None:
        assert page.foot.on.isEnabled()
        page.foot.on.click()
        qtbot.waitUntil(lambda: not page.reading.is_busy and session.idle, timeout=20_000)

    return press


@pytest.fixture
def bring_in(page: ImportPage, read, on) -> Callable[[Path], None]:
    """Import a file through every step."""

    def through(path: Path) -> None:
        read(path)
        on()
        on()

    return through
