"""Members, organizations and projects as they are changed and deleted."""

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    pass
