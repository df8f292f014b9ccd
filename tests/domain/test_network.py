"""Known answers of networks (methods §18.8) and what must hold of any."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csplanner.domain.network import (
    articulation_points,
    betweenness,
    betweenness_share,
    directed,
    fewest_hops,
    reached,
    undirected,
    warmest_way,
)

KITE = {
    0: "1235", 1: "346", 2: "35", 3: "456", 4: "6", 5: "67", 6: "7", 7: "8", 8: "9",
}  # fmt: skip


def edges(text: str) -> list[tuple[str, str]]:
    """`ab bc` as edges."""
    return [(pair[0], pair[1]) for pair in text.split()]


def kite():
    return undirected((str(a), b) for a, ends in KITE.items() for b in ends)


def rounded(values):
    return {node: round(value, 4) for node, value in sorted(values.items())}


def test_betweenness_of_the_kite_is_as_published():
    assert rounded(betweenness(kite())) == {
        "0": 0.8333, "1": 0.8333, "2": 0, "3": 3.6667, "4": 0,
        "5": 8.3333, "6": 8.3333, "7": 14, "8": 8, "9": 0,
    }  # fmt: skip
    shares = betweenness_share(kite())
    assert [round(shares[str(n)], 3) for n in range(10)] == [
        0.023, 0.023, 0, 0.102, 0, 0.231, 0.231, 0.389, 0.222, 0,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("drawn", "answer"),
    [
        ("ab bc", {"a": 0, "b": 1, "c": 0}),
        ("ab ac ad ae bc bd be cd ce de", dict.fromkeys("abcde", 0)),
        ("xa xb xc xd", {"a": 0, "b": 0, "c": 0, "d": 0, "x": 6}),
        ("01 12 34 45 56", {"0": 0, "1": 1, "2": 0, "3": 0, "4": 2, "5": 2, "6": 0}),
    ],
    ids=["path", "k5", "star", "disconnected"],
)
def test_betweenness_of_small_graphs_is_as_published(drawn, answer):
    assert betweenness(undirected(edges(drawn))) == answer


def test_betweenness_of_fewer_than_five_is_not_told():
    assert betweenness_share(undirected(edges("ab bc cd"))) is None
    assert betweenness_share(undirected(edges("xa xb xc xd"))) == {
        "x": 1, "a": 0, "b": 0, "c": 0, "d": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("drawn", "answer"),
    [
        ("01 12 13", "1"),
        ("01 12 02 13 34 14", "1"),
        ("xa xb xc xd", "x"),
        ("01 12 34 45 56", "145"),
        ("ab ac bc", ""),
        ("ab", ""),
    ],
)
def test_articulation_points_are_as_published(drawn, answer):
    assert articulation_points(undirected(edges(drawn))) == set(answer)


def test_articulation_points_of_the_kite_are_where_its_tail_hangs():
    assert articulation_points(kite()) == {"7", "8"}


def test_a_chain_of_any_length_has_its_inside_as_articulation_points():
    names = [str(n) for n in range(5_000)]
    chain = undirected(pairwise(names))
    assert articulation_points(chain) == set(names[1:-1])


pairs = st.lists(st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")), max_size=14)


def parts(graph, without=""):
    """How many parts the graph falls into once a node is gone."""
    left, count = set(graph) - {without}, 0
    while left:
        left -= reached(graph, [min(left)], without=without)
        count += 1
    return count


@given(drawn=pairs)
@settings(max_examples=80, deadline=None)
def test_articulation_points_are_those_whose_removal_makes_parts(drawn):
    graph = undirected(drawn)
    divided = {n for n in graph if parts(graph, n) > parts(graph)}
    assert articulation_points(graph) == divided
    assert all(share >= 0 for share in betweenness(graph).values())


@given(drawn=pairs)
@settings(max_examples=60, deadline=None)
def test_the_way_with_fewest_hops_is_the_warmest_when_all_are_equally_warm(drawn):
    graph = directed(drawn, "ag")
    arcs = {start: dict.fromkeys(ends, 0.5) for start, ends in graph.items()}
    short = fewest_hops(graph, ["a"], {"g"})
    way, warmth = warmest_way(arcs, ["a"], "g")
    assert len(way) == len(short)
    assert bool(way) == ("g" in reached(graph, ["a"]))
    assert warmth == (0.5 ** (len(way) - 1) if way else 0)


def test_the_warmest_way_prefers_two_close_hops_to_a_cold_one():
    arcs = {"us": {"buyer": 0.2, "friend": 0.9}, "friend": {"buyer": 0.8}}
    assert warmest_way(arcs, ["us"], "buyer")[0] == ("us", "friend", "buyer")
    assert warmest_way(arcs, ["us"], "nobody") == ((), 0.0)


def test_nobody_is_reached_through_who_is_gone():
    graph = directed(edges("ub bc ud"))
    assert reached(graph, ["u"]) == set("ubcd")
    assert reached(graph, ["u"], without="b") == set("ud")
    assert fewest_hops(graph, ["u"], {"c"}) == ("u", "b", "c")
    assert fewest_hops(graph, ["u"], {"c"}, without="b") == ()
