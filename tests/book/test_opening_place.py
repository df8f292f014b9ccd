"""Where a book lies: synced folders, network drives and copies are warned of, once."""

from datetime import date
from pathlib import Path

import pytest

from csplanner.book import place
from csplanner.book.book import Book

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/home /home/anna nfs4 rw 0 0
//server/share /mnt/team\\040share cifs rw 0 0
anna@host: /mnt/far fuse.sshfs rw 0 0
/dev/sdb1 /media/stick fuseblk rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        ("OneDrive - Company", "OneDrive"),
        ("Dropbox (Work)", "Dropbox"),
        ("Google Drive", "Google Drive"),
        ("Mobile Documents", "iCloud"),
        ("Nextcloud", "Nextcloud"),
        ("ownCloud", "ownCloud"),
        ("Documents", ""),
    ],
)
def test_a_synced_folder_is_named(folder: str, words: str, tmp_path: Path) -> None:
    said = place.warning(tmp_path / folder / "book.csbook")
    assert (words in said) if words else said == ""


@pytest.mark.parametrize(
    "name",
    [
        "book (Anna's conflicted copy 2026-03-12).csbook",
        "book-conflict-20260312.csbook",
        "book.sync-conflict-20260312-101010-ABC.csbook",
        "book (1).csbook",
    ],
)
def test_a_copy_made_by_a_sync_program_is_named(name: str, tmp_path: Path) -> None:
    assert "looks like a copy" in place.warning(tmp_path / name)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/anna/book.csbook", "nfs4"),
        ("/home/annabel/book.csbook", "ext4"),
        ("/mnt/team share/book.csbook", "cifs"),
        ("/mnt/far/book.csbook", "9p"),
        ("/media/stick/book.csbook", "fuseblk"),
        ("/srv/book.csbook", "ext4"),
    ],
)
def test_the_drive_is_the_nearest_mount_above(path: str, kind: str) -> None:
    assert place._kind_of_mount(path, MOUNTS) == kind


def test_a_book_is_warned_of_once(tmp_path: Path, today: date) -> None:
    path = tmp_path / "Dropbox" / "book.csbook"
    path.parent.mkdir()
    Book.create(path, today=today).close()
    said = []
    for _ in range(2):
        with Book.open(path, today=today) as book:
            said.append(book.opened.place_warning)
    assert "Dropbox" in said[0]
    assert said[1] == ""
