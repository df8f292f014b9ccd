"""What holds of any snapshots: applied differences reach the target, order and repetition are
nothing, and what is yours stays.
"""

import csv
import shutil
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from csplanner.book.book import Book
from csplanner.book.schema import JOURNALLED
from csplanner.crm.importing import Options, apply, stage
from tests.book.digest import digest

DAY = date(2026, 3, 1)
BOOKKEEPING = {
    "snapshot", "news", "recipe", "meaning", "field_history", "external_ref", "quarantine",
    "refusal",
}  # fmt: skip
HEADS = {
    "accounts": ("account_id", "account_name", "industry", "city"),
    "contacts": ("contact_id", "account_id", "full_name", "title"),
    "deals": ("opportunity_id", "account_id", "opportunity_name", "stage", "close_date"),
}
MANY = 300

_texts = st.sampled_from(["", "Energy", "Łódź", "O'Neil, Inc", 'He said "no"', "=1+1"])
_days = st.dates(date(2026, 4, 1), date(2026, 9, 30)).map(date.isoformat)
_keys = st.integers(0, 3)
_snapshots = st.fixed_dictionaries(
    {
        "accounts": st.dictionaries(_keys, st.tuples(_texts, _texts), min_size=2),
        "contacts": st.dictionaries(_keys, st.tuples(_keys, _texts), max_size=3),
        "deals": st.dictionaries(
            _keys, st.tuples(_keys, st.sampled_from(["Open", "Closed Won"]), _days), max_size=3
        ),
    }
)


def _rows(snapshot):
    """The rows of each file; what hangs on accounts names one that is there."""
    there = sorted(snapshot["accounts"])
    at = lambda key: f"A-{there[key % len(there)]}"  # noqa: E731
    return {
        "accounts": [(f"A-{k}", f"Name {k}", *v) for k, v in snapshot["accounts"].items()],
        "contacts": [
            (f"C-{k}", at(a), f"Person {k}", t) for k, (a, t) in snapshot["contacts"].items()
        ],
        "deals": [(f"D-{k}", at(a), f"Deal {k}", *v) for k, (a, *v) in snapshot["deals"].items()],
    }


class Desk:
    """A folder with a book, and snapshots brought into it."""

    def __init__(self, folder, book):
        self.folder, self.book, self._numbers = folder, book, count()

    def bring(self, snapshot, day, decide=None, order=(0, 1, 2), **options):
        folder = self.folder / f"snapshot {next(self._numbers)}"
        folder.mkdir()
        paths = []
        for name, rows in _rows(snapshot).items():
            if rows:
                paths.append(folder / f"{name}.csv")
                with paths[-1].open("w", encoding="utf-8", newline="") as stream:
                    csv.writer(stream).writerows((HEADS[name], *rows))
        paths = [paths[at] for at in order if at < len(paths)]
        said = Options(as_of=DAY + timedelta(days=day), source="CRM", **options)
        staged = stage(paths, self.book.path, said)
        try:
            if decide:
                with staged.pages() as pages:
                    decide(pages)
            apply(self.book, staged)
            return staged
        finally:
            staged.discard()

    def records(self):
        """Every record, without what tells where it came from."""
        found = {}
        for table in JOURNALLED:
            names = [r[1] for r in self.book.connection.execute(f"pragma table_info({table})")]
            listed = ", ".join(f'"{n}"' for n in names if n != "snapshot_id")
            if table not in BOOKKEEPING:
                found[table] = sorted(
                    self.book.connection.execute(f"select {listed} from {table}").fetchall()
                )
        return found


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """Makes desks with an empty book each."""
    home = tmp_path_factory.mktemp("properties")
    Book.create(home / "empty.csbook", today=date(2026, 3, 12)).close()
    numbers = count()

    @contextmanager
    def made():
        folder = home / str(next(numbers))
        folder.mkdir()
        shutil.copy(home / "empty.csbook", folder / "my.csbook")
        with Book.open(folder / "my.csbook", today=date(2026, 3, 12)) as book:
            yield Desk(folder, book)
        shutil.rmtree(folder)

    return made


def _some(check, snapshots, examples):
    """Run a check over drawn snapshots."""
    quiet = settings(
        max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck),
        database=None, derandomize=examples < MANY,
        # Looking for the smallest example takes minutes: a soak has them.
        phases=[Phase.generate, *([Phase.shrink] if examples == MANY else [])],
    )  # fmt: skip
    quiet(given(snapshots)(check))()


def _targets_and_undo(desk):
    """The target is reached, the same again is nothing, and undo is as before."""

    def check(drawn):
        first, second = drawn
        with desk() as one:
            one.bring(first, 0)
            before = digest(one.book)
            one.bring(second, 1, blanks="clear")
            told = first["accounts"] | second["accounts"]
            book = one.book
            assert {a.name: (a.sector, a.city) for a in book.accounts.all()} == {
                f"Name {k}": v for k, v in told.items()
            }
            deals = {
                (o.name, book.accounts.get(a.id).name, o.close_on.isoformat())
                for a in book.accounts.all()
                for o in book.opportunities.of(a.id)
            }
            names = {r[0]: r[1] for s in (first, second) for r in _rows(s)["accounts"]}
            wanted = {r[0]: (r[2], names[r[1]], r[4]) for s in (first, second)
                      for r in _rows(s)["deals"]}  # fmt: skip
            assert deals == set(wanted.values())
            again = one.bring(second, 2, blanks="clear")
            assert not again.is_new
            if book.can_undo:
                book.undo()
            book.undo()
            assert digest(book) == before

    return check


def _orders(desk):
    """Files in any order make the same book; so do older snapshots, also for what was known."""

    def check(drawn):
        snapshots, order = drawn
        # The same records in all of them, so that each says something of each: of an empty cell
        # nobody can tell afterwards whether it was there.
        keys = sorted(snapshots[0]["accounts"])
        said = [
            {
                "accounts": {
                    k: tuple(v or "X" for v in s["accounts"].get(k, ("", "Y"))) for k in keys
                },
                "contacts": {},
                "deals": {},
            }
            for s in snapshots
        ]
        seen = []
        for days in (range(3), order):
            with desk() as one:
                for day in days:
                    one.bring(said[day], day, order=(2, 1, 0) if days is order else (0, 1, 2))
                known = [
                    [one.book.field_history.at("account", a.id, DAY + timedelta(days=d))[field]
                     for d in range(3) for field in ("sector", "city")]
                    for a in sorted(one.book.accounts.all(), key=lambda a: a.name)
                ]  # fmt: skip
                seen.append((one.records(), known))
        assert seen[0] == seen[1]

    return check


def _yours(desk):
    """Ten imports change nothing you set; refusing everything changes nothing at all."""

    def check(drawn):
        first, second = drawn
        with desk() as one:
            one.bring(first, 0)
            book = one.book
            for account in book.accounts.all():
                book.accounts.update(account.id, sector="Mine", next_step="Call")
            for number in range(10):
                one.bring((second, first)[number % 2], 1 + number, blanks="clear")
            mine = [a for a in book.accounts.all() if a.next_step]
            assert {a.sector for a in mine} <= {"Mine"}
            assert len(mine) == len(first["accounts"])
            before = one.records()
            changed = {
                "accounts": dict.fromkeys(first["accounts"] | second["accounts"], ("Other",) * 2),
                "contacts": {}, "deals": {},
            }  # fmt: skip
            one.bring(changed, 20, lambda pages: pages.decide(None, take=False))
            assert one.records() == before

    return check


_pairs = st.tuples(_snapshots, _snapshots)
_orders_of = st.tuples(
    st.lists(_snapshots, min_size=3, max_size=3), st.permutations([0, 1, 2]).map(tuple)
)
PROPERTIES = [(_targets_and_undo, _pairs, 3), (_orders, _orders_of, 3), (_yours, _pairs, 1)]
NAMES = ["targets and undo", "orders", "yours"]


@pytest.mark.parametrize(("make", "drawn", "few"), PROPERTIES, ids=NAMES)
def test_snapshots_hold_what_they_promise(desk, make, drawn, few):
    _some(make(desk), drawn, few)


@pytest.mark.soak
@pytest.mark.parametrize(("make", "drawn", "few"), PROPERTIES, ids=NAMES)
def test_many_snapshots_hold_what_they_promise(desk, make, drawn, few):
    _some(make(desk), drawn, max(few, MANY))
