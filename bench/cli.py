"""`python -m bench.cli [ROUNDS]`: how long the command line takes to start, beside `python -c pass`.

Each round starts every program once, in turn, so that a machine that is busy is busy for all of them. With
`reports list` it counts up to the moment at which it reaches its server's socket.
"""

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

ROUNDS = 21
TARGET_MS = 150
_PROGRAM = str(Path(sys.executable).parent / "lacewing")


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as home, socket.create_server(("127.0.0.1", 0)) as listener:
        environment = _environment(home, f"http://127.0.0.1:{listener.getsockname()[1]}")
        starts: dict[str, Callable[[], float]] = {
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


def _measured(starts: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Milliseconds; a first round, which writes the byte code, is not counted."""
    took: dict[str, list[float]] = {name: [] for name in starts}
    for turn in range(rounds + 1):
        for name, start in starts.items():
            milliseconds = start() * 1000
            if turn:
                took[name].append(milliseconds)
    return took


def _until_end(words: list[str], environment: Mapping[str, str]) -> float:
    begun = time.perf_counter()
    subprocess.run(words, env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun


def _until_socket(words: list[str], environment: Mapping[str, str], listener: socket.socket) -> float:
    begun = time.perf_counter()
    with subprocess.Popen(words, env=environment, stderr=subprocess.DEVNULL) as process:
        connection, _ = listener.accept()
        took = time.perf_counter() - begun
        connection.close()
        process.kill()
    return took


def _tell(took: Mapping[str, list[float]]) -> None:
    bare = took["python -c pass"]
    print(f"{'':18}{'median':>8}{'p95':>8}{'beyond python':>16}   target: {TARGET_MS} ms beyond python")
    for name, found in took.items():
        beyond = statistics.median(mine - its for mine, its in zip(found, bare, strict=True))
        p95 = statistics.quantiles(found, n=20)[-1]
        print(f"{name:18}{statistics.median(found):8.0f}{p95:8.0f}{beyond:16.0f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
