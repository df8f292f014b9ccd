"""`python -m tools.docs_pictures`: take the pictures that the handbook and the README show.

They are of the sample book, light, small, and in few colours, so that all of them stay below
1.5 MB.
"""

import os
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
PAGES = ("today", "book", "account", "map", "pyramid")
WIDTH = 1200


def main() -> int:
    """Write a picture of each page, and of each step of an import."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as name:
        os.environ["CSPLANNER_HOME"] = str(Path(name) / "home")
        for taken, picture in chain(_of_pages(Path(name)), _of_an_import(Path(name))):
            _shrink(taken, FOLDER / f"{picture}.png")
    return 0


def _of_pages(folder: Path) -> Iterator[tuple[Path, str]]:
    from csplanner.app import take_pictures
    from csplanner.cli.demo import STORY_DAY
    from csplanner.sample import make_sample_book

    book = folder / "sample.csbook"
    make_sample_book(book, today=STORY_DAY, shift=False).close()
    for taken in take_pictures(book, folder / "pictures", today=STORY_DAY):
        page, _, theme = taken.stem.partition("-")
        if theme == "light" and page in PAGES:
            yield taken, page


def _of_an_import(folder: Path) -> Iterator[tuple[Path, str]]:
    from tools.import_pictures import import_pictures

    for taken in import_pictures(folder / "import"):
        yield taken, taken.stem


def _shrink(source: Path, target: Path) -> None:
    from PIL import Image

    with Image.open(source) as whole:
        size = WIDTH, round(whole.height * WIDTH / whole.width)
        small = whole.convert("RGB").resize(size, Image.Resampling.LANCZOS)
        few = small.quantize(256, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)
        few.save(target, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
