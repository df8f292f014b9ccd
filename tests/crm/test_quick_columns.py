"""Reading a whole column of plain cells gives what reading its cells one by one gives."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from csplanner.crm import quick, values
from csplanner.crm.values import Memo

HOSTS = st.text(alphabet="aw.-/:hpts@ _A0\n", max_size=14) | st.sampled_from(
    ["www.www.acme.com", "https://www.acme.com/", "www.x", "a..b", "http://u@h.co", "-a.com"]
)
NUMBERS = st.text(alphabet="0123456789.,- ²٣", max_size=17)
IDS = st.text(alphabet="0aZ-E+1", min_size=0, max_size=4) | st.sampled_from(
    ["0011r00002NPO8Q", "0011r00002NPO8QAAX", "A00000000000000012", "12345678901234E+05", "NULL"]
)


def one_by_one(read, cells):
    memo = Memo(read)
    found = memo.column(tuple(cells))
    assert not memo.bad, "a column with an unreadable cell is not plain"
    return found


def same(found, read, cells):
    assert found is None or found == one_by_one(read, cells)


@given(st.lists(HOSTS, min_size=1, max_size=4))
@example(["a.com\nb.com", "nothing"])
def test_hosts(cells):
    same(quick.plain_hosts(tuple(cells)), values.domain, cells)


@given(st.lists(NUMBERS, min_size=1, max_size=4))
def test_whole_numbers(cells):
    same(quick.plain_thousandths(tuple(cells)), values.money("."), cells)
    same(quick.plain_thousandths(tuple(cells)), values.thousandths(","), cells)


@given(st.lists(IDS, min_size=1, max_size=4))
def test_ids(cells):
    same(quick.tidy_text(tuple(cells), is_id=True), values.external_id, cells)


@given(st.lists(st.text(alphabet="aé |\n\x0b-", max_size=5), min_size=1, max_size=4))
def test_lines(cells):
    same(quick.tidy_text(tuple(cells), is_id=False), values.line, cells)


@pytest.mark.parametrize("host", ["https://www.company7.test", "acme.co.uk", "http://x.y/"])
def test_usual_addresses_are_plain(host):
    assert quick.plain_hosts((host,)) == [values.domain(host)]
