"""The completion scripts, each in its own shell: what is offered for what was typed."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from typing import Final

import pytest

from lacewing.cli.completion import FILES, FOLDER
from tests.cli.written import ROOT

SCRIPTS: Final = ROOT / "src/lacewing/cli" / FOLDER
SHOWN: Final = {
    "prof": "profiles",
    "projects sh": "show",
    "--he": "--help",
    "login --meth": "--method",
    "login -m ": "browser email pat",
    "login --method=b": "browser",
    "login --email ": "",
    "reports view --profile work --verb": "--verbose",
    "reports update WEB-1 --status in": "in_progress",
    "reports list --status new,clo": "new,closed",
    "reports list --severity=low,high,c": "low,high,critical",
    "completion f": "fish",
    "restore /proc/self/cmd": "/proc/self/cmdline",
    "serve --data /proc/self/cmd": "/proc/self/cmdline",
}
BASH: Final = """source "$1"
shift
for line; do
    COMP_WORDS=(${line//=/ = })
    [[ $line == *" " ]] && COMP_WORDS+=("")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    COMPREPLY=()
    _lacewing
    echo "${COMPREPLY[*]}"
done
"""
FISH: Final = """source $argv[1]
for line in $argv[2..]
    echo (complete -C $line | string replace -r '\\t.*' '' | sort)
end
"""
# All that is offered is put into the line, which the shell then shows.
ZSH: Final = """zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1= PS2= RPS1= RPS2=; stty -echo; autoload -Uz compinit; compinit -u -D"
zpty -w shell "zstyle ':completion:*' completer _all_matches _complete; zstyle ':completion:*' insert yes"
zpty -w shell "shown() { print -r -- '<<<'\\$BUFFER'>>>'; BUFFER= }; zle -N shown; bindkey '^G' shown"
zpty -w shell "source $1; print ready"
zpty -r shell said '*ready*'
shift
for line; do
    zpty -w -n shell "$line"$'\\t\\a'
    zpty -r shell said '*<<<*>>>*'
    said=${${said##*<<<}%%>>>*}
    print -r -- "${${said#${line% *} }% }"
done
"""


def offered(shell: Sequence[str], program: str) -> dict[str, str]:
    if shutil.which(shell[0]) is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI needs {shell[0]}.")
        pytest.skip(f"There is no {shell[0]} here.")
    script = SCRIPTS / FILES[shell[0]]
    lines = [f"lacewing {typed}" for typed in SHOWN]
    told = subprocess.run(
        [*shell, "-c", program, *(["-"] if shell[0] != "fish" else []), str(script), *lines],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        cwd=ROOT,
    )
    assert told.stderr == ""
    return {
        typed: line.rpartition("=")[2] for typed, line in zip(SHOWN, told.stdout.splitlines(), strict=True)
    }


def test_bash_completes() -> None:
    assert offered(["bash", "--norc"], BASH) == SHOWN


def test_zsh_completes() -> None:
    assert offered(["zsh", "-f"], ZSH) == SHOWN


def test_fish_completes() -> None:
    assert offered(["fish", "--no-config"], FISH) == SHOWN
