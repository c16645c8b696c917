"""What a CI system tells a job of itself, in variables of its own."""

from collections.abc import Mapping
from typing import Final

# The run's page, the commit, the branch: of GitHub and Gitea, GitLab, Jenkins, CircleCI, Buildkite.
_RUNS: Final = ("CI_JOB_URL", "BUILD_URL", "CIRCLE_BUILD_URL", "BUILDKITE_BUILD_URL")
_COMMITS: Final = ("GITHUB_SHA", "CI_COMMIT_SHA", "GIT_COMMIT", "CIRCLE_SHA1", "BUILDKITE_COMMIT")
_BRANCHES: Final = (
    "GITHUB_REF_NAME",
    "CI_COMMIT_REF_NAME",
    "GIT_BRANCH",
    "CIRCLE_BRANCH",
    "BUILDKITE_BRANCH",
)
_JOBS: Final = ("GITHUB_JOB", "CI_JOB_NAME", "JOB_NAME", "CIRCLE_JOB", "BUILDKITE_LABEL")


def told_by_ci(environment: Mapping[str, str]) -> dict[str, str]:
    """Empty outside of a job. `url` is the page on which the job is seen."""
    run = "{GITHUB_SERVER_URL}/{GITHUB_REPOSITORY}/actions/runs/{GITHUB_RUN_ID}"
    is_github = all(
        name in environment for name in ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_RUN_ID")
    )
    facts = {
        "url": run.format_map(environment) if is_github else _first(environment, _RUNS),
        "commit": _first(environment, _COMMITS),
        "branch": _first(environment, _BRANCHES),
        "job": _first(environment, _JOBS),
    }
    return {name: value for name, value in facts.items() if value}


def _first(environment: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((environment[name] for name in names if environment.get(name)), "")
