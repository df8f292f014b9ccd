"""The start page: what it says of the books opened before."""

from datetime import date, datetime

from csplanner.ui.start.files import recent_books


def test_books_opened_before_say_when_they_changed_or_that_they_are_gone(tmp_path):
    path = tmp_path / "mine.csbook"
    path.write_bytes(b"")
    changed = datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()
    there, gone = recent_books([str(path), str(tmp_path / "gone.csbook")], changed)
    assert (there.name, there.state, there.there) == ("mine", "changed today", True)
    assert (gone.name, gone.state, gone.there) == ("gone", "not found there", False)
    later = recent_books([str(path)], date.fromordinal(changed.toordinal() + 1))
    assert later[0].state == "changed yesterday"
