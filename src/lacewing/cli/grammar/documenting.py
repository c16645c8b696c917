"""The reference of all commands, as Markdown."""

import inspect
from collections.abc import Iterator, Mapping, Sequence

from lacewing.cli.grammar.declared import Entry
from lacewing.cli.grammar.help import meaning, place_of, shown_flags, usage_of
from lacewing.cli.grammar.slots import Signature, Slot

_EXAMPLES = "Examples:"


def reference(program: str, table: Sequence[Entry], signatures: Mapping[str, Signature]) -> str:
    """`signatures` by the words of their commands. What commands share is told once, at the end."""
    lines: list[str] = []
    for entry in table:
        signature = signatures.get(entry.words)
        if signature is not None:
            lines += _command(f"{program} {entry.words}", entry, signature)
        elif entry.words:
            lines += [f"## {program} {entry.words}", entry.summary, ""]
    shared = next((found.shared for found in signatures.values() if found.shared), ())
    lines += ["## Options of all commands over HTTP", "", *_options(shared)]
    return "\n".join(lines).rstrip() + "\n"


def _command(name: str, entry: Entry, signature: Signature) -> Iterator[str]:
    depth = "###" if " " in entry.words else "##"
    text, _, examples = (inspect.getdoc(signature.function) or entry.summary).partition(_EXAMPLES)
    yield f"{depth} {name}"
    yield from [*text.strip().split("\n"), ""]
    shown = [usage_of(name, signature).removeprefix("Usage: ")]
    yield from ["```sh", *shown, "```", ""]
    yield from _options(signature.slots)
    if examples:
        yield from ["```sh", *inspect.cleandoc(examples).split("\n"), "```", ""]


def _options(slots: Sequence[Slot]) -> Iterator[str]:
    if slots:
        yield "| | |"
        yield "|---|---|"
        for slot in slots:
            name = shown_flags(slot) if slot.flags else place_of(slot)
            yield _row(name, meaning(slot))
        yield ""


def _row(name: str, text: str) -> str:
    return f"| `{_cell(name)}` | {_cell(text)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
