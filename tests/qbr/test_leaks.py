"""Internal fields cannot reach the customer: a marker in each of them turns up nowhere."""

import dataclasses
import typing
import zipfile
from datetime import date
from enum import Enum
from io import BytesIO

import pytest

from csplanner.domain.account import (
    Account,
    Case,
    ContractTerm,
    Exit,
    Opportunity,
    Subscription,
)
from csplanner.domain.account_file import AccountFile
from csplanner.domain.measurement import Measurement
from csplanner.domain.money import Money
from csplanner.domain.objective import Objective
from csplanner.domain.period import quarter_of
from csplanner.domain.person import Person, Seat
from csplanner.domain.placement import Placement
from csplanner.domain.reading import Reading
from csplanner.domain.sentiment import Pulse
from csplanner.domain.settings import BookSettings
from csplanner.domain.touch import Touch
from csplanner.domain.value import Fact
from csplanner.qbr.audience import CUSTOMER_FIELDS, CUSTOMER_MEASURES, allowed
from csplanner.qbr.customer_view import CustomerView, customer_view
from csplanner.qbr.deck import write_deck
from csplanner.qbr.story import story
from csplanner.qbr.workbook import write_workbook

RECORDS = {
    "account": Account, "terms": ContractTerm, "people": Person, "seats": Seat,
    "opportunities": Opportunity, "cases": Case, "subscriptions": Subscription, "exits": Exit,
    "touches": Touch, "measurements": Measurement, "pulses": Pulse, "objectives": Objective,
    "placements": Placement, "readings": Reading,
}  # fmt: skip
MARK = "ZQXMARK"
NUMBER = 70_007
"""Stands in every internal number, whatever the unit: no honest figure looks like it."""
DAY = date(1999, 9, 9)


def marked(record):
    """`record` with a marker in every field that a customer may not see."""
    shown = CUSTOMER_FIELDS.get(type(record), frozenset())
    hints = typing.get_type_hints(type(record))
    return dataclasses.replace(
        record,
        **{
            f.name: marker(hints[f.name], f"{MARK}{type(record).__name__}.{f.name}")
            for f in dataclasses.fields(record)
            if f.name not in shown
        },
    )


def marker(kind, text):
    """A value of that type which is recognised wherever it turns up."""
    choices = [k for k in typing.get_args(kind) if k is not type(None)]
    origin = typing.get_origin(kind)
    if origin is Fact:
        return Fact(marker(choices[0], text))
    if origin is tuple:
        return (text,)
    if choices:
        return marker(choices[0], text)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return list(kind)[-1]
    if kind is bool:
        return True
    if kind is int:
        return NUMBER
    if kind is date:
        return DAY
    if kind is Money:
        return Money(NUMBER * 100, "XTS")
    return text


@pytest.fixture
def full_of_markers(tidewater):
    """The rich account with a marker in every internal field of every kind of record."""
    account = tidewater.account.id
    more = {
        "subscriptions": (Subscription("s", account),),
        "exits": (Exit("e", account, DAY),),
        "readings": (Reading("r", account, DAY, 1, 0, 0, 0, "good", "good"),),
        "measurements": (
            *tidewater.measurements,
            *(Measurement("m", account, f"{MARK}.{n}", Fact(NUMBER), DAY) for n in range(2)),
            Measurement("m", account, "commercial.invoice_overdue_days", Fact(NUMBER * 1000), DAY),
            Measurement("m", account, "potential.appetite", Fact(NUMBER * 1000), DAY),
        ),
    }
    parts = {}
    for name in RECORDS:
        value = more.get(name, getattr(tidewater, name))
        parts[name] = marked(value) if name == "account" else tuple(marked(r) for r in value)
        assert value, f"no {name} to put a marker in"
    return AccountFile(**parts)


@pytest.fixture
def deck_bytes(full_of_markers, settings, today):
    """The deck made of it."""
    told = story(customer_view(full_of_markers, marked(settings), quarter_of(today), as_of=today))
    return told, write_deck(told, day=today, author=settings.csm)


def parts_of(content, path=""):
    """Every part of a package, those of embedded packages too."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        for name in package.namelist():
            part = package.read(name)
            yield f"{path}/{name}", part
            if part.startswith(b"PK"):
                yield from parts_of(part, f"{path}/{name}")


SIGNS = (MARK, str(NUMBER), f"{NUMBER:,}", "70.007", "XTS", "1999")


def test_no_internal_field_is_in_any_byte_of_the_deck(deck_bytes):
    _, content = deck_bytes
    seen = 0
    for name, part in parts_of(content):
        seen += 1
        for sign in SIGNS:
            assert sign.encode() not in part, f"{sign} in {name}"
            assert sign.encode("utf-16-le") not in part, f"{sign} in {name}"
            assert sign not in name
    assert seen > 40


def test_the_deck_of_markers_still_tells_the_whole_story(deck_bytes, tidewater, settings, today):
    told, _ = deck_bytes
    plain = story(customer_view(tidewater, settings, quarter_of(today), as_of=today))
    assert told == plain


def test_no_internal_field_is_in_the_workbook(deck_bytes, tmp_path):
    told, _ = deck_bytes
    path = write_workbook(told, tmp_path, "figures.xlsx")
    for name, part in parts_of(path.read_bytes()):
        for sign in SIGNS[:5]:
            assert sign.encode() not in part, f"{sign} in {name}"


def test_every_customer_field_exists():
    for record, names in CUSTOMER_FIELDS.items():
        assert names <= {f.name for f in dataclasses.fields(record)}


def test_what_methods_forbid_is_not_on_the_allow_list():
    for record in (Person, Seat, Touch, Pulse, Placement, Reading, Opportunity, Exit, Subscription):
        assert record not in CUSTOMER_FIELDS
    for name in ("regrettable", "arr", "next_step", "criticality", "segment"):
        assert name not in CUSTOMER_FIELDS[Account]
    assert "note" not in CUSTOMER_FIELDS[Measurement]
    assert not any(m.startswith(("equipped.", "potential.", "commercial."))
                   for m in CUSTOMER_MEASURES)  # fmt: skip


def test_a_record_class_without_a_list_cannot_be_shown(tidewater):
    with pytest.raises(KeyError):
        allowed(tidewater.pulses[0])


def test_the_customer_view_refers_to_no_record():
    internal = set(RECORDS.values()) | {AccountFile, BookSettings}

    def reach(kind, seen):
        for hint in typing.get_type_hints(kind).values():
            for inner in (hint, *typing.get_args(hint)):
                for part in (inner, *typing.get_args(inner)):
                    if dataclasses.is_dataclass(part) and part not in seen:
                        seen.add(part)
                        reach(part, seen)
        return seen

    assert not reach(CustomerView, set()) & internal
