"""Publishable keys: they stand in page source, so they are stored in clear and can be shown again (D2)."""

from uuid import UUID

from sqlalchemy import insert

from lacewing.kit.ids import new_id
from lacewing.kit.tokens import mint
from lacewing.projects.tables import publishable_keys
from lacewing.storage import Transaction

KEY_PREFIX = "bsk_pub_"


def add_key(tx: Transaction, organization_id: UUID, project_id: UUID, *, label: str, is_primary: bool) -> str:
    key = mint(KEY_PREFIX)
    tx.execute(
        insert(publishable_keys).values(
            id=new_id(),
            organization_id=organization_id,
            project_id=project_id,
            key=key,
            label=label,
            is_primary=is_primary,
            is_enabled=True,
            allowed_origins=[],
            require_origin=False,
            created_at=tx.now,
        )
    )
    return key
