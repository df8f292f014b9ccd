"""Everything people do with csplanner reaches no network and leaves no file others can read."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
_BAD_SYSTEM_CALL = -31

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has no such mode bits")


def seen(scene: str, folder: Path, umask: str) -> dict[str, Any]:
    """What the watches saw in a scene, which must come to its end."""
    ended = play(scene, folder, umask)
    assert ended.returncode == 0, (ended.returncode, ended.stderr[-3000:])
    report = folder / "report.json"
    found: dict[str, Any] = json.loads(report.read_text())
    return found


def play(scene: str, folder: Path, umask: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "tests.privacy.scenes", scene, str(folder), umask]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONWARNINGS"}
    return subprocess.run(
        words, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=180, check=False
    )


@pytest.mark.parametrize(
    ("scene", "umask"),
    [
        ("change", "000"),
        pytest.param("change", "022", marks=pytest.mark.soak),
        ("verbs", "000"),
        ("window", "000"),
        pytest.param("pictures", "000", marks=pytest.mark.soak),
    ],
)
def test_no_file_is_for_others_and_no_network_is_reached(
    tmp_path: Path, scene: str, umask: str
) -> None:
    found = seen(scene, tmp_path, umask)
    assert found["open"] == {}
    assert found["network"] == []
    assert found["looked_at"] > 50


def test_the_watch_over_files_sees_also_those_that_do_not_last(tmp_path: Path) -> None:
    assert sorted(seen("leave", tmp_path, "000")["open"]) == ["/work/gone", "/work/kept"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can forbid sockets")
def test_the_watch_over_networks_ends_what_reaches_for_one(tmp_path: Path) -> None:
    assert play("reach", tmp_path, "022").returncode == _BAD_SYSTEM_CALL
