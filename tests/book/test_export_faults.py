"""Exports, dumps and books made again, interrupted: a name stands for a whole file or for none."""

import json
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from csplanner.book.book import Book
from csplanner.book.dump import dump
from csplanner.book.export import export_book
from csplanner.book.rebuild import rebuild
from csplanner.domain.account import Account, AccountId
from csplanner.errors import UserError
from tests.book.whole import whole

ROOT = Path(__file__).resolve().parent.parent.parent
TODAY = date(2026, 3, 12)
KEPT_BOOK = ROOT / "tests" / "books" / "schema-1.csbook"
FORMATS = ("csv", "csv-exact", "json", "jsonl", "xlsx")
FEW = 3

# Writes round after round until it is killed; a line for each thing that is finished.
CHILD = """
import sys
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from csplanner.book.book import Book
from csplanner.book.dump import dump
from csplanner.book.export import export_book
from csplanner.book.rebuild import rebuild
folder, today = Path(sys.argv[1]), date(2026, 3, 12)
book = Book.open(folder / "book.csbook", today=today, read_only=True)
source = export_book(book, folder / "source", "jsonl").files[0]
print("ready", flush=True)
for number in count():
    for form in ("csv", "json", "jsonl", "xlsx"):
        export_book(book, folder / "out" / f"{number} {form}", form)
        print(f"out/{number} {form}", flush=True)
    dump(book, folder / "dumps", now=datetime(2026, 3, 12 + number % 3, tzinfo=UTC))
    rebuild(source, folder / f"new {number}.csbook", today=today)
    print(f"new {number}.csbook", flush=True)
"""


@pytest.fixture
def scene(tmp_path: Path) -> Path:
    """A folder with a book in it, upgraded and judged."""
    folder = tmp_path / "scene"
    folder.mkdir()
    with Book.open(Path(shutil.copy(KEPT_BOOK, folder / "book.csbook")), today=TODAY) as book:
        book.refresh()
    return folder


def files_in(folder: Path) -> list[Path]:
    """Every file below the folder."""
    return sorted(p for p in folder.rglob("*") if p.is_file())


def wrongs(folder: Path, finished: list[str]) -> Iterator[str]:
    """What a killed child left that it should not have."""
    for done in finished:
        if not (folder / done).exists():
            yield f"{done} was finished and is gone"
    with Book.open(folder / "book.csbook", read_only=True, today=TODAY) as book:
        held = whole(book)
    for path in files_in(folder):
        inside = path.relative_to(folder).parts
        unfinished = any(part.startswith(".csplanner-") for part in inside)
        if not unfinished and "source" not in inside and not is_whole(path, held):
            yield f"{path.relative_to(folder)} is not whole"


def is_whole(path: Path, held: dict[str, list[tuple[object, ...]]]) -> bool:
    """Whether a file that stands under its name can be read to its end."""
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as archive:
            return archive.testzip() is None
    if path.suffix == ".csbook":
        with Book.open(path, read_only=True, today=TODAY) as back:
            return whole(back) == held
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        return bool(json.loads(text))
    if path.suffix == ".jsonl":
        head, *lines = text.splitlines()
        rows = [json.loads(line) for line in lines]
        return sum(json.loads(head)["rows"].values()) == len(rows)
    return bool(text)


def killed(folder: Path, after: float) -> list[str]:
    """Let a child write and kill it so many seconds after it began; what it had finished."""
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(after)
        child.kill()
        return child.stdout.read().split("\n")[:-1]


@pytest.mark.parametrize(
    "times", [FEW, pytest.param(300, marks=pytest.mark.soak)], ids=["few", "many"]
)
def test_a_kill_leaves_no_part_of_a_file_under_its_name(
    times: int, scene: Path, tmp_path: Path, tally: Callable[[str, int, int], None]
) -> None:
    dice = random.Random(times)
    found: list[str] = []
    for _ in range(times):
        folder = Path(shutil.copytree(scene, tmp_path / "trial"))
        finished = killed(folder, dice.uniform(0, 1.2))
        found += wrongs(folder, finished)
        shutil.rmtree(folder)
    tally("kill −9 while exporting, dumping and making a book again", times, len(found))
    assert found == []


@contextmanager
def files_up_to(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond `size` bytes, as on a disk that fills up."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def write(book: Book, source: Path, out: Path, way: str) -> None:
    """Export the book, dump it, or make another of the source."""
    if way == "dump":
        dump(book, out, now=datetime(2026, 3, 12, tzinfo=UTC))
    elif way == "book":
        rebuild(source, out / "new.csbook", today=book.today)
    else:
        export_book(book, out, way)


def test_a_full_disk_leaves_no_file_and_a_sentence(
    book: Book, tmp_path: Path, tally: Callable[[str, int, int], None]
) -> None:
    for number in range(6):
        # Escaped, such letters take more room in an export than in the book.
        text = "".join(chr(0x4E00 + (number * 7919 + i * 104_729) % 20_000) for i in range(60_000))
        book.accounts.add(Account(AccountId(""), f"A{number}", next_step=text))
    size = book.path.stat().st_size
    source = export_book(book, tmp_path / "source", "json").files[0]
    before = book.path.read_bytes()
    sentences: list[str] = []
    ways = [(limit, way) for limit in (0, 4096, size // 2, size + 100_000, size + 300_000)
            for way in (*FORMATS, "dump", "book")]  # fmt: skip
    for limit, way in ways:
        out = tmp_path / f"{limit} {way}"
        out.mkdir()
        said = ""
        try:
            with files_up_to(limit):
                write(book, source, out, way)
        except UserError as error:
            said = str(error)
        # Either everything, or a sentence and nothing.
        assert bool(files_in(out)) != said.endswith("."), (limit, way, said)
        sentences += [said] if said else []
    assert book.path.read_bytes() == before
    assert 3 * 7 <= len(sentences) < len(ways)
    tally("disk full while exporting, dumping and making a book again", len(ways), 0)


def test_when_one_file_of_a_set_cannot_take_its_place_none_stays(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from csplanner.book import outgoing

    real = outgoing.take_name

    def failing(temporary: Path, path: Path) -> None:
        if path.name == "person.csv":
            raise OSError(28, "No space left on device")
        real(temporary, path)

    monkeypatch.setattr(outgoing, "take_name", failing)
    for form in ("csv", "csv-exact"):
        with pytest.raises(UserError, match="No space left"):
            export_book(book, tmp_path / "out", form)
        assert list((tmp_path / "out").iterdir()) == []


def test_on_a_disk_without_second_names_files_are_placed_and_nothing_is_overwritten(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    names = [export_book(book, tmp_path / "out", "json").files[0].name for _ in range(2)]
    assert names == ["book.json", "book (2).json"]
    made = rebuild(tmp_path / "out" / "book.json", tmp_path / "new.csbook", today=book.today)
    with Book.open(made.path, today=book.today) as back:
        assert whole(back) == whole(book)
