"""What PostgreSQL's own programs are told, and what any account of the machine could read of it."""

import os
from pathlib import Path

import pytest
from sqlalchemy import make_url

from lacewing.storage import CopyError, to_be_filled
from lacewing.storage.postgres_programs import run_program

HIDDEN = "postgresql://lace@db/wing?password=s3cret&sslmode=require"


def test_a_password_in_the_query_goes_by_the_environment(tmp_path: Path) -> None:
    program, told = tmp_path / "pg_dump", tmp_path / "told"
    program.write_text(f'#!/bin/sh\necho "$PGPASSWORD" "$@" > {told}\n')
    os.chmod(program, 0o700)

    run_program(program, make_url(HIDDEN), [])

    assert told.read_text() == "s3cret --no-password --dbname=postgresql://lace@db/wing?sslmode=require\n"
    assert "s3cret" not in to_be_filled(HIDDEN).place


def test_what_has_no_variable_is_refused() -> None:
    with pytest.raises(CopyError, match="sslpassword") as refused:
        run_program(Path("pg_dump"), make_url("postgresql://db/wing?sslpassword=s3cret"), [])
    assert "s3cret" not in str(refused.value)
