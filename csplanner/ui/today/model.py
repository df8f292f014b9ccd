"""The list of Today as a Qt model: headings that cannot be chosen, and rows that can."""

from csplanner.ui.today.rows import Heading, Row
from csplanner.ui.todo.rows import TaskRow
from csplanner.ui.widgets.headed_list import HeadedModel

ROW_KINDS: type[Row | TaskRow] = Row | TaskRow  # type: ignore[assignment]
"""What can be chosen in the list: a union answers isinstance as a class does."""


class TodayModel(HeadedModel[Heading, Row | TaskRow]):
    """Headings, tasks and rows in the order they are shown."""

    row_kind = ROW_KINDS

    def place_of(self, account_id: str, kind: str) -> int | None:
        """Return where an account's signal stands, None when it is not listed."""
        for place, line in enumerate(self._lines):
            if isinstance(line, Row) and (line.account_id, line.kind) == (account_id, kind):
                return place
        return None

    def place_of_task(self, task_id: str) -> int | None:
        """Return where a task stands, None when it is not listed."""
        for place, line in enumerate(self._lines):
            if isinstance(line, TaskRow) and line.id == task_id:
                return place
        return None

    def first_account(self) -> int:
        """Return where the first account stands, 0 without any."""
        places = (place for place, line in enumerate(self._lines) if isinstance(line, Row))
        return next(places, 0)

    def words(self, line: Heading | Row | TaskRow) -> tuple[str, str]:
        if isinstance(line, Heading):
            return line.title, f"{line.title} {line.count}"
        if isinstance(line, TaskRow):
            return line.title, line.spoken
        return line.name, line.spoken
