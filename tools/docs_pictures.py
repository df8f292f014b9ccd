"""`python -m tools.docs_pictures`: take the pictures that the handbook and the README show.

They are of the sample book, light, small, and in few colours, so that all of them stay below
1.5 MB.
"""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
PAGES = ("today", "book", "account", "pyramid")
WIDTH = 1200


def main() -> int:
    """Write a picture of each page."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from csplanner.app import take_pictures
    from csplanner.cli.demo import STORY_DAY
    from csplanner.sample import make_sample_book

    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as name:
        book = Path(name) / "sample.csbook"
        make_sample_book(book, today=STORY_DAY, shift=False).close()
        for taken in take_pictures(book, Path(name) / "pictures", today=STORY_DAY):
            page, _, theme = taken.stem.partition("-")
            if theme == "light" and page in PAGES:
                _shrink(taken, FOLDER / f"{page}.png")
    return 0


def _shrink(source: Path, target: Path) -> None:
    from PIL import Image

    with Image.open(source) as whole:
        size = WIDTH, round(whole.height * WIDTH / whole.width)
        small = whole.convert("RGB").resize(size, Image.Resampling.LANCZOS)
        few = small.quantize(256, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)
        few.save(target, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
