"""When a share link was last opened."""

import sqlalchemy as sa
from alembic import op

from lacewing.storage import types

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.add_column("share_links", sa.Column("last_opened_at", types.Instant()))
