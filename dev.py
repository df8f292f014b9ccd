"""The everyday commands of csplanner; each does all the set-up first and needs only Python itself.

python3 dev.py run     open the window on the sample book (without a display: write demo/)
python3 dev.py test    format, lint, then types beside tests; extra words go to pytest
python3 dev.py soak    the long-running tests; ends with a line for each fault: tried, lost
python3 dev.py bench   our operations beside their floors; extra words choose among them
"""

import argparse
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "set-up.stamp"
LOCK = "requirements.lock"
MEMORY = Path("/dev/shm")

CHECKS = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy"],
    "tests": ["pytest", "-n", "3", "--dist", "worksteal"],
}

# What Qt needs from Debian or Ubuntu: the first line always, the others for a window on X11.
OFFSCREEN_PACKAGES = (
    *("libglib2.0-0", "libgl1", "libegl1", "libxkbcommon0", "libdbus-1-3", "libfontconfig1"),
)
WINDOW_PACKAGES = (
    *OFFSCREEN_PACKAGES,
    *("libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0", "libxcb-xkb1"),
    "libxkbcommon-x11-0",
)


class SetUpError(Exception):
    """One sentence, or a sentence and the line to run, that ends this program with exit code 1."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one verb and return its exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("verb", choices=list(VERBS))
    parser.add_argument("extra", nargs=argparse.REMAINDER, help="passed on to the tool below")
    options = parser.parse_args(arguments)
    try:
        require_python(sys.version_info[:2])
        set_up()
        return VERBS[options.verb](options.extra)
    except SetUpError as error:
        print(f"dev.py: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


# --- the verbs -------------------------------------------------------------------------------


def run_main_job(extra: list[str]) -> int:
    """Open the window on the sample book; where there is no display, write what it would show."""
    if not can_open_window():
        out = ROOT / "demo"
        say(f"there is no display here, so the sample book, decks and pictures go to {out}")
        return call("csplanner", "demo", "--out", str(out), *extra)
    where = "from csplanner.paths import data_dir; print(data_dir())"
    found = subprocess.run([PYTHON, "-c", where], cwd=ROOT, check=True, capture_output=True)
    book = Path(os.fsdecode(found.stdout).strip()) / "sample.csbook"
    if not book.exists() and (code := call("csplanner", "new", str(book), "--sample")):
        return code
    return call("csplanner", str(book), *extra)


def run_checks(extra: list[str]) -> int:
    """Run format and lint, then types beside the tests; stop at the first that finds something.

    Types need one core for about a minute, the tests every core for some. pytest's summary comes
    last.
    """
    for name in ("format", "lint"):
        say(f"{name}: {' '.join(CHECKS[name])}")
        if code := call(*CHECKS[name], platform="offscreen"):
            return stopped_at(name, code)
    for name in ("types", "tests"):
        say(f"{name}: {' '.join(CHECKS[name])}")
    # What they say goes where it is read whole: the tests write dots meanwhile.
    with tempfile.TemporaryFile() as told, start(CHECKS["types"], stdout=told) as types:
        with tests_running(CHECKS["tests"], extra) as tests:
            code = types.wait()
            told.seek(0)
            print("\n" + os.fsdecode(told.read()), end="", flush=True)
            if not code:
                return tests.wait()
            tests.terminate()
        return stopped_at("types", code)


def stopped_at(name: str, code: int) -> int:
    """Say which check found something, and return its exit code."""
    say(f"stopped at {name}: `{' '.join(CHECKS[name])}` found something, see above")
    return code


@contextmanager
def tests_running(
    words: Sequence[str], extra: Sequence[str]
) -> Iterator["subprocess.Popen[bytes]"]:
    """pytest, started; its folders in memory where there is room: each test commits to many books.

    Python keeps what it compiles, which PYTHONDONTWRITEBYTECODE of containers would forbid:
    compiling the tests takes each of pytest's processes longer than to import all of csplanner.
    """
    with ExitStack() as stack:
        if has_room(MEMORY):
            made = tempfile.TemporaryDirectory(prefix="csplanner-tests-", dir=MEMORY)
            words = [*words, f"--basetemp={stack.enter_context(made)}/run"]
        yield stack.enter_context(start([*words, *extra], PYTHONDONTWRITEBYTECODE=""))


def has_room(folder: Path) -> bool:
    """Whether it has two free gigabytes, and files in it may be run."""
    try:
        found = os.statvfs(folder)
    except (AttributeError, OSError):
        return False
    may_run = not found.f_flag & getattr(os, "ST_NOEXEC", 0)
    return may_run and found.f_bavail * found.f_frsize >= 2 * 1024**3


def run_soak(extra: list[str]) -> int:
    """Run only the tests marked `soak`, which take minutes to hours, and tell what was lost."""
    # Tests that take hours are not stuck, so nobody need be told where they stand.
    patient = ("-o", "faulthandler_timeout=0")
    return call("pytest", "-n", "2", "-m", "soak", *patient, *extra, platform="offscreen")


def run_benchmarks(extra: list[str]) -> int:
    """Measure our operations beside their floors and print one line each."""
    return call("benchmarks", *extra, platform="offscreen")


VERBS = {"run": run_main_job, "test": run_checks, "soak": run_soak, "bench": run_benchmarks}


# --- the set-up ------------------------------------------------------------------------------


def require_python(version: tuple[int, ...]) -> None:
    """Stop unless this Python is one the project supports."""
    if not (3, 11) <= version <= (3, 14):
        raise SetUpError(
            f"csplanner needs Python 3.11 to 3.14, and this is {version[0]}.{version[1]}."
        )


def set_up() -> None:
    """Make .venv ready: packages of the lock, the project itself, its bytecode, Qt's libraries."""
    wanted = fingerprint(ROOT)
    if not is_current(STAMP, wanted) or not PYTHON.exists():
        say("setting up .venv, which takes a minute the first time")
        make_venv()
        install()
        STAMP.write_text(wanted, encoding="utf-8")
    # Without bytecode the window starts three times slower, and PYTHONDONTWRITEBYTECODE is common
    # in containers; compileall writes it all the same, and only where a source file has changed.
    subprocess.run([PYTHON, "-m", "compileall", "-q", "csplanner"], cwd=ROOT, check=False)
    if qt_problem("offscreen"):
        apt_install(OFFSCREEN_PACKAGES, "Qt lacks libraries of this system.")
        if problem := qt_problem("offscreen"):
            raise SetUpError(f"Qt does not start: {problem}")


def fingerprint(root: Path) -> str:
    """A digest of everything the installed environment depends on."""
    digest = hashlib.sha256(str(root).encode())
    for name in ("pyproject.toml", LOCK):
        digest.update(hashlib.sha256((root / name).read_bytes()).digest())
    return digest.hexdigest()


def is_current(stamp: Path, wanted: str) -> bool:
    """Whether the last set-up that came to its end was made from the same inputs."""
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted


def make_venv() -> None:
    """Create .venv unless a working one is there."""
    if PYTHON.exists() and not failure([PYTHON, "-m", "pip", "--version"]):
        return
    spec = importlib.util.find_spec("ensurepip")
    if spec is None or spec.origin is None:  # no origin: an empty folder a removed package left
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        apt_install([package], "This Python cannot make virtual environments.")
    if subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=False).returncode:
        raise SetUpError(f"{sys.executable} could not make {VENV}; its message is above.")


def install() -> None:
    """Install exactly the lock, then the project itself as an editable package."""
    pip: list[str | Path] = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-compile",
    ]
    locked = [*pip, "--require-hashes", "-r", LOCK]
    editable = [*pip, "--no-deps", "--no-build-isolation", "--editable", "."]
    for command in (locked, editable):
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            raise SetUpError("pip could not install what csplanner needs; its message is above.")
    # On every core and without the libraries' own tests, which takes a quarter of pip's time.
    bytecode: list[str | Path] = [
        PYTHON,
        "-m",
        "compileall",
        "-q",
        "-j",
        "0",
        "-x",
        r"[/\\]tests[/\\]",
    ]
    bytecode.append(VENV)
    subprocess.run(bytecode, cwd=ROOT, stdout=subprocess.DEVNULL, check=False)


def can_open_window() -> bool:
    """Whether a window would show, after installing what only a window needs where that is so."""
    if sys.platform in ("win32", "darwin"):
        return True
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    problem = qt_problem(None)
    if problem and "could not connect to display" not in problem:
        apt_install(WINDOW_PACKAGES, "Qt lacks libraries of this system to open a window.")
        problem = qt_problem(None)
    return not problem


def qt_problem(platform: str | None) -> str:
    """What Qt says when it cannot start on that platform (None: the usual one); "" when it can."""
    start = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"
    return failure([PYTHON, "-c", start], platform=platform)


def apt_install(packages: Sequence[str], why: str) -> None:
    """Install Debian packages where this user may; otherwise stop with the one line to run."""
    words = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if shutil.which("apt-get") is None:
        raise SetUpError(f"{why} Debian calls the packages {' '.join(packages)}; install yours.")
    prefix = privilege()
    if prefix is None:
        raise SetUpError(f"{why} Run this line, then try again:\nsudo {' '.join(words)}")
    say(f"{why} Installing {' '.join(packages)}")
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-q"], words):
        code = subprocess.run(
            [*prefix, *command], env=quiet, stdout=sys.stderr, check=False
        ).returncode
        if code and command is words:
            raise SetUpError(
                f"apt-get did not manage; run this line yourself:\nsudo {' '.join(words)}"
            )


def privilege() -> list[str] | None:
    """What to put before a command so that it runs as root; None when this user may not."""
    if os.name == "posix" and os.geteuid() == 0:
        return []
    if shutil.which("sudo") and not failure(["sudo", "-n", "true"]):
        return ["sudo", "-n"]
    return None


# --- running things --------------------------------------------------------------------------


def call(module: str, *words: str, platform: str | None = None) -> int:
    """Run a Python module in .venv with these words and return its exit code."""
    command: list[str | Path] = [PYTHON, "-m", module, *words]
    return subprocess.run(command, cwd=ROOT, env=environment(platform), check=False).returncode


def start(
    words: Sequence[str], *, stdout: IO[bytes] | None = None, **variables: str
) -> "subprocess.Popen[bytes]":
    """A Python module in .venv with these words, started without a display."""
    error = None if stdout is None else subprocess.STDOUT
    kept = {**environment("offscreen"), **variables}
    command: list[str | Path] = [PYTHON, "-m", *words]
    return subprocess.Popen(command, cwd=ROOT, env=kept, stdout=stdout, stderr=error)


def failure(command: Sequence[str | Path], *, platform: str | None = None) -> str:
    """What a command that fails writes to stderr; "" when it succeeds."""
    try:
        done = subprocess.run(
            command, env=environment(platform), capture_output=True, check=False, timeout=120
        )
    except subprocess.TimeoutExpired:
        return "it did not answer within two minutes"
    if done.returncode == 0:
        return ""
    return os.fsdecode(done.stderr).strip() or f"exit code {done.returncode}"


def environment(platform: str | None) -> dict[str, str]:
    """This process's environment, with Qt's platform set when one is named."""
    return {**os.environ, "QT_QPA_PLATFORM": platform} if platform else dict(os.environ)


def say(sentence: str) -> None:
    """Print one line of progress, at once, so that it stands before the output it announces."""
    print(f"dev.py: {sentence}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
