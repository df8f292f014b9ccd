"""Graphs of named nodes: who is reached, who lies between others, whose going divides them."""

from collections import deque
from collections.abc import Collection, Iterable, Mapping
from heapq import heappop, heappush

Graph = Mapping[str, tuple[str, ...]]
"""For each node the nodes it leads to, each once and never itself; every node is a key."""

MIN_BETWEEN = 5
"""Below so many nodes betweenness says nothing (methods §5.4)."""
MOST_BETWEEN = 400
"""Above so many it takes longer than anybody waits for it: tenths of a second."""


def directed(arcs: Iterable[tuple[str, str]], nodes: Iterable[str] = ()) -> Graph:
    """The graph with an arc from each start to its end; `nodes` may stand alone."""
    found: dict[str, dict[str, None]] = {node: {} for node in nodes}
    for start, end in arcs:
        found.setdefault(start, {})
        found.setdefault(end, {})
        if start != end:
            found[start][end] = None
    return {node: tuple(ends) for node, ends in found.items()}


def undirected(edges: Iterable[tuple[str, str]], nodes: Iterable[str] = ()) -> Graph:
    """The graph that leads both ways along each edge; `nodes` may stand alone."""
    pairs = list(edges)
    both = [arc for a, b in pairs for arc in ((a, b), (b, a))]
    return directed(both, nodes)


def reached(graph: Graph, sources: Iterable[str], *, without: str | None = None) -> frozenset[str]:
    """Every node that the sources lead to, themselves included; `without` is not passed."""
    waiting = [s for s in sources if s in graph and s != without]
    seen = set(waiting)
    while waiting:
        for end in graph[waiting.pop()]:
            if end != without and end not in seen:
                seen.add(end)
                waiting.append(end)
    return frozenset(seen)


def fewest_hops(
    graph: Graph, sources: Iterable[str], goals: Collection[str], *, without: str | None = None
) -> tuple[str, ...]:
    """The nodes of a way with the fewest hops from a source to a goal; empty when there is none.

    Of equally short ways it is the one the order of sources and arcs finds first.
    """
    came: dict[str, str | None] = {s: None for s in sources if s in graph and s != without}
    waiting = deque(came)
    while waiting:
        node = waiting.popleft()
        if node in goals:
            return _traced(came, node)
        for end in graph[node]:
            if end != without and end not in came:
                came[end] = node
                waiting.append(end)
    return ()


def _traced(came: Mapping[str, str | None], node: str) -> tuple[str, ...]:
    way: list[str] = []
    step: str | None = node
    while step is not None:
        way.append(step)
        step = came[step]
    return tuple(reversed(way))


def warmest_way(
    arcs: Mapping[str, Mapping[str, float]], sources: Iterable[str], goal: str
) -> tuple[tuple[str, ...], float]:
    """The way to `goal` whose warmths, each above 0 and at most 1, have the greatest product.

    The nodes of the way and the product; empty and 0 when there is no way. Of equally warm ways
    it is the one with fewer hops, then the first by name.
    """
    heap: list[tuple[float, int, tuple[str, ...]]] = [(-1.0, 0, (s,)) for s in sorted(set(sources))]
    done: set[str] = set()
    while heap:
        cold, hops, way = heappop(heap)
        node = way[-1]
        if node == goal:
            return way, -cold
        if node in done:
            continue
        done.add(node)
        for end, warmth in arcs.get(node, {}).items():
            if end not in done and warmth > 0:
                heappush(heap, (cold * warmth, hops + 1, (*way, end)))
    return (), 0.0


def betweenness(graph: Graph) -> dict[str, float]:
    """How many shortest ways between two others pass each node, counted once for both directions.

    For undirected graphs; Brandes 2001, O(nm). Where several ways are shortest each counts its
    share.
    """
    found = dict.fromkeys(graph, 0.0)
    for source in graph:
        order, ways, before = _shortest_from(graph, source)
        resting = dict.fromkeys(order, 0.0)
        for node in reversed(order):
            for earlier in before[node]:
                resting[earlier] += ways[earlier] / ways[node] * (1.0 + resting[node])
            if node != source:
                found[node] += resting[node] / 2.0
    return found


def _shortest_from(
    graph: Graph, source: str
) -> tuple[list[str], dict[str, int], dict[str, list[str]]]:
    """Nodes by distance, how many shortest ways lead to each, and the nodes before it on them."""
    far, ways = {source: 0}, {source: 1}
    before: dict[str, list[str]] = {source: []}
    order = [source]
    for node in order:
        for end in graph[node]:
            if end not in far:
                far[end], ways[end], before[end] = far[node] + 1, 0, []
                order.append(end)
            if far[end] == far[node] + 1:
                ways[end] += ways[node]
                before[end].append(node)
    return order, ways, before


def betweenness_share(graph: Graph) -> dict[str, float] | None:
    """Betweenness as a share of all pairs of others, 0 to 1; None below 5 and above 400 nodes."""
    n = len(graph)
    if not MIN_BETWEEN <= n <= MOST_BETWEEN:
        return None
    pairs = (n - 1) * (n - 2) / 2
    return {node: passed / pairs for node, passed in betweenness(graph).items()}


def articulation_points(graph: Graph) -> frozenset[str]:
    """The nodes whose removal divides an undirected graph (or one of its parts) further.

    Hopcroft and Tarjan 1973, without recursion, so chains of any length do.
    """
    points: set[str] = set()
    entered: dict[str, int] = {}
    for root in graph:
        if root not in entered:
            points |= _points_below(graph, root, entered)
    return frozenset(points)


def _points_below(graph: Graph, root: str, entered: dict[str, int]) -> set[str]:
    points: set[str] = set()
    entered[root] = len(entered)
    low = {root: entered[root]}
    branches = 0
    stack = [(root, "", iter(graph[root]))]
    while stack:
        node, parent, ends = stack[-1]
        for end in ends:
            if end not in entered:
                entered[end] = low[end] = len(entered)
                stack.append((end, node, iter(graph[end])))
                break
            if end != parent:
                low[node] = min(low[node], entered[end])
        else:
            stack.pop()
            if not stack:
                break
            low[parent] = min(low[parent], low[node])
            if parent == root:
                branches += 1
            elif low[node] >= entered[parent]:
                points.add(parent)
    return points | {root} if branches > 1 else points
