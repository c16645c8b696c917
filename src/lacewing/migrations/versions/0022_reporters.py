"""What a reporter is told, and its private page."""

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    pass
