"""Secrets are found in what a page logged, marked, and nothing else is touched (X-2)."""

import json
import re
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lacewing.access.permissions import CredentialKind
from lacewing.credentials import BEARER_KINDS
from lacewing.credentials.schemes import PREFIXES
from lacewing.kit.tokens import mint
from lacewing.reports.scan import Findings, SecretKind, scan, scan_json

MEGABYTE = 1_000_000
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"
# Assembled here, since a file that holds them whole is refused by hosts that look for them.
FOREIGN = {
    SecretKind.GITHUB_TOKEN: ["ghp_" + "a1B2" * 9, "github_pat_" + "11ABCDEFG0" * 3 + "_" + "x9" * 20],
    SecretKind.GITLAB_TOKEN: ["glpat-" + "a1B2_" * 4, "gldt-" + "x" * 20],
    SecretKind.STRIPE_KEY: ["sk_" + "live_" + "4eC39HqLyjWDarjtT1zdp7dc", "rk_" + "test_" + "a1" * 12],
    SecretKind.AWS_KEY: ["AKIA" + "IOSFODNN7EXAMPLE", "ASIA" + "Y34FZKBOKMUTVV7A"],
    SecretKind.SLACK_TOKEN: [
        "xoxb-" + "1234567890-abcdefABCDEF",
        "hooks.slack.com/services/" + "T0000/B0000/XXXX" * 2,
    ],
    SecretKind.JWT: [JWT],
}
TEXTS = {
    SecretKind.AUTHORIZATION: [
        ("Authorization: Bearer abc.def-ghi", "abc.def"),
        ("curl -H 'authorization: Basic dXNlcjpwYXNz' x", "dXNlcjpwYXNz"),
        ('{"Authorization":"Token s3cr3t"}', "s3cr3t"),
        ('{"headers":[{"name":"Proxy-Authorization","value":"Digest s3cr3t"}]}', "s3cr3t"),
        ('["{\\"authorization\\": \\"Bearer s3cr3t\\"}"]', "s3cr3t"),
        ('{"authorization": ["Bearer s3cr3t", "Bearer t4cr3t"]}', "t4cr3t"),
        ("authorization=0123456789abcdef0123", "0123456789abcdef0123"),
    ],
    SecretKind.COOKIE: [
        ("Cookie: sid=s3cr3t; theme=dark", "s3cr3t"),
        ('{"set-cookie": "sid=s3cr3t; HttpOnly"}', "s3cr3t"),
        ('{"name": "cookie", "value": "sid=s3cr3t"}', "s3cr3t"),
        ('{"cookie": ["a=s3cr3t", "b=t4cr3t"]}', "t4cr3t"),
    ],
    SecretKind.URL_SECRET: [
        ("https://example.com/?a=1&access_token=s3cr3t#x", "s3cr3t"),
        ("https://example.com/?X-Amz-Signature=s3cr3t&b", "s3cr3t"),
        ("https://ann:s3cr3t@example.com/a", "s3cr3t"),
    ],
}
HARMLESS = [
    "The cookie banner hides the button",
    "Cookie: the banner hides it",
    "Authorization: I can not log in",
    "authorization failed",
    '{"cookie": true, "authorization": null, "cookies": {"count": 3}}',
    "pk_live_" + "a1" * 12,
    mint("bsk_pub_"),
    mint("pk_")[:-1] + "-",
    "https://example.com/?page=2&sort=token",
    "https://example.com:8080/@ann and ann@example.com",
    "eyJ is how a JWT begins",
]


def scanned(text: str) -> tuple[str, Findings]:
    findings = Findings()
    return scan(text.encode(), findings).decode(), findings


@pytest.mark.parametrize(("kind", "secret"), [(kind, s) for kind, some in FOREIGN.items() for s in some])
def test_a_well_known_token_is_removed_wherever_it_stands(kind: SecretKind, secret: str) -> None:
    for text in (secret, f"before {secret} after", f'["{secret}"]', f"https://x.example/{secret}?y"):
        clean, findings = scanned(text)
        assert secret not in clean
        assert f"[removed:{kind}]" in clean
        assert set(findings.removed) == {kind}


@pytest.mark.parametrize(("kind", "text", "secret"), [(k, *one) for k, some in TEXTS.items() for one in some])
def test_the_value_of_a_header_or_a_query_goes_its_name_stays(
    kind: SecretKind, text: str, secret: str
) -> None:
    clean, findings = scanned(text)
    assert secret not in clean
    assert f"[removed:{kind}]" in clean
    assert findings.removed[kind] >= 1
    assert clean.lower()[:6] == text.lower()[:6]
    if text[0] in '[{"':
        json.loads(clean)


@pytest.mark.parametrize("text", HARMLESS, ids=map(str, count()))
def test_what_is_no_secret_stays_as_it_is(text: str) -> None:
    clean, findings = scanned(text)
    assert (clean, dict(findings.removed), findings.own) == (text, {}, set())


@pytest.mark.parametrize("kind", sorted(BEARER_KINDS))
def test_a_token_of_ours_is_known_by_its_checksum(kind: CredentialKind) -> None:
    """F-1, X-2: the same text with another last character is nobody's."""
    secret = mint(PREFIXES[kind])
    forged = secret[:-1] + ("a" if secret[-1] != "a" else "b")
    clean, findings = scanned(f"{secret} {forged}")
    assert clean == f"[removed:lacewing_token] {forged}"
    assert findings.own == {secret}


SECRETS = st.sampled_from([s for some in FOREIGN.values() for s in some] + [mint("proj_"), mint("pk_")])
VALUES = st.recursive(
    st.one_of(st.text(max_size=20), SECRETS, st.integers(), st.booleans(), st.none()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.one_of(
                st.text(max_size=8), st.sampled_from(["cookie", "authorization", "set-cookie", "name"])
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=20,
)


@given(VALUES)
def test_json_stays_json_and_no_secret_stays(value: object) -> None:
    text = json.dumps(value)
    clean, _ = scanned(text)
    json.loads(clean)
    assert not any(secret in clean for some in FOREIGN.values() for secret in some)


@given(VALUES)
def test_what_was_scanned_once_is_not_changed_by_scanning_again(value: object) -> None:
    clean, _ = scanned(json.dumps(value))
    assert scanned(clean)[0] == clean


HOSTILE = [
    "a",
    "eyJ",
    "eyJaaaaaaaa.",
    "authorization",
    '"authorization":"',
    '"cookie":["',
    "cookie:",
    "cookie ",
    "ghp_",
    "github_pat_",
    "glpat-",
    "xoxb-",
    "?token=",
    "://:",
    "://a:b",
    ":\\/\\/a:b",
    "pk_",
    "proj_",
    "AKIA",
    "whsec_",
    "\\",
    '"',
    " ",
]


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_makes_it_slow(piece: str) -> None:
    """A quadratic pattern would take minutes over a megabyte; `bench` says how long it does take."""
    for start in ("", '"cookie":"', '"authorization":['):
        scanned(start + piece * (MEGABYTE // len(piece)))


TOKEN = FOREIGN[SecretKind.GITHUB_TOKEN][0]
HIDDEN = [
    TOKEN.replace("_", "\\u005f"),
    TOKEN.replace("_", "\\\\u005F"),
    "\\u0067" + TOKEN[1:],
    "https://x.example/?a=1\\u0026access_token=s3cr3t",
    "https:\\/\\/ann:s3cr3t@x.example",
    "\\u0022Authorization\\u0022: \\u0022Bearer s3cr3t\\u0022",
]


@pytest.mark.parametrize("hidden", HIDDEN, ids=map(str, count()))
def test_a_secret_behind_escapes_is_found(hidden: str) -> None:
    findings = Findings()
    clean = scan_json(f'["before {hidden} after"]'.encode(), findings)
    (told,) = json.loads(clean)
    assert told.startswith("before ")
    assert told.endswith(" after")
    assert not {TOKEN, TOKEN[1:], "s3cr3t"} & set(re.split(r"[ =:@\"]", told))
    assert findings.removed.total() == 1


@pytest.mark.parametrize("text", ['["caf\\u00e9 \\u0041 \\u0022 \\\\u0041"]', '["a\\u0000b"]', "[1]"])
def test_escapes_that_hide_nothing_stay_as_they_were_written(text: str) -> None:
    assert scan_json(text.encode(), Findings()) == text.encode()


@given(st.text(st.sampled_from('\\u0025c"ghp_a'), max_size=60))
def test_json_stays_json_whatever_is_escaped(text: str) -> None:
    for value in (text, json.dumps(text)):
        clean = scan_json(json.dumps([value, f"{TOKEN}".replace("_", "\\u005f")]).encode(), Findings())
        json.loads(clean)


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", ["\\\\", "\\u0041", "\\u00", "\\\\u005f"])
def test_no_escapes_make_it_slow(piece: str) -> None:
    scan_json(piece.encode() * (MEGABYTE // len(piece)), Findings())
