"""What a provider, or whoever pretends to be one, may say and is not believed (P-9)."""

import base64
import threading
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from joserfc import jws
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey
from sqlalchemy import func, select

from lacewing.accounts.tables import people
from lacewing.credentials import OidcClient, OidcEntered, OidcReturn
from lacewing.kit.errors import ErrorKind
from tests.oidc.flows import ZOE, Way, way_of
from tests.oidc.providing import DISCOVERY, FORGER, Provided, dumped
from tests.world import World


@pytest.fixture
def way(still_world: World, provider: Provided) -> Way:
    """Nobody enters, but for the tests that say so."""
    return way_of(still_world, provider, timeout_seconds=2.0)


def count_people(world: World) -> int:
    return int(world.read(lambda tx: tx.execute(select(func.count()).select_from(people)).scalar_one()))


def refused(way: Way, came: OidcReturn | None = None) -> str:
    before = count_people(way.world)
    code = way.refusal(came or way.at_provider(ZOE)).code
    assert count_people(way.world) == before
    return code


def test_a_token_under_a_published_key_is_believed(way: Way) -> None:
    """So that the refusals below are for their own reason. Its claims come before UserInfo's."""
    way.provided.forge({"email": "forged@example.com", "sub": "forged-1"})
    landed = way.finish(way.at_provider(ZOE))

    assert isinstance(landed, OidcEntered)
    assert landed.entered.profile.email == "forged@example.com"


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"nonce": ["x"]},
        {"nonce": "\ud800"},
        {"aud": "other"},
        {"aud": ["other"], "azp": "lacewing"},
        {"aud": None},
        {"aud": {"lacewing": 1}},
        {"aud": ["lacewing", "other"]},
        {"aud": ["lacewing", "other"], "azp": "other"},
        {"azp": "other"},
        {"iss": "https://accounts.example.org"},
        {"iss": None},
        {"iss": ["x"]},
        {"exp": None},
        {"exp": "9999999999"},
        {"exp": True},
        {"exp": float("nan")},
        {"exp": float("inf")},
        {"exp": 10**400},
        {"iat": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "x" * 256},
        {"sub": "zoe\0"},
        {"sub": "zo\u00eb"},
    ],
    ids=str,
)
def test_a_token_with_a_wrong_claim_is_refused(way: Way, claims: Mapping[str, object]) -> None:
    way.provided.forge({"email": "x@example.com", **claims})

    assert refused(way) == "login_refused"


@pytest.mark.parametrize(
    ("name", "seconds", "is_believed"),
    [("exp", -50, True), ("exp", -65, False), ("iat", 50, True), ("iat", 90, False)],
)
def test_clocks_may_differ_by_a_minute(way: Way, name: str, seconds: int, is_believed: bool) -> None:
    now = way.world.clock.now.timestamp()
    way.provided.forge({name: int(now + seconds), "email": "late@example.com", "sub": "late"})
    came = way.at_provider(ZOE)

    if is_believed:
        assert isinstance(way.finish(came), OidcEntered)
    else:
        assert refused(way, came) == "login_refused"


def test_several_audiences_are_ours_if_the_authorized_party_is(way: Way) -> None:
    way.provided.forge(
        {"aud": ["lacewing", "other"], "azp": "lacewing", "email": "a@example.com", "sub": "a"}
    )

    assert isinstance(way.finish(way.at_provider(ZOE)), OidcEntered)


def unsigned(found: dict[str, Any]) -> str:
    return compact(b'{"alg":"none"}', found) + "."


def compact(header: bytes, found: dict[str, Any], signature: bytes = b"") -> str:
    parts = (header, dumped(found, {}), *([signature] if signature else []))
    return ".".join(_base64(part) for part in parts)


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def with_shared_secret(found: dict[str, Any]) -> str:
    """The old confusion: HS256 under the published RSA key's text."""
    header = {"alg": "HS256", "kid": "forged"}
    key = OctKey.import_key(FORGER.as_pem(private=False).hex())
    return jws.serialize_compact(header, dumped(found, {}), key, algorithms=["HS256"])


def with_client_secret(found: dict[str, Any]) -> str:
    key = OctKey.import_key("a client secret: with / and %20+")
    return jws.serialize_compact({"alg": "HS256"}, dumped(found, {}), key, algorithms=["HS256"])


def with_tampered_payload(found: dict[str, Any]) -> str:
    header, _, signature = signed(found).split(".")
    return ".".join((header, _base64(dumped(found, {"sub": "ada-1"})), signature))


def with_own_key_in_header(found: dict[str, Any]) -> str:
    stranger = RSAKey.generate_key(2048)
    header = {"alg": "RS256", "jwk": stranger.as_dict(private=False)}
    return jws.serialize_compact(header, dumped(found, {}), stranger)


def signed(found: dict[str, Any]) -> str:
    return jws.serialize_compact({"alg": "RS256", "kid": "forged"}, dumped(found, {}), FORGER)


FORGERIES: Mapping[str, Callable[[dict[str, Any]], str]] = {
    "unsigned": unsigned,
    "signed with the public key as a secret": with_shared_secret,
    "signed with the client secret": with_client_secret,
    "tampered with": with_tampered_payload,
    "under a key that it brings": with_own_key_in_header,
    "its signature cut off": lambda found: signed(found).rpartition(".")[0] + ".",
    "its signature longer": lambda found: signed(found) + "AA",
    "its header cut off": lambda found: signed(found).partition(".")[2],
    "empty": lambda _: "",
    "nonsense": lambda _: "a.b.c",
    "no text": lambda _: "\ud800.\0.x",
    "a list for a header": lambda found: compact(b"[]", found, b"x"),
    "a list for an algorithm": lambda found: compact(b'{"alg":["RS256"]}', found, b"x"),
    "with what must be understood": lambda found: compact(
        b'{"alg":"RS256","kid":"forged","crit":["x"]}', found, b"x"
    ),
    "endless": lambda _: "x" * 300_000,
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_token_that_the_provider_did_not_sign_is_refused(way: Way, name: str) -> None:
    way.provided.publish(FORGER.as_dict(private=False))
    way.provided.change_token(FORGERIES[name])

    assert refused(way) == "login_refused"


def test_a_shared_key_in_the_key_set_is_not_used(way: Way) -> None:
    key = OctKey.generate_key(256, {"kid": "shared"})
    way.provided.publish(key.as_dict(private=True))
    way.provided.change_token(
        lambda found: jws.serialize_compact(
            {"alg": "HS256", "kid": "shared"}, dumped(found, {}), key, algorithms=["HS256"]
        )
    )

    assert refused(way) == "login_refused"


@pytest.mark.parametrize("wrong", [{"use": "enc"}, {"alg": "PS256"}, {"kid": "another"}], ids=str)
def test_a_key_for_something_else_does_not_verify(way: Way, wrong: Mapping[str, str]) -> None:
    way.provided.change_token(signed)
    way.provided.publish({**FORGER.as_dict(private=False), **wrong})

    assert refused(way) == "login_refused"


@pytest.mark.parametrize("broken", [{"n": 7}, {"n": "!"}, {"e": None}, {"n": ""}], ids=str)
def test_a_broken_key_is_no_reason_to_fail(way: Way, broken: Mapping[str, object]) -> None:
    way.provided.change_token(signed)
    way.provided.publish({**FORGER.as_dict(private=False), **broken})

    assert refused(way) == "login_refused"


@pytest.mark.parametrize("methods", [["client_secret_post"], None, 7])
def test_the_client_secret_goes_where_the_provider_takes_it(way: Way, methods: object) -> None:
    way.provided.changes[DISCOVERY] = lambda found: {
        **found,
        "token_endpoint_auth_methods_supported": methods,
    }
    came = way.at_provider({**ZOE, "sub": f"m-{methods}", "email": f"m{len(str(methods))}@example.com"})

    assert isinstance(way.finish(came), OidcEntered)


def test_user_infos_word_on_its_own_address_counts(way: Way) -> None:
    """Not the ID token's, which told none."""
    way.provided.forge({"email_verified": True})
    landed = way.finish(way.at_provider({"sub": "u-1", "email": "u@example.com", "email_verified": False}))

    assert isinstance(landed, OidcEntered)
    assert not landed.entered.profile.is_email_verified


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
@pytest.mark.parametrize(
    ("algorithm", "key"),
    [
        ("PS256", RSAKey.generate_key(2048, {"kid": "k"})),
        ("ES256", ECKey.generate_key("P-256", {"kid": "k"})),
        ("EdDSA", OKPKey.generate_key("Ed25519", {"kid": "k"})),
    ],
    ids=["PS256", "ES256", "EdDSA"],
)
def test_each_good_algorithm_is_understood(way: Way, algorithm: str, key: RSAKey) -> None:
    new = {"sub": algorithm, "email": f"{algorithm}@example.com"}
    way.provided.publish(key.as_dict(private=False))
    way.provided.change_token(
        lambda found: jws.serialize_compact(
            {"alg": algorithm, "kid": "k"}, dumped(found, new), key, algorithms=[algorithm]
        )
    )

    assert isinstance(way.finish(way.at_provider(ZOE)), OidcEntered)


def test_a_new_key_is_fetched_at_most_once_a_minute(way: Way) -> None:
    """Whoever sends tokens that name unknown keys does not make us ask the provider each time."""
    way.finish(way.at_provider({**ZOE, "sub": "k-1", "email": "k-1@example.com"}))
    way.provided.forge({"sub": "k-2", "email": "k-2@example.com"})
    assert refused(way) == "login_refused"
    way.provided.asked.clear()
    assert refused(way) == "login_refused"
    assert "/jwks" not in way.provided.asked

    way.world.clock.advance(seconds=61)
    assert isinstance(way.finish(way.at_provider(ZOE)), OidcEntered)
    assert way.provided.asked.count("/jwks") == 1


@pytest.mark.parametrize("issuer", [None, "https://accounts.example.org", ""])
def test_an_answer_that_names_no_issuer_or_another_is_refused(way: Way, issuer: str | None) -> None:
    """RFC 9207, against mix-up: this provider announces that it names itself."""
    came = way.at_provider(ZOE)

    assert refused(way, OidcReturn(**{**_fields(came), "issuer": issuer})) == "login_refused"


def test_an_answer_of_one_provider_is_no_answer_of_another(still_world: World, provider: Provided) -> None:
    """Mix-up: each flow belongs to the provider that it was begun with."""
    way_of(still_world, provider)
    other = provider.provider("google", issuer="https://accounts.example.org")
    both = Way(still_world, provider, OidcClient((provider.provider(), other)))
    came = both.at_provider(ZOE)

    assert refused(way=both, came=OidcReturn(**{**_fields(came), "provider": "google"})) == "login_expired"


def _fields(came: OidcReturn) -> dict[str, Any]:
    return {name: getattr(came, name) for name in OidcReturn.__slots__}


def test_user_info_about_somebody_else_is_refused(way: Way) -> None:
    """OpenID Connect Core 1.0, 5.3.2."""
    way.provided.changes["/me"] = lambda found: {**found, "sub": "ada-1"}

    assert refused(way) == "login_refused"


DOCUMENTS: Mapping[str, Callable[[dict[str, Any]], Any]] = {
    "of another issuer": lambda found: {**found, "issuer": "https://accounts.example.org"},
    "of nearly that issuer": lambda found: {**found, "issuer": found["issuer"] + "/"},
    "with an unsafe endpoint": lambda found: {**found, "token_endpoint": "http://example.org/token"},
    "with a file for keys": lambda found: {**found, "jwks_uri": "file:///etc/passwd"},
    "with a number for keys": lambda found: {**found, "jwks_uri": 7},
    "with a line break in an address": lambda found: {
        **found,
        "authorization_endpoint": found["authorization_endpoint"] + "\r\nX: y",
    },
    "without an endpoint": lambda found: {key: found[key] for key in found if key != "token_endpoint"},
    "in a list": lambda found: [found],
    "too long": lambda found: {**found, "padding": "x" * 600_000},
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_provider_that_is_not_what_was_configured_is_not_used(way: Way, name: str) -> None:
    way.provided.changes[DISCOVERY] = DOCUMENTS[name]

    error = leaving(way)
    assert (error.code, error.kind) == ("provider_unreachable", ErrorKind.UNAVAILABLE)


def leaving(way: Way) -> Any:
    with pytest.raises(Exception, match="does not answer") as refused:
        way.leave()
    return refused.value


def test_a_provider_that_is_down_is_an_error_of_its_own(way: Way) -> None:
    """At each of the two steps; it is no failure of the caller's."""
    came = way.at_provider(ZOE)
    way.provided.is_down = True

    assert refused(way, came) == "provider_unreachable"
    fresh = Way(way.world, way.provided, OidcClient(way.oidc.providers))
    assert leaving(fresh).code == "provider_unreachable"


def test_a_provider_where_nobody_listens_is_an_error_of_its_own(way: Way) -> None:
    nobody = way.provided.provider(issuer="http://127.0.0.1:1")

    assert leaving(Way(way.world, way.provided, OidcClient((nobody,)))).code == "provider_unreachable"


def test_a_slow_provider_is_waited_for_only_so_long(way: Way) -> None:
    way.provided.waits = threading.Event()
    hasty = Way(way.world, way.provided, OidcClient(way.oidc.providers, timeout_seconds=0.2))

    assert leaving(hasty).code == "provider_unreachable"
    way.provided.waits.set()


def test_a_redirect_of_the_provider_is_not_followed(way: Way) -> None:
    moved = way.provided.provider(issuer=f"{way.provided.issuer}/auth")

    assert leaving(Way(way.world, way.provided, OidcClient((moved,)))).code == "provider_unreachable"


def test_what_is_public_of_a_provider_is_asked_for_once_in_a_while(way: Way) -> None:
    for _ in range(3):
        way.leave()
    assert way.provided.asked.count(DISCOVERY) == 1

    way.world.clock.advance(minutes=11)
    way.leave()
    assert way.provided.asked.count(DISCOVERY) == 2
