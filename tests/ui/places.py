"""Answers a window gets instead of the system's dialogs for files."""

from pathlib import Path

from csplanner.ui.start.files import BookFiles


class Places(BookFiles):
    """Every place asked for lies in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def ask_new(self) -> Path | None:
        return self.folder / "new.csbook"

    def ask_open(self) -> Path | None:
        return self.folder / "book.csbook"

    def ask_copy(self, _path: Path) -> Path | None:
        return self.folder / "copy.csbook"

    def ask_recovered(self, _path: Path) -> Path | None:
        return self.folder / "recovered.csbook"

    def ask_without_code(self, _path: Path) -> Path | None:
        return self.folder / "clean.csbook"

    def sample(self) -> Path:
        return self.folder / "example.csbook"
