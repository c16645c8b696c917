"""A report is stored without the secrets in it, and says so; live ones of ours are dead by then (X-2)."""

import pytest

from lacewing.credentials import Presented
from lacewing.events import EventKind
from lacewing.kit.errors import LacewingError
from lacewing.kit.json import loads
from lacewing.kit.tokens import mint
from lacewing.outbox import MailKind
from lacewing.reports import Evidence, FullReport, get_report
from lacewing.reports import cleanse as cleansing
from tests.credentials.told import event_kinds, mails
from tests.world import World


def read(world: World, stored: FullReport) -> FullReport:
    return world.run(get_report(world.db, world.session("ada"), stored.report.id))


def test_a_live_token_in_the_console_is_revoked_told_and_marked(world: World) -> None:
    minted = world.mint("bob")
    console = b'[{"level":"log","message":"using %b"}]' % minted.secret.encode()

    stored = read(world, world.submit(evidence=Evidence(console=console)))

    assert stored.evidence.console == b'[{"level":"log","message":"using [removed:lacewing_token]"}]'
    assert loads(stored.evidence.secrets or b"") == {"removed": {"lacewing_token": 1}, "revoked": 1}
    with pytest.raises(LacewingError):
        world.authenticate(Presented(bearer=minted.secret), "bob")
    (mail,) = world.read(lambda tx: mails(tx, world.vault.ring, MailKind.LEAK_FOUND))
    assert mail.to == "bob@example.com"
    assert mail.values["where"] == f"report {stored.report.tracking_id}"
    assert world.read(event_kinds)[EventKind.TOKEN_LEAKED] == 1


def test_a_dead_token_is_removed_all_the_same(world: World) -> None:
    minted = world.mint("bob", expires_in_days=1)
    world.clock.advance(days=1)

    stored = read(world, world.submit(f"It says {minted.secret}"))

    assert stored.report.title == "It says [removed:lacewing_token]"
    assert loads(stored.evidence.secrets or b"") == {"removed": {"lacewing_token": 1}, "revoked": 0}


def test_every_part_of_a_report_is_searched(world: World) -> None:
    secret = "ghp_" + "a1B2" * 9
    texts = dict.fromkeys(["description", "given", "when", "then", "notes", "reporter_identifier"], secret)
    part = b'["%b"]' % secret.encode()
    evidence = Evidence(part, part, part, b'{"url":"%b"}' % secret.encode())

    stored = read(world, world.submit(secret, evidence=evidence, **texts))

    assert secret not in repr(stored)
    assert loads(stored.evidence.secrets or b"")["removed"] == {"github_token": 11}
    assert "11 x github_token" in world.submit(f"again {secret}", evidence=evidence, **texts).warnings[0]


def test_a_report_without_secrets_is_stored_as_it_came(world: World) -> None:
    evidence = Evidence(console=b'[{"message":"Cookie: the banner"}]')
    stored = world.submit(evidence=evidence)
    assert read(world, stored).evidence == evidence
    assert stored.warnings == ()


def test_long_evidence_is_searched_beside_the_event_loop(world: World) -> None:
    secret = "ghp_" + "a1B2" * 9
    entries = b",".join(b'"%d"' % n for n in range(30_000))
    console = b'[%b,"%b"]' % (entries, secret.encode())
    assert len(console) > cleansing.INLINE_BYTES

    stored = read(world, world.submit(evidence=Evidence(console=console)))

    assert stored.evidence.console is not None
    assert stored.evidence.console.endswith(b'"[removed:github_token]"]')


def test_what_could_not_be_searched_in_time_is_never_stored(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cleansing, "LONGEST_SECONDS", 0)
    stored = world.submit(evidence=Evidence(console=b'["%b"]' % (b"a" * cleansing.INLINE_BYTES)))
    assert stored.warnings == (cleansing.TOO_SLOW,)
    assert read(world, stored).evidence == Evidence()


def test_a_report_full_of_forged_tokens_is_stored(world: World) -> None:
    """Anybody can compute checksums: the search for live ones is bounded."""
    console = ("[" + ",".join(f'"{mint("pk_")}"' for _ in range(5_000)) + "]").encode()
    stored = read(world, world.submit(evidence=Evidence(console=console)))
    assert loads(stored.evidence.secrets or b"") == {"removed": {"lacewing_token": 5_000}, "revoked": 0}
