"""`csplanner demo`: what a visitor would want to look at, in one folder, without a display."""

import shutil
from argparse import Namespace
from datetime import date
from pathlib import Path

from csplanner.book.book import Book
from csplanner.errors import UserError
from csplanner.sample import make_sample_book

STORY_DAY = date(2026, 3, 12)
"""The Thursday on which the sample tells its story."""

DECKS = ("Tidewater Health Network", "Merrow Telecom")


_MADE = ("sample.csbook", "qbr", "pictures")


def demo(options: Namespace) -> int:
    """Write the sample book, two decks with their briefs, and pictures of every page."""
    out: Path = options.out
    _make_room(out)
    path = out / "sample.csbook"
    make_sample_book(path, today=STORY_DAY, shift=False).close()
    print(f"Wrote {path}")
    # Pictures first: they need the one Qt application to know widgets, which a brief does not.
    from csplanner.app import take_pictures

    for picture in take_pictures(path, out / "pictures", today=STORY_DAY):
        print(f"Wrote {picture}")
    _decks(path, out)
    print(f"The demo is in {out}. Open the window on it: csplanner {path}")
    return 0


def _make_room(out: Path) -> None:
    """An empty folder, or one that held an earlier demo and nothing else."""
    out.mkdir(parents=True, exist_ok=True)
    if any(entry.name not in _MADE for entry in out.iterdir()):
        raise UserError(f"{out} holds other files. Choose an empty folder for the demo.")
    for name in _MADE:
        entry = out / name
        if entry.is_dir():
            shutil.rmtree(entry)
        else:
            entry.unlink(missing_ok=True)


def _decks(path: Path, out: Path) -> None:
    from csplanner.qbr.export import export_qbr

    with Book.open(path, today=STORY_DAY) as book:
        for name in DECKS:
            account = book.accounts.only(name)
            for written in export_qbr(book, account.id, out / "qbr").files:
                print(f"Wrote {written}")
