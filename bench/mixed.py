"""A minute of what a busy day looks like: many submits, some lists, and a look at the memory meanwhile."""

import math
import statistics
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from bench import wrk
from bench.operations import Ask
from bench.subjects import Subject
from bench.wrk import Sample

SECONDS: Final = 60
QUICK_SECONDS: Final = 5
CONNECTIONS: Final = 64
SUBMIT_PERCENT: Final = 80
LOOK_SECONDS: Final = 0.5


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may take at most; one that is too short to warm up has none."""

    p99_ms: float = math.inf
    growth_mib: float = math.inf


STEADY: Final = Limits(p99_ms=60.0, growth_mib=16.0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`growth_mib` is of the PSS, from the second quarter of the run to the last."""

    subject: str
    sample: Sample
    pss_mib: float
    growth_mib: float
    findings: list[str]


def run(subject: Subject, seconds: int, limits: Limits) -> Outcome:
    before = subject.stored()
    sample, pss_mib = _load(subject, seconds)
    growth_mib = _growth(pss_mib)
    findings = [*_failed(sample), *_beyond(limits, sample, growth_mib), *_missing(subject, sample, before)]
    return Outcome(subject.name, sample, pss_mib[-1], growth_mib, findings)


def _load(subject: Subject, seconds: int) -> tuple[Sample, list[float]]:
    submit, listed = subject.operations[Ask.SUBMIT], subject.operations[Ask.LIST]
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(
            wrk.submit, subject.url, submit, CONNECTIONS, seconds, percent=SUBMIT_PERCENT, otherwise=listed
        )
        pss_mib = _watch(running, lambda: subject.memory().pss_mib)
        return running.result(), pss_mib


def _watch(running: Future[Sample], look: Callable[[], float]) -> list[float]:
    seen = [look()]
    while not running.done():
        time.sleep(LOOK_SECONDS)
        seen.append(look())
    return seen


def _growth(values: list[float]) -> float:
    quarter = max(1, len(values) // 4)
    return statistics.median(values[-quarter:]) - statistics.median(values[quarter : 2 * quarter] or values)


def _failed(sample: Sample) -> list[str]:
    if not sample.refused and not sample.broken:
        return []
    return [f"{sample.refused} requests were refused, {sample.broken} got no answer"]


def _beyond(limits: Limits, sample: Sample, growth_mib: float) -> list[str]:
    findings = []
    if sample.p99_ms > limits.p99_ms:
        findings.append(f"p99 is {sample.p99_ms:.1f} ms, over {limits.p99_ms:.0f}")
    if growth_mib > limits.growth_mib:
        findings.append(f"memory grew by {growth_mib:.1f} MiB, over {limits.growth_mib:.0f}")
    return findings


def _missing(subject: Subject, sample: Sample, before: int) -> list[str]:
    """The share of submits is drawn at random, so only a gross lack of stored reports can be told."""
    stored = subject.stored() - before
    expected = sample.requests * SUBMIT_PERCENT / 100
    return [f"stored {stored} reports, not about {expected:.0f}"] if stored < expected * 0.9 else []
