"""From the words of a command line to what the shell is told."""

import sys
from collections.abc import Sequence

from lacewing.cli.grammar.declared import Bundle, Entry
from lacewing.cli.grammar.errors import CommandError, Exit
from lacewing.cli.grammar.help import help_of_command, help_of_group
from lacewing.cli.grammar.reading import read
from lacewing.cli.grammar.slots import Signature, signature_of
from lacewing.cli.grammar.telling import let_go_of, say
from lacewing.kit.lazy import LazyModule

_difflib = LazyModule("difflib")
_HELP = {"--help", "-h"}


def run(table: Sequence[Entry], program: str, words: Sequence[str]) -> int:
    """Runs the command and answers its exit code; whatever goes wrong is one sentence on standard error."""
    code = _ended(table, program, words)
    try:
        sys.stdout.flush()  # here, where what is wrong with it can be told
    except OSError as error:
        return unwritten(error, code)
    return code


def unwritten(error: OSError, code: int = Exit.OK) -> int:
    """The exit code, where standard output took no more of what ended with `code`. Who reads it may have read
    enough.
    """
    let_go_of(sys.stdout)
    if code != Exit.OK or isinstance(error, BrokenPipeError):
        return code
    say(f"Standard output: {error.strerror}.")
    return Exit.FAILED


def load(entry: Entry) -> Signature:
    module, _, name = entry.target.partition(":")
    return signature_of(getattr(LazyModule(module), name))


def signatures_of(table: Sequence[Entry]) -> dict[str, Signature]:
    """Of every command, by its words. Loads them all."""
    return {entry.words: load(entry) for entry in table if entry.target}


def below(table: Sequence[Entry], words: str) -> list[Entry]:
    """Those one word longer, in the table's order."""
    depth = len(words.split()) + 1
    start = f"{words} " if words else ""
    return [entry for entry in table if entry.words.startswith(start) and len(entry.words.split()) == depth]


def _ended(table: Sequence[Entry], program: str, words: Sequence[str]) -> int:
    try:
        return _run(table, program, words)
    except CommandError as error:
        say(f"{error}\n{error.hint}" if error.hint else str(error))
        return error.exit_code
    except KeyboardInterrupt:
        say("")
        return Exit.INTERRUPTED
    except BrokenPipeError:  # `lacewing ... | head` has read enough
        return Exit.OK
    except OSError as error:
        say(f"{error.filename or 'Standard output'}: {error.strerror or error}.")
        return Exit.FAILED


def _run(table: Sequence[Entry], program: str, words: Sequence[str]) -> int:
    if words[:1] == ["help"]:
        words = [*words[1:], "--help"]
    entry, rest = _find(table, words)
    name = f"{program} {entry.words}".strip()
    if not entry.target:
        return _group(table, entry, name, rest)
    signature = load(entry)
    if _HELP & {*_before_dashes(rest)}:
        print(help_of_command(name, signature))
        return Exit.OK
    try:
        own, shared = read(signature, name, rest)
    except CommandError as error:
        raise CommandError(str(error), error.exit_code, error.hint or f"See {name} --help.") from None
    if signature.bundle is None:
        return _code(signature.function(*_rest(signature, own), **own))
    with signature.bundle(**shared) as bundle:
        return _called(signature, bundle, own)


def _called(signature: Signature, bundle: Bundle, own: dict[str, object]) -> int:
    return _code(signature.function(bundle, *_rest(signature, own), **own))


def _code(value: object) -> int:
    """A command answers nothing, or the exit code."""
    return value if isinstance(value, int) else Exit.OK


def _rest(signature: Signature, own: dict[str, object]) -> list[object]:
    """What goes by position: `*args` takes the rest, so that all before it must too."""
    if not any(slot.is_many and not slot.flags for slot in signature.slots):
        return []
    by_position = [own.pop(slot.parameter) for slot in signature.slots if not slot.flags]
    *before, last = by_position
    return [*before, *(last if isinstance(last, list | tuple) else [last])]


def _find(table: Sequence[Entry], words: Sequence[str]) -> tuple[Entry, list[str]]:
    """The longest that the words begin with, and what follows; the first entry is the program's own."""
    by_words = {entry.words: entry for entry in table}
    length = 0
    while length < len(words) and " ".join(words[: length + 1]) in by_words:
        length += 1
    return by_words[" ".join(words[:length])], list(words[length:])


def _group(table: Sequence[Entry], entry: Entry, name: str, rest: Sequence[str]) -> int:
    inside = below(table, entry.words)
    if rest and rest[0] not in _HELP:
        if rest[0].startswith("-"):
            hint = f"Options stand behind the command; see {name} --help."
            raise CommandError(f"Which command is {rest[0]} for?", Exit.USAGE, hint)
        known = [each.words.rpartition(" ")[2] for each in inside]
        near = _difflib.get_close_matches(rest[0], known, 1)
        hint = f"Did you mean {name} {near[0]}?" if near else f"See {name} --help."
        raise CommandError(f"There is no command {name} {rest[0]}.", Exit.USAGE, hint)
    print(help_of_group(name, entry.summary, inside))
    return Exit.OK if rest else Exit.USAGE


def _before_dashes(words: Sequence[str]) -> Sequence[str]:
    return words[: words.index("--")] if "--" in words else words
