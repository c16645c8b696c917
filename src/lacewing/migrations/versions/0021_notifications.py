"""What a person is told, and how."""

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    pass
