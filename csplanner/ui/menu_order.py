"""The order of the menus: an empty name is a line, what is not named here stands at the end."""

from csplanner.language import Spoken, noted

MENUS = (
    noted("Book"), noted("Edit"), noted("Go"), noted("Account"), noted("View"), noted("Window"),
    noted("Help"),
)  # fmt: skip

ORDER: dict[str, tuple[str, ...]] = {
    "Book": (
        "book.new", "book.new.locked", "book.open", "book.recent", "book.sample",
        "book.sample.reset", "",
        "book.import", "book.news", "book.as_of", "book.now", "book.calendar", "book.doubles",
        "book.archived", "page.export", "",
        "book.copy", "book.backup", "book.check", "",
        "app.settings", "", "book.close", "app.quit",
    ),
    "Edit": ("edit.undo", "edit.redo", "edit.history"),
    "Go": (
        "go.palette", "go.find", "go.to_account", "", "go.back", "go.forward", "",
        "go.today", "go.book", "go.pyramid", "go.health", "go.renewals", "go.scorecards", "go.qbr",
        "go.tasks",
        "", "go.account.previous", "go.account.next", "go.account.recent", "",
        "go.account", "account.map", "go.account.health", "account.timeline", "go.account.touches",
        "go.account.people", "go.account.deals", "account.promises", "account.notes",
        "go.account.qbr",
    ),
    "Account": (
        "account.add", "", "touch.log", "pulse.set", "tier.set", "step.set", "departure.plan",
        "gap.explain",
        "account.assess", "", "person.add", "objective.add", "objective.figure", "promise.add",
        "rating.add", "again.ask", "care.set", "",
        "account.edit", "renewal.edit", "account.history", "account.as_of", "",
        "today.done", "today.snooze", "today.dismiss", "",
        "task.add", "task.done", "task.snooze", "task.edit", "task.remove", "",
        "note.add", "note.task", "note.promise", "",
        "map.person", "map.vacancy", "map.outsider", "map.paste", "map.line", "map.draw.reports",
        "map.draw.influences", "map.draw.doubts", "map.draw.tie", "map.draw.paired", "map.open",
        "map.judge", "map.reports", "map.park", "map.tidy",
        "map.line_up.left", "map.line_up.right", "map.line_up.top", "map.line_up.bottom",
        "map.spread", "map.new", "map.rename", "map.merge", "map.remove", "map.export",
        "map.qbr", "",
        "account.pin", "account.archive", "account.back", "account.merge",
        "account.split", "account.delete",
    ),
    "View": (
        "view.inspector", "view.sidebar", "",
        "view.theme", "view.theme.system", "view.contrast", "view.veil",
        "view.rows.compact", "view.rows.normal", "view.rows.roomy", "",
        "view.next_pane", "view.previous_pane", "view.messages", "",
        "chart.image", "chart.data", "chart.table", "",
        "map.lens.reporting", "map.lens.influence", "map.lens.coverage", "map.lens.sentiment",
        "map.lens.freshness", "map.past", "map.later", "map.today", "map.parking", "map.table",
        "map.fit", "map.larger", "map.smaller",
    ),
    "Window": (
        "window.new", "window.open", "window.tear", "window.home", "",
        "window.next", "window.list", "", "window.close",
    ),
    "Help": (
        "help.here", "help.handbook", "help.words", "",
        "help.shortcuts", "help.shortcuts.change", "", "help.new", "help.about",
    ),
}  # fmt: skip

UNMET = Spoken(
    {
        "Account": noted("Choose an account first."),
        "Edit": noted("There is nothing to do this with now."),
        "Go": noted("There is nothing to go to from here."),
        "Window": noted("There is no other window."),
        "View": noted("The screen shown has nothing of the kind."),
        "Book": noted("Open a book first."),
    }
)
"""Why a command of a menu cannot run, where it does not say so itself."""


def in_order(menu: str, names: list[str]) -> list[str]:
    """Those names in the order of their menu, with an empty one for each line between them."""
    order = ORDER.get(menu, ())
    known = set(names)
    rest = [name for name in names if name not in order]
    wanted = [name for name in order if not name or name in known]
    found: list[str] = []
    for name in [*wanted, *([""] if wanted and rest else []), *rest]:
        if name or (found and found[-1]):
            found.append(name)
    return found[:-1] if found and not found[-1] else found
