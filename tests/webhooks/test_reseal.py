"""A webhook's secret outlives a rotation of the keys, and holds up nobody who takes the old one away."""

import pytest
from sqlalchemy import select

from lacewing.credentials import MissingKeysError, register_keys
from lacewing.kit.keyring import parse
from lacewing.storage import Database
from lacewing.webhooks import delete_webhook, is_sealed_under, reseal_webhooks, rotate_secret
from lacewing.webhooks.tables import webhooks
from tests.webhooks.hooking import hook
from tests.world import NEW_KEY, OLD_KEY, Run, World

BOTH = parse(f"{NEW_KEY},{OLD_KEY}")
NEW = parse(NEW_KEY)


def test_secrets_are_sealed_anew_under_the_current_key(world: World) -> None:
    first = hook(world)
    second = world.run(rotate_secret(world.db, world.session("ada"), world.vault.ring, first.webhook.id))
    world.run(reseal_webhooks(world.db, BOTH))
    world.run(reseal_webhooks(world.db, BOTH))

    row = world.read(lambda tx: tx.execute(select(webhooks)).one())
    assert (row.kid, NEW.unseal(row.secret)) == (NEW.kids[0], second.secret.encode())
    assert NEW.unseal(row.previous_secret) == first.secret.encode()


def test_a_key_that_secrets_are_sealed_under_can_not_be_left_out(world: World) -> None:
    kept = hook(world).webhook
    old = parse(OLD_KEY).kids[0]
    assert world.read(lambda tx: is_sealed_under(tx, old))
    world.run(delete_webhook(world.db, world.session("ada"), kept.id))
    assert not world.read(lambda tx: is_sealed_under(tx, old))


def test_what_other_features_seal_keeps_a_key_in_the_ring(db: Database, run: Run) -> None:
    run(register_keys(db, parse(OLD_KEY)))
    with pytest.raises(MissingKeysError, match="k1"):
        run(register_keys(db, NEW, lambda tx, kid: kid == "k1"))
    run(register_keys(db, NEW, lambda tx, kid: False))
