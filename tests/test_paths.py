"""Where files of ours lie, and that what ships is found."""

import stat
import sys

import pytest

from csplanner import paths
from csplanner.resources import resource


def test_one_variable_moves_every_folder(home):
    folders = {paths.data_dir(), paths.backups_dir(), paths.config_dir(), paths.log_dir()}
    assert len(folders) == 4
    assert {folder.parent for folder in folders} == {home}
    assert all(folder.is_dir() for folder in folders)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such mode bits")
def test_nobody_else_may_look_into_our_folders(home):
    assert stat.S_IMODE(paths.backups_dir().stat().st_mode) == 0o700


def test_a_shipped_file_and_a_shipped_folder_are_found():
    assert resource("themes/tokens.json").is_file()
    assert resource("themes").is_dir()


def test_a_name_that_does_not_ship_is_said():
    with pytest.raises(FileNotFoundError, match=r"no resource named themes/none\.json"):
        resource("themes/none.json")
