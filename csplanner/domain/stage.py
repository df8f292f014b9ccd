"""Where an account stands in its journey, derived from its records (methods §3.6)."""

from typing import NamedTuple

from csplanner.domain.account import Stage
from csplanner.domain.index import FileIndex
from csplanner.language import tr

ONBOARDING_DAYS = 180
"""Onboarding longer than this is overdue; without any word on first value it counts as over."""
MATURE_DAYS = 730


class StageFound(NamedTuple):
    """The stage and why it is that one."""

    stage: Stage
    reason: str
    onboarding_overdue: bool = False


def stage_of(index: FileIndex) -> StageFound:
    """Onboarding until first value, adoption until the modules are in use, mature after."""
    account = index.file.account
    if account.stage_override is not None:
        return StageFound(account.stage_override, tr("set by you"))
    since = account.customer_since.value
    age = None if since is None else index.days_since(since)
    first_value = account.first_value_on.value
    if first_value is not None and first_value > index.as_of:
        first_value = None
    if first_value is None and age is not None and age <= ONBOARDING_DAYS:
        return StageFound(Stage.ONBOARDING, tr("first value is not confirmed yet"))
    overdue = first_value is None
    used, bought = index.newest("usage.modules_used"), index.newest("usage.modules_bought")
    if used is not None and bought is not None and bought.value.value:
        if (used.value.value or 0) / bought.value.value >= 0.8:
            return StageFound(Stage.MATURE, tr("what they bought is in use"), overdue)
        return StageFound(Stage.ADOPTION, tr("not all they bought is in use"), overdue)
    if age is not None and age > MATURE_DAYS:
        return StageFound(Stage.MATURE, tr("a customer for more than two years"), overdue)
    return StageFound(Stage.ADOPTION, tr("which modules they use is not known"), overdue)


def months_of(index: FileIndex) -> int | None:
    """Whole months (of 30.4 days) since they became a customer, None when unknown."""
    since = index.file.account.customer_since.value
    return None if since is None else max(0, int(index.days_since(since) / 30.4375))
