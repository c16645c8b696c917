"""The BugSpark dialect: camelCase answers, problem+json errors."""

from lacewing.http.bugspark.dialect import BUGSPARK

__all__ = ["BUGSPARK"]
