"""The demo as it is run on a machine without a display."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCREENS = ("start", "today", "book", "account", "map", "pyramid", "qbr", "import", "history",
           "settings", "empty")  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demo run in a process of its own."""
    home = tmp_path_factory.mktemp("home")
    out = tmp_path_factory.mktemp("out") / "demo"
    environment = {**os.environ, "CSPLANNER_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "csplanner", "demo", "--out", str(out)],
        env=environment, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    assert not list(home.rglob("settings*")), "the demo changed the user's own settings"
    return out


def test_it_leaves_a_picture_of_every_screen_in_both_themes(demo: Path) -> None:
    found = {path.stem for path in (demo / "pictures").glob("*.png")}
    assert found == {f"{screen}-{theme}" for screen in SCREENS for theme in ("light", "dark")}
    assert all(path.stat().st_size > 10_000 for path in (demo / "pictures").iterdir())


def test_the_pictures_differ_from_one_another(demo: Path) -> None:
    contents = [path.read_bytes() for path in (demo / "pictures").iterdir()]
    assert len(set(contents)) == len(contents)


def test_it_leaves_the_book_two_decks_and_their_briefs(demo: Path) -> None:
    assert (demo / "sample.csbook").stat().st_size > 1_000_000
    kinds = sorted(path.suffix for path in (demo / "qbr").iterdir())
    assert kinds == [".pdf", ".pdf", ".pptx", ".pptx"]


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep")
    done = subprocess.run(
        [sys.executable, "-m", "csplanner", "demo", "--out", str(tmp_path)],
        capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert b"holds other files" in done.stderr
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["mine.txt"]
