"""What imports remember, listed in Settings and forgotten there."""

from csplanner.domain.recipe import Whose
from tests.ui.settings.conftest import settle


def test_a_rule_for_a_field_is_listed_and_forgotten_and_comes_back_with_undo(
    page, frame, qtbot
) -> None:
    session, pane = frame.session, page.remembered
    session.write(lambda book: book.field_rules.set("account", "city", Whose.MINE))
    settle(qtbot, frame)
    pane.refresh()
    assert [(one.title, one.how) for one in pane.found] == [("City of the account", "always yours")]
    pane.forget(pane.found[0])
    settle(qtbot, frame)
    assert pane.found == []
    session.write(lambda book: book.undo())
    settle(qtbot, frame)
    pane.refresh()
    assert len(pane.found) == 1
