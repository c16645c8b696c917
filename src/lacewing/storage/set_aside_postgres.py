"""What stands in a PostgreSQL database gets another name: its schema as a whole does.

A schema can be renamed by the database's owner, in a transaction, however much stands in it; to rename a
database takes a right that few accounts have, and nothing takes it back if the next step fails.
"""

from psycopg import Connection, sql

PREFIX = "before_restore_"
_PUBLIC = "public"


def schema_name(suffix: str) -> str:
    """One that needs no quotes, so that it is easily dropped."""
    return "".join(letter if letter.isalnum() else "_" for letter in suffix).strip("_").lower()


def set_aside(connection: Connection, new_name: str, *, makes_anew: bool = False) -> str:
    """In the caller's transaction. Answers the schema's old name.

    A dump holds its schema, unless that is the one which every database has.
    """
    old_name = _current(connection)
    _run(connection, "ALTER SCHEMA {} RENAME TO {}", old_name, new_name)
    if makes_anew or old_name == _PUBLIC:
        _run(connection, "CREATE SCHEMA {}", old_name)
    return old_name


def put_back(connection: Connection, old_name: str, new_name: str) -> None:
    """In the caller's transaction; nothing has come into the schema that was made meanwhile."""
    _run(connection, "DROP SCHEMA IF EXISTS {}", old_name)
    _run(connection, "ALTER SCHEMA {} RENAME TO {}", new_name, old_name)


def _current(connection: Connection) -> str:
    row = connection.execute("SELECT current_schema()").fetchone()
    return _PUBLIC if row is None else str(row[0])


def _run(connection: Connection, statement: str, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
