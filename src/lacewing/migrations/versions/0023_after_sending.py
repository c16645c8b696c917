"""What the widget's reporter may do after sending."""

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    pass
