"""`python -m bench.cli [ROUNDS]`: how long the command line takes to start, beside `python -c pass`.

Each round starts every program once, in turn, so that a machine that is busy is busy for all of them. With
`reports list` it counts up to the moment at which it reaches its server's socket. The processor's time tells
more than the clock's where other work goes on; with one core to itself, the two are the same.
"""

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROUNDS = 21
TARGET_MS = 150
_PROGRAM = str(Path(sys.executable).parent / "lacewing")


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds."""

    clock: float
    processor: float


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as home, socket.create_server(("127.0.0.1", 0)) as listener:
        environment = _environment(home, f"http://127.0.0.1:{listener.getsockname()[1]}")
        starts: dict[str, Callable[[], Took]] = {
            "python -c pass": lambda: _until_end([sys.executable, "-c", "pass"], environment),
            "--version": lambda: _until_end([_PROGRAM, "--version"], environment),
            "completion bash": lambda: _until_end([_PROGRAM, "completion", "bash"], environment),
            "reports list": lambda: _until_socket([_PROGRAM, "reports", "list"], environment, listener),
        }
        took = _measured(starts, rounds)
    _tell(took)


def _environment(home: str, url: str) -> Mapping[str, str]:
    """With byte code, as an installed program has it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LACEWING_", "PYTHON"))}
    return kept | {
        "HOME": home,
        "LACEWING_URL": url,
        "LACEWING_TOKEN": "bsk_pat_none",
        "PYTHONPYCACHEPREFIX": f"{home}/cache",
    }


def _measured(starts: Mapping[str, Callable[[], Took]], rounds: int) -> dict[str, list[Took]]:
    """A first round, which writes the byte code, is not counted."""
    took: dict[str, list[Took]] = {name: [] for name in starts}
    for turn in range(rounds + 1):
        for name, start in starts.items():
            found = start()
            if turn:
                took[name].append(found)
    return took


def _until_end(words: list[str], environment: Mapping[str, str]) -> Took:
    begun = time.perf_counter()
    process = subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL)
    processor = _processor_seconds(process)
    return Took(time.perf_counter() - begun, processor)


def _until_socket(words: list[str], environment: Mapping[str, str], listener: socket.socket) -> Took:
    begun = time.perf_counter()
    process = subprocess.Popen(words, env=environment, stderr=subprocess.DEVNULL)
    connection, _ = listener.accept()
    clock = time.perf_counter() - begun
    process.kill()
    connection.close()
    return Took(clock, _processor_seconds(process))


def _processor_seconds(process: subprocess.Popen[bytes]) -> float:
    """Of a process that ends, and is waited for."""
    _, process.returncode, used = os.wait4(process.pid, 0)
    return used.ru_utime + used.ru_stime


def _tell(took: Mapping[str, list[Took]]) -> None:
    bare = took["python -c pass"]
    print(f"{'ms, medians':18}{'clock':>8}{'processor':>11}   beyond python -c pass (target {TARGET_MS})")
    for name, found in took.items():
        clock = statistics.median(mine.clock - its.clock for mine, its in zip(found, bare, strict=True))
        processor = statistics.median(
            mine.processor - its.processor for mine, its in zip(found, bare, strict=True)
        )
        print(
            f"{name:18}{statistics.median(mine.clock for mine in found) * 1000:8.0f}"
            f"{statistics.median(mine.processor for mine in found) * 1000:11.0f}"
            f"{clock * 1000:10.0f} by the clock, {processor * 1000:.0f} of the processor"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
