"""The wheel a user installs: what it holds, and that it works away from the checkout."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = "Scripts" if os.name == "nt" else "bin"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel of this checkout, built with the backend at hand and without network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """The folder of commands of a new environment that holds the wheel and, of ours, only that."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    python = folder / SCRIPTS / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    options = ["--no-index", "--no-deps", "--disable-pip-version-check", str(wheel)]
    subprocess.run([*pip, *options], check=True)
    # The libraries come from the environment the tests run in. Python does not read the .pth
    # files of a folder that a .pth file names, so the editable install there stays out.
    purelib = 'import sysconfig; print(sysconfig.get_path("purelib"))'
    packages = subprocess.run([python, "-c", purelib], check=True, capture_output=True, text=True)
    borrowed = Path(packages.stdout.strip()) / "borrowed.pth"
    borrowed.write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return folder / SCRIPTS


def answer(installed: Path, expression: str, cwd: Path) -> Path:
    """What the installed copy says to an expression, run away from the checkout."""
    code = f"import csplanner; from csplanner.resources import resource; print({expression})"
    command = [installed / "python", "-c", code]
    done = subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True)
    return Path(done.stdout.strip())


def test_the_wheel_holds_the_program_its_resources_and_the_licence_alone(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    tops = {name.split("/")[0] for name in names}
    assert tops == {"csplanner", next(top for top in tops if top.endswith(".dist-info"))}
    listed = subprocess.run(
        ["git", "ls-files", "resources"], cwd=ROOT, check=False, capture_output=True, text=True
    )
    resources = {f"csplanner/{name}" for name in listed.stdout.split("\n") if name}
    assert resources <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_installed_copy_finds_its_own_code_and_resources(installed, tmp_path):
    package = answer(installed, "csplanner.__file__", tmp_path).parent
    assert package.is_relative_to(installed.parent)
    tokens = answer(installed, "resource('themes/tokens.json')", tmp_path)
    assert tokens == package / "resources" / "themes" / "tokens.json"
    assert tokens.is_file()


def test_the_installed_command_passes_its_self_test(installed, tmp_path):
    done = subprocess.run(
        [installed / "csplanner", "self-test"], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 0, os.fsdecode(done.stdout + done.stderr)
