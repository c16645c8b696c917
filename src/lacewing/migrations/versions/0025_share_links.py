"""Links that show one bug to whoever has them."""

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    pass
