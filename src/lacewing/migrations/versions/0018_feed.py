"""The order of the log, and how far its listeners have read it."""

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    pass
