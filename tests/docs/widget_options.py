"""The widget's options as its types tell them, as the table of docs/widget-configuration.md."""

import re
from typing import Final

from tests.docs.requirements import ROOT

DOCUMENT: Final = ROOT / "docs/widget-configuration.md"
_CORE: Final = ROOT / "frontend/widget/src/core"
_HEADINGS: Final = (("Options", "Options"), ("Branding", "`branding`"), ("User", "`user`"))
_INTERFACE: Final = r"export interface {} \{{\n(.*?)\n\}}"
_MEMBER: Final = re.compile(
    r"^  (?:/\*\* (?P<said>.+?) \*/\n  )?readonly (?P<name>\w+)\?: (?P<type>.+);$", re.M
)
_DEFAULT: Final = re.compile(r" ?Default: (.+?)\.?$")
_OF_TAG: Final = re.compile(r"^    (\w+): (.+),$", re.M)
_DATA: Final = re.compile(r"\bdata\.(\w+)")


def tables() -> str:
    types = (_CORE / "options.ts").read_text("utf-8")
    attributes = _attributes()
    parts = []
    for name, heading in _HEADINGS:
        found = re.search(_INTERFACE.format(name), types, re.DOTALL)
        assert found is not None, name
        rows = [_row(member, attributes) for member in _MEMBER.finditer(found[1])]
        assert len(rows) == len(re.findall(r"^  readonly ", found[1], re.MULTILINE)), "a member was not read"
        head = "| Option | On the tag | Type | Default | |\n|---|---|---|---|---|"
        parts.append("\n".join([f"## {heading}", head, *rows]))
    return "\n\n".join(parts) + "\n"


def _row(member: re.Match[str], attributes: dict[str, list[str]]) -> str:
    said = member["said"] or ""
    default = _DEFAULT.search(said)
    words = _DEFAULT.sub("", said)
    on_tag = ", ".join(f"`{attribute}`" for attribute in attributes.get(member["name"], []))
    told = (f"`{member['name']}`", on_tag, f"`{member['type']}`", default[1] if default else "", words)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in told) + " |"


def _attributes() -> dict[str, list[str]]:
    """Of the script tag, by option."""
    lines = _OF_TAG.findall((_CORE / "tag.ts").read_text("utf-8"))
    found = {name: list(dict.fromkeys(map(_kebab, _DATA.findall(value)))) for name, value in lines}
    found["showWatermark"] = found.pop("branding", [])
    return found


def _kebab(name: str) -> str:
    return "data-" + re.sub(r"([A-Z])", lambda upper: f"-{upper[1].lower()}", name)


if __name__ == "__main__":
    print(tables())
