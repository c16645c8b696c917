"""The time between two columns, which the databases spell differently."""

from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class microseconds_between(FunctionElement[int]):
    """From the first Instant to the second."""

    type = BigInteger()
    inherit_cache = True


@compiles(microseconds_between, "sqlite")
def _of_numbers(element: microseconds_between, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    start, end = (compiler.process(clause, **options) for clause in element.clauses)
    return f"({end} - {start})"


@compiles(microseconds_between, "postgresql")
def _of_times(element: microseconds_between, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    start, end = (compiler.process(clause, **options) for clause in element.clauses)
    return f"CAST(extract(epoch FROM {end} - {start}) * 1000000 AS bigint)"
