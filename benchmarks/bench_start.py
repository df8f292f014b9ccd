"""How quickly the command line answers, beside an interpreter that only reads arguments."""

import subprocess
import sys
from functools import partial
from pathlib import Path

from benchmarks.runner import Benchmark, Operation


def _help(_: Path) -> tuple[Operation, Operation]:
    ours = [sys.executable, "-m", "csplanner", "--help"]
    floor = [sys.executable, "-c", "import argparse; argparse.ArgumentParser().format_help()"]
    run = partial(subprocess.run, check=True, capture_output=True)
    return partial(run, ours), partial(run, floor)


BENCHMARKS = [Benchmark("command line: --help", goal=1.5, prepare=_help)]
