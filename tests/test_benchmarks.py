"""The frame of the benchmarks: fair pairs, readable lines."""

import pytest

from benchmarks.__main__ import known, main
from benchmarks.runner import Benchmark, Result, measure
from benchmarks.table import duration, lines


def test_ours_and_its_floor_run_in_turn_on_the_same_material(tmp_path):
    calls = []

    def prepare(folder):
        assert list(folder.iterdir()) == []
        return (lambda: calls.append("ours")), (lambda: calls.append("floor"))

    result = measure(Benchmark("pair", goal=1, prepare=prepare, repeats=3))
    assert calls == ["ours", "floor"] * 4  # once before measuring
    assert result.ours > 0
    assert result.floor > 0


def test_a_line_says_what_ours_floor_ratio_goal_and_memory():
    rows = [
        Result("open a book", ours=0.03, floor=0.02, goal=2, peak_bytes=3 * 2**20),
        Result("sort", ours=0.05, floor=0.02, goal=2, peak_bytes=None),
    ]
    head, kept, missed = (line.split("  ") for line in lines(rows))
    assert [cell.strip() for cell in head if cell.strip()] == [
        *("what", "ours", "floor", "ratio", "goal", "peak memory"),
    ]
    assert [cell.strip() for cell in kept if cell.strip()] == [
        *("open a book", "30.0 ms", "20.0 ms", "1.50×", "≤ 2×", "3 MB"),
    ]
    assert missed[-1].strip() == "slower"
    assert "unknown" in " ".join(missed)


@pytest.mark.parametrize(
    ("seconds", "text"), [(1.25, "1.25 s"), (0.0314, "31.4 ms"), (0.00082, "820 µs")]
)
def test_durations_keep_three_figures(seconds, text):
    assert duration(seconds) == text


def test_a_word_nothing_is_named_after_is_said(capsys):
    assert main(["no such benchmark"]) == 1
    assert "No benchmark" in capsys.readouterr().err


def test_every_benchmark_has_a_name_of_its_own():
    names = [benchmark.what for benchmark in known()]
    assert len(names) == len(set(names)) > 0
