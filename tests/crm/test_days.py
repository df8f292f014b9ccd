"""The day a snapshot shows: never one that has not come yet."""

from datetime import date

import pytest

from csplanner.crm.importing import Options, stage
from csplanner.errors import UserError

HEAD = "Id,Name,LastModifiedDate"
ACME = "001Nq00000J1MpfIAF,Acme"
APEX = "001Nq00000J1MpeIAF,Apex"
TODAY = date(2026, 3, 12)


@pytest.fixture
def read(book, write):
    """Stages lines as a file on 12 March 2026; discards it afterwards."""
    made = []

    def run(*lines, name="Account.csv", **options):
        path = write(name, *lines)
        made.append(stage([path], book.path, Options(today=TODAY, **options)))
        return made[-1]

    yield run
    for staged in made:
        staged.discard()


def test_a_stamp_from_the_future_dates_nothing(read):
    staged = read(HEAD, f"{ACME},2072-01-10", f"{APEX},2026-03-01")
    assert staged.as_of == date(2026, 3, 1)
    with staged.pages() as pages:
        (found,) = pages.quarantined()
    assert (found.row, found.value, found.reason) == (
        2, "2072-01-10", "This day lies in the future.",
    )  # fmt: skip
    assert staged.counts["account"]["new"] == 2


def test_a_clock_a_day_ahead_is_believed_as_today(read):
    staged = read(HEAD, f"{ACME},2026-03-13T01:00:00.000Z")
    assert (staged.as_of, staged.quarantined) == (TODAY, 0)


def test_a_figure_measured_in_the_future_is_left_out(read, write, bring_in):
    bring_in(write("Account.csv", "Id,Name", ACME))
    lines = ("Account Name,As of,NPS", "Acme,2030-01-01,40", "Acme,2026-02-01,30")
    staged = read(*lines, name="Usage.csv")
    assert staged.as_of == date(2026, 2, 1)
    assert staged.counts["measurement"]["new"] == 1


def test_a_file_named_after_a_day_to_come_is_asked_for(read):
    with pytest.raises(UserError, match="--as-of"):
        read("Id,Name", ACME, name="Account 2026-04-01.csv")


@pytest.mark.parametrize("said", [date(2026, 3, 13), date(1969, 12, 31)])
def test_a_day_no_snapshot_can_show_is_refused(read, said):
    with pytest.raises(UserError, match="A snapshot cannot show"):
        read("Id,Name", ACME, as_of=said)
