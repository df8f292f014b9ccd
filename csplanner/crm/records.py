"""How rows of each kind of file become staged records."""

from collections.abc import Callable, Iterator

from csplanner.crm.block import Block, Staged
from csplanner.crm.records_accounts import account_records, term_records
from csplanner.crm.records_events import (
    case_records,
    exit_records,
    opportunity_records,
    subscription_records,
)
from csplanner.crm.records_figures import invoice_records, measurement_records
from csplanner.crm.records_people import people_records, seat_records
from csplanner.crm.records_touches import (
    campaign_records,
    member_records,
    touch_records,
    user_records,
)

BUILDERS: dict[str, Callable[[Block], Iterator[Staged]]] = {
    "account": account_records,
    "term": term_records,
    "person": people_records,
    "seat": seat_records,
    "opportunity": opportunity_records,
    "case": case_records,
    "subscription": subscription_records,
    "exit": exit_records,
    "touch": touch_records,
    "measurement": measurement_records,
    "invoice": invoice_records,
    "user": user_records,
    "campaign": campaign_records,
    "member": member_records,
}
"""The builder of each kind of file: a block of its rows to staged records."""
