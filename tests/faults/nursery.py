"""A warm process that forks a fresh child for each trial, so that a kill costs milliseconds.

Started by `Nursery`, it has imported the book once. A child does one operation and writes a line
for each step that is finished; whoever holds the other end of that pipe may kill it at any time.
"""

import gc
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
_GONE = b"g"


@dataclass(frozen=True, slots=True)
class Trial:
    """What a child did before it ended: the steps it acknowledged, and how long it lived."""

    acked: tuple[Any, ...]
    seconds: float
    was_killed: bool


class Nursery:
    """The near end: `run` one operation in a fresh child, and kill it after a while if asked."""

    def __init__(self) -> None:
        # Packets keep their bounds, so that two orders never run together.
        self._near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery", str(far.fileno())],
            cwd=ROOT,
            pass_fds=[far.fileno()],
        )
        far.close()

    def run(
        self,
        operation: str,
        folder: Path,
        *,
        kill_after: float | None = None,
        most_bytes: int | None = None,
    ) -> Trial:
        """Do `operation` on `folder`; `most_bytes` is the largest file the child may write."""
        child = self.start(operation, folder, most_bytes=most_bytes)
        if kill_after is not None:
            time.sleep(kill_after)
            child.kill()
        return child.end()

    def start(self, operation: str, folder: Path, *, most_bytes: int | None = None) -> "Child":
        """A child that has begun."""
        near, far = os.pipe()
        heard, told = os.pipe()
        order = json.dumps({"operation": operation, "folder": str(folder), "most": most_bytes})
        socket.send_fds(self._near, [order.encode()], [far, heard])
        os.close(far)
        os.close(heard)
        pid = int(self._near.recv(32))
        child = Child(pid, near, told, self._reap)
        child.wait_for_line()
        return child

    def _reap(self, pid: int) -> None:
        self._near.sendall(json.dumps({"reap": pid}).encode())
        assert self._near.recv(1) == _GONE

    def close(self) -> None:
        """End the warm process."""
        self._near.close()
        self._process.wait(timeout=20)


class Child:
    """A running child: read its lines, kill it, wait for its end."""

    def __init__(self, pid: int, pipe: int, told: int, reap: Callable[[int], None]) -> None:
        self.pid = pid
        self._pipe = os.fdopen(pipe, "rb", buffering=0)
        self._told = told
        self._reap = reap
        self._left = b""
        self._began = time.perf_counter()
        self._killed = False

    def wait_for_line(self) -> Any:
        """The next thing the child acknowledges."""
        while b"\n" not in self._left:
            more = self._pipe.read(65536)
            assert more, "the child ended without a word"
            self._left += more
        line, self._left = self._left.split(b"\n", 1)
        return json.loads(line)

    def tell(self, word: str, *more: Any) -> None:
        """Give it a command; only operations that obey ones read them."""
        os.write(self._told, json.dumps([word, *more]).encode() + b"\n")

    def ask(self, word: str, *more: Any) -> Any:
        """Give it a command and wait for its answer."""
        self.tell(word, *more)
        return self.wait_for_line()

    def kill(self) -> None:
        """End it at once, without a chance to tidy up.

        Nobody has waited for it yet, so its number is still its own.
        """
        os.kill(self.pid, signal.SIGKILL)
        self._killed = True

    def end(self) -> Trial:
        """Wait until it is gone and tell what it acknowledged."""
        os.close(self._told)
        said = self._left + self._pipe.read()
        # Read to the end: the child holds the only other end of the pipe.
        while more := self._pipe.read():
            said += more
        self._pipe.close()
        self._reap(self.pid)
        # A line without its end was cut by the kill, so nobody was told of that step.
        lines = said.split(b"\n")[:-1]
        acked = tuple(json.loads(line) for line in lines)
        return Trial(acked, time.perf_counter() - self._began, self._killed)


def main(socket_number: int) -> None:
    """The far end: fork a child for each order until the other side hangs up."""
    from tests.faults.operations import OPERATIONS, warm_up

    warm_up()
    gc.freeze()
    orders = socket.socket(fileno=socket_number)
    while True:
        words, pipes, _, _ = socket.recv_fds(orders, 4096, 2)
        if not words:
            return
        order = json.loads(words)
        if "reap" in order:
            os.waitpid(order["reap"], 0)
            orders.sendall(_GONE)
            continue
        pid = os.fork()
        if pid == 0:
            orders.close()
            os.dup2(pipes[1], 0)
            _live(order, pipes[0], OPERATIONS)
        os.close(pipes[0])
        os.close(pipes[1])
        orders.sendall(str(pid).encode())


def _live(order: dict[str, Any], pipe: int, operations: dict[str, Any]) -> None:
    def acknowledge(step: object) -> None:
        os.write(pipe, json.dumps(step).encode() + b"\n")

    folder = Path(order["folder"])
    os.environ["CSPLANNER_HOME"] = str(folder / "home")
    if order["most"] is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["most"], hard))
    acknowledge("ready")
    try:
        operations[order["operation"]](folder, acknowledge)
    except BaseException:  # noqa: BLE001 - told to the other side, which fails the test
        acknowledge({"error": traceback.format_exc()})
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]))
