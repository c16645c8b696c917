"""What a group of processes holds in memory."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_KIB_PER_MIB: Final = 1024


@dataclass(frozen=True, slots=True)
class Memory:
    """RSS counts what processes share once for each of them, PSS once for all."""

    rss_mib: float
    pss_mib: float


def of(processes: Iterable[int]) -> Memory:
    """The sum over the processes; one that has ended counts nothing."""
    rollups = [_read_rollup(process) for process in processes]
    return Memory(_sum(rollups, "Rss"), _sum(rollups, "Pss"))


def _read_rollup(process: int) -> dict[str, int]:
    try:
        _, *lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return {}
    return {name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in lines)}


def _sum(rollups: list[dict[str, int]], name: str) -> float:
    return sum(rollup.get(name, 0) for rollup in rollups) / _KIB_PER_MIB
