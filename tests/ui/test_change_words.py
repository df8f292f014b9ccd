"""What the window calls the changes that can be taken back or brought again."""

from csplanner.book.history import Change
from csplanner.ui.change_words import label_shown, step_words


def change(label: str, kind: str = "edit", reverts: int | None = None) -> Change:
    return Change(2, label, "2026-03-12T10:00:00+00:00", kind, "done", 1, reverts)


def test_the_day_of_an_import_is_written_as_days_are() -> None:
    assert (
        label_shown(change("Import HubSpot 2026-03-10", "import")) == "Import HubSpot 10 Mar 2026"
    )
    assert label_shown(change("Rename Acme to 2026-03-10")) == "Rename Acme to 2026-03-10"
    assert step_words(change("Import HubSpot 2026-99-10", "import")) == "import HubSpot 2026-99-10"


def test_taking_a_change_back_is_called_by_that_change() -> None:
    once = change("Undo: Import HubSpot 2026-03-10", "undo", 1)
    assert step_words(once) == "taking back “Import HubSpot 10 Mar 2026”"
    again = change("Undo: Undo: Change Acme", "undo", 1)
    assert step_words(again) == "bringing back “Change Acme”"
    assert step_words(change("Change Acme")) == "change Acme"
    assert step_words(None) == ""
