"""The rules for gitleaks and trufflehog find every secret that Lacewing mints, and only those (F-9)."""

import re
import tomllib
from pathlib import Path
from typing import Final

import pytest
import yaml

from lacewing.access.permissions import CredentialKind
from lacewing.credentials import BEARER_KINDS
from lacewing.credentials.schemes import PREFIXES
from lacewing.kit.tokens import mint

LEAKS: Final = Path(__file__).parents[2] / "docs" / "leaks"
GITLEAKS: Final = tomllib.loads((LEAKS / "gitleaks.toml").read_text())["rules"]
TRUFFLEHOG: Final = yaml.safe_load((LEAKS / "trufflehog.yaml").read_text())["detectors"]
RULES: Final = {
    "gitleaks": [(rule["keywords"], rule["regex"]) for rule in GITLEAKS],
    "trufflehog": [(rule["keywords"], rule["regex"]["token"]) for rule in TRUFFLEHOG],
}


def found(tool: str, text: str) -> list[str]:
    return [
        match[1]
        for keywords, regex in RULES[tool]
        if any(word in text for word in keywords)
        for match in re.finditer(regex, text)
    ]


@pytest.mark.parametrize("tool", RULES)
@pytest.mark.parametrize("kind", sorted(BEARER_KINDS))
def test_every_secret_is_found_by_exactly_one_rule(tool: str, kind: CredentialKind) -> None:
    """F-9."""
    secret = mint(PREFIXES[kind])
    assert found(tool, f'TOKEN = "{secret}"\n') == [secret]


@pytest.mark.parametrize("tool", RULES)
def test_what_is_no_secret_is_not_found(tool: str) -> None:
    """F-9: publishable keys, other products' `pk_live_`, a token cut short."""
    others = [mint(PREFIXES[CredentialKind.PUBLISHABLE_KEY]), f"pk_live_{'a1' * 12}", mint("pk_")[:-1]]
    assert [match for other in others for match in found(tool, other)] == []
