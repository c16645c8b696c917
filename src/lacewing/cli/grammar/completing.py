"""What a shell needs to complete a command line: one script a shell, made of the table and the signatures.

The scripts ask nobody: they hold every word, so that completing costs no start of the program.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lacewing.cli.grammar.declared import Entry
from lacewing.cli.grammar.running import below
from lacewing.cli.grammar.slots import Signature, Slot


@dataclass(frozen=True, slots=True)
class Place:
    """Where one can stand on a command line: `words`, and what may come next."""

    words: str
    commands: tuple[Entry, ...]
    slots: tuple[Slot, ...]

    @property
    def takes_file(self) -> bool:
        """Without a flag before it."""
        return any(not slot.flags and _is_file(slot) for slot in self.slots)


def places(table: Sequence[Entry], signatures: Mapping[str, Signature]) -> list[Place]:
    """`signatures` by the words of their commands."""
    found = []
    for entry in table:
        signature = signatures.get(entry.words)
        slots = () if signature is None else (*signature.slots, *signature.shared)
        found.append(Place(entry.words, tuple(below(table, entry.words)), slots))
    return found


def bash(program: str, found: Sequence[Place]) -> str:
    lines = [
        f"# Completion of {program} for bash: source <({program} completion bash)",
        f"_{program}() {{",
        '  local path="" word words="" files="" several="" before=""',
        '  local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}"',
        '  [ "$current" = "=" ] && current=""',
        '  [ "$previous" = "=" ] && previous="${COMP_WORDS[COMP_CWORD-2]}"',
        '  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
        '    case "$path $word" in',
        f"      {_alternatives(f' {place.words}' for place in found if place.words)})",
        '        path="$path $word" ;;',
        "    esac",
        "  done",
        '  case "$path $previous" in',
        *_bash_values(found),
        "    *)",
        '      case "$path" in',
        *(f"        {_quoted(_path(place))}) {_bash_next(place)} ;;" for place in found),
        "      esac ;;",
        "  esac",
        '  [ -n "$several" ] && before="${current%"${current##*,}"}"',
        "  local IFS=$'\\n'",
        '  if [ -n "$files" ]; then',
        "    compopt -o filenames 2> /dev/null",
        '    COMPREPLY=($(compgen -f -- "$current"))',
        "  else",
        '    COMPREPLY=($(compgen -P "$before" -W "${words// /$IFS}" -- "${current#"$before"}"))',
        "  fi",
        "}",
        f"complete -F _{program} {program}",
    ]
    return "\n".join(lines) + "\n"


def zsh(program: str, found: Sequence[Place]) -> str:
    lines = [
        f"#compdef {program}",
        f"# Completion of {program} for zsh: source <({program} completion zsh), or as _{program} in $fpath.",
        f"_{program}() {{",
        '  local here="" word previous="${words[CURRENT-1]}"',
        "  local -a next",
        "  for word in ${words[2,CURRENT-1]}; do",
        '    case "$here $word" in',
        f"      {_alternatives(f' {place.words}' for place in found if place.words)})",
        '        here="$here $word" ;;',
        "    esac",
        "  done",
        '  if [[ "$PREFIX" == --*=* ]]; then',
        '    previous="${PREFIX%%=*}"',
        "    compset -P '*='",
        "  fi",
        '  case "$here $previous" in',
        *(line for place in found for line in _zsh_values(place)),
        "  esac",
        '  case "$here" in',
        *(line for place in found for line in _zsh_next(place)),
        "  esac",
        f"  _describe {program} next",
        "}",
        f"compdef _{program} {program}",
    ]
    return "\n".join(lines) + "\n"


def fish(program: str, found: Sequence[Place]) -> str:
    lines = [
        f"# Completion of {program} for fish: {program} completion fish | source",
        f"function __{program}_at",
        "  set -l here",
        "  for word in (commandline -opc)[2..]",
        '    if contains -- (string join -- " " $here $word) '
        + " ".join(_fish_quoted(place.words) for place in found if place.words),
        "      set -a here $word",
        "    end",
        "  end",
        '  test "$here" = "$argv[1]"',
        "end",
        f"function __{program}_several",
        "  set -l value (commandline -ct | string replace -r -- '^-[^=]*=' '')",
        "  set -l before (string replace -r -- '[^,]*$' '' $value)",
        "  for word in $argv",
        "    echo $before$word",
        "  end",
        "end",
        f"complete -c {program} -f",
        *(line for place in found for line in _fish_lines(program, place)),
    ]
    return "\n".join(lines) + "\n"


SHELLS = {"bash": bash, "zsh": zsh, "fish": fish}


def _path(place: Place) -> str:
    return f" {place.words}" if place.words else ""


def _next(place: Place) -> Iterator[tuple[str, str]]:
    """Each word that may come, and what it means."""
    for entry in place.commands:
        yield entry.words.rpartition(" ")[2], entry.summary
    for slot in place.slots:
        if slot.flags:
            yield slot.flags[-1], slot.help
        else:
            yield from ((choice, slot.help) for choice in slot.choices)
    yield "--help", "Tell more." if place.slots else "Tell what there is."


def _with_values(place: Place) -> Iterator[tuple[str, Slot]]:
    """Every flag that takes a value."""
    for slot in place.slots:
        if not slot.is_switch:
            yield from ((flag, slot) for flag in slot.flags)


def _bash_values(found: Sequence[Place]) -> Iterator[str]:
    """Flags that take the same stand together."""
    by_value: dict[str, list[str]] = {}
    for place in found:
        for flag, slot in _with_values(place):
            told = "files=yes" if _is_file(slot) else f"words={_quoted(' '.join(slot.choices))}"
            told = f"{told}; several=yes" if _are_several(slot) else told
            by_value.setdefault(told, []).append(f"{_path(place)} {flag}")
    for told, paths in by_value.items():
        yield f"    {_alternatives(iter(paths))}) {told} ;;"


def _bash_next(place: Place) -> str:
    words = f"words={_quoted(' '.join(word for word, _ in _next(place)))}"
    return f'{words}; [[ "$current" == -* ]] || files=yes' if place.takes_file else words


def _zsh_values(place: Place) -> Iterator[str]:
    for flag, slot in _with_values(place):
        told = "_files" if _is_file(slot) else f"compadd -- {' '.join(slot.choices)}".rstrip()
        told = f"compset -P '*,'; {told}" if _are_several(slot) else told
        yield f"    {_quoted(f'{_path(place)} {flag}')}) {told}; return ;;"


def _zsh_next(place: Place) -> Iterator[str]:
    told = " ".join(_quoted(f"{word}:{text}") for word, text in _next(place))
    files = '; [[ "$PREFIX" == -* ]] || { _files; return }' if place.takes_file else ""
    yield f"    {_quoted(_path(place))}) next=({told}){files} ;;"


def _fish_lines(program: str, place: Place) -> Iterator[str]:
    at = _fish_quoted(f'__{program}_at "{place.words}"')
    start = f"complete -c {program} -n {at}"
    for word, text in _next(place):
        if not word.startswith("-"):
            yield f"{start} -a {word} -d {_fish_quoted(text)}"
        elif word == "--help":
            yield f"{start} -l help -s h -d {_fish_quoted(text)}"
    if place.takes_file:
        yield f"{start} -F"
    for slot in place.slots:
        if slot.flags:
            short = "".join(f" -s {flag[1:]}" for flag in slot.flags[:-1])
            value = "" if slot.is_switch else " -rF" if _is_file(slot) else " -x"
            choices = f" -a {_fish_quoted(_fish_choices(program, slot))}" if slot.choices else ""
            yield f"{start} -l {slot.flags[-1][2:]}{short}{value}{choices} -d {_fish_quoted(slot.help)}"


def _fish_choices(program: str, slot: Slot) -> str:
    words = " ".join(slot.choices)
    return f"(__{program}_several {words})" if _are_several(slot) else words


def _are_several(slot: Slot) -> bool:
    """Between commas."""
    return slot.is_many and bool(slot.choices)


def _is_file(slot: Slot) -> bool:
    return slot.kind is Path


def _alternatives(texts: Iterator[str]) -> str:
    return "|".join(_quoted(text) for text in texts)


def _quoted(text: str) -> str:
    """For bash and zsh."""
    return "'" + text.replace("'", "'\\''") + "'"


def _fish_quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
