"""The operator's file of providers: read once at start, one clear sentence for each mistake."""

from pathlib import Path

import pytest

from lacewing.credentials import Provider, read_providers
from lacewing.credentials.oidc_providers import is_safe_address
from lacewing.settings import SettingsError

WHOLE = """
[google]
issuer = "https://accounts.example.org"
client_id = "lacewing"
client_secret = "hunter2"
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "oidc.toml"
    file.write_text(text, "utf-8")
    file.chmod(0o600)
    return file


def mistakes(folder: Path, text: str) -> list[str]:
    with pytest.raises(SettingsError) as refused:
        read_providers(written(folder, text))
    assert "hunter2" not in str(refused.value)
    return refused.value.mistakes


def test_no_file_is_no_provider() -> None:
    assert read_providers(None) == ()


def test_label_and_scopes_have_defaults(tmp_path: Path) -> None:
    assert read_providers(written(tmp_path, WHOLE)) == (
        Provider(
            "google", "Google", "https://accounts.example.org", "lacewing", "hunter2", "openid email profile"
        ),
    )


def test_there_may_be_several_in_the_order_of_the_file(tmp_path: Path) -> None:
    second = WHOLE.replace("[google]", "[a-corp]").replace("accounts", "login")
    more = 'label = "A Corp"\nscopes = ["openid", "email"]\n'
    found = read_providers(written(tmp_path, WHOLE + second + more))

    assert [(one.name, one.label) for one in found] == [("google", "Google"), ("a-corp", "A Corp")]
    assert found[1].scopes == "openid email"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[google]", "[Google]", "the name must be"),
        ("[google]", '["go/ogle"]', "the name must be"),
        ("[google]", f"[{'x' * 41}]", "the name must be"),
        ('client_id = "lacewing"', "", "client_id is missing"),
        ('"lacewing"', '""', "client_id is missing"),
        ('"lacewing"', "7", "client_id must be a text"),
        ("client_id", "clientid", "clientid is not known"),
        ("https://accounts", "http://accounts", "issuer must begin with https://"),
        ("https://accounts", "https://a@accounts", "issuer must begin with https://"),
        ("https://accounts.example.org", "accounts.example.org", "issuer must begin with https://"),
        ("https://accounts.example.org", "https://[", "issuer must begin with https://"),
        ("client_id", 'scopes = ["email"]\nclient_id', '"openid" among them'),
        ("client_id", 'scopes = "openid"\nclient_id', '"openid" among them'),
        ("client_id", 'scopes = ["openid", "a b"]\nclient_id', '"openid" among them'),
        ("[google]", "google = 1\n[x]", "must be in a table"),
        ("[google]", "[google", "can not be read"),
    ],
)
def test_a_mistake_is_a_sentence(tmp_path: Path, old: str, new: str, says: str) -> None:
    told = mistakes(tmp_path, WHOLE.replace(old, new, 1))

    assert any(says in sentence for sentence in told)
    assert all(sentence.startswith("LACEWING_OIDC_FILE") and sentence.endswith(".") for sentence in told)


def test_one_issuer_has_one_provider(tmp_path: Path) -> None:
    """Else who is known by one would be known by the other."""
    twice = WHOLE + WHOLE.replace("[google]", "[other]")

    assert mistakes(tmp_path, twice) == ["LACEWING_OIDC_FILE names one issuer twice."]


def test_a_file_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="can not be read"):
        read_providers(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("address", "is_safe"),
    [
        ("https://login.example.org/realms/a", True),
        ("http://127.0.0.1:8081", True),
        ("http://localhost/x", True),
        ("http://[::1]:1", True),
        ("http://192.168.1.5", False),
        ("http://localhost.example.org", False),
        ("http://127.0.0.1@example.org", False),
        ("ftp://localhost", False),
        ("https://", False),
        ("https://x/#part", False),
        ("https://x/\r\nSet-Cookie: a=b", False),
        ("https://x/a b", False),
    ],
)
def test_what_passes_in_clear_stays_on_this_machine(address: str, is_safe: bool) -> None:
    assert is_safe_address(address) is is_safe
