"""The one module that loads Alembic, and only when migrations are pending."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def upgrade(connection: Connection, target: str) -> None:
    """Runs the pending migrations inside the caller's transaction."""
    config = Config()
    config.set_main_option("script_location", "lacewing:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, target)
