"""Logs never hold a secret (U-3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lacewing.kit.redact import MARK, redact, redact_event
from lacewing.kit.tokens import mint

PREFIXES = ("bsk_pat_", "bsk_pub_", "pk_", "proj_", "whsec_")


@given(st.sampled_from(PREFIXES), st.text(), st.text())
def test_a_token_is_cut_to_its_prefix_wherever_it_stands(prefix: str, before: str, after: str) -> None:
    token = mint(prefix)

    assert token[len(prefix) :] not in redact(f"{before} {token} {after}")


@pytest.mark.parametrize("prefix", PREFIXES)
def test_which_kind_of_token_it_was_stays_readable(prefix: str) -> None:
    assert redact(f"bad token {mint(prefix)}!") == f"bad token {prefix}{MARK}!"


def test_a_webhooks_secret_is_cut_to_its_end_though_it_is_plain_base64() -> None:
    assert redact("secret whsec_MfKQ9r8G/YqrTwj+PD8ILPZIo2LaLaSw!") == f"secret whsec_{MARK}!"


@pytest.mark.parametrize(
    "line",
    [
        "Authorization: Bearer hunter2hunter2",
        "authorization: bearer hunter2hunter2",
        "{'Authorization': 'Bearer hunter2hunter2'}",
        '{"x-api-key": "hunter2hunter2"}',
        "Cookie: bugspark_access_token=hunter2hunter2",
        "Set-Cookie: bugspark_access_token=hunter2hunter2; HttpOnly",
        '"password": "hunter2hunter2"',
        "password=hunter2hunter2",
        "X-CSRF-Token: hunter2hunter2",
        "postgresql://lacewing:hunter2hunter2@db.example.org:5432/lacewing",
        "could not connect to postgresql://lacewing:hunter2hunter2@db/lacewing?sslmode=require",
    ],
)
def test_what_carries_a_secret_is_covered(line: str) -> None:
    assert "hunter2" not in redact(line)
    assert MARK in redact(line)


@pytest.mark.parametrize(
    "line", ["pk_ is a prefix", "the projector broke", "GET /api/v1/reports 200", "postgresql://db/lacewing"]
)
def test_an_ordinary_line_stays_as_it_is(line: str) -> None:
    assert redact(line) == line


@pytest.mark.parametrize(
    "name",
    ["authorization", "Authorization", "x-api-key", "X_API_Key", "cookie", "password", "token", "secret"],
)
def test_a_field_that_carries_a_secret_is_covered_whatever_its_value(name: str) -> None:
    assert redact_event(None, "info", {name: "short", "event": "request"}) == {name: MARK, "event": "request"}


def test_a_value_can_not_forge_a_line() -> None:
    event = redact_event(None, "info", {"event": "login\r\nlevel=error forged"})

    assert event["event"] == "login\\r\\nlevel=error forged"


def test_other_values_keep_their_type() -> None:
    assert redact_event(None, "info", {"status": 200, "ok": True}) == {"status": 200, "ok": True}


@pytest.mark.parametrize(
    "nested", [{"password": "hunter2"}, [f"Bearer {mint('pk_')}"], (b"Cookie: hunter2",)]
)
def test_a_secret_inside_a_nested_value_is_covered(nested: object) -> None:
    event = redact_event(None, "info", {"headers": nested})

    assert "hunter2" not in str(event)
    assert MARK in str(event)
