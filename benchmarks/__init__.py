"""Our operations beside their floors, measured in one run: only the ratio counts.

A file of this folder named `bench_*.py` holds `BENCHMARKS`, a list of `Benchmark`.
"""
