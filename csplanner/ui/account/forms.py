"""The forms that record what the account page shows: each opened by one call, each one step."""

from csplanner.ui.actions.actions import Actions


class AccountForms:
    """Opens the forms over the window of the actions given; each is loaded when first used."""

    def __init__(self, actions: Actions) -> None:
        self._actions = actions

    def rate(self, account_id: str, *, rating_id: str = "", touchpoint: str = "") -> None:
        """Write down an answer about a touchpoint, or change one."""
        from csplanner.ui.account.rating_form import RatingForm

        self._actions.open_form(
            lambda parent: RatingForm(
                self._actions.session, parent, account_id=account_id, rating_id=rating_id,
                touchpoint=touchpoint,
            )
        )  # fmt: skip

    def ask_again(self, account_id: str) -> None:
        """Write down whether they would choose us again, and what holds them."""
        from csplanner.ui.account.again_form import AgainForm

        self._actions.open_form(
            lambda parent: AgainForm(self._actions.session, parent, account_id=account_id)
        )

    def promise(self, account_id: str, promise_id: str = "") -> None:
        """Write down a promise, or change one."""
        from csplanner.ui.account.promise_form import PromiseForm

        self._actions.open_form(
            lambda parent: PromiseForm(
                self._actions.session, parent, account_id=account_id, promise_id=promise_id
            )
        )

    def keep_promise(self, promise_id: str) -> None:
        """Note that a promise was kept today."""
        from functools import partial

        from csplanner.ui.account.promise_form import keep_promise

        self._actions.write(partial(keep_promise, promise_id=promise_id))

    def remove_promise(self, promise_id: str) -> None:
        """Take a promise away; undo brings it back."""
        from functools import partial

        from csplanner.ui.account.promise_form import remove_promise

        self._actions.write(partial(remove_promise, promise_id=promise_id))

    def care(self, account_id: str, activity: str = "", cell_id: str = "") -> None:
        """Say who looks after an activity."""
        from csplanner.ui.account.care_form import CareForm

        self._actions.open_form(
            lambda parent: CareForm(
                self._actions.session, parent, account_id=account_id, activity=activity,
                cell_id=cell_id,
            )
        )  # fmt: skip

    def figure(self, account_id: str, objective_id: str = "") -> None:
        """Write down the newest figure of an objective."""
        from csplanner.ui.account.figure_form import FigureForm

        self._actions.open_form(
            lambda parent: FigureForm(
                self._actions.session, parent, account_id=account_id, objective_id=objective_id
            )
        )
