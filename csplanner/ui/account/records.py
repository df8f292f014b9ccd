"""The tables of the further tabs: touch log, people, cases and deals, history."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from csplanner.book.history import Change
from csplanner.domain.index import FileIndex
from csplanner.domain.judgement import Judgement
from csplanner.language import tr
from csplanner.ui.account import event_rows, people_rows, promise_rows
from csplanner.ui.account.event_rows import TableRow
from csplanner.ui.account.kept import Kept
from csplanner.ui.account.lists import ListPane, StackedLists
from csplanner.ui.widgets import format as words
from csplanner.ui.widgets.empty import draw_dashed_people


class RecordLists(QObject):
    """The panes of the tabs after the overview; each is filled when it is shown."""

    def __init__(self) -> None:
        super().__init__()
        tr = self.tr
        edit = (("edit", tr("Edit")), ("remove", tr("Remove")))
        self.touches = ListPane(
            tr("Touch log"),
            (tr("Day"), tr("How"), tr("With"), tr("Topic"), tr("Time"), tr("Meaningful")),
            3,
            verbs=(("add", tr("Log a touch")), *edit),
            empty=tr("No touch is logged yet. Press Ctrl L after your next call."),
        )
        self.people = ListPane(
            tr("People"),
            (tr("Name"), tr("Title"), tr("Role"), tr("Influence"), tr("Mood, yours"),
             tr("Last contact"), tr("Email")),
            1,
            verbs=(
                ("add", tr("Add a person")), ("edit", tr("Edit")),
                ("export", tr("Export their data…")), ("erase", tr("Erase…")),
            ),
            empty=tr("Nobody is known here yet. Add the person you talk to."),
            drawing=draw_dashed_people,
        )  # fmt: skip
        self.history = ListPane(
            tr("History of this account"),
            (tr("When"), tr("What"), tr("Kind"), tr("Size"), tr("State")),
            1,
            verbs=(("whole", tr("Open the history")), ("edit", tr("Before and after"))),
            empty=tr("Nothing of this account was changed by hand yet."),
        )
        self.promises = ListPane(
            tr("Promises"),
            (tr("Who"), tr("What"), tr("Who keeps it"), tr("To whom"), tr("Made"), tr("Due"),
             tr("State")),
            1,
            verbs=(("add", tr("Write down a promise")), ("edit", tr("Edit")),
                   ("keep", tr("Kept today")), ("remove", tr("Remove"))),
            empty=tr("Nothing is promised, by them or by us. Write down the next commitment."),
        )  # fmt: skip
        self._lay_out_records()

    def _lay_out_records(self) -> None:
        """What snapshots bring: cases, deals and what was bought."""
        tr = self.tr
        self.cases = ListPane(
            tr("Cases"),
            (tr("Number"), tr("Subject"), tr("Priority"), tr("Status"), tr("Opened"),
             tr("Age or closed")),
            1,
            empty=tr("No support case is in the book. They come with a snapshot."),
            drawing=None,
        )  # fmt: skip
        self.deals = ListPane(
            tr("Deals"),
            (tr("Name"), tr("Kind"), tr("Stage"), tr("Amount"), tr("Closes"), tr("Next step")),
            0,
            empty=tr("No deal is in the book. They come with a snapshot."),
            drawing=None,
        )
        self.bought = ListPane(
            tr("Subscriptions"),
            (tr("Product"), tr("Seats"), tr("ARR"), tr("Start"), tr("End"), tr("State")),
            0,
            empty=tr("No subscription is in the book. They come with a snapshot."),
            drawing=None,
        )

    def parts(self) -> dict[str, QWidget]:
        """Return one widget a tab, by its key."""
        records = StackedLists((self.cases, self.deals, self.bought))
        return {
            "touches": self.touches, "people": self.people, "deals": records,
            "promises": self.promises, "history": self.history,
        }  # fmt: skip

    def show_history(self, changes: Sequence[Change]) -> None:
        """Show what was changed of the account."""
        self.history.show_rows(event_rows.history_rows(changes))

    def fill(self, key: str, index: FileIndex, judgement: Judgement, kept: Kept) -> None:
        """Show the records of the tab called `key`."""
        if key == "touches":
            rows = event_rows.touch_rows(index)
            self.touches.show_rows(rows, words.plural(len(rows), "touch", "touches"))
        elif key == "people":
            note = people_rows.roles_view(judgement.roles).note
            self.people.show_rows(_people(index), note)
        elif key == "promises":
            note = promise_rows.promises_note(index, kept)
            self.promises.show_rows(promise_rows.promise_rows(index, kept), note)
        elif key == "deals":
            self.cases.show_rows(event_rows.case_rows(index))
            self.deals.show_rows(event_rows.deal_rows(index))
            self.bought.show_rows(event_rows.subscription_rows(index))


def _people(index: FileIndex) -> list[TableRow]:
    return [
        TableRow(
            p.id,
            (
                p.name,
                p.title,
                p.role,
                tr(words.UNKNOWN) if p.level is None else tr("{0} of 5").format(p.level + 1),
                p.mood_words,
                p.contact,
                p.email,
            ),
            is_quiet=p.is_gone,
        )
        for p in people_rows.people_rows(index)
    ]
