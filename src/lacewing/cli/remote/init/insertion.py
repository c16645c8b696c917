"""Puts a snippet into the file in which it belongs, once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lacewing.cli.grammar import CommandError, Exit
from lacewing.cli.remote.init.frameworks import Framework
from lacewing.client.projects import Snippet

_SCRIPTS: Final = (".tsx", ".ts", ".jsx", ".js")
_IGNORED: Final = frozenset({"node_modules", ".git", ".venv", "venv", "dist", "build", "vendor"})
_MARKS: Final = ("/widget.js", "@lacewing/widget")
_DIRECTIVES: Final = re.compile(r"""\A(?:\s*(?:["']use \w+["'];?|#![^\n]*|//[^\n]*)[ \t]*\r?\n)*""")
_IMPORT: Final = re.compile(r"""^import\b[^"'`;]*["'][^"'\n]+["'][^\n]*\n""", re.M)


@dataclass(frozen=True, slots=True)
class Inserted:
    """`is_new` is False where the snippet, or another of ours, was there already."""

    file: Path
    is_new: bool


def insert(folder: Path, framework: Framework, snippet: Snippet) -> Inserted:
    """Raises CommandError where there is no such file, or no such place in it."""
    file = next(_candidates(folder, framework), None)
    if file is None:
        raise CommandError(
            f"In {folder} there is no file for it ({snippet['file']}).", hint="Put the snippet in by hand."
        )
    text = _read(file)
    if any(mark in text for mark in _MARKS):
        return Inserted(file, is_new=False)
    changed = _changed(text, framework, snippet["code"])
    if changed is None:
        message = f"{file} has no place for it: {snippet['where']}."
        raise CommandError(message, hint="Put the snippet in by hand.")
    file.write_text(changed, "utf-8", newline="")
    return Inserted(file, is_new=True)


def _candidates(folder: Path, framework: Framework) -> Iterator[Path]:
    """The files that there are, the likeliest first."""
    match framework:
        case "plain":
            names = ["index.html", "public/index.html", "src/index.html"]
        case "django":
            names = sorted(_found(folder, "base.html"))
        case "rails":
            names = ["app/views/layouts/application.html.erb"]
        case "nextjs":
            names = [f"{start}app/layout{end}" for start in ("", "src/") for end in _SCRIPTS]
        case _:
            names = [f"src/{stem}{end}" for stem in ("main", "index") for end in _SCRIPTS]
    return (folder / name for name in names if (folder / name).is_file())


def _found(folder: Path, name: str) -> Iterator[str]:
    for file in folder.rglob(name):
        inside = file.relative_to(folder)
        if not _IGNORED & {*inside.parts}:
            yield str(inside)


def _changed(text: str, framework: Framework, code: str) -> str | None:
    end = "\r\n" if "\r\n" in text else "\n"
    code = code.replace("\n", end)
    match framework:
        case "plain" | "rails":
            return _before(text, "</head>", code, end) or _before(text, "</body>", code, end)
        case "django":
            return _before(text, "</body>", code, end)
        case "nextjs":
            return _in_layout(text, code.split(end), end)
        case _:
            return _in_module(text, code, end)


def _before(text: str, tag: str, code: str, end: str) -> str | None:
    """On a line of its own, a step further in than the tag."""
    at = text.lower().rfind(tag)
    if at < 0:
        return None
    start = text.rfind("\n", 0, at) + 1
    margin = text[start:at]
    if margin.strip():
        return f"{text[:at]}{code}{text[at:]}"
    step = "\t" if "\t" in margin else "  "
    return f"{text[:start]}{margin}{step}{code}{end}{text[start:]}"


def _in_module(text: str, code: str, end: str) -> str:
    """Its import with the others, and what it does after the last of them."""
    imported, _, done = code.partition(end * 2)
    text = _imported(text, imported, end)
    last = [found.end() for found in _IMPORT.finditer(text)][-1]
    return f"{text[:last]}{end}{done}{end}{text[last:]}"


def _in_layout(text: str, lines: list[str], end: str) -> str | None:
    imported = next(line for line in lines if line.startswith("import "))
    element = next(line.strip() for line in lines if "<Script" in line)
    found = re.search(r"^([ \t]*)\{children\}[ \t]*$", text, re.M)
    if found is None:
        return None
    text = f"{text[: found.end()].rstrip()}{end}{found[1]}{element}{text[found.end() :]}"
    return _imported(text, imported, end)


def _imported(text: str, imported: str, end: str) -> str:
    directives = _DIRECTIVES.match(text)
    at = directives.end() if directives else 0
    return f"{text[:at]}{imported}{end}{text[at:]}"


def _read(file: Path) -> str:
    try:
        with file.open(encoding="utf-8", newline="") as opened:
            return opened.read()
    except OSError as error:
        raise CommandError(f"{file} can not be read: {error.strerror}.", Exit.USAGE) from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{file} is no text in UTF-8.", Exit.USAGE) from error
