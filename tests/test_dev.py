"""The set-up of dev.py: what it notices, what it refuses, and that the pages name its verbs."""

import re
import shutil
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import dev

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def checkout(tmp_path) -> Path:
    """A folder with the two files the installed environment depends on."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    for name in ("pyproject.toml", dev.LOCK):
        shutil.copy(ROOT / name, folder / name)
    return folder


def test_nothing_is_installed_again_while_nothing_changed(checkout):
    stamp = checkout / "stamp"
    stamp.write_text(dev.fingerprint(checkout), encoding="utf-8")
    assert dev.is_current(stamp, dev.fingerprint(checkout))


@pytest.mark.parametrize("name", ["pyproject.toml", dev.LOCK])
def test_the_set_up_notices_a_change(checkout, name):
    stamp = checkout / "stamp"
    stamp.write_text(dev.fingerprint(checkout), encoding="utf-8")
    with (checkout / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert not dev.is_current(stamp, dev.fingerprint(checkout))


def test_a_moved_checkout_is_set_up_again(checkout, tmp_path):
    before = dev.fingerprint(checkout)
    moved = checkout.rename(tmp_path / "moved")
    assert dev.fingerprint(moved) != before


def test_a_set_up_that_never_ended_is_not_current(tmp_path):
    assert not dev.is_current(tmp_path / "stamp", "anything")


@pytest.mark.parametrize("version", [(3, 11), (3, 14)])
def test_supported_pythons_pass(version):
    dev.require_python(version)


@pytest.mark.parametrize("version", [(2, 7), (3, 10), (3, 15)])
def test_other_pythons_are_refused_in_words(version):
    with pytest.raises(dev.SetUpError, match=r"needs Python 3\.11 to 3\.14, and this is"):
        dev.require_python(version)


def test_without_apt_the_missing_packages_are_named(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(dev.SetUpError, match=r"^Qt lacks libraries\. .*libegl1"):
        dev.apt_install(dev.OFFSCREEN_PACKAGES, "Qt lacks libraries.")


def test_a_command_that_fails_tells_why_and_one_that_works_tells_nothing():
    assert dev.failure([dev.PYTHON, "-c", "pass"]) == ""
    assert dev.failure([dev.PYTHON, "-c", "raise SystemExit('no such thing')"]) == "no such thing"
    assert dev.failure([dev.PYTHON, "-c", "raise SystemExit(3)"]) == "exit code 3"


def test_a_platform_qt_does_not_have_is_a_problem_and_offscreen_is_none():
    assert "nowhere" in dev.qt_problem("nowhere")
    assert dev.qt_problem("offscreen") == ""


@pytest.mark.parametrize("page", ["README.md", ".ci/run"])
def test_the_commands_a_page_names_exist(page):
    named = re.findall(r"python3 dev\.py (\w+)", (ROOT / page).read_text(encoding="utf-8"))
    assert named
    assert set(named) <= set(dev.VERBS)


def test_the_readme_names_the_two_commands():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "python3 dev.py run" in text
    assert "python3 dev.py test" in text


def test_the_lock_holds_a_fitting_version_and_hashes_of_every_dependency():
    lock = (ROOT / dev.LOCK).read_text(encoding="utf-8")
    pinned = dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", lock, flags=re.MULTILINE))
    blocks = re.split(r"^(?=[a-z0-9-]+==)", lock, flags=re.MULTILINE)[1:]
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for line in (*project["dependencies"], *project["optional-dependencies"]["dev"]):
        requirement = Requirement(line)
        assert pinned[canonicalize_name(requirement.name)] in requirement.specifier, line


def _checks(**said: str) -> dict[str, list[str]]:
    """Every check as a line of Python: one that is not named finds nothing."""
    names = ("format", "lint", "types", "tests")
    return {n: ["timeit", "-n", "1", "-r", "1", said.get(n, "pass")] for n in names}


@pytest.mark.parametrize("name", ["lint", "types"])
def test_the_first_check_that_finds_something_ends_them_all(monkeypatch, capfd, name):
    waits = "import time; time.sleep(300)"
    monkeypatch.setattr(dev, "MEMORY", Path("/missing"))
    monkeypatch.setattr(dev, "CHECKS", _checks(tests=waits, **{name: "no_such_name"}))
    assert dev.run_checks([]) != 0
    told = capfd.readouterr().out
    assert "no_such_name" in told
    assert told.splitlines()[-1].startswith(f"dev.py: stopped at {name}:")


@pytest.mark.parametrize(("said", "passes"), [("pass", True), ("no_such_name", False)])
def test_the_tests_decide_where_nothing_else_finds_anything(monkeypatch, said, passes):
    monkeypatch.setattr(dev, "MEMORY", Path("/missing"))
    monkeypatch.setattr(dev, "CHECKS", _checks(tests=said))
    assert (dev.run_checks([]) == 0) is passes


def test_tests_write_to_memory_only_where_there_is_room(tmp_path):
    assert not dev.has_room(tmp_path / "missing")
    assert not dev.has_room(Path("/proc"))
