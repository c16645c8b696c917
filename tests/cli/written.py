"""What is made of the table of commands, by `make cli-docs`: docs/cli.md below its mark, completions."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from lacewing.cli.commands import COMMANDS
from lacewing.cli.completion import FILES, FOLDER
from lacewing.cli.grammar.completing import SHELLS, places
from lacewing.cli.grammar.documenting import reference
from lacewing.cli.grammar.running import signatures_of
from lacewing.cli.grammar.slots import Signature

ROOT: Final = Path(__file__).parents[2]
DOCUMENT: Final = ROOT / "docs/cli.md"
MARK: Final = "<!-- From here on made from the code by `make cli-docs`. -->\n"


@cache
def signatures() -> Mapping[str, Signature]:
    return signatures_of(COMMANDS)


def written() -> dict[Path, str]:
    """Each file, and what must stand in it."""
    head, mark, _ = DOCUMENT.read_text("utf-8").partition(MARK)
    found = places(COMMANDS, signatures())
    folder = ROOT / "src/lacewing/cli" / FOLDER
    scripts = {folder / FILES[shell]: script("lacewing", found) for shell, script in SHELLS.items()}
    return {DOCUMENT: f"{head}{mark}\n{reference('lacewing', COMMANDS, signatures())}", **scripts}


if __name__ == "__main__":
    for path, text in written().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
