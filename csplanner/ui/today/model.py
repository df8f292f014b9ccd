"""The list of Today as a Qt model: headings that cannot be chosen, and rows that can."""

from csplanner.ui.today.rows import Heading, Row
from csplanner.ui.widgets.headed_list import HeadedModel


class TodayModel(HeadedModel[Heading, Row]):
    """Headings and rows in the order they are shown."""

    row_kind = Row

    def place_of(self, account_id: str, kind: str) -> int | None:
        """Return where an account's signal stands, None when it is not listed."""
        for place, line in enumerate(self._lines):
            if isinstance(line, Row) and (line.account_id, line.kind) == (account_id, kind):
                return place
        return None

    def words(self, line: Heading | Row) -> tuple[str, str]:
        if isinstance(line, Heading):
            return line.title, f"{line.title} {line.count}"
        return line.name, line.spoken
