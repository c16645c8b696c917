"""What is loaded at a start, and what is not: `python -m bench.cli` measures what that is worth."""

import subprocess
import sys

import pytest

HEAVY = ("asyncio", "click", "cyclopts", "keyring", "rich", "sqlalchemy", "subprocess", "falcon")


def loaded_by(*words: str) -> set[str]:
    code = (
        "import sys\n"
        f"sys.argv = ['lacewing', *{list(words)!r}]\n"
        "from lacewing.cli import main\n"
        "try:\n    main()\n"
        "except SystemExit:\n    pass\n"
        "print(*sys.modules, file=sys.stderr)\n"
    )
    environment = {
        "LACEWING_URL": "http://127.0.0.1:9",
        "LACEWING_TOKEN": "bsk_pat_none",
        "HOME": "/nonexistent",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True, timeout=60
    )
    return set(done.stderr.split())


def test_the_version_is_told_before_anything_is_loaded() -> None:
    assert not loaded_by("--version") & {*HEAVY, "argparse", "httpx", "inspect", "typing"}


@pytest.mark.parametrize("words", [("completion", "bash"), ("--help",), ("projects", "--help")])
def test_the_shell_is_answered_without_the_client(words: tuple[str, ...]) -> None:
    assert not loaded_by(*words) & {*HEAVY, "httpx"}


def test_a_list_reaches_its_socket_without_what_it_does_not_need() -> None:
    loaded = loaded_by("reports", "list")
    assert loaded & {"httpx", *HEAVY} == {"httpx"}
