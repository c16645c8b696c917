"""Full-text search and the indexes of lists."""

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    pass
