"""Work that waits to be done: a durable queue in the database, and the loop of the workers who empty it."""

from lacewing.jobs.add import add, add_many
from lacewing.jobs.failed import LONGEST_KIND, list_failed_jobs, retry_failed_job, retry_failed_jobs
from lacewing.jobs.hearing import CarefulListener, hear_again, keep_hearing
from lacewing.jobs.queries import count_failed_jobs
from lacewing.jobs.runner import Runner
from lacewing.jobs.upkeep import forget_failed_jobs
from lacewing.jobs.values import (
    FailedJob,
    FailedPage,
    Handler,
    Job,
    JobKind,
    NewJob,
    Outcome,
    Verdict,
    again,
    dead,
    done,
)

__all__ = [
    "LONGEST_KIND",
    "CarefulListener",
    "FailedJob",
    "FailedPage",
    "Handler",
    "Job",
    "JobKind",
    "NewJob",
    "Outcome",
    "Runner",
    "Verdict",
    "add",
    "add_many",
    "again",
    "count_failed_jobs",
    "dead",
    "done",
    "forget_failed_jobs",
    "hear_again",
    "keep_hearing",
    "list_failed_jobs",
    "retry_failed_job",
    "retry_failed_jobs",
]
