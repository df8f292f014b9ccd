"""The relationship map in a whole window: every verb of it has a menu, a name and a way in."""

import pytest

from csplanner.ui.map.commands import shown_map
from csplanner.ui.menu_order import ORDER


@pytest.fixture
def map_window(qtbot, frame, book, small_book):
    """A window of the small book, at the map of its first account."""
    frame.show_book(book.path, book)
    qtbot.waitUntil(lambda: frame.session is not None and frame.session.idle)
    frame.show_place("account", "a1")
    qtbot.waitUntil(lambda: frame.session.idle)
    assert frame.commands.run("account.map")
    qtbot.waitUntil(lambda: frame.session.idle)
    return frame


def test_every_verb_of_the_map_stands_in_a_menu_and_says_why_it_cannot_run(
    qtbot, map_window
) -> None:
    tab = shown_map(map_window)
    assert tab is not None
    named = [c for c in map_window.commands.all() if c.id.startswith("map.")]
    assert all(c.id in ORDER[c.menu] for c in named)
    map_window.refresh_commands()
    assert all(c.enabled() or map_window.commands.why_not(c) for c in named)
    tab.select((tab.shown.cards[0].key,))
    for name in ("map.person", "map.vacancy", "map.outsider", "map.line", "map.paste",
                 "map.open", "map.judge", "map.reports", "map.new", "map.merge",
                 "map.export"):  # fmt: skip
        assert map_window.commands.run(name), name
        form = map_window.verbs.form
        assert form is not None, name
        form.reject()
    for name in ("map.lens.influence", "map.table", "map.fit", "map.larger", "map.smaller",
                 "map.parking"):  # fmt: skip
        assert map_window.commands.run(name), name


def test_the_map_goes_into_the_review_where_it_is_asked_for(qtbot, map_window) -> None:
    assert map_window.commands.run("map.qbr")
    qtbot.waitUntil(lambda: map_window.session.idle)
    page = map_window.current_page()
    assert page.key == "qbr"
    assert page.page.review.map_too.isChecked()
    assert shown_map(map_window) is None
