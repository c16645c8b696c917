"""A worker process whose jobs tell when they begin and end: `python -m tests.jobs.dig URL FILE`."""

import asyncio
import os
import sys
import time
from pathlib import Path

from lacewing.jobs import Job, JobKind, Outcome, Runner, done, membership, runner
from lacewing.storage import connect

REAP_SECONDS = 2.0
JOB_SECONDS = 0.01


def in_a_hurry() -> None:
    """A dead worker is noticed sooner than an operator would want it."""
    membership.REAP_SECONDS, membership.FENCE_SECONDS, runner.BEAT_SECONDS = REAP_SECONDS, 1.5, 0.2


async def work(url: str, path: str) -> None:
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def tell(what: str, job: Job) -> None:
        line = f"{time.monotonic_ns()} {os.getpid()} {what} {job.payload['name']} {job.lane}\n"
        os.write(file, line.encode())

    def has_begun(name: str) -> bool:
        return f" {name} " in Path(path).read_text()

    async def handle(job: Job) -> Outcome:
        is_first = not has_begun("long")
        tell("begins", job)
        await asyncio.sleep(3600 if is_first and job.payload["name"] == "long" else JOB_SECONDS)
        tell("ends", job)
        return done()

    digging = Runner(connect(url), [JobKind("dig", handle, (), concurrency_per_group=4)])
    digging.start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    in_a_hurry()
    asyncio.run(work(*sys.argv[1:]))
