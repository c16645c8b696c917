"""`lacewing completion`: the scripts lie beside, ready; the table would take longer to load than to print."""

from importlib import resources
from typing import Annotated, Literal

from lacewing.cli.grammar import Arg

FILES = {"bash": "lacewing.bash", "zsh": "_lacewing", "fish": "lacewing.fish"}
FOLDER = "completions"


def completion(shell: Annotated[Literal["bash", "zsh", "fish"], Arg("Your shell.")]) -> None:
    """Print the script that makes your shell complete commands and options.

    Examples:
      source <(lacewing completion bash)    # in ~/.bashrc
      source <(lacewing completion zsh)     # in ~/.zshrc, after compinit
      lacewing completion fish > ~/.config/fish/completions/lacewing.fish
    """
    script = resources.files("lacewing.cli").joinpath(FOLDER, FILES[shell])
    print(script.read_text("utf-8"), end="")
