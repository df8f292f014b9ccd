"""`python -m benchmarks [WORD...]`: all benchmarks, or those named with one of the words."""

import importlib
import pkgutil
import sys
from collections.abc import Iterator, Sequence

import benchmarks
from benchmarks.runner import Benchmark, measure
from benchmarks.table import lines


def main(words: Sequence[str]) -> int:
    """Measure and print; the exit code tells only whether anything was there to measure."""
    chosen = [
        benchmark
        for benchmark in known()
        if not words or any(word.casefold() in benchmark.what.casefold() for word in words)
    ]
    if not chosen:
        print("No benchmark has one of these words in its name.", file=sys.stderr)
        return 1
    for line in lines(measure(benchmark) for benchmark in chosen):
        print(line, flush=True)
    return 0


def known() -> Iterator[Benchmark]:
    """Every benchmark of the files `bench_*.py`, in the order of their names."""
    for module in pkgutil.iter_modules(benchmarks.__path__):
        if module.name.startswith("bench_"):
            yield from importlib.import_module(f"benchmarks.{module.name}").BENCHMARKS


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
