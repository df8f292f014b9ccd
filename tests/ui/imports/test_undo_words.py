"""What the window says of an import that is taken back, and how it comes again."""

from csplanner.ui.book_state import Counts, Keeping, shell_state
from tests.ui.imports.conftest import ACME, BETA


def test_an_older_import_is_taken_back_in_words_and_comes_again_by_redo(
    page, window, session, actions, bring_in, export, qtbot
) -> None:
    bring_in(export(ACME, BETA))
    again = export((*ACME[:2], "Bergen", *ACME[3:]), BETA, day="2026-03-11")
    bring_in(again)
    acme = session.read.accounts.only("Acme")
    session.write(lambda book: book.accounts.update(acme.id, sector="Rail"))
    qtbot.waitUntil(lambda: session.idle)
    assert session.read.history(1)[0].label == "Change Acme"

    window.show_place("import")
    found = page.file.history._shown
    assert [e.note.partition(",")[0] for e in found] == ["1 record changed", "4 new records"]
    page.undoing.ask(found[0])
    page.undoing.dialog._close_with("do")
    qtbot.waitUntil(lambda: session.idle)
    assert window.toast.text == (
        "Undone: import of CRM export, 11 Mar 2026. Your 1 later change stays."
    )
    assert session.read.accounts.get(acme.id).city == "Oslo"

    state = shell_state(session.read, Keeping(read_only=False), Counts())
    assert state.undo_text == "taking back “Import CRM export 11 Mar 2026”"
    assert state.redo_text == "import CRM export 11 Mar 2026"
    actions.redo()
    qtbot.waitUntil(lambda: session.idle)
    assert window.toast.text == "Redone: Import CRM export 11 Mar 2026"
    now = session.read.accounts.get(acme.id)
    assert (now.city, now.sector) == ("Bergen", "Rail")
    assert session.read.can_redo is None
