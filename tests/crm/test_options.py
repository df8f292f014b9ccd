"""What a person said reaches the process that reads, whole."""

import json
from dataclasses import fields
from datetime import date

from csplanner.crm.mapping import ColumnMapping, FileMapping
from csplanner.crm.options import Fix, Options, from_plain, to_plain

_COLUMN = ColumnMapping("Name", "account.name", "Its name.", ("Acme",), 1, "")
_SAID = Options(
    source="HubSpot",
    only_told=True,
    as_of=date(2026, 3, 3),
    scope="full",
    date_order="dmy",
    currency="EUR",
    decimal=",",
    today=date(2026, 3, 4),
    mappings={"a.csv": FileMapping("a.csv", "account", "HubSpot", "Its name.", 1, (_COLUMN,))},
    encodings={"a.csv": "cp1252"},
    complete=("person",),
    within="Maren",
    blanks="clear",
    matches={"name:acme": "new"},
    same_names=True,
    meanings={"oppstate": {"verbal": "won"}},
    fixes=(Fix("a.csv", 3, "Name", "Acme"),),
    mended=("q1",),
    recall=False,
)


def test_everything_said_survives_the_way_to_the_process() -> None:
    assert from_plain(json.loads(json.dumps(to_plain(_SAID)))) == _SAID


def test_no_option_is_left_out_of_that() -> None:
    untouched = Options()
    same = [f.name for f in fields(Options) if getattr(_SAID, f.name) == getattr(untouched, f.name)]
    assert same == []


def test_a_full_scope_means_complete_for_accounts() -> None:
    assert _SAID.complete_objects == ("account", "person")
    assert Options().complete_objects == ()
