"""Whether a role just chosen comes beside the roles somebody has, or takes the place of one."""

from PySide6.QtWidgets import QWidget

from csplanner.book.map_roles import ALSO
from csplanner.domain.map_model import Card
from csplanner.domain.person import CHAMPIONS, Role, Seat
from csplanner.domain.wording import list_text
from csplanner.language import tr
from csplanner.ui.actions.pick import Pick
from csplanner.ui.map.value_words import value_words
from csplanner.ui.widgets.fields import Field


class RolePlace(Field):
    """Is seen where it is a question: somebody has a role already, and another one is chosen."""

    def __init__(self, card: Card, parent: QWidget | None = None) -> None:
        held = tuple(s for s in card.seats if s.role is not Role.MEMBER)
        pick = Pick(_choices(held))
        super().__init__(tr("They have a role already"), pick, parent)
        self._held, self.pick = held, pick
        self.pick.choose(ALSO)
        self.hide()

    def ask_about(self, role: str) -> None:
        """Ask where this role goes, where that is open; none is asked about with an empty one."""
        self.setVisible(self._is_open(role))

    @property
    def seat(self) -> str:
        """The seat meant, as `book.map_roles` has it; empty where it was not asked."""
        return "" if self.isHidden() else self.pick.key

    def _is_open(self, role: str) -> bool:
        roles = {s.role for s in self._held}
        if not role or not roles or Role(role) in {*roles, Role.MEMBER}:
            return False
        # Champion and coach are one role with and without its three yeses.
        return Role(role) not in CHAMPIONS or roles.isdisjoint(CHAMPIONS)


def _choices(held: tuple[Seat, ...]) -> list[tuple[str, str]]:
    named = [(s.id, value_words("role", s.role.value)) for s in held]
    beside = tr("Keep it too: {0}").format(list_text([title for _, title in named]))
    return [(ALSO, beside), *((key, tr("In place of: {0}").format(title)) for key, title in named)]
