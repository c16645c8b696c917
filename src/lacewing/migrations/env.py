"""Alembic's entry: the connection and its transaction are given by `lacewing.storage.upgrade`."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"], transactional_ddl=False, render_as_batch=True
)
context.run_migrations()
