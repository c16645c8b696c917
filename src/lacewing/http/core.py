"""What every endpoint is given: the settings, the database, and what guards them."""

from dataclasses import dataclass, field

from lacewing.budgets import Redis, RequestBudgets
from lacewing.credentials import OidcClient, Vault
from lacewing.kit.addresses import Outgoing, outgoing_from
from lacewing.live import Hub
from lacewing.settings import Settings
from lacewing.storage import Blobs, Database
from lacewing.webhooks import Format, Happening, RenderAs


def _nothing(_format: Format, _name: str, _happening: Happening) -> bytes | None:
    return None


@dataclass(frozen=True, slots=True)
class Core:
    """`render` makes the bodies of deliveries: in the dialects, of which none knows the others."""

    settings: Settings
    db: Database
    vault: Vault
    budgets: RequestBudgets
    blobs: Blobs
    live: Hub
    redis: Redis | None = None
    oidc: OidcClient = field(default_factory=lambda: OidcClient(()))
    render: RenderAs = _nothing

    @property
    def outgoing(self) -> Outgoing:
        """Where webhooks may lead."""
        return outgoing_from(self.settings.webhook_hosts, allows_http=self.settings.webhook_http)

    def close(self) -> None:
        """Finishes what was accepted."""
        self.vault.hasher.close()
        self.db.close()
