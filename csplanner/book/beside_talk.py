"""Talk with a process of our own: one order in, JSON objects out, ended at any moment."""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

_ROOT = Path(__file__).resolve().parent.parent.parent


class Ended(Exception):  # noqa: N818 - it may have ended rightly
    """The process ended without a further answer, with this code; `said` is its standard error."""

    def __init__(self, code: int, said: str) -> None:
        super().__init__(code, said)
        self.code, self.said = code, said


class Talk:
    """A process that does an order and answers with one JSON object per line."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        if process.stdin is None or process.stdout is None or process.stderr is None:
            raise RuntimeError("the process has no pipes")
        self._process, self._order = process, process.stdin
        self._said = ""
        self._answers: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        # Both are read all the time: a full pipe would stop the process.
        self._readers = [
            threading.Thread(target=self._listen, args=(process.stdout,), daemon=True),
            threading.Thread(target=self._overhear, args=(process.stderr,), daemon=True),
        ]
        for reader in self._readers:
            reader.start()

    def tell(self, order: str) -> None:
        """Give it its order, a line."""
        with suppress(BrokenPipeError):  # why it ended already is heard
            self._order.write(order + "\n")
            self._order.flush()

    def hear(self, seconds: float) -> dict[str, Any] | None:
        """The next answer; None when none came within so long. Raises Ended."""
        try:
            answer = self._answers.get(timeout=seconds)
        except queue.Empty:
            return None
        if answer is None:
            code = self._process.wait()
            self._readers[1].join()
            raise Ended(code, self._said)
        return answer

    def close(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.wait()
        for reader in self._readers:
            reader.join()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()

    def _listen(self, stdout: IO[str]) -> None:
        for line in stdout:
            if line.endswith("\n"):  # who was killed may have said but half of it
                self._answers.put(json.loads(line))
        self._answers.put(None)

    def _overhear(self, stderr: IO[str]) -> None:
        self._said = stderr.read()


@contextmanager
def talk(module: str, order: str) -> Iterator[Talk]:
    """A process that runs the module and was given the order, a line; ended afterwards.

    Keys may be in the order: of the pipe others can see neither end.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        cwd=_ROOT,
    )
    talking = Talk(process)
    try:
        talking.tell(order)
        yield talking
    finally:
        talking.close()
